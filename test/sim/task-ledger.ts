import type { FrameworkEvent, FrameworkMessage, TaskStatus } from '../../scheduler/index.js';
import type { World } from '../../src/simulation/world.js';

const ENDED: readonly string[] = ['finished', 'failed', 'killed', 'lost'];

/** Tasks and commands as machines and frameworks live through them: nothing runs twice, is answered twice, or comes back. */
export class TaskLedger {
  readonly #report: (problem: string) => void;
  /** Hosts on which a task was ever started. */
  readonly #startedOn = new Map<string, string>();
  readonly #states = new Map<string, { readonly state: string; readonly statusSeq: number }>();
  /** Where a task is to run, when it does. */
  readonly #expectedOn = new Map<string, string>();
  readonly #sent = new Map<string, number>();
  readonly #answered = new Map<string, number>();
  /** Tasks whose end a framework has acknowledged: the master forgets them. */
  readonly #acknowledged = new Set<string>();

  constructor(world: World, report: (problem: string) => void) {
    this.#report = report;
    for (const host of world.hostNames) {
      const hardware = world.hardwareOf(host);
      const run = hardware.run.bind(hardware);
      hardware.run = (taskKey, spec, onEnd): void => {
        this.#onRun(host, taskKey);
        run(taskKey, spec, onEnd);
      };
    }
  }

  /** A framework asks for the task on this host (by id): it may never run, but nowhere else. */
  expectOn(taskId: string, hostId: string): void {
    this.#expectedOn.set(taskId, hostId);
  }

  /** A framework sends a message of its own, once. */
  onSent(message: FrameworkMessage): void {
    if ('commandId' in message) this.#sent.set(message.commandId, (this.#sent.get(message.commandId) ?? 0) + 1);
    if (message.kind === 'task_ack') this.#acknowledged.add(message.taskId);
  }

  /** A framework was told something. */
  onEvent(event: FrameworkEvent): void {
    if (event.kind === 'task_status') this.#onStatus(event.status);
    else if (event.kind === 'resync') for (const status of event.tasks) this.#onStatus(status);
    else if (event.kind === 'result') {
      const times = (this.#answered.get(event.commandId) ?? 0) + 1;
      this.#answered.set(event.commandId, times);
      const sent = this.#sent.get(event.commandId) ?? 0;
      if (times > sent)
        this.#report(
          `command ${event.commandId} was sent ${String(sent)} times and answered ${String(times)} times: a message was applied twice`,
        );
    }
  }

  #onRun(host: string, taskKey: string): void {
    const before = this.#startedOn.get(taskKey);
    if (before !== undefined) this.#report(`task ${taskKey} was started on ${host}, but it ran on ${before} before`);
    this.#startedOn.set(taskKey, host);
  }

  #onStatus({ taskId, hostId, state, statusSeq }: TaskStatus): void {
    // Who asks for a task whose end it has acknowledged is told that there is none.
    if (state === 'lost' && statusSeq === 0 && this.#acknowledged.has(taskId)) return;
    const expected = this.#expectedOn.get(taskId);
    if (expected !== undefined && hostId !== expected && hostId !== '')
      this.#report(`task ${taskId} is on ${hostId}, but was to run on ${expected}`);
    const before = this.#states.get(taskId);
    if (before !== undefined && ENDED.includes(before.state) && state !== before.state)
      this.#report(`task ${taskId} was ${before.state} and is ${state} now`);
    if (before !== undefined && statusSeq < before.statusSeq)
      this.#report(
        `the status of task ${taskId} went back from ${String(before.statusSeq)} (${before.state}) to ${String(statusSeq)} (${state})`,
      );
    this.#states.set(taskId, { state, statusSeq });
  }
}
