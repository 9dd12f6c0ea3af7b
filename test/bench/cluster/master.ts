import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.js';
import { MASTER_NODE_FLAGS } from '../node-flags.js';

const MAIN = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url));
const LEADS = /master leads \(term \d+\)\s+gRPC\s+(\S+)\s+HTTP\s+(\S+)/;
const DEBUGGER = /Debugger listening on (ws:\S+)/;
/** Loading a store of 50,000 hosts on a busy machine takes seconds. */
const START_TIMEOUT_MS = 120_000;
const LOOK_EVERY_MS = 5;

/**
 * The master of a run: the built program with its defaults, started as in production, its store in `folder`, its log in a
 * file there as a service manager would have it. Killed and started again it is found at the same address.
 */
export class Master {
  readonly #folder: string;
  readonly #inspect: boolean;
  #process: ChildProcess | null = null;
  #grpcPort = 0;
  address = '';
  httpAddress = '';
  /** Where a debugger connects; empty unless asked for. */
  debuggerUrl = '';
  #starts = 0;

  /** @param inspect lets a profiler in, on loopback */
  constructor(folder: string, inspect: boolean) {
    this.#folder = folder;
    this.#inspect = inspect;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Resolves when it leads and listens. */
  async start(): Promise<void> {
    this.#starts += 1;
    // Those who come back to a killed master must not be given its port meanwhile.
    this.#grpcPort ||= await freePort();
    const logPath = join(this.#folder, `master-${this.#starts}.log`);
    const log = openSync(logPath, 'w');
    const data = join(this.#folder, 'data');
    this.#process = spawn(
      process.execPath,
      [
        ...MASTER_NODE_FLAGS,
        ...(this.#inspect ? ['--inspect=127.0.0.1:0'] : []),
        MAIN,
        'master',
        ...['--data', data, '--grpc-port', String(this.#grpcPort), '--http-port', '0'],
      ],
      { cwd: this.#folder, stdio: ['ignore', log, log], env: masterEnvironment(this.#folder) },
    );
    closeSync(log);
    const deadlineMs = performance.now() + START_TIMEOUT_MS;
    for (;;) {
      const said = readFileSync(logPath, 'utf8');
      const found = LEADS.exec(said);
      if (found !== null) {
        this.address = found[1] ?? '';
        this.httpAddress = found[2] ?? '';
        this.debuggerUrl = DEBUGGER.exec(said)?.[1] ?? '';
        return;
      }
      if (this.#process.exitCode !== null || performance.now() > deadlineMs)
        throw new Error(`the master did not start:\n${said.slice(-4_000)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** `kill -9` by its own process id; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}

/** Settings of the person who runs this are none of the run's. */
function masterEnvironment(folder: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, MOSAIC_PROFILE: join(folder, 'profile.json'), NO_COLOR: '1' };
  for (const name of Object.keys(env))
    if (name === 'NODE_ENV' || name === 'NODE_OPTIONS' || (name.startsWith('MOSAIC_') && name !== 'MOSAIC_PROFILE'))
      Reflect.deleteProperty(env, name);
  return env;
}
