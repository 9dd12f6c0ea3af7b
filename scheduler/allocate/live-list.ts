/**
 * The numbers 0 .. length − 1, from which members are struck off one by one. `from` finds the next one left in nearly
 * constant time: struck ones point past themselves, and every walk halves the path for the next.
 */
export class LiveList {
  readonly #next: Int32Array;

  constructor(length: number) {
    this.#next = new Int32Array(length + 1);
    for (let at = 0; at <= length; at += 1) this.#next[at] = at;
  }

  /** The first member at or after `start` that is left, or `length` when there is none. */
  from(start: number): number {
    const next = this.#next;
    let at = Math.min(start, next.length - 1);
    for (let to = next[at] ?? at; to !== at; to = next[at] ?? at) {
      const beyond = next[to] ?? to;
      next[at] = beyond;
      at = beyond;
    }
    return at;
  }

  /** Strikes off `at`; it must be below `length`. */
  strike(at: number): void {
    this.#next[at] = at + 1;
  }
}
