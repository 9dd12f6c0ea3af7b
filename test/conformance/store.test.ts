import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { LevelStore, MemoryStore, newMemoryDisk } from '../../src/store/index.js';
import { storeConformance } from './store-conformance.js';

storeConformance('memory', () => {
  const disk = newMemoryDisk();
  return Promise.resolve({ newStore: () => new MemoryStore({ disk }), dispose: () => Promise.resolve() });
});

storeConformance('level', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mosaic-level-'));
  return { newStore: () => new LevelStore(join(folder, 'data')), dispose: () => rm(folder, { recursive: true }) };
});

describe('level store', () => {
  async function inFolder<T>(use: (data: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'mosaic-level-'));
    try {
      return await use(join(folder, 'data'));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('refuses a second master on the same data folder and names the folder', () =>
    inFolder(async (data) => {
      const first = new LevelStore(data);
      await first.open();
      const second = new LevelStore(data);
      await expect(second.open()).rejects.toMatchObject({ code: 'locked' });
      await expect(second.open()).rejects.toThrow(data);
      await first.close();
    }));

  it('refuses a database that is not its own', () =>
    inFolder(async (data) => {
      const foreign = new ClassicLevel(data);
      await foreign.put('hello', 'world');
      await foreign.close();
      await expect(new LevelStore(data).open()).rejects.toMatchObject({ code: 'incompatible' });
    }));

  it('refuses another store format and says which one it reads', () =>
    inFolder(async (data) => {
      const other = new ClassicLevel(data);
      await other.put('format', '99');
      await other.close();
      await expect(new LevelStore(data).open()).rejects.toMatchObject({ code: 'incompatible' });
      await expect(new LevelStore(data).open()).rejects.toThrow(/format 99.*format 1/);
    }));

  it('notices a changed byte in a record and names the record', () =>
    inFolder(async (data) => {
      const store = new LevelStore(data);
      const { term } = await store.open();
      await store.commit(term, [{ key: 'host/a', value: { cpus: 1 } }]);
      await store.close();
      const raw = new ClassicLevel(data);
      const stored = await raw.get('record/host/a');
      await raw.put('record/host/a', String(stored).replace('1', '2'));
      await raw.close();
      await expect(new LevelStore(data).open()).rejects.toThrow(/host\/a/);
    }));

  it('notices a damaged manifest', () =>
    inFolder(async (data) => {
      const store = new LevelStore(data);
      await store.open();
      await store.close();
      const manifest = (await readdir(data)).find((file) => file.startsWith('MANIFEST'));
      expect(manifest).toBeDefined();
      const path = join(data, String(manifest));
      const bytes = await readFile(path);
      await writeFile(path, Buffer.alloc(bytes.length, 0x5a));
      await expect(new LevelStore(data).open()).rejects.toMatchObject({ code: 'corrupt' });
    }));

  it('says which folder cannot be made', () =>
    inFolder(async (data) => {
      await writeFile(data, 'a file where the folder should be');
      await expect(new LevelStore(join(data, 'store')).open()).rejects.toThrow(join(data, 'store'));
    }));

  // Whether a commit is on the disk cannot be seen from inside the process: count the system calls that put it there.
  const strace = spawnSync('strace', ['-f', '-e', 'trace=fdatasync', 'true']).status === 0;
  (strace ? it : it.skip)(
    strace
      ? 'syncs the disk at least once for each of 20 commits'
      : 'syncs each commit (skipped: strace cannot trace here)',
    () =>
      inFolder(async (data) => {
        const trace = `${data}.trace`;
        const program = `
          import { LevelStore } from ${JSON.stringify(resolve('src/store/index.ts'))};
          const store = new LevelStore(${JSON.stringify(data)});
          const { term } = await store.open();
          for (let n = 0; n < 20; n++) await store.commit(term, [{ key: 'host/h' + n, value: n }]);
          await store.close();`;
        const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', program];
        execFileSync('strace', ['-f', '-e', 'trace=fdatasync,fsync', '-o', trace, ...node]);
        const syncs = (await readFile(trace, 'utf8')).split('\n').filter((line) => /(fdatasync|fsync)\(/.test(line));
        expect(syncs.length).toBeGreaterThanOrEqual(20);
      }),
  );
});
