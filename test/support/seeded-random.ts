import type { Random } from '../../src/ports/index.js';
import { SeededRandom } from '../../src/simulation/seeded-random.js';

/** A seeded random source for tests. */
export function sfc32(seed: number): Random {
  return new SeededRandom(seed);
}
