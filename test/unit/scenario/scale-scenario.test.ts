import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PROFILE_DURATIONS } from '../../../src/scenario/profiles.js';
import { SCALED_FLOOR_MS, scaleScenario } from '../../../src/scenario/scale-scenario.js';
import { loadScenario } from '../../../src/scenario/load-scenario.js';

const scenario = loadScenario('faults: [{at: 1h, kind: kill_host, target: node01, for: 10m}]', 'f');

describe('scaleScenario', () => {
  it('divides the scenario and leaves the protocol alone', () => {
    const scaled = scaleScenario(scenario, 100);
    expect(scaled.intervalMs).toBe(3_000);
    expect(scaled.runMs).toBe(864_000);
    expect(scaled.policies.dynamic).toMatchObject({
      planPeriodMs: 1_200,
      minHoldMs: 72_000,
      coolDownMs: 9_000,
      moveHourMs: 36_000,
      maxMovesPerHour: 6,
    });
    expect(scaled.workloads[0]?.profile.join).toEqual({ minMs: 1_800, maxMs: 10_800 });
    expect(scaled.workloads[0]?.wanted).toMatchObject({ backlogDrainMs: 36_000, scaleDownDelayMs: 9_000 });
    expect(scaled.faults).toEqual([{ kind: 'kill_host', target: 'node01', atMs: 36_000, forMs: 6_000 }]);
    expect(scaled.timings).toEqual({ heartbeatMs: 5_000, offerLeaseMs: 30_000 });
  });

  it('takes the speed of the scenario unless told otherwise', () => {
    expect(scaleScenario(scenario).speed).toBe(720);
  });

  it('floors nothing at speed 1', () => {
    expect(scaleScenario(scenario, 1).floored).toBe(0);
  });

  it('counts a range once, and leaves zero at zero', () => {
    const text = `
roles: [{path: /a}]
workloads:
  - name: x
    demand: {trace: openb, share: 1}
    wanted: {scaleDownDelaySeconds: 0}
    profile: {kind: instant, join: {minSeconds: 1, maxSeconds: 2}, leave: {minSeconds: 1, maxSeconds: 600}}`;
    const scaled = scaleScenario(loadScenario(text, 'f'), 720);
    expect(scaled.floored).toBe(2);
    expect(scaled.workloads[0]?.profile.join).toEqual({ minMs: 20, maxMs: 20 });
    expect(scaled.workloads[0]?.profile.leave).toEqual({ minMs: 20, maxMs: 833 });
    expect(scaled.workloads[0]?.profile.wipe).toEqual({ minMs: 0, maxMs: 0 });
    expect(scaled.workloads[0]?.wanted.scaleDownDelayMs).toBe(0);
  });

  it('never waits less than the floor, keeps ranges in order, and floors more the faster it goes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }), (a, b) => {
        const slow = scaleScenario(scenario, Math.min(a, b));
        const fast = scaleScenario(scenario, Math.max(a, b));
        expect(fast.floored).toBeGreaterThanOrEqual(slow.floored);
        for (const workload of fast.workloads) {
          for (const name of PROFILE_DURATIONS) {
            expect(workload.profile[name].minMs).toBeGreaterThanOrEqual(SCALED_FLOOR_MS);
            expect(workload.profile[name].maxMs).toBeGreaterThanOrEqual(workload.profile[name].minMs);
          }
        }
      }),
    );
  });

  it('refuses a speed that is none', () => {
    for (const speed of [0, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => scaleScenario(scenario, speed)).toThrow(`speed is ${speed}; accepted is a number of 1 or more`);
    }
  });
});
