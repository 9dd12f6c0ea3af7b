import type { Table } from './table.js';

const NONE: ReadonlySet<string> = new Set();

/**
 * Ids of a table's records by several keys each (hosts by every part of their identity); follows the table by itself. A
 * record's keys come from one immutable member (`sourceOf`), so that a change elsewhere in the record costs nothing.
 */
export class MultiIndex<R, S extends object> {
  readonly #groups = new Map<string, Set<string>>();

  /** @param keysOf the keys of a record's source, without repeats */
  constructor(
    table: Table<R>,
    idOf: (record: R) => string,
    sourceOf: (record: R) => S,
    keysOf: (source: S) => Iterable<string>,
  ) {
    table.observe((before, after) => {
      const oldSource = before === undefined ? undefined : sourceOf(before);
      const newSource = after === undefined ? undefined : sourceOf(after);
      if (oldSource === newSource) return;
      const kept = new Set(newSource === undefined ? [] : keysOf(newSource));
      if (before !== undefined && oldSource !== undefined) {
        for (const key of keysOf(oldSource)) if (!kept.has(key)) this.#remove(key, idOf(before));
      }
      if (after !== undefined) for (const key of kept) this.#add(key, idOf(after));
    });
  }

  /** Live set: copy it before changing the table while iterating. */
  get(key: string): ReadonlySet<string> {
    return this.#groups.get(key) ?? NONE;
  }

  #add(key: string, id: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, new Set([id]));
    else group.add(id);
  }

  #remove(key: string, id: string): void {
    const group = this.#groups.get(key);
    group?.delete(id);
    if (group?.size === 0) this.#groups.delete(key);
  }
}
