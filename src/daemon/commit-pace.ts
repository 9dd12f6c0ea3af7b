/** Commits start at least this far apart once the burst is used up; what waits for one waits 2 ms longer in the mean. */
const SPACING_MS = 4;
/** Commits that may follow each other at once. */
const BURST = 8;

/**
 * When the next commit may start. A commit costs a third of a millisecond of CPU however little is in it: the hand-over to
 * the disk's thread, the sync, the way back. A busy fleet would make 600 in a second, and a fifth of a core would go there;
 * so they are gathered into fewer, larger ones. A quiet master does not wait: it has a leaky bucket that `BURST` commits
 * fill, and that one leaves every `SPACING_MS`.
 */
export class CommitPace {
  /** When the bucket will be empty, if nothing is added. */
  #emptyMs = 0;

  /** How long the next commit has to wait; 0: it may start now. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#emptyMs - (BURST - 1) * SPACING_MS - nowMs);
  }

  started(nowMs: number): void {
    this.#emptyMs = Math.max(this.#emptyMs, nowMs) + SPACING_MS;
  }
}
