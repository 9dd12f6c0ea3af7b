/** DESIGN §3.11: after a failover offers start per host as it reports; the planner waits for 80 % of the hosts, or the bound. */
import { describe, expect, it } from '@jest/globals';
import type { SchedulerOptions } from '../../../../scheduler/index.js';
import { CoreHarness, hostsWanted, type AgentPeer, type FrameworkPeer } from '../../../support/core-harness.js';

const MINUTE = 60_000;

interface Fleet {
  readonly harness: CoreHarness;
  readonly agents: readonly AgentPeer[];
  readonly ovirt: FrameworkPeer;
  readonly kube: FrameworkPeer;
}

/** Ten hosts that oVirt holds; Kubernetes asks for as many, and each is owed half. */
function lopsided(options: Partial<SchedulerOptions> = {}): Fleet {
  const harness = new CoreHarness({
    planPeriodMs: 5_000,
    hysteresisRounds: 1,
    recoveryBoundMs: 5 * MINUTE,
    hostLostAfterMs: 60 * MINUTE,
    massFailureMinHosts: 100,
    movesInFlightPerRackMax: 10,
    ...options,
  });
  const agents = Array.from({ length: 10 }, (_, index) => harness.agent(`n${index}`));
  const ovirt = harness.framework('ovirt/prod');
  const kube = harness.framework('kubernetes/east');
  harness.must({ kind: 'freeze', dryRun: false, scope: '*', reason: 'not before the failover' });
  ovirt.observes(agents);
  kube.observes([]);
  harness.must({ kind: 'adopt', dryRun: false, frameworkId: 'ovirt/prod' });
  ovirt.wants([hostsWanted('vms', 10)]);
  kube.wants([hostsWanted('pods', 10)]);
  return { harness, agents, ovirt, kube };
}

/** The master starts anew; frameworks and their managers are back at once, agents are not. */
function failOver({ harness, agents, ovirt, kube }: Fleet): void {
  harness.restart();
  harness.must({ kind: 'unfreeze', dryRun: false, scope: '*' });
  ovirt.connect();
  kube.connect();
  ovirt.observes(agents);
  kube.observes([]);
  harness.settle();
}

function moves(harness: CoreHarness): number {
  return harness.query({ kind: 'transitions', ended: true, page: { limit: 0, pageToken: '' } }).total;
}

function recovering(harness: CoreHarness): boolean {
  return harness.query({ kind: 'overview' }).overview.recovering;
}

describe('after a failover', () => {
  it('a free host is offered as soon as it has reported, and none before', () => {
    const harness = new CoreHarness({ planner: 'off', autoAdmit: true, massFailureMinHosts: 100 });
    const agents = Array.from({ length: 5 }, (_, index) => harness.agent(`n${index}`));
    const kube = harness.framework('kubernetes/east');
    kube.claims = false;
    kube.observes([]);
    harness.advance(1_000);
    harness.restart();
    kube.connect();
    kube.observes([]);
    kube.wants([hostsWanted('pods', 5)]);
    const offered = (): number => harness.query({ kind: 'overview' }).overview.offersOpen;
    harness.advance(100);
    expect(offered()).toBe(0);
    agents[0]?.connect();
    harness.advance(100);
    expect(recovering(harness)).toBe(true);
    expect(offered()).toBe(1);
    agents[1]?.connect();
    agents[2]?.connect();
    harness.advance(100);
    expect(recovering(harness)).toBe(true);
    expect(offered()).toBe(3);
    harness.assertSound();
  });

  it('the planner moves nothing before 80 % of the hosts have reported, and then goes on', () => {
    const fleet = lopsided();
    const { harness, agents } = fleet;
    failOver(fleet);
    for (const agent of agents.slice(0, 7)) agent.connect();
    harness.advance(MINUTE);
    expect(recovering(harness)).toBe(true);
    expect(moves(harness)).toBe(0);
    expect(harness.query({ kind: 'plan' }).plan?.notMoved).toEqual([
      'RECOVERING: the planner waits until enough hosts have reported since the start',
    ]);
    agents[7]?.connect();
    expect(recovering(harness)).toBe(false);
    harness.advance(10_000);
    expect(moves(harness)).toBeGreaterThan(0);
    harness.assertSound();
  });

  it('the bound ends the wait for hosts that do not come', () => {
    const fleet = lopsided();
    const { harness, agents } = fleet;
    failOver(fleet);
    for (const agent of agents.slice(0, 4)) agent.connect();
    harness.advance(5 * MINUTE - 10_000);
    expect(moves(harness)).toBe(0);
    harness.advance(20_000);
    expect(recovering(harness)).toBe(false);
    expect(moves(harness)).toBeGreaterThan(0);
    harness.assertSound();
  });

  it('nobody waits for hosts that were lost before it, nor for those that are drained', () => {
    const fleet = lopsided({ hostLostAfterMs: MINUTE });
    const { harness, agents } = fleet;
    for (const agent of agents.slice(0, 3)) agent.disconnect();
    harness.advance(2 * MINUTE);
    expect(harness.query({ kind: 'overview' }).overview.hostsLost).toBe(3);
    harness.must({ kind: 'unfreeze', dryRun: false, scope: '*' });
    harness.must({ kind: 'plan_mode', dryRun: false, mode: 'observe' });
    harness.must({ kind: 'host_drain', dryRun: false, host: 'n9', reason: 'new disk', hard: false });
    harness.advance(10_000);
    expect(harness.query({ kind: 'host', host: 'n9' }).host.drain?.phase).toBe('drained');
    harness.must({ kind: 'freeze', dryRun: false, scope: '*', reason: 'not before the failover' });
    failOver(fleet);
    // Their holder does not seem to have them again.
    expect(harness.query({ kind: 'overview' }).overview.hostsLost).toBe(3);
    expect(harness.query({ kind: 'conditions' }).conditions.filter(({ kind }) => kind === 'HOST_LOST')).toHaveLength(3);
    // Six are left; five of them are 83 %.
    for (const agent of agents.slice(3, 7)) agent.connect();
    expect(recovering(harness)).toBe(true);
    agents[7]?.connect();
    expect(recovering(harness)).toBe(false);
  });
});

describe('hosts in maintenance', () => {
  it('are no mass failure when they are switched off together', () => {
    const harness = new CoreHarness({ planner: 'off', autoAdmit: true });
    const agents = Array.from({ length: 8 }, (_, index) => harness.agent(`n${index}`));
    harness.framework('kubernetes/east').observes([]);
    harness.advance(1_000);
    for (const { name } of agents)
      harness.must({ kind: 'host_drain', dryRun: false, host: name, reason: 'new switch', hard: false });
    for (const agent of agents) agent.disconnect();
    harness.advance(5 * MINUTE);
    expect(harness.query({ kind: 'conditions' }).conditions.map(({ kind }) => kind)).not.toContain('MASS_FAILURE');
    harness.assertSound();
  });
});
