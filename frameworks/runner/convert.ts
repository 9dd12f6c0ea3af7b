import { printable } from '../common/redact.js';
import type { BlockedBy, Forecast, Observation, ObservedMachine, WantedHosts } from '../contract/types.js';
import type { Blocker, DemandEntry, LeaveForecast, ObservedHost } from '../contract/protocol.js';

/**
 * From the contract's structs to the protocol's. Adapters repeat what managers say, and managers say anything: numbers are
 * made whole and kept in range, texts printable and short, lists short, so that one bad answer never costs the session.
 */
const BLOCKERS_MAX = 20;
const WOULD_KILL_MAX = 20;
const NAME_CHARACTERS_MAX = 200;
export const OBSERVED_MAX = 10_000;
export const DEMANDS_MAX = 100;

/** A whole number from `min` to `max`; what is no number becomes `min`. */
export function wholeWithin(value: number, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isNaN(value)) return min;
  return Math.min(Math.max(Math.round(value), min), max);
}

export function toBlockers(blockers: readonly BlockedBy[]): readonly Blocker[] {
  return blockers.slice(0, BLOCKERS_MAX).map((blocker) => ({
    object: printable(blocker.object, NAME_CHARACTERS_MAX),
    reason: printable(blocker.reason, NAME_CHARACTERS_MAX),
    sinceMs: wholeWithin(blocker.sinceMs, 0),
    message: printable(blocker.message),
  }));
}

export function toLeaveForecast(forecast: Forecast): LeaveForecast {
  const durationLowMs = wholeWithin(forecast.durationLowMs, 0);
  return {
    durationLowMs,
    durationHighMs: wholeWithin(forecast.durationHighMs, durationLowMs),
    units: wholeWithin(forecast.units, 0),
    wouldKill: forecast.wouldKill.slice(0, WOULD_KILL_MAX).map((unit) => printable(unit, NAME_CHARACTERS_MAX)),
    blockers: toBlockers(forecast.blockers),
  };
}

function toObservedHost(machine: ObservedMachine): ObservedHost {
  return {
    identity: machine.identity,
    name: printable(machine.name, NAME_CHARACTERS_MAX),
    managerState: printable(machine.managerState, NAME_CHARACTERS_MAX),
    serving: machine.serving,
    units: wholeWithin(machine.units, 0),
    leaveEstimateMs: wholeWithin(machine.leaveEstimateMs, 0),
    drift: printable(machine.drift, NAME_CHARACTERS_MAX),
  };
}

/** The observation as it is sent. A machine listed twice, or more than can be sent, makes it incomplete: absence proves nothing. */
export function toObservation(observation: Observation): {
  readonly complete: boolean;
  readonly hosts: readonly ObservedHost[];
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const seen = new Map<string, ObservedHost>();
  for (const machine of observation.machines) {
    const key = `${machine.identity.uuid}|${machine.identity.serial}|${machine.identity.macs.join(',')}`;
    if (seen.has(key)) problems.push(`the manager lists ${machine.name} twice`);
    else if (seen.size >= OBSERVED_MAX) problems.push(`the manager lists more than ${OBSERVED_MAX} machines`);
    else seen.set(key, toObservedHost(machine));
  }
  return { complete: observation.complete && problems.length === 0, hosts: [...seen.values()], problems };
}

/** Whole hosts only: `count` is the total wanted, what is held included. */
export function toDemandEntry(wanted: WantedHosts): DemandEntry {
  const count = wholeWithin(wanted.count, 0);
  return {
    demandId: wanted.demandId,
    want: { kind: 'hosts', shape: wanted.shape },
    count,
    minimum: wholeWithin(wanted.minimum, 0, count),
    allOrNothing: false,
    constraints: [],
    placement: [],
    priority: wholeWithin(wanted.priority, Number.MIN_SAFE_INTEGER),
    deadlineMs: 0,
    ageMs: 0,
    evidence: printable(wanted.evidence, NAME_CHARACTERS_MAX),
  };
}
