import type { CancelTimer, Clock } from '../../src/ports/index.js';

/**
 * The clock as one process sees it. `stop()` is SIGSTOP: time goes on, but no timer of the process fires; `continue()` is
 * SIGCONT: everything that fell due meanwhile fires now, in order, before anything new.
 */
export class StoppableClock implements Clock {
  readonly #world: Clock;
  #stopped = false;
  #held: (() => void)[] = [];

  constructor(world: Clock) {
    this.#world = world;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  nowMs(): number {
    return this.#world.nowMs();
  }

  setTimer(delayMs: number, fire: () => void): CancelTimer {
    let live = true;
    const run = (): void => {
      if (!live) return;
      if (this.#stopped) this.#held.push(run);
      else {
        live = false;
        fire();
      }
    };
    const cancel = this.#world.setTimer(delayMs, run);
    return () => {
      live = false;
      cancel();
    };
  }

  /** Holds work back while the process is stopped: what arrives from outside waits in its socket. */
  deliver(work: () => void): void {
    if (this.#stopped) this.#held.push(work);
    else work();
  }

  stop(): void {
    this.#stopped = true;
  }

  continue(): void {
    this.#stopped = false;
    for (const work of this.#held.splice(0)) this.#world.setTimer(0, work);
  }
}
