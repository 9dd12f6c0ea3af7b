/** What is reserved, as reasons of an answer: what is kept for whom, since when, and whether anybody uses it. */
import { idleOf, reservationsOn, tasksOf } from '../../allocate/index.js';
import type { Core } from '../../core.js';
import { addResources, EMPTY } from '../../resources/index.js';
import type { HostRecord, ReservationRecord, RoleRecord } from '../../state/records.js';
import { counted, duration, resourcesText } from '../../words.js';
import { remedies } from '../remedies.js';
import type { Reason } from './reason.js';

const RESERVATIONS_SHOWN_MAX = 5;

/** One reason for each reservation of the host, oldest first, and how it would end. */
export function reservedOnHost(
  core: Core,
  host: HostRecord,
): { readonly reasons: readonly Reason[]; readonly remedies: readonly string[] } {
  const found = reservationsOn(core, host.hostId).slice(0, RESERVATIONS_SHOWN_MAX);
  return {
    reasons: found.map((reservation) => ({
      code: 'HOLDS',
      text: hostText(core, reservation),
      sinceMs: reservation.sinceMs,
    })),
    remedies: found.map(({ reservationId }) => remedies.unreserve(reservationId)),
  };
}

function hostText(core: Core, reservation: ReservationRecord): string {
  const { reservationId, role, by, reason, resources } = reservation;
  const tasks = tasksOf(core, reservation).length;
  const use = tasks === 0 ? 'idle' : `${counted(tasks, 'task')} on it`;
  return (
    `keeps ${resourcesText(resources)} for role ${role}: ${reservationId} by ${by}, ` +
    `${duration(core.nowMs - reservation.sinceMs)} old, ${use}${reason === '' ? '' : ` (${reason})`}`
  );
}

/** What is reserved for exactly the role, in one line; null when nothing is. */
export function reservedForRole(core: Core, { path }: RoleRecord): Reason | null {
  const found = [...core.state.reservations.values()].filter(({ role }) => role === path);
  const [oldest] = found;
  if (oldest === undefined) return null;
  const hosts = new Set(found.map(({ hostId }) => hostId)).size;
  let [all, idle] = [EMPTY, EMPTY];
  for (const reservation of found) {
    // Ports of different hosts are not to be added up.
    all = addResources(all, { ...reservation.resources, ports: [] });
    idle = addResources(idle, { ...idleOf(core, reservation), ports: [] });
  }
  return {
    code: 'HOLDS',
    text:
      `${resourcesText(all)} reserved for it on ${counted(hosts, 'host')}, charged whether used or not; ` +
      `${resourcesText(idle)} of it idle (${remedies.reservations} --role ${path})`,
    sinceMs: oldest.sinceMs,
  };
}
