import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../ports/make-folder.js';
import type { Checkpoint } from './driver.js';

/** A checkpoint in one file: written beside it, synced, renamed over it, and the folder synced. Readable by its owner only. */
export class FileCheckpoint implements Checkpoint {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<string | null> {
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

  async #replace(content: string): Promise<void> {
    const folder = dirname(this.#path);
    makeFolder(folder, 0o700);
    const temporary = `${this.#path}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.chmod(0o600); // A leftover of an interrupted write keeps the rights it had.
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
    const parent = await open(folder, 'r');
    try {
      await parent.sync();
    } finally {
      await parent.close();
    }
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
