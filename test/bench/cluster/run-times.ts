import type { Random } from '../../../src/ports/index.js';

/** No task ends before this: a launch must be over before its task is. */
const RUN_MS_MIN = 1_000;
/** Draws of the length-biased choice; longer runs than four times the mean do not come. */
const LONGEST_IN_MEANS = 4;

/** How long tasks run: normally distributed, cut off below a second. N(30 s, 10 s) is that of the Mesos paper. */
export class RunTimes {
  readonly #meanMs: number;
  readonly #deviationMs: number;
  readonly #random: Random;

  constructor(meanMs: number, random: Random) {
    this.#meanMs = meanMs;
    this.#deviationMs = meanMs / 3;
    this.#random = random;
  }

  nextMs(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random.next()));
    const normal = radius * Math.cos(2 * Math.PI * this.#random.next());
    return Math.max(RUN_MS_MIN, this.#meanMs + this.#deviationMs * normal);
  }

  /**
   * What is left of a task that is met at a random moment. First tasks run for this long, so that ends come at the rate of
   * a cluster that has been full for ever: a long task is met more often, and anywhere within it.
   */
  firstMs(): number {
    for (;;) {
      const runMs = this.nextMs();
      if (this.#random.next() * LONGEST_IN_MEANS * this.#meanMs < runMs)
        return Math.max(RUN_MS_MIN, runMs * this.#random.next());
    }
  }
}
