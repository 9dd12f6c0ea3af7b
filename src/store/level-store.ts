import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { Mutation } from '../../scheduler/index.js';
import { makeFolder } from '../ports/make-folder.js';
import { StoreError, type Store, type StoredEntries } from '../ports/index.js';
import { decodeRecord, encodeRecord, parseRecord, STORE_FORMAT } from './codec.js';
import { ContentDigest } from './digest.js';
import { damageIn } from './write-ahead-log.js';

const FORMAT_KEY = 'format';
const TERM_KEY = 'term';
const DIGEST_KEY = 'digest';
const RECORD_PREFIX = 'record/';
/** What is read of the store at a time, at its opening. */
const READ_RECORDS = 1_000;
const READ_BYTES = 512 * 1024;
/** First key after every `record/…`. */
const RECORD_END = 'record0';

interface Put {
  readonly type: 'put';
  readonly key: string;
  readonly value: string;
}

/**
 * The embedded store: one LevelDB folder, held exclusively. Every commit is one synced batch; the first commit of each open
 * raises the term. Keys: `format`, `term`, `digest` (of all records and the term), `record/<table>/<id>`.
 */
export class LevelStore implements Store {
  readonly #folder: string;
  #db: ClassicLevel | null = null;
  #term = 0;
  #digest = new ContentDigest();
  /** A commit failed: what the folder holds is not known any more. */
  #failed = false;
  #inFlight: Promise<void> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();

  /** @param folder made when absent; its parent must exist or be creatable */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<{ readonly term: number; readonly entries: StoredEntries }> {
    await checkLogs(this.#folder);
    makePrivate(this.#folder);
    const db = new ClassicLevel(this.#folder, { keyEncoding: 'utf8', valueEncoding: 'utf8' });
    try {
      await db.open();
    } catch (error) {
      throw openError(this.#folder, error);
    }
    try {
      const lastTerm = await this.#readTerm(db);
      const entries = await this.#readRecords(db, lastTerm);
      this.#term = lastTerm + 1;
      this.#failed = false;
      await db.batch(
        [
          { type: 'put', key: FORMAT_KEY, value: String(STORE_FORMAT) },
          { type: 'put', key: TERM_KEY, value: encodeRecord(this.#term) },
          this.#digestOperation(),
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
    if (this.#failed)
      return Promise.reject(
        new StoreError('io', `an earlier commit to ${this.#folder} failed; the store must be opened again`),
      );
    if (mutations.length === 0) return Promise.resolve();
    const commit = this.#write(db, mutations).catch((error: unknown) => {
      this.#failed = true;
      throw new StoreError('io', `the data folder ${this.#folder} could not be written: ${reason(error)}`, {
        cause: error,
      });
    });
    this.#inFlight = commit.catch(() => undefined);
    return commit;
  }

  async close(): Promise<void> {
    const db = this.#db;
    this.#db = null;
    // Whoever closes a second time waits for the same end: only then another may open the folder.
    if (db !== null) this.#closing = this.#inFlight.then(() => db.close());
    await this.#closing;
  }

  async #write(db: ClassicLevel, mutations: readonly Mutation[]): Promise<void> {
    // A chained batch: handing over an array costs the main thread four times as much per record.
    const batch = db.batch();
    try {
      for (const { key, value } of mutations) {
        const stored = value === null ? null : encodeRecord(value);
        this.#digest.put(key, stored);
        if (stored === null) batch.del(RECORD_PREFIX + key);
        else batch.put(RECORD_PREFIX + key, stored);
      }
      const { key, value } = this.#digestOperation();
      batch.put(key, value);
    } catch (error) {
      await batch.close();
      throw error;
    }
    await batch.write({ sync: true });
  }

  #digestOperation(): Put {
    return { type: 'put', key: DIGEST_KEY, value: encodeRecord(this.#digest.record(this.#term)) };
  }

  /**
   * All records, held against the digest. Each has a checksum of its own, too, but only where something is wrong do these
   * say which it is: to work them out for every record would be an eighth of the time that a start takes to read them.
   *
   * @param term 0 for a store that was never opened
   */
  async #readRecords(db: ClassicLevel, term: number): Promise<StoredEntries> {
    const digest = new ContentDigest();
    const entries: (readonly [string, unknown])[] = [];
    let unreadable = 0;
    await eachRecord(db, (key, stored) => {
      digest.put(key, stored);
      try {
        entries.push([key, parseRecord(stored)]);
      } catch {
        unreadable += 1;
      }
    });
    if (unreadable > 0 || !(await isAsWritten(db, digest, term))) {
      await eachRecord(db, decodeRecord);
      throw damaged(this.#folder, 'it does not hold what was last written to it');
    }
    this.#digest = digest;
    return entries;
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

/** @param term 0 for a store that was never opened: it has no digest */
async function isAsWritten(db: ClassicLevel, digest: ContentDigest, term: number): Promise<boolean> {
  if (term === 0) return true;
  const stored = await db.get(DIGEST_KEY);
  return stored !== undefined && digest.matches(term, decodeRecord(DIGEST_KEY, stored));
}

async function eachRecord(db: ClassicLevel, take: (key: string, stored: string) => void): Promise<void> {
  const iterator = db.iterator({ gte: RECORD_PREFIX, lt: RECORD_END, highWaterMarkBytes: READ_BYTES });
  try {
    // Many at a time: a promise for each of some hundred thousand records would be a good part of a start. LevelDB reads
    // the next ones on a thread of its own meanwhile.
    let next = iterator.nextv(READ_RECORDS);
    for (let read = await next; read.length > 0; read = await next) {
      next = iterator.nextv(READ_RECORDS);
      next.catch(() => undefined); // Where `take` throws, nobody waits for it any more.
      for (const [key, stored] of read) take(key.slice(RECORD_PREFIX.length), stored);
    }
  } finally {
    await iterator.close();
  }
}

/**
 * What tasks are given in their variables is in the store, too: a new folder is its owner's alone. LevelDB would make it
 * with the rights of the umask, and try for ever where nothing can be made.
 */
function makePrivate(folder: string): void {
  try {
    makeFolder(folder, 0o700);
  } catch (error) {
    throw openError(folder, error);
  }
}

/** Before LevelDB opens the folder: it would drop what is behind the damage, and the log with it. */
async function checkLogs(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.log')).sort()) {
    const log = await readFile(join(folder, name)).catch(() => null); // What cannot be read, LevelDB tells better.
    const at = log === null ? null : damageIn(log);
    if (at !== null) throw damaged(folder, `${name} at byte ${String(at)}`);
  }
}

function damaged(folder: string, what: string, cause?: unknown): StoreError {
  return new StoreError(
    'corrupt',
    `the data folder ${folder} is damaged (${what}); restore it from a backup, or start with an empty one and adopt the fleet again`,
    { cause },
  );
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
    return damaged(folder, reason(cause), error);
  }
  return new StoreError(
    'io',
    `the data folder ${folder} cannot be opened (${reason(cause)}); make it usable for this user, or name another with --data`,
    { cause: error },
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
