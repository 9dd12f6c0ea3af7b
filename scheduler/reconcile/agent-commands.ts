/**
 * Commands to agents (launch, kill). Each has the next number of its host, durable before it is sent; the agent applies
 * them in that order and checkpoints the last one. Until the agent's present session has reported they are held back: the
 * report says which ones it has, and the rest is sent then, oldest first.
 */
import { strict as assert } from 'node:assert';

import type { Core } from '../core.js';
import type { TaskRecord } from '../state/records.js';

/** Whether commands reach the agent in their order: its session is known to have everything sent before. */
export function isSynced(core: Core, hostId: string): boolean {
  return core.state.hostPresence.get(hostId)?.synced === true;
}

/** Takes the host's next command number. */
export function takeCommandSeq(core: Core, hostId: string): number {
  const host = core.state.hosts.get(hostId);
  assert(host !== undefined, `host ${hostId} gets a command but does not exist`);
  const commandSeq = host.commandSeq + 1;
  core.state.hosts.put({ ...host, commandSeq });
  return commandSeq;
}

export function sendLaunch(core: Core, task: TaskRecord): void {
  core.sendAgent(task.hostId, {
    kind: 'launch',
    commandSeq: task.launchSeq,
    frameworkId: task.frameworkId,
    task: { ...task.spec, taskId: task.taskKey },
  });
}

/**
 * @param taskKey also of tasks that have no record: strangers on the machine
 * @param reason why, where it is not the wish of the task's framework
 */
export function sendKill(
  core: Core,
  hostId: string,
  taskKey: string,
  commandSeq: number,
  graceMs: number,
  reason?: string,
): void {
  const why = reason === undefined ? {} : { reason };
  core.sendAgent(hostId, { kind: 'kill', commandSeq, taskId: taskKey, graceMs, ...why });
}

export function sendTaskAck(core: Core, hostId: string, taskKey: string, statusSeq: number): void {
  core.sendAgent(hostId, { kind: 'task_ack', taskId: taskKey, statusSeq });
}

/** Sends again what an agent that has applied up to `lastCommandSeq` lacks, in the order of the numbers. */
export function resendCommands(core: Core, hostId: string, tasks: readonly TaskRecord[], lastCommandSeq: number): void {
  const pending: { readonly seq: number; readonly send: () => void }[] = [];
  for (const task of tasks) {
    if (task.launchSeq > lastCommandSeq) pending.push({ seq: task.launchSeq, send: () => sendLaunch(core, task) });
    if (task.killSeq > lastCommandSeq)
      pending.push({
        seq: task.killSeq,
        send: () => sendKill(core, hostId, task.taskKey, task.killSeq, task.killGraceMs, task.killReason),
      });
  }
  pending.sort((a, b) => a.seq - b.seq);
  for (const command of pending) command.send();
}
