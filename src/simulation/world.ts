import { FakeAdapter } from '../../frameworks/fake/index.js';
import type { Log } from '../../frameworks/contract/ports.js';
import type { RunnerOptions } from '../../frameworks/runner/index.js';
import type { Decision, Effect, Event, Mutation, OperatorCommand, SchedulerOptions } from '../../scheduler/index.js';
import { Agent, MemoryCheckpoint, SimulatedDriver, type SimulatedHardware } from '../agent/index.js';
import { Loop } from '../daemon/loop.js';
import type { WorkloadSpec, DemandSeries, FleetHost, ScaledScenario } from '../scenario/index.js';
import { SessionServer, type SessionServerOptions } from '../session/index.js';
import { MemoryStore, newMemoryDisk, type MemoryStoreFaults } from '../store/index.js';
import { FrameworkProcess } from './framework-process.js';
import { ManagedWorkload } from './managed-workload.js';
import { SimulatedProcess } from './process.js';
import { setupCommands } from './scenario-setup.js';
import { SeededRandom } from './seeded-random.js';
import { newHardware } from './simulated-agents.js';
import { VirtualClock } from './virtual-clock.js';
import { CALM, VirtualNetwork, type NetworkConditions } from './virtual-network.js';

/** A master that ended by itself is started again after this long, as a service manager does. */
const MASTER_RESTART_MS = 2_000;

export interface WorldOptions {
  readonly scaled: ScaledScenario;
  readonly fleet: readonly FleetHost[];
  readonly series: readonly DemandSeries[];
  readonly seed: number;
  readonly scheduler: SchedulerOptions;
  readonly session?: Partial<SessionServerOptions>;
  readonly runner?: Partial<RunnerOptions>;
  readonly conditionsOf?: (peer: string) => NetworkConditions;
  readonly storeFaults?: MemoryStoreFaults;
  readonly log?: Log;
  readonly hooks?: Partial<WorldHooks>;
}

export interface WorldHooks {
  /** A host begins or ends to serve a workload, in scenario ms. */
  onServing(workload: string, host: string, serving: boolean, atScenarioMs: number): void;
  onCommitted(atMs: number, decisions: readonly Decision[], mutations: readonly Mutation[]): void;
  /** Every effect that goes out, in order. */
  onEffect(effect: Effect): void;
  /** After every step of the core. */
  onStep(kind: Event['kind'], nowMs: number): void;
  onLeading(term: number): void;
  onReload(reason: string): void;
  /** The master is about to be gone, whatever the reason; its loop can still be read. */
  onMasterGone(): void;
  /** The master's loop ended by itself. */
  onMasterEnded(error: Error | null): void;
}

interface MachineSlot {
  readonly host: FleetHost;
  readonly hardware: SimulatedHardware;
  readonly checkpoint: MemoryCheckpoint;
  process: SimulatedProcess | null;
  agent: Agent | null;
}

interface FrameworkSlot {
  readonly spec: WorkloadSpec;
  readonly workload: ManagedWorkload;
  readonly secret: string;
  process: SimulatedProcess | null;
  framework: FrameworkProcess | null;
}

const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * A whole data center in one process on a virtual clock: the production loop, sessions, agents and runners, each in a
 * simulated process that can be killed, stopped and started, over a simulated network, disk and managers. One seed, one
 * run.
 */
export class World {
  readonly clock: VirtualClock;
  readonly network: VirtualNetwork;
  readonly disk = newMemoryDisk();
  readonly startMs: number;
  readonly #options: WorldOptions;
  readonly #machines = new Map<string, MachineSlot>();
  readonly #frameworks = new Map<string, FrameworkSlot>();
  #master: { readonly process: SimulatedProcess; readonly loop: Loop; readonly store: MemoryStore } | null = null;
  #rolesSet = false;
  readonly #extraRoles: string[] = [];
  #starts = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    // A round time far from zero: nothing may depend on starting at 0, and logs read like logs.
    this.clock = new VirtualClock(1_000_000_000);
    this.startMs = this.clock.nowMs();
    this.network = new VirtualNetwork({
      clock: this.clock,
      random: new SeededRandom(options.seed, 'network'),
      conditionsOf: options.conditionsOf ?? (() => CALM),
    });
    for (const host of options.fleet) {
      this.#machines.set(host.name, {
        host,
        hardware: newHardware({ scaled: options.scaled, clock: this.clock }, host),
        checkpoint: new MemoryCheckpoint(),
        process: null,
        agent: null,
      });
    }
    for (const spec of options.scaled.scenario.workloads) this.#addFramework(spec);
  }

  /** Starts the master, every agent and every framework. */
  start(): void {
    this.startMaster();
    for (const name of this.#machines.keys()) this.startAgent(name);
    for (const name of this.#frameworks.keys()) this.startFramework(name);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // The master

  get loop(): Loop | null {
    return this.#master?.loop ?? null;
  }

  startMaster(): void {
    if (this.#master !== null) return;
    const { scheduler, hooks, session, storeFaults } = this.#options;
    const process = new SimulatedProcess(this.clock);
    const store = new MemoryStore({
      disk: this.disk,
      clock: process.clock,
      ...(storeFaults === undefined ? {} : { faults: storeFaults }),
    });
    const sessions = new SessionServer({
      clock: process.clock,
      session: { heartbeatMs: this.#options.scaled.timings.heartbeatMs, ...session },
      submit: (event) => {
        loop.submit(event);
      },
    });
    const loop: Loop = new Loop({
      scheduler,
      store,
      clock: process.clock,
      sessions: {
        open: (term) => {
          sessions.open(term);
        },
        execute: (effect) => {
          hooks?.onEffect?.(effect);
          sessions.execute(effect);
        },
        closeAll: (reason, reconnectAfterMs) => {
          sessions.closeAll(reason, reconnectAfterMs);
        },
      },
      observer: {
        onLeading: (term) => {
          hooks?.onLeading?.(term);
          this.#setUpRoles(loop);
        },
        onCommitted: (atMs, decisions, mutations) => hooks?.onCommitted?.(atMs, decisions, mutations),
        onReload: (reason) => hooks?.onReload?.(reason),
        onStep: (kind, nowMs) => hooks?.onStep?.(kind, nowMs),
        onEnded: (error) => {
          if (this.#master?.process !== process) return;
          this.#forgetMaster();
          hooks?.onMasterEnded?.(error);
          this.clock.setTimer(MASTER_RESTART_MS, () => {
            this.startMaster();
          });
        },
      },
    });
    this.#master = { process, loop, store };
    this.network.listen(process.acceptor(sessions));
    // A failed start is reported by `onEnded`-less rejection: only a killed or locked-out store does that here.
    loop.start().catch((error: unknown) => {
      if (this.#master?.process !== process) return;
      this.#forgetMaster();
      hooks?.onMasterEnded?.(error instanceof Error ? error : new Error(String(error)));
    });
  }

  /** `kill -9`: what was not durable is gone. */
  killMaster(): void {
    this.#forgetMaster();
  }

  pauseMaster(paused: boolean): void {
    if (paused) this.#master?.process.stop();
    else this.#master?.process.resume();
  }

  #forgetMaster(): void {
    if (this.#master !== null) this.#options.hooks?.onMasterGone?.();
    const master = this.#master;
    this.#master = null;
    master?.store.crash();
    master?.process.kill();
    this.network.listen(null);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Agents and machines

  get hostNames(): readonly string[] {
    return [...this.#machines.keys()];
  }

  hardwareOf(host: string): SimulatedHardware {
    return this.#machine(host).hardware;
  }

  agentUp(host: string): boolean {
    return this.#machine(host).process !== null;
  }

  startAgent(name: string): void {
    const slot = this.#machine(name);
    if (slot.process !== null) return;
    const process = new SimulatedProcess(this.clock);
    const random = this.#random(`agent/${name}`);
    const agent = new Agent({
      dialer: process.dialer(this.network.dialer(`agent/${name}`)),
      clock: process.clock,
      random,
      driver: new SimulatedDriver(slot.hardware, process.clock, random),
      checkpoint: slot.checkpoint,
      log: this.#options.log ?? SILENT,
      version: 'simulated',
      onEnded: () => {
        if (slot.process === process) this.killAgent(name);
      },
    });
    slot.process = process;
    slot.agent = agent;
    agent.start().catch((error: unknown) => {
      throw error instanceof Error ? error : new Error(String(error));
    });
  }

  killAgent(name: string): void {
    const slot = this.#machine(name);
    slot.process?.kill();
    slot.process = null;
    slot.agent = null;
    this.network.crashPeer(`agent/${name}`);
  }

  pauseAgent(name: string, paused: boolean): void {
    const { process } = this.#machine(name);
    if (paused) process?.stop();
    else process?.resume();
  }

  /** The whole machine loses power: its agent, its tasks, and what its manager ran there. */
  setPower(name: string, on: boolean): void {
    const slot = this.#machine(name);
    if (on) this.startAgent(name);
    else {
      this.killAgent(name);
      slot.hardware.powerOff();
    }
    for (const { workload } of this.#frameworks.values()) workload.setPower(name, on);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Frameworks

  get frameworkNames(): readonly string[] {
    return [...this.#frameworks.keys()];
  }

  workload(name: string): ManagedWorkload {
    return this.#framework(name).workload;
  }

  frameworkUp(name: string): boolean {
    return this.#framework(name).process !== null;
  }

  startFramework(name: string): void {
    const slot = this.#framework(name);
    if (slot.process !== null) return;
    const process = new SimulatedProcess(this.clock);
    const random = this.#random(`framework/${name}`);
    const { workload, spec } = slot;
    const framework = new FrameworkProcess({
      frameworkId: workload.frameworkId,
      roles: [spec.role],
      adapter: new FakeAdapter({
        manager: workload.manager,
        clock: process.clock,
        random,
        demandSource: workload.demand,
      }),
      dialer: process.dialer(this.network.dialer(`framework/${name}`)),
      clock: process.clock,
      random,
      secret: slot.secret,
      log: this.#options.log ?? SILENT,
      ...(this.#options.runner === undefined ? {} : { runner: this.#options.runner }),
      onEnded: () => {
        if (slot.process === process) this.killFramework(name);
      },
    });
    slot.process = process;
    slot.framework = framework;
    framework.start();
  }

  killFramework(name: string): void {
    const slot = this.#framework(name);
    slot.process?.kill();
    slot.process = null;
    slot.framework = null;
    this.network.crashPeer(`framework/${name}`);
  }

  pauseFramework(name: string, paused: boolean): void {
    const { process } = this.#framework(name);
    if (paused) process?.stop();
    else process?.resume();
  }

  // -------------------------------------------------------------------------------------------------------------------

  #addFramework(spec: WorkloadSpec): void {
    const { scaled, fleet, series, seed, hooks } = this.#options;
    const own = series.find((candidate) => candidate.workload === spec.name);
    if (own === undefined) throw new Error(`workload ${spec.name} has no demand series`);
    const workload = new ManagedWorkload({
      scaled,
      workload: spec,
      series: own,
      fleet,
      clock: this.clock,
      random: new SeededRandom(seed, `manager/${spec.name}`),
      startMs: this.startMs,
      onServing: (host, serving, atScenarioMs) => hooks?.onServing?.(spec.name, host, serving, atScenarioMs),
    });
    const secret = new SeededRandom(seed, `secret/${spec.name}`).hex128();
    this.#frameworks.set(spec.name, { spec, workload, secret, process: null, framework: null });
  }

  /** One more role than the scenario has, made when the master first leads. Call it before `start`. */
  addRole(path: string): void {
    this.#extraRoles.push(path);
  }

  #setUpRoles(loop: Loop): void {
    if (this.#rolesSet) return;
    this.#rolesSet = true;
    const commands: readonly OperatorCommand[] = [
      ...setupCommands(this.#options.scaled.scenario),
      ...this.#extraRoles.map((role) => ({ kind: 'role_set', dryRun: false, role, change: {} }) as const),
    ];
    for (const command of commands) {
      loop.command('scenario', command).then(
        (reply) => {
          if (!reply.ok && reply.code !== 'UNAVAILABLE') throw new Error(`${command.kind}: ${reply.message}`);
          if (!reply.ok) this.#rolesSet = false;
        },
        (error: unknown) => {
          throw error instanceof Error ? error : new Error(String(error));
        },
      );
    }
  }

  /** A new process draws its own numbers: the same incarnation twice would be the same process. */
  #random(label: string): SeededRandom {
    this.#starts += 1;
    return new SeededRandom(this.#options.seed, `${label}/${String(this.#starts)}`);
  }

  #machine(name: string): MachineSlot {
    const slot = this.#machines.get(name);
    if (slot === undefined) throw new Error(`no host is called "${name}"`);
    return slot;
  }

  #framework(name: string): FrameworkSlot {
    const slot = this.#frameworks.get(name);
    if (slot === undefined) throw new Error(`no workload is called "${name}"`);
    return slot;
  }
}
