import { closeSync, openSync, writeSync } from 'node:fs';
import { fsync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sharedMs } from './clock.js';

const fsyncNow = promisify(fsync);
/** About what one commit of a few tasks writes. */
const BLOCK = Buffer.alloc(4_096, 'm');
/** Seldom enough that the probe itself is no load beside hundreds of commits a second. */
const PROBE_EVERY_MS = 100;

/** Writes a block to a file of its own in the store's file system and syncs it, again and again, and keeps how long that took. */
export class DiskProbe {
  readonly #timesMs: number[] = [];
  readonly #file: number;
  #stopped = false;
  readonly #done: Promise<void>;

  constructor(folder: string) {
    this.#file = openSync(join(folder, 'disk-probe'), 'w');
    this.#done = this.#run();
  }

  /** Ends it; answers the times of all its syncs in ms. */
  async stop(): Promise<readonly number[]> {
    this.#stopped = true;
    await this.#done;
    closeSync(this.#file);
    return this.#timesMs;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      writeSync(this.#file, BLOCK);
      const beganMs = sharedMs();
      await fsyncNow(this.#file);
      this.#timesMs.push(sharedMs() - beganMs);
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
    }
  }
}
