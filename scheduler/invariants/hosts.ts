import type { Core } from '../core.js';
import type { Resources } from '../resources/types.js';
import type { HostRecord, OfferRecord, ReservationRecord } from '../state/records.js';
import { excess, isLive } from './recount.js';
import type { Report } from './violation.js';

/** I1, I2 and I6 of one host and everything on it. */
export function checkHost(core: Core, host: HostRecord, report: Report): void {
  checkCapacity(core, host, report);
  checkLease(core, host, report);
  checkTransition(core, host, report);
  for (const offerId of core.state.offersByHost.get(host.hostId)) {
    const offer = core.state.offers.get(offerId);
    if (offer !== undefined) checkOffer(core, host, offer, report);
  }
  for (const id of core.state.reservationsByHost.get(host.hostId)) {
    const reservation = core.state.reservations.get(id);
    if (reservation !== undefined) checkReservation(core, reservation, report);
  }
}

/** I1: what we handed out fits, unless the excess came from outside and is shown. */
function checkCapacity(core: Core, host: HostRecord, report: Report): void {
  if (hasCondition(core, 'OVERCOMMITTED', host)) return;
  const parts = partsOf(core, host, undefined);
  const reserved = [...core.state.reservationsByHost.get(host.hostId)].flatMap(
    (id) => core.state.reservations.get(id)?.resources ?? [],
  );
  const leased = host.leaseId === null ? [] : [host.resources];
  if (parts.length + reserved.length === 0) return;
  const over = excess([...leased, ...parts, ...reserved], host.resources);
  if (over !== null) report('I1', `host ${host.name}`, `has given out ${over} and no OVERCOMMITTED condition says so`);
}

/** I1 within one reservation: what is offered and used of it fits, always, since only what is idle is given up. */
export function checkReservation(core: Core, reservation: ReservationRecord, report: Report): void {
  const subject = `reservation ${reservation.reservationId}`;
  const host = core.state.hosts.get(reservation.hostId);
  if (host === undefined) {
    report('REF', subject, `is on host ${reservation.hostId}, which does not exist`);
    return;
  }
  if (!core.state.roles.has(reservation.role))
    report('REF', subject, `is for role ${reservation.role}, which does not exist`);
  if (host.mode !== 'shared' && host.mode !== 'quarantined')
    report('I2', subject, `is on host ${host.name}, which is ${host.mode}; only shared hosts have reservations`);
  if (isNothing(reservation.resources)) report('REF', subject, 'reserves nothing');
  const over = excess(partsOf(core, host, reservation.reservationId), reservation.resources);
  if (over !== null) report('I1', subject, `has given out ${over}`);
}

/** What is offered and used of the host: of one reservation, or of what is not reserved. */
function partsOf(core: Core, host: HostRecord, reservationId: string | undefined): readonly Resources[] {
  const parts: Resources[] = [];
  for (const id of core.state.offersByHost.get(host.hostId)) {
    const offer = core.state.offers.get(id);
    if (offer !== undefined && offer.reservationId === reservationId) parts.push(offer.resources);
  }
  for (const id of core.state.tasksByHost.get(host.hostId)) {
    const task = core.state.tasks.get(id);
    if (task !== undefined && isLive(task) && task.reservationId === reservationId) parts.push(task.spec.resources);
  }
  return parts;
}

function isNothing({ quantities, ports }: Resources): boolean {
  return ports.length === 0 && Object.values(quantities).every((amount) => amount === 0);
}

/** I2: one mode, one lease or none, each knowing the other. */
function checkLease(core: Core, host: HostRecord, report: Report): void {
  const subject = `host ${host.name}`;
  if (host.leaseId === null) {
    if (host.mode === 'leased') report('I2', subject, 'is leased but has no lease');
    return;
  }
  if (host.mode !== 'leased' && host.mode !== 'quarantined')
    report('I2', subject, `is ${host.mode} but has lease ${host.leaseId}`);
  const lease = core.state.leases.get(host.leaseId);
  if (lease === undefined) report('I2', subject, `has lease ${host.leaseId}, which does not exist`);
  else if (lease.hostId !== host.hostId)
    report('I2', subject, `has lease ${host.leaseId}, which is on host ${lease.hostId}`);
}

/** I2: at most one transition, each knowing the other. */
function checkTransition(core: Core, host: HostRecord, report: Report): void {
  if (host.transitionId === null) return;
  const subject = `host ${host.name}`;
  const transition = core.state.transitions.get(host.transitionId);
  if (transition === undefined) report('I2', subject, `is in transition ${host.transitionId}, which does not exist`);
  else if (transition.hostId !== host.hostId)
    report('I2', subject, `is in transition ${host.transitionId} of host ${transition.hostId}`);
  else if (transition.outcome !== 'running')
    report('I2', subject, `is in transition ${host.transitionId}, which has ended ${transition.outcome}`);
}

/** I6: nothing is offered of a host that is dirty, silent, unclaimed or quarantined. */
function checkOffer(core: Core, host: HostRecord, offer: OfferRecord, report: Report): void {
  const subject = `offer ${offer.offerId}`;
  const on = `is on host ${host.name}, which`;
  if (core.state.hostPresence.get(host.hostId)?.reported !== true)
    report('I6', subject, `${on} has not reported since the start`);
  if (host.cordoned && offer.transitionId === null) report('I6', subject, `${on} is cordoned`);
  if (!offer.wholeHost) {
    if (host.mode !== 'shared') report('I6', subject, `${on} is ${host.mode}; slices are offered of shared hosts only`);
    return;
  }
  if (host.mode !== 'free') report('I6', subject, `${on} is ${host.mode}; only free hosts are offered whole`);
  if (!host.clean) report('I6', subject, `${on} is not verified clean`);
  if (host.transitionId !== offer.transitionId)
    report(
      'I6',
      subject,
      `${on} is reserved for ${host.transitionId ?? 'nothing'}, not for ${offer.transitionId ?? 'everyone'}`,
    );
}

/** Conditions name hosts as people do; ids are accepted so that a renamed host keeps its excuse. */
export function hasCondition(core: Core, kind: 'OVERCOMMITTED', host: HostRecord): boolean {
  return core.state.conditions.has(`${kind}|${host.name}`) || core.state.conditions.has(`${kind}|${host.hostId}`);
}
