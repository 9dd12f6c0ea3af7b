import type { Table } from './table.js';

const NONE: ReadonlySet<string> = new Set();

/** Ids of a table's records grouped by a key of theirs (tasks by host, leases by framework); follows the table by itself. */
export class GroupIndex<R> {
  readonly #groups = new Map<string, Set<string>>();

  /** @param keyOf the group of a record, or null when it belongs to none */
  constructor(table: Table<R>, idOf: (record: R) => string, keyOf: (record: R) => string | null) {
    table.observe((before, after) => {
      const oldKey = before === undefined ? null : keyOf(before);
      const newKey = after === undefined ? null : keyOf(after);
      if (oldKey === newKey) return;
      if (oldKey !== null && before !== undefined) {
        const group = this.#groups.get(oldKey);
        group?.delete(idOf(before));
        if (group?.size === 0) this.#groups.delete(oldKey);
      }
      if (newKey !== null && after !== undefined) {
        let group = this.#groups.get(newKey);
        if (group === undefined) this.#groups.set(newKey, (group = new Set()));
        group.add(idOf(after));
      }
    });
  }

  /** Live set: copy it before changing the table while iterating. */
  get(key: string): ReadonlySet<string> {
    return this.#groups.get(key) ?? NONE;
  }

  keys(): IterableIterator<string> {
    return this.#groups.keys();
  }
}
