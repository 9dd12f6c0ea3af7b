import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreError, type StoredEntries } from '../../../src/ports/index.js';
import { LevelStore } from '../../../src/store/index.js';

const COMMITS = 40;
const record = (n: number) => ({ key: `host/h${String(n).padStart(3, '0')}`, value: { n, text: 'x'.repeat(200) } });

describe('the embedded store: damage', () => {
  let folder: string;
  let data: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-damage-'));
    data = join(folder, 'data');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function fill(): Promise<void> {
    const store = new LevelStore(data);
    const { term } = await store.open();
    for (let n = 0; n < COMMITS; n++) await store.commit(term, [record(n)]);
    await store.close();
  }

  /** Opens a copy with one bit flipped; answers the content or the failure. */
  async function openDamaged(file: string, at: number): Promise<StoredEntries | StoreError> {
    const copy = join(folder, 'copy');
    cpSync(data, copy, { recursive: true });
    const bytes = readFileSync(join(copy, file));
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    writeFileSync(join(copy, file), bytes);
    const store = new LevelStore(copy);
    try {
      return (await store.open()).entries;
    } catch (error) {
      if (error instanceof StoreError) return error;
      throw error;
    } finally {
      await store.close();
      rmSync(copy, { recursive: true, force: true });
    }
  }

  function files(pattern: RegExp): readonly string[] {
    return readdirSync(data).filter((name) => pattern.test(name) && statSync(join(data, name)).size > 1_000);
  }

  it('is noticed in the write-ahead log, wherever it lies before the last commit', async () => {
    await fill();
    const [log] = files(/\.log$/);
    expect(log).toBeDefined();
    const length = statSync(join(data, String(log))).size;
    const lastCommit = Math.floor((length * (COMMITS - 1)) / COMMITS) - 400;
    for (let at = 20; at < lastCommit; at += Math.floor(length / 25)) {
      const outcome = await openDamaged(String(log), at);
      expect(outcome).toBeInstanceOf(StoreError);
      expect(outcome).toMatchObject({ code: 'corrupt' });
      expect((outcome as StoreError).message).toMatch(/restore (it|the data folder) from a backup/);
    }
  });

  it('at the very end of the log is a commit that never ended: the state before it', async () => {
    await fill();
    const [log] = files(/\.log$/);
    const length = statSync(join(data, String(log))).size;
    const outcome = await openDamaged(String(log), length - 10);
    if (outcome instanceof StoreError) throw outcome;
    expect(outcome).toHaveLength(COMMITS - 1);
  });

  it('is noticed in a table', async () => {
    await fill();
    const again = new LevelStore(data); // Opening turns the log into a table.
    await again.open();
    await again.close();
    const [table] = files(/\.ldb$/);
    expect(table).toBeDefined();
    const length = statSync(join(data, String(table))).size;
    let noticed = 0;
    for (let at = 10; at < length; at += Math.floor(length / 25)) {
      const outcome = await openDamaged(String(table), at);
      if (outcome instanceof StoreError) {
        expect(outcome.message).toMatch(/restore (it|the data folder) from a backup/);
        noticed += 1;
      } else {
        // What nobody reads (a filter, padding) may be damaged; what was read is whole.
        expect(outcome).toEqual(Array.from({ length: COMMITS }, (_, n) => [record(n).key, record(n).value]));
      }
    }
    expect(noticed).toBeGreaterThan(10);
  });

  it('is noticed when a table is missing', async () => {
    await fill();
    const again = new LevelStore(data);
    await again.open();
    await again.close();
    const [table] = files(/\.ldb$/);
    rmSync(join(data, String(table)));
    const store = new LevelStore(data);
    await expect(store.open()).rejects.toMatchObject({ code: 'corrupt' });
    await store.close();
  });

  it('is not seen in a log that a crash cut short anywhere in its last commit', async () => {
    await fill();
    const [log] = files(/\.log$/);
    const bytes = readFileSync(join(data, String(log)));
    for (const cut of [1, 50, 200]) {
      writeFileSync(join(data, String(log)), bytes.subarray(0, bytes.length - cut));
      const copy = join(folder, 'copy');
      cpSync(data, copy, { recursive: true });
      const store = new LevelStore(copy);
      expect((await store.open()).entries).toHaveLength(COMMITS - 1);
      await store.close();
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('is not seen in a log of many blocks with commits larger than one', async () => {
    const store = new LevelStore(data);
    const { term } = await store.open();
    for (let n = 0; n < 30; n++)
      await store.commit(term, [{ key: `host/h${n}`, value: { n, text: 'y'.repeat(n * 4_321) } }]);
    await store.close();
    expect(statSync(join(data, String(files(/\.log$/)[0]))).size).toBeGreaterThan(1_000_000);
    const again = new LevelStore(data);
    expect((await again.open()).entries).toHaveLength(30);
    await again.close();
  });

  it('is not found where there is none: puts, overwrites and deletes over many lives', async () => {
    const expected = new Map<string, unknown>();
    for (let life = 0; life < 5; life++) {
      const store = new LevelStore(data);
      const { term, entries } = await store.open();
      expect(term).toBe(life + 1);
      expect(new Map(entries)).toEqual(expected);
      for (let n = 0; n < 20; n++) {
        const key = `host/h${(n * 7 + life) % 13}`;
        const value = n % 4 === 3 ? null : { life, n };
        if (value === null) expected.delete(key);
        else expected.set(key, value);
        // The same key twice in one commit: the later one counts.
        await store.commit(term, [
          { key, value: { early: n } },
          { key, value },
        ]);
      }
      await store.close();
    }
  });

  it('says so when the folder cannot be made, also below a folder that takes none', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const place of [join(folder, 'file', 'data'), '/proc/mosaic/data'])
      await expect(new LevelStore(place).open()).rejects.toThrow(`the data folder ${place} cannot be opened`);
  });

  it('is readable by its owner only, unless an admin has made the folder otherwise', async () => {
    await fill();
    expect(statSync(data).mode & 0o777).toBe(0o700);
    const shared = join(folder, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o750);
    const store = new LevelStore(shared);
    await store.open();
    await store.close();
    expect(statSync(shared).mode & 0o777).toBe(0o750);
  });

  it('is closed when any close has ended, also when two of them meet', async () => {
    const store = new LevelStore(data);
    const { term } = await store.open();
    void store.commit(term, [record(1)]);
    const closed: string[] = [];
    const first = store.close().then(() => closed.push('first'));
    await store.close();
    closed.push('second');
    await first;
    expect(closed).toEqual(['first', 'second']);
  });

  it('takes nothing more after a commit that failed, until it is opened again', async () => {
    const store = new LevelStore(data);
    const { term } = await store.open();
    const circular: { self?: unknown } = {};
    circular.self = circular;
    await expect(store.commit(term, [record(1), { key: 'host/bad', value: circular }])).rejects.toBeDefined();
    await expect(store.commit(term, [record(2)])).rejects.toMatchObject({ code: 'io' });
    await store.close();
    const { term: next, entries } = await store.open();
    expect(entries).toEqual([]);
    await store.commit(next, [record(3)]);
    await store.close();
    expect((await store.open()).entries).toHaveLength(1);
    await store.close();
  });
});
