import type { Table } from './table.js';

/** Ids that are gone are swept out of a roll when they are more than the others and more than this. */
const GONE_MIN = 32;

/**
 * Ids of what belongs to one owner (the offers of a host), in order of coming; for records whose ids are never used twice
 * and that come and go by the thousand. One that goes is only counted off, and who asks for the members gets those that
 * are left. One alone, as on most hosts, needs no list.
 */
export class Roll {
  #count = 0;
  #only = '';
  /** In order of coming, gone ones among them; null while one alone will do. */
  #ids: string[] | null = null;

  get count(): number {
    return this.#count;
  }

  /** Those that the table still has. */
  of(table: { has(id: string): boolean }): ReadonlySet<string> {
    if (this.#ids !== null) return new Set(this.#sweep(this.#ids, table));
    return new Set(this.#count === 0 ? [] : [this.#only]);
  }

  add(id: string, table: { has(id: string): boolean }): void {
    this.#count += 1;
    if (this.#count === 1 && this.#ids === null) this.#only = id;
    else if (this.#ids === null) this.#ids = [this.#only, id];
    else {
      this.#ids.push(id);
      if (this.#ids.length > 2 * this.#count + GONE_MIN) this.#sweep(this.#ids, table);
    }
  }

  /** One of its members is gone. */
  countOff(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    this.#only = '';
    this.#ids = null;
  }

  #sweep(ids: string[], table: { has(id: string): boolean }): string[] {
    return ids.length === this.#count ? ids : (this.#ids = ids.filter((id) => table.has(id)));
  }
}

/** The rolls of a table's records by key; follows the table by itself. */
abstract class Rolls<R> {
  readonly #table: Table<R>;
  protected readonly rolls = new Map<string, Roll>();

  constructor(table: Table<R>) {
    this.#table = table;
  }

  /** Those that are there now, in order of coming. */
  get(key: string): ReadonlySet<string> {
    return this.rolls.get(key)?.of(this.#table) ?? NONE;
  }

  count(key: string): number {
    return this.rolls.get(key)?.count ?? 0;
  }

  /** Keys of the rolls that have members. */
  *keys(): IterableIterator<string> {
    for (const [key, roll] of this.rolls) if (roll.count > 0) yield key;
  }

  /** The roll of the key, made when it is not there. */
  roll(key: string): Roll {
    let roll = this.rolls.get(key);
    if (roll === undefined) this.rolls.set(key, (roll = new Roll()));
    return roll;
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Rolls by a key of the record; one without members is gone. */
export class KeyedRolls<R> extends Rolls<R> {
  /** @param keyOf the roll of a record, or null when it is on none; it never changes */
  constructor(table: Table<R>, idOf: (record: R) => string, keyOf: (record: R) => string | null) {
    super(table);
    table.observe((before, after) => {
      if (before !== undefined && after !== undefined) return;
      const record = after ?? before;
      const key = record === undefined ? null : keyOf(record);
      if (record === undefined || key === null) return;
      const roll = this.roll(key);
      if (after !== undefined) roll.add(idOf(after), table);
      else {
        roll.countOff();
        if (roll.count === 0) this.rolls.delete(key);
      }
    });
  }
}

/** Rolls by the id of their owner, as long-lived as it is: the records know theirs, and come and go without a search. */
export class OwnedRolls<R, O> extends Rolls<R> {
  constructor(
    table: Table<R>,
    idOf: (record: R) => string,
    rollOf: (record: R) => Roll,
    owners: Table<O>,
    ownerIdOf: (owner: O) => string,
  ) {
    super(table);
    table.observe((before, after) => {
      if (after === undefined) {
        if (before !== undefined) rollOf(before).countOff();
      } else if (before === undefined) rollOf(after).add(idOf(after), table);
    });
    owners.observe((before, after) => {
      if (before !== undefined && after === undefined) this.rolls.delete(ownerIdOf(before));
    });
  }
}
