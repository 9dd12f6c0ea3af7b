// The built program as people run it: a real master and a real agent on this machine, and commands against them.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readProfile } from '../../src/config/profile.js';
import { projectRoot } from '../support/planted-tree.js';
import { until } from '../support/until.js';

const program = join(projectRoot, 'dist/src/cli/main.js');

let folder: string;
let running: ChildProcess[] = [];

/** Only what a program needs to run: no setting of this machine takes part. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8' };
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function mosaic(line: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const args = [program, ...line.split(' ').filter((word) => word !== '')];
    execFile(process.execPath, args, { cwd: folder, env: { ...environment(), ...env } }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

interface Started {
  readonly child: ChildProcess;
  /** Resolves with all output so far once it matches; rejects when the process ends before. */
  until(pattern: RegExp): Promise<string>;
  /** Sends the signal and resolves with the exit code, or the signal that ended it. */
  stop(signal: NodeJS.Signals): Promise<number | string | null>;
}

function start(line: string): Started {
  const child = spawn(process.execPath, [program, ...line.split(' ')], {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      for (const look of [...waiting]) look();
    });
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  return {
    child,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(text)) return;
          waiting.delete(look);
          resolve(text);
        };
        waiting.add(look);
        look();
        void ended.then((code) =>
          reject(new Error(`mosaic ${line} ended with ${String(code)} before ${String(pattern)}:\n${text}`)),
        );
      }),
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

function newFolder(): void {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mosaic-cli-')));
}

function removeFolder(): void {
  for (const child of running) child.kill('SIGKILL');
  running = [];
  rmSync(folder, { recursive: true, force: true });
}

const LEADS = /master leads/;

describe('a master, an agent, and commands', () => {
  let master: Started;
  let agent: Started;

  beforeAll(async () => {
    newFolder();
    master = start('master --grpc-port 0 --http-port 0 --data store --log-level warn');
    await master.until(LEADS);
    agent = start('agent --name node17 --state agent --rack r7 --log-level warn');
    const events = start('events -w -o jsonl --limit 1000');
    await events.until(/node17 is new/);
    expect(await events.stop('SIGINT')).toBe(130);
    // What it is stands in its first report, which is no event.
    await until('node17 has reported', async () => {
      const { out } = await mosaic('host node17 -o json');
      return (JSON.parse(out) as { readonly reported: boolean }).reported;
    });
  });
  afterAll(removeFolder);

  it('find each other by the profile that the master left', () => {
    const read = readProfile(join(folder, '.config/mosaic/profile.json'));
    expect(read).toMatchObject({
      kind: 'found',
      profile: {
        server: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        pid: master.child.pid,
      },
    });
  });

  it('show the fleet, the host and why it waits', async () => {
    expect(await mosaic('')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^mosaic .* · term 1 · 1 host · plans auto/),
    });
    expect(await mosaic('host list -q')).toEqual({ code: 0, out: 'node17\n', err: '' });
    expect(JSON.parse((await mosaic('host node17 -o json')).out)).toMatchObject({
      name: 'node17',
      mode: 'unclaimed',
      faultDomain: { rack: 'r7' },
      connected: true,
    });
    expect(await mosaic('why node17')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/unclaimed[^]*waits for you[^]*mosaic host admit node17/),
    });
    expect(await mosaic('audit')).toMatchObject({ code: 0 });
  });

  it('change what was asked, after saying what it would be', async () => {
    expect(await mosaic('host cordon node17 --reason disk --dry-run')).toMatchObject({
      code: 10,
      out: expect.stringMatching(/^would be: /),
    });
    expect(JSON.parse((await mosaic('host node17 -o json')).out)).toMatchObject({ cordoned: false });
    expect(await mosaic('host cordon node17 --reason disk')).toMatchObject({ code: 0 });
    expect(JSON.parse((await mosaic('host node17 -o json')).out)).toMatchObject({
      cordoned: true,
      cordonReason: expect.stringContaining('disk'),
    });
    expect(await mosaic('host uncordon node17')).toMatchObject({ code: 0 });
    expect(await mosaic('quota set /team --limit hosts=3 --weight 2')).toMatchObject({ code: 0 });
    expect(JSON.parse((await mosaic('quota show team -o json')).out)).toMatchObject({
      path: '/team',
      limit: { hosts: 3 },
      weight: 2,
    });
  });

  it('freeze, and say so on the overview', async () => {
    expect(await mosaic('freeze --reason upgrade')).toMatchObject({ code: 0 });
    expect((await mosaic('')).out).toMatch(/▲ frozen: everything, by .*: upgrade \(mosaic unfreeze\)/);
    expect(await mosaic('unfreeze')).toMatchObject({ code: 0 });
  });

  it('answer with the documented exit codes', async () => {
    expect(await mosaic('host node18')).toMatchObject({ code: 3, out: '', err: expect.stringContaining('node17') });
    expect(await mosaic('host list --state nowhere')).toMatchObject({
      code: 2,
      err: expect.stringContaining('state is "nowhere"'),
    });
    expect(await mosaic('plan approve p-1-1 --version 1')).toMatchObject({ code: 3 });
    expect(await mosaic('move node17 --to nobody/here')).toMatchObject({ code: 3 });
    expect(await mosaic('quota set /team --guarantee hosts=99')).toMatchObject({
      code: 4,
      err: expect.stringContaining('hosts'),
    });
    expect(await mosaic('', { MOSAIC_SERVER: '127.0.0.1:1' })).toMatchObject({
      code: 6,
      out: '',
      err: expect.stringMatching(/no master answers at 127\.0\.0\.1:1 \(as MOSAIC_SERVER says\)[^]*mosaic demo/),
    });
  });

  it('serve health, metrics and the same views over HTTP', async () => {
    const read = readProfile(join(folder, '.config/mosaic/profile.json'));
    const base = read.kind === 'found' ? read.profile.http : '';
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toMatch(/^mosaic_hosts\{mode="unclaimed"\} 1$/m);
    expect(metrics).toMatch(/^mosaic_leading 1$/m);
    const host = (await (await fetch(`${base}/api/v1/query/host/node17`)).json()) as { name: string };
    expect(host).toMatchObject({ name: 'node17' });
    expect((await fetch(`${base}/api/v1/query/host/node18`)).status).toBe(404);
  });

  it('refuse a second master on the same folder, and on a busy port', async () => {
    const second = await mosaic('master --grpc-port 0 --http-port 0 --data store --profile other.json');
    expect(second).toMatchObject({ code: 1, err: expect.stringMatching(/store|lock/) });
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    const grpc = await mosaic(`master --grpc-port ${String(port)} --http-port 0 --store memory --profile other.json`);
    expect(grpc).toMatchObject({ code: 1, err: expect.stringContaining(String(port)) });
    const http = await mosaic(`master --grpc-port 0 --http-port ${String(port)} --store memory --profile other.json`);
    expect(http).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        new RegExp(`127\\.0\\.0\\.1:${String(port)} is in use by another program.*--http-port`),
      ),
    });
    busy.close();
    expect(existsSync(join(folder, 'other.json'))).toBe(false);
  });

  // Last: it ends what the others use.
  it('stop in order, and leave no profile behind', async () => {
    const profile = join(folder, '.config/mosaic/profile.json');
    const { server } = JSON.parse(readFileSync(profile, 'utf8')) as { readonly server: string };
    expect(await agent.stop('SIGTERM')).toBe(0);
    expect(await master.stop('SIGINT')).toBe(0);
    expect(existsSync(profile)).toBe(false);
    // Named, because another master may run at the default address.
    expect((await mosaic('host', { MOSAIC_SERVER: server })).code).toBe(6);
  });
});

describe('without a master', () => {
  beforeEach(newFolder);
  afterEach(removeFolder);

  it('help, version and configuration need none', async () => {
    expect(await mosaic('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/), err: '' });
    expect(await mosaic('--help')).toMatchObject({ code: 0, err: '' });
    expect(await mosaic('config init')).toMatchObject({ code: 0 });
    expect(await mosaic('config check --config mosaic.yaml')).toMatchObject({ code: 0 });
    expect(await mosaic('config init')).toMatchObject({ code: 4 });
  });

  it('wrong usage and wrong configuration are told before anything starts', async () => {
    expect(await mosaic('hst')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('did you mean host?') });
    writeFileSync(join(folder, 'mosaic.yaml'), 'stroe: level\n');
    expect(await mosaic('master --config mosaic.yaml')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('mosaic.yaml:1: stroe is not a known field (did you mean "store"?)'),
    });
    expect(await mosaic('master --config nowhere.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read'),
    });
    expect(existsSync(join(folder, 'mosaic-data'))).toBe(false);
  });

  it('a reader that stops in the middle is no failure', async () => {
    const child = spawn(process.execPath, [program, '--help'], {
      cwd: folder,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part));
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
