import { describe, expect, it } from '@jest/globals';
import type { Core } from '../../../../scheduler/core.js';
import type { ObservedHost } from '../../../../scheduler/protocol.js';
import { OBSERVATION_AGE_MAX_MS } from '../../../../scheduler/reconcile/drift.js';
import { advanceTransition, onStepUpdate } from '../../../../scheduler/reassign/index.js';
import { admitHost, adopt, onAgentReport, releaseHost } from '../../../../scheduler/reconcile/index.js';
import {
  condition,
  connectAgent,
  connectFramework,
  hostOf,
  identity,
  joinAgent,
  lease,
  makeCore,
  observe,
  observed,
  report,
  sent,
  setMode,
} from './support.js';

const OVIRT = 'ovirt/prod';
const HADOOP = 'hadoop/hdp';

function withFrameworks(options: Parameters<typeof makeCore>[0] = {}): Core {
  const core = makeCore(options);
  connectFramework(core, OVIRT);
  connectFramework(core, HADOOP, ['/test']);
  return core;
}

function strangers(core: Core): readonly ObservedHost[] {
  return [...core.state.strangersByFramework.get(OVIRT)].map((key) => core.state.observations.get(key)!.observed);
}

function leaseOf(core: Core, hostId: string) {
  return core.state.leases.get(hostOf(core, hostId).leaseId ?? '');
}

describe('an observation', () => {
  it('is matched to hosts by uuid alone, by serial or by a MAC', () => {
    const core = withFrameworks();
    const [a, b, c] = [joinAgent(core, 1), joinAgent(core, 2), joinAgent(core, 3)];
    observe(core, OVIRT, [
      observed(1, { identity: { uuid: identity(1).uuid.toUpperCase(), serial: '', macs: [] } }),
      observed(2, { identity: { uuid: '', serial: 'SN0002', macs: [] } }),
      observed(3, { identity: { uuid: '', serial: '', macs: identity(3).macs } }),
      observed(4),
    ]);
    const presence = core.state.frameworkPresence.get(OVIRT);
    expect([...(presence?.hosts.keys() ?? [])]).toEqual([a, b, c]);
    expect(strangers(core).map((one) => one.name)).toEqual(['node4']);
    expect(presence?.observed).toBe(true);
  });

  it('of which several hosts could be the machine is matched to none', () => {
    const core = withFrameworks({ autoAdopt: true });
    const macs = ['52:54:00:aa:aa:aa'];
    const [a, b] = [1, 2].map((n) => connectAgent(core, `node${n}`, identity(n, { macs })));
    for (const hostId of [a!, b!]) onAgentReport(core, hostId, report());
    observe(core, OVIRT, [observed(9, { identity: { uuid: '', serial: '', macs } })]);
    expect(condition(core, 'NO_AGENT', OVIRT)).toMatch(/node9/);
    observe(core, OVIRT, [observed(9, { identity: { uuid: '', serial: identity(2).serial, macs } })]);
    expect([hostOf(core, a!).mode, hostOf(core, b!).mode]).toEqual(['unclaimed', 'leased']);
  });

  it('of a uuid that two machines have means the one that is not quarantined for it', () => {
    const core = withFrameworks({ autoAdopt: true });
    const first = joinAgent(core, 1);
    connectAgent(core, 'node2', identity(2, { uuid: identity(1).uuid }));
    observe(core, OVIRT, [observed(1, { identity: { uuid: identity(1).uuid, serial: '', macs: [] } })]);
    expect([...(core.state.frameworkPresence.get(OVIRT)?.hosts.keys() ?? [])]).toEqual([first]);
  });

  it('under the uuid from before the firmware was set anew means the host that serial and MAC name', () => {
    const core = withFrameworks();
    const hostId = joinAgent(core, 1);
    observe(core, OVIRT, [observed(1, { identity: { ...identity(1), uuid: identity(8).uuid } })]);
    expect([...(core.state.frameworkPresence.get(OVIRT)?.hosts.keys() ?? [])]).toEqual([hostId]);
    observe(core, OVIRT, [observed(1, { identity: { ...identity(1), uuid: identity(8).uuid, macs: [] } })]);
    expect(condition(core, 'NO_AGENT', OVIRT)).toMatch(/node1/);
  });

  it('names the machines without agent until their agents come', () => {
    const core = withFrameworks();
    observe(core, OVIRT, [observed(1), observed(2)]);
    expect(condition(core, 'NO_AGENT', OVIRT)).toBe('2 machines of ovirt/prod have no agent: node1, node2');
    joinAgent(core, 1);
    expect(condition(core, 'NO_AGENT', OVIRT)).toBe('1 machine of ovirt/prod has no agent: node2');
    joinAgent(core, 2);
    expect(condition(core, 'NO_AGENT', OVIRT)).toBeUndefined();
    expect(core.state.frameworkPresence.get(OVIRT)?.hosts.size).toBe(2);
  });

  it('that is partial adds to what is known; a complete one replaces it', () => {
    const core = withFrameworks();
    const [a, b] = [joinAgent(core, 1), joinAgent(core, 2)];
    observe(core, OVIRT, [observed(1), observed(7)]);
    observe(core, OVIRT, [observed(2), observed(7, { units: 9 })], false);
    const presence = core.state.frameworkPresence.get(OVIRT);
    expect([...(presence?.hosts.keys() ?? [])]).toEqual([a, b]);
    expect(strangers(core).map((one) => one.units)).toEqual([9]);
    observe(core, OVIRT, [observed(2)]);
    expect([...(core.state.frameworkPresence.get(OVIRT)?.hosts.keys() ?? [])]).toEqual([b]);
  });

  it('that is only partial does not count as having told all', () => {
    const core = withFrameworks();
    observe(core, OVIRT, [], false);
    expect(core.state.frameworkPresence.get(OVIRT)?.observed).toBe(false);
  });
});

describe('adoption', () => {
  it('by an operator leases what the manager uses as it is, and says what it cannot lease', () => {
    const core = withFrameworks();
    const a = joinAgent(core, 1);
    const b = joinAgent(core, 2);
    const c = connectAgent(core, 'node3', identity(3));
    observe(core, OVIRT, [observed(1), observed(2), observed(3), observed(4)]);
    observe(core, HADOOP, [observed(2)]);
    core.state.takeMutations();
    const changes = ['node1 is leased to ovirt/prod as it is (role /prod)'];
    const remarks = [
      'node2 is not adopted: hadoop/hdp has it, too',
      'node3 is not adopted: its agent has not reported yet',
      'node4 is not adopted: it has no agent',
    ];
    expect(adopt(core, 'ada', OVIRT, true)).toEqual({ ok: true, changes, remarks, ids: [] });
    expect(core.state.takeMutations()).toEqual([]);
    core.takeEffects();
    const reply = adopt(core, 'ada', OVIRT, false);
    expect(reply).toMatchObject({ ok: true, changes, remarks });
    expect(adopt(core, 'ada', OVIRT, true)).toEqual({ ok: true, changes: [], remarks, ids: [] });
    expect(hostOf(core, a)).toMatchObject({ mode: 'leased', clean: false });
    expect(leaseOf(core, a)).toMatchObject({
      origin: 'adopted',
      phase: 'serving',
      frameworkId: OVIRT,
      role: '/prod',
      servingSinceMs: core.nowMs,
    });
    expect([hostOf(core, b).mode, hostOf(core, c).mode]).toEqual(['unclaimed', 'unclaimed']);
    const { toAgents, toFrameworks } = sent(core);
    expect(toAgents).toEqual([]);
    expect(toFrameworks).toMatchObject([
      { kind: 'lease', change: 'granted', lease: { hostName: 'node1', origin: 'adopted', phase: 'serving' } },
    ]);
    expect(core.ledger.account('/prod').used).toMatchObject({ hosts: 1, 'hosts/standard': 1, cpusMilli: 16_000 });
  });

  it('is refused before the manager has told all its hosts', () => {
    const core = withFrameworks();
    joinAgent(core, 1);
    observe(core, OVIRT, [observed(1)], false);
    expect(adopt(core, 'ada', OVIRT, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
  });

  it('happens by itself where the configuration says so, whoever comes first', () => {
    const core = withFrameworks({ autoAdopt: true });
    const before = joinAgent(core, 1);
    observe(core, OVIRT, [observed(1), observed(2)]);
    const after = joinAgent(core, 2);
    expect(leaseOf(core, before)).toMatchObject({ frameworkId: OVIRT });
    expect(leaseOf(core, after)).toMatchObject({ frameworkId: OVIRT });
  });

  it('of a machine that two managers have does not happen; both are named', () => {
    const core = withFrameworks({ autoAdopt: true });
    observe(core, OVIRT, [observed(1)]);
    observe(core, HADOOP, [observed(1)]);
    const hostId = joinAgent(core, 1);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'unclaimed', leaseId: null });
    expect(condition(core, 'ADOPTION_CONFLICT', 'node1')).toBe(
      'hadoop/hdp and ovirt/prod both have node1; neither adopts it',
    );
    observe(core, HADOOP, []);
    expect(condition(core, 'ADOPTION_CONFLICT', 'node1')).toBeUndefined();
    expect(leaseOf(core, hostId)).toMatchObject({ frameworkId: OVIRT });
  });

  it('that puts a role over its limit states what is, and shows it', () => {
    const core = withFrameworks({ autoAdopt: true });
    core.state.roles.put({ ...core.state.roles.get('/prod')!, limit: { hosts: 1 } });
    joinAgent(core, 1);
    const second = joinAgent(core, 2);
    observe(core, OVIRT, [observed(1), observed(2)]);
    expect(leaseOf(core, second)).toMatchObject({ frameworkId: OVIRT });
    expect(condition(core, 'OVER_LIMIT', '/prod')).toMatch(/hosts=2 over its limit 1/);
  });

  it('is not for frameworks that cannot hand a host back', () => {
    const core = makeCore({ autoAdopt: true });
    connectFramework(core, OVIRT, ['/prod']);
    core.state.frameworks.put({ ...core.state.frameworks.get(OVIRT)!, executesSteps: false });
    const hostId = joinAgent(core, 1);
    observe(core, OVIRT, [observed(1)]);
    expect(hostOf(core, hostId).mode).toBe('unclaimed');
  });
});

describe('drift', () => {
  function serving(): { readonly core: Core; readonly hostId: string } {
    const core = withFrameworks();
    const hostId = joinAgent(core, 1);
    lease(core, hostId, OVIRT);
    core.nowMs += OBSERVATION_AGE_MAX_MS;
    return { core, hostId };
  }

  it('is what the manager says it is, until it says no more', () => {
    const { core } = serving();
    observe(core, OVIRT, [observed(1, { drift: 'activated by hand' })]);
    expect(condition(core, 'DRIFT', 'node1')).toBe('ovirt/prod says: activated by hand');
    observe(core, OVIRT, [observed(1)]);
    expect(condition(core, 'DRIFT', 'node1')).toBeUndefined();
  });

  it('is a serving host that the manager does not have any more', () => {
    const { core } = serving();
    observe(core, OVIRT, []);
    expect(condition(core, 'DRIFT', 'node1')).toMatch(/^missing: ovirt\/prod does not have node1/);
    expect(core.state.leases.size).toBe(1);
  });

  it('is not a host that only just serves: the observation may be older', () => {
    const core = withFrameworks();
    lease(core, joinAgent(core, 1), OVIRT);
    observe(core, OVIRT, []);
    expect(condition(core, 'DRIFT', 'node1')).toBeUndefined();
  });

  it('is not judged from a partial observation, nor during a move', () => {
    const { core, hostId } = serving();
    observe(core, OVIRT, [], false);
    expect(condition(core, 'DRIFT', 'node1')).toBeUndefined();
    core.state.hosts.put({ ...hostOf(core, hostId), transitionId: 't-1-9' });
    observe(core, OVIRT, []);
    expect(condition(core, 'DRIFT', 'node1')).toBeUndefined();
  });

  it('of a host leased to one framework and seen in another is a conflict', () => {
    const { core } = serving();
    observe(core, OVIRT, [observed(1)]);
    observe(core, HADOOP, [observed(1)]);
    expect(condition(core, 'ADOPTION_CONFLICT', 'node1')).toBe(
      'node1 is leased to ovirt/prod, but hadoop/hdp has it, too',
    );
  });

  it('that was shown is over when the host has moved on', () => {
    const { core, hostId } = serving();
    observe(core, OVIRT, []);
    expect(condition(core, 'DRIFT', 'node1')).toBeDefined();
    core.state.leases.delete(hostOf(core, hostId).leaseId ?? '');
    core.state.hosts.put({ ...hostOf(core, hostId), mode: 'free', leaseId: null });
    observe(core, HADOOP, []);
    expect(condition(core, 'DRIFT', 'node1')).toBeUndefined();
  });

  it('of a free host that serves somewhere makes it unclaimed: it was put there by hand', () => {
    const core = withFrameworks();
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    observe(core, HADOOP, [observed(1)]);
    expect(hostOf(core, hostId).mode).toBe('free');
    core.nowMs += OBSERVATION_AGE_MAX_MS;
    observe(core, HADOOP, [observed(1)]);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'unclaimed', clean: false });
  });
});

/** Fails every attempt to verify the host clean. */
function refuseToBeClean(core: Core, hostId: string): void {
  const transitionId = hostOf(core, hostId).transitionId ?? '';
  for (let attempt = 1; hostOf(core, hostId).transitionId !== null && attempt < 20; attempt += 1) {
    const out = core.state.transitions.get(transitionId);
    if (out?.stepPhase === 'asked')
      onStepUpdate(core, `agent/${hostId}`, {
        transitionId,
        step: 'verify_clean',
        attempt: out.attempt,
        updateNo: 1,
        state: 'failed',
        progressMilli: 0,
        message: 'dirty: a database',
        blockedBy: [],
        forecast: null,
      });
    core.nowMs += 600_000;
    advanceTransition(core, transitionId);
  }
}

describe('admission', () => {
  it('by an operator has the agent verify the host and touches nothing', () => {
    const core = withFrameworks();
    const hostId = joinAgent(core, 1);
    observe(core, OVIRT, []);
    core.takeEffects();
    core.state.takeMutations();
    expect(admitHost(core, 'ada', hostId, true)).toMatchObject({
      ok: true,
      changes: [
        expect.stringMatching(/verified clean/),
        'be sure that hadoop/hdp does not use it: its hosts are not known yet',
      ],
    });
    expect(core.state.takeMutations()).toEqual([]);
    expect(admitHost(core, 'ada', hostId, false)).toMatchObject({ ok: true });
    expect(sent(core).toAgents).toMatchObject([{ kind: 'step_request', request: { step: 'verify_clean' } }]);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'unclaimed', clean: false });
  });

  it('that finds the host dirty never leads to a wipe of what was not ours', () => {
    const core = withFrameworks();
    const hostId = joinAgent(core, 1);
    admitHost(core, 'ada', hostId, false);
    refuseToBeClean(core, hostId);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'quarantined', quarantinedFrom: 'unclaimed' });
    core.takeEffects();
    releaseHost(core, 'ada', hostId, false);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'unclaimed', transitionId: null });
    expect(sent(core).toAgents).toEqual([]);
  });

  it('that finds the host dirty says how all of it is wiped, which only a person can ask for', () => {
    const core = withFrameworks();
    const hostId = joinAgent(core, 1, { profile: 'hadoop', cleanliness: 'dirty: a database' });
    admitHost(core, 'ada', hostId, false);
    refuseToBeClean(core, hostId);
    expect(hostOf(core, hostId).quarantineReason).toBe(
      "dirty: a database; what is on it may be someone's: empty it and release it, or wipe everything on it: mosaic host release node1 --wipe",
    );
    observe(core, OVIRT, [observed(1, { serving: false })]);
    core.state.takeMutations();
    expect(releaseHost(core, 'ada', hostId, false, true)).toMatchObject({
      ok: false,
      message: 'ovirt/prod has node1; take it out there first, then it can be wiped',
    });
    observe(core, OVIRT, []);
    expect(releaseHost(core, 'ada', hostId, true, true)).toMatchObject({
      ok: true,
      changes: [
        'everything on node1 is wiped, whoever put it there (its agent says: the profile of hadoop, dirty: a database); then it is verified clean, and is free',
      ],
    });
    expect(core.state.takeMutations()).toEqual([]);
    core.takeEffects();
    expect(releaseHost(core, 'ada', hostId, false, true)).toMatchObject({ ok: true });
    expect(sent(core).toAgents).toMatchObject([{ kind: 'step_request', request: { step: 'wipe' } }]);
  });

  it('is refused for a host that a manager uses, with the command that fits', () => {
    const core = withFrameworks();
    const hostId = joinAgent(core, 1);
    observe(core, OVIRT, [observed(1)]);
    const reply = admitHost(core, 'ada', hostId, false);
    expect(reply).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(reply).toHaveProperty('message', expect.stringMatching(/mosaic adopt --framework ovirt\/prod/));
  });

  it('is refused before every expected manager has told its hosts', () => {
    const core = withFrameworks({ expectedFrameworks: [OVIRT, 'openstack/c'] });
    const hostId = joinAgent(core, 1);
    observe(core, OVIRT, []);
    expect(admitHost(core, 'ada', hostId, false)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^openstack\/c has not told its hosts/),
    });
  });

  it('is refused for hosts that are not unclaimed, cordoned or silent', () => {
    const core = withFrameworks();
    const free = joinAgent(core, 1);
    setMode(core, free, 'free');
    const silent = connectAgent(core, 'node2', identity(2));
    const cordoned = joinAgent(core, 3);
    core.state.hosts.put({ ...hostOf(core, cordoned), cordoned: true, cordonReason: 'ada: x' });
    expect(admitHost(core, 'ada', free, false)).toMatchObject({
      message: 'node1 is free; only unclaimed hosts are admitted',
    });
    expect(admitHost(core, 'ada', silent, false)).toMatchObject({ code: 'UNAVAILABLE' });
    expect(admitHost(core, 'ada', cordoned, false)).toMatchObject({
      message: expect.stringMatching(/mosaic host uncordon node3/),
    });
  });

  it('happens by itself for hosts nobody uses, once all managers were observed', () => {
    const core = withFrameworks({ autoAdmit: true });
    const [used, unused] = [joinAgent(core, 1), joinAgent(core, 2)];
    observe(core, OVIRT, [observed(1)]);
    expect(core.state.transitions.size).toBe(0);
    observe(core, HADOOP, []);
    expect(hostOf(core, used).transitionId).toBeNull();
    expect(core.state.transitions.get(hostOf(core, unused).transitionId ?? '')).toMatchObject({
      step: 'verify_clean',
      to: null,
      toMode: 'free',
    });
    const late = joinAgent(core, 3);
    expect(hostOf(core, late).transitionId).not.toBeNull();
  });

  it('does not happen while no framework is registered: nobody could have told', () => {
    const core = makeCore({ autoAdmit: true });
    const hostId = joinAgent(core, 1);
    onAgentReport(core, hostId, report());
    expect(core.state.transitions.size).toBe(0);
  });

  it('waits for the expected frameworks only, where they are named', () => {
    const core = withFrameworks({ autoAdmit: true, expectedFrameworks: [OVIRT] });
    const hostId = joinAgent(core, 1);
    observe(core, OVIRT, []);
    expect(hostOf(core, hostId).transitionId).not.toBeNull();
  });
});
