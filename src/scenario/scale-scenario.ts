import { INTERVAL_SECONDS } from './demand/series.js';
import { PROFILE_DURATIONS, type RangeMs, type ScaledTimings } from './profiles.js';
import type { FaultSpec, PolicySpec, Scenario, WantedSpec } from './scenario.js';

/** No scaled duration is shorter: below it, timers and process switches would dominate what is measured. */
export const SCALED_FLOOR_MS = 20;

/** A policy's times in real milliseconds. */
export interface ScaledPolicy extends Pick<
  PolicySpec,
  'maxMovesInFlight' | 'maxMovesInFlightPerWorkload' | 'maxMovesPerHour' | 'hysteresisHosts'
> {
  readonly planPeriodMs: number;
  readonly minHoldMs: number;
  readonly coolDownMs: number;
  /** Real length of the scenario hour in which `maxMovesPerHour` may start. */
  readonly moveHourMs: number;
}

/** How a framework turns load into hosts, for callers that count in real milliseconds. */
export interface ScaledWanted extends Pick<WantedSpec, 'headroomPercent' | 'hostsMin'> {
  readonly backlogDrainMs: number;
  readonly scaleDownDelayMs: number;
}

/** A fault in real milliseconds. */
export interface ScaledFault extends Pick<FaultSpec, 'kind' | 'target'> {
  readonly atMs: number;
  readonly forMs: number;
}

/** One workload's times in real milliseconds. */
export interface ScaledWorkload {
  readonly name: string;
  readonly profile: ScaledTimings;
  readonly wanted: ScaledWanted;
}

/** A scenario's times as they are waited for. Everything else is read from `scenario`. */
export interface ScaledScenario {
  readonly scenario: Scenario;
  /** Scenario seconds per real second. */
  readonly speed: number;
  /** Durations that the floor lengthened. A range counts once. */
  readonly floored: number;
  /** Real length of the whole run. */
  readonly runMs: number;
  /** Real length of a demand interval. */
  readonly intervalMs: number;
  readonly workloads: readonly ScaledWorkload[];
  readonly policies: { readonly dynamic: ScaledPolicy; readonly greedy: ScaledPolicy };
  readonly faults: readonly ScaledFault[];
  /** Not scaled: protocol time stays real. */
  readonly timings: { readonly heartbeatMs: number; readonly offerLeaseMs: number };
}

/**
 * Divides every duration of the *scenario* by `speed`: demand intervals, manager and agent durations, minimum hold,
 * cool-down, planning period, fault times. Clocks
 * are never touched; heartbeats, offer leases, retries and deadlines stay real. A duration above 0 becomes at least 20
 * ms, and `floored` counts how many
 * were lengthened so; 0 stays 0. At speed 1 (the simulator's virtual clock) nothing is shorter than in life.
 */
export function scaleScenario(scenario: Scenario, speed: number = scenario.speed): ScaledScenario {
  if (!(speed >= 1) || !Number.isFinite(speed))
    throw new RangeError(`speed is ${speed}; accepted is a number of 1 or more`);
  const scaler = new Scaler(speed);
  const workloads = scenario.workloads.map((workload) => ({
    name: workload.name,
    profile: scaler.profile(workload.profile),
    wanted: {
      headroomPercent: workload.wanted.headroomPercent,
      hostsMin: workload.wanted.hostsMin,
      backlogDrainMs: scaler.duration(workload.wanted.backlogDrainSeconds),
      scaleDownDelayMs: scaler.duration(workload.wanted.scaleDownDelaySeconds),
    },
  }));
  const policies = {
    dynamic: scaler.policy(scenario.policies.dynamic),
    greedy: scaler.policy(scenario.policies.greedy),
  };
  const faults = scenario.faults.map((fault) => ({
    kind: fault.kind,
    target: fault.target,
    // A point in time, not a duration: the floor would move it against the others.
    atMs: Math.round((fault.atSeconds * 1_000) / speed),
    forMs: scaler.duration(fault.forSeconds),
  }));
  const intervalMs = scaler.duration(INTERVAL_SECONDS);
  return {
    scenario,
    speed,
    floored: scaler.floored,
    runMs: Math.round((scenario.hours * 3_600_000) / speed),
    intervalMs,
    workloads,
    policies,
    faults,
    timings: {
      heartbeatMs: Math.round(scenario.timings.heartbeatSeconds * 1_000),
      offerLeaseMs: Math.round(scenario.timings.offerLeaseSeconds * 1_000),
    },
  };
}

/** Divides durations and counts those that hit the floor. */
class Scaler {
  readonly #speed: number;
  #floored = 0;

  constructor(speed: number) {
    this.#speed = speed;
  }

  get floored(): number {
    return this.#floored;
  }

  duration(seconds: number): number {
    const ms = Math.round((seconds * 1_000) / this.#speed);
    if (seconds === 0 || ms >= SCALED_FLOOR_MS) return ms;
    this.#floored += 1;
    return SCALED_FLOOR_MS;
  }

  /** A range whose lower bound hits the floor counts once, whether or not its upper one does. */
  range(range: { readonly minSeconds: number; readonly maxSeconds: number }): RangeMs {
    const before = this.#floored;
    const scaled = { minMs: this.duration(range.minSeconds), maxMs: this.duration(range.maxSeconds) };
    this.#floored = Math.min(this.#floored, before + 1);
    return scaled;
  }

  profile(profile: Scenario['workloads'][number]['profile']): ScaledTimings {
    const ranges = Object.fromEntries(PROFILE_DURATIONS.map((name) => [name, this.range(profile[name])])) as Record<
      (typeof PROFILE_DURATIONS)[number],
      RangeMs
    >;
    return { ...profile, ...ranges };
  }

  policy(policy: PolicySpec): ScaledPolicy {
    return {
      planPeriodMs: this.duration(policy.planPeriodSeconds),
      minHoldMs: this.duration(policy.minHoldSeconds),
      coolDownMs: this.duration(policy.coolDownSeconds),
      moveHourMs: Math.round(3_600_000 / this.#speed),
      maxMovesInFlight: policy.maxMovesInFlight,
      maxMovesInFlightPerWorkload: policy.maxMovesInFlightPerWorkload,
      maxMovesPerHour: policy.maxMovesPerHour,
      hysteresisHosts: policy.hysteresisHosts,
    };
  }
}
