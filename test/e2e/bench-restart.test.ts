import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../support/planted-tree.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mosaic-bench-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function bench(...flags: readonly string[]) {
  const main = join(projectRoot, 'test/bench/restart/main.ts');
  return spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', main, ...flags], {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
}

describe('bench:restart', () => {
  it('takes every agent back, says what that cost, and leaves nothing behind', () => {
    const { status, stdout, stderr } = bench('--hosts', '40', '--frameworks', '3', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const figures = JSON.parse(stdout) as Record<string, number>;
    // Three frameworks, forty hosts and their sessions, two tasks on each host, and the rest.
    expect(figures).toMatchObject({ bench: 'restart', hosts: 40, frameworks: 3 });
    expect(figures['records']).toBeGreaterThan(3 * 500 + 4 * 40);
    for (const measured of ['readCpuMs', 'restoreCpuMs', 'reconnectCpuMs', 'startedMb', 'rssMb'])
      expect({ measured, value: figures[measured] }).toEqual({ measured, value: expect.any(Number) });
    expect(figures['rssMb']).toBeGreaterThan(10);
    expect(readdirSync(folder).filter((name) => name.startsWith('mosaic-bench-'))).toEqual([]);
  }, 120_000);

  it('refuses bad flags with a sentence, the usage and exit code 2', () => {
    const { status, stdout, stderr } = bench('--hosts', 'many');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--hosts is "many"; it must be a whole number from 1 to 50000\nusage: ');
  });
});
