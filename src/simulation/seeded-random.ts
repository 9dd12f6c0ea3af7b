import type { Random } from '../ports/index.js';
import { Prng } from '../scenario/prng.js';

/** The random port of simulated worlds: one seed and label, one stream. */
export class SeededRandom implements Random {
  readonly #prng: Prng;

  /** @param label names the stream; streams with other labels are independent */
  constructor(seed: number, label = '') {
    this.#prng = new Prng(seed, label);
  }

  next(): number {
    return this.#prng.next();
  }

  hex128(): string {
    let hex = '';
    for (let word = 0; word < 4; word++) hex += this.#prng.nextUint32().toString(16).padStart(8, '0');
    return hex;
  }
}
