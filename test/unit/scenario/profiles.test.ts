import { describe, expect, it } from '@jest/globals';
import { Prng } from '../../../src/scenario/prng.js';
import {
  drainTimetable,
  PROFILE_DURATIONS,
  PROFILE_KINDS,
  PROFILES,
  sampleMoveMs,
  unitsOnHost,
  type ProfileKind,
} from '../../../src/scenario/profiles.js';
import { scaleScenario } from '../../../src/scenario/scale-scenario.js';
import { loadScenario } from '../../../src/scenario/load-scenario.js';

/** Median minutes of 501 sampled moves of a host at 70 % load. */
function medianMinutes(from: ProfileKind, to: ProfileKind): number {
  const workload = (name: string, profile: ProfileKind): string =>
    `{name: ${name}, profile: ${profile}, demand: {trace: openb, share: 0.5}}`;
  const text = `roles: [{path: /a}]\nworkloads: [${workload('x', from)}, ${workload('y', to)}]`;
  const [first, second] = scaleScenario(loadScenario(text, 'f'), 1).workloads;
  const prng = new Prng(1, 'moves');
  const samples = Array.from({ length: 501 }, () => sampleMoveMs(first!.profile, second!.profile, 0.7, prng) / 60_000);
  return samples.sort((left, right) => left - right)[250]!;
}

describe('the shipped profiles', () => {
  it.each(PROFILE_KINDS)('%s has sane ranges and chances', (kind) => {
    const profile = PROFILES[kind];
    for (const name of PROFILE_DURATIONS) {
      expect(profile[name].minSeconds).toBeGreaterThanOrEqual(0);
      expect(profile[name].maxSeconds).toBeGreaterThanOrEqual(profile[name].minSeconds);
    }
    for (const chance of [profile.blockedUnitChance, ...Object.values(profile.failureChance)]) {
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThan(0.1);
    }
  });

  it('move a host in about ten minutes between Kubernetes and Hadoop', () => {
    expect(medianMinutes('kubernetes', 'hadoop')).toBeGreaterThan(5);
    expect(medianMinutes('kubernetes', 'hadoop')).toBeLessThan(13);
    expect(medianMinutes('hadoop', 'kubernetes')).toBeGreaterThan(7);
    expect(medianMinutes('hadoop', 'kubernetes')).toBeLessThan(15);
  });

  it('take longer into oVirt, up to half an hour', () => {
    const minutes = medianMinutes('hadoop', 'ovirt');
    expect(minutes).toBeGreaterThan(18);
    expect(minutes).toBeLessThan(30);
  });

  it('take no time at all when instant', () => {
    expect(medianMinutes('instant', 'instant')).toBe(0);
  });
});

describe('drainTimetable', () => {
  const fixed = { drainUnit: { minMs: 10, maxMs: 10 }, blockedUnit: { minMs: 100, maxMs: 100 }, blockedUnitChance: 0 };

  it('moves as many units at once as there are lanes', () => {
    const ends = drainTimetable({ ...fixed, drainParallelism: 2 }, 5, new Prng(1)).map((unit) => unit.endMs);
    expect(ends).toEqual([10, 10, 20, 20, 30]);
  });

  it('moves all units at once with parallelism 0', () => {
    expect(drainTimetable({ ...fixed, drainParallelism: 0 }, 5, new Prng(1)).every((unit) => unit.endMs === 10)).toBe(
      true,
    );
  });

  it('adds the time a unit is blocked', () => {
    const [unit] = drainTimetable({ ...fixed, drainParallelism: 0, blockedUnitChance: 1 }, 1, new Prng(1));
    expect(unit).toEqual({ startMs: 0, endMs: 110, blockedMs: 100 });
  });

  it('of an empty host is empty', () => {
    expect(drainTimetable({ ...fixed, drainParallelism: 2 }, 0, new Prng(1))).toEqual([]);
  });
});

describe('unitsOnHost', () => {
  it('follows the load, at least one when there is any', () => {
    const profile = { unitsAtFullLoad: { min: 20, max: 20 } };
    expect([0, 0.001, 0.5, 1, 3].map((load) => unitsOnHost(profile, load, new Prng(1)))).toEqual([0, 1, 10, 20, 20]);
  });
});
