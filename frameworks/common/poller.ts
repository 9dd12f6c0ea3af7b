import type { CancelTimer, Clock, Random } from '../contract/ports.js';
import { backoffMs } from './backoff.js';
import { spanText } from './span.js';

/** A poll that never answers is given up, but still held by its caller; with this many, one more is made only so often. */
const HUNG_POLLS_MAX = 4;
/** Not never: a client without a time limit of its own may keep them all for ever, although its manager is back. */
const HUNG_RETRY_MS = 300_000;
/** Periods are drawn from ±10 %, so that pollers that start together drift apart. */
const PERIOD_JITTER = 0.1;
const RETRY_FIRST_MS = 1_000;

export interface PollerOptions<T> {
  readonly clock: Clock;
  readonly random: Random;
  /** Between the end of one poll and the start of the next. After failures: 1 s doubling, up to this. */
  readonly periodMs: number;
  /** A poll that takes longer counts as failed; a late answer is dropped. */
  readonly timeoutMs: number;
  readonly poll: () => Promise<T>;
  readonly onValue: (value: T) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Asks again and again, one question at a time. Modes: `stopped` → `waiting` (a timer runs) → `polling` → `waiting` ….
 * Neither a rejected nor a hanging poll ends it.
 */
export class Poller<T> {
  readonly #options: PollerOptions<T>;
  #mode: 'stopped' | 'waiting' | 'polling' = 'stopped';
  #cancelTimer: CancelTimer | null = null;
  /** Raised with each poll and stop: an answer to an older number is late. */
  #turn = 0;
  #failures = 0;
  #hung = 0;
  #askedMs = 0;
  #again = false;

  constructor(options: PollerOptions<T>) {
    this.#options = options;
  }

  start(): void {
    if (this.#mode === 'stopped') this.#schedule(0);
  }

  /** Polls at once, or once more when a poll is out. Does nothing when stopped. */
  pollNow(): void {
    if (this.#mode === 'polling') this.#again = true;
    else if (this.#mode === 'waiting') this.#schedule(0);
  }

  stop(): void {
    this.#mode = 'stopped';
    this.#turn += 1;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer?.();
    this.#mode = 'waiting';
    this.#cancelTimer = this.#options.clock.setTimer(delayMs, () => this.#poll());
  }

  #poll(): void {
    const { clock, timeoutMs } = this.#options;
    const nowMs = clock.nowMs();
    if (this.#hung >= HUNG_POLLS_MAX && nowMs - this.#askedMs < HUNG_RETRY_MS) {
      this.#schedule(this.#options.periodMs);
      return;
    }
    this.#askedMs = nowMs;
    this.#mode = 'polling';
    this.#again = false;
    this.#turn += 1;
    const turn = this.#turn;
    let timedOut = false;
    this.#cancelTimer = clock.setTimer(timeoutMs, () => {
      timedOut = true;
      this.#hung += 1;
      this.#failed(new Error(`no answer within ${spanText(timeoutMs)}`));
    });
    const settle = (use: () => void): void => {
      if (timedOut) this.#hung = Math.max(0, this.#hung - 1);
      else if (turn === this.#turn) use();
    };
    Promise.resolve()
      .then(() => this.#options.poll())
      .then(
        (value) => settle(() => this.#succeeded(value)),
        (error: unknown) => settle(() => this.#failed(error)),
      );
  }

  #succeeded(value: T): void {
    this.#failures = 0;
    this.#hung = 0; // The manager answers: what still hangs will never say anything.
    const spread = 1 - PERIOD_JITTER + 2 * PERIOD_JITTER * this.#options.random.next();
    this.#schedule(this.#again ? 0 : Math.round(this.#options.periodMs * spread));
    try {
      this.#options.onValue(value);
    } catch (error) {
      // An answer that cannot be used is no answer; it must not end the process either.
      this.#options.onError(error);
    }
  }

  #failed(error: unknown): void {
    this.#failures += 1;
    const { periodMs, random } = this.#options;
    this.#schedule(backoffMs(this.#failures, random.next(), { firstMs: RETRY_FIRST_MS, maxMs: periodMs }));
    this.#options.onError(error);
  }
}
