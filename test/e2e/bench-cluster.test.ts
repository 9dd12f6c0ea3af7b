import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ClusterFigures } from '../bench/cluster/figures.js';
import { FlagError, parseFlags } from '../bench/cluster/flags.js';
import { quantileMs } from '../bench/cluster/master-metrics.js';
import { BenchRig } from './bench-rig.js';
import { ensureBuilt } from './master-rig.js';

/** Seven processes start one after the other; a busy machine is no failure. */
const PATIENCE_MS = 600_000;

let rig: BenchRig;

beforeEach(() => {
  rig = new BenchRig('cluster');
});

afterEach(() => {
  rig.close();
});

describe('bench:cluster', () => {
  it(
    'runs a small cluster to its end, loses no task, and leaves nothing behind',
    () => {
      ensureBuilt();
      const { status, stdout, stderr } = rig.run(
        ...['--hosts', '40', '--frameworks', '4', '--seconds', '3', '--warmup', '0', '--task-seconds', '4', '--json'],
      );
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const lines = stdout.trim().split('\n');
      expect(lines).toHaveLength(1);
      const figures = JSON.parse(String(lines[0])) as ClusterFigures;
      expect(figures).toMatchObject({ bench: 'cluster', hosts: 40, frameworks: 4, seconds: 3, taskSeconds: 4 });
      expect(figures.launches).toBeGreaterThan(0);
      expect(figures.tasksLost).toBe(0);
      expect(figures.launchesRefused).toBe(0);
      // Everything that was measured took some time, a share or some memory.
      const measured = Object.entries(figures).filter(([name]) => /(Ms|Seconds|Second|Percent|Mb)$/.test(name));
      expect(measured).toHaveLength(31);
      expect(measured.filter(([, value]) => !(typeof value === 'number' && value >= 0))).toEqual([]);
      expect(figures.overheadP99Ms).toBeGreaterThan(0);
      expect(figures.masterOfferP50Ms).toBeGreaterThan(0);
      expect(figures.masterOfferP99Ms).toBeGreaterThanOrEqual(figures.masterOfferP50Ms);
      // Who is first to hear of the new master, its agents or the benchmark, is chance.
      expect(figures.failoverLeadMs).toBeGreaterThan(0);
      expect(figures.failoverFirstOfferMs).toBeGreaterThan(0);
      expect(figures.failover80PercentMs).toBeGreaterThan(0);
      expect(figures.failoverAllMs).toBeGreaterThanOrEqual(figures.failover80PercentMs);
      expect(rig.leftBehind()).toEqual([]);
    },
    PATIENCE_MS,
  );

  it('refuses bad flags with a sentence, the usage and exit code 2', () => {
    const { status, stdout, stderr } = rig.run('--hosts', '0');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('bench:cluster: --hosts is "0"; accepted is a whole number from 1 to 50000\n\nUsage: ');
  });

  it.each([
    [['--hosts', '10,many'], '--hosts is "many"; accepted is a whole number from 1 to 50000'],
    [['--seconds', '1.5'], '--seconds is "1.5"; accepted is a whole number from 1 to 3600'],
    [['--frameworks', '1001'], '--frameworks is "1001"; accepted is a whole number from 1 to 1000'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (flags, sentence) => {
    expect(() => parseFlags(flags)).toThrow(FlagError);
    expect(() => parseFlags(flags)).toThrow(sentence);
  });
});

describe('a quantile of what came between two looks at a histogram', () => {
  const buckets = (...counts: readonly number[]) =>
    counts.map((count, at) => ({ atMostSeconds: [0.005, 0.01, 0.02, Infinity][at] ?? 0, count }));

  it.each([
    ['lies within its bucket in proportion', buckets(10, 10, 10, 10), buckets(10, 20, 20, 20), 0.5, 7.5],
    ['counts the buckets below', buckets(0, 0, 0, 0), buckets(5, 10, 10, 10), 0.9, 9],
    ['is the end of its bucket when all came there', buckets(0, 0, 0, 0), buckets(0, 0, 4, 4), 1, 20],
    ['is at least the last bound when it is beyond it', buckets(0, 0, 0, 0), buckets(0, 0, 0, 4), 0.99, 20],
    ['is 0 when nothing came', buckets(3, 3, 3, 3), buckets(3, 3, 3, 3), 0.99, 0],
  ])('%s', (_, before, after, share, ms) => {
    expect(quantileMs(before, after, share)).toBeCloseTo(ms, 6);
  });
});
