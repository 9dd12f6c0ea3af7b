import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../support/planted-tree.js';

/** Stands in for the demo: says what it was given, counts interrupts, and ends as it is told. */
const FAKE_MAIN = `
let interrupts = 0;
process.on('SIGINT', () => { interrupts += 1; console.log('interrupt ' + interrupts); });
process.on('SIGTERM', () => process.exit(40 + interrupts));
console.log('args ' + JSON.stringify(process.argv.slice(2)));
const exit = process.argv.indexOf('--exit');
if (exit !== -1) process.exit(Number(process.argv[exit + 1]));
setInterval(() => undefined, 1_000);
`;
const FAKE_BUILD = `
import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('dist/src/cli', { recursive: true });
writeFileSync('dist/src/cli/main.js', ${JSON.stringify(FAKE_MAIN)});
writeFileSync('dist/.built', '');
`;
const BROKEN_BUILD = "console.error('src/a.ts(1,1): error TS1005'); process.exit(2);";

const LOCK = JSON.stringify({
  name: 'planted',
  lockfileVersion: 3,
  requires: true,
  packages: { '': { name: 'planted' } },
});

describe('npm start', () => {
  let root: string;
  let started: ChildProcess[];

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  /** Sets the time of a file to so many seconds before or after the sources were written. */
  function age(path: string, seconds: number): void {
    const at = Date.now() / 1_000 + seconds;
    utimesSync(join(root, path), at, at);
  }

  beforeEach(() => {
    started = [];
    root = realpathSync(mkdtempSync(join(tmpdir(), 'mosaic-start-')));
    for (const name of ['start.mjs', 'tools.mjs']) {
      mkdirSync(join(root, 'src/bootstrap'), { recursive: true });
      copyFileSync(join(projectRoot, 'src/bootstrap', name), join(root, 'src/bootstrap', name));
    }
    write('package.json', JSON.stringify({ name: 'planted', type: 'module', engines: { node: '>=20.19' } }));
    write('package-lock.json', LOCK);
    write('node_modules/.package-lock.json', LOCK);
    write('src/bootstrap/build.mjs', FAKE_BUILD);
    write('src/a.ts', 'export const a = 1;\n');
    write('dist/src/cli/main.js', FAKE_MAIN);
    write('dist/.built', '');
    age('dist/.built', 60);
  });

  afterEach(() => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGTERM');
    rmSync(root, { recursive: true, force: true });
  });

  function start(...args: string[]): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
    let text = '';
    // A process group of its own, as a shell gives to what it starts in a terminal.
    const child = spawn(process.execPath, [join(root, 'src/bootstrap/start.mjs'), ...args], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
    return { child, output: () => text, ended };
  }

  async function said({ child, output }: ReturnType<typeof start>, line: string): Promise<void> {
    while (!output().includes(line)) {
      if (child.exitCode !== null)
        throw new Error(`ended with ${child.exitCode} before it said "${line}":\n${output()}`);
      await new Promise<void>((resolve) => {
        child.stdout!.once('data', () => resolve());
        child.once('close', () => resolve());
      });
    }
  }

  it('runs the demo with its arguments and ends with its exit code', async () => {
    const run = start('--hosts', '24', '--exit', '7');
    expect(await run.ended).toBe(7);
    expect(run.output()).toBe('args ["demo","--hosts","24","--exit","7"]\n');
  });

  it('passes an interrupt of the whole terminal on once, and ends with the exit code of the demo', async () => {
    const run = start();
    await said(run, 'args');
    process.kill(-run.child.pid!, 'SIGINT');
    await said(run, 'interrupt 1');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(41);
    expect(run.output()).not.toContain('interrupt 2');
  });

  it('ends as a shell would when a signal ends the demo', async () => {
    write('dist/src/cli/main.js', "process.kill(process.pid, 'SIGKILL');");
    const run = start();
    expect(await run.ended).toBe(128 + 9);
  });

  it('installs when node_modules is missing', async () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    const run = start('--exit', '0');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('mosaic: installing packages (node_modules is missing) ...\n');
    expect(run.output()).toMatch(/mosaic: installing packages done in \d/);
  });

  it('installs when the lock file asks for another version than node_modules holds', async () => {
    const lock = JSON.parse(LOCK) as { packages: Record<string, object> };
    const installed = structuredClone(lock);
    lock.packages['node_modules/gone'] = { version: '2.0.0' };
    installed.packages['node_modules/gone'] = { version: '1.0.0' };
    write('package-lock.json', JSON.stringify(lock));
    write('node_modules/.package-lock.json', JSON.stringify(installed));
    const run = start('--exit', '0');
    // The planted package asks for nothing, so that npm only removes what is left over and reaches for no registry.
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('mosaic: installing packages (node_modules is older than package-lock.json) ...\n');
    expect(run.output()).toContain('args ["demo"');
  });

  it('shows why the install failed and does not run the demo', async () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    const engines = { node: '>=20.19' };
    // Not in the lock file, and not on the disk either.
    const dependencies = { gone: 'file:./gone' };
    write('package.json', JSON.stringify({ name: 'planted', type: 'module', engines, dependencies }));
    const run = start();
    expect(await run.ended).not.toBe(0);
    expect(run.output()).toContain('mosaic: installing packages failed with exit code');
    expect(run.output()).not.toContain('args');
  });

  it('builds when dist is missing', async () => {
    rmSync(join(root, 'dist'), { recursive: true });
    const run = start('--exit', '0');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('mosaic: building (dist is missing) ...\n');
    expect(run.output()).toContain('args ["demo"');
  });

  it('builds when a source is newer than dist', async () => {
    age('src/a.ts', 120);
    const run = start('--exit', '0');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain(`mosaic: building (dist is older than ${join('src', 'a.ts')}) ...\n`);
  });

  it('shows why the build failed and does not run the old demo', async () => {
    write('src/bootstrap/build.mjs', BROKEN_BUILD);
    age('src/a.ts', 120);
    const run = start();
    expect(await run.ended).toBe(2);
    expect(run.output()).toContain('src/a.ts(1,1): error TS1005\nmosaic: building failed with exit code 2.');
    expect(run.output()).not.toContain('args');
  });

  it('names the version of Node that is too old and what is accepted', async () => {
    write('package.json', JSON.stringify({ name: 'planted', type: 'module', engines: { node: '>=99.1' } }));
    const run = start();
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('Mosaic needs Node 99.1 or newer');
    expect(run.output()).toContain(`this is Node ${process.versions.node}.`);
  });
});
