import { describe, expect, it } from '@jest/globals';
import { allocate, setDemand, setOpenOffers } from '../../../../scheduler/allocate/index.js';
import {
  declareHostLost,
  endRecovery,
  isRecovering,
  launchTasks,
  onAgentReport,
  peerConnected,
  peerDisconnected,
  resyncPeer,
} from '../../../../scheduler/reconcile/index.js';
import {
  condition,
  connectAgent,
  connectFramework,
  hostOf,
  identity,
  joinAgent,
  lease,
  makeCore,
  report,
  restart,
  sent,
  setMode,
  spec,
  taskOf,
} from './support.js';
import { cpus, slicesEntry } from '../allocate/world.js';

const OVIRT = 'ovirt/prod';

describe('an agent that goes away', () => {
  it('is lost only after a while; lease and tasks stay', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    const leaseId = lease(core, hostId, OVIRT);
    peerDisconnected(core, `agent/${hostId}`, 'gone');
    expect(core.state.hostPresence.get(hostId)).toMatchObject({ connected: false, lost: false });
    expect(core.timers.dueMs(`host-lost/${hostId}`)).toBe(core.nowMs + core.options.hostLostAfterMs);
    core.nowMs += core.options.hostLostAfterMs;
    core.timers.takeDue(core.nowMs);
    declareHostLost(core, hostId);
    expect(core.state.hostPresence.get(hostId)).toMatchObject({ lost: true });
    expect(condition(core, 'HOST_LOST', 'node1')).toMatch(/the lease of ovirt\/prod stays/);
    expect(core.state.leases.has(leaseId)).toBe(true);
    expect(hostOf(core, hostId).mode).toBe('leased');
  });

  it('keeps its tasks as they were', () => {
    const core = makeCore();
    connectFramework(core, 'batch/b');
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'shared');
    launchTasks(core, 'batch/b', '/prod', hostId, [spec('a')]);
    peerDisconnected(core, `agent/${hostId}`, 'gone');
    declareHostLost(core, hostId);
    expect(taskOf(core, 'batch/b/a').state).toBe('staging');
    expect(condition(core, 'HOST_LOST', 'node1')).toMatch(/1 task stays/);
  });

  it('is back at once when it connects', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    peerDisconnected(core, `agent/${hostId}`, 'gone');
    declareHostLost(core, hostId);
    peerConnected(core, `agent/${hostId}`, false);
    expect(core.state.hostPresence.get(hostId)).toMatchObject({ connected: true, lost: false });
    expect(condition(core, 'HOST_LOST', 'node1')).toBeUndefined();
    expect(core.timers.dueMs(`host-lost/${hostId}`)).toBeNull();
  });

  it('and whose timer fires after it came back is not lost', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    declareHostLost(core, hostId);
    declareHostLost(core, 'h-9-9');
    expect(core.state.hostPresence.get(hostId)?.lost).toBe(false);
  });
});

describe('a framework that goes away', () => {
  it('keeps what it holds; its demand is forgotten after a while', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    lease(core, joinAgent(core, 1), OVIRT);
    peerDisconnected(core, `framework/${OVIRT}`, 'crash');
    expect(core.state.frameworkPresence.get(OVIRT)?.connected).toBe(false);
    expect(core.timers.dueMs(`demand/${OVIRT}`)).toBe(core.nowMs + core.options.demandTtlMs);
    expect(condition(core, 'FRAMEWORK_DISCONNECTED', OVIRT)).toBe(
      'ovirt/prod is away; it keeps its 1 host and 0 tasks',
    );
    expect(core.state.leases.size).toBe(1);
    peerConnected(core, `framework/${OVIRT}`, true);
    expect(core.timers.dueMs(`demand/${OVIRT}`)).toBeNull();
    expect(condition(core, 'FRAMEWORK_DISCONNECTED', OVIRT)).toBeUndefined();
  });

  it('has its offers taken back at once', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    core.state.offers.put({
      offerId: 'o-1-1',
      hostId,
      frameworkId: OVIRT,
      role: '/prod',
      demandId: 'd',
      resources: hostOf(core, hostId).resources,
      wholeHost: true,
      transitionId: null,
      groupId: null,
      madeMs: core.nowMs,
      expiresMs: core.nowMs + 30_000,
      ofHost: core.state.offersByHost.roll(hostId),
      ofFramework: core.state.offersByFramework.roll(OVIRT),
    });
    core.dirtyHosts.clear();
    peerDisconnected(core, `framework/${OVIRT}`, 'crash');
    expect(core.state.offers.size).toBe(0);
    expect(core.dirtyHosts.has(hostId)).toBe(true);
  });

  it('gets its leases and tasks when it comes back without memory', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    const shared = joinAgent(core, 2);
    setMode(core, shared, 'shared');
    const leaseId = lease(core, hostId, OVIRT);
    launchTasks(core, OVIRT, '/prod', shared, [spec('a')]);
    core.takeEffects();
    peerConnected(core, `framework/${OVIRT}`, true);
    expect(sent(core).toFrameworks).toEqual([]);
    resyncPeer(core, `framework/${OVIRT}`);
    expect(sent(core).toFrameworks).toMatchObject([
      {
        kind: 'resync',
        leases: [{ leaseId, hostName: 'node1', phase: 'serving' }],
        tasks: [{ taskId: 'a', state: 'staging' }],
      },
    ]);
  });

  it('is made open offers of what lies idle when its session is resumed', () => {
    const core = makeCore();
    connectFramework(core, 'spark/a');
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'shared');
    setOpenOffers(core, 'spark/a', { kind: 'open_offers', role: '/prod', enabled: true, minimum: {} });
    allocate(core);
    peerDisconnected(core, 'framework/spark/a', 'network');
    allocate(core);
    expect(core.state.offers.size).toBe(0);
    peerConnected(core, 'framework/spark/a', true);
    allocate(core);
    expect([...core.state.offers.values()].map((offer) => offer.hostId)).toEqual([hostId]);
  });

  it('still has the deadlines of its demand when it is back', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const entries = [slicesEntry('d', 1, cpus(1), { deadlineMs: 60_000 })];
    setDemand(core, OVIRT, { kind: 'demand', role: '/prod', asOfSeq: 0, entries });
    const dueMs = core.nowMs + 60_000;
    expect(core.timers.dueMs(`demand/${OVIRT}`)).toBe(dueMs);
    peerDisconnected(core, `framework/${OVIRT}`, 'network');
    core.nowMs += 1_000;
    peerConnected(core, `framework/${OVIRT}`, true);
    expect(core.timers.dueMs(`demand/${OVIRT}`)).toBe(dueMs);
  });

  it('is told anew how its demand stands when it starts over, also when nothing has changed', () => {
    const core = makeCore();
    const entries = [slicesEntry('d', 1, cpus(1))];
    const ask = (): readonly unknown[] => {
      setDemand(core, OVIRT, { kind: 'demand', role: '/prod', asOfSeq: 0, entries });
      core.takeEffects();
      core.nowMs += 100;
      allocate(core);
      return sent(core).toFrameworks.filter(({ kind }) => kind === 'demand_status');
    };
    connectFramework(core, OVIRT);
    expect(ask()).toHaveLength(1);
    expect(ask()).toHaveLength(0);
    peerConnected(core, `framework/${OVIRT}`, false);
    expect(ask()).toHaveLength(1);
  });
});

describe('a start with hosts in use', () => {
  it('is recovering until enough of them have reported', () => {
    const core = makeCore({ recoveryHostsMilli: 600 });
    connectFramework(core, OVIRT);
    const ids = [1, 2, 3].map((n) => joinAgent(core, n));
    joinAgent(core, 4);
    for (const hostId of ids) lease(core, hostId, OVIRT);
    const next = restart(core);
    expect(isRecovering(next)).toBe(true);
    const back = (n: number): void => {
      const hostId = connectAgent(next, `node${n}`, identity(n));
      onAgentReport(next, hostId, report());
    };
    back(4);
    back(1);
    expect(isRecovering(next)).toBe(true);
    onAgentReport(next, ids[0]!, report());
    expect(isRecovering(next)).toBe(true);
    back(2);
    expect(isRecovering(next)).toBe(false);
    expect(condition(next, 'FRAMEWORK_DISCONNECTED', OVIRT)).toBeUndefined();
  });

  it('stops waiting at the bound, and shows which frameworks are still away', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    lease(core, joinAgent(core, 1), OVIRT);
    const next = restart(core);
    endRecovery(next);
    expect(isRecovering(next)).toBe(false);
    expect(condition(next, 'FRAMEWORK_DISCONNECTED', OVIRT)).toMatch(/keeps its 1 host/);
  });

  it('has every known host away, with a time at which it is lost', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    const next = restart(core);
    expect(next.state.hostPresence.get(hostId)).toMatchObject({ connected: false, reported: false, lost: false });
    expect(next.timers.dueMs(`host-lost/${hostId}`)).toBe(next.nowMs + next.options.hostLostAfterMs);
  });
});

describe('a start without hosts in use', () => {
  it('has nothing to recover', () => {
    const core = makeCore();
    joinAgent(core, 1);
    expect(isRecovering(restart(core))).toBe(false);
  });
});
