import type { World } from '../../src/simulation/world.js';

/** More than this many sentences about one seed help nobody. */
const PROBLEMS_MAX = 20;

/** What must never be and was, in sentences with their time. */
export class Problems {
  readonly list: string[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  readonly report = (problem: string): void => {
    const at = new Date(this.#world.clock.nowMs() - this.#world.startMs).toISOString().slice(11, 23);
    if (this.list.length < PROBLEMS_MAX) this.list.push(`${at} ${problem}`);
  };
}
