import { rescindHostOffers } from '../allocate/rescind.js';
import type { Core } from '../core.js';
import { addResources, EMPTY, fitsResources } from '../resources/index.js';
import { liveTasksOf } from './task-views.js';

/** A host that came back smaller than what runs on it: nothing ends, nothing new is granted (I1). */
export function reviewCapacity(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return;
  let used = EMPTY;
  for (const task of liveTasksOf(core, hostId)) used = addResources(used, task.spec.resources);
  if (fitsResources(used, host.resources)) {
    core.clearCondition('OVERCOMMITTED', host.name);
    return;
  }
  rescindHostOffers(core, hostId, `${host.name} has less than what runs on it`);
  core.raise(
    'OVERCOMMITTED',
    host.name,
    `${host.name} came back with less than its tasks use; they go on, and it gets no new ones`,
    'it clears when enough tasks have ended or the machine has its resources back',
  );
}

/** A task has ended: its host may fit again. Costs nothing where nothing was overcommitted. */
export function endOvercommitment(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  if (host !== undefined && core.state.conditions.has(`OVERCOMMITTED|${host.name}`)) reviewCapacity(core, hostId);
}
