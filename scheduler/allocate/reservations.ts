/**
 * Reservations as records: what is left of one, and how it is made, changed and ended. Who may do so, and the words for it,
 * are `reserve-offers.ts` (frameworks) and `operate/reservations.ts` (operators).
 */
import type { Core } from '../core.js';
import { isLiveTask } from '../quota/index.js';
import {
  addResources,
  EMPTY,
  isEmpty,
  subtractResourcesFloor,
  withoutZeros,
  type Resources,
} from '../resources/index.js';
import type { HostRecord, OfferRecord, ReservationRecord, TaskRecord } from '../state/records.js';
import { rescindOffers } from './rescind.js';

const NONE: readonly ReservationRecord[] = Object.freeze([]);

/** A refusal names no more reservations than these. */
const NAMED_MAX = 5;

/** The reservations of a host, oldest first. */
export function reservationsOn(core: Core, hostId: string): readonly ReservationRecord[] {
  if (core.state.reservationsByHost.count(hostId) === 0) return NONE;
  const found: ReservationRecord[] = [];
  for (const id of core.state.reservationsByHost.get(hostId)) {
    const reservation = core.state.reservations.get(id);
    if (reservation !== undefined) found.push(reservation);
  }
  return found;
}

/** Why a host cannot leave the shared pool, as a sentence that names what is reserved on it; null when nothing is. */
export function reservedText(core: Core, host: HostRecord): string | null {
  const found = reservationsOn(core, host.hostId);
  const [first] = found;
  if (first === undefined) return null;
  const named = found
    .slice(0, NAMED_MAX)
    .map(({ reservationId, role, by }) => `${reservationId} (role ${role}, by ${by})`);
  const rest = found.length - named.length;
  return (
    `${host.name} has capacity reserved: ${named.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}; ` +
    `end ${found.length === 1 ? 'it' : 'each'} first: mosaic unreserve ${first.reservationId}`
  );
}

/** Open offers of its capacity, oldest first. */
export function offersOf(core: Core, { hostId, reservationId }: ReservationRecord): readonly OfferRecord[] {
  const found: OfferRecord[] = [];
  for (const offerId of core.state.offersByHost.get(hostId)) {
    const offer = core.state.offers.get(offerId);
    if (offer?.reservationId === reservationId) found.push(offer);
  }
  return found;
}

/** Live tasks on it. */
export function tasksOf(core: Core, reservation: ReservationRecord): readonly TaskRecord[] {
  return recordsOf(core, reservation).filter(isLiveTask);
}

/** What of it no live task uses; offers of it are part of that. */
export function idleOf(core: Core, reservation: ReservationRecord): Resources {
  let used = EMPTY;
  for (const task of tasksOf(core, reservation)) used = addResources(used, task.spec.resources);
  return subtractResourcesFloor(reservation.resources, used);
}

/** What of it is neither used nor under offer. */
export function unofferedOf(core: Core, reservation: ReservationRecord): Resources {
  let offered = EMPTY;
  for (const offer of offersOf(core, reservation)) offered = addResources(offered, offer.resources);
  return subtractResourcesFloor(idleOf(core, reservation), offered);
}

/** Filters of reserved capacity are apart from those of the rest of the host: declining one says nothing about the other. */
export function filterRole(role: string, isReserved: boolean): string {
  return isReserved ? `${role} (reserved)` : role;
}

/** Keeps `resources` of the host for the role; the caller has seen to it that they are neither used nor given out. */
export function makeReservation(
  core: Core,
  made: Omit<ReservationRecord, 'reservationId' | 'sinceMs'>,
): ReservationRecord {
  const reservation = { ...made, reservationId: core.nextId('r'), sinceMs: core.nowMs };
  core.state.reservations.put(reservation);
  core.markDirty(made.hostId);
  return reservation;
}

/** The reservation gets more of its host, under the same conditions. */
export function growReservation(core: Core, reservation: ReservationRecord, by: Resources): void {
  const resources = addResources(reservation.resources, by);
  core.state.reservations.put({ ...reservation, resources });
  core.markDirty(reservation.hostId);
}

/** It gives back `by`, which nobody uses and nobody is offered; with nothing left it is gone. */
export function shrinkReservation(core: Core, reservation: ReservationRecord, by: Resources): void {
  const { quantities, ports } = subtractResourcesFloor(reservation.resources, by);
  const resources = { quantities: withoutZeros(quantities), ports };
  core.markDirty(reservation.hostId);
  if (isEmpty(resources)) removeRecord(core, reservation);
  else core.state.reservations.put({ ...reservation, resources });
}

/** Ends it: offers of it are rescinded, and tasks on it go on as ordinary ones, charged themselves. */
export function endReservation(core: Core, reservation: ReservationRecord, why: string): void {
  const offerIds = offersOf(core, reservation).map(({ offerId }) => offerId);
  rescindOffers(core, offerIds, why);
  removeRecord(core, reservation);
  core.markDirty(reservation.hostId);
}

function removeRecord(core: Core, reservation: ReservationRecord): void {
  const tasks = recordsOf(core, reservation);
  core.state.reservations.delete(reservation.reservationId);
  for (const { reservationId: _, ...ordinary } of tasks) core.state.tasks.put(ordinary);
}

/** Tasks that name it, ended ones that wait for their acknowledgement among them. */
function recordsOf(core: Core, { hostId, reservationId }: ReservationRecord): readonly TaskRecord[] {
  const found: TaskRecord[] = [];
  for (const key of core.state.tasksByHost.get(hostId)) {
    const task = core.state.tasks.get(key);
    if (task?.reservationId === reservationId) found.push(task);
  }
  return found;
}
