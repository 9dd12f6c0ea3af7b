import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serveConstant } from '../../../src/scenario/evaluate.js';
import {
  bestStaticSplit,
  equalSplit,
  marginalSplit,
  type SplitRequest,
  type StaticSplit,
} from '../../../src/scenario/static-split.js';
import type { DemandSeries } from '../../../src/scenario/demand/series.js';

/** Every way to give `hosts` to `count` workloads, all of them given out. */
function compositions(hosts: number, count: number): readonly (readonly number[])[] {
  if (count === 1) return [[hosts]];
  return Array.from({ length: hosts + 1 }, (_, first) =>
    compositions(hosts - first, count - 1).map((rest) => [first, ...rest]),
  ).flat();
}

const seriesArbitrary = (workloads: number): fc.Arbitrary<readonly DemandSeries[]> =>
  fc
    .array(
      fc.array(
        fc.record({ perishableCoreSeconds: fc.nat({ max: 4_000 }), queueableCoreSeconds: fc.nat({ max: 4_000 }) }),
        { minLength: 4, maxLength: 4 },
      ),
      { minLength: workloads, maxLength: workloads },
    )
    .map((all) => all.map((points, index) => ({ workload: `w${index}`, intervalSeconds: 300, points })));

describe('bestStaticSplit', () => {
  it('equals a brute force over all compositions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }).chain(seriesArbitrary), fc.nat({ max: 7 }), (series, hosts) => {
        const scored = compositions(hosts, series.length).map((split) => {
          const totals = series.map((one, index) => serveConstant(one, (split[index] ?? 0) * 2));
          return {
            split,
            served: totals.reduce((sum, one) => sum + one.servedCoreMs, 0n),
            wait: totals.reduce((sum, one) => sum + one.waitCoreMs2, 0n),
          };
        });
        // compositions() lists fewest hosts for the first workload first, so of equals the first is kept.
        const best = scored.reduce((left, right) =>
          right.served > left.served || (right.served === left.served && right.wait < left.wait) ? right : left,
        );
        const found = bestStaticSplit({ series, groups: [{ hosts, coresPerHost: 2 }] });
        expect(found.hosts.map((one) => one[0])).toEqual(best.split);
      }),
      { numRuns: 100 },
    );
  });

  it('respects the most hosts each workload may have, and leaves hosts idle when nobody may have them', () => {
    const series = [3_000, 2_100].map((perishableCoreSeconds, index) => ({
      workload: `w${index}`,
      intervalSeconds: 300,
      points: [{ perishableCoreSeconds, queueableCoreSeconds: 0 }],
    }));
    expect(bestStaticSplit({ series, groups: [{ hosts: 10, coresPerHost: 1 }], hostsMax: [3, 4] }).hosts).toEqual([
      [3],
      [4],
    ]);
    expect(bestStaticSplit({ series, groups: [{ hosts: 10, coresPerHost: 1 }], hostsMax: [3] }).hosts).toEqual([
      [3],
      [7],
    ]);
  });

  it('divides two shapes at once', () => {
    const series = [
      { workload: 'a', intervalSeconds: 300, points: [{ perishableCoreSeconds: 300 * 5, queueableCoreSeconds: 0 }] },
      { workload: 'b', intervalSeconds: 300, points: [{ perishableCoreSeconds: 300 * 8, queueableCoreSeconds: 0 }] },
    ];
    // 5 = 4 + 1 and 8 = 4 + 4: only one division loses nothing.
    const split = bestStaticSplit({
      series,
      groups: [
        { hosts: 1, coresPerHost: 1 },
        { hosts: 3, coresPerHost: 4 },
      ],
    });
    expect(split.hosts).toEqual([
      [1, 1],
      [0, 2],
    ]);
    expect(split.totals.every((totals) => totals.lostCoreMs === 0n)).toBe(true);
  });

  it('never does worse than the equal split', () => {
    const served = (hosts: ReturnType<typeof equalSplit>): bigint =>
      hosts.totals.reduce((sum, one) => sum + one.servedCoreMs, 0n);
    fc.assert(
      fc.property(seriesArbitrary(3), fc.nat({ max: 20 }), (series, hosts) => {
        const request: SplitRequest = { series, groups: [{ hosts, coresPerHost: 1 }] };
        expect(served(bestStaticSplit(request)) >= served(equalSplit(request))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a split among nobody', () => {
    expect(() => bestStaticSplit({ series: [], groups: [] })).toThrow('at least one demand series');
  });

  it('divides a fleet that is too large to search host by host', () => {
    const series = [3, 1, 2].map((cores, index) => ({
      workload: `w${index}`,
      intervalSeconds: 300,
      points: [{ perishableCoreSeconds: cores * 5_000 * 300, queueableCoreSeconds: 0 }],
    }));
    const split = bestStaticSplit({ series, groups: [{ hosts: 30_000, coresPerHost: 1 }] });
    expect(split.hosts).toEqual([[15_000], [5_000], [10_000]]);
    expect(split.exact).toBe(true);
  });
});

describe('marginalSplit', () => {
  it('serves as much as the search over everything, with equal hosts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }).chain(seriesArbitrary), fc.nat({ max: 12 }), (series, hosts) => {
        const request: SplitRequest = { series, groups: [{ hosts, coresPerHost: 2 }] };
        const served = (split: StaticSplit): bigint => split.totals.reduce((sum, one) => sum + one.servedCoreMs, 0n);
        expect(served(marginalSplit(request))).toBe(served(bestStaticSplit(request)));
      }),
      { numRuns: 300 },
    );
  });

  it('says that it may not be the best with several shapes, and keeps to limits', () => {
    const series = ['a', 'b'].map((workload) => ({
      workload,
      intervalSeconds: 300,
      points: [{ perishableCoreSeconds: 3_000, queueableCoreSeconds: 0 }],
    }));
    const groups = [
      { hosts: 2, coresPerHost: 1 },
      { hosts: 3, coresPerHost: 4 },
    ];
    const split = marginalSplit({ series, groups, hostsMax: [1, 3] });
    expect(split.exact).toBe(false);
    expect(split.hosts.map((counts) => counts.reduce((sum, count) => sum + count, 0))).toEqual([1, 3]);
  });
});

describe('equalSplit', () => {
  const series = ['a', 'b', 'c'].map((workload) => ({ workload, intervalSeconds: 300, points: [] }));

  it('gives the remainder to the first', () => {
    expect(equalSplit({ series, groups: [{ hosts: 11, coresPerHost: 1 }] }).hosts).toEqual([[4], [4], [3]]);
  });

  it('passes on what a workload may not have', () => {
    expect(equalSplit({ series, groups: [{ hosts: 11, coresPerHost: 1 }], hostsMax: [2] }).hosts).toEqual([
      [2],
      [5],
      [4],
    ]);
    expect(equalSplit({ series, groups: [{ hosts: 11, coresPerHost: 1 }], hostsMax: [2, 2, 2] }).hosts).toEqual([
      [2],
      [2],
      [2],
    ]);
  });
});
