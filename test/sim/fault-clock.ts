import type { Prng } from '../../src/scenario/index.js';
import type { World } from '../../src/simulation/world.js';

const HOUR_MS = 3_600_000;

/** When faults happen and end: at random, until the world is healed. */
export class FaultClock {
  readonly counts = new Map<string, number>();
  readonly prng: Prng;
  readonly world: World;
  #healed = false;

  constructor(world: World, prng: Prng) {
    this.world = world;
    this.prng = prng;
  }

  /** From now on nothing happens any more that was not mended. */
  heal(): void {
    this.#healed = true;
  }

  /** At random times, `perHour` on average; each next time is drawn when the last has come. */
  repeat(perHour: number, happen: () => void): void {
    if (perHour === 0) return;
    const again = (): void => {
      const waitMs = Math.ceil(-Math.log(1 - this.prng.next()) * (HOUR_MS / perHour));
      this.world.clock.setTimer(waitMs, () => {
        if (this.#healed) return;
        happen();
        again();
      });
    };
    again();
  }

  /** Once, between `fromMs` and `withinMs` from now. */
  later(withinMs: number, happen: () => void, fromMs = 1_000): void {
    this.world.clock.setTimer(this.prng.int(Math.min(fromMs, withinMs), withinMs), () => {
      if (!this.#healed) happen();
    });
  }

  chanceMilli(milli: number): boolean {
    return this.prng.chance(milli / 1000);
  }

  count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}
