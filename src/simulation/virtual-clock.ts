import type { CancelTimer, Clock } from '../ports/index.js';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  fire: (() => void) | null;
}

/**
 * Time that passes only when told to. Timers fire in order of time, then of setting. Promises run between two timers: the
 * world's code may await, and still one seed gives one run.
 */
export class VirtualClock implements Clock {
  readonly #heap: Timer[] = [];
  #nowMs: number;
  #order = 0;
  #fired = 0;

  /** @param startMs first time of the world; a round wall time reads well in logs */
  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Timers fired so far: the events of the run. */
  get firedCount(): number {
    return this.#fired;
  }

  /** Timers waiting; cancelled ones may still count. */
  get pendingCount(): number {
    return this.#heap.length;
  }

  setTimer(delayMs: number, fire: () => void): CancelTimer {
    const timer: Timer = { atMs: this.#nowMs + Math.max(0, Math.ceil(delayMs)), order: this.#order++, fire };
    this.#push(timer);
    return () => {
      timer.fire = null;
    };
  }

  /** Runs every timer up to `untilMs` and leaves the time there. `onStep` is called after each timer and its promises. */
  async runUntil(untilMs: number, onStep?: () => void): Promise<void> {
    await settle();
    for (let timer = this.#takeDue(untilMs); timer !== null; timer = this.#takeDue(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.atMs);
      const fire = timer.fire;
      timer.fire = null;
      this.#fired += 1;
      fire?.();
      await settle();
      onStep?.();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** Lets `byMs` pass. */
  advance(byMs: number, onStep?: () => void): Promise<void> {
    return this.runUntil(this.#nowMs + byMs, onStep);
  }

  /** Time of the next timer, Infinity when none waits. */
  nextMs(): number {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.fire !== null) return top.atMs;
      this.#pop();
    }
    return Infinity;
  }

  #takeDue(untilMs: number): Timer | null {
    return this.nextMs() <= untilMs ? (this.#pop() ?? null) : null;
  }

  #before(a: Timer, b: Timer): boolean {
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || !this.#before(timer, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = timer;
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      const leftAt = 2 * at + 1;
      const left = heap[leftAt];
      if (left === undefined) break;
      const right = heap[leftAt + 1];
      const childAt = right !== undefined && this.#before(right, left) ? leftAt + 1 : leftAt;
      const child = heap[childAt];
      if (child === undefined || !this.#before(child, last)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
    return top;
  }
}

/** Runs every promise reaction that is ready: a macrotask turn comes after all microtasks. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
