import type { Core } from '../../core.js';
import { DEFAULT_RECLAIM } from '../../quota/index.js';
import type { TaskRecord } from '../../state/records.js';

/** How long the task's framework is told before: its role's deadline, or the configured notice. */
export function noticeOf(core: Core, task: TaskRecord): number {
  const { deadlineMs } = core.state.roles.get(task.role)?.reclaim ?? DEFAULT_RECLAIM;
  return deadlineMs > 0 ? deadlineMs : core.options.taskReclaimNoticeMs;
}

/** Announces to each framework which of its tasks are killed when, and why. */
export function tellReclaim(core: Core, tasks: readonly TaskRecord[], killAfterMs: number, reason: string): void {
  for (const [frameworkId, taskIds] of byFramework(tasks))
    core.sendFramework(frameworkId, { kind: 'task_reclaim', taskIds, killAfterMs, reason });
}

/** Takes it back: the tasks may stay. */
export function tellReclaimCancelled(core: Core, tasks: readonly TaskRecord[], reason: string): void {
  for (const [frameworkId, taskIds] of byFramework(tasks))
    core.sendFramework(frameworkId, { kind: 'task_reclaim_cancelled', taskIds, reason });
}

function byFramework(tasks: readonly TaskRecord[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { frameworkId, taskId } of tasks) {
    const ids = found.get(frameworkId);
    if (ids === undefined) found.set(frameworkId, [taskId]);
    else ids.push(taskId);
  }
  return found;
}
