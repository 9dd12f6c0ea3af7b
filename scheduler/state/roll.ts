import type { Table } from './table.js';

/** Ids that are gone are swept out of a group when they are more than the others and more than this. */
const GONE_MIN = 32;

interface Group {
  /** In order of coming, gone ones among them. */
  ids: string[];
  count: number;
}

/**
 * As a `GroupIndex` for records whose ids are never used twice and that come and go by the thousand: a member that goes is
 * only counted off, and who asks for the members gets those that are left.
 */
export class Roll<R> {
  readonly #table: Table<R>;
  readonly #groups = new Map<string, Group>();

  /** @param keyOf the group of a record, or null when it belongs to none; it never changes */
  constructor(table: Table<R>, idOf: (record: R) => string, keyOf: (record: R) => string | null) {
    this.#table = table;
    table.observe((before, after) => {
      if (before !== undefined && after !== undefined) return;
      const record = after ?? before;
      const key = record === undefined ? null : keyOf(record);
      if (record === undefined || key === null) return;
      if (after === undefined) this.#remove(key);
      else this.#add(key, idOf(record));
    });
  }

  /** Those that are there now, in order of coming. */
  get(key: string): ReadonlySet<string> {
    const group = this.#groups.get(key);
    return new Set(group === undefined ? [] : this.#sweep(group).ids);
  }

  count(key: string): number {
    return this.#groups.get(key)?.count ?? 0;
  }

  /** Keys of the groups that have members. */
  keys(): IterableIterator<string> {
    return this.#groups.keys();
  }

  #add(key: string, id: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) {
      this.#groups.set(key, { ids: [id], count: 1 });
      return;
    }
    group.ids.push(id);
    group.count += 1;
    if (group.ids.length > 2 * group.count + GONE_MIN) this.#sweep(group);
  }

  #remove(key: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    group.count -= 1;
    if (group.count === 0) this.#groups.delete(key);
  }

  #sweep(group: Group): Group {
    if (group.ids.length > group.count) group.ids = group.ids.filter((id) => this.#table.has(id));
    return group;
  }
}
