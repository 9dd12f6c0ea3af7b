import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { capacityPerInterval, serve, serveConstant, type CoresStep } from '../../../src/scenario/evaluate.js';
import { evaluate, ratio } from '../../../src/scenario/performance.js';
import type { DemandPoint, DemandSeries } from '../../../src/scenario/demand/series.js';

const point = (perishable: number, queueable: number): DemandPoint => ({
  perishableCoreSeconds: perishable,
  queueableCoreSeconds: queueable,
});
const seriesOf = (points: readonly DemandPoint[], workload = 'w'): DemandSeries => ({
  workload,
  intervalSeconds: 300,
  points,
});

describe('serve', () => {
  it('loses perishable work that does not fit its interval', () => {
    const totals = serveConstant(seriesOf([point(900, 0), point(0, 0)]), 2);
    expect(totals).toMatchObject({ servedCoreMs: 600_000n, lostCoreMs: 300_000n, queuedCoreMs: 0n, waitCoreMs2: 0n });
  });

  it('serves perishable work first, then the queue', () => {
    const totals = serveConstant(seriesOf([point(200, 500)]), 1);
    expect(totals).toMatchObject({ servedCoreMs: 300_000n, lostCoreMs: 0n, queuedCoreMs: 400_000n });
  });

  it('keeps the queue for later and counts its wait as the area under it', () => {
    // One core. 600 core-seconds arrive evenly in the first interval, half is served at once: the queue grows to 300, then falls to 0.
    const totals = serveConstant(seriesOf([point(0, 600), point(0, 0), point(0, 0)]), 1);
    expect(totals).toMatchObject({ servedCoreMs: 600_000n, queuedCoreMs: 0n });
    // Two triangles of 300 core-s × 300 s / 2.
    expect(totals.waitCoreMs2).toBe(2n * 45_000n * 1_000_000n);
  });

  it('ends the wait where the queue runs empty inside an interval', () => {
    // 150 core-seconds are queued after the first interval and served in 150 s of the second.
    const totals = serveConstant(seriesOf([point(0, 450), point(0, 0)]), 1);
    expect(totals.waitCoreMs2).toBe(((150n * 300n) / 2n + (150n * 150n) / 2n) * 1_000_000n);
  });

  it('counts work that is never served with the wait it had', () => {
    const totals = serveConstant(seriesOf([point(0, 300), point(0, 0)]), 0);
    expect(totals).toMatchObject({ servedCoreMs: 0n, queuedCoreMs: 300_000n });
    expect(totals.waitCoreMs2).toBe((45_000n + 90_000n) * 1_000_000n);
  });

  it('integrates the trajectory exactly, also when hosts change inside an interval', () => {
    const steps = [
      { atMs: -5_000, cores: 4 },
      { atMs: 100_000, cores: 1 },
      { atMs: 100_000, cores: 2 },
      { atMs: 450_000, cores: 0 },
    ];
    expect(capacityPerInterval({ workload: 'w', steps }, 300_000, 3)).toEqual([400_000 + 400_000, 300_000, 0]);
  });

  it('serves nothing before the first step', () => {
    expect(capacityPerInterval({ workload: 'w', steps: [{ atMs: 200_000, cores: 3 }] }, 300_000, 1)).toEqual([300_000]);
  });

  it('refuses steps that go back and cores that are no whole number', () => {
    const at =
      (steps: readonly CoresStep[]): (() => unknown) =>
      () =>
        serve(seriesOf([point(1, 1)]), { workload: 'w', steps });
    expect(
      at([
        { atMs: 5, cores: 1 },
        { atMs: 4, cores: 1 },
      ]),
    ).toThrow('step 1 of w is at 4 ms, before the step at 5 ms');
    expect(at([{ atMs: 0, cores: -1 }])).toThrow('w is served by -1 cores');
    expect(at([{ atMs: 0, cores: Number.NaN }])).toThrow('w is served by NaN cores');
    expect(at([{ atMs: 0.5, cores: 1 }])).toThrow('is at 0.5 ms; accepted is a whole number');
  });
});

const pointArbitrary = fc.record({
  perishableCoreSeconds: fc.nat({ max: 20_000 }),
  queueableCoreSeconds: fc.nat({ max: 20_000 }),
});
const stepsArbitrary = fc
  .array(fc.record({ atMs: fc.nat({ max: 3_600_000 }), cores: fc.nat({ max: 100 }) }), { maxLength: 12 })
  .map((steps) => [...steps].sort((left, right) => left.atMs - right.atMs));

describe('what always holds', () => {
  it('served + lost + queued is the demand, and no more is served than capacity', () => {
    fc.assert(
      fc.property(fc.array(pointArbitrary, { maxLength: 24 }), stepsArbitrary, (points, steps) => {
        const totals = serve(seriesOf(points), { workload: 'w', steps });
        expect(totals.servedCoreMs + totals.lostCoreMs + totals.queuedCoreMs).toBe(totals.demandCoreMs);
        expect(totals.servedCoreMs <= totals.capacityCoreMs).toBe(true);
        expect(totals.waitCoreMs2 >= 0n).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('more cores never serve less nor wait longer', () => {
    fc.assert(
      fc.property(fc.array(pointArbitrary, { maxLength: 24 }), fc.nat({ max: 60 }), (points, cores) => {
        const fewer = serveConstant(seriesOf(points), cores);
        const more = serveConstant(seriesOf(points), cores + 1);
        expect(more.servedCoreMs >= fewer.servedCoreMs).toBe(true);
        // Each interval's area is rounded down by less than one.
        expect(more.waitCoreMs2 <= fewer.waitCoreMs2 + BigInt(points.length)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('a constant trajectory equals serveConstant', () => {
    fc.assert(
      fc.property(fc.array(pointArbitrary, { maxLength: 24 }), fc.nat({ max: 60 }), (points, cores) => {
        expect(serve(seriesOf(points), { workload: 'w', steps: [{ atMs: 0, cores }] })).toEqual(
          serveConstant(seriesOf(points), cores),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('evaluate', () => {
  const series = [seriesOf([point(3_600, 0), point(3_600, 0)], 'a'), seriesOf([point(0, 3_600), point(0, 0)], 'b')];
  const evaluation = evaluate({
    series,
    trajectories: [
      { workload: 'a', steps: [{ atMs: 0, cores: 6 }] },
      { workload: 'b', steps: [{ atMs: 0, cores: 6 }] },
    ],
    hosts: 2,
    fleetCores: 12,
    moveMs: [600_000, 900_000, 601_000],
  });

  it('adds the workloads up and rounds to fixed decimals', () => {
    expect(evaluation.total).toEqual({
      demandCoreHours: 3,
      servedCoreHours: 2,
      servedRatio: 0.666667,
      meanWaitSeconds: 150,
      moves: 3,
      movesPerHostDay: 216,
      meanMoveSeconds: 700.3,
      utilization: 1,
    });
  });

  it('splits by workload', () => {
    expect(evaluation.workloads['a']).toMatchObject({
      lostCoreHours: 1,
      queuedCoreHours: 0,
      servedRatio: 0.5,
      meanCores: 6,
    });
    expect(evaluation.workloads['b']).toMatchObject({
      lostCoreHours: 0,
      queuedCoreHours: 0,
      servedRatio: 1,
      meanWaitSeconds: 150,
    });
  });

  it('serves nothing to a workload without a trajectory, and refuses a trajectory without demand', () => {
    const input = { series, hosts: 2, fleetCores: 12, moveMs: [] };
    expect(evaluate({ ...input, trajectories: [] }).total).toMatchObject({
      servedCoreHours: 0,
      meanMoveSeconds: 0,
      movesPerHostDay: 0,
    });
    expect(() => evaluate({ ...input, trajectories: [{ workload: 'c', steps: [] }] })).toThrow(
      'the trajectory of "c" has no demand; known are a, b',
    );
    expect(() => evaluate({ ...input, series: [series[0]!, series[0]!], trajectories: [] })).toThrow(
      'two demand series have the same workload',
    );
  });

  it('calls a run without demand fully served', () => {
    const idle = evaluate({ series: [seriesOf([point(0, 0)])], trajectories: [], hosts: 1, fleetCores: 1, moveMs: [] });
    expect(idle.total).toMatchObject({ servedRatio: 1, meanWaitSeconds: 0, utilization: 0 });
  });

  it('rounds half up in integers', () => {
    expect(ratio(1n, 2n, 0)).toBe(1);
    expect(ratio(1n, 3n, 4)).toBe(0.3333);
    expect(ratio(2n, 3n, 4)).toBe(0.6667);
    expect(ratio(5n, 0n, 4)).toBe(0);
  });
});
