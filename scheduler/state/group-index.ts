import { IdGroups } from './id-groups.js';
import type { Table } from './table.js';

/** Ids of a table's records grouped by a key of theirs (tasks by host, leases by framework); follows the table by itself. */
export class GroupIndex<R> {
  readonly #groups = new IdGroups();

  /** @param keyOf the group of a record, or null when it belongs to none */
  constructor(table: Table<R>, idOf: (record: R) => string, keyOf: (record: R) => string | null) {
    table.observe((before, after) => {
      const oldKey = before === undefined ? null : keyOf(before);
      const newKey = after === undefined ? null : keyOf(after);
      if (oldKey === newKey) return;
      if (oldKey !== null && before !== undefined) this.#groups.remove(oldKey, idOf(before));
      if (newKey !== null && after !== undefined) this.#groups.add(newKey, idOf(after));
    });
  }

  /** As of now, or live where there are several: copy it before changing the table while iterating. */
  get(key: string): ReadonlySet<string> {
    return this.#groups.get(key);
  }

  /** How many ids `get` would hold. */
  count(key: string): number {
    return this.#groups.count(key);
  }

  /** Keys of the groups that have members. */
  keys(): IterableIterator<string> {
    return this.#groups.keys();
  }
}
