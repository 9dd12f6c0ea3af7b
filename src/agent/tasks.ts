import { backoffMs } from '../../frameworks/common/backoff.js';
import type { TaskSpec, TaskState, TaskStatus } from '../../scheduler/index.js';
import type { CancelTimer, Clock, Random } from '../ports/index.js';
import type { KeptTask, MemoryKeeper } from './checkpoint.js';
import type { Driver, TaskEnd } from './driver.js';

const ENDED: readonly TaskState[] = ['finished', 'failed', 'killed', 'lost'];

/** A container service that restarts is back in seconds; one that is broken is asked once a minute until a person mends it. */
const KILL_RETRY = { firstMs: 1_000, maxMs: 60_000 };

/**
 * The tasks of one machine. A command is checkpointed before it has an effect, so that a restarted agent knows below which
 * command a missing task is lost; a status is checkpointed before it is sent, so that its number is never given twice.
 */
export class AgentTasks {
  readonly #driver: Driver;
  readonly #keeper: MemoryKeeper;
  readonly #hostId: () => string;
  readonly #send: (status: TaskStatus) => void;
  readonly #onError: (text: string, error: unknown) => void;
  readonly #clock: Clock;
  readonly #random: Random;
  /** Kills that failed and are tried again, by task. */
  readonly #killRetries = new Map<string, CancelTimer>();
  #closed = false;

  constructor(options: {
    readonly driver: Driver;
    readonly keeper: MemoryKeeper;
    readonly hostId: () => string;
    readonly send: (status: TaskStatus) => void;
    readonly onError: (text: string, error: unknown) => void;
    readonly clock: Clock;
    readonly random: Random;
  }) {
    this.#driver = options.driver;
    this.#keeper = options.keeper;
    this.#hostId = options.hostId;
    this.#send = options.send;
    this.#onError = options.onError;
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /** Nothing more is tried; tasks go on running. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#killRetries.values()) cancel();
    this.#killRetries.clear();
  }

  /** Compares what the checkpoint says with what runs: what is gone has failed, what was to be killed is killed. */
  async recover(): Promise<void> {
    const running = new Set(await this.#driver.recover(this.#onTaskEnd));
    for (const task of this.#keeper.memory.tasks) {
      if (ENDED.includes(task.state)) continue;
      if (!running.has(task.taskKey))
        await this.#record(task.taskKey, 'failed', 'it was gone when the agent came back', null, false);
      else if (task.state === 'staging') await this.#record(task.taskKey, 'running', 'running', null, false);
      else if (task.state === 'killing') await this.#kill(task.taskKey, task.spec.killGraceMs);
    }
  }

  /** What may be told: statuses on their way to the disk follow when they are there. */
  statuses(): readonly TaskStatus[] {
    return this.#keeper.durable.tasks.map((task) => this.#status(task));
  }

  async launch(commandSeq: number, spec: TaskSpec): Promise<void> {
    const taskKey = spec.taskId;
    const known = this.#find(taskKey);
    if (commandSeq <= this.#keeper.memory.lastCommandSeq || known !== undefined) {
      // Asked again because our answer was lost.
      this.#repeat(taskKey);
      return;
    }
    const task: KeptTask = { taskKey, spec, state: 'staging', statusSeq: 0, message: '', exitCode: null };
    await this.#keeper.change({ lastCommandSeq: commandSeq, tasks: [...this.#keeper.memory.tasks, task] });
    // Pulling an image may take minutes: other commands must not wait for it.
    this.#start(taskKey, spec).catch((error: unknown) => {
      this.#onError(`the start of task ${taskKey} could not be kept`, error);
    });
  }

  async kill(commandSeq: number, taskKey: string, graceMs: number): Promise<void> {
    const lastCommandSeq = Math.max(commandSeq, this.#keeper.memory.lastCommandSeq);
    await this.#keeper.change({ lastCommandSeq });
    const task = this.#find(taskKey);
    if (task === undefined) {
      // Unknown here: say that it does not run, so that the master can stop waiting for it.
      this.#send({
        taskId: taskKey,
        hostId: this.#hostId(),
        state: 'killed',
        statusSeq: 1,
        message: 'it did not run here',
        exitCode: null,
      });
      return;
    }
    if (ENDED.includes(task.state)) {
      this.#repeat(taskKey);
      return;
    }
    await this.#record(taskKey, 'killing', 'asked to stop', null);
    await this.#kill(taskKey, graceMs);
  }

  /** The master has the task's last status: it may be forgotten. */
  async acknowledge(taskKey: string, statusSeq: number): Promise<void> {
    const task = this.#find(taskKey);
    if (task === undefined || task.statusSeq > statusSeq || !ENDED.includes(task.state)) return;
    await this.#keeper.change({ tasks: this.#keeper.memory.tasks.filter((other) => other.taskKey !== taskKey) });
  }

  async #start(taskKey: string, spec: TaskSpec): Promise<void> {
    try {
      await this.#driver.startTask(taskKey, spec, this.#onTaskEnd);
    } catch (error) {
      await this.#record(taskKey, 'failed', `it could not be started: ${text(error)}`, null);
      return;
    }
    const state = this.#find(taskKey)?.state;
    if (state === 'staging') await this.#record(taskKey, 'running', 'running', null);
    else if (state === 'killing') await this.#kill(taskKey, spec.killGraceMs); // Asked while it was starting.
  }

  /** Until the driver has taken it or the task has ended: nobody else would ask again. Never rejects. */
  async #kill(taskKey: string, graceMs: number, failures = 0): Promise<void> {
    this.#killRetries.get(taskKey)?.();
    this.#killRetries.delete(taskKey);
    if (this.#closed || this.#find(taskKey)?.state !== 'killing') return;
    try {
      await this.#driver.killTask(taskKey, graceMs);
    } catch (error) {
      if (this.#closed as boolean) return;
      const pauseMs = backoffMs(failures + 1, this.#random.next(), KILL_RETRY);
      this.#onError(`task ${taskKey} could not be killed; it is tried again in ${pauseMs} ms`, error);
      this.#killRetries.get(taskKey)?.();
      const cancel = this.#clock.setTimer(pauseMs, () => void this.#kill(taskKey, graceMs, failures + 1));
      this.#killRetries.set(taskKey, cancel);
    }
  }

  readonly #onTaskEnd = (taskKey: string, end: TaskEnd): void => {
    this.#record(taskKey, end.outcome, end.message, end.exitCode).catch((error: unknown) => {
      this.#onError(`the end of task ${taskKey} could not be kept`, error);
    });
  };

  async #record(
    taskKey: string,
    state: TaskState,
    message: string,
    exitCode: number | null,
    send = true,
  ): Promise<void> {
    const task = this.#find(taskKey);
    if (task === undefined || ENDED.includes(task.state)) return;
    const after: KeptTask = { ...task, state, message, exitCode, statusSeq: task.statusSeq + 1 };
    await this.#keeper.change({
      tasks: this.#keeper.memory.tasks.map((other) => (other.taskKey === taskKey ? after : other)),
    });
    if (send) this.#send(this.#status(after));
  }

  /** Says again what was said; what is not durable yet is said when it is. */
  #repeat(taskKey: string): void {
    const told = this.#keeper.durable.tasks.find((task) => task.taskKey === taskKey);
    if (told !== undefined) this.#send(this.#status(told));
  }

  #find(taskKey: string): KeptTask | undefined {
    return this.#keeper.memory.tasks.find((task) => task.taskKey === taskKey);
  }

  #status(task: KeptTask): TaskStatus {
    const { taskKey, state, statusSeq, message, exitCode } = task;
    return { taskId: taskKey, hostId: this.#hostId(), state, statusSeq, message, exitCode };
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
