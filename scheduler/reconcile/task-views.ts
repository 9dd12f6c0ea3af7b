import type { Core } from '../core.js';
import type { TaskState, TaskStatus } from '../protocol.js';
import type { TaskRecord } from '../state/records.js';

/** Whether a task in this state holds nothing any more. */
export function isEnded(state: TaskState): boolean {
  return state === 'finished' || state === 'failed' || state === 'killed' || state === 'lost';
}

/** What towards agents is the task's id: unique over frameworks. */
export function taskKeyOf(frameworkId: string, taskId: string): string {
  return `${frameworkId}/${taskId}`;
}

export function statusOf(task: TaskRecord): TaskStatus {
  const { taskId, hostId, state, statusSeq, message, exitCode } = task;
  return { taskId, hostId, state, statusSeq, message, exitCode };
}

/** Live tasks of a host, oldest launch first. */
export function liveTasksOf(core: Core, hostId: string): readonly TaskRecord[] {
  const live: TaskRecord[] = [];
  for (const key of core.state.tasksByHost.get(hostId)) {
    const task = core.state.tasks.get(key);
    if (task !== undefined && !isEnded(task.state)) live.push(task);
  }
  return live.sort((a, b) => a.launchSeq - b.launchSeq);
}
