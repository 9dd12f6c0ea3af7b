import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What a program printed, whatever its exit code. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment without what belongs to the test run around us. */
function inherited(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env['MOSAIC_TEST_COUNTS_FILE'];
  delete env['JEST_WORKER_ID'];
  delete env['NODE_ENV'];
  return env;
}

/**
 * A temporary tree under the project's own configuration files, in which a test plants files and runs the project's tools.
 * `files` maps paths relative to the tree to their text.
 */
export class PlantedTree implements Disposable {
  readonly root: string;

  constructor(configFiles: readonly string[], files: Readonly<Record<string, string>>) {
    // The real path, because tools print and compare real paths.
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'mosaic-planted-')));
    for (const name of configFiles) copyFileSync(join(projectRoot, name), join(this.root, name));
    symlinkSync(join(projectRoot, 'node_modules'), join(this.root, 'node_modules'), 'junction');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  /** Runs a script of node_modules (its path below node_modules) in the tree; `env` adds to the environment. */
  run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(projectRoot, 'node_modules', script), ...args],
        { cwd: this.root, maxBuffer: 64 * 1024 * 1024, env: { ...inherited(), ...env } },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
          resolve({ code, stdout, stderr });
        },
      );
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
