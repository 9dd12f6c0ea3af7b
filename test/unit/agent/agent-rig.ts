// One agent in a simulated process on a simulated machine, against a scripted master that speaks through the real session
// layer: it accepts, renews step leases, keeps what it hears, and says what the test wants said.
import type {
  AgentCommand,
  AgentMessage,
  AgentReport,
  Effect,
  Event,
  StepName,
  StepUpdate,
  TaskSpec,
  TaskStatus,
} from '../../../scheduler/index.js';
import {
  Agent,
  SimulatedDriver,
  SimulatedHardware,
  type Checkpoint,
  type Driver,
  type Inventory,
} from '../../../src/agent/index.js';
import type { Clock } from '../../../src/ports/index.js';
import { SessionServer } from '../../../src/session/index.js';
import { SimulatedProcess } from '../../../src/simulation/process.js';
import { SeededRandom } from '../../../src/simulation/seeded-random.js';
import { VirtualNetwork } from '../../../src/simulation/virtual-network.js';
import { VirtualClock } from '../../support/virtual-clock.js';

export const PEER = 'agent/h-1';
export const STEP_LEASE_MS = 3_000;

/** A checkpoint on a disk that takes its time and may refuse. A write under way when the process is killed never arrives. */
export class SlowCheckpoint {
  content: string | null = null;
  writeMs = 2;
  failing = false;
  writes = 0;

  of(process: SimulatedProcess): Checkpoint {
    return {
      read: () => Promise.resolve(this.content),
      write: async (content) => {
        this.writes += 1;
        await new Promise<void>((resolve) => process.clock.setTimer(this.writeMs, resolve));
        if (!process.alive) return new Promise<void>(() => undefined);
        if (this.failing) throw new Error('no space left on device (simulated)');
        this.content = content;
      },
    };
  }
}

export function inventory(change: Partial<Inventory> = {}): Inventory {
  return {
    name: 'node1',
    identity: { uuid: '6f9619ff-8b86-4011-b42d-000000000001', serial: 'SN-1', macs: ['52:54:00:00:00:01'] },
    resources: {
      quantities: { cpusMilli: 8_000, memoryBytes: 16 * 1024 ** 3 },
      ports: [{ first: 31_000, last: 32_000 }],
    },
    attributes: { arch: 'x86_64' },
    faultDomain: { region: 'r', zone: 'z', rack: 'r1' },
    image: '',
    ...change,
  };
}

export function task(taskId: string, labels: Readonly<Record<string, string>> = {}): TaskSpec {
  return {
    taskId,
    name: taskId,
    resources: { quantities: { cpusMilli: 100 }, ports: [] },
    image: 'example/image',
    command: ['run'],
    env: {},
    killGraceMs: 1_000,
    labels,
  };
}

export class AgentRig {
  readonly clock = new VirtualClock(1_000_000_000);
  readonly network: VirtualNetwork;
  readonly checkpoint = new SlowCheckpoint();
  readonly hardware: SimulatedHardware;
  readonly received: AgentMessage[] = [];
  readonly hellos: { readonly secretHash: string; readonly incarnation: string; readonly highestTerm: number }[] = [];
  readonly ends: string[] = [];
  readonly logs: string[] = [];
  machine = inventory();
  /** What the driver finds when it looks at the machine. */
  look: () => Inventory | Promise<Inventory> = () => this.machine;
  /** False: the master hears updates and renews nothing. */
  renews = true;
  /** Wraps the driver of agents started later. */
  driver: (driver: Driver, clock: Clock) => Driver = (driver) => driver;
  /** The master's answer to every hello, instead of a welcome. */
  refusal: Omit<Extract<Effect, { kind: 'session_refused' }>, 'kind' | 'connectionId'> | null = null;
  process: SimulatedProcess | null = null;
  agent: Agent | null = null;
  server: SessionServer;
  term = 7;
  #incarnation = '';
  #applied = 0;
  #attempt = 0;
  /** Until when the master counts on an attempt. */
  readonly #leases = new Map<number, number>();
  #lives = 0;

  constructor(options: { readonly taskStartMs?: number; readonly stepMs?: number; readonly dirtyMilli?: number } = {}) {
    const { taskStartMs = 10, stepMs = 100, dirtyMilli = 0 } = options;
    this.network = new VirtualNetwork({ clock: this.clock, random: new SeededRandom(1, 'network') });
    const span = { minMs: stepMs, maxMs: stepMs };
    this.hardware = new SimulatedHardware(
      {
        inventory: this.machine,
        taskStartMs,
        timingsOf: () => ({
          prepare: span,
          wipe: span,
          verifyClean: span,
          prepareFailMilli: 0,
          wipeFailMilli: 0,
          dirtyMilli,
        }),
      },
      this.clock,
    );
    this.server = this.#newServer();
    this.network.listen(this.server);
  }

  /** A new life of the agent on the same machine; resolves when it is connected. */
  async start(): Promise<void> {
    await this.clock.advanceThrough(this.boot(), 60_000);
    await this.clock.advanceUntil(() => this.agent?.connected === true, 60_000);
    await this.settle();
  }

  /** Starts without waiting; the promise is that of `Agent.start`. */
  boot(): Promise<void> {
    this.#lives += 1;
    const process = new SimulatedProcess(this.clock);
    const random = new SeededRandom(this.#lives, 'agent');
    const driver = this.driver(new SimulatedDriver(this.hardware, process.clock, random), process.clock);
    const note = (_fields: object, text: string): void => {
      this.logs.push(text);
    };
    const agent = new Agent({
      dialer: process.dialer(this.network.dialer('p')),
      clock: process.clock,
      random,
      driver: { ...bound(driver), inventory: async () => this.look() },
      checkpoint: this.checkpoint.of(process),
      log: { debug: note, info: note, warn: note, error: note },
      version: 'test',
      onEnded: (reason) => this.ends.push(reason),
    });
    this.process = process;
    this.agent = agent;
    return agent.start();
  }

  /** `kill -9` of the agent; the machine and its tasks go on. */
  kill(): void {
    this.process?.kill();
    this.process = null;
    this.agent = null;
    this.network.crashPeer('p');
  }

  async restart(): Promise<void> {
    this.kill();
    await this.start();
  }

  /** The master's process is replaced: its session layer has forgotten everything that is not durable. */
  restartMaster(): void {
    this.network.listen(null);
    this.term += 1;
    this.server = this.#newServer();
    this.network.listen(this.server);
  }

  settle(): Promise<void> {
    return this.clock.advance(200);
  }

  send(command: AgentCommand): void {
    this.server.execute({ kind: 'send', peerId: PEER, message: command });
  }

  launch(commandSeq: number, spec: TaskSpec): void {
    this.send({ kind: 'launch', commandSeq, frameworkId: 'shared/one', task: spec });
  }

  killTask(commandSeq: number, taskId: string): void {
    this.send({ kind: 'kill', commandSeq, taskId, graceMs: 1_000 });
  }

  /** Asks for a step; answers its attempt. */
  step(step: StepName, workload = 'ovirt'): number {
    this.#attempt += 1;
    this.#leases.set(this.#attempt, this.clock.nowMs() + STEP_LEASE_MS);
    this.send({
      kind: 'step_request',
      request: {
        transitionId: 't-1',
        step,
        attempt: this.#attempt,
        validForMs: STEP_LEASE_MS,
        hostId: 'h-1',
        hostName: this.machine.name,
        identity: this.machine.identity,
        workload,
        policy: { softDeadlineMs: 0, hard: false },
        reason: 'a test',
      },
    });
    return this.#attempt;
  }

  get reports(): readonly AgentReport[] {
    return this.received.flatMap((message) => (message.kind === 'report' ? [message.report] : []));
  }

  /** Statuses sent by themselves, not those in reports. */
  get statuses(): readonly TaskStatus[] {
    return this.received.flatMap((message) => (message.kind === 'task_status' ? [message.status] : []));
  }

  /** Every status heard in whatever way. */
  get heard(): readonly TaskStatus[] {
    return this.received.flatMap((message) =>
      message.kind === 'task_status' ? [message.status] : message.kind === 'report' ? message.report.tasks : [],
    );
  }

  statesOf(taskId: string): readonly string[] {
    return this.statuses.filter((status) => status.taskId === taskId).map(({ state }) => state);
  }

  updates(attempt: number): readonly StepUpdate[] {
    return this.received.flatMap((message) =>
      message.kind === 'step_update' && message.update.attempt === attempt ? [message.update] : [],
    );
  }

  #newServer(): SessionServer {
    const server: SessionServer = new SessionServer({
      clock: this.clock,
      session: { heartbeatMs: 1_000 },
      submit: (event) => {
        this.#onEvent(server, event);
      },
    });
    server.open(this.term);
    return server;
  }

  #onEvent(server: SessionServer, event: Event): void {
    if (server !== this.server) return;
    if (event.kind === 'session_open' && this.refusal !== null) {
      server.execute({ kind: 'session_refused', connectionId: event.connectionId, ...this.refusal });
    } else if (event.kind === 'session_open') {
      const newIncarnation = event.hello.incarnation !== this.#incarnation;
      if (newIncarnation) this.#applied = 0;
      this.#incarnation = event.hello.incarnation;
      this.hellos.push(event.hello);
      server.execute({
        kind: 'session_accepted',
        connectionId: event.connectionId,
        peerId: PEER,
        who: event.hello.who,
        assignedId: 'h-1',
        resumeFromSeq: Math.max(this.#applied + 1, event.hello.outboxFirstSeq),
        newIncarnation,
      });
    }
    if (event.kind !== 'agent_message') return;
    if (event.seq > this.#applied) {
      this.#applied = event.seq;
      this.received.push(event.message);
      this.#renew(event.message);
    }
    server.execute({ kind: 'ack', peerId: PEER, seq: event.seq });
  }

  #renew(message: AgentMessage): void {
    if (message.kind !== 'step_update' || !this.renews) return;
    const { transitionId, step, attempt, updateNo, state } = message.update;
    if (state !== 'running' && state !== 'blocked') return;
    if (this.clock.nowMs() >= (this.#leases.get(attempt) ?? 0)) return;
    this.#leases.set(attempt, this.clock.nowMs() + STEP_LEASE_MS);
    this.send({
      kind: 'step_renew',
      renew: { transitionId, step, attempt, updateNo, validForMs: STEP_LEASE_MS },
    });
  }
}

function bound(driver: Driver): Driver {
  return {
    inventory: () => driver.inventory(),
    recover: (onTaskEnd) => driver.recover(onTaskEnd),
    startTask: (taskKey, spec, onTaskEnd) => driver.startTask(taskKey, spec, onTaskEnd),
    killTask: (taskKey, graceMs) => driver.killTask(taskKey, graceMs),
    prepare: (context) => driver.prepare(context),
    wipe: (context) => driver.wipe(context),
    verifyClean: (context) => driver.verifyClean(context),
  };
}
