import { ClassicLevel } from 'classic-level';
import type { Mutation } from '../../scheduler/index.js';
import { StoreError, type Store, type StoredEntries } from '../ports/index.js';
import { decodeRecord, encodeRecord, STORE_FORMAT } from './codec.js';

const FORMAT_KEY = 'format';
const TERM_KEY = 'term';
const RECORD_PREFIX = 'record/';
/** First key after every `record/…`. */
const RECORD_END = 'record0';

type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };

/**
 * The embedded store: one LevelDB folder, held exclusively. Every commit is one synced batch; the first commit of each open
 * raises the term. Keys: `format`, `term`, `record/<table>/<id>`.
 */
export class LevelStore implements Store {
  readonly #folder: string;
  #db: ClassicLevel | null = null;
  #term = 0;
  #inFlight: Promise<void> = Promise.resolve();

  /** @param folder made when absent; its parent must exist or be creatable */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<{ readonly term: number; readonly entries: StoredEntries }> {
    const db = new ClassicLevel(this.#folder, { keyEncoding: 'utf8', valueEncoding: 'utf8' });
    try {
      await db.open();
    } catch (error) {
      throw openError(this.#folder, error);
    }
    try {
      this.#term = (await this.#readTerm(db)) + 1;
      const entries = await readRecords(db);
      await db.batch(
        [
          { type: 'put', key: FORMAT_KEY, value: String(STORE_FORMAT) },
          { type: 'put', key: TERM_KEY, value: encodeRecord(this.#term) },
        ],
        { sync: true },
      );
      this.#db = db;
      return { term: this.#term, entries };
    } catch (error) {
      await db.close();
      throw error instanceof StoreError ? error : openError(this.#folder, error);
    }
  }

  commit(term: number, mutations: readonly Mutation[]): Promise<void> {
    const db = this.#db;
    if (db === null) return Promise.reject(new StoreError('closed', 'the store is not open'));
    if (term !== this.#term) {
      return Promise.reject(
        new StoreError('stale_term', `a commit of term ${String(term)} came to a store of term ${String(this.#term)}`),
      );
    }
    if (mutations.length === 0) return Promise.resolve();
    const operations: Operation[] = mutations.map(({ key, value }) =>
      value === null
        ? { type: 'del', key: RECORD_PREFIX + key }
        : { type: 'put', key: RECORD_PREFIX + key, value: encodeRecord(value) },
    );
    const commit = db.batch(operations, { sync: true }).catch((error: unknown) => {
      throw new StoreError('io', `the data folder ${this.#folder} could not be written: ${reason(error)}`, {
        cause: error,
      });
    });
    this.#inFlight = commit.catch(() => undefined);
    return commit;
  }

  async close(): Promise<void> {
    const db = this.#db;
    if (db === null) return;
    this.#db = null;
    await this.#inFlight;
    await db.close();
  }

  async #readTerm(db: ClassicLevel): Promise<number> {
    const format = await db.get(FORMAT_KEY);
    if (format === undefined) {
      if ((await db.keys({ limit: 1 }).all()).length > 0) {
        throw new StoreError(
          'incompatible',
          `${this.#folder} holds a LevelDB database that is not Mosaic's; name another data folder`,
        );
      }
      return 0;
    }
    if (format !== String(STORE_FORMAT)) {
      throw new StoreError(
        'incompatible',
        `${this.#folder} was written in store format ${format}, this version reads format ${String(STORE_FORMAT)}; run the version that wrote it`,
      );
    }
    const stored = await db.get(TERM_KEY);
    const term = stored === undefined ? undefined : decodeRecord(TERM_KEY, stored);
    if (typeof term !== 'number' || !Number.isSafeInteger(term) || term < 1) {
      throw new StoreError('corrupt', `${this.#folder} has no readable term; restore it from a backup`);
    }
    return term;
  }
}

async function readRecords(db: ClassicLevel): Promise<StoredEntries> {
  const entries: (readonly [string, unknown])[] = [];
  for await (const [key, stored] of db.iterator({ gte: RECORD_PREFIX, lt: RECORD_END })) {
    const recordKey = key.slice(RECORD_PREFIX.length);
    entries.push([recordKey, decodeRecord(recordKey, stored)]);
  }
  return entries;
}

function openError(folder: string, error: unknown): StoreError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  if (code === 'LEVEL_LOCKED') {
    return new StoreError(
      'locked',
      `the data folder ${folder} is in use by another master; stop it, or give this one its own --data`,
      { cause: error },
    );
  }
  if (code === 'LEVEL_CORRUPTION') {
    return new StoreError(
      'corrupt',
      `the data folder ${folder} is damaged (${reason(cause)}); restore it from a backup`,
      { cause: error },
    );
  }
  return new StoreError('io', `the data folder ${folder} cannot be opened: ${reason(cause)}`, { cause: error });
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
