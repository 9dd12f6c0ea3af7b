import type { Clock } from '../ports/index.js';

/** Streams that may wait for the first answer at once: enough for 500 in a second when a slow disk makes each wait for a tenth. */
const OPENINGS_MAX = 64;
/** After nobody answered, further dials are told so without trying. Back-off is the sessions' own; this only saves the work. */
const DOWN_MS = 200;

/** A stream that is to be opened. */
export interface Opening {
  /** Opens it. `answered` or `ended` follows. */
  begin(): void;
  /** Nobody answers: it is not tried. */
  fail(reason: string): void;
}

/**
 * Opens the streams of one connection in turn. Hundreds of sessions may share it and all dial at the moment when a master is
 * gone or back: while it is gone one of them tries and the others learn from it, and else a few at a time are opened, so that
 * a master with ten thousand peers before its door answers each soon instead of all of them late.
 */
export class Openings {
  readonly #clock: Clock;
  readonly #waiting = new Set<Opening>();
  /** Begun and not answered yet. */
  readonly #begun = new Set<Opening>();
  /** Nobody answered the last time, and nobody has been answered since. */
  #isDown = false;
  #downUntilMs = -Infinity;
  #downReason = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nothing more is opened: whoever waits is closed by its owner. */
  close(): void {
    this.#waiting.clear();
  }

  add(opening: Opening): void {
    if (this.#clock.nowMs() < this.#downUntilMs) {
      opening.fail(this.#downReason);
      return;
    }
    this.#waiting.add(opening);
    this.#beginNext();
  }

  /** The master said something on it. */
  answered(opening: Opening): void {
    if (!this.#begun.delete(opening)) return;
    this.#isDown = false;
    this.#beginNext();
  }

  /** It is over, or nobody wants it any more. */
  ended(opening: Opening): void {
    this.#waiting.delete(opening);
    if (this.#begun.delete(opening)) this.#beginNext();
  }

  /** It ended because nobody answers at the address, or no longer. */
  failed(opening: Opening, reason: string): void {
    this.#begun.delete(opening);
    this.#isDown = true;
    this.#downReason = reason;
    this.#downUntilMs = this.#clock.nowMs() + DOWN_MS;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const other of waiting) other.fail(reason);
  }

  #beginNext(): void {
    const most = this.#isDown ? 1 : OPENINGS_MAX;
    for (const next of this.#waiting) {
      if (this.#begun.size >= most) return;
      this.#waiting.delete(next);
      this.#begun.add(next);
      next.begin();
    }
  }
}
