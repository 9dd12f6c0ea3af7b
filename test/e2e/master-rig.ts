// Real processes and real gRPC for tests of the master: `mosaic` from dist as a child process, and agents and frameworks of
// this process that connect to it. Everything is closed, and every child ended, by `close()`.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, MemoryCheckpoint, SimulatedDriver, SimulatedHardware, type Inventory } from '../../src/agent/index.js';
import {
  connectFramework,
  GrpcDialer,
  OperatorClient,
  SystemClock,
  SystemRandom,
  type FrameworkClient,
  type FrameworkEvents,
  type HostView,
  type OperatorCommand,
} from '../../src/client/index.js';
import { projectRoot } from '../support/planted-tree.js';
import { until } from '../support/until.js';

const MAIN = join(projectRoot, 'dist/src/cli/main.js');

/** Builds dist when it is missing; `npm test` has built it already. */
export function ensureBuilt(): void {
  if (existsSync(MAIN)) return;
  const built = spawnSync(process.execPath, [join(projectRoot, 'src/bootstrap/build.mjs')], { cwd: projectRoot });
  if (built.status !== 0) throw new Error(`the build failed:\n${String(built.stdout)}${String(built.stderr)}`);
}

/** A child process of the program, and all it said. */
export class MosaicProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = '';

  constructor(args: readonly string[], folder: string) {
    const env = { ...process.env, MOSAIC_PROFILE: join(folder, 'profile.json'), NO_COLOR: '1' };
    for (const name of Object.keys(env))
      if (name === 'NODE_ENV' || name === 'JEST_WORKER_ID' || (name.startsWith('MOSAIC_') && name !== 'MOSAIC_PROFILE'))
        Reflect.deleteProperty(env, name);
    this.child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it has said so; fails when it ends first. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    await until(`${String(pattern)} in the output of ${this.child.spawnargs.slice(2).join(' ')}`, () => {
      if (!pattern.test(this.output) && !this.running)
        throw new Error(
          `it ended with ${String(this.child.exitCode)} before it said ${String(pattern)}:\n${this.output}`,
        );
      return pattern.test(this.output);
    });
    return pattern.exec(this.output) as RegExpExecArray;
  }

  async end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

export interface FleetAgent {
  readonly agent: Agent;
  readonly hardware: SimulatedHardware;
  readonly ends: string[];
}

export function machine(n: number, change: Partial<Inventory> = {}): Inventory {
  const digits = String(n).padStart(12, '0');
  return {
    name: `node${n}`,
    identity: {
      uuid: `6f9619ff-8b86-4011-b42d-${digits}`,
      serial: `SN-${digits}`,
      macs: [`52:54:00:00:${String(Math.floor(n / 100)).padStart(2, '0')}:${String(n % 100).padStart(2, '0')}`],
    },
    resources: {
      quantities: { cpusMilli: 8_000, memoryBytes: 32 * 1024 ** 3, diskBytes: 100 * 1024 ** 3 },
      ports: [{ first: 31_000, last: 31_999 }],
    },
    attributes: {},
    faultDomain: { region: 'r', zone: 'z', rack: `rack${n % 3}` },
    image: '',
    ...change,
  };
}

export class FleetRig {
  readonly folder = mkdtempSync(join(tmpdir(), 'mosaic-e2e-'));
  readonly data = join(this.folder, 'data');
  readonly #closers: (() => unknown)[] = [];

  /** Runs `mosaic` with these arguments. */
  mosaic(...args: readonly string[]): MosaicProcess {
    const started = new MosaicProcess(args, this.folder);
    this.#closers.push(async () => {
      if (started.running) await started.end('SIGKILL');
    });
    return started;
  }

  /** Starts a master on the rig's data folder and waits until it leads; answers its address, too. */
  async master(port: number, ...more: readonly string[]): Promise<{ master: MosaicProcess; address: string }> {
    const master = this.mosaic(...masterArgs(this.data, port), ...more);
    const [, address] = await master.said(/master leads \(term \d+\)\s+gRPC\s+(\S+)/);
    return { master, address: String(address) };
  }

  operator(address: string): OperatorClient {
    const client = new OperatorClient({ address, user: 'e2e' });
    this.#closers.push(() => client.close());
    return client;
  }

  /** A simulated machine with a real agent, in this process. */
  async agent(address: string, inventory: Inventory): Promise<FleetAgent> {
    const clock = new SystemClock();
    const random = new SystemRandom();
    const atOnce = { minMs: 0, maxMs: 0 };
    const hardware = new SimulatedHardware(
      {
        inventory,
        taskStartMs: 1,
        timingsOf: () => ({
          prepare: atOnce,
          wipe: atOnce,
          verifyClean: atOnce,
          prepareFailMilli: 0,
          wipeFailMilli: 0,
          dirtyMilli: 0,
        }),
      },
      clock,
    );
    const dialer = new GrpcDialer({ address, peer: 'agent', clock });
    const ends: string[] = [];
    const silent = (): void => undefined;
    const agent = new Agent({
      dialer,
      clock,
      random,
      driver: new SimulatedDriver(hardware, clock, random),
      checkpoint: new MemoryCheckpoint(),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      version: 'e2e',
      onEnded: (reason) => ends.push(reason),
    });
    this.#closers.push(async () => {
      await agent.close();
      dialer.close();
    });
    await agent.start();
    return { agent, hardware, ends };
  }

  /** A framework that does every step it is asked for, and records what happens to its session. */
  framework(address: string, name: string, role: string): FleetFramework {
    const framework = new FleetFramework(address, name, role);
    this.#closers.push(() => framework.client.close());
    return framework;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class FleetFramework {
  readonly client: FrameworkClient;
  readonly connects: FrameworkEvents['connected'][] = [];
  readonly disconnects: string[] = [];
  /** Those for good; `not ready yet` is a pause. */
  readonly refusals: string[] = [];
  readonly ends: string[] = [];
  readonly taskStates = new Map<string, string>();
  /** Answers offers; null = leave them. */
  onOffers: ((offers: FrameworkEvents['offers']['offers']) => void) | null = null;

  constructor(address: string, name: string, role: string) {
    this.client = connectFramework(
      {
        address,
        workload: 'batch',
        name,
        roles: [role],
        secret: `secret of ${name} for tests`,
        executesSteps: true,
      },
      {
        connected: (event) => this.connects.push(event),
        disconnected: ({ reason }) => this.disconnects.push(reason),
        refused: ({ message, retryAfterMs }) => {
          if (retryAfterMs === 0) this.refusals.push(message);
        },
        ended: ({ reason }) => this.ends.push(reason),
        offers: ({ offers }) => this.onOffers?.(offers),
        task_status: ({ status }) => this.taskStates.set(status.taskId, status.state),
        step_request: ({ request }, client) => {
          const { transitionId, step, attempt } = request;
          client.stepUpdate({
            transitionId,
            step,
            attempt,
            updateNo: 1,
            state: 'done',
            progressMilli: 1000,
            message: 'done',
            blockedBy: [],
            forecast: null,
          });
        },
      },
    );
  }

  /** Lease ids by host, sorted by host. */
  leases(): readonly string[] {
    return [...this.client.leases.values()].map(({ hostName, leaseId }) => `${hostName} ${leaseId}`).sort();
  }
}

/**
 * Flags of a master that is quick to lead again and does not plan by itself. Heartbeats are as in production: with shorter
 * ones a process that gets no core for some seconds counts as silent.
 */
export function masterArgs(data: string, port: number): readonly string[] {
  const settings = ['scheduler.planner=off', 'scheduler.recoveryBoundMs=1s'];
  return [
    ...['master', '--data', data, '--grpc-port', String(port), '--http-port', '0', '--log-level', 'warn'],
    ...settings.flatMap((setting) => ['--set', setting]),
  ];
}

export async function mustDo(operator: OperatorClient, command: OperatorCommand): Promise<void> {
  const reply = await operator.command(command);
  if (!reply.ok) throw new Error(`${command.kind}: ${reply.message}`);
}

export async function hostsOf(operator: OperatorClient): Promise<readonly HostView[]> {
  const page = { limit: 1_000, pageToken: '' };
  return (await operator.get({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page })).hosts;
}

export async function pathsOfRoles(operator: OperatorClient): Promise<ReadonlySet<string>> {
  const { roles } = await operator.get({ kind: 'roles' });
  return new Set(roles.map(({ path }) => path));
}
