/**
 * What Kueue documents of classic preemption, with its figures, against the reclaim of slices: the policies of
 * `reclaimWithinCohort`, `borrowWithinCohort` and `withinClusterQueue`. A ClusterQueue is a role, its nominal quota a guarantee,
 * the cohort's quota one shared host of as many CPUs. Kueue gives workloads priorities; here roles have them, so that the
 * workloads of one priority in a queue are a role below it. docs/kueue-yunikorn.md says why where we do otherwise.
 */
import { describe, expect, it } from '@jest/globals';
import type { RoleChange } from '../../../../scheduler/index.js';
import { slicesWanted } from '../../../support/core-harness.js';
import type { Launcher } from '../../../support/launcher.js';
import { cpus, guarantee, HARD, SliceFleet } from './slice-fleet.js';

/** Longer than everything that is waited for before, between and after kills. */
const LONG_MS = 600_000;

/** One workload: who asks for how many tasks of how many CPUs. */
type Workload = readonly [role: string, tasks: number, cpusEach: number];

/** A cohort with `total` CPUs, and what was admitted before, in this order. */
class Cohort {
  readonly fleet: SliceFleet;
  readonly #admitted = new Map<string, Launcher>();
  readonly #roles: Readonly<Record<string, RoleChange>>;

  constructor(total: number, roles: Readonly<Record<string, RoleChange>>) {
    this.#roles = roles;
    this.fleet = new SliceFleet([total]).roles(roles, true);
  }

  admit(...workloads: readonly Workload[]): this {
    for (const [role, tasks, each] of workloads) {
      const name = `wl/w${this.#admitted.size + 1}`;
      const peer = this.fleet.framework(name, role);
      peer.wants([slicesWanted('d', tasks, cpus(each))]);
      this.fleet.advance(1_000);
      peer.wants([]);
      expect([role, peer.launched]).toEqual([role, tasks]);
      this.#admitted.set(`${role}${this.#admitted.has(role) ? `#${this.#admitted.size}` : ''}`, peer);
    }
    return this;
  }

  /** Who lost how many tasks to the incoming workload, and whether all of it was admitted. */
  incoming([role, tasks, each]: Workload): Readonly<Record<string, number | boolean>> {
    const peer = this.fleet.framework('wl/incoming', role);
    peer.wants([slicesWanted('in', tasks, cpus(each))]);
    this.fleet.advance(LONG_MS);
    const lost: Record<string, number | boolean> = { admitted: peer.launched >= tasks };
    for (const [name, { noticed, cancelled }] of this.#admitted)
      if (noticed.length > cancelled.length) lost[name] = noticed.length - cancelled.length;
    return lost;
  }

  /** The binding reason for which the incoming workload waits. */
  why(): string {
    return this.fleet.harness.why('wl/incoming/in').reasons[0]?.code ?? '';
  }

  /** Everybody asks again for what it had: what was taken must not come and go. */
  comeBack(): this {
    for (const [name, peer] of this.#admitted) {
      expect(Object.keys(this.#roles)).toContain(name.split('#')[0]);
      peer.wants([slicesWanted('again', 9, cpus(1))]);
    }
    return this;
  }
}

/** `c1` and `c2` of 6 CPUs each; whoever borrows has a hard policy, so that priorities and quota alone decide. */
function twoQueues(below: Readonly<Record<string, RoleChange>>): Cohort {
  const queues = Object.fromEntries(Object.entries(below).map(([role, change]) => [role, { ...HARD, ...change }]));
  return new Cohort(12, { '/c1': guarantee(6), '/c2': guarantee(6), ...queues });
}

describe('Kueue: reclaimWithinCohort', () => {
  it('reclaim quota from borrower: c2 uses 9 of 6, the 3 CPUs of its lower priority go to c1', () => {
    const cohort = twoQueues({ '/c1/low': { priority: -1 }, '/c1/in': {}, '/c2/mid': {}, '/c2/high': { priority: 1 } });
    cohort.admit(['/c1/low', 1, 3], ['/c2/mid', 1, 3], ['/c2/high', 1, 6]);
    expect(cohort.incoming(['/c1/in', 1, 3])).toEqual({ admitted: true, '/c2/mid': 1 });
  });

  it('the lower priority of the borrower goes first, also where both would do and it borrows less', () => {
    const cohort = twoQueues({ '/c1/in': {}, '/c2/mid': {}, '/c2/high': { priority: 1 } });
    cohort.admit(['/c2/mid', 3, 1], ['/c2/high', 9, 1]);
    expect(cohort.incoming(['/c1/in', 5, 1])).toEqual({ admitted: true, '/c2/mid': 3, '/c2/high': 2 });
  });

  it('not enough workloads borrowing: c1 has 4 of 6 and 4 more would lie above its quota', () => {
    const cohort = twoQueues({ '/c1/high': { priority: 1 }, '/c2/low': { priority: -1 } });
    cohort.admit(['/c1/high', 1, 4], ['/c2/low', 2, 4]);
    expect(cohort.incoming(['/c1/high', 1, 4])).toEqual({ admitted: false });
    expect(cohort.why()).toBe('FAIR_SHARE');
  });

  it('LowerPriority: what has a higher priority than the owner is not reclaimed', () => {
    const cohort = new Cohort(12, { '/c1': guarantee(6), '/c2': { ...guarantee(6), ...HARD, priority: 1 } });
    cohort.admit(['/c1', 1, 2], ['/c2', 5, 2]);
    expect(cohort.incoming(['/c1', 2, 2])).toEqual({ admitted: false });
    expect(cohort.why()).toBe('PRIORITY');
  });

  it('LowerPriority, differs: an equal priority is reclaimed, as with Any', () => {
    const cohort = twoQueues({ '/c1/in': {}, '/c2/wl': {} });
    cohort.admit(['/c1/in', 1, 2], ['/c2/wl', 5, 2]);
    expect(cohort.incoming(['/c1/in', 2, 2])).toEqual({ admitted: true, '/c2/wl': 2 });
  });

  it('Any, differs: 4 of the 8 CPUs of c1 are not taken, for c1 would be left with less than its 6', () => {
    const cohort = twoQueues({ '/c1/a': {}, '/c1/b': { priority: 1 }, '/c2/in': {} });
    cohort.admit(['/c1/a', 1, 4], ['/c1/b', 1, 4], ['/c2/in', 1, 2]);
    // 2 CPUs are free, and given.
    expect(cohort.incoming(['/c2/in', 1, 4])).toEqual({ admitted: false });
    expect(cohort.why()).toBe('FAIR_SHARE');
  });

  it('Any: of the 8 CPUs of c1 the 2 above its quota are taken, the lower priority first', () => {
    const cohort = twoQueues({ '/c1/a': {}, '/c1/b': { priority: 1 }, '/c2/in': {} });
    cohort.admit(['/c1/a', 2, 2], ['/c1/b', 2, 2], ['/c2/in', 1, 2]);
    expect(cohort.incoming(['/c2/in', 1, 4])).toEqual({ admitted: true, '/c1/a': 1 });
  });

  it('Never, soft policy: nothing is reclaimed', () => {
    const cohort = new Cohort(12, { '/c1': guarantee(6), '/c2': guarantee(6) });
    cohort.admit(['/c2', 12, 1]);
    expect(cohort.incoming(['/c1', 6, 1])).toEqual({ admitted: false });
    expect(cohort.why()).toBe('SOFT_POLICY');
  });

  it('preempt from all ClusterQueues in cohort, differs: 4 CPUs more than its 5 would lie above the quota of c1', () => {
    const cohort = twoQueues({
      '/c1/low': { priority: -1 },
      '/c1/mid': {},
      '/c2/low': { priority: -1 },
      '/c2/mid': {},
    });
    cohort.admit(['/c1/low', 1, 3], ['/c1/mid', 1, 2], ['/c2/low', 1, 3], ['/c2/mid', 1, 4]);
    expect(cohort.incoming(['/c1/mid', 1, 4])).toEqual({ admitted: false });
  });

  it('allow preemption from other cluster queues if target cq is not exhausted: 1 CPU from b, not the own lower priority', () => {
    const cohort = new Cohort(6, {
      ...{ '/a': guarantee(2), '/a/low': { ...HARD, priority: -1 }, '/a/in': {} },
      ...{ '/b': guarantee(2), '/b/low': { ...HARD, priority: -1 }, '/b/mid': HARD, '/c': guarantee(2) },
    });
    cohort.admit(['/a/low', 1, 1], ['/b/mid', 4, 1], ['/b/low', 1, 1]);
    // Of 2 CPUs one lies within the quota of a; Kueue takes a1 too and admits both.
    expect(cohort.incoming(['/a/in', 2, 1])).toEqual({ admitted: false, '/b/low': 1 });
  });

  it('what was reclaimed does not come and go', () => {
    const cohort = twoQueues({ '/c1/in': {}, '/c2/wl': {} });
    cohort.admit(['/c2/wl', 12, 1]);
    expect(cohort.incoming(['/c1/in', 6, 1])).toEqual({ admitted: true, '/c2/wl': 6 });
    cohort.comeBack().fleet.advance(2 * LONG_MS);
    expect([cohort.fleet.used('/c1'), cohort.fleet.used('/c2')]).toEqual([6, 6]);
  });
});

describe('Kueue: lendingLimit and reclaim', () => {
  // lend1 lends 4 of its 6 CPUs, lend2 2 of its 6.
  const lenders = (below: Readonly<Record<string, RoleChange>>): Cohort =>
    new Cohort(12, {
      '/lend1': { ...guarantee(6), lendingLimit: { cpusMilli: 4_000 } },
      '/lend2': { ...guarantee(6), lendingLimit: { cpusMilli: 2_000 } },
      ...Object.fromEntries(Object.entries(below).map(([role, change]) => [role, { ...HARD, ...change }])),
    });

  it('reclaim quota from lender: lend2 uses 7 of 6; its lower priority goes, as far as lend2 keeps its 6', () => {
    const roles = { '/lend1/low': {}, '/lend1/in': {}, '/lend2/mid': {}, '/lend2/high': { priority: 1 } };
    const whole = lenders(roles).admit(['/lend1/low', 1, 3], ['/lend2/mid', 1, 3], ['/lend2/high', 1, 4]);
    // Kueue takes all 3 CPUs of the workload and leaves lend2 with 4.
    expect(whole.incoming(['/lend1/in', 1, 3])).toEqual({ admitted: false });
    const single = lenders(roles).admit(['/lend1/low', 1, 3], ['/lend2/mid', 3, 1], ['/lend2/high', 4, 1]);
    expect(single.incoming(['/lend1/in', 1, 3])).toEqual({ admitted: true, '/lend2/mid': 1 });
  });

  it('cannot preempt from other ClusterQueues if exceeds requestable quota including lending limit', () => {
    const cohort = lenders({ '/lend1/in': {}, '/lend2/low': { priority: -1 } }).admit(['/lend2/low', 10, 1]);
    expect(cohort.incoming(['/lend1/in', 1, 9])).toEqual({ admitted: false });
  });
});

describe('Kueue: borrowWithinCohort', () => {
  // a_standard, b_standard and a_best_effort have 1 CPU each, 10 are in a queue that nobody uses.
  const shared = (): Cohort =>
    new Cohort(13, {
      '/a': {},
      '/a/standard': { ...guarantee(1), priority: 2 },
      '/a/best-effort': { ...guarantee(1), ...HARD, priority: -1 },
      '/b': {},
      '/b/standard': { ...guarantee(1), ...HARD, priority: 1 },
      '/pool': guarantee(10),
    });

  it('LowerPriority, differs: only its own quota is taken back, whatever the priority of who borrows', () => {
    const cohort = shared().admit(['/a/best-effort', 12, 1], ['/b/standard', 1, 1]);
    expect(cohort.incoming(['/a/standard', 10, 1])).toEqual({ admitted: false, '/a/best-effort': 1 });
    // The other 9 would be borrowed.
    expect([cohort.fleet.used('/a/standard'), cohort.why()]).toEqual([1, 'FAIR_SHARE']);
  });

  it('maxPriorityThreshold: above it nothing is taken while borrowing', () => {
    const cohort = shared().admit(['/a/standard', 1, 1], ['/b/standard', 12, 1]);
    expect(cohort.incoming(['/a/standard', 10, 1])).toEqual({ admitted: false });
  });

  it('above the threshold a workload goes if borrowing is not required after: b has 13, a wants its 1', () => {
    const whole = shared().admit(['/b/standard', 1, 13]);
    // Kueue takes all 13 CPUs of the one workload; b would be left with less than its 1.
    expect(whole.incoming(['/a/standard', 1, 1])).toEqual({ admitted: false });
    const single = shared().admit(['/b/standard', 13, 1]);
    expect(single.incoming(['/a/standard', 1, 1])).toEqual({ admitted: true, '/b/standard': 1 });
  });

  it('the story of the proposal, by guarantees: Standard takes back from Best-Effort, and is never taken from', () => {
    const best = { ...HARD, priority: -1 };
    const story = (a: RoleChange, b: RoleChange): Cohort =>
      new Cohort(10, {
        ...{ '/a': a, '/a/standard': guarantee(6), '/a/best-effort': best },
        ...{ '/b': b, '/b/standard': guarantee(4), '/b/best-effort': best },
      }).admit(['/a/best-effort', 4, 1], ['/b/best-effort', 3, 1], ['/b/standard', 3, 1]);
    // The 4 CPUs of B are B's, whichever of its roles uses them.
    const cohort = story(guarantee(6), guarantee(4));
    expect(cohort.incoming(['/a/standard', 6, 1])).toEqual({
      admitted: true,
      '/a/best-effort': 4,
      '/b/best-effort': 2,
    });
    expect(cohort.fleet.used('/b/standard')).toBe(3);
    // Promised to Standard alone, what it leaves idle is no more B's than A's.
    const alone = story({}, {});
    expect(alone.incoming(['/a/standard', 6, 1])).toEqual({
      admitted: true,
      '/a/best-effort': 3,
      '/b/best-effort': 3,
    });
    expect(alone.fleet.used('/b/standard')).toBe(3);
  });
});

describe('Kueue: withinClusterQueue', () => {
  // One queue of 6 CPUs with three priorities. In Kueue priority takes; here it needs a guarantee to take something back.
  const queue = (own: number): Cohort =>
    new Cohort(6, {
      '/q': guarantee(6),
      '/q/low': { ...HARD, priority: -1 },
      '/q/mid': HARD,
      '/q/high': { ...HARD, ...guarantee(own), priority: 1 },
    });

  it('LowerPriority, differs: priority alone takes nothing', () => {
    const cohort = queue(0).admit(['/q/low', 1, 2], ['/q/mid', 1, 2], ['/q/high', 1, 2]);
    expect(cohort.incoming(['/q/high', 1, 2])).toEqual({ admitted: false });
    expect(cohort.why()).toBe('FAIR_SHARE');
  });

  it('within one role nothing is taken at all: which of its tasks end is its frameworks’ affair', () => {
    const cohort = new Cohort(6, { '/q': { ...guarantee(6), ...HARD } }).admit(['/q', 3, 2]);
    expect(cohort.incoming(['/q', 1, 2])).toEqual({ admitted: false });
  });

  it.each<[string, readonly Workload[], Workload, number, Readonly<Record<string, number>>]>([
    [
      'preempt lowest priority',
      [
        ['/q/low', 1, 2],
        ['/q/mid', 1, 2],
        ['/q/high', 1, 2],
      ],
      ['/q/high', 1, 2],
      4,
      { '/q/low': 1 },
    ],
    [
      'preempt multiple',
      [
        ['/q/low', 1, 2],
        ['/q/mid', 1, 2],
        ['/q/high', 1, 2],
      ],
      ['/q/high', 1, 3],
      5,
      { '/q/low': 1, '/q/mid': 1 },
    ],
    [
      'some free quota, preempt low priority',
      [
        ['/q/low', 1, 1],
        ['/q/mid', 1, 1],
        ['/q/high', 1, 3],
      ],
      ['/q/high', 1, 2],
      5,
      { '/q/low': 1 },
    ],
    [
      'minimal set excludes low priority',
      [
        ['/q/low', 1, 1],
        ['/q/mid', 1, 2],
        ['/q/high', 1, 3],
      ],
      ['/q/high', 1, 2],
      5,
      { '/q/mid': 1 },
    ],
  ])('%s, where the high priority is guaranteed what it asks for', (_name, admitted, incoming, own, lost) => {
    expect(
      queue(own)
        .admit(...admitted)
        .incoming(incoming),
    ).toEqual({ admitted: true, ...lost });
  });

  it('no preemption for low priority: a guarantee of the lowest does not reach what stands above it', () => {
    const cohort = new Cohort(6, { '/q': guarantee(6), '/q/low': { ...guarantee(4), priority: -1 }, '/q/mid': HARD });
    cohort.admit(['/q/low', 1, 3], ['/q/mid', 1, 3]);
    expect(cohort.incoming(['/q/low', 1, 1])).toEqual({ admitted: false });
    expect(cohort.why()).toBe('PRIORITY');
  });

  it('not enough low priority workloads: 3 CPUs make no room for 4, so none is taken', () => {
    const cohort = new Cohort(6, { '/q': guarantee(6), '/q/low': { ...HARD, priority: -1 }, '/q/mid': guarantee(6) });
    cohort.admit(['/q/low', 1, 3], ['/q/mid', 1, 3]);
    expect(cohort.incoming(['/q/mid', 1, 4])).toEqual({ admitted: false });
  });

  it('LowerOrNewerEqualPriority: of equals the youngest goes', () => {
    const cohort = new Cohort(6, { '/q': guarantee(6), '/q/old': {}, '/q/wl': HARD });
    cohort.fleet.roles({ '/q/old': guarantee(2) });
    cohort.admit(['/q/wl', 1, 2], ['/q/wl', 1, 2], ['/q/wl', 1, 2]);
    expect(cohort.incoming(['/q/old', 1, 2])).toEqual({ admitted: true, '/q/wl#2': 1 });
  });
});
