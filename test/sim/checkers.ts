import {
  Master,
  type Effect,
  type Mutation,
  type OperatorCommand,
  type OperatorReply,
  type SchedulerOptions,
} from '../../scheduler/index.js';
import { Prng } from '../../src/scenario/index.js';
import type { World } from '../../src/simulation/world.js';
import { MemoryStore } from '../../src/store/index.js';
import { EffectLedger } from './effect-ledger.js';
import { LeaseLedger, type Excused } from './lease-ledger.js';
import { Problems } from './problems.js';
import { TaskLedger } from './task-ledger.js';

/** Orders that an executor may give its manager while a transition stands at a step. */
const ORDERS_BY_STEP: Readonly<Record<string, readonly string[]>> = {
  drain: ['drain', 'kill_unit'],
  cancel_drain: ['activate'],
  // Leaving also undoes a join: what has begun to serve is emptied first.
  leave: ['leave', 'drain', 'kill_unit'],
  join: ['join', 'activate', 'leave'],
};

/** The core is compared with its store after at most so many events, at random. */
const COMPARE_WITHIN_STEPS = 4_000;

export interface CheckersOptions extends Excused {
  /** World time at which the master's clock last leapt: its step leases are wrong then. */
  readonly masterLeaptMs: () => number;
  /** A step lease with its grace, ms. */
  readonly leaseMs: number;
  readonly seed: number;
  readonly scheduler: SchedulerOptions;
}

/** Watches one world and collects what must never be, in sentences. */
export class Checkers {
  readonly leases: LeaseLedger;
  readonly tasks: TaskLedger;
  readonly #problems: Problems;
  readonly #effects: EffectLedger;
  readonly #world: World;
  readonly #options: CheckersOptions;
  readonly #callsSeen = new Map<string, number>();
  readonly #prng: Prng;
  #steps = 0;
  #compareAt = 0;

  constructor(world: World, options: CheckersOptions) {
    this.#world = world;
    this.#options = options;
    this.#prng = new Prng(options.seed, 'checks');
    this.#problems = new Problems(world);
    this.leases = new LeaseLedger(world, options, this.#problems.report);
    this.tasks = new TaskLedger(world, this.#problems.report);
    this.#effects = new EffectLedger(world, this.#problems.report);
  }

  /** Notes what must never be, a sentence. */
  readonly report = (problem: string): void => {
    this.#problems.report(problem);
  };

  get problems(): readonly string[] {
    return this.#problems.list;
  }

  /** What became durable, in order. */
  onCommitted(mutations: readonly Mutation[]): void {
    this.leases.onCommitted(mutations);
    this.#effects.onCommitted(mutations);
  }

  /** What is about to go out. */
  onEffect(effect: Effect): void {
    this.#effects.onEffect(effect);
  }

  onReply(command: OperatorCommand, reply: OperatorReply): void {
    this.#effects.onReply(command, reply);
  }

  /** After every event of the world. */
  onEvent(): void {
    this.#steps += 1;
    this.#checkOrders();
    if (this.#steps % 50 === 0) this.#checkManagers();
    if (this.#steps % 500 === 0) this.#auditNow();
    if (this.#steps < this.#compareAt) return;
    this.#compareAt = this.#steps + this.#prng.int(1, COMPARE_WITHIN_STEPS);
    this.#compareWithDisk();
  }

  onLeading(): void {
    this.leases.catchUp(MemoryStore.contentOf(this.#world.disk));
  }

  onReload(reason: string): void {
    // A failed commit is the disk's doing; everything else is an assertion of ours that failed.
    if (!reason.startsWith('commit: the simulated disk'))
      this.#problems.report(`the master lost its memory: ${reason}`);
  }

  onMasterEnded(error: Error | null): void {
    if (error === null || error.message.includes('memory was lost')) return;
    if (error.message.includes('term')) return; // A killed process's last commit met its successor.
    this.#problems.report(`the master ended: ${error.message}`);
  }

  /** Runs every check once more. */
  finish(): void {
    this.#auditNow();
    this.#checkManagers();
    this.#compareWithDisk();
  }

  #checkOrders(): void {
    for (const name of this.#world.frameworkNames) {
      const { calls } = this.#world.workload(name).manager;
      const seen = Math.min(this.#callsSeen.get(name) ?? 0, calls.length);
      for (const call of calls.slice(seen)) this.#checkOrder(name, call.call, call.machine, call.reason);
      this.#callsSeen.set(name, calls.length);
    }
  }

  /** Fencing: an order may reach a manager only while the durable state says that this step is being carried out. */
  #checkOrder(framework: string, order: string, machine: string, reason: string): void {
    const { masterLeaptMs, leaseMs } = this.#options;
    const running = this.leases.moveOf(machine);
    // Until the aborted move's attempt has run out its executor may act, and no other move asks anything of the host.
    const isQuiet = running === undefined || running.stepPhase === 'pending';
    const aborted = isQuiet ? this.leases.abortedMoveOf(machine, leaseMs) : undefined;
    // A clock that leapt ends leases before their executors do: the grace covers drift, not leaps.
    const leapt = this.#world.clock.nowMs() - masterLeaptMs() < leaseMs;
    const shown = running ?? aborted;
    const where =
      shown === undefined
        ? 'no move of it is in progress'
        : `its move ${shown.transitionId} stands at ${shown.step} (${shown.stepPhase})`;
    const allowed = [running, aborted].some(
      (move) =>
        move !== undefined &&
        (move.stepPhase !== 'pending' || move.outcome !== 'running' || leapt) &&
        (ORDERS_BY_STEP[move.step] ?? []).includes(order),
    );
    if (!allowed) this.#problems.report(`${framework} ordered "${order}" for ${machine} (${reason}) although ${where}`);
  }

  #checkManagers(): void {
    for (const host of this.#world.hostNames) {
      const serving = this.#world.frameworkNames.filter(
        (name) => this.#world.workload(name).manager.stateOf(host) === 'up',
      );
      if (serving.length > 1) this.#problems.report(`${host} serves ${serving.join(' and ')} at once`);
    }
  }

  #auditNow(): void {
    const loop = this.#world.loop;
    if (loop?.leading !== true) return;
    for (const { invariant, subject, message } of loop.master.audit())
      this.#problems.report(`${invariant} ${subject}: ${message}`);
  }

  /** The live core, reduced to what is durable, must be what the store holds, and a core loaded from it the same again. */
  #compareWithDisk(): void {
    const loop = this.#world.loop;
    if (loop?.leading !== true || !loop.settled) return;
    const content = MemoryStore.contentOf(this.#world.disk);
    const live = JSON.stringify(loop.master.dump());
    if (live !== JSON.stringify(content)) this.#problems.report('the store holds something else than the live core');
    const loaded = Master.restore(this.#options.scheduler, content);
    if (live !== JSON.stringify(loaded.dump()))
      this.#problems.report('a core loaded from the store is another one than the live core');
    // It must be able to start from here, too: what is soft is derived again, and nothing goes out.
    loaded.step(loop.nowMs(), { kind: 'started', term: loop.term + 1 });
    for (const { invariant, subject, message } of loaded.audit())
      this.#problems.report(`started from the store: ${invariant} ${subject}: ${message}`);
  }
}
