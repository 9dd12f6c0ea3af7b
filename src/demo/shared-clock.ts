import type { CancelTimer, Clock } from '../ports/index.js';
import { SystemClock } from '../ports/index.js';

/** Where the demo's time begins, in terms that every process of the machine shares. */
export interface ClockOrigin {
  /** Wall time at the origin, ms. */
  readonly wallMs: number;
  /** The machine's monotonic clock at the origin, ns, as decimal digits (it travels as JSON). */
  readonly monotonicNs: string;
}

export function newClockOrigin(): ClockOrigin {
  return { wallMs: Date.now(), monotonicNs: String(process.hrtime.bigint()) };
}

/**
 * One clock for all processes of a demo: monotonic, and the same to the millisecond in each of them, whatever happens to
 * wall time meanwhile.
 */
export class SharedClock implements Clock {
  readonly #origin: ClockOrigin;
  readonly #timers = new SystemClock();

  constructor(origin: ClockOrigin) {
    this.#origin = origin;
  }

  nowMs(): number {
    const elapsedNs = process.hrtime.bigint() - BigInt(this.#origin.monotonicNs);
    return this.#origin.wallMs + Number(elapsedNs / 1_000_000n);
  }

  setTimer(delayMs: number, fire: () => void): CancelTimer {
    return this.#timers.setTimer(delayMs, fire);
  }
}

/**
 * A clock that stands still until `begin`: scenario time starts when the fleet is adopted, not when processes start. Timers
 * run in real time throughout.
 */
export class HeldClock implements Clock {
  readonly #clock: Clock;
  readonly #startMs: number;
  #beganMs: number | null = null;

  /** @param startMs what it shows until it begins */
  constructor(clock: Clock, startMs: number) {
    this.#clock = clock;
    this.#startMs = startMs;
  }

  /** It goes on from `startMs` as of `beganMs` of the clock below; a second call changes nothing. */
  begin(beganMs: number): void {
    this.#beganMs ??= beganMs;
  }

  nowMs(): number {
    if (this.#beganMs === null) return this.#startMs;
    return this.#startMs + Math.max(0, this.#clock.nowMs() - this.#beganMs);
  }

  setTimer(delayMs: number, fire: () => void): CancelTimer {
    return this.#clock.setTimer(delayMs, fire);
  }
}
