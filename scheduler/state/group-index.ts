import type { Table } from './table.js';

const NONE: ReadonlySet<string> = new Set();

/** Ids of a table's records grouped by a key of theirs (tasks by host, leases by framework); follows the table by itself. */
export class GroupIndex<R> {
  /** A group of one is kept as the id alone: most hosts have one offer or one task, and a set is a dear way to hold one. */
  readonly #groups = new Map<string, string | Set<string>>();

  /** @param keyOf the group of a record, or null when it belongs to none */
  constructor(table: Table<R>, idOf: (record: R) => string, keyOf: (record: R) => string | null) {
    table.observe((before, after) => {
      const oldKey = before === undefined ? null : keyOf(before);
      const newKey = after === undefined ? null : keyOf(after);
      if (oldKey === newKey) return;
      if (oldKey !== null && before !== undefined) this.#remove(oldKey, idOf(before));
      if (newKey !== null && after !== undefined) this.#add(newKey, idOf(after));
    });
  }

  /** As of now, or live where there are several: copy it before changing the table while iterating. */
  get(key: string): ReadonlySet<string> {
    const group = this.#groups.get(key);
    if (group === undefined) return NONE;
    return typeof group === 'string' ? new Set([group]) : group;
  }

  /** How many ids `get` would hold. */
  count(key: string): number {
    const group = this.#groups.get(key);
    if (group === undefined) return 0;
    return typeof group === 'string' ? 1 : group.size;
  }

  keys(): IterableIterator<string> {
    return this.#groups.keys();
  }

  #add(key: string, id: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, id);
    else if (typeof group === 'string') this.#groups.set(key, new Set([group, id]));
    else group.add(id);
  }

  #remove(key: string, id: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    // A set that once was needed stays until it is empty: one that shrinks and grows again is not made anew each time.
    if (typeof group === 'string' || (group.delete(id) && group.size === 0)) this.#groups.delete(key);
  }
}
