import type { DemandSeries } from './demand/series.js';
import type { Load } from './wanted.js';

/**
 * One workload's load while a run goes on: what is wanted now and what has queued up, given how many cores serve. It
 * keeps the books of `evaluate.ts`
 * as time passes: at the end of each interval its backlog is exactly the queue that `serve` finds for the same
 * trajectory. The fake managers state
 * their demand from it, so a framework knows the present and the past, never the future.
 */
export class LoadMeter {
  readonly #series: DemandSeries;
  readonly #intervalMs: number;
  #nowMs = 0;
  #cores = 0;
  /** Queue at the start of the current interval, and capacity spent in it so far; core-ms. */
  #queuedAtStart = 0;
  #capacityInInterval = 0;

  constructor(series: DemandSeries) {
    this.#series = series;
    this.#intervalMs = series.intervalSeconds * 1_000;
  }

  /** Scenario time of the last change. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** From now on `cores` serve. Call `advance` first when time has passed. */
  setCores(cores: number): void {
    if (!Number.isSafeInteger(cores) || cores < 0) {
      throw new RangeError(
        `${this.#series.workload} is served by ${cores} cores; accepted is a whole number of 0 or more`,
      );
    }
    this.#cores = cores;
  }

  /**
   * Lets time pass up to `toMs` (whole scenario milliseconds from the start); the past is ignored, because reports may
   * overtake each other.
   */
  advance(toMs: number): void {
    if (!Number.isSafeInteger(toMs)) throw new RangeError(`toMs is ${toMs}; accepted is a whole number`);
    while (this.#nowMs < toMs) {
      const intervalEndMs = (Math.floor(this.#nowMs / this.#intervalMs) + 1) * this.#intervalMs;
      const untilMs = Math.min(toMs, intervalEndMs);
      this.#capacityInInterval += this.#cores * (untilMs - this.#nowMs);
      this.#nowMs = untilMs;
      if (untilMs === intervalEndMs) {
        this.#queuedAtStart = this.#backlogCoreMs(untilMs - 1, this.#intervalMs);
        this.#capacityInInterval = 0;
      }
    }
  }

  /** The load now. After the last interval nothing more is wanted, but what is queued still is. */
  load(): Load {
    const point = this.#series.points[Math.floor(this.#nowMs / this.#intervalMs)];
    return {
      perishableCores: (point?.perishableCoreSeconds ?? 0) / this.#series.intervalSeconds,
      queueableCores: (point?.queueableCoreSeconds ?? 0) / this.#series.intervalSeconds,
      backlogCoreSeconds: Math.floor(this.#backlogCoreMs(this.#nowMs, this.#nowMs % this.#intervalMs) / 1_000),
    };
  }

  /** How busy the serving hosts are, 0 to 1: what a host carries when it has to be drained. */
  utilization(): number {
    const load = this.load();
    if (this.#cores === 0) return 0;
    const wanted = load.perishableCores + load.queueableCores + load.backlogCoreSeconds / this.#series.intervalSeconds;
    return Math.min(1, wanted / this.#cores);
  }

  /** The queue in core-ms, `elapsedMs` into the interval that holds `atMs`. */
  #backlogCoreMs(atMs: number, elapsedMs: number): number {
    const point = this.#series.points[Math.floor(atMs / this.#intervalMs)];
    const perishable = Math.floor(((point?.perishableCoreSeconds ?? 0) * 1_000 * elapsedMs) / this.#intervalMs);
    const arrived = Math.floor(((point?.queueableCoreSeconds ?? 0) * 1_000 * elapsedMs) / this.#intervalMs);
    const forQueue = Math.max(this.#capacityInInterval - perishable, 0);
    return Math.max(this.#queuedAtStart + arrived - forQueue, 0);
  }
}
