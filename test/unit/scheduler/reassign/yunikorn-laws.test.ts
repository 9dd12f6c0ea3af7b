/**
 * The laws of preemption and the documented examples of YuniKorn, for whole hosts and, beside them, for slices. A queue is a
 * role; a pod that asks for 1 is a host, or a task of 1 CPU. docs/kueue-yunikorn.md says why where we do otherwise.
 */
import { describe, expect, it } from '@jest/globals';
import type { RoleChange } from '../../../../scheduler/index.js';
import { approvePlan, lastPlan, setPlanMode } from '../../../../scheduler/reassign/index.js';
import type { ReclaimPolicy, RoleRecord } from '../../../../scheduler/state/records.js';
import { slicesWanted } from '../../../support/core-harness.js';
import { HostCohort, frameworkOf, type Queue } from './host-cohort.js';
import { cpus, guarantee, HARD, NOTICE_MS, PERIOD_MS, SliceFleet } from './slice-fleet.js';

const HARD_POLICY: ReclaimPolicy = { kind: 'hard', graceMs: 0, deadlineMs: 600_000, movesPerRound: 99, minHoldMs: -1 };
const LONG_MS = 1_800_000;
const ONE_MOVE = { movesInFlightMax: 1, reclaimInFlightMax: 0 };

/** `/owner` is guaranteed `own` hosts, has none and wants `wants`; `/lender` holds ten and wants them all. */
function owed(own: number, wants: number, lender: Partial<Queue> = {}, owner: Partial<RoleRecord> = {}): HostCohort {
  return new HostCohort({ '/owner': { nominal: own, wants, role: owner }, '/lender': { holds: 10, ...lender } });
}

/** CPUs of each role after everybody came in this order with more than there is, and all rounds are over. */
function slicesAfter(
  hosts: readonly number[],
  roles: Readonly<Record<string, RoleChange>>,
  come: readonly (readonly [role: string, tasks: number])[],
): Readonly<Record<string, number>> {
  const fleet = new SliceFleet(hosts).roles(roles, true);
  for (const [index, [role, tasks]] of come.entries()) {
    fleet.framework(`wl/q${index}`, role).wants([slicesWanted('d', tasks, cpus(1))]);
    fleet.advance(1_000);
  }
  fleet.advance(LONG_MS);
  return Object.fromEntries(come.map(([role]) => [role, fleet.used(role)]));
}

describe('law 1: preemption policies are strong suggestions, not guarantees', () => {
  it('a soft policy asks: what the holder refuses to give stays, and the guarantee waits', () => {
    const queues = owed(2, 2);
    const [first] = queues.round();
    expect(first).toMatchObject({ reclaim: true, hard: false });
    queues.bench.until(first?.hostId ?? '', 'drain');
    queues.bench.answer(first?.hostId ?? '', 'refused');
    queues.bench.answer(first?.hostId ?? '', 'done');
    expect(queues.bench.place(first?.hostId ?? '')).toBe('rolled_back');
  });

  it('differs: what is pinned or cordoned is exempt, as pods of daemon sets are, and others go', () => {
    const queues = owed(9, 9);
    queues.bench.core.state.hosts.put({ ...queues.bench.hostRecord('lender1'), cordoned: true });
    const pinned = { object: 'pod registry', reason: 'PINNED', sinceMs: 0, message: 'it has a local disk' };
    const forecast = { durationLowMs: 1, durationHighMs: 1, units: 1, wouldKill: [], blockers: [pinned] };
    expect(queues.round().map(({ hostId }) => hostId)).not.toContain('lender1');
    queues.bench.answer('lender2', 'done', { forecast });
    expect(queues.bench.place('lender2')).toBe('cancelled');
    queues.settle();
    expect([queues.held('/owner'), queues.held('/lender')]).toEqual([8, 2]);
  });
});

describe('law 2: preemption can never leave a queue lower than its guaranteed capacity', () => {
  it('of ten hosts those above its seven go, whatever its policy and the priority of who is owed', () => {
    const lender = { nominal: 7, role: { reclaim: HARD_POLICY } };
    const queues = owed(9, 9, lender, { priority: 100, weight: 100 });
    // Nine and seven are more than ten: what is promised shrinks, first where the priority is lower.
    expect(queues.settle()).toEqual({ 'lender>owner': 9 });
    const fits = owed(3, 9, lender, { priority: 100, weight: 100 });
    expect([fits.settle(), fits.held('/lender')]).toEqual([{ 'lender>owner': 3 }, 7]);
  });

  it('nor a role above the one that loses', () => {
    const queues = new HostCohort({
      ...{ '/dept': { nominal: 8 }, '/dept/a': { holds: 10, role: { reclaim: HARD_POLICY } } },
      '/owner': { nominal: 2, wants: 9 },
    });
    expect([queues.settle(), queues.held('/dept/a')]).toEqual([{ 'dept-a>owner': 2 }, 8]);
  });
});

describe('law 3: a task cannot preempt other tasks in the same application', () => {
  it('a framework is never asked to move a host from one of its roles to another', () => {
    const queues = new HostCohort({ '/owner': { nominal: 2 }, '/lender': { holds: 4 } });
    const self = frameworkOf('/lender');
    const record = queues.bench.core.state.frameworks.get(self);
    queues.bench.core.state.frameworks.put({ ...record!, roles: ['/lender', '/owner'] });
    queues.bench.demand(self, '/owner', 2);
    expect([queues.settle(), queues.held('/lender')]).toEqual([{}, 4]);
  });

  it('differs for slices: a role takes back what it is guaranteed, also from another role of its own framework', () => {
    const fleet = new SliceFleet([8]).roles({ '/owner': guarantee(2), '/lender': HARD });
    const peer = fleet.framework('wl/one', '/lender');
    peer.wants([slicesWanted('d', 4, cpus(2))]);
    fleet.advance(1_000);
    const other = fleet.framework('wl/two', '/owner');
    other.wants([slicesWanted('d', 9, cpus(2))]);
    fleet.advance(LONG_MS);
    // Within the role that is owed nothing makes room for the rest of its own demand.
    expect([fleet.used('/owner'), other.noticed, peer.noticed]).toEqual([2, [], ['t4']]);
  });
});

describe('law 4: a task cannot trigger preemption unless its queue is under its guaranteed capacity', () => {
  it('at its guarantee more is owed as a share only: no workload is killed for it, and the minimum hold stands', () => {
    const queues = new HostCohort({
      '/owner': { nominal: 2, holds: 2, wants: 9 },
      '/lender': { holds: 10, role: { reclaim: { ...HARD_POLICY, minHoldMs: 3_600_000 } } },
    });
    for (const lease of [...queues.bench.core.state.leases.values()])
      queues.bench.core.state.leases.put({ ...lease, origin: 'claimed', servingSinceMs: queues.bench.core.nowMs });
    expect(queues.round()).toEqual([]);
    expect(queues.notMoved[0]).toMatch(/^MIN_HOLD: \/owner lacks 5 standard hosts/);
    const moves = queues.round(3_600_000);
    expect(moves.length).toBeGreaterThan(0);
    for (const move of moves) expect(move).toMatchObject({ reclaim: false, hard: false });
  });
});

describe('law 5: a task cannot be preempted unless its queue is over its guaranteed capacity', () => {
  it('who is at its guarantee gives nothing, who is above it does, whatever leaving costs', () => {
    const queues = new HostCohort({
      ...{ '/owner': { nominal: 2, wants: 2 }, '/at': { nominal: 4, holds: 4 }, '/above': { holds: 4 } },
    });
    expect(queues.settle()).toEqual({ 'above>owner': 2 });
  });
});

describe('law 6: a task can only preempt a task with lower or equal priority', () => {
  it.each([
    ['lower', true, 0, 1],
    ['equal', true, 1, 1],
    ['higher', false, 2, 1],
  ])('of workloads of a %s priority a hard policy kills what is left: %p', (_what, hard, lender, owner) => {
    const queues = owed(2, 2, { role: { reclaim: HARD_POLICY, priority: lender } }, { priority: owner });
    const moves = queues.round();
    expect(moves).toHaveLength(2);
    for (const move of moves) expect(move).toMatchObject({ reclaim: true, hard });
    for (const { hostId } of moves) queues.bench.until(hostId, 'drain');
    const { request } = queues.bench.lastRequest('lender1');
    expect(request.policy.hard).toBe(hard);
  });

  it('priorities are compared between the siblings in which the two part', () => {
    const hard = (prod: number, batch: number): readonly boolean[] => {
      const queues = new HostCohort({
        ...{ '/prod': { role: { priority: prod } }, '/batch': { role: { priority: batch } } },
        '/prod/vm': { holds: 4, role: { reclaim: HARD_POLICY, priority: -9 } },
        '/batch/owner': { nominal: 1, wants: 1, role: { priority: 9 } },
      });
      return queues.round().map((move) => move.hard);
    };
    expect([hard(1, 0), hard(0, 0), hard(0, 1)]).toEqual([[false], [true], [true]]);
  });

  it('a plan that waited for approval kills nothing of who has got the higher priority meanwhile', () => {
    const queues = owed(1, 1, { role: { reclaim: HARD_POLICY } });
    const { core } = queues.bench;
    setPlanMode(core, 'ada', 'approve', false);
    expect(queues.round()).toEqual([]);
    queues.bench.role('/lender', { reclaim: HARD_POLICY, priority: 1 });
    const plan = lastPlan(core);
    approvePlan(core, 'ada', plan?.planId ?? '', plan?.version ?? 0, false);
    expect([...core.state.transitions.values()].map(({ reclaim, hard }) => ({ reclaim, hard }))).toEqual([
      { reclaim: true, hard: false },
    ]);
  });

  it('of slices nothing of a higher priority is taken, and what was told to go may stay when it rises during the notice', () => {
    const fleet = new SliceFleet([8]).roles({ '/lend': HARD, '/own': guarantee(2) });
    const borrower = fleet.framework('wl/b', '/lend');
    borrower.wants([slicesWanted('d', 4, cpus(2))]);
    fleet.advance(1_000);
    fleet.framework('wl/o', '/own').wants([slicesWanted('d', 1, cpus(2))]);
    fleet.advance(3 * PERIOD_MS);
    expect(borrower.noticed).toEqual(['t4']);
    fleet.roles({ '/lend': { priority: 1 } });
    fleet.advance(3 * NOTICE_MS);
    expect([borrower.cancelled, fleet.used('/lend')]).toEqual([['t4'], 8]);
    expect(fleet.condition('/own')).toMatch(/PRIORITY/);
  });
});

describe('law 7: a task cannot preempt tasks outside its preemption fence', () => {
  it('the limit of a subtree is its fence: what is owed inside comes from inside', () => {
    const queues = new HostCohort({
      '/tenant-a': { nominal: 5, role: { limit: { hosts: 5 } } },
      '/tenant-a/q1': { nominal: 2, holds: 5 },
      '/tenant-a/q2': { nominal: 2, wants: 9 },
      '/tenant-b': { nominal: 5 },
      '/tenant-b/q3': { holds: 15 },
    });
    expect(queues.settle()).toEqual({ 'tenant-a-q1>tenant-a-q2': 2 });
  });

  it('one-way: from outside one takes what is borrowed inside', () => {
    const roles = {
      ...{
        '/tenant-a': { ...guarantee(5), limit: { cpusMilli: 15_000 } },
        '/tenant-a/q1': { ...HARD, ...guarantee(2) },
      },
      '/tenant-a/q2': { ...HARD, ...guarantee(2) },
      ...{
        '/tenant-b': { ...guarantee(10), limit: { cpusMilli: 15_000 } },
        '/tenant-b/q3': { ...HARD, ...guarantee(10) },
      },
      '/system': { ...HARD, ...guarantee(10) },
    };
    const come = [
      ['/tenant-a/q1', 15],
      ['/tenant-b/q3', 15],
      ['/system', 15],
    ] as const;
    // YuniKorn: 10, 10 and 10. Here each tenant keeps at least what it is guaranteed, and gives as long as it borrows most.
    expect(slicesAfter([6, 6, 6, 6, 6], roles, come)).toEqual({
      '/tenant-a/q1': 7,
      '/tenant-b/q3': 13,
      '/system': 10,
    });
  });
});

describe('least disruption first, and no more than needed', () => {
  const seen = (
    queues: HostCohort,
    estimates: Readonly<Record<string, readonly [leaveMs: number, units: number]>>,
  ): void => {
    const hosts = Object.entries(estimates).map(([name, [leaveEstimateMs, units]]) => {
      const { identity } = queues.bench.hostRecord(name);
      return [name, { identity, name, managerState: 'up', serving: true, units, leaveEstimateMs, drift: '' }] as const;
    });
    for (const { frameworkId } of [...queues.bench.core.state.frameworks.values()])
      queues.bench.presence(frameworkId, true, new Map(hosts));
  };
  const taken = (queues: HostCohort): readonly string[] => queues.round().map(({ hostId }) => hostId);

  it('the cheapest host to leave goes first, then that with the fewest workloads', () => {
    const queues = owed(2, 2, { holds: 4 });
    seen(queues, { lender1: [9, 1], lender2: [5, 7], lender3: [5, 3], lender4: [7, 1] });
    expect(taken(queues)).toEqual(['lender3', 'lender2']);
  });

  it('what nobody wants goes before what somebody does, however dear', () => {
    const queues = new HostCohort({
      ...{ '/owner': { nominal: 1, wants: 1 }, '/busy': { holds: 3 }, '/idle': { holds: 2, wants: 0 } },
    });
    seen(queues, { busy1: [1, 1], busy2: [1, 1], busy3: [1, 1], idle1: [99, 99], idle2: [99, 99] });
    expect(taken(queues)).toEqual(['idle1']);
  });

  it('the lower priority goes before the higher, compared where the two part, however dear', () => {
    const queues = new HostCohort(
      {
        '/owner': { nominal: 2, wants: 2, role: { priority: 20 } },
        ...{ '/prod': { role: { priority: 10 } }, '/prod/vm': { holds: 3 } },
        ...{ '/batch': {}, '/batch/etl': { holds: 3, role: { priority: 5 } } },
      },
      0,
      ONE_MOVE,
    );
    seen(queues, { 'prod-vm1': [1, 1], 'batch-etl1': [99, 99], 'batch-etl2': [90, 99], 'batch-etl3': [99, 99] });
    // Each of the two holds one more than its share.
    expect(taken(queues)).toEqual(['batch-etl2']);
  });

  it('no more than needed: what is free, or on its way to be, is not taken from anyone', () => {
    const queues = new HostCohort({ '/owner': { nominal: 3, wants: 3 }, '/lender': { holds: 6 } }, 1);
    queues.bench.move('lender6', null);
    expect(taken(queues).filter((host) => host !== 'lender6')).toEqual(['lender1']);
  });

  it('where budgets leave one move, the guarantee of the higher priority is served first, compared where two part', () => {
    const queues = new HostCohort(
      {
        ...{ '/prod': { role: { priority: 10 } }, '/prod/vm': { nominal: 1, wants: 1 } },
        ...{ '/batch': {}, '/batch/etl': { nominal: 1, wants: 1, role: { priority: 5 } }, '/lender': { holds: 6 } },
      },
      0,
      ONE_MOVE,
    );
    expect(queues.round().map(({ to }) => to?.role)).toEqual(['/prod/vm']);
  });
});

describe('preempted stays preempted: loops and storms', () => {
  it('flow 1: the owner is at its guarantee, the loser above its own and asks again: nothing comes back', () => {
    const queues = owed(3, 9, { nominal: 5 });
    queues.settle();
    const before = [queues.held('/owner'), queues.held('/lender')];
    for (let round = 0; round < 50; round += 1) queues.settle();
    expect([[queues.held('/owner'), queues.held('/lender')], before]).toEqual([before, [4, 6]]);
  });

  it('flow 2: who is above its guarantee, but would end up below it, loses nothing, and the others wait', () => {
    const fleet = new SliceFleet([9]).roles({ '/test': { ...HARD, ...guarantee(7) }, '/prod': guarantee(2) });
    const test = fleet.framework('wl/test', '/test');
    test.wants([slicesWanted('d', 3, cpus(3))]);
    fleet.advance(1_000);
    fleet.framework('wl/prod', '/prod').wants([slicesWanted('d', 2, cpus(1))]);
    fleet.advance(LONG_MS);
    expect([fleet.used('/test'), fleet.used('/prod'), test.noticed]).toEqual([9, 0, []]);
    expect(fleet.condition('/prod')).toMatch(/FAIR_SHARE/);
  });

  it('flow 3: an owner still below its guarantee goes on taking, and nobody takes from it meanwhile', () => {
    const lender = { role: { reclaim: { ...HARD_POLICY, movesPerRound: 1 } } };
    const queues = owed(4, 4, lender);
    const steps: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (const { hostId, to } of queues.round()) {
        expect(to?.role).toBe('/owner');
        queues.bench.until(hostId, 'the end');
      }
      steps.push(queues.held('/owner'));
    }
    expect(steps).toEqual([1, 2, 3, 4]);
  });
});

describe('the examples of the user guide', () => {
  it('general case: 10 and 2 of 12 with 5 guaranteed each become 7 and 5 for slices, 6 and 6 for hosts', () => {
    const queue = { nominal: 5, role: { limit: { hosts: 10 } } };
    const general = {
      '/normal': {},
      '/normal/q1': { ...queue, holds: 10 },
      '/normal/q2': { ...queue, holds: 2, wants: 10 },
    };
    // The surplus of 2 is shared, too: a host that can be drained is moved for a share.
    const queues = new HostCohort(general);
    expect([queues.settle(), queues.held('/normal/q1')]).toEqual([{ 'normal-q1>normal-q2': 4 }, 6]);
    const roles = { '/q1': { ...HARD, ...guarantee(5) }, '/q2': { ...HARD, ...guarantee(5) } };
    const come = [
      ['/q1', 10],
      ['/q2', 10],
    ] as const;
    expect(slicesAfter([12], roles, come)).toEqual({ '/q1': 7, '/q2': 5 });
  });

  it('without guaranteed resources: hosts become 6 and 6, tasks are not killed for shares', () => {
    const queue = { role: { limit: { hosts: 10 } } };
    const queues = new HostCohort({ '/q1': { ...queue, holds: 10 }, '/q2': { ...queue, holds: 2, wants: 10 } });
    expect([queues.settle(), queues.held('/q1')]).toEqual([{ 'q1>q2': 4 }, 6]);
    const come = [
      ['/q1', 10],
      ['/q2', 10],
    ] as const;
    expect(slicesAfter([12], { '/q1': HARD, '/q2': HARD }, come)).toEqual({ '/q1': 10, '/q2': 2 });
  });

  it('allow-preemption false: 8, 8 and 0 with 3 guaranteed each become 5, 8 and 3; a soft policy is never broken', () => {
    const roles = { '/q1': { ...HARD, ...guarantee(3) }, '/q2': guarantee(3), '/q3': { ...HARD, ...guarantee(3) } };
    const come = [
      ['/q1', 8],
      ['/q2', 8],
      ['/q3', 8],
    ] as const;
    expect(slicesAfter([16], roles, come)).toEqual({ '/q1': 5, '/q2': 8, '/q3': 3 });
    // In YuniKorn what asked not to be preempted goes when nothing else can; here it does not.
    const first = { ...roles, '/q1': { ...HARD, ...guarantee(3), priority: 1 } };
    expect(slicesAfter([16], first, come)).toEqual({ '/q1': 8, '/q2': 8, '/q3': 0 });
  });

  it('priority queue: 0, 18 and 0 with 6 guaranteed each become 6, 12 and 0', () => {
    const six = { ...HARD, ...guarantee(6) };
    const roles = { '/high': { ...six, priority: 100 }, '/normal': six, '/low': { ...six, priority: -100 } };
    const come = [
      ['/normal', 18],
      ['/high', 15],
      ['/low', 15],
    ] as const;
    expect(slicesAfter([18], roles, come)).toEqual({ '/high': 6, '/normal': 12, '/low': 0 });
  });

  it('priority queue, differs for hosts: those that can be drained are owed to low as well, and nothing is killed for it', () => {
    const six = { nominal: 6, role: { reclaim: HARD_POLICY } };
    const queues = new HostCohort({
      '/normal': { ...six, holds: 18 },
      '/high': { ...six, wants: 15, role: { ...six.role, priority: 100 } },
      '/low': { ...six, wants: 15, role: { ...six.role, priority: -100 } },
    });
    const hard = queues.round().map(({ to, hard: kills }) => `${to?.role} ${kills ? 'hard' : 'soft'}`);
    expect(new Set(hard)).toEqual(new Set(['/high hard', '/low soft']));
    queues.settle();
    expect(['/high', '/normal', '/low'].map((name) => queues.held(name))).toEqual([6, 6, 6]);
  });
});
