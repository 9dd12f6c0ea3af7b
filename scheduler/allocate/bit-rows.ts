import { countBefore } from '../sorted.js';

/**
 * Rows of bits that are as long as the longest, in one array: a bit is one look into memory, not three. The array has a
 * limit (`WORDS_MAX`). At it, it grows no more, and what lies outside it (the rows taken last, or in every row the highest
 * bits) stands in a sorted list per row, a number a bit: slower to find, and as exact. Those lists are as long as there
 * are bits set, which whoever sets them bounds (`FILTERS_MAX`).
 */

/**
 * Words of the array, 32 MiB: enough for 40,000 hosts with 4,000 slots. Whole rows for 50,000 hosts with 20,000 slots
 * would be 125 MB and, while they grow, thrice that: nearly all zeros, since at most `FILTERS_MAX` of the bits are set.
 */
const WORDS_MAX = 2 ** 23;

const NONE: readonly number[] = [];

export class BitRows {
  readonly #wordsMax: number;
  #words = new Uint32Array(0);
  /** Words of a row. */
  #stride = 1;
  #rows = 0;
  readonly #free: number[] = [];
  /** Bits outside the array, ascending, by row. What is outside once stays so: growing needs ever more words. */
  readonly #outside = new Map<number, number[]>();

  constructor(wordsMax = WORDS_MAX) {
    this.#wordsMax = wordsMax;
  }

  /** Words of the array. */
  get words(): number {
    return this.#words.length;
  }

  /** A row without any bit. */
  take(): number {
    const row = this.#free.pop() ?? this.#rows++;
    if (this.#rows * this.#stride > this.#words.length) this.#resize(this.#stride);
    return row;
  }

  /** The row, with whatever bits it has, may be taken again. */
  give(row: number): void {
    this.#words.fill(0, row * this.#stride, (row + 1) * this.#stride);
    this.#outside.delete(row);
    this.#free.push(row);
  }

  has(row: number, bit: number): boolean {
    const word = bit >>> 5;
    if (word < this.#stride && ((this.#words[row * this.#stride + word] ?? 0) & (1 << (bit & 31))) !== 0) return true;
    return this.#outside.size > 0 && this.#isOutside(row, bit);
  }

  set(row: number, bit: number): void {
    const word = bit >>> 5;
    if (word >= this.#stride) this.#resize(Math.max(word + 1, 2 * this.#stride));
    const at = row * this.#stride + word;
    if (word < this.#stride && at < this.#words.length) this.#words[at] = (this.#words[at] ?? 0) | (1 << (bit & 31));
    else this.#setOutside(row, bit);
  }

  clear(row: number, bit: number): void {
    const word = bit >>> 5;
    const at = row * this.#stride + word;
    if (word < this.#stride && at < this.#words.length) this.#words[at] = (this.#words[at] ?? 0) & ~(1 << (bit & 31));
    else this.#clearOutside(row, bit);
  }

  /** Whether the row has every bit of the mask, which is a row's words. */
  covers(row: number, mask: readonly number[]): boolean {
    const from = row * this.#stride;
    const inside = from < this.#words.length ? this.#stride : 0;
    for (let word = 0; word < mask.length; word += 1) {
      const has = word < inside ? (this.#words[from + word] ?? 0) : this.#wordOutside(row, word);
      if (((mask[word] ?? 0) & ~has) !== 0) return false;
    }
    return true;
  }

  /** Makes room for all rows in that length, and for half as many again, where that is not beyond the limit. */
  #resize(stride: number): void {
    const length = Math.ceil(1.5 * Math.max(16, this.#rows)) * stride;
    if (length > this.#wordsMax) return;
    const words = new Uint32Array(length);
    for (let row = 0; (row + 1) * this.#stride <= this.#words.length && row < this.#rows; row += 1)
      words.set(this.#words.subarray(row * this.#stride, (row + 1) * this.#stride), row * stride);
    this.#words = words;
    this.#stride = stride;
  }

  #isOutside(row: number, bit: number): boolean {
    const bits = this.#outside.get(row) ?? NONE;
    return bits[placeOf(bits, bit)] === bit;
  }

  #setOutside(row: number, bit: number): void {
    let bits = this.#outside.get(row);
    if (bits === undefined) this.#outside.set(row, (bits = []));
    const at = placeOf(bits, bit);
    if (bits[at] !== bit) bits.splice(at, 0, bit);
  }

  #clearOutside(row: number, bit: number): void {
    const bits = this.#outside.get(row);
    if (bits === undefined) return;
    const at = placeOf(bits, bit);
    if (bits[at] !== bit) return;
    bits.splice(at, 1);
    if (bits.length === 0) this.#outside.delete(row);
  }

  /** The bits of that word, from the row's list. */
  #wordOutside(row: number, word: number): number {
    if (this.#outside.size === 0) return 0;
    const bits = this.#outside.get(row) ?? NONE;
    let found = 0;
    for (let at = placeOf(bits, word * 32), bit = bits[at]; bit !== undefined && bit >>> 5 === word; bit = bits[at]) {
      found |= 1 << (bit & 31);
      at += 1;
    }
    return found;
  }
}

/** Index of the first of the ascending numbers that is not less. */
function placeOf(numbers: readonly number[], least: number): number {
  return countBefore(numbers, (one) => one < least);
}
