/** The breaker of mass failures: when it opens, what stands still meanwhile, and what closes it. */
import { describe, expect, it, jest } from '@jest/globals';
import { Core } from '../../../../scheduler/core.js';
import { DEFAULT_OPTIONS, type SchedulerOptions } from '../../../../scheduler/index.js';
import { isHeldBack } from '../../../../scheduler/reconcile/breaker.js';
import { EMPTY } from '../../../../scheduler/resources/index.js';
import type { DrainRecord, HostPresence, HostRecord } from '../../../../scheduler/state/records.js';
import { CoreHarness, hostsWanted, type AgentPeer, type FrameworkPeer } from '../../../support/core-harness.js';

interface Fleet {
  readonly harness: CoreHarness;
  readonly agents: readonly AgentPeer[];
  readonly ovirt: FrameworkPeer;
  readonly kube: FrameworkPeer;
}

/** Twenty hosts, twelve with oVirt, eight with Kubernetes; a tenth of them is two, but five are needed. */
function fleet(options: Partial<SchedulerOptions> = {}): Fleet {
  const harness = new CoreHarness({ hysteresisRounds: 1, ...options });
  const agents = Array.from({ length: 20 }, (_, index) => harness.agent(`n${String(index + 1).padStart(2, '0')}`));
  const ovirt = harness.framework('ovirt/prod');
  const kube = harness.framework('kubernetes/east');
  ovirt.observes(agents.slice(0, 12));
  kube.observes(agents.slice(12));
  harness.must({ kind: 'adopt', dryRun: false, frameworkId: 'ovirt/prod' });
  harness.must({ kind: 'adopt', dryRun: false, frameworkId: 'kubernetes/east' });
  return { harness, agents, ovirt, kube };
}

function kinds(harness: CoreHarness): readonly string[] {
  return harness.query({ kind: 'conditions' }).conditions.map(({ kind }) => kind);
}

function lost(harness: CoreHarness): number {
  return harness.query({ kind: 'overview' }).overview.hostsLost;
}

const LATER_MS = 90_000;

describe('the breaker', () => {
  it('stays closed for fewer hosts than the threshold: they are lost one by one', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 4)) agent.disconnect();
    harness.advance(LATER_MS);
    expect(lost(harness)).toBe(4);
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    harness.assertSound();
  });

  it('stays closed for hosts that vanish one after the other', () => {
    const { harness, agents } = fleet({ massFailureWindowMs: 10_000 });
    for (const agent of agents.slice(0, 8)) {
      agent.disconnect();
      harness.advance(20_000);
    }
    harness.advance(LATER_MS);
    expect(lost(harness)).toBe(8);
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
  });

  it('counts a share of the fleet, not of what was lost before', () => {
    const { harness, agents } = fleet({ massFailureHostsMilli: 500, massFailureMinHosts: 2 });
    for (const agent of agents.slice(0, 9)) agent.disconnect();
    harness.advance(LATER_MS);
    expect(lost(harness)).toBe(9);
    // Six of the eleven that are left.
    for (const agent of agents.slice(9, 15)) agent.disconnect();
    harness.advance(LATER_MS);
    expect(lost(harness)).toBe(9);
    expect(kinds(harness)).toContain('MASS_FAILURE');
    harness.assertSound();
  });

  it('takes no host for lost before its time when it closes because others are back', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(59_000);
    agents[6]?.disconnect();
    harness.advance(16_500);
    expect(kinds(harness)).toContain('MASS_FAILURE');
    for (const agent of agents.slice(0, 3)) agent.connect();
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    expect(lost(harness)).toBe(3);
    harness.advance(50_000);
    expect(lost(harness)).toBe(3);
    harness.advance(10_000);
    expect(lost(harness)).toBe(4);
    harness.assertSound();
  });

  it.each([
    ['the breaker lets nobody lose a host to make up for those that vanished', 5, true],
    ['without it the planner would move hosts', 1_000, false],
  ])('%s', (_, massFailureMinHosts, holds) => {
    const { harness, agents, ovirt, kube } = fleet({ massFailureMinHosts });
    kube.wants([hostsWanted('pods', 8)]);
    ovirt.wants([hostsWanted('vms', 12)]);
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(10 * 60_000);
    const moves = harness.query({ kind: 'transitions', ended: true, page: { limit: 0, pageToken: '' } }).total;
    if (!holds) {
      expect(moves).toBeGreaterThan(0);
      return;
    }
    expect(moves).toBe(0);
    expect(lost(harness)).toBe(0);
    expect(harness.query({ kind: 'plan' }).plan?.notMoved).toEqual([
      'MASS_FAILURE: too many hosts have vanished at once; no host is taken until they are back or given up',
    ]);
    expect(harness.why('n01')).toMatchObject({ word: 'waits for you' });
    const short = harness.query({ kind: 'demands' }).demands.filter(({ status }) => status.pending > 0);
    for (const { status } of short) expect(status.unmetReason).toBe('MASS_FAILURE');
    expect(harness.query({ kind: 'overview' }).overview.needsYou).toContainEqual(
      expect.objectContaining({ remedy: 'mosaic breaker reset' }),
    );
    harness.assertSound();
  });

  it('closes when enough are back; those that are not are lost then', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(LATER_MS);
    agents[0]?.connect();
    expect(kinds(harness)).toContain('MASS_FAILURE');
    agents[1]?.connect();
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    expect(lost(harness)).toBe(4);
    harness.assertSound();
    for (const agent of agents.slice(2, 6)) agent.connect();
    expect(kinds(harness)).toEqual([]);
    harness.assertSound();
  });

  it('holds back who vanishes while it is open, and takes a confirmed power-off for certain', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 5)) agent.disconnect();
    harness.advance(LATER_MS);
    harness.advance(10 * 60_000);
    agents[10]?.disconnect();
    harness.advance(LATER_MS);
    expect(lost(harness)).toBe(0);
    harness.must({ kind: 'host_confirm_off', dryRun: false, host: 'n01' });
    expect(lost(harness)).toBe(1);
    expect(harness.query({ kind: 'host', host: 'n01' }).host).toMatchObject({ mode: 'quarantined', leaseId: '' });
    expect(kinds(harness)).toContain('MASS_FAILURE');
    harness.assertSound();
  });

  it('does not take a host that is confirmed off for one that is back', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(LATER_MS);
    harness.must({ kind: 'host_confirm_off', dryRun: false, host: 'n01' });
    harness.must({ kind: 'host_confirm_off', dryRun: false, host: 'n02' });
    harness.must({ kind: 'host_confirm_off', dryRun: false, host: 'n03' });
    expect(lost(harness)).toBe(3);
    const [condition] = harness.query({ kind: 'conditions' }).conditions.filter(({ kind }) => kind === 'MASS_FAILURE');
    expect(condition?.message).toContain('3 hosts are silent');
    expect(condition?.message).toContain('3 more are confirmed off');
    harness.assertSound();

    // Of the six that are away one comes back, and one that had been given up: fewer than five are away.
    agents[0]?.connect();
    expect(kinds(harness)).toContain('MASS_FAILURE');
    agents[3]?.connect();
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    expect(lost(harness)).toBe(4);
    harness.assertSound();
  });

  it('closes when every host that had vanished is confirmed off: there is nobody left to wait for', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(LATER_MS);
    for (const host of ['n01', 'n02', 'n03', 'n04', 'n05'])
      harness.must({ kind: 'host_confirm_off', dryRun: false, host });
    expect(kinds(harness)).toContain('MASS_FAILURE');
    harness.must({ kind: 'host_confirm_off', dryRun: false, host: 'n06' });
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    harness.assertSound();
    // The next outage is counted from nothing.
    for (const agent of agents.slice(6, 10)) agent.disconnect();
    harness.advance(LATER_MS);
    expect(lost(harness)).toBe(10);
  });

  it('does not take a host that is forgotten for one that is back', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(LATER_MS);
    for (const host of ['n01', 'n02']) {
      harness.must({ kind: 'host_confirm_off', dryRun: false, host });
      harness.must({ kind: 'host_forget', dryRun: false, host });
    }
    expect(kinds(harness)).toContain('MASS_FAILURE');
    expect(lost(harness)).toBe(0);
    agents[2]?.connect();
    agents[3]?.connect();
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    expect(lost(harness)).toBe(2);
    harness.assertSound();
  });

  it('is reset by an operator: what it held back is lost, and only what vanishes later counts again', () => {
    const { harness, agents } = fleet();
    expect(harness.command({ kind: 'breaker_reset', dryRun: false })).toMatchObject({ ok: true, changes: [] });
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(LATER_MS);
    harness.must({ kind: 'breaker_reset', dryRun: true });
    expect(lost(harness)).toBe(0);
    harness.must({ kind: 'breaker_reset', dryRun: false });
    expect(lost(harness)).toBe(6);
    agents[6]?.disconnect();
    harness.advance(LATER_MS);
    expect(lost(harness)).toBe(7);
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    harness.assertSound();
  });

  it('opens after a failover for hosts that do not come back, but not for those that were lost before it', () => {
    const { harness, agents } = fleet();
    for (const agent of agents.slice(0, 6)) agent.disconnect();
    harness.advance(LATER_MS);
    harness.must({ kind: 'breaker_reset', dryRun: false });
    harness.restart();
    for (const agent of agents.slice(6)) agent.connect();
    harness.advance(3 * LATER_MS);
    expect(lost(harness)).toBe(6);
    expect(kinds(harness)).not.toContain('MASS_FAILURE');

    harness.restart();
    for (const agent of agents.slice(12)) agent.connect();
    harness.advance(3 * LATER_MS);
    expect(kinds(harness)).toContain('MASS_FAILURE');
    expect(lost(harness)).toBe(6);
    for (const agent of agents.slice(6, 12)) agent.connect();
    expect(kinds(harness)).not.toContain('MASS_FAILURE');
    harness.assertSound();
  });
});

describe('what a lost host costs', () => {
  it('no walk over the fleet while fewer than the threshold are away', () => {
    const { core, hosts } = silentFleet(1_000, 40);
    const walks = [core.state.hosts, core.state.hostPresence].map((table) => jest.spyOn(table, 'values'));
    for (const host of hosts) expect(isHeldBack(core, host)).toBe(false);
    for (const walk of walks) expect(walk).not.toHaveBeenCalled();
  });

  it('counts hosts as they come, go, are drained and are lost', () => {
    const { core, hosts } = silentFleet(1_000, 40);
    expect(core.expectedHosts.size).toBe(1_000);
    expect(core.expectedHosts.silentBetween(0, 1_000_000)).toBe(40);
    const [first, second, third] = hosts as [HostRecord, HostRecord, HostRecord];
    core.state.hosts.put({ ...first, mode: 'unclaimed' });
    core.state.drains.put({ hostId: second.hostId, phase: 'drained' } as DrainRecord);
    core.state.hosts.delete(third.hostId);
    expect(core.expectedHosts.size).toBe(997);
    expect(core.expectedHosts.silentBetween(0, 1_000_000)).toBe(37);
    core.state.drains.delete(second.hostId);
    core.state.hostPresence.put({ ...presenceOf(second.hostId), connected: true });
    expect(core.expectedHosts.size).toBe(998);
    expect(core.expectedHosts.silentBetween(0, 1_000_000)).toBe(37);
    expect(core.expectedHosts.silentBetween(5_000, 6_000)).toBe(2);
  });
});

function presenceOf(hostId: string): HostPresence {
  return { hostId, connected: false, reported: true, lastSeenMs: 0, lost: false, profile: '', cleanliness: '' };
}

/** A core with so many hosts, of which some fell silent a second after each other. */
function silentFleet(count: number, silent: number): { readonly core: Core; readonly hosts: readonly HostRecord[] } {
  const core = new Core(DEFAULT_OPTIONS);
  const hosts: HostRecord[] = [];
  for (let index = 0; index < count; index += 1) {
    const host = { hostId: `h-${index}`, name: `n${index}`, mode: 'shared', shape: 'standard', leaseId: null };
    const record = {
      ...host,
      identity: { uuid: `u${index}`, serial: '', macs: [] },
      resources: EMPTY,
    } as unknown as HostRecord;
    core.state.hosts.put(record);
    const isSilent = index < silent;
    core.state.hostPresence.put({ ...presenceOf(host.hostId), connected: !isSilent, lastSeenMs: index * 1_000 });
    if (isSilent) hosts.push(record);
  }
  return { core, hosts };
}
