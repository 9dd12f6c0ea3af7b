import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildDemand } from '../../../src/scenario/demand/build.js';
import { hadoopDemand, jobCoreSeconds } from '../../../src/scenario/demand/hadoop.js';
import { podDemand } from '../../../src/scenario/demand/pod.js';
import { scaleToMean } from '../../../src/scenario/demand/scale.js';
import { sumCoreSeconds } from '../../../src/scenario/demand/series.js';
import { syntheticDemand } from '../../../src/scenario/demand/synthetic.js';
import { vmDemand } from '../../../src/scenario/demand/vm.js';
import { Prng } from '../../../src/scenario/prng.js';
import { loadScenario } from '../../../src/scenario/load-scenario.js';
import { loadTraces, PODS_FIRST_DAY } from '../../../src/scenario/traces.js';

const traces = loadTraces();

describe('the Hadoop model', () => {
  it('counts one map task per 128 MiB of input, at least one a job, at 20 s each', () => {
    const row = { submitSeconds: 0, jobs: 1, mapInputMib: 0, shuffleMib: 0, outputMib: 0 };
    expect(jobCoreSeconds(row)).toBe(20);
    expect(jobCoreSeconds({ ...row, mapInputMib: 128 })).toBe(20);
    expect(jobCoreSeconds({ ...row, mapInputMib: 129 })).toBe(40);
    expect(jobCoreSeconds({ ...row, jobs: 7, mapInputMib: 200 })).toBe(140);
  });

  it('adds shuffle at 5 MiB/s and output at 10 MiB/s', () => {
    expect(jobCoreSeconds({ submitSeconds: 0, jobs: 1, mapInputMib: 1, shuffleMib: 50, outputMib: 21 })).toBe(
      20 + 10 + 3,
    );
  });

  it('puts a job into the interval of its submission, the last seconds past the day into the last one', () => {
    const row = { jobs: 1, mapInputMib: 1, shuffleMib: 0, outputMib: 0 };
    const raw = hadoopDemand([
      { ...row, submitSeconds: 299 },
      { ...row, submitSeconds: 300 },
      { ...row, submitSeconds: 86_408 },
    ]);
    expect(raw.queueable.slice(0, 3)).toEqual([20, 20, 0]);
    expect(raw.queueable[287]).toBe(20);
    expect(raw.perishable.every((level) => level === 0)).toBe(true);
  });
});

describe('the pod model', () => {
  const start = PODS_FIRST_DAY * 86_400;
  const pod = { cpuMilli: 2_000, memoryMib: 1, gpus: 0, qos: 'LS' as const };

  it('counts the request for the seconds alive in each interval', () => {
    const raw = podDemand([{ ...pod, creationSeconds: start + 100, deletionSeconds: start + 700 }], 0);
    expect(raw.perishable.slice(0, 4)).toEqual([2_000 * 200, 2_000 * 300, 2_000 * 100, 0]);
  });

  it('makes best-effort pods queueable, and all others perishable', () => {
    const alive = { creationSeconds: start, deletionSeconds: start + 300 };
    const raw = podDemand(
      [
        { ...pod, ...alive, qos: 'BE' },
        { ...pod, ...alive, qos: 'Burstable' },
      ],
      0,
    );
    expect(raw.queueable[0]).toBe(600_000);
    expect(raw.perishable[0]).toBe(600_000);
  });

  it('cuts pods that live across the edges of the window, and rotates the days', () => {
    const rows = [{ ...pod, creationSeconds: 0, deletionSeconds: start + 300 }];
    expect(podDemand(rows, 0).perishable[0]).toBe(600_000);
    expect(podDemand(rows, 1).perishable[9 * 288]).toBe(600_000);
  });
});

describe('the VM model', () => {
  it('reads percent of cores for a population of 1,000 with 25 % headroom', () => {
    const rows = Array.from({ length: 288 }, (_, interval) => ({ day: 1, interval, vms: 500, cpuPercentSum: 6_000 }));
    // 60 cores for 500 VMs = 120 for 1,000; with headroom 150 cores, in micro-cores.
    expect(vmDemand(rows, 0).perishable[0]).toBe(150_000_000);
  });

  it('begins with the chosen day', () => {
    expect(vmDemand(traces.vms, 2).perishable[0]).toBe(vmDemand(traces.vms, 0).perishable[2 * 288]);
  });
});

describe('scaleToMean', () => {
  const raw = {
    perishable: Array.from({ length: 288 }, (_, index) => 1 + (index % 7)),
    queueable: Array.from({ length: 288 }, (_, index) => index % 3),
  };

  it('makes the mean of the first day what was asked for, in whole core-seconds', () => {
    const series = scaleToMean(raw, { workload: 'w', meanCores: 100, hours: 24 });
    expect(Math.abs(sumCoreSeconds(series.points) - 100 * 86_400)).toBeLessThanOrEqual(1);
    expect(
      series.points.every(
        (point) => Number.isInteger(point.perishableCoreSeconds) && Number.isInteger(point.queueableCoreSeconds),
      ),
    ).toBe(true);
  });

  it('makes a short run the beginning of a long one', () => {
    const long = scaleToMean(raw, { workload: 'w', meanCores: 33, hours: 48, startHour: 5 });
    const short = scaleToMean(raw, { workload: 'w', meanCores: 33, hours: 6, startHour: 5 });
    expect(short.points).toHaveLength(72);
    expect(short.points).toEqual(long.points.slice(0, 72));
  });

  it('keeps proportions within one core-second an interval', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 1_000_000_000_000 }), { minLength: 288, maxLength: 288 }),
        fc.integer({ min: 1, max: 100_000 }),
        (levels, cores) => {
          const sum = levels.reduce((total, level) => total + level, 0);
          fc.pre(sum > 0);
          const series = scaleToMean(
            { perishable: levels, queueable: levels.map(() => 0) },
            { workload: 'w', meanCores: cores, hours: 24 },
          );
          series.points.forEach((point, index) => {
            const exact = ((levels[index] ?? 0) / sum) * cores * 86_400;
            expect(Math.abs(point.perishableCoreSeconds - exact)).toBeLessThanOrEqual(1 + exact * 1e-9);
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses a series without demand and parts of unequal length', () => {
    expect(() => scaleToMean({ perishable: [0], queueable: [0] }, { workload: 'w', meanCores: 1, hours: 1 })).toThrow(
      'the raw demand of w is zero',
    );
    expect(() => scaleToMean({ perishable: [1], queueable: [] }, { workload: 'w', meanCores: 1, hours: 1 })).toThrow(
      '1 perishable and 0 queueable',
    );
  });
});

describe('synthetic demand', () => {
  const prng = (): Prng => new Prng(4, 'synthetic');

  it('is flat when constant', () => {
    expect(new Set(syntheticDemand({ shape: 'constant' }, 'perishable', 1, prng()).perishable)).toEqual(
      new Set([1_000_000]),
    );
  });

  it('has its peak at the peak hour and its valley twelve hours away', () => {
    const { perishable } = syntheticDemand({ shape: 'sine', amplitude: 0.5, peakHour: 14 }, 'perishable', 1, prng());
    expect(perishable[14 * 12]).toBe(1_500_000);
    expect(perishable[2 * 12]).toBe(500_000);
    expect(Math.max(...perishable)).toBe(1_500_000);
  });

  it('steps through its levels in turn', () => {
    const { queueable, perishable } = syntheticDemand(
      { shape: 'steps', levels: [1, 3], stepHours: 12 },
      'queueable',
      2,
      prng(),
    );
    expect([0, 144, 288, 432].map((index) => queueable[index])).toEqual([1e6, 3e6, 1e6, 3e6]);
    expect(perishable.every((level) => level === 0)).toBe(true);
  });

  it('bursts at seeded times', () => {
    const shape = { shape: 'bursts', burstsPerDay: 4, burstMinutes: 30, height: 5 } as const;
    const first = syntheticDemand(shape, 'queueable', 2, prng());
    expect(first).toEqual(syntheticDemand(shape, 'queueable', 2, prng()));
    expect(first).not.toEqual(syntheticDemand(shape, 'queueable', 2, new Prng(5, 'synthetic')));
    const high = first.queueable.filter((level) => level === 5_000_000).length;
    expect(high).toBeGreaterThanOrEqual(6);
    expect(high).toBeLessThanOrEqual(48);
  });
});

describe('buildDemand', () => {
  it('gives each workload of the default scenario its share of the fleet over a day', () => {
    const series = buildDemand(loadScenario('', 'default'), traces);
    expect(series.map((one) => one.workload)).toEqual(['ovirt', 'kubernetes', 'hadoop']);
    const shares = series.map((one) => sumCoreSeconds(one.points) / (60 * 32 * 86_400));
    [0.38, 0.3, 0.3].forEach((share, index) => expect(shares[index]).toBeCloseTo(share, 6));
  });

  it('wants more than the fleet has at times, and less at others', () => {
    const series = buildDemand(loadScenario('', 'default'), traces);
    const sums = series[0]!.points.map((_, index) =>
      series.reduce((sum, one) => sum + sumCoreSeconds(one.points.slice(index, index + 1)), 0),
    );
    const capacity = 60 * 32 * 300;
    expect(sums.filter((sum) => sum > capacity).length).toBeGreaterThan(20);
    expect(sums.filter((sum) => sum < capacity).length).toBeGreaterThan(20);
  });

  it('depends on the seed alone', () => {
    const at = (seed: number): unknown => buildDemand(loadScenario('', 'default', { seed }), traces);
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(3));
  });

  it('shifts a workload by hours', () => {
    const yaml = (shift: number): string =>
      `workloads: [{name: hadoop, role: /research/hadoop, demand: {trace: fb2010, share: 0.3, shiftHours: ${shift}}}]`;
    const plain = buildDemand(loadScenario(yaml(0), 'a'), traces)[0]!.points;
    const shifted = buildDemand(loadScenario(yaml(2), 'b'), traces)[0]!.points;
    const near = shifted.map((point, index) =>
      Math.abs(point.queueableCoreSeconds - plain[(index + 288 - 24) % 288]!.queueableCoreSeconds),
    );
    expect(Math.max(...near)).toBeLessThanOrEqual(1);
  });
});
