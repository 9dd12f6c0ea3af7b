import { VirtualClock as SimulatedClock } from '../../src/simulation/virtual-clock.js';

/** The simulator's clock, with what tests ask of it besides. */
export class VirtualClock extends SimulatedClock {
  /** Advances until `done` holds, checked after every timer; throws after `limitMs`. */
  async advanceUntil(done: () => boolean, limitMs: number): Promise<void> {
    const untilMs = this.nowMs() + limitMs;
    await this.advance(0);
    while (!done()) {
      const nextMs = this.nextMs();
      if (nextMs > untilMs) throw new Error(`not done after ${limitMs} ms of virtual time`);
      await this.runUntil(nextMs);
    }
  }

  /** Advances until the promise settles, and settles like it. */
  async advanceThrough<T>(promise: Promise<T>, limitMs: number): Promise<T> {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    promise.then(settle, settle);
    await this.advanceUntil(() => settled, limitMs);
    return promise;
  }
}
