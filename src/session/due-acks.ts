import type { CancelTimer, Clock } from '../ports/index.js';

/** How often what is due is looked for: acknowledgements of a large fleet must not go out in one burst. */
const LOOK_EVERY_MS = 50;

/** Peers that are owed an acknowledgement, each `delayMs` after it was first noted unless a message takes it along before. */
export class DueAcks<P> {
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #say: (peer: P) => void;
  /** When each is due. All wait for the same time, so the first in is the first due. */
  readonly #dueMs = new Map<P, number>();
  #cancel: CancelTimer | null = null;

  /** @param say sends an acknowledgement by itself */
  constructor(clock: Clock, delayMs: number, say: (peer: P) => void) {
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#say = say;
  }

  add(peer: P): void {
    if (this.#dueMs.has(peer)) return;
    this.#dueMs.set(peer, this.#clock.nowMs() + this.#delayMs);
    this.#arm();
  }

  /** It has been said. */
  delete(peer: P): void {
    this.#dueMs.delete(peer);
  }

  clear(): void {
    this.#dueMs.clear();
    this.#cancel?.();
    this.#cancel = null;
  }

  #arm(): void {
    this.#cancel ??= this.#clock.setTimer(Math.min(this.#delayMs, LOOK_EVERY_MS), () => {
      this.#cancel = null;
      const nowMs = this.#clock.nowMs();
      for (const [peer, dueMs] of this.#dueMs) {
        if (dueMs > nowMs) break;
        this.#dueMs.delete(peer);
        this.#say(peer);
      }
      if (this.#dueMs.size > 0) this.#arm();
    });
  }
}
