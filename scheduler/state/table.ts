/** Called after every change of a record; `before` undefined = made, `after` undefined = deleted. */
export type TableObserver<R> = (before: R | undefined, after: R | undefined) => void;

/** Called after every change of a durable record of `table`; `value` null = deleted, `isNew` = not there before. */
type OnMutation<R> = (table: string, id: string, value: R | null, isNew: boolean) => void;

/** What a table keeps its records in: a `Map`, unless its ids allow for something faster. */
export interface RecordMap<R> {
  readonly size: number;
  get(id: string): R | undefined;
  has(id: string): boolean;
  set(id: string, record: R): unknown;
  delete(id: string): unknown;
  values(): IterableIterator<R>;
}

/**
 * Records of one kind by id, in insertion order. Records are immutable: to change one, `put` a new one. A durable table
 * tells its state of every change so that the step's mutations can be collected; observers keep indices and ledgers right.
 */
export class Table<R> {
  readonly name: string;
  readonly #idOf: (record: R) => string;
  readonly #records: RecordMap<R>;
  readonly #observers: TableObserver<R>[] = [];
  readonly #onMutation: OnMutation<R> | null;
  readonly #layout: ((record: R) => R) | null;

  /** @param layout a copy of the record as the table keeps it, for what is read by the ten thousand */
  constructor(
    name: string,
    idOf: (record: R) => string,
    onMutation: OnMutation<R> | null,
    records: RecordMap<R> = new Map<string, R>(),
    layout: ((record: R) => R) | null = null,
  ) {
    this.name = name;
    this.#records = records;
    this.#layout = layout;
    this.#idOf = idOf;
    this.#onMutation = onMutation;
  }

  idOf(record: R): string {
    return this.#idOf(record);
  }

  observe(observer: TableObserver<R>): void {
    this.#observers.push(observer);
  }

  get size(): number {
    return this.#records.size;
  }

  get(id: string): R | undefined {
    return this.#records.get(id);
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  values(): IterableIterator<R> {
    return this.#records.values();
  }

  /** As `put` for an id that was never used before: there is nothing to look for. */
  add(given: R): void {
    const record = this.#layout === null ? given : this.#layout(given);
    const id = this.#idOf(record);
    this.#records.set(id, record);
    this.#onMutation?.(this.name, id, record, true);
    for (const observer of this.#observers) observer(undefined, record);
  }

  put(given: R): void {
    const id = this.#idOf(given);
    const before = this.#records.get(id);
    if (before === given) return;
    const record = this.#layout === null ? given : this.#layout(given);
    this.#records.set(id, record);
    this.#onMutation?.(this.name, id, record, before === undefined);
    for (const observer of this.#observers) observer(before, record);
  }

  delete(id: string): void {
    const before = this.#records.get(id);
    if (before === undefined) return;
    this.#records.delete(id);
    this.#onMutation?.(this.name, id, null, false);
    for (const observer of this.#observers) observer(before, undefined);
  }
}
