import type { Core } from '../core.js';
import { isLive } from '../invariants/recount.js';
import type { FrameworkRecord } from '../state/records.js';
import { naturalCompare } from './natural-order.js';
import type { FrameworkView } from './views.js';

/** All frameworks, or those of one workload, by id. */
export function frameworkViews(core: Core, workload: string): readonly FrameworkView[] {
  return [...core.state.frameworks.values()]
    .filter((framework) => workload === '' || framework.workload === workload)
    .sort((a, b) => naturalCompare(a.frameworkId, b.frameworkId))
    .map((framework) => frameworkView(core, framework));
}

export function frameworkView(core: Core, framework: FrameworkRecord): FrameworkView {
  const { frameworkId, workload, roles, executesSteps, tornDown } = framework;
  const presence = core.state.frameworkPresence.get(frameworkId);
  let tasks = 0;
  for (const taskKey of core.state.tasksByFramework.get(frameworkId)) {
    const task = core.state.tasks.get(taskKey);
    if (task !== undefined && isLive(task)) tasks += 1;
  }
  return {
    ...{ frameworkId, workload, roles, executesSteps, tornDown, tasks },
    connected: presence?.connected ?? false,
    sinceMs: presence?.sinceMs ?? framework.registeredMs,
    observed: presence?.observed ?? false,
    hosts: core.state.leasesByFramework.count(frameworkId),
    offers: core.state.offersByFramework.count(frameworkId),
    withoutAgent: [...core.state.strangersByFramework.get(frameworkId)].flatMap(
      (key) => core.state.observations.get(key)?.observed ?? [],
    ),
  };
}
