import { spawn, type ChildProcessByStdio } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FileCheckpoint, MemoryCheckpoint } from '../../../src/agent/index.js';
import { projectRoot } from '../../support/planted-tree.js';

const SIZE = 200_000;
/** Above what Linux gives to a process. */
const GONE_PID = 2 ** 30;

describe('a checkpoint in a file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mosaic-checkpoint-'));
    path = join(folder, 'state', 'checkpoint.json');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A process that writes one digit all over, then the next, for ever; it says so when it has begun. */
  function writer(): ChildProcessByStdio<null, Readable, null> {
    const program = `
      import { FileCheckpoint } from ${JSON.stringify(join(projectRoot, 'src/agent/file-checkpoint.ts'))};
      const checkpoint = new FileCheckpoint(${JSON.stringify(path)});
      for (let n = 0; ; n++) {
        await checkpoint.write(String(n % 10).repeat(${SIZE}));
        if (n === 1) process.stdout.write('writing');
      }`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // It will be killed: then its pipe, which Node makes of a socket, may end with a reset instead of an end.
    child.stdout.on('error', () => undefined);
    return child;
  }

  it('is absent at first, then what was written last', async () => {
    const checkpoint = new FileCheckpoint(path);
    expect(await checkpoint.read()).toBeNull();
    await checkpoint.write('one');
    await checkpoint.write('two, longer than before: ünïcode');
    await checkpoint.write('three');
    expect(await new FileCheckpoint(path).read()).toBe('three');
  });

  it('is readable by its owner only, as is its folder', async () => {
    await new FileCheckpoint(path).write('secret');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'state')).mode & 0o777).toBe(0o700);
  });

  it('syncs every folder that holds a new one: else a power failure takes the new ones along', async () => {
    const handle = await open(folder, 'r');
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const synced: string[] = [];
    const sync = jest.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
      synced.push(readlinkSync(`/proc/self/fd/${this.fd}`));
      return Promise.resolve();
    });
    try {
      const checkpoint = new FileCheckpoint(join(folder, 'a', 'b', 'checkpoint.json'));
      await checkpoint.write('one');
      const own = join(folder, 'a', 'b');
      expect(synced.filter((one) => !one.endsWith('.new'))).toEqual([join(folder, 'a'), folder, own]);
      synced.length = 0;
      await checkpoint.write('two');
      expect(synced.filter((one) => !one.endsWith('.new'))).toEqual([own]);
    } finally {
      sync.mockRestore();
    }
  });

  it('leaves nothing else behind, and ignores what an interrupted write left', async () => {
    const checkpoint = new FileCheckpoint(path);
    await checkpoint.write('good');
    writeFileSync(`${path}.${GONE_PID}.new`, '{"half a ');
    writeFileSync(`${path}.${process.pid}.new`, '{"half a ');
    expect(await checkpoint.read()).toBe('good');
    await checkpoint.write('better');
    expect(await checkpoint.read()).toBe('better');
    expect(readdirSync(join(folder, 'state'))).toEqual(['checkpoint.json']);
  });

  it('does not give the rights of a leftover to what it writes', async () => {
    mkdirSync(join(folder, 'state'));
    writeFileSync(`${path}.${process.pid}.new`, 'left by another umask', { mode: 0o666 });
    await new FileCheckpoint(path).write('secret');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('says what to do when it cannot be read or written', async () => {
    mkdirSync(path, { recursive: true });
    await expect(new FileCheckpoint(path).read()).rejects.toThrow(/cannot be read .*--state$/);
    await expect(new FileCheckpoint(path).write('x')).rejects.toThrow(/cannot be written .*--state$/);
    writeFileSync(join(folder, 'file'), '');
    await expect(new FileCheckpoint(join(folder, 'file', 'c.json')).write('x')).rejects.toThrow(/--state$/);
    // Its parent is there, and nothing can be made in it: Node's recursive mkdir never comes back from there.
    await expect(new FileCheckpoint('/proc/mosaic/c.json').write('x')).rejects.toThrow(/cannot be written .*--state$/);
  });

  it('holds the content of one writer although two of them write', async () => {
    const child = writer();
    const ended = new Promise((resolve) => child.once('close', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const checkpoint = new FileCheckpoint(path);
    for (let n = 0; n < 30; n++) {
      await checkpoint.write('x'.repeat(SIZE));
      expect(new Set(readFileSync(path, 'utf8')).size).toBe(1);
    }
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await ended;
  });

  it('holds the old or the new content, whenever its writer is killed', async () => {
    for (let round = 0; round < 3; round++) {
      const child = writer();
      const ended = new Promise((resolve) => child.once('close', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      // Whatever the writer is doing now: the moments differ from round to round.
      for (let reads = 0; reads <= round * 3; reads++) readFileSync(path, 'utf8');
      child.kill('SIGKILL');
      await ended;
      const content = await new FileCheckpoint(path).read();
      expect(content).toHaveLength(SIZE);
      expect(new Set(content).size).toBe(1);
    }
  });
});

describe('a checkpoint in memory', () => {
  it('keeps what was written last', async () => {
    const checkpoint = new MemoryCheckpoint('first');
    expect(await checkpoint.read()).toBe('first');
    await checkpoint.write('second');
    expect(await checkpoint.read()).toBe('second');
    expect(await new MemoryCheckpoint().read()).toBeNull();
  });
});
