import { describe, expect, it } from '@jest/globals';
import {
  buildFleet,
  INTERVAL_SECONDS,
  loadScenario,
  scaleScenario,
  type DemandSeries,
} from '../../../src/scenario/index.js';
import { ManagedWorkload, type ManagedWorkloadSnapshot } from '../../../src/simulation/managed-workload.js';
import { SeededRandom } from '../../../src/simulation/seeded-random.js';
import { VirtualClock } from '../../../src/simulation/virtual-clock.js';

const SCENARIO = loadScenario('', 'test', { hosts: 12, hours: 2 });
const SCALED = scaleScenario(SCENARIO, 1);
const FLEET = buildFleet(SCENARIO);
const WORKLOAD = SCENARIO.workloads.find((one) => one.name === 'hadoop')!;
const OWN = FLEET.filter((host) => host.owner === 'hadoop');

/** More work than the hosts can do: a queue grows that only who remembers the past knows. */
const SERIES: DemandSeries = {
  workload: 'hadoop',
  intervalSeconds: INTERVAL_SECONDS,
  points: Array.from({ length: 24 }, () => ({
    perishableCoreSeconds: 0,
    queueableCoreSeconds: (OWN.length + 2) * 32 * INTERVAL_SECONDS,
  })),
};

function workload(clock: VirtualClock, restored?: ManagedWorkloadSnapshot): ManagedWorkload {
  return new ManagedWorkload({
    scaled: SCALED,
    workload: WORKLOAD,
    series: SERIES,
    fleet: FLEET,
    clock,
    random: new SeededRandom(1),
    startMs: 0,
    ...(restored === undefined ? {} : { restored }),
  });
}

describe('a workload that goes on in another process', () => {
  it('asks for what the first one would have asked for', async () => {
    const clock = new VirtualClock(0);
    const first = workload(clock);
    await clock.runUntil(600_000);
    first.setPower(OWN[0]!.name, false);
    await clock.runUntil(1_800_000);
    first.setPower(OWN[0]!.name, true);
    const snapshot = JSON.parse(JSON.stringify(first.snapshot())) as ManagedWorkloadSnapshot;
    await clock.runUntil(3_000_000);
    const second = workload(clock, snapshot);
    expect(second.hostsServing).toBe(OWN.length);
    expect(second.demand()).toEqual(first.demand());
    await clock.runUntil(4_000_000);
    expect(second.demand()).toEqual(first.demand());
    // Without its past it would believe that nothing was ever served.
    expect(workload(clock).demand()).not.toEqual(first.demand());
  });

  it('has the machines of the first one, not those the fleet began with', async () => {
    const clock = new VirtualClock(0);
    const first = workload(clock);
    first.manager.vanish(OWN[0]!.name);
    const second = workload(clock, first.snapshot());
    expect(second.manager.stateOf(OWN[0]!.name)).toBe('missing');
    expect(second.hostsServing).toBe(OWN.length - 1);
  });

  it('says when there is something new to keep', async () => {
    const clock = new VirtualClock(0);
    let changes = 0;
    const one = new ManagedWorkload({
      scaled: SCALED,
      workload: WORKLOAD,
      series: SERIES,
      fleet: FLEET,
      clock,
      random: new SeededRandom(1),
      startMs: 0,
      onChange: () => (changes += 1),
    });
    const before = changes;
    one.manager.vanish(OWN[0]!.name);
    expect(changes).toBe(before + 1);
  });
});
