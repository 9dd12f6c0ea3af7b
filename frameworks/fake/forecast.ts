import type { BlockedBy, Forecast } from '../contract/types.js';
import type { FakeMachine } from './machine.js';
import type { FakeProfile } from './profile.js';

type DrainProfile = Pick<FakeProfile, 'drainParallel' | 'drainUnitMs' | 'blockedMs' | 'leaveMs' | 'blockReason'>;

/** Moves one after another when each lane takes its share. */
function rounds(units: number, drainParallel: number): number {
  return drainParallel === 0 ? Math.min(units, 1) : Math.ceil(units / drainParallel);
}

/** How long leaving would take and what would be in the way, as the manager works it out. */
export function drainForecast(machine: Pick<FakeMachine, 'units'>, profile: DrainProfile): Forecast {
  const { units } = machine;
  const inTheWay = units.filter((unit) => unit.pinned || unit.blockedBy !== null);
  const blockers: readonly BlockedBy[] = inTheWay.map(
    (unit) =>
      unit.blockedBy ?? {
        object: unit.name,
        reason: profile.blockReason,
        sinceMs: 0,
        message: `${unit.name} is pinned`,
      },
  );
  const moves = rounds(units.length, profile.drainParallel);
  return {
    durationLowMs: moves * profile.drainUnitMs.min + profile.leaveMs.min,
    durationHighMs:
      moves * profile.drainUnitMs.max + (inTheWay.length > 0 ? profile.blockedMs.max : 0) + profile.leaveMs.max,
    units: units.length,
    wouldKill: inTheWay.map((unit) => unit.name),
    blockers,
  };
}

/** A cheap guess from what a listing shows: the middle of both ranges. */
export function leaveEstimateMs(units: number, profile: DrainProfile): number {
  const { drainUnitMs, leaveMs } = profile;
  const middle = rounds(units, profile.drainParallel) * (drainUnitMs.min + drainUnitMs.max) + leaveMs.min + leaveMs.max;
  return Math.round(middle / 2);
}
