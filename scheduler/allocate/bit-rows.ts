/** Rows of bits that are as long as the longest, in one array: a bit is one look into memory, not three. */
export class BitRows {
  #words = new Uint32Array(0);
  /** Words of a row. */
  #stride = 1;
  #rows = 0;
  readonly #free: number[] = [];

  /** A row without any bit. */
  take(): number {
    const row = this.#free.pop() ?? this.#rows++;
    if (this.#rows * this.#stride > this.#words.length) this.#resize(this.#stride);
    return row;
  }

  /** The row, with whatever bits it has, may be taken again. */
  give(row: number): void {
    this.#words.fill(0, row * this.#stride, (row + 1) * this.#stride);
    this.#free.push(row);
  }

  has(row: number, bit: number): boolean {
    const word = bit >>> 5;
    return word < this.#stride && ((this.#words[row * this.#stride + word] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  set(row: number, bit: number): void {
    const word = bit >>> 5;
    if (word >= this.#stride) this.#resize(Math.max(word + 1, 2 * this.#stride));
    const at = row * this.#stride + word;
    this.#words[at] = (this.#words[at] ?? 0) | (1 << (bit & 31));
  }

  clear(row: number, bit: number): void {
    const word = bit >>> 5;
    if (word >= this.#stride) return;
    const at = row * this.#stride + word;
    this.#words[at] = (this.#words[at] ?? 0) & ~(1 << (bit & 31));
  }

  /** Whether the row has every bit of the mask, which is a row's words. */
  covers(row: number, mask: readonly number[]): boolean {
    const from = row * this.#stride;
    for (let word = 0; word < mask.length; word += 1) {
      const has = word < this.#stride ? (this.#words[from + word] ?? 0) : 0;
      if (((mask[word] ?? 0) & ~has) !== 0) return false;
    }
    return true;
  }

  /** Makes room for all rows in that length, and for half as many again. */
  #resize(stride: number): void {
    const words = new Uint32Array(Math.ceil(1.5 * Math.max(16, this.#rows)) * stride);
    for (let row = 0; (row + 1) * this.#stride <= this.#words.length && row < this.#rows; row += 1)
      words.set(this.#words.subarray(row * this.#stride, (row + 1) * this.#stride), row * stride);
    this.#words = words;
    this.#stride = stride;
  }
}
