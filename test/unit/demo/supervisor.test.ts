import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Supervisor, type Json } from '../../../src/demo/supervisor.js';
import { SystemClock } from '../../../src/ports/index.js';

const folder = dirname(fileURLToPath(import.meta.url));
const entry = join(folder, 'stub-child.mjs');

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A supervisor whose events can be awaited. */
class Watched {
  readonly messages: { readonly child: string; readonly message: Record<string, unknown> }[] = [];
  readonly restarts: string[] = [];
  readonly gaveUp: string[] = [];
  readonly supervisor: Supervisor;
  #waiting: (() => void)[] = [];

  constructor() {
    this.supervisor = new Supervisor({
      entry,
      clock: new SystemClock(),
      onMessage: (child, message) => {
        this.messages.push({ child, message: message as Record<string, unknown> });
        if ((message as Record<string, unknown>)['ready'] === true) this.supervisor.ready(child);
        this.#wake();
      },
      onRestart: (child, why) => {
        this.restarts.push(`${child}: ${why}`);
        this.#wake();
      },
      onGaveUp: (_child, message) => {
        this.gaveUp.push(message);
        this.#wake();
      },
    });
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  pids(child: string): readonly number[] {
    return this.messages
      .filter((one) => one.child === child && one.message['ready'] === true)
      .map((one) => one.message['pid'] as number);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Its children are real processes: on a busy machine each takes seconds to start. */
jest.setTimeout(600_000);

describe('the supervisor', () => {
  let watched: Watched;

  afterEach(() => {
    watched.supervisor.killAll();
  });

  it('starts a killed child again, with a first message of its own', async () => {
    watched = new Watched();
    let lives = 0;
    watched.supervisor.start({ name: 'one', firstMessage: (): Json => ({ does: 'work', lives: (lives += 1) }) });
    await watched.until(() => watched.pids('one').length === 1);
    expect(watched.supervisor.isUp('one')).toBe(true);
    process.kill(watched.pids('one')[0]!, 'SIGKILL');
    await watched.until(() => watched.pids('one').length === 2);
    expect(watched.restarts).toEqual(['one: it was ended by SIGKILL']);
    expect(watched.supervisor.restarts).toEqual([{ child: 'one', count: 1 }]);
    expect(watched.messages.map((one) => one.message['lives'])).toEqual([1, 2]);
    expect(watched.supervisor.pidOf('one')).toBe(watched.pids('one')[1]);
  });

  it('carries messages both ways, and says when nobody is there', async () => {
    watched = new Watched();
    watched.supervisor.start({ name: 'one', firstMessage: () => ({ does: 'work' }) });
    await watched.until(() => watched.pids('one').length === 1);
    expect(watched.supervisor.send('one', { hello: 'you' })).toBe(true);
    await watched.until(() => watched.messages.length === 2);
    expect(watched.messages[1]?.message).toEqual({ echo: { hello: 'you' } });
    expect(watched.supervisor.send('nobody', {})).toBe(false);
  });

  it('stops all children and leaves no process', async () => {
    watched = new Watched();
    for (const name of ['one', 'two']) watched.supervisor.start({ name, firstMessage: () => ({ does: 'work' }) });
    await watched.until(() => watched.pids('one').length + watched.pids('two').length === 2);
    await watched.supervisor.stop(5_000);
    expect([...watched.pids('one'), ...watched.pids('two')].filter(alive)).toEqual([]);
    expect(watched.restarts).toEqual([]);
    expect(watched.supervisor.pidOf('one')).toBeNull();
  });

  it('kills a child that does not end when it is asked', async () => {
    watched = new Watched();
    watched.supervisor.start({ name: 'one', firstMessage: () => ({ does: 'refuse-to-end' }) });
    await watched.until(() => watched.pids('one').length === 1);
    await watched.supervisor.stop(50);
    expect(watched.pids('one').filter(alive)).toEqual([]);
  });

  it('gives up a child that never gets ready, with its last words', async () => {
    watched = new Watched();
    watched.supervisor.start({ name: 'one', firstMessage: () => ({ does: 'fail' }) });
    await watched.until(() => watched.gaveUp.length === 1);
    expect(watched.gaveUp[0]).toBe(
      'one did not start in 6 attempts: it ended with exit code 3; it said: the port is taken',
    );
    expect(watched.restarts).toHaveLength(5);
  });

  it('gives up an entry that does not exist', async () => {
    watched = new Watched();
    const messages: string[] = [];
    const gone = new Promise<void>((resolve) => {
      const supervisor = new Supervisor({
        entry: join(folder, 'no-such-child.mjs'),
        clock: new SystemClock(),
        onMessage: () => undefined,
        onRestart: () => undefined,
        onGaveUp: (_child, message) => {
          messages.push(message);
          resolve();
        },
      });
      supervisor.start({ name: 'one', firstMessage: () => ({}) });
    });
    await gone;
    expect(messages[0]).toContain('Cannot find module');
  });

  it('leaves no orphan when the parent is killed', async () => {
    watched = new Watched();
    // The grandchild holds the same pipe as its parent: it ends when both have ended.
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { fork } from 'node:child_process';
         const child = fork(${JSON.stringify(entry)}, [], { execArgv: [], stdio: ['ignore', 'inherit', 'ignore', 'ipc'] });
         child.on('message', () => console.log('ready'));
         child.send({ does: 'work' });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    const ended = new Promise<void>((resolve) => parent.stdout.once('end', () => resolve()));
    const ready = new Promise<void>((resolve) => {
      parent.stdout.on('data', (chunk) => {
        said += String(chunk);
        resolve();
      });
    });
    await ready;
    parent.kill('SIGKILL');
    await ended;
    expect(said).toBe('ready\n');
  });
});
