import { randomBytes, randomInt } from 'node:crypto';
import type { CancelTimer, Clock } from './clock.js';
import type { Random } from './random.js';

/** Timers of Node cannot wait longer than this; longer ones are re-armed. */
const TIMER_MAX_MS = 2_147_000_000;

/** Monotonic from wall time at start: setting the wall clock back or forth does not move it. */
export class SystemClock implements Clock {
  readonly #baseMs = Date.now() - performance.now();

  nowMs(): number {
    return Math.floor(this.#baseMs + performance.now());
  }

  setTimer(delayMs: number, fire: () => void): CancelTimer {
    let remainingMs = Math.max(0, delayMs);
    let handle: NodeJS.Timeout;
    const arm = (): void => {
      const partMs = Math.min(remainingMs, TIMER_MAX_MS);
      remainingMs -= partMs;
      handle = setTimeout(() => {
        if (remainingMs > 0) arm();
        else fire();
      }, partMs);
    };
    arm();
    return () => {
      clearTimeout(handle);
    };
  }
}

/** What the wall clock shows now; unlike the one clock it may be set at any time. */
export function systemWallMs(): number {
  return Date.now();
}

export class SystemRandom implements Random {
  next(): number {
    return randomInt(2 ** 47) / 2 ** 47;
  }

  hex128(): string {
    return randomBytes(16).toString('hex');
  }
}
