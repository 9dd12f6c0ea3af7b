/** `closed`: calls pass. `open`: calls are held back. `half_open`: one call may try. */
export type BreakerState = 'closed' | 'open' | 'half_open';

export interface BreakerOptions {
  /** Failures in a row that open the breaker. @default 5 */
  readonly failuresMax?: number;
  /** How long it stays open before one call may try. @default 30000 */
  readonly openMs?: number;
}

/** Keeps a manager that does not answer from being asked over and over. Time is passed in; it owns no timer. */
export class Breaker {
  readonly #failuresMax: number;
  readonly #openMs: number;
  #failures = 0;
  #openedMs: number | null = null;
  #trying = false;

  constructor(options: BreakerOptions = {}) {
    this.#failuresMax = options.failuresMax ?? 5;
    this.#openMs = options.openMs ?? 30_000;
  }

  state(nowMs: number): BreakerState {
    if (this.#openedMs === null) return 'closed';
    return nowMs - this.#openedMs >= this.#openMs ? 'half_open' : 'open';
  }

  /** Whether a call may go out now. In `half_open` only the first asker gets a yes until its outcome is known. */
  allows(nowMs: number): boolean {
    const state = this.state(nowMs);
    if (state !== 'half_open') return state === 'closed';
    if (this.#trying) return false;
    this.#trying = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openedMs = null;
    this.#trying = false;
  }

  failed(nowMs: number): void {
    this.#failures += 1;
    this.#trying = false;
    if (this.#openedMs !== null || this.#failures >= this.#failuresMax) this.#openedMs = nowMs;
  }
}
