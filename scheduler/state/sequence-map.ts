import type { RecordMap } from './table.js';

/** Places of a page, as a power of two: whoever is alone on one holds 2 KB. */
const PAGE_BITS = 8;
const PAGE_PLACES = 1 << PAGE_BITS;
/** Digits that are read of an id: more would pass 2^53. */
const DIGITS_MAX = 15;

interface Page<R> {
  readonly records: (R | undefined)[];
  count: number;
}

/**
 * Records by ids that end in a number which rises from one to the next (`o-1-17`, `Core.nextId`). The number is the place,
 * so that tens of thousands come and go in a moment without a hash table that grows and shrinks each time. An id without a
 * number, or whose place another has, is kept apart.
 */
export class SequenceMap<R> implements RecordMap<R> {
  readonly #idOf: (record: R) => string;
  readonly #pages = new Map<number, Page<R>>();
  readonly #apart = new Map<string, R>();
  #placed = 0;

  constructor(idOf: (record: R) => string) {
    this.#idOf = idOf;
  }

  get size(): number {
    return this.#placed + this.#apart.size;
  }

  get(id: string): R | undefined {
    const place = placeOf(id);
    const found = this.#pages.get(place >>> PAGE_BITS)?.records[place % PAGE_PLACES];
    if (found !== undefined && this.#idOf(found) === id) return found;
    return this.#apart.size === 0 ? undefined : this.#apart.get(id);
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: string, record: R): void {
    const place = placeOf(id);
    if (place < 0 || this.#apart.has(id)) {
      this.#apart.set(id, record);
      return;
    }
    const page = this.#page(place >>> PAGE_BITS);
    const before = page.records[place % PAGE_PLACES];
    if (before !== undefined && this.#idOf(before) !== id) {
      this.#apart.set(id, record);
      return;
    }
    page.records[place % PAGE_PLACES] = record;
    if (before !== undefined) return;
    page.count += 1;
    this.#placed += 1;
  }

  delete(id: string): void {
    if (this.#apart.delete(id) || !this.has(id)) return;
    const place = placeOf(id);
    const page = this.#page(place >>> PAGE_BITS);
    page.records[place % PAGE_PLACES] = undefined;
    page.count -= 1;
    this.#placed -= 1;
    if (page.count === 0) this.#pages.delete(place >>> PAGE_BITS);
  }

  /** In the order of their numbers while these come in order, then those apart. */
  *values(): IterableIterator<R> {
    for (const { records } of this.#pages.values())
      for (const record of records) if (record !== undefined) yield record;
    yield* this.#apart.values();
  }

  #page(number: number): Page<R> {
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = { records: new Array<R | undefined>(PAGE_PLACES).fill(undefined), count: 0 };
      this.#pages.set(number, page);
    }
    return page;
  }
}

/** The number at the end of the id, as far as it counts below 2^32; negative when there is none. */
function placeOf(id: string): number {
  let place = 0;
  let worth = 1;
  const end = id.length - 1;
  let at = end;
  for (; at >= 0 && end - at < DIGITS_MAX; at -= 1) {
    const digit = id.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    place += digit * worth;
    worth *= 10;
  }
  return at === end ? -1 : place % 2 ** 32;
}
