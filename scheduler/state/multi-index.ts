import { IdGroups } from './id-groups.js';
import type { Table } from './table.js';

const NONE: ReadonlySet<string> = new Set();

/**
 * Ids of a table's records by several keys each (hosts by every part of their identity); follows the table by itself. A
 * record's keys come from one immutable member (`sourceOf`), so that a change elsewhere in the record costs nothing.
 */
export class MultiIndex<R, S extends object> {
  readonly #groups = new IdGroups();

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
      const oldKeys = oldSource === undefined ? NONE : new Set(keysOf(oldSource));
      const newKeys = newSource === undefined ? NONE : new Set(keysOf(newSource));
      if (before !== undefined)
        for (const key of oldKeys) if (!newKeys.has(key)) this.#groups.remove(key, idOf(before));
      if (after !== undefined) for (const key of newKeys) if (!oldKeys.has(key)) this.#groups.add(key, idOf(after));
    });
  }

  /** As of now, or live where there are several: copy it before changing the table while iterating. */
  get(key: string): ReadonlySet<string> {
    return this.#groups.get(key);
  }

  /** The first of them, `most` at the most, as of now: what is asked of identities, which anyone may claim. */
  some(key: string, most: number): readonly string[] {
    return this.#groups.some(key, most);
  }
}
