import { idleOf, offersOf, tasksOf } from '../allocate/index.js';
import type { Core } from '../core.js';
import type { ReservationRecord } from '../state/records.js';
import { findHost, findRole } from './lookup.js';
import { pageOf } from './page.js';
import type { Query, QueryResult } from './query.js';
import type { ReservationView } from './views.js';

/** Reservations that match every filter, in natural order of host and id. */
export function reservationsPage(core: Core, query: Extract<Query, { kind: 'reservations' }>): QueryResult {
  const host = query.host === '' ? null : findHost(core, query.host);
  if (host?.ok === false) return { kind: 'not_found', message: host.message };
  const role = query.role === '' ? null : findRole(core, query.role);
  if (role?.ok === false) return { kind: 'not_found', message: role.message };
  const matching = [...core.state.reservations.values()].filter(
    (reservation) =>
      (host === null || reservation.hostId === host.value.hostId) &&
      (role === null || reservation.role === role.value.path) &&
      (!query.idle || isIdle(core, reservation)),
  );
  const paged = pageOf(matching, ({ hostId, reservationId }) => `${nameOf(core, hostId)} ${reservationId}`, query.page);
  return {
    kind: 'reservations',
    reservations: paged.items.map((reservation) => reservationView(core, reservation)),
    total: paged.total,
    nextPageToken: paged.nextPageToken,
  };
}

/** Whether no task uses any of it: what a leak looks like. */
export function isIdle(core: Core, reservation: ReservationRecord): boolean {
  return tasksOf(core, reservation).length === 0;
}

export function reservationView(core: Core, reservation: ReservationRecord): ReservationView {
  const { reservationId, hostId, role, resources, by, reason, sinceMs } = reservation;
  return {
    ...{ reservationId, role, resources, by, reason, sinceMs },
    hostName: nameOf(core, hostId),
    idle: idleOf(core, reservation),
    tasks: tasksOf(core, reservation).length,
    offers: offersOf(core, reservation).length,
  };
}

function nameOf(core: Core, hostId: string): string {
  return core.state.hosts.get(hostId)?.name ?? hostId;
}
