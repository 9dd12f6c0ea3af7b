import { rescindHostOffers } from '../allocate/rescind.js';
import { reservationsOn } from '../allocate/reservations.js';
import type { Core } from '../core.js';
import { addResources, EMPTY, fitsResources } from '../resources/index.js';
import { liveTasksOf } from './task-views.js';
import { some } from './text.js';

/** A host that came back smaller than what runs on it and what is reserved there: nothing ends, nothing new is granted (I1). */
export function reviewCapacity(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return;
  let used = EMPTY;
  for (const task of liveTasksOf(core, hostId))
    if (task.reservationId === undefined) used = addResources(used, task.spec.resources);
  const reservations = reservationsOn(core, hostId);
  for (const reservation of reservations) used = addResources(used, reservation.resources);
  if (fitsResources(used, host.resources)) {
    core.clearCondition('OVERCOMMITTED', host.name);
    return;
  }
  const [isReserved, reserved] = [reservations.length > 0, reservations.map((one) => one.reservationId)];
  rescindHostOffers(
    core,
    hostId,
    `${host.name} has less than what ${isReserved ? 'is reserved and runs' : 'runs'} on it`,
  );
  core.raise(
    'OVERCOMMITTED',
    host.name,
    isReserved
      ? `${host.name} came back with less than its tasks use and ${some(reserved)} reserve there; tasks go on, and it gets no new ones`
      : `${host.name} came back with less than its tasks use; they go on, and it gets no new ones`,
    isReserved
      ? 'it clears when enough tasks have ended, reservations are given up (mosaic unreserve) or the machine has its resources back'
      : 'it clears when enough tasks have ended or the machine has its resources back',
  );
}

/** A task or a reservation has ended: its host may fit again. Costs nothing where nothing was overcommitted. */
export function endOvercommitment(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  if (host !== undefined && core.state.conditions.has(`OVERCOMMITTED|${host.name}`)) reviewCapacity(core, hostId);
}
