// The framework of the tutorial, as a stranger runs it: in its own process, on the built package, against a real master.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Agent, MemoryCheckpoint, SimulatedDriver, SimulatedHardware } from '../../src/agent/index.js';
import { GrpcDialer } from '../../src/client/grpc-dialer.js';
import { OperatorClient } from '../../src/client/operator-client.js';
import { loadConfig } from '../../src/config/index.js';
import { composeMaster, type MasterDaemon } from '../../src/daemon/compose.js';
import { SystemClock, SystemRandom } from '../../src/ports/index.js';
import type { OperatorCommand } from '../../scheduler/index.js';
import { projectRoot } from '../support/planted-tree.js';

const LINES_MAX = 60;
const source = join(projectRoot, 'docs/tutorials/framework.ts');
/** By its place: the tutorial's own folder has no packages. */
const tsx = pathToFileURL(createRequire(source).resolve('tsx')).href;
const AT_ONCE = { minMs: 0, maxMs: 0 };
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startMaster(data: string, address = '127.0.0.1:0'): Promise<MasterDaemon> {
  const { config } = loadConfig({
    env: {},
    flags: [
      { path: 'data', flag: '--data', value: data },
      { path: 'listen.grpc', flag: '--grpc', value: address },
      { path: 'listen.http', flag: '--http', value: '127.0.0.1:0' },
      { path: 'scheduler.recoveryBoundMs', flag: '--recovery', value: 1 },
      { path: 'log.level', flag: '--log', value: 'fatal' },
    ],
  });
  const master = await composeMaster(config);
  closers.push(() => master.close());
  return master;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mosaic-tutorial-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function startMachine(address: string, name: string): Promise<void> {
  const clock = new SystemClock();
  const random = new SystemRandom();
  const hardware = new SimulatedHardware(
    {
      taskStartMs: 0,
      timingsOf: () => ({
        prepare: AT_ONCE,
        wipe: AT_ONCE,
        verifyClean: AT_ONCE,
        prepareFailMilli: 0,
        wipeFailMilli: 0,
        dirtyMilli: 0,
      }),
      inventory: {
        name,
        identity: { uuid: '4c4c4544-0042-3510-8052-b4c04f383732', serial: 'S1', macs: ['52:54:00:00:00:01'] },
        resources: { quantities: { cpusMilli: 1_000, memoryBytes: 2 ** 30, diskBytes: 2 ** 34 }, ports: [] },
        attributes: {},
        faultDomain: { region: 'r', zone: 'z', rack: 'r1' },
        image: '',
      },
    },
    clock,
  );
  const dialer = new GrpcDialer({ address, peer: 'agent', clock });
  const agent = new Agent({
    dialer,
    clock,
    random,
    driver: new SimulatedDriver(hardware, clock, random),
    checkpoint: new MemoryCheckpoint(),
    log: SILENT,
    version: 'test',
    onEnded: () => undefined,
  });
  closers.push(async () => {
    await agent.close();
    dialer.close();
  });
  await agent.start();
}

/** Repeats the question whenever the master has decided something, until the answer will do. */
async function eventually(operator: OperatorClient, ask: () => Promise<boolean>): Promise<void> {
  const stop = new AbortController();
  for await (const _item of operator.watch({}, { signal: stop.signal })) if (await ask()) stop.abort();
}

async function done(operator: OperatorClient, command: OperatorCommand): Promise<void> {
  expect(await operator.command(command)).toMatchObject({ ok: true });
}

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
  closers.push(() => void child.kill('SIGKILL'));
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

/** A master with one machine in the shared pool that holds two jobs at a time. */
async function sharedHost(): Promise<{ master: MasterDaemon; data: string; operator: OperatorClient }> {
  const data = temporaryFolder();
  const master = await startMaster(data);
  const operator = new OperatorClient({ address: master.grpcAddress, user: 'test' });
  closers.push(() => operator.close());
  await done(operator, { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
  await startMachine(master.grpcAddress, 'node1');
  await eventually(operator, async () => {
    const { hosts } = await operator.get({ kind: 'hosts', ...ANY_HOST });
    return hosts.length === 1;
  });
  await done(operator, { kind: 'host_admit', dryRun: false, host: 'node1' });
  await eventually(operator, async () => {
    const { host } = await operator.get({ kind: 'host', host: 'node1' });
    return host.mode === 'free' && host.clean && host.transition === null;
  });
  await done(operator, { kind: 'host_share', dryRun: false, host: 'node1', shared: true });
  return { master, data, operator };
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
    const { master, operator } = await sharedHost();
    const { code, lines } = await run(temporaryFolder(), [master.grpcAddress, ...JOBS]).ended;
    expect(lines).toEqual(FINISHED);
    expect(code).toBe(0);
    expect((await operator.get({ kind: 'tasks', frameworkId: '', page: PAGE })).tasks).toEqual([]);
    expect((await operator.get({ kind: 'host', host: 'node1' })).host).toMatchObject({ mode: 'shared', tasks: 0 });
  });

  it('carries on when the master is started anew in between', async () => {
    const { master, data } = await sharedHost();
    const running = run(temporaryFolder(), [master.grpcAddress, ...JOBS]);
    await running.lines(1);
    await master.close();
    const again = await startMaster(data, master.grpcAddress);
    expect(again.grpcAddress).toBe(master.grpcAddress);
    const { code, lines } = await running.ended;
    expect(lines).toEqual(FINISHED);
    expect(code).toBe(0);
  });
});

const PAGE = { limit: 10, pageToken: '' };
const ANY_HOST = { owner: '', state: '', rack: '', name: '', page: PAGE };
