import { describe, expect, it } from '@jest/globals';
import type { Core } from '../../../../scheduler/core.js';
import { freeze, startMove, unfreeze } from '../../../../scheduler/reassign/index.js';
import {
  confirmOff,
  cordonHost,
  declareHostLost,
  launchTasks,
  onTaskStatus,
  peerDisconnected,
  quarantineHost,
  quarantinePeer,
  releaseHost,
  shareHost,
  teardownByOperator,
  uncordonHost,
} from '../../../../scheduler/reconcile/index.js';
import {
  condition,
  connectFramework,
  hostOf,
  joinAgent,
  lease,
  makeCore,
  sent,
  setMode,
  spec,
  status,
  taskOf,
} from './support.js';

const OVIRT = 'ovirt/prod';

function unchangedBy(core: Core, act: () => unknown): void {
  core.state.takeMutations();
  core.takeEffects();
  act();
  expect(core.state.takeMutations()).toEqual([]);
  expect(core.takeEffects()).toEqual([]);
}

describe('cordon', () => {
  it('keeps new grants away, with who and why; uncordon ends it', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    unchangedBy(core, () => cordonHost(core, 'ada', hostId, 'fan broken', true));
    expect(cordonHost(core, 'ada', hostId, 'fan broken', false)).toMatchObject({ ok: true });
    unchangedBy(core, () => {
      expect(cordonHost(core, 'ada', hostId, 'fan broken', false)).toMatchObject({
        changes: [],
        remarks: ['node1 is cordoned already (ada: fan broken)'],
      });
    });
    expect(hostOf(core, hostId)).toMatchObject({ cordoned: true, cordonReason: 'ada: fan broken' });
    unchangedBy(core, () => uncordonHost(core, 'ada', hostId, true));
    expect(uncordonHost(core, 'ada', hostId, false)).toMatchObject({ ok: true });
    expect(hostOf(core, hostId)).toMatchObject({ cordoned: false, cordonReason: '' });
    expect(uncordonHost(core, 'ada', hostId, false)).toMatchObject({ ok: false, message: 'node1 is not cordoned' });
  });

  it('of a set aside agent ends with uncordon, which lets it back', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    quarantinePeer(core, `agent/${hostId}`, 'x');
    expect(uncordonHost(core, 'ada', hostId, false)).toMatchObject({ ok: true });
    expect(condition(core, 'PEER_QUARANTINED', `agent/${hostId}`)).toBeUndefined();
  });

  it('of a host that does not exist says where to look', () => {
    const reply = cordonHost(makeCore(), 'ada', 'h-9-9', '', false);
    expect(reply).toEqual({
      ok: false,
      code: 'NOT_FOUND',
      message: 'there is no host h-9-9; mosaic host list shows them',
    });
  });
});

describe('quarantine and release', () => {
  it('of a free host: it is wiped and verified before it is free again', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    unchangedBy(core, () => quarantineHost(core, 'ada', hostId, 'smells', true));
    quarantineHost(core, 'ada', hostId, 'smells', false);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'quarantined', quarantineReason: 'ada: smells', clean: false });
    expect(quarantineHost(core, 'ada', hostId, '', false)).toMatchObject({
      ok: false,
      message: 'node1 is quarantined already: ada: smells',
    });
    unchangedBy(core, () => releaseHost(core, 'ada', hostId, true));
    expect(releaseHost(core, 'ada', hostId, false)).toMatchObject({ ok: true, ids: [expect.any(String)] });
    expect(sent(core).toAgents).toMatchObject([{ kind: 'step_request', request: { step: 'wipe' } }]);
  });

  it('of an unclaimed host never wipes what was not ours', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    quarantineHost(core, 'ada', hostId, 'who put it there', false);
    releaseHost(core, 'ada', hostId, false);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'unclaimed', transitionId: null, quarantineReason: '' });
    expect(hostOf(core, hostId)).not.toHaveProperty('quarantinedFrom');
  });

  it('of a leased host leaves the lease with its holder', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    const leaseId = lease(core, hostId, OVIRT);
    quarantineHost(core, 'ada', hostId, 'x', false);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'quarantined', leaseId });
    expect(core.ledger.account('/prod').used).toMatchObject({ hosts: 1 });
  });

  it('of a host whose holder is gone for good ends the lease', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    lease(core, hostId, OVIRT);
    quarantineHost(core, 'ada', hostId, 'x', false);
    peerDisconnected(core, `framework/${OVIRT}`, 'gone');
    expect(releaseHost(core, 'ada', hostId, false)).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    core.state.frameworks.put({ ...core.state.frameworks.get(OVIRT)!, tornDown: true });
    expect(releaseHost(core, 'ada', hostId, false)).toMatchObject({ ok: true });
    expect(core.state.leases.size).toBe(0);
    expect(core.state.transitions.get(hostOf(core, hostId).transitionId ?? '')).toMatchObject({
      step: 'wipe',
      from: null,
    });
  });

  it('is refused for hosts that are not quarantined, and where tasks still run', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    expect(releaseHost(core, 'ada', hostId, false)).toMatchObject({
      message: 'node1 is unclaimed; only quarantined hosts are released',
    });
    setMode(core, hostId, 'shared');
    launchTasks(core, OVIRT, '/prod', hostId, [spec('a')]);
    quarantineHost(core, 'ada', hostId, 'x', false);
    expect(releaseHost(core, 'ada', hostId, false)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/still runs 1 task;/),
    });
    // Nor does a move wipe it under them.
    const move = { hostId, to: null, toMode: 'free', demandId: '', planId: null, reason: '' } as const;
    const by = { requestedBy: 'operator:ada', hard: false, reclaim: false };
    expect(startMove(core, { ...move, ...by })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/still runs 1 task;/),
    });
  });

  it('of a host whose holder is gone changes nothing while everything is frozen', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    const leaseId = lease(core, hostId, OVIRT);
    quarantineHost(core, 'ada', hostId, 'x', false);
    teardownByOperator(core, 'ada', OVIRT, false);
    peerDisconnected(core, `framework/${OVIRT}`, 'gone');
    freeze(core, 'bob', '*', 'audit', false);
    unchangedBy(core, () => {
      expect(releaseHost(core, 'ada', hostId, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    });
    unfreeze(core, 'bob', '*', '', false);
    expect(releaseHost(core, 'ada', hostId, false)).toMatchObject({ ok: true });
    expect(core.state.leases.has(leaseId)).toBe(false);
  });
});

describe('confirm-off', () => {
  it('is only for lost hosts', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    expect(confirmOff(core, 'ada', hostId, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
  });

  it('ends lease and tasks, and the host has to be released when it is back', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    const leaseId = lease(core, hostId, OVIRT);
    peerDisconnected(core, `agent/${hostId}`, 'power');
    declareHostLost(core, hostId);
    unchangedBy(core, () => confirmOff(core, 'ada', hostId, true));
    core.takeEffects();
    expect(confirmOff(core, 'ada', hostId, false)).toMatchObject({
      ok: true,
      changes: [`ovirt/prod loses its lease ${leaseId}`, expect.stringMatching(/quarantined until it is back/)],
    });
    expect(core.state.leases.size).toBe(0);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'quarantined', leaseId: null });
    expect(sent(core).toFrameworks).toMatchObject([{ kind: 'lease', change: 'ended' }]);
    expect(condition(core, 'HOST_LOST', 'node1')).toBeUndefined();
  });

  it('makes the tasks of a shared host lost', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'shared');
    launchTasks(core, OVIRT, '/prod', hostId, [spec('a')]);
    peerDisconnected(core, `agent/${hostId}`, 'power');
    declareHostLost(core, hostId);
    core.takeEffects();
    confirmOff(core, 'ada', hostId, false);
    expect(taskOf(core, `${OVIRT}/a`)).toMatchObject({
      state: 'lost',
      statusSeq: 1,
      message: 'ada confirms that node1 is off',
    });
    expect(sent(core).toFrameworks).toMatchObject([{ kind: 'task_status', status: { state: 'lost' } }]);
  });

  it('ends the move that was under way', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    quarantineHost(core, 'ada', hostId, 'x', false);
    releaseHost(core, 'ada', hostId, false);
    const transitionId = hostOf(core, hostId).transitionId ?? '';
    peerDisconnected(core, `agent/${hostId}`, 'power');
    declareHostLost(core, hostId);
    confirmOff(core, 'ada', hostId, false);
    expect(core.state.transitions.get(transitionId)?.outcome).toBe('quarantined');
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'quarantined', transitionId: null });
  });

  it('of an unclaimed host changes nothing on it', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    peerDisconnected(core, `agent/${hostId}`, 'power');
    declareHostLost(core, hostId);
    expect(confirmOff(core, 'ada', hostId, false)).toMatchObject({
      ok: true,
      changes: ['node1 counts as off; nothing is on it that could end'],
    });
    expect(hostOf(core, hostId).mode).toBe('unclaimed');
  });
});

describe('sharing', () => {
  it('prepares a free host for slices, and takes an empty one back', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    unchangedBy(core, () => shareHost(core, 'ada', hostId, true, true));
    expect(shareHost(core, 'ada', hostId, true, false)).toMatchObject({ ok: true });
    expect(core.state.transitions.get(hostOf(core, hostId).transitionId ?? '')).toMatchObject({
      step: 'prepare',
      toMode: 'shared',
    });

    const other = joinAgent(core, 2);
    setMode(core, other, 'shared');
    expect(shareHost(core, 'ada', other, false, false)).toMatchObject({ ok: true });
    expect(core.state.transitions.get(hostOf(core, other).transitionId ?? '')).toMatchObject({
      step: 'wipe',
      toMode: 'free',
    });
  });

  it('takes a host back whose tasks have ended, acknowledged or not', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'shared');
    launchTasks(core, OVIRT, '/prod', hostId, [spec('a')]);
    onTaskStatus(core, hostId, status(`${OVIRT}/a`, hostId, { state: 'finished' }));
    expect(core.state.tasks.size).toBe(1);
    expect(shareHost(core, 'ada', hostId, false, false)).toMatchObject({ ok: true });
  });

  it('is refused where tasks still run, and for hosts in another mode', () => {
    const core = makeCore();
    connectFramework(core, OVIRT);
    const hostId = joinAgent(core, 1);
    expect(shareHost(core, 'ada', hostId, true, false)).toMatchObject({
      message: 'node1 is unclaimed; only free hosts can do this',
    });
    setMode(core, hostId, 'shared');
    launchTasks(core, OVIRT, '/prod', hostId, [spec('a')]);
    expect(shareHost(core, 'ada', hostId, false, false)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/still runs 1 task;/),
    });
  });
});
