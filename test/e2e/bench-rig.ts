import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/planted-tree.js';

/** Runs benchmarks to their end, with a folder of its own for what they leave behind. */
export class BenchRig {
  readonly #main: string;
  readonly #nodeFlags: readonly string[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'mosaic-bench-test-'));

  /** @param bench its folder in `test/bench` */
  constructor(bench: string, nodeFlags: readonly string[] = []) {
    this.#main = join(projectRoot, 'test/bench', bench, 'main.ts');
    this.#nodeFlags = nodeFlags;
  }

  run(...flags: readonly string[]) {
    return spawnSync(process.execPath, [...this.#nodeFlags, '--import', 'tsx', this.#main, ...flags], {
      cwd: projectRoot,
      env: { ...process.env, TMPDIR: this.#folder, NODE_OPTIONS: '' },
      encoding: 'utf8',
    });
  }

  /** Names of the folders that benchmarks made and did not remove. */
  leftBehind(): readonly string[] {
    return readdirSync(this.#folder).filter((name) => name.startsWith('mosaic-bench-'));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
