/**
 * Deterministic simulation: seeded worlds in which networks, disks, managers, clocks and people fail, then silence in which
 * everything has to come right. What is judged stands in the checkers; how rates are drawn, in the options.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TRANSITION_EDGES } from '../../scheduler/index.js';
import { Coverage, OCCURRENCES_MIN } from './coverage.js';
import { runSeed } from './run-seed.js';
import { runSeedsInProcesses } from './run-seeds.js';
import { reportLines } from './seed-report.js';

const SEEDS = 300;
const JOBS = 2;
const CORPUS = new URL('./corpus/', import.meta.url);
/** Only ends a run that hangs. */
const GUARD_MS = 120 * 60_000;

interface Found {
  readonly seed: number;
  /** What the seed found when it failed. */
  readonly found: string;
}

const corpus = readdirSync(CORPUS)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(new URL(name, CORPUS), 'utf8')) as Found) }));

describe('a seeded world', () => {
  it(
    'is the same world each time, in every effect, every commit and on the disk',
    async () => {
      const [first, second] = [await runSeed(11), await runSeed(11)];
      expect(second.hash).toBe(first.hash);
      expect((await runSeed(12)).hash).not.toBe(first.hash);
    },
    GUARD_MS,
  );

  it.each(corpus)('that once failed still comes right ($name: $found)', async ({ seed, name, found }) => {
    expect(name).toBe(`${String(seed)}.json`);
    expect(found).toMatch(/\w+ \w+.*\.$/);
    expect((await runSeed(seed)).problems).toEqual([]);
  });
});

describe(`${String(SEEDS)} seeded worlds`, () => {
  it(
    `break no invariant, come right, and meet every event, effect and edge at least ${String(OCCURRENCES_MIN)} times`,
    async () => {
      const startedMs = performance.now();
      const report = await runSeedsInProcesses({ from: 1, count: SEEDS, jobs: JOBS });
      const coverage = new Coverage();
      coverage.merge(report.counts);
      const lines = reportLines(report, coverage, (performance.now() - startedMs) / 1000);
      process.stdout.write(`${lines.join('\n')}\n`);
      expect(report.failures).toEqual([]);
      expect(report.seeds).toBe(SEEDS);
      expect(report.simulatedMs).toBeGreaterThanOrEqual(SEEDS * 2 * 3_600_000);
      expect(coverage.missing()).toEqual([]);
    },
    GUARD_MS,
  );
});

describe('coverage', () => {
  it('calls missing what happened too seldom, and knows every edge of a transition', () => {
    const coverage = new Coverage();
    expect(coverage.missing().length).toBeGreaterThan(TRANSITION_EDGES.length);
    const [edge] = TRANSITION_EDGES;
    const name = `edge ${String(edge)}`;
    coverage.add(name, OCCURRENCES_MIN - 1);
    expect(coverage.missing()).toContainEqual({ name, times: OCCURRENCES_MIN - 1 });
    coverage.add(name);
    expect(coverage.missing().map((one) => one.name)).not.toContain(name);
  });
});
