/**
 * What a run was worth. Given what each workload wanted and how many cores served it over time, this says how much was
 * served, how much was lost and how
 * long work waited. Every policy is judged by this one function.
 *
 * The model, per workload and interval of 300 s:
 * 1. capacity = cores integrated over the interval (core-milliseconds, exact integers);
 * 2. perishable demand is served first; what does not fit is lost;
 * 3. the rest of the capacity serves the queue, first in, first out, as a fluid: work arrives evenly over its interval,
 * and is served evenly;
 * 4. the wait of queueable work is the area under the queue divided by all queueable demand (Little's law). Work not
 * served at the end counts as not
 *    served, with the wait it has had so far.
 */
import { totalCoreSeconds, type DemandSeries } from './demand/series.js';

/** From `atMs` (scenario milliseconds from the start) on, `cores` cores serve the workload, until the next step. */
export interface CoresStep {
  readonly atMs: number;
  readonly cores: number;
}

/**
 * Serving capacity of one workload over time; before the first step it is 0. `atMs` must not decrease; of equal times
 * the last counts.
 */
export interface Trajectory {
  readonly workload: string;
  readonly steps: readonly CoresStep[];
}

/** Exact totals of one workload. Core-milliseconds unless the name says otherwise. */
export interface WorkloadTotals {
  readonly workload: string;
  readonly demandCoreMs: bigint;
  readonly servedCoreMs: bigint;
  readonly lostCoreMs: bigint;
  readonly queueableCoreMs: bigint;
  /** Work still queued at the end. */
  readonly queuedCoreMs: bigint;
  /** Area under the queue: core-ms × ms. */
  readonly waitCoreMs2: bigint;
  readonly capacityCoreMs: bigint;
}

/**
 * A scenario's day has at most 10^4 intervals a month; the bound keeps a mistaken `intervalSeconds` from looping for
 * hours.
 */
const INTERVALS_MAX = 1_000_000;

/**
 * Serves one workload's demand with the capacity of one trajectory.
 *
 * @throws RangeError when the steps go back in time, or cores are not whole numbers of 0 or more.
 */
export function serve(series: DemandSeries, trajectory: Trajectory): WorkloadTotals {
  if (series.points.length > INTERVALS_MAX)
    throw new RangeError(
      `${series.workload} has ${String(series.points.length)} intervals; accepted are at most ${String(INTERVALS_MAX)}`,
    );
  const capacities = capacityPerInterval(trajectory, series.intervalSeconds * 1_000, series.points.length);
  return serveCapacities(series, capacities);
}

/** The same with one constant number of cores: what a static split serves. */
export function serveConstant(series: DemandSeries, cores: number): WorkloadTotals {
  checkCores(series.workload, cores);
  const capacity = cores * series.intervalSeconds * 1_000;
  return serveCapacities(series, new Array<number>(series.points.length).fill(capacity));
}

function serveCapacities(series: DemandSeries, capacities: readonly number[]): WorkloadTotals {
  const intervalMs = series.intervalSeconds * 1_000;
  let demand = 0;
  let served = 0;
  let lost = 0;
  let queueable = 0;
  let queued = 0;
  let capacityTotal = 0;
  let area = 0n;
  series.points.forEach((point, index) => {
    const capacity = capacities[index] ?? 0;
    const perishable = point.perishableCoreSeconds * 1_000;
    const arriving = point.queueableCoreSeconds * 1_000;
    const servedNow = Math.min(perishable, capacity);
    const forQueue = capacity - servedNow;
    area += queueArea(queued, arriving, forQueue, intervalMs);
    const servedQueue = Math.min(queued + arriving, forQueue);
    queued += arriving - servedQueue;
    demand += perishable + arriving;
    served += servedNow + servedQueue;
    lost += perishable - servedNow;
    queueable += arriving;
    capacityTotal += capacity;
  });
  return {
    workload: series.workload,
    demandCoreMs: BigInt(demand),
    servedCoreMs: BigInt(served),
    lostCoreMs: BigInt(lost),
    queueableCoreMs: BigInt(queueable),
    queuedCoreMs: BigInt(queued),
    waitCoreMs2: area,
    capacityCoreMs: BigInt(capacityTotal),
  };
}

/**
 * Area under the queue in one interval, rounded down. The queue starts at `queued`, grows evenly by `arriving` and
 * shrinks evenly by `serving`; it is linear,
 * and stays at zero once it gets there.
 */
function queueArea(queued: number, arriving: number, serving: number, intervalMs: number): bigint {
  const end = queued + arriving - serving;
  if (end >= 0) return (BigInt(queued + end) * BigInt(intervalMs)) / 2n;
  // It empties after queued / (serving − arriving) of the interval: a triangle.
  return (BigInt(queued) * BigInt(queued) * BigInt(intervalMs)) / (2n * BigInt(serving - arriving));
}

/** Capacity of each interval in core-ms: the step function integrated exactly. */
export function capacityPerInterval(trajectory: Trajectory, intervalMs: number, intervals: number): readonly number[] {
  const capacities = new Array<number>(intervals).fill(0);
  const endMs = intervals * intervalMs;
  trajectory.steps.forEach((step, index) => {
    checkCores(trajectory.workload, step.cores);
    const next = trajectory.steps[index + 1];
    if (!Number.isSafeInteger(step.atMs))
      throw new RangeError(
        `step ${String(index)} of ${trajectory.workload} is at ${String(step.atMs)} ms; accepted is a whole number`,
      );
    if (next !== undefined && next.atMs < step.atMs) {
      throw new RangeError(
        `step ${String(index + 1)} of ${trajectory.workload} is at ${String(next.atMs)} ms, before the step at ${String(step.atMs)} ms`,
      );
    }
    const fromMs = Math.max(step.atMs, 0);
    const toMs = Math.min(next?.atMs ?? endMs, endMs);
    for (let interval = Math.floor(fromMs / intervalMs); interval * intervalMs < toMs; interval++) {
      const overlapMs = Math.min(toMs, (interval + 1) * intervalMs) - Math.max(fromMs, interval * intervalMs);
      capacities[interval] = (capacities[interval] ?? 0) + step.cores * overlapMs;
    }
  });
  return capacities;
}

function checkCores(workload: string, cores: number): void {
  if (!Number.isSafeInteger(cores) || cores < 0)
    throw new RangeError(`${workload} is served by ${String(cores)} cores; accepted is a whole number of 0 or more`);
}

/** Work demanded in all, in core-seconds. */
export function demandCoreSeconds(series: readonly DemandSeries[]): number {
  let sum = 0;
  for (const one of series) for (const point of one.points) sum += totalCoreSeconds(point);
  return sum;
}
