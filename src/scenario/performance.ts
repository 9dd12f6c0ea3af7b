import { serve, type Trajectory, type WorkloadTotals } from './evaluate.js';
import type { DemandSeries } from './demand/series.js';

/**
 * How well a policy did: the `P` of the report. Every number is rounded to fixed decimals, so equal runs give equal
 * bytes.
 */
export interface PolicyPerformance {
  /** All work that was asked for. 2 decimals. */
  readonly demandCoreHours: number;
  /** Work done; 2 decimals. */
  readonly servedCoreHours: number;
  /** served / demand; 6 decimals; 1 when nothing was asked for. */
  readonly servedRatio: number;
  /** Mean wait of queueable work, weighted by core-seconds; 1 decimal; 0 when there was none. */
  readonly meanWaitSeconds: number;
  /** Hosts that changed workload and reached their new owner. */
  readonly moves: number;
  /** 4 decimals. */
  readonly movesPerHostDay: number;
  /** From the decision to the new owner holding a verified host; 1 decimal; 0 without moves. */
  readonly meanMoveSeconds: number;
  /** served core-hours / core-hours of the whole fleet; 6 decimals. */
  readonly utilization: number;
}

/** One workload's part of a policy's result. */
export interface WorkloadPerformance {
  readonly demandCoreHours: number;
  readonly servedCoreHours: number;
  readonly servedRatio: number;
  /** Perishable work that was not served in its interval. */
  readonly lostCoreHours: number;
  /** Queueable work not yet served at the end. */
  readonly queuedCoreHours: number;
  readonly meanWaitSeconds: number;
  /** Mean serving capacity, in cores. */
  readonly meanCores: number;
}

/** A policy's result and its split by workload, in the order of the demand series. */
export interface Evaluation {
  readonly total: PolicyPerformance;
  readonly workloads: Readonly<Record<string, WorkloadPerformance>>;
}

/** What `evaluate` needs besides the demand. */
export interface EvaluationInput {
  readonly series: readonly DemandSeries[];
  readonly trajectories: readonly Trajectory[];
  /** Hosts of the fleet. */
  readonly hosts: number;
  /** Cores of the whole fleet. */
  readonly fleetCores: number;
  /** Scenario milliseconds of each completed move. */
  readonly moveMs: readonly number[];
}

/**
 * Judges a run. A series without a trajectory is served by nothing; a trajectory without a series is an error, because
 * its hosts would vanish unseen.
 */
export function evaluate(input: EvaluationInput): Evaluation {
  const names = new Set(input.series.map((one) => one.workload));
  if (names.size !== input.series.length)
    throw new RangeError('two demand series have the same workload; accepted is one series a workload');
  for (const trajectory of input.trajectories) {
    if (!names.has(trajectory.workload))
      throw new RangeError(
        `the trajectory of "${trajectory.workload}" has no demand; known are ${[...names].join(', ')}`,
      );
  }
  const totals = input.series.map((one) =>
    serve(
      one,
      input.trajectories.find((candidate) => candidate.workload === one.workload) ?? {
        workload: one.workload,
        steps: [],
      },
    ),
  );
  return fromTotals(totals, runMs(input.series), input);
}

/** Builds an evaluation from totals that were computed before (the static splits). */
export function fromTotals(
  totals: readonly WorkloadTotals[],
  lengthMs: number,
  fleet: Pick<EvaluationInput, 'hosts' | 'fleetCores' | 'moveMs'>,
): Evaluation {
  const workloads: Record<string, WorkloadPerformance> = {};
  for (const one of totals) workloads[one.workload] = workloadPerformance(one, lengthMs);
  const sum = (pick: (one: WorkloadTotals) => bigint): bigint => totals.reduce((total, one) => total + pick(one), 0n);
  const demand = sum((one) => one.demandCoreMs);
  const served = sum((one) => one.servedCoreMs);
  const moves = fleet.moveMs.length;
  const moveMsTotal = fleet.moveMs.reduce((total, ms) => total + BigInt(Math.round(ms)), 0n);
  return {
    total: {
      demandCoreHours: ratio(demand, CORE_MS_PER_CORE_HOUR, 2),
      servedCoreHours: ratio(served, CORE_MS_PER_CORE_HOUR, 2),
      servedRatio: demand === 0n ? 1 : ratio(served, demand, 6),
      meanWaitSeconds: ratio(
        sum((one) => one.waitCoreMs2),
        sum((one) => one.queueableCoreMs) * 1_000n,
        1,
      ),
      moves,
      movesPerHostDay: ratio(BigInt(moves) * 86_400_000n, BigInt(fleet.hosts) * BigInt(lengthMs), 4),
      meanMoveSeconds: ratio(moveMsTotal, BigInt(moves) * 1_000n, 1),
      utilization: ratio(served, BigInt(fleet.fleetCores) * BigInt(lengthMs), 6),
    },
    workloads,
  };
}

/** Length of the run in scenario milliseconds: that of the longest series. */
export function runMs(series: readonly DemandSeries[]): number {
  return series.reduce((longest, one) => Math.max(longest, one.points.length * one.intervalSeconds * 1_000), 0);
}

const CORE_MS_PER_CORE_HOUR = 3_600_000n;

function workloadPerformance(one: WorkloadTotals, lengthMs: number): WorkloadPerformance {
  return {
    demandCoreHours: ratio(one.demandCoreMs, CORE_MS_PER_CORE_HOUR, 2),
    servedCoreHours: ratio(one.servedCoreMs, CORE_MS_PER_CORE_HOUR, 2),
    servedRatio: one.demandCoreMs === 0n ? 1 : ratio(one.servedCoreMs, one.demandCoreMs, 6),
    lostCoreHours: ratio(one.lostCoreMs, CORE_MS_PER_CORE_HOUR, 2),
    queuedCoreHours: ratio(one.queuedCoreMs, CORE_MS_PER_CORE_HOUR, 2),
    meanWaitSeconds: ratio(one.waitCoreMs2, one.queueableCoreMs * 1_000n, 1),
    meanCores: ratio(one.capacityCoreMs, BigInt(lengthMs), 2),
  };
}

/**
 * numerator / denominator, rounded half up to `decimals`, computed in integers; 0 when the denominator is 0. Both must
 * be 0 or more.
 */
export function ratio(numerator: bigint, denominator: bigint, decimals: number): number {
  if (denominator === 0n) return 0;
  const scale = 10n ** BigInt(decimals);
  return Number((numerator * scale * 2n + denominator) / (denominator * 2n)) / Number(scale);
}
