/**
 * Demand as every caller sees it: how much CPU work a workload wants in each interval, in whole core-seconds.
 *
 * Two kinds of work, judged differently:
 * - **perishable** (VMs, latency-sensitive pods): work not served within its interval is lost;
 * - **queueable** (Hadoop jobs, best-effort pods): work waits in arrival order and is judged by its wait.
 */

/**
 * Length of a demand interval in scenario seconds: what PlanetLab measures, and short against a host move of ten
 * minutes.
 */
export const INTERVAL_SECONDS = 300;
/** Demand intervals of one day. */
export const INTERVALS_PER_DAY = 86_400 / INTERVAL_SECONDS;

/** The work that arrives during one interval, in whole core-seconds. */
export interface DemandPoint {
  readonly perishableCoreSeconds: number;
  readonly queueableCoreSeconds: number;
}

/** One workload's demand over the whole run. */
export interface DemandSeries {
  /** The workload's name in the scenario. */
  readonly workload: string;
  /** Length of an interval, always `INTERVAL_SECONDS`, in scenario seconds. */
  readonly intervalSeconds: number;
  readonly points: readonly DemandPoint[];
}

/** Both parts of a point together, in core-seconds. */
export function totalCoreSeconds(point: DemandPoint): number {
  return point.perishableCoreSeconds + point.queueableCoreSeconds;
}

/** Both parts of all points, in core-seconds. */
export function sumCoreSeconds(points: readonly DemandPoint[]): number {
  let sum = 0;
  for (const point of points) sum += totalCoreSeconds(point);
  return sum;
}

/** Demand intervals in a run of `hours` (any part of an interval counts as one). */
export function intervalsOf(hours: number): number {
  return Math.ceil((hours * 3_600) / INTERVAL_SECONDS);
}
