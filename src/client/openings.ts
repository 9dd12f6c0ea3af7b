import type { CancelTimer, Clock } from '../ports/index.js';

/** Streams that may wait for the first answer at once: enough for 500 in a second when a slow disk makes each wait for a tenth. */
const OPENINGS_MAX = 64;
/** After nobody answered, the next one tries this much later. */
const TRY_EVERY_MS = 200;
/**
 * Who has waited this long while nobody answered is told so, and comes back when its own back-off says; it is among the next
 * to try then. Until then it costs nothing: ten thousand sessions that dial again and again would keep busy the very machine
 * on which, perhaps, the master starts.
 */
const WAIT_MAX_MS = 5_000;

/** A stream that is to be opened. */
export interface Opening {
  /** Opens it. `answered` or `ended` follows. */
  begin(): void;
  /** Nobody answers, and it was not tried. */
  fail(reason: string): void;
}

/**
 * Opens the streams of one connection in turn. Hundreds of sessions may share it and all dial at the moment when a master is
 * gone or back: while it is gone one of them tries and the others wait for what it finds, and else a few at a time are opened,
 * so that a master with ten thousand peers before its door answers each soon instead of all of them late.
 */
export class Openings {
  readonly #clock: Clock;
  /** With the time since when, longest first. */
  readonly #waiting = new Map<Opening, number>();
  /** Begun and not answered yet. */
  readonly #begun = new Set<Opening>();
  /** Nobody answered the last time, and nobody has been answered since. */
  #isDown = false;
  #downReason = '';
  /** While it is down: nobody tries before. */
  #nextTryMs = -Infinity;
  #cancelTry: CancelTimer | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nothing more is opened: whoever waits is closed by its owner. */
  close(): void {
    this.#waiting.clear();
    this.#cancelTry?.();
    this.#cancelTry = null;
  }

  add(opening: Opening): void {
    this.#waiting.set(opening, this.#clock.nowMs());
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
    if (!this.#begun.delete(opening)) return;
    if (this.#isDown) this.#tellLongWaiting();
    this.#beginNext();
  }

  /** It ended because nobody answers at the address, or no longer. */
  failed(opening: Opening, reason: string): void {
    this.#begun.delete(opening);
    this.#isDown = true;
    this.#downReason = reason;
    this.#nextTryMs = this.#clock.nowMs() + TRY_EVERY_MS;
    this.#tellLongWaiting();
    this.#beginNext();
  }

  #tellLongWaiting(): void {
    const nowMs = this.#clock.nowMs();
    for (const [opening, sinceMs] of this.#waiting) {
      if (nowMs - sinceMs < WAIT_MAX_MS) return;
      this.#waiting.delete(opening);
      opening.fail(this.#downReason);
    }
  }

  #beginNext(): void {
    const most = this.#isDown ? 1 : OPENINGS_MAX;
    for (const next of this.#waiting.keys()) {
      if (this.#begun.size >= most) return;
      if (this.#isDown && this.#tryLater()) return;
      this.#waiting.delete(next);
      this.#begun.add(next);
      next.begin();
    }
  }

  /** Whether it is too early to try again; then that is done when it is time. */
  #tryLater(): boolean {
    const waitMs = this.#nextTryMs - this.#clock.nowMs();
    if (waitMs <= 0) return false;
    this.#cancelTry ??= this.#clock.setTimer(waitMs, () => {
      this.#cancelTry = null;
      this.#beginNext();
    });
    return true;
  }
}
