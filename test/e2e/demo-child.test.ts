// A process of the demo on its own, with this test as its parent.
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FromChild, RoleStart, ToChild } from '../../src/demo/messages.js';
import { readScenario } from '../../src/scenario/index.js';
import { projectRoot } from '../support/planted-tree.js';
import { ensureBuilt } from './master-rig.js';

describe('a process of the demo', () => {
  let outside: string;
  let household: string;
  let child: ChildProcess;
  let said: FromChild[];
  /** All of what it has written when it is gone. */
  let errors: Promise<string>;
  let ended: Promise<number | null>;

  beforeAll(() => {
    ensureBuilt();
  });

  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'mosaic-demo-child-'));
    household = join(outside, 'household');
    mkdirSync(household);
    said = [];
    child = fork(join(projectRoot, 'dist/src/demo/child.js'), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    errors = new Promise((resolve) => {
      let text = '';
      child.stderr?.on('data', (chunk) => (text += String(chunk)));
      child.stderr?.once('close', () => resolve(text));
    });
    child.on('message', (message: FromChild) => said.push(message));
    ended = new Promise((resolve) => child.once('exit', resolve));
  });

  afterEach(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(outside, { recursive: true, force: true });
  });

  function tell(start: RoleStart): void {
    const message: ToChild = {
      kind: 'start',
      start,
      household: { parentPid: process.pid, folder: household, profilePath: join(outside, 'profile.json') },
    };
    child.send(message);
  }

  it('whose port is taken says so and ends: the supervisor starts it again, and the port may be free then', async () => {
    const scenario = await readScenario(null, { hosts: 8, hours: 1 });
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    tell({ role: 'master', scenario, data: join(household, 'master'), grpcPort: port, httpPort: 0 });
    expect(await ended).toBe(2);
    await new Promise((resolve) => busy.close(resolve));
    expect(said).toMatchObject([{ kind: 'fatal', exitCode: 2, message: expect.stringContaining(String(port)) }]);
    // What the supervisor quotes when it gives up.
    expect(await errors).toContain(`port ${port} on 127.0.0.1 is in use`);
  });

  it('tidies up when its channel closes, also before it can see that its parent is gone', async () => {
    const scenario = await readScenario(null, { hosts: 8, hours: 1 });
    tell({ role: 'master', scenario, data: join(household, 'master'), grpcPort: 0, httpPort: 0 });
    while (!said.some(({ kind }) => kind === 'ready')) {
      const died = await Promise.race([
        ended,
        new Promise<null>((resolve) => child.once('message', () => resolve(null))),
      ]);
      if (died !== null) throw new Error(`it ended with ${died}; it had said ${JSON.stringify(said)}`);
    }
    // A parent that is killed closes its files first, and hands its children over to another after that.
    child.disconnect();
    expect(await ended).toBe(0);
    expect(existsSync(household)).toBe(false);
  });
});
