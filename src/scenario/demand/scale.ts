import { INTERVAL_SECONDS, INTERVALS_PER_DAY, intervalsOf, type DemandPoint, type DemandSeries } from './series.js';

/**
 * What a trace model produces before scaling: relative work per interval, in any integer unit that is the same for both
 * parts.
 */
export interface RawDay {
  readonly perishable: readonly number[];
  readonly queueable: readonly number[];
}

/** How a raw series becomes a workload's demand. */
export interface ScaleRequest {
  readonly workload: string;
  /** Mean of the first 24 hours, in cores: the share of the fleet that the workload wants on average. */
  readonly meanCores: number;
  /** Length of the run; a run longer than the raw series starts again at its beginning. */
  readonly hours: number;
  /** Where in the raw series the run starts, in hours. @default 0 */
  readonly startHour?: number;
}

/**
 * Scales a raw series so that the mean of the first 24 hours of the run is `meanCores`, whatever the length of the run:
 * a 6-hour run is the
 * first quarter of the 24-hour run with the same seed. Rounding carries its remainder to the next interval, so the day
 * adds up to within one core-second.
 */
export function scaleToMean(raw: RawDay, request: ScaleRequest): DemandSeries {
  const length = raw.perishable.length;
  if (length === 0 || raw.queueable.length !== length) {
    throw new RangeError(
      `the raw demand of ${request.workload} has ${length} perishable and ${raw.queueable.length} queueable intervals; ` +
        'accepted are equal, non-zero counts',
    );
  }
  const start = Math.round(((request.startHour ?? 0) * 3_600) / INTERVAL_SECONDS);
  const at = (list: readonly number[], index: number): bigint => BigInt(list[(start + index) % length] ?? 0);

  let rawDay = 0n;
  for (let index = 0; index < INTERVALS_PER_DAY; index++)
    rawDay += at(raw.perishable, index) + at(raw.queueable, index);
  if (rawDay <= 0n)
    throw new RangeError(
      `the raw demand of ${request.workload} is zero in its first 24 hours, so it has no mean to scale`,
    );
  const targetDay = BigInt(Math.round(request.meanCores * 86_400));

  const points: DemandPoint[] = [];
  // Running totals keep the rounding exact: what an interval loses by rounding down, the next one gets.
  let perishableRaw = 0n;
  let queueableRaw = 0n;
  let perishableDone = 0n;
  let queueableDone = 0n;
  for (let index = 0; index < intervalsOf(request.hours); index++) {
    perishableRaw += at(raw.perishable, index);
    queueableRaw += at(raw.queueable, index);
    const perishable = (perishableRaw * targetDay) / rawDay - perishableDone;
    const queueable = (queueableRaw * targetDay) / rawDay - queueableDone;
    perishableDone += perishable;
    queueableDone += queueable;
    points.push({ perishableCoreSeconds: Number(perishable), queueableCoreSeconds: Number(queueable) });
  }
  return { workload: request.workload, intervalSeconds: INTERVAL_SECONDS, points };
}
