/**
 * Kueue's fair sharing with preemption, its documented strategies and the figures of its tests, against the planner of whole
 * hosts. A ClusterQueue is a role, its nominal quota a guarantee, a CPU a host: three queues of 3 hosts, and `preemptible`
 * of none, unless the case says otherwise. Workloads of half a CPU: all figures doubled. A workload of several CPUs that
 * must come whole is a demand with a minimum; docs/kueue-yunikorn.md says why where we do otherwise.
 */
import { describe, expect, it } from '@jest/globals';
import { HostCohort, type Queue } from './host-cohort.js';

/** The cohort `all`. */
function cohort(
  queues: Readonly<Partial<Record<'a' | 'b' | 'c', Queue>>>,
  more: Readonly<Record<string, Queue>> = {},
  free = 0,
): HostCohort {
  const of = (name: 'a' | 'b' | 'c'): Queue => ({ nominal: 3, ...queues[name] });
  return new HostCohort({ '/a': of('a'), '/b': of('b'), '/c': of('c'), ...more }, free);
}

describe('Kueue fair sharing: who is below its nominal quota', () => {
  it('reclaim nominal from user using the most', () => {
    const queues = cohort({ a: { holds: 3 }, b: { holds: 5 }, c: { holds: 1, wants: 2 } });
    expect(queues.settle()).toEqual({ 'b>c': 1 });
  });

  it('can reclaim from queue using less, if the one using the most is not enough: both keep their nominal quota', () => {
    // Kueue takes a workload of 3 from a and leaves it 1 of its 3.
    const queues = cohort({ a: { holds: 4 }, b: { holds: 5 }, c: { wants: 3, minimum: 3 } });
    expect(queues.settle()).toEqual({ 'a>c': 1, 'b>c': 2 });
  });

  it('preempt one from each CQ borrowing', () => {
    const double = (queue: Queue): Queue => ({ ...queue, nominal: 6 });
    const queues = cohort({ a: double({ holds: 8 }), b: double({ holds: 8 }), c: double({ wants: 4 }) }, {}, 2);
    expect(queues.settle()).toEqual({ 'a>c': 1, 'b>c': 1 });
  });

  it("can't preempt when everyone under nominal", () => {
    const queues = cohort({ a: { holds: 3 }, b: { holds: 3 }, c: { holds: 3, wants: 4 } });
    expect(queues.settle()).toEqual({});
  });

  it('cannot preempt if it would make the candidate CQ go under nominal', () => {
    const queues = cohort({ a: { wants: 4, minimum: 4 }, b: { holds: 6 }, c: { holds: 3 } });
    expect(queues.settle()).toEqual({});
  });

  it('without a minimum it gets what its nominal quota promises, and its fourth is nobody’s to give', () => {
    const queues = cohort({ a: { wants: 4 }, b: { holds: 6 }, c: { holds: 3 } });
    expect(queues.settle()).toEqual({ 'b>a': 3 });
  });
});

describe('Kueue fair sharing: LessThanOrEqualToFinalShare', () => {
  it('reclaim borrowable quota from user using the most', () => {
    const queues = cohort({ a: { holds: 3, wants: 4 }, b: { holds: 5 }, c: { holds: 1 } });
    expect(queues.settle()).toEqual({ 'b>a': 1 });
  });

  it("can't preempt when it would switch the imbalance", () => {
    const queues = cohort({ a: { holds: 3, wants: 5, minimum: 5 }, b: { holds: 5 } }, {}, 1);
    expect(queues.settle()).toEqual({});
    // One by one the free host goes to a; the next would come from b, which would then have less.
    const single = cohort({ a: { holds: 3, wants: 5 }, b: { holds: 5 } }, {}, 1);
    expect([single.settle(), single.held('/a'), single.held('/b')]).toEqual([{}, 4, 5]);
  });

  it("prefer to preempt workloads that don't make the target CQ have the biggest share", () => {
    const double = { nominal: 6 };
    const queues = cohort(
      { a: { ...double, wants: 7 }, b: { ...double, holds: 10 }, c: { ...double, holds: 2 } },
      {},
      6,
    );
    expect(queues.settle()).toEqual({ 'b>a': 1 });
  });

  it('preempt from different cluster queues: from each what it borrows, and it does not flap', () => {
    const double = { nominal: 6 };
    const queues = cohort({ a: { ...double, wants: 7 }, b: { ...double, holds: 9 }, c: { ...double, holds: 9 } });
    // Kueue takes 4 of each, of which the last leaves them below their nominal quota.
    expect(queues.settle()).toEqual({ 'b>a': 3, 'c>a': 3 });
  });

  it('preempt workload that does not transfer the imbalance, or the lowest priority even if big: one host is the unit', () => {
    const queues = new HostCohort({
      ...{ '/a': { nominal: 3, holds: 3, wants: 4 }, '/b': { nominal: 3 }, '/c': { nominal: 3 } },
      ...{ '/b/low': { holds: 5 }, '/b/high': { holds: 1, role: { priority: 1 } } },
    });
    expect(queues.settle()).toEqual({ 'b-low>a': 1 });
  });

  it('workloads under priority threshold not capriciously preempted', () => {
    const preemptible = { '/preemptible': { holds: 3, role: { priority: -3 } } };
    const whole = cohort({ a: { holds: 3, wants: 5, minimum: 5 }, b: { holds: 3 } }, preemptible);
    expect(whole.settle()).toEqual({});
    // One by one: a is owed one of the three that c lends, for then both borrow as much as can be.
    const single = cohort({ a: { holds: 3, wants: 5 }, b: { holds: 3 } }, preemptible);
    expect(single.settle()).toEqual({ 'preemptible>a': 1 });
  });
});

describe('Kueue fair sharing: LessThanInitialShare', () => {
  it('preempt huge workload if there is no other option, as long as the target CQ gets a lower share', () => {
    const queues = cohort({ a: { wants: 2, minimum: 2 }, b: { holds: 9 } });
    expect(queues.settle()).toEqual({ 'b>a': 2 });
  });

  it("can't preempt huge workload if the incoming is also huge", () => {
    const queues = cohort({ a: { holds: 2, wants: 7, minimum: 7 }, b: { holds: 7 } });
    expect(queues.settle()).toEqual({});
    expect(queues.notMoved[0]).toMatch(/^FAIR_SHARE: \/a lacks 2 .* is of use from 7 hosts on, and it is owed 4$/);
  });

  it("can't preempt 2 smaller workloads if the incoming is huge", () => {
    const queues = cohort({ a: { wants: 6, minimum: 6 }, b: { holds: 7 } }, {}, 2);
    expect(queues.settle()).toEqual({});
  });
});

describe('Kueue fair sharing: withinClusterQueue', () => {
  const low = (holds: number): Queue => ({ nominal: 3, holds, priority: -1 });

  it('can preempt lower priority workloads from same CQ', () => {
    const queues = new HostCohort({
      ...{ '/a#low': low(2), '/a#high': { holds: 2, wants: 4 } },
      ...{ '/b': { nominal: 3, holds: 5 }, '/c': { nominal: 3 } },
    });
    expect(queues.settle()).toEqual({ 'a-low>a-high': 2 });
  });

  it('can preempt a combination of same CQ and highest user', () => {
    const queues = new HostCohort({
      ...{ '/a#low': low(1), '/a#high': { holds: 2, wants: 4 } },
      ...{ '/b': { nominal: 3, holds: 6 }, '/c': { nominal: 3 } },
    });
    expect(queues.settle()).toEqual({ 'a-low>a-high': 1, 'b>a-high': 1 });
  });

  it('preempt from target and others even if over nominal: its own lower priority first, then what b has above its share', () => {
    const queues = new HostCohort({
      ...{ '/a#low': low(3), '/a#high': { wants: 4 } },
      ...{ '/b': { nominal: 3, holds: 6 }, '/c': { nominal: 3 } },
    });
    // Kueue takes 2 of its own and 3 of b, as large as these workloads are.
    expect(queues.settle()).toEqual({ 'a-low>a-high': 3, 'b>a-high': 1 });
  });

  it('can preempt within cluster queue when no cohort', () => {
    const queues = new HostCohort({ '/a#low': { nominal: 1, holds: 1 }, '/a#high': { wants: 1, priority: 1_000 } });
    expect(queues.settle()).toEqual({ 'a-low>a-high': 1 });
  });
});

describe('Kueue fair sharing: weights', () => {
  it('CQ with higher weight can preempt more', () => {
    const queues = cohort({ a: { holds: 3, wants: 5, role: { weight: 2 } }, b: { holds: 6 } });
    expect(queues.settle()).toEqual({ 'b>a': 2 });
  });

  // A weight is at least 1 here; next to the largest it weighs as good as nothing.
  const heavy = { weight: 1_000_000 };

  it('can preempt anything borrowing from CQ with 0 weight', () => {
    const a = { holds: 3, wants: 6 };
    // Of three borrowed hosts one stays: while nobody borrows, shares are equal, and the first goes to who has it.
    expect(cohort({ a: { ...a, role: heavy }, b: { holds: 6 } }).settle()).toEqual({ 'b>a': 2 });
    // Who is to borrow nothing that others want is told so.
    const none = { borrowingLimit: { hosts: 0 } };
    expect(cohort({ a, b: { holds: 6, role: none } }).settle()).toEqual({ 'b>a': 3 });
  });

  it("can't preempt nominal from CQ with 0 weight", () => {
    const queues = new HostCohort({
      '/a': { nominal: 3, holds: 3, wants: 4, role: heavy },
      '/b': { nominal: 3, holds: 3 },
    });
    expect(queues.settle()).toEqual({});
  });

  it("can't preempt nominal from Cohort with 0 weight", () => {
    const queues = new HostCohort({
      '/left': { nominal: 0, wants: 1, role: heavy },
      '/right': { nominal: 1 },
      '/right/cq': { holds: 1 },
    });
    expect(queues.settle()).toEqual({});
  });
});

describe('Kueue fair sharing: hierarchical cohorts', () => {
  it('hierarchical preemption: shares are compared between siblings, level by level', () => {
    // ROOT lends 5, LEFT and RIGHT have 7 of which 5 are lent, each queue has 1; a and LEFT weigh 2.
    const queues = new HostCohort({
      '/left': { nominal: 7, role: { weight: 2 } },
      '/left/a': { nominal: 1, wants: 5, role: { weight: 2 } },
      '/left/b': { nominal: 1, holds: 5 },
      '/c': { nominal: 1, holds: 5 },
      '/right': { nominal: 7 },
      '/right/d': { nominal: 1, holds: 5 },
      '/right/e': { nominal: 1, holds: 5 },
    });
    queues.settle();
    // Kueue stops as soon as the 5 of a fit: b 3, c 3, d 5, e 4. Here moves go on until shares are as even as hosts allow:
    // LEFT borrows 2 and weighs 2, c 2, RIGHT 1. The host that would be the third of LEFT stays with who has it.
    const held = ['/left/a', '/left/b', '/c', '/right/d', '/right/e'].map((name) => queues.held(name));
    expect(held).toEqual([5, 4, 3, 4, 4]);
  });

  it('borrowing cq in non-borrowing cohort is protected', () => {
    const queues = new HostCohort(
      {
        '/a': { nominal: 5, holds: 3, wants: 8, role: { weight: 10 } },
        '/right': { nominal: 1 },
        '/right/b': { holds: 1 },
      },
      2,
    );
    expect([queues.settle(), queues.held('/a'), queues.held('/right/b')]).toEqual([{}, 5, 1]);
  });
});
