/**
 * Tasks from launch to acknowledged end. States: `staging` → `running` → (`killing`) → one of the ended ones. Status
 * numbers are the agent's and only rise; the ended states are final. An ended task keeps no resources, and its record
 * waits for the framework's acknowledgement.
 */
import { strict as assert } from 'node:assert';

import { knownOutcome, recordOutcome } from '../commands-seen.js';
import type { Core } from '../core.js';
import type { CommandOutcome, FrameworkMessage, TaskSpec, TaskStatus } from '../protocol.js';
import type { TaskRecord } from '../state/records.js';
import { isSynced, sendKill, sendLaunch, sendTaskAck, takeCommandSeq } from './agent-commands.js';
import { SLICE_REVIEW_TIMER } from '../reassign/slices/memory.js';
import { endOvercommitment } from './capacity.js';
import { ENDED_TASKS_KEPT, MESSAGE_LENGTH_MAX, RECONCILE_TASKS_MAX } from './limits.js';
import { isEnded, statusOf, taskKeyOf } from './task-views.js';
import { shown } from './text.js';

type MessageOf<K extends FrameworkMessage['kind']> = Extract<FrameworkMessage, { readonly kind: K }>;

/**
 * Makes the records of validated tasks and has the agent start them, in the order given.
 *
 * @param reservationId whose capacity they use, where they use a reservation's
 * @returns their task keys
 */
export function launchTasks(
  core: Core,
  frameworkId: string,
  role: string,
  hostId: string,
  tasks: readonly TaskSpec[],
  reservationId?: string,
): readonly string[] {
  const keys: string[] = [];
  for (const spec of tasks) {
    const taskKey = taskKeyOf(frameworkId, spec.taskId);
    assert(!core.state.tasks.has(taskKey), `task ${taskKey} is launched twice`);
    const task: TaskRecord = {
      taskKey,
      taskId: spec.taskId,
      frameworkId,
      role,
      hostId,
      spec,
      state: 'staging',
      statusSeq: 0,
      message: '',
      exitCode: null,
      launchSeq: takeCommandSeq(core, hostId),
      killSeq: 0,
      killGraceMs: 0,
      updatedMs: core.nowMs,
      launchedMs: core.nowMs,
      ...(reservationId === undefined ? {} : { reservationId }),
    };
    core.state.tasks.put(task);
    if (isSynced(core, hostId)) sendLaunch(core, task);
    keys.push(taskKey);
  }
  core.markDirty(hostId);
  return keys;
}

/** A status from the agent of `hostId`, in a message of its own; `status.taskId` is the task key. */
export function onTaskStatus(core: Core, hostId: string, status: TaskStatus): void {
  const task = core.state.tasks.get(status.taskId);
  if (task?.hostId === hostId) {
    applyStatus(core, task, status);
    return;
  }
  // Not ours: an ended stranger is forgotten at once, a running one is dealt with when the agent reports it.
  if (isEnded(status.state)) sendTaskAck(core, hostId, status.taskId, status.statusSeq);
  else core.sendAgent(hostId, { kind: 'report_request' });
}

/**
 * Applies a status of our task if it is news, and acknowledges an end: the record is durable before the agent hears so and
 * forgets it. Of a task that lives nothing is forgotten, so nothing is acknowledged beyond the message itself.
 */
export function applyStatus(core: Core, task: TaskRecord, status: TaskStatus): void {
  if (status.statusSeq > task.statusSeq && !isEnded(task.state)) {
    // A kill is on its way: what was running before it arrived is still being killed.
    const state = task.killSeq > 0 && !isEnded(status.state) ? 'killing' : status.state;
    putStatus(core, {
      ...task,
      state,
      statusSeq: status.statusSeq,
      message: isEnded(state) ? endMessage(task, status.message) : status.message,
      exitCode: status.exitCode,
    });
  }
  if (isEnded(status.state)) sendTaskAck(core, task.hostId, task.taskKey, status.statusSeq);
}

/** What the framework is told of an end that the master wanted: that first. */
function endMessage({ killReason }: TaskRecord, message: string): string {
  if (killReason === undefined) return message;
  return message === '' ? killReason : `${killReason}; ${message}`;
}

/** Ends a task by our own word (its agent cannot): its host lost it, or a person says that the host is off. */
export function endTask(core: Core, task: TaskRecord, state: 'lost' | 'killed', message: string): void {
  if (isEnded(task.state)) return;
  putStatus(core, { ...task, state, statusSeq: task.statusSeq + 1, message, exitCode: null });
}

function putStatus(core: Core, changed: TaskRecord): void {
  const task: TaskRecord = { ...changed, message: shown(changed.message, MESSAGE_LENGTH_MAX), updatedMs: core.nowMs };
  core.state.tasks.put(task);
  core.sendFramework(task.frameworkId, { kind: 'task_status', status: statusOf(task) });
  if (!isEnded(task.state)) return;
  core.markDirty(task.hostId);
  if (core.sliceMemory.holds(task.hostId)) core.timers.setEarliest(SLICE_REVIEW_TIMER, core.nowMs);
  endOvercommitment(core, task.hostId);
  if (core.state.frameworks.get(task.frameworkId)?.tornDown === true) core.state.tasks.delete(task.taskKey);
  else forgetOldestEnded(core, task.frameworkId);
}

function forgetOldestEnded(core: Core, frameworkId: string): void {
  const ended = core.state.endedTasksByFramework.get(frameworkId);
  if (ended.size <= ENDED_TASKS_KEPT) return;
  const [oldest] = ended;
  if (oldest === undefined) return;
  core.state.tasks.delete(oldest);
  core.decide(
    'task',
    oldest,
    `${frameworkId} has not acknowledged the end of ${ENDED_TASKS_KEPT} tasks; the oldest is forgotten`,
  );
}

/** A framework wants a task to stop. Repeats are harmless: the outcome is the same and one kill is sent. */
export function killTask(core: Core, frameworkId: string, message: MessageOf<'kill_task'>): void {
  const peerId = `framework/${frameworkId}`;
  const body = JSON.stringify(['kill_task', message.taskId, message.graceMs]);
  let outcome = knownOutcome(core, peerId, message.commandId, body);
  if (outcome === null) {
    outcome = kill(core, frameworkId, message);
    recordOutcome(core, peerId, message.commandId, body, outcome);
  }
  core.sendFramework(frameworkId, { kind: 'result', commandId: message.commandId, outcome });
}

function kill(core: Core, frameworkId: string, message: MessageOf<'kill_task'>): CommandOutcome {
  const { taskId, graceMs } = message;
  if (!Number.isSafeInteger(graceMs) || graceMs < 0)
    return {
      ok: false,
      code: 'INVALID_ARGUMENT',
      message: `graceMs is ${graceMs}; it must be a whole number of milliseconds from 0`,
    };
  const task = core.state.tasks.get(taskKeyOf(frameworkId, taskId));
  if (task === undefined)
    return {
      ok: false,
      code: 'NOT_FOUND',
      message: `there is no task "${shown(taskId)}"; it never was, or its end is acknowledged`,
    };
  if (task.state === 'staging' || task.state === 'running') stopTask(core, task, graceMs);
  return { ok: true, ids: [task.taskId] };
}

/**
 * Tells the agent to stop a live task; nothing when it was told already. The status number stays the agent's to raise.
 * @param reason why, where it is not its framework's own wish
 */
export function stopTask(core: Core, task: TaskRecord, graceMs: number, reason?: string): void {
  if (isEnded(task.state) || task.killSeq > 0) return;
  const killSeq = takeCommandSeq(core, task.hostId);
  const why = reason === undefined ? {} : { killReason: reason };
  core.state.tasks.put({ ...task, state: 'killing', killSeq, killGraceMs: graceMs, updatedMs: core.nowMs, ...why });
  if (isSynced(core, task.hostId)) sendKill(core, task.hostId, task.taskKey, killSeq, graceMs, reason);
}

/** The framework has processed an end: its record goes. Acknowledgements of older statuses mean nothing. */
export function ackTask(core: Core, frameworkId: string, message: MessageOf<'task_ack'>): void {
  const taskKey = taskKeyOf(frameworkId, message.taskId);
  const task = core.state.tasks.get(taskKey);
  if (task !== undefined && isEnded(task.state) && message.statusSeq >= task.statusSeq)
    core.state.tasks.delete(taskKey);
}

/** Sends the present status of the tasks named, or of all when none is; unknown ones are lost (status number 0). */
export function reconcileTasks(core: Core, frameworkId: string, message: MessageOf<'reconcile'>): void {
  if (message.taskIds.length > RECONCILE_TASKS_MAX) {
    core.sendFramework(frameworkId, {
      kind: 'error',
      code: 'RESOURCE_EXHAUSTED',
      message: `taskIds names ${message.taskIds.length} tasks; at most ${RECONCILE_TASKS_MAX} are answered at once, name none to get all`,
    });
    return;
  }
  const keys =
    message.taskIds.length === 0
      ? [...core.state.tasksByFramework.get(frameworkId)]
      : [...new Set(message.taskIds)].map((taskId) => taskKeyOf(frameworkId, taskId));
  for (const key of keys) {
    const task = core.state.tasks.get(key);
    const status: TaskStatus =
      task === undefined
        ? {
            taskId: key.slice(frameworkId.length + 1),
            hostId: '',
            state: 'lost',
            statusSeq: 0,
            message: 'the master knows no such task: it never was, or its end was acknowledged',
            exitCode: null,
          }
        : statusOf(task);
    core.sendFramework(frameworkId, { kind: 'task_status', status });
  }
}
