/**
 * A small seeded generator (sfc32, Chris Doty-Humphrey's PractRand; 128 bits of state). Same seed and label, same
 * numbers, on every machine:
 * everything random in a scenario is drawn from here, so a run can be repeated byte for byte.
 */
export class Prng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /**
   * @param seed an integer; only its low 53 bits matter.
   * @param label names the stream. Streams with other labels are independent, so a new consumer never shifts the numbers of an old one.
   */
  constructor(seed: number, label = '') {
    if (!Number.isSafeInteger(seed))
      throw new RangeError(`seed is ${String(seed)}; accepted is a whole number of at most 53 bits`);
    this.#a = seed >>> 0;
    this.#b = Math.floor(seed / 2 ** 32) >>> 0;
    this.#c = hashLabel(label);
    this.#d = 1;
    for (let warmUp = 0; warmUp < 16; warmUp++) this.nextUint32();
  }

  /** A whole number in [0, 2^32). */
  nextUint32(): number {
    const result = (this.#a + this.#b + this.#d) >>> 0;
    this.#d = (this.#d + 1) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) >>> 0;
    return result;
  }

  /** A number in [0, 1) with 32 bits. */
  next(): number {
    return this.nextUint32() / 2 ** 32;
  }

  /** A whole number in [min, max], both included. */
  int(min: number, max: number): number {
    if (!Number.isSafeInteger(min)) throw new RangeError(`min is ${String(min)}; accepted is a whole number`);
    if (!Number.isSafeInteger(max)) throw new RangeError(`max is ${String(max)}; accepted is a whole number`);
    if (max < min) throw new RangeError(`max (${String(max)}) is below min (${String(min)})`);
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** One of the items, each as likely. @throws RangeError when there are none */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  /**
   * True with the given probability (0 to 1). Always draws one number, so changing a probability does not shift what
   * follows.
   */
  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** FNV-1a, 32 bits. */
function hashLabel(label: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < label.length; index++) hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
