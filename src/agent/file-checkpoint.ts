import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '../ports/make-folder.js';
import type { Checkpoint } from './driver.js';

/**
 * A checkpoint in one file: written beside it, synced, renamed over it, and the folder synced. Readable by its owner only.
 * Each process writes beside it under a name of its own: an agent that is being replaced by another one with the same
 * folder may still be writing.
 */
export class FileCheckpoint implements Checkpoint {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<string | null> {
    await this.#removeLeftovers();
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new Error(
        `the checkpoint ${this.#path} cannot be read (${(error as Error).message}); make it readable for this user, or name another folder with --state`,
        { cause: error },
      );
    }
  }

  async write(content: string): Promise<void> {
    try {
      await this.#replace(content);
    } catch (error) {
      throw new Error(
        `the checkpoint ${this.#path} cannot be written (${(error as Error).message}); make its folder writable for this user, or name another with --state`,
        { cause: error },
      );
    }
  }

  /** What processes left that were killed while they wrote. */
  async #removeLeftovers(): Promise<void> {
    const folder = dirname(this.#path);
    const start = `${basename(this.#path)}.`;
    for (const name of await readdir(folder).catch(() => [])) {
      const pid = name.startsWith(start) ? /^(\d+)\.new$/.exec(name.slice(start.length))?.[1] : undefined;
      // A file that cannot be removed is in nobody's way.
      if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name)).catch(() => undefined);
    }
  }

  async #replace(content: string): Promise<void> {
    const folder = dirname(this.#path);
    const firstMade = makeFolder(folder, 0o700);
    if (firstMade !== undefined) await syncParents(firstMade, folder);
    const temporary = `${this.#path}.${process.pid}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.chmod(0o600); // A leftover of a process with this id keeps the rights it had.
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
    await syncFolder(folder);
  }
}

/** A folder that was just made is gone after a power failure, and all in it, unless the one above it is synced. */
async function syncParents(firstMade: string, lastMade: string): Promise<void> {
  const top = dirname(resolve(firstMade));
  for (let folder = resolve(lastMade); folder !== top;) {
    folder = dirname(folder);
    // A parent that may be written but not read cannot be opened for it.
    await syncFolder(folder).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A checkpoint that lives as long as its process. */
export class MemoryCheckpoint implements Checkpoint {
  #content: string | null;

  constructor(content: string | null = null) {
    this.#content = content;
  }

  read(): Promise<string | null> {
    return Promise.resolve(this.#content);
  }

  write(content: string): Promise<void> {
    this.#content = content;
    return Promise.resolve();
  }
}
