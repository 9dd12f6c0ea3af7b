// The framework of the tutorial, as a stranger runs it: in its own process, on the built package, against a real master.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../support/planted-tree.js';
import { done, freeHost, Openings, PAGE, startMaster } from '../support/real-master.js';

const LINES_MAX = 60;
const source = join(projectRoot, 'docs/tutorials/framework.ts');
/** By its place: the tutorial's own folder has no packages. */
const tsx = pathToFileURL(createRequire(source).resolve('tsx')).href;

const openings = new Openings();

afterEach(() => openings.closeAll());

interface Run {
  /** Resolves when so many lines were written. */
  lines(count: number): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly lines: readonly string[] }>;
}

function run(cwd: string, args: readonly string[]): Run {
  const child = spawn(process.execPath, ['--import', tsx, source, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  openings.add(() => void child.kill('SIGKILL'));
  let output = '';
  let wake = (): void => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += String(text);
      wake();
    });
  return {
    lines: async (count) => {
      while (output.split('\n').length <= count) await new Promise<void>((resolve) => (wake = resolve));
    },
    ended: new Promise((resolve) => {
      child.on('close', (code) => {
        const lines = output.trim().split('\n');
        resolve({ code, lines: lines.map((line) => line.replace(/:.*/, '')).sort() });
      });
    }),
  };
}

const FINISHED = [1, 2, 3, 4, 5].map((job) => `job${job} finished`);
const JOBS = ['true', 'echo 2', 'echo 3', 'echo 4', 'echo 5'];

describe('the tutorial', () => {
  it(`writes a framework in at most ${LINES_MAX} lines`, () => {
    expect(readFileSync(source, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(LINES_MAX);
  });

  it('shows the file that is run here, line by line', () => {
    const shown = readFileSync(join(projectRoot, 'docs/tutorials/write-a-framework.md'), 'utf8');
    const code = [...shown.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block ?? '').join('\n');
    const missing = readFileSync(source, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !code.includes(line.trim()));
    expect(missing).toEqual([]);
  });

  it('runs: every job ends, and the framework leaves nothing behind', async () => {
    const { master, operator } = await freeHost(openings);
    await done(operator, { kind: 'host_share', dryRun: false, host: 'node1', shared: true });
    const { code, lines } = await run(openings.temporaryFolder(), [master.grpcAddress, ...JOBS]).ended;
    expect(lines).toEqual(FINISHED);
    expect(code).toBe(0);
    expect((await operator.get({ kind: 'tasks', frameworkId: '', page: PAGE })).tasks).toEqual([]);
    expect((await operator.get({ kind: 'host', host: 'node1' })).host).toMatchObject({ mode: 'shared', tasks: 0 });
  });

  it('carries on when the master is started anew in between', async () => {
    const { master, data, operator } = await freeHost(openings);
    await done(operator, { kind: 'host_share', dryRun: false, host: 'node1', shared: true });
    const running = run(openings.temporaryFolder(), [master.grpcAddress, ...JOBS]);
    await running.lines(1);
    await master.close();
    const again = await startMaster(openings, data, master.grpcAddress);
    expect(again.grpcAddress).toBe(master.grpcAddress);
    const { code, lines } = await running.ended;
    expect(lines).toEqual(FINISHED);
    expect(code).toBe(0);
  });
});
