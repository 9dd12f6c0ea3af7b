import type { CancelTimer, Clock } from '../../src/ports/index.js';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  fire: (() => void) | null;
}

/** More timers than this in one `advance` means that something re-arms itself without end. */
const TIMERS_PER_ADVANCE_MAX = 10_000_000;

/** Lets every pending microtask run: promises that are already settled reach their handlers. */
export function drainMicrotasks(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Time that moves only when told. Timers fire in order of their due time, then of their creation; between two of them all
 * microtasks run, so a run is the same however busy the machine is.
 */
export class VirtualClock implements Clock {
  /** Binary heap by (dueMs, order); cancelled timers stay in it with `fire` null until they come up. */
  readonly #heap: Timer[] = [];
  #nowMs: number;
  #order = 0;
  #pending = 0;

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, fire: () => void): CancelTimer {
    const wholeMs = Math.ceil(delayMs);
    if (!Number.isFinite(wholeMs)) throw new Error(`delayMs is ${delayMs}; it must be a number of at least 0`);
    const timer: Timer = { dueMs: this.#nowMs + Math.max(0, wholeMs), order: this.#order++, fire };
    this.#push(timer);
    this.#pending += 1;
    return () => {
      if (timer.fire === null) return;
      timer.fire = null;
      this.#pending -= 1;
    };
  }

  /** Timers that will still fire. */
  get pending(): number {
    return this.#pending;
  }

  /** When the next timer fires, null when there is none. */
  nextDueMs(): number | null {
    this.#dropCancelled();
    return this.#heap[0]?.dueMs ?? null;
  }

  /** Moves time on by `ms`, running what falls due on the way. */
  async advance(ms: number): Promise<void> {
    await this.advanceTo(this.#nowMs + ms);
  }

  async advanceTo(untilMs: number): Promise<void> {
    await drainMicrotasks();
    for (let fired = 0; await this.#step(untilMs); fired += 1)
      if (fired > TIMERS_PER_ADVANCE_MAX)
        throw new Error(`more than ${TIMERS_PER_ADVANCE_MAX} timers before ${untilMs}`);
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** Advances until `done` holds, checked after every timer; throws after `limitMs`. */
  async advanceUntil(done: () => boolean, limitMs: number): Promise<void> {
    const untilMs = this.#nowMs + limitMs;
    await drainMicrotasks();
    while (!done()) {
      if (await this.#step(untilMs)) continue;
      throw new Error(`not done after ${limitMs} ms of virtual time`);
    }
  }

  /** Fires the next timer that is due by `untilMs`; false when there is none. */
  async #step(untilMs: number): Promise<boolean> {
    this.#dropCancelled();
    const next = this.#heap[0];
    if (next === undefined || next.dueMs > untilMs) return false;
    this.#pop();
    this.#nowMs = Math.max(this.#nowMs, next.dueMs);
    const fire = next.fire;
    next.fire = null;
    this.#pending -= 1;
    fire?.();
    await drainMicrotasks();
    return true;
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.fire === null) this.#pop();
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(timer, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
