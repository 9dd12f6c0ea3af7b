import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProfile, removeProfile, writeProfile, type Profile } from '../config/profile.js';
import type { Household } from './messages.js';

/**
 * What a demo puts into the world beside its processes: a folder for stores and checkpoints, and the profile that lets
 * `mosaic` in another terminal find it. Both go when it ends; another master's profile comes back.
 */
export class DemoHousehold implements Household {
  readonly parentPid = process.pid;
  readonly folder: string;
  readonly profilePath: string;
  #former: Profile | null = null;
  #written = false;

  constructor(profilePath: string) {
    this.profilePath = profilePath;
    this.folder = mkdtempSync(join(tmpdir(), 'mosaic-demo-'));
  }

  writeProfile(grpcAddress: string, httpAddress: string): void {
    if (!this.#written) {
      const read = readProfile(this.profilePath);
      if (read.kind === 'found' && read.profile.pid !== this.parentPid) this.#former = read.profile;
    }
    this.#written = true;
    writeProfile(this.profilePath, {
      server: grpcAddress,
      http: httpAddress,
      writtenBy: 'mosaic demo',
      pid: this.parentPid,
    });
  }

  /** Synchronous: it also runs in the last moment of the process. Doing it twice does no harm. */
  remove(): void {
    if (this.#written) {
      removeProfile(this.profilePath, this.parentPid);
      const former = this.#former;
      // Not if somebody else has written theirs meanwhile, nor for a master that has gone.
      if (former !== null && !existsSync(this.profilePath) && isAlive(former.pid))
        writeProfile(this.profilePath, former);
      this.#written = false;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
