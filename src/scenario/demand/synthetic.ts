import { assertNever } from '../assert-never.js';
import type { Prng } from '../prng.js';
import { INTERVAL_SECONDS, INTERVALS_PER_DAY, type DemandPoint } from './series.js';
import type { RawDay } from './scale.js';

/**
 * Which shape a synthetic demand has. Every shape is relative: the series is scaled to the workload's share afterwards.
 */
export type SyntheticShape =
  /** The same in every interval. */
  | { readonly shape: 'constant' }
  /** Day and night: `1 + amplitude × cos(2π (hour − peakHour) / 24)`. `amplitude` 0 to 1. */
  | { readonly shape: 'sine'; readonly amplitude: number; readonly peakHour: number }
  /** Levels in turn, each `stepHours` long, again from the first after the last. */
  | { readonly shape: 'steps'; readonly levels: readonly number[]; readonly stepHours: number }
  /**
   * Level 1, and `burstsPerDay` bursts a day on average of `burstMinutes` each at `height` times that, at seeded times.
   */
  | { readonly shape: 'bursts'; readonly burstsPerDay: number; readonly burstMinutes: number; readonly height: number };

/** Which part of the demand a synthetic shape fills. */
export type DemandKind = 'perishable' | 'queueable';

/** Relative levels are integers of this resolution, so that scaling stays exact. */
const LEVEL_UNIT = 1_000_000;

/**
 * A synthetic series of `days` whole days.
 *
 * @param prng used by `bursts` only.
 */
export function syntheticDemand(shape: SyntheticShape, kind: DemandKind, days: number, prng: Prng): RawDay {
  const levels = Array.from({ length: days * INTERVALS_PER_DAY }, (_, index) => levelAt(shape, index));
  if (shape.shape === 'bursts') addBursts(levels, shape, days, prng);
  const zeros = levels.map(() => 0);
  return kind === 'perishable' ? { perishable: levels, queueable: zeros } : { perishable: zeros, queueable: levels };
}

function levelAt(shape: SyntheticShape, index: number): number {
  const hour = (index * INTERVAL_SECONDS) / 3_600;
  switch (shape.shape) {
    case 'constant':
    case 'bursts':
      return LEVEL_UNIT;
    case 'sine':
      return Math.round(LEVEL_UNIT * (1 + shape.amplitude * Math.cos((2 * Math.PI * (hour - shape.peakHour)) / 24)));
    case 'steps':
      return Math.round(LEVEL_UNIT * (shape.levels[Math.floor(hour / shape.stepHours) % shape.levels.length] ?? 0));
    default:
      return assertNever(shape);
  }
}

function addBursts(
  levels: number[],
  shape: Extract<SyntheticShape, { shape: 'bursts' }>,
  days: number,
  prng: Prng,
): void {
  const length = Math.max(1, Math.round((shape.burstMinutes * 60) / INTERVAL_SECONDS));
  const bursts = Math.round(shape.burstsPerDay * days);
  for (let burst = 0; burst < bursts; burst++) {
    const start = prng.int(0, levels.length - 1);
    for (let index = start; index < Math.min(start + length, levels.length); index++)
      levels[index] = Math.round(LEVEL_UNIT * shape.height);
  }
}

/** The mean of a series in cores: for reports and tests. */
export function meanCores(points: readonly DemandPoint[]): number {
  if (points.length === 0) return 0;
  let sum = 0;
  for (const point of points) sum += point.perishableCoreSeconds + point.queueableCoreSeconds;
  return sum / (points.length * INTERVAL_SECONDS);
}
