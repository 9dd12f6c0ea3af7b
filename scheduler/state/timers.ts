import { pushItem, takeFirst } from '../heap.js';

interface Deadline {
  readonly atMs: number;
  readonly key: string;
  /** When it was set, among all: who is first at a tie. */
  readonly order: number;
}

/**
 * Deadlines of the core: at most one pending time per key (`offer/o-1-7`, `transition/t-1-2`). A binary heap with lazy
 * deletion: re-setting a key leaves the old entry in the heap, which is skipped when it surfaces.
 */
export class TimerQueue {
  readonly #heap: Deadline[] = [];
  readonly #current = new Map<string, number>();
  #order = 0;

  /** Sets (or moves) the deadline of `key`. */
  set(key: string, atMs: number): void {
    if (this.#current.get(key) === atMs) return;
    this.#current.set(key, atMs);
    pushItem(this.#heap, { atMs, key, order: this.#order++ }, before);
    // Lazy deletion must not let a key that is re-set for ever grow the heap without bound.
    if (this.#heap.length > 64 && this.#heap.length > 4 * this.#current.size) this.#compact();
  }

  /** Sets the deadline unless an earlier one is already pending. */
  setEarliest(key: string, atMs: number): void {
    const pending = this.#current.get(key);
    if (pending === undefined || pending > atMs) this.set(key, atMs);
  }

  clear(key: string): void {
    this.#current.delete(key);
  }

  /** When `key` is due, or null when nothing is pending for it. */
  dueMs(key: string): number | null {
    return this.#current.get(key) ?? null;
  }

  /** Time of the next deadline, Infinity when there is none. */
  nextMs(): number {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined) return Infinity;
      if (this.#current.get(top.key) === top.atMs) return top.atMs;
      takeFirst(this.#heap, before);
    }
  }

  /** Takes the next key due at or before `nowMs`, or null. Ties leave in the order they were set. */
  takeDue(nowMs: number): string | null {
    if (this.nextMs() > nowMs) return null;
    const top = takeFirst(this.#heap, before);
    if (top === undefined) return null;
    this.#current.delete(top.key);
    return top.key;
  }

  #compact(): void {
    const live = this.#heap.filter((entry) => this.#current.get(entry.key) === entry.atMs);
    this.#heap.length = 0;
    const seen = new Set<string>();
    for (const entry of live.sort((a, b) => a.order - b.order)) {
      if (seen.has(entry.key)) continue;
      seen.add(entry.key);
      pushItem(this.#heap, entry, before);
    }
  }
}

function before(a: Deadline, b: Deadline): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
