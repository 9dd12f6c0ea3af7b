import type { TaskSpec } from '../../scheduler/index.js';
import { sleep, type Clock, type Random } from '../ports/index.js';
import type { AgentStepContext, Driver, Inventory, TaskEnd } from './driver.js';

/** Shortest and longest time of something, in ms. */
export interface Span {
  readonly minMs: number;
  readonly maxMs: number;
}

/** How long the agent's steps take for one workload, and how often they fail. Chances in thousandths, drawn per step. */
export interface SimulatedTimings {
  readonly prepare: Span;
  readonly wipe: Span;
  readonly verifyClean: Span;
  readonly prepareFailMilli: number;
  readonly wipeFailMilli: number;
  /** A wipe leaves something behind that the verification finds. */
  readonly dirtyMilli: number;
}

/** How a simulated machine behaves. */
export interface SimulatedMachine {
  readonly inventory: Inventory;
  readonly taskStartMs: number;
  /** By workload; the empty name stands for none. */
  readonly timingsOf: (workload: string) => SimulatedTimings;
}

interface RunningTask {
  readonly cancel: () => void;
  onEnd: (taskKey: string, end: TaskEnd) => void;
}

/** A machine that exists only here. It outlives its agent, as machines do: tasks go on, and what was left on it stays. */
export class SimulatedHardware {
  readonly machine: SimulatedMachine;
  /** What a verification would find; empty when clean. */
  residue = '';
  readonly #clock: Clock;
  readonly #running = new Map<string, RunningTask>();

  /** @param clock the world's, not that of an agent's process */
  constructor(machine: SimulatedMachine, clock: Clock) {
    this.machine = machine;
    this.#clock = clock;
  }

  get runningTasks(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Ends of running tasks are told to this agent from now on. */
  attach(onEnd: (taskKey: string, end: TaskEnd) => void): void {
    for (const task of this.#running.values()) task.onEnd = onEnd;
  }

  /** Power is cut: no task survives. Nobody is told. */
  powerOff(): void {
    for (const task of this.#running.values()) task.cancel();
    this.#running.clear();
  }

  run(taskKey: string, spec: TaskSpec, onEnd: (taskKey: string, end: TaskEnd) => void): void {
    if (this.#running.has(taskKey)) return;
    const runMs = Number(spec.labels['simulated-run-ms'] ?? Infinity);
    const exitCode = Number(spec.labels['simulated-exit-code'] ?? 0);
    const cancel = Number.isFinite(runMs)
      ? this.#clock.setTimer(runMs, () => {
          this.#end(taskKey, {
            outcome: exitCode === 0 ? 'finished' : 'failed',
            exitCode,
            message: `exited with ${String(exitCode)}`,
          });
        })
      : () => undefined;
    this.#running.set(taskKey, { cancel, onEnd });
  }

  kill(taskKey: string): void {
    this.#running.get(taskKey)?.cancel();
    this.#clock.setTimer(1, () => {
      this.#end(taskKey, { outcome: 'killed', exitCode: 143, message: 'stopped' });
    });
  }

  #end(taskKey: string, end: TaskEnd): void {
    const task = this.#running.get(taskKey);
    if (task === undefined) return;
    this.#running.delete(taskKey);
    task.cancel();
    task.onEnd(taskKey, end);
  }
}

/**
 * The driver of a simulated machine. Tasks run until killed, or for the time in their label `simulated-run-ms`, and end
 * with the exit code in `simulated-exit-code`. Waiting is the agent's: a killed agent's step never goes on.
 */
export class SimulatedDriver implements Driver {
  readonly #hardware: SimulatedHardware;
  readonly #clock: Clock;
  readonly #random: Pick<Random, 'next'>;

  /** @param clock that of the agent's process */
  constructor(hardware: SimulatedHardware, clock: Clock, random: Pick<Random, 'next'>) {
    this.#hardware = hardware;
    this.#clock = clock;
    this.#random = random;
  }

  inventory(): Promise<Inventory> {
    return Promise.resolve(this.#hardware.machine.inventory);
  }

  recover(onTaskEnd: (taskKey: string, end: TaskEnd) => void): Promise<readonly string[]> {
    this.#hardware.attach(onTaskEnd);
    return Promise.resolve(this.#hardware.runningTasks);
  }

  async startTask(taskKey: string, spec: TaskSpec, onTaskEnd: (taskKey: string, end: TaskEnd) => void): Promise<void> {
    await sleep(this.#clock, this.#hardware.machine.taskStartMs);
    this.#hardware.run(taskKey, spec, onTaskEnd);
  }

  killTask(taskKey: string): Promise<void> {
    this.#hardware.kill(taskKey);
    return Promise.resolve();
  }

  async prepare(context: AgentStepContext): Promise<void> {
    context.fence();
    const timings = this.#hardware.machine.timingsOf(context.workload);
    this.#hardware.residue = `profile of ${context.workload}`;
    await this.#work(context, timings.prepare);
    if (this.#happens(timings.prepareFailMilli)) throw new Error('the profile could not be applied (simulated)');
  }

  async wipe(context: AgentStepContext): Promise<void> {
    context.fence();
    const timings = this.#hardware.machine.timingsOf(context.workload);
    await this.#work(context, timings.wipe);
    if (this.#happens(timings.wipeFailMilli)) throw new Error('a file system is busy (simulated)');
    context.fence();
    this.#hardware.residue = this.#happens(timings.dirtyMilli) ? 'a volume group of the last workload (simulated)' : '';
  }

  async verifyClean(context: AgentStepContext): Promise<string> {
    await this.#work(context, this.#hardware.machine.timingsOf(context.workload).verifyClean);
    return this.#hardware.residue === '' ? 'clean' : `found ${this.#hardware.residue}`;
  }

  async #work(context: AgentStepContext, span: Span): Promise<void> {
    const totalMs = Math.round(span.minMs + (span.maxMs - span.minMs) * this.#random.next());
    context.report(0, 'started');
    await sleep(this.#clock, totalMs, context.signal);
    context.report(1000, 'finished');
  }

  #happens(milli: number): boolean {
    return milli > 0 && this.#random.next() * 1000 < milli;
  }
}
