import type { TaskSpec } from '../../scheduler/index.js';
import { sleep, type Clock, type Random } from '../ports/index.js';
import type { AgentStepContext, Driver, Inventory, TaskEnd } from './driver.js';

/** Shortest and longest time of something, in ms. */
export interface Span {
  readonly minMs: number;
  readonly maxMs: number;
}

/** How a simulated machine behaves. Chances in thousandths, drawn per step. */
export interface SimulatedMachine {
  readonly inventory: Inventory;
  readonly prepare: Span;
  readonly wipe: Span;
  readonly verifyClean: Span;
  readonly taskStartMs: number;
  readonly prepareFailMilli: number;
  readonly wipeFailMilli: number;
  /** A verification finds something left behind. */
  readonly dirtyMilli: number;
}

/**
 * A machine that exists only here; it outlives its agent, as a machine does. Tasks run until killed, or for the time in
 * their label `simulated-run-ms`, and end with the exit code in `simulated-exit-code`.
 */
export class SimulatedDriver implements Driver {
  readonly #machine: SimulatedMachine;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #running = new Map<
    string,
    {
      readonly endsMs: number;
      readonly exitCode: number;
      cancel: () => void;
      onEnd: (taskKey: string, end: TaskEnd) => void;
    }
  >();
  /** What a verification would find. */
  #residue = '';

  constructor(machine: SimulatedMachine, clock: Clock, random: Random) {
    this.#machine = machine;
    this.#clock = clock;
    this.#random = random;
  }

  /** Leaves something on the machine that only a wipe removes. */
  soil(what: string): void {
    this.#residue = what;
  }

  inventory(): Promise<Inventory> {
    return Promise.resolve(this.#machine.inventory);
  }

  recover(onTaskEnd: (taskKey: string, end: TaskEnd) => void): Promise<readonly string[]> {
    for (const task of this.#running.values()) task.onEnd = onTaskEnd;
    return Promise.resolve([...this.#running.keys()]);
  }

  async startTask(taskKey: string, spec: TaskSpec, onTaskEnd: (taskKey: string, end: TaskEnd) => void): Promise<void> {
    await sleep(this.#clock, this.#machine.taskStartMs);
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
    this.#running.set(taskKey, { endsMs: this.#clock.nowMs() + runMs, exitCode, cancel, onEnd: onTaskEnd });
  }

  killTask(taskKey: string): Promise<void> {
    const task = this.#running.get(taskKey);
    task?.cancel();
    this.#clock.setTimer(1, () => {
      this.#end(taskKey, { outcome: 'killed', exitCode: 143, message: 'stopped' });
    });
    return Promise.resolve();
  }

  async prepare(context: AgentStepContext): Promise<void> {
    context.fence();
    this.#residue = `profile of ${context.workload}`;
    await this.#work(context, this.#machine.prepare);
    if (this.#happens(this.#machine.prepareFailMilli)) throw new Error('the profile could not be applied (simulated)');
  }

  async wipe(context: AgentStepContext): Promise<void> {
    context.fence();
    await this.#work(context, this.#machine.wipe);
    if (this.#happens(this.#machine.wipeFailMilli)) throw new Error('a file system is busy (simulated)');
    context.fence();
    this.#residue = this.#happens(this.#machine.dirtyMilli) ? 'a volume group of the last workload (simulated)' : '';
  }

  async verifyClean(context: AgentStepContext): Promise<string> {
    await this.#work(context, this.#machine.verifyClean);
    return this.#residue === '' ? 'clean' : `found ${this.#residue}`;
  }

  async #work(context: AgentStepContext, span: Span): Promise<void> {
    const totalMs = Math.round(span.minMs + (span.maxMs - span.minMs) * this.#random.next());
    context.report(0, 'started');
    await sleep(this.#clock, totalMs, context.signal);
    context.report(1000, 'finished');
  }

  #end(taskKey: string, end: TaskEnd): void {
    const task = this.#running.get(taskKey);
    if (task === undefined) return;
    this.#running.delete(taskKey);
    task.cancel();
    task.onEnd(taskKey, end);
  }

  #happens(milli: number): boolean {
    return milli > 0 && this.#random.next() * 1000 < milli;
  }
}
