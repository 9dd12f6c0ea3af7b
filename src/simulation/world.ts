import type { Log } from '../../frameworks/contract/ports.js';
import type { RunnerOptions } from '../../frameworks/runner/index.js';
import type {
  Decision,
  Effect,
  Event,
  FrameworkMessage,
  Mutation,
  OperatorCommand,
  RoleChange,
  SchedulerOptions,
} from '../../scheduler/index.js';
import type { Inventory, KeptTask, SimulatedHardware } from '../agent/index.js';
import { Loop } from '../daemon/loop.js';
import type { DemandSeries, FleetHost, ScaledScenario } from '../scenario/index.js';
import { SessionServer, type SessionServerOptions } from '../session/index.js';
import { MemoryStore, newMemoryDisk, type MemoryStoreFaults } from '../store/index.js';
import { Frameworks } from './frameworks.js';
import { Machines } from './machines.js';
import type { ManagedWorkload } from './managed-workload.js';
import { SimulatedProcess } from './process.js';
import { setupCommands } from './scenario-setup.js';
import { SeededRandom } from './seeded-random.js';
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
  /** Chance in thousandths that a wipe leaves something behind. @default 0 */
  readonly dirtyMilli?: number;
  /** What frameworks send instead of a message. @default itself */
  readonly speech?: (message: FrameworkMessage) => readonly FrameworkMessage[];
  readonly log?: Log;
  readonly hooks?: Partial<WorldHooks>;
}

export interface WorldHooks {
  /** A host begins or ends to serve a workload, in scenario ms. */
  onServing(workload: string, host: string, serving: boolean, atScenarioMs: number): void;
  onCommitted(atMs: number, decisions: readonly Decision[], mutations: readonly Mutation[]): void;
  /** Every effect that goes to a session, in order, before it does. */
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
  readonly #machines: Machines;
  readonly #frameworks: Frameworks;
  #master: { readonly process: SimulatedProcess; readonly loop: Loop; readonly store: MemoryStore } | null = null;
  #masterAheadMs = 0;
  #rolesSet = false;
  readonly #extraRoles: { readonly role: string; readonly change: RoleChange }[] = [];
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
    const { scaled, fleet, series, seed, hooks, runner, speech } = options;
    const log = options.log ?? SILENT;
    // A new process draws its own numbers: the same incarnation twice would be the same process.
    const random = (label: string): SeededRandom => {
      this.#starts += 1;
      return new SeededRandom(seed, `${label}/${String(this.#starts)}`);
    };
    const { clock, network, startMs } = this;
    const shared = { scaled, fleet, clock, network, random, log };
    this.#machines = new Machines({
      ...shared,
      ...(options.dirtyMilli === undefined ? {} : { dirtyMilli: options.dirtyMilli }),
    });
    this.#frameworks = new Frameworks({
      ...shared,
      series,
      seed,
      startMs,
      ...(runner === undefined ? {} : { runner }),
      ...(speech === undefined ? {} : { speech }),
      onServing: (workload, host, serving, atMs) => hooks?.onServing?.(workload, host, serving, atMs),
    });
  }

  /** One more role than the scenario has, made when the master first leads. Call it before `start`. */
  addRole(role: string, change: RoleChange = {}): void {
    this.#extraRoles.push({ role, change });
  }

  /** Starts the master, every agent and every framework. */
  start(): void {
    this.startMaster();
    for (const name of this.hostNames) this.startAgent(name);
    for (const name of this.frameworkNames) this.startFramework(name);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // The master

  get loop(): Loop | null {
    return this.#master?.loop ?? null;
  }

  startMaster(): void {
    if (this.#master !== null) return;
    const { scheduler, hooks, session, storeFaults } = this.#options;
    const process = new SimulatedProcess(this.clock, this.#masterAheadMs);
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

  /** The master's clock: of the process that runs it goes only forward, of the next it may begin anywhere. */
  leapMaster(byMs: number): void {
    this.#masterAheadMs += byMs;
    this.#master?.process.leap(byMs);
  }

  /** An event that no peer sent. */
  submit(event: Event): void {
    this.#master?.loop.submit(event);
  }

  #forgetMaster(): void {
    if (this.#master !== null) this.#options.hooks?.onMasterGone?.();
    const master = this.#master;
    this.#master = null;
    master?.store.crash();
    master?.process.kill();
    this.network.listen(null);
  }

  #setUpRoles(loop: Loop): void {
    if (this.#rolesSet) return;
    this.#rolesSet = true;
    const commands: readonly OperatorCommand[] = [
      ...setupCommands(this.#options.scaled.scenario),
      ...this.#extraRoles.map(({ role, change }) => ({ kind: 'role_set', dryRun: false, role, change }) as const),
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

  // -------------------------------------------------------------------------------------------------------------------
  // Agents and machines

  get hostNames(): readonly string[] {
    return this.#machines.names;
  }

  hardwareOf(host: string): SimulatedHardware {
    return this.#machines.hardwareOf(host);
  }

  agentUp(host: string): boolean {
    return this.#machines.isUp(host);
  }

  startAgent(host: string): void {
    this.#machines.start(host);
  }

  killAgent(host: string): void {
    this.#machines.kill(host);
  }

  pauseAgent(host: string, paused: boolean): void {
    this.#machines.pause(host, paused);
  }

  leapAgent(host: string, byMs: number): void {
    this.#machines.leap(host, byMs);
  }

  /** From the next look on the machine says this of itself; null: what it has. */
  changeMachine(host: string, inventoryNow: ((built: Inventory) => Inventory) | null): void {
    this.#machines.change(host, inventoryNow);
  }

  plantTask(host: string, task: KeptTask): Promise<void> {
    return this.#machines.plantTask(host, task);
  }

  /** The whole machine loses power: its agent, its tasks, and what its manager ran there. */
  setPower(host: string, on: boolean): void {
    if (on) this.#machines.start(host);
    else this.#machines.powerOff(host);
    for (const workload of this.#frameworks.workloads) workload.setPower(host, on);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Frameworks

  get frameworkNames(): readonly string[] {
    return this.#frameworks.names;
  }

  workload(name: string): ManagedWorkload {
    return this.#frameworks.workload(name);
  }

  frameworkUp(name: string): boolean {
    return this.#frameworks.isUp(name);
  }

  startFramework(name: string): void {
    this.#frameworks.start(name);
  }

  killFramework(name: string): void {
    this.#frameworks.kill(name);
  }

  pauseFramework(name: string, paused: boolean): void {
    this.#frameworks.pause(name, paused);
  }

  leapFramework(name: string, byMs: number): void {
    this.#frameworks.leap(name, byMs);
  }

  /** Starts one more process with the session of the one that runs. */
  doubleFramework(name: string): void {
    this.#frameworks.double(name);
  }
}
