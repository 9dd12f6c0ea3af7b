/**
 * Deadlines of the core: at most one pending time per key (`offer/o-1-7`, `transition/t-1-2`). A binary heap with lazy
 * deletion: re-setting a key leaves the old entry in the heap, which is skipped when it surfaces.
 */
export class TimerQueue {
  readonly #heap: { readonly atMs: number; readonly key: string; readonly order: number }[] = [];
  readonly #current = new Map<string, number>();
  #order = 0;

  /** Sets (or moves) the deadline of `key`. */
  set(key: string, atMs: number): void {
    if (this.#current.get(key) === atMs) return;
    this.#current.set(key, atMs);
    this.#push({ atMs, key, order: this.#order++ });
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
      this.#pop();
    }
  }

  /** Takes the next key due at or before `nowMs`, or null. Ties leave in the order they were set. */
  takeDue(nowMs: number): string | null {
    if (this.nextMs() > nowMs) return null;
    const top = this.#pop();
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
      this.#push(entry);
    }
  }

  #before(a: number, b: number): boolean {
    const x = this.#heap[a];
    const y = this.#heap[b];
    if (x === undefined || y === undefined) return false;
    return x.atMs < y.atMs || (x.atMs === y.atMs && x.order < y.order);
  }

  #swap(a: number, b: number): void {
    const x = this.#heap[a];
    const y = this.#heap[b];
    if (x === undefined || y === undefined) return;
    this.#heap[a] = y;
    this.#heap[b] = x;
  }

  #push(entry: { readonly atMs: number; readonly key: string; readonly order: number }): void {
    this.#heap.push(entry);
    let at = this.#heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #pop(): { readonly atMs: number; readonly key: string } | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (top === undefined || last === undefined || this.#heap.length === 0) return top;
    this.#heap[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (this.#before(left, least)) least = left;
      if (this.#before(right, least)) least = right;
      if (least === at) return top;
      this.#swap(at, least);
      at = least;
    }
  }
}
