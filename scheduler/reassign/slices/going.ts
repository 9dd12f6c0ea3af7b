import type { Core } from '../../core.js';
import { isLiveTask } from '../../quota/index.js';
import type { TaskRecord } from '../../state/records.js';
import type { SliceReclaim } from './memory.js';

/** Those of the tasks told to go that have not ended. */
export function goingTasks(core: Core, { taskKeys }: SliceReclaim): readonly TaskRecord[] {
  return taskKeys.flatMap((key) => {
    const task = core.state.tasks.get(key);
    return task === undefined || !isLiveTask(task) ? [] : [task];
  });
}
