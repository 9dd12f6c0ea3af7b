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
/** Limits of the protocol: what is beyond them is refused together with the session that says it, again and again. */
const DURATION_MS_MAX = 10 * 365 * 24 * 3_600 * 1_000;
const COUNT_MAX = 1_000_000;
const PRIORITY_MAX = 1_000_000;
const MACS_MAX = 64;
/** Of the 4 MiB that a message may have; the rest is for its frame and for what `observedBytes` does not count. */
const OBSERVATION_BYTES_MAX = 3_500_000;

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
  const durationLowMs = wholeWithin(forecast.durationLowMs, 0, DURATION_MS_MAX);
  return {
    durationLowMs,
    durationHighMs: wholeWithin(forecast.durationHighMs, durationLowMs, DURATION_MS_MAX),
    units: wholeWithin(forecast.units, 0),
    wouldKill: forecast.wouldKill.slice(0, WOULD_KILL_MAX).map((unit) => printable(unit, NAME_CHARACTERS_MAX)),
    blockers: toBlockers(forecast.blockers),
  };
}

function toObservedHost(machine: ObservedMachine): ObservedHost {
  const { uuid, serial, macs } = machine.identity;
  return {
    identity: {
      uuid: word(uuid),
      serial: word(serial),
      macs: macs
        .map(word)
        .filter((mac) => mac !== '')
        .slice(0, MACS_MAX),
    },
    name: printable(machine.name, NAME_CHARACTERS_MAX),
    managerState: printable(machine.managerState, NAME_CHARACTERS_MAX),
    serving: machine.serving,
    units: wholeWithin(machine.units, 0),
    leaveEstimateMs: wholeWithin(machine.leaveEstimateMs, 0, DURATION_MS_MAX),
    drift: printable(machine.drift, NAME_CHARACTERS_MAX),
  };
}

/** As the manager has it, but for what no identity holds; unlike `printable` it hides nothing that looks like a secret. */
function word(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, NAME_CHARACTERS_MAX);
}

/** About what it takes on the wire: its texts, and 4 bytes for each of their heads; numbers and nesting take 48 at most. */
function observedBytes({ identity, name, managerState, drift }: ObservedHost): number {
  const texts = [identity.uuid, identity.serial, ...identity.macs, name, managerState, drift];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 4, 48);
}

/** The observation as it is sent. A machine listed twice, or more than can be sent, makes it incomplete: absence proves nothing. */
export function toObservation(observation: Observation): {
  readonly complete: boolean;
  readonly hosts: readonly ObservedHost[];
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const seen = new Map<string, ObservedHost>();
  let bytes = 0;
  let leftOut = 0;
  for (const machine of observation.machines) {
    const key = `${machine.identity.uuid}|${machine.identity.serial}|${machine.identity.macs.join(',')}`;
    const host = toObservedHost(machine);
    const hostBytes = observedBytes(host);
    if (seen.has(key)) problems.push(`the manager lists ${host.name} twice`);
    else if (seen.size >= OBSERVED_MAX || bytes + hostBytes > OBSERVATION_BYTES_MAX) leftOut += 1;
    else {
      seen.set(key, host);
      bytes += hostBytes;
    }
  }
  if (leftOut > 0)
    problems.push(
      `${leftOut} machines are left out; accepted are at most ${OBSERVED_MAX} in ${OBSERVATION_BYTES_MAX} bytes`,
    );
  return { complete: observation.complete && problems.length === 0, hosts: [...seen.values()], problems };
}

/** Why this demand cannot be stated, null when it can: a name that is cut or mended would be another name. */
export function demandProblem({ demandId, shape }: WantedHosts): string | null {
  for (const [field, name] of [
    ['demandId', demandId],
    ['shape', shape],
  ] as const)
    if (name === '' || name.length > NAME_CHARACTERS_MAX || /\p{Cc}/u.test(name))
      return `its ${field} is ${JSON.stringify(name.slice(0, 60))}; accepted are 1 to ${NAME_CHARACTERS_MAX} characters without control characters`;
  return null;
}

/** Whole hosts only: `count` is the total wanted, what is held included. */
export function toDemandEntry(wanted: WantedHosts): DemandEntry {
  const count = wholeWithin(wanted.count, 0, COUNT_MAX);
  return {
    demandId: wanted.demandId,
    want: { kind: 'hosts', shape: wanted.shape },
    count,
    minimum: wholeWithin(wanted.minimum, 0, count),
    allOrNothing: false,
    constraints: [],
    placement: [],
    priority: wholeWithin(wanted.priority, -PRIORITY_MAX, PRIORITY_MAX),
    deadlineMs: 0,
    ageMs: 0,
    evidence: printable(wanted.evidence, NAME_CHARACTERS_MAX),
  };
}
