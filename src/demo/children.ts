import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../ports/index.js';
import { frameworkName, type Evaluation, type Scenario } from '../scenario/index.js';
import type { DemoHousehold } from './household.js';
import { isFromChild, type CensusMachine, type FromChild, type RoleStart, type ToChild } from './messages.js';
import type { ClockOrigin } from './shared-clock.js';
import { Supervisor, type Json } from './supervisor.js';

/** As a child is asked to end; after that it is killed. */
const STOP_GRACE_MS = 3_000;
/** A manager whose process gets no core for a while answers within this. */
const CENSUS_TIMEOUT_MS = 15_000;
const MASTER = 'master';
const AGENTS = 'agents';
const GREEDY = 'greedy';

export interface ChildrenOptions {
  readonly scenario: Scenario;
  readonly household: DemoHousehold;
  readonly clock: Clock;
  readonly origin: ClockOrigin;
  readonly grpcPort: number;
  readonly httpPort: number;
  readonly events: ChildrenEvents;
}

export interface ChildrenEvents {
  /** The master answers; told again after each restart, always with the same addresses. */
  onListening(grpcAddress: string, httpAddress: string): void;
  onServing(workload: string, host: string, serving: boolean, atScenarioMs: number): void;
  onRestart(child: string, why: string): void;
  /** The demo cannot go on. */
  onFatal(exitCode: number, message: string): void;
}

/** What a framework's process must find again in its next life. */
interface FrameworkMemory {
  readonly secret: string;
  manager: unknown;
}

/**
 * The processes of a demo: a master, one for all agents, one for each framework, and one that computes the greedy rule for
 * comparison. This side keeps what must outlive them; each comes back as it was.
 */
export class Children {
  readonly #options: ChildrenOptions;
  readonly #supervisor: Supervisor;
  readonly #memories = new Map<string, FrameworkMemory>();
  readonly #off = new Set<string>();
  /** Names of framework children by workload. */
  readonly #names: ReadonlyMap<string, string>;
  #address: string | null = null;
  #ports: { grpc: number; http: number };
  #beganMs: number | null = null;
  #onEvaluated: (evaluation: Evaluation) => void = () => undefined;
  #onProgress: (atScenarioMs: number) => void = () => undefined;
  readonly #onCensus = new Map<string, (machines: readonly CensusMachine[]) => void>();

  constructor(options: ChildrenOptions) {
    this.#options = options;
    this.#ports = { grpc: options.grpcPort, http: options.httpPort };
    this.#names = new Map(options.scenario.workloads.map((one) => [one.name, frameworkName(one)]));
    for (const { name } of options.scenario.workloads)
      this.#memories.set(name, { secret: randomBytes(16).toString('hex'), manager: null });
    const here = fileURLToPath(import.meta.url);
    this.#supervisor = new Supervisor({
      entry: join(here, '..', here.endsWith('.ts') ? 'child.ts' : 'child.js'),
      clock: options.clock,
      onMessage: (child, message) => {
        if (isFromChild(message)) this.#onMessage(child, message);
      },
      onRestart: (child, why) => options.events.onRestart(child, why),
      onGaveUp: (_child, message) => options.events.onFatal(1, message),
    });
  }

  get restarts(): readonly { readonly child: string; readonly count: number }[] {
    return this.#supervisor.restarts;
  }

  /** For those who want to kill them. Null while the child is down. */
  pidOf(child: string): number | null {
    return this.#supervisor.pidOf(child);
  }

  /** Starts all but the comparison. Agents and frameworks load their code while the master starts. */
  start(): void {
    const { scenario } = this.#options;
    this.#start(MASTER, () => this.#masterStart());
    this.#start(AGENTS, () => this.#agentsStart());
    for (const { name } of scenario.workloads) this.#start(this.#childOf(name), () => this.#frameworkStart(name));
  }

  /** Lets agents and frameworks connect. */
  connect(): void {
    if (this.#address === null) return;
    this.#tell(AGENTS, { kind: 'master', address: this.#address });
    for (const name of this.#memories.keys())
      this.#tell(this.#childOf(name), { kind: 'master', address: this.#address });
  }

  /** Scenario time begins. */
  begin(beganMs: number): void {
    this.#beganMs = beganMs;
    for (const name of this.#memories.keys()) this.#tell(this.#childOf(name), { kind: 'begin', beganMs });
  }

  setPower(host: string, on: boolean): void {
    if (on) this.#off.delete(host);
    else this.#off.add(host);
    this.#tell(AGENTS, { kind: 'power', host, on });
    for (const name of this.#memories.keys()) this.#tell(this.#childOf(name), { kind: 'power', host, on });
  }

  setManagerDown(workload: string, down: boolean): void {
    this.#tell(this.#childOf(workload), { kind: 'manager_down', down });
  }

  /** `SIGKILL`, `SIGSTOP` or `SIGCONT` to the child of a role; false when it is down. */
  signal(role: 'master' | 'agents' | { readonly workload: string }, signal: NodeJS.Signals): boolean {
    const pid = this.pidOf(typeof role === 'string' ? role : this.#childOf(role.workload));
    return pid !== null && process.kill(pid, signal);
  }

  /** Every manager's machines, by framework; a framework that does not answer is missing. */
  async census(): Promise<ReadonlyMap<string, readonly CensusMachine[]>> {
    const answers = [...this.#memories.keys()].map(
      async (name): Promise<readonly [string, readonly CensusMachine[] | null]> => {
        const child = this.#childOf(name);
        return [child, await this.#censusOf(child)];
      },
    );
    const all = await Promise.all(answers);
    return new Map(all.flatMap(([name, machines]) => (machines === null ? [] : [[name, machines] as const])));
  }

  /** The greedy rule's result for a run of `hours`, computed by a process of low priority. */
  greedy(hours: number, onProgress: (atScenarioMs: number) => void): Promise<Evaluation> {
    const scenario: Scenario = { ...this.#options.scenario, hours };
    this.#onProgress = onProgress;
    return new Promise((resolve) => {
      this.#onEvaluated = resolve;
      this.#start(`${GREEDY} ${hours} h`, () => ({ role: 'greedy', scenario }), true);
    });
  }

  async endGreedy(hours: number): Promise<void> {
    await this.#supervisor.end(`${GREEDY} ${hours} h`, 0);
  }

  /** Ends everything but the comparison. */
  async stopFleet(): Promise<void> {
    const names = [MASTER, AGENTS, ...this.#names.values()];
    await Promise.all(names.map((name) => this.#supervisor.end(name, STOP_GRACE_MS)));
  }

  async stop(): Promise<void> {
    await this.#supervisor.stop(STOP_GRACE_MS);
  }

  killAll(): void {
    this.#supervisor.killAll();
  }

  #start(name: string, start: () => RoleStart, once = false): void {
    const { parentPid, folder, profilePath } = this.#options.household;
    const firstMessage = (): Json =>
      json({ kind: 'start', start: start(), household: { parentPid, folder, profilePath } });
    this.#supervisor.start({ name, firstMessage, once });
  }

  #masterStart(): RoleStart {
    const { scenario, household } = this.#options;
    const { grpc, http } = this.#ports;
    return { role: 'master', scenario, data: join(household.folder, 'master'), grpcPort: grpc, httpPort: http };
  }

  #agentsStart(): RoleStart {
    const { scenario, household, origin } = this.#options;
    const data = join(household.folder, 'agents');
    return { role: 'agents', scenario, clock: origin, data, master: this.#address, off: [...this.#off] };
  }

  #frameworkStart(workload: string): RoleStart {
    const { scenario, origin } = this.#options;
    const memory = this.#memory(workload);
    return {
      role: 'framework',
      scenario,
      workload,
      clock: origin,
      master: this.#address,
      secret: memory.secret,
      off: [...this.#off],
      beganMs: this.#beganMs,
      manager: memory.manager,
    };
  }

  #onMessage(child: string, message: FromChild): void {
    const { events } = this.#options;
    switch (message.kind) {
      case 'ready':
        this.#supervisor.ready(child);
        break;
      case 'listening':
        // A master that comes back must be found where it was.
        this.#ports = { grpc: portOf(message.grpcAddress), http: portOf(message.httpAddress) };
        this.#address = message.grpcAddress;
        events.onListening(message.grpcAddress, message.httpAddress);
        break;
      case 'serving':
        events.onServing(this.#workloadOf(child), message.host, message.serving, message.atScenarioMs);
        break;
      case 'manager':
        this.#memory(this.#workloadOf(child)).manager = message.manager;
        break;
      case 'census':
        this.#onCensus.get(child)?.(message.machines);
        break;
      case 'progress':
        this.#onProgress(message.atScenarioMs);
        break;
      case 'evaluated':
        this.#onEvaluated(message.evaluation);
        break;
      case 'fatal':
        // Only at its first start: later, a port that is still taken is worth another attempt.
        if (this.#address !== null) break;
        void this.#supervisor.end(child, STOP_GRACE_MS);
        events.onFatal(message.exitCode, message.message);
        break;
    }
  }

  #censusOf(child: string): Promise<readonly CensusMachine[] | null> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.setTimer(CENSUS_TIMEOUT_MS, () => resolve(null));
      this.#onCensus.set(child, (machines) => {
        cancel();
        resolve(machines);
      });
      this.#tell(child, { kind: 'census' });
    });
  }

  #tell(child: string, message: ToChild): void {
    // A child that is down learns it with its first message.
    this.#supervisor.send(child, json(message));
  }

  #childOf(workload: string): string {
    return this.#names.get(workload) ?? workload;
  }

  #workloadOf(child: string): string {
    return child.split('/')[0] ?? child;
  }

  #memory(workload: string): FrameworkMemory {
    const memory = this.#memories.get(workload);
    if (memory === undefined) throw new Error(`there is no workload "${workload}"`);
    return memory;
  }
}

/** Interfaces have no index signature; what goes over the channel is JSON all the same. */
function json(message: ToChild): Json {
  return message as unknown as Json;
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1).replace(/\D.*$/, ''));
}
