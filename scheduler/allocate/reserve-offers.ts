/**
 * Frameworks keep what they were offered for their role, and give it up again: `reserve` and `unreserve` of an accept.
 * What the offers hold is charged to the role already, so a reservation made of them needs no look at limits.
 */
import type { Core } from '../core.js';
import type { CommandOutcome, ErrorCode } from '../protocol.js';
import { addResources, EMPTY } from '../resources/index.js';
import { RESERVATIONS_MAX, RESERVATIONS_PER_HOST_MAX } from '../state/limits.js';
import type { OfferRecord, ReservationRecord } from '../state/records.js';
import { resourcesText } from '../words.js';
import { closeOffer, isOpenOffer } from './offer-book.js';
import { forgiveRefusals } from './open-offers.js';
import { growReservation, makeReservation, reservationsOn, shrinkReservation } from './reservations.js';

/**
 * Keeps what the offers hold for their role: one reservation for each host and role among them. One that the framework
 * made there before grows, so that what it reserves bit by bit serves one task.
 */
export function reserveOffers(core: Core, frameworkId: string, offers: readonly OfferRecord[]): CommandOutcome {
  const by = `framework:${frameworkId}`;
  const parts = new Map<string, { readonly offers: OfferRecord[]; readonly before: ReservationRecord | undefined }>();
  for (const offer of offers) {
    const { offerId, hostId, role, wholeHost, reservationId } = offer;
    if (wholeHost)
      return refuse('INVALID_ARGUMENT', `offer ${offerId} is a whole host; reserve takes slices of shared hosts`);
    if (reservationId !== undefined)
      return refuse('INVALID_ARGUMENT', `offer ${offerId} holds what ${reservationId} reserves already`);
    const key = `${hostId}|${role}`;
    const part = parts.get(key);
    if (part !== undefined) part.offers.push(offer);
    else {
      const before = reservationsOn(core, hostId).find((one) => one.by === by && one.role === role);
      parts.set(key, { offers: [offer], before });
    }
  }
  const newOn = new Map<string, number>();
  for (const {
    offers: [first],
    before,
  } of parts.values())
    if (first !== undefined && before === undefined) newOn.set(first.hostId, (newOn.get(first.hostId) ?? 0) + 1);
  const full = reservationsFull(core, newOn);
  if (full !== null) return refuse('RESOURCE_EXHAUSTED', full);

  const ids: string[] = [];
  for (const { offers: held, before } of parts.values()) {
    let resources = EMPTY;
    for (const offer of held) {
      resources = addResources(resources, offer.resources);
      closeOffer(core, offer);
      if (isOpenOffer(offer)) forgiveRefusals(core, offer);
    }
    const [{ hostId, role }] = held as [OfferRecord];
    if (before !== undefined) growReservation(core, before, resources);
    const reservation = before ?? makeReservation(core, { hostId, role, resources, by, reason: '' });
    ids.push(reservation.reservationId);
    const hostName = core.state.hosts.get(hostId)?.name ?? hostId;
    core.decide(
      'reservation',
      hostName,
      `${frameworkId} reserved ${resourcesText(resources)} of ${hostName} for role ${role}`,
      { reservationId: reservation.reservationId, role },
    );
  }
  return { ok: true, ids };
}

/** Gives up what the offers hold of the framework's own reservations; one with nothing left is gone. */
export function unreserveOffers(core: Core, frameworkId: string, offers: readonly OfferRecord[]): CommandOutcome {
  const by = `framework:${frameworkId}`;
  for (const { offerId, reservationId } of offers) {
    if (reservationId === undefined)
      return refuse(
        'INVALID_ARGUMENT',
        `offer ${offerId} holds nothing reserved; unreserve takes offers that name a reservation`,
      );
    const reservation = core.state.reservations.get(reservationId);
    if (reservation !== undefined && reservation.by !== by)
      return refuse(
        'PERMISSION_DENIED',
        `offer ${offerId} is of ${reservationId}, which ${reservation.by} made; ` +
          `${frameworkId} gives up only what it reserved itself (an operator ends it with: mosaic unreserve ${reservationId})`,
      );
  }
  const ids = new Set<string>();
  for (const offer of offers) {
    closeOffer(core, offer);
    if (isOpenOffer(offer)) forgiveRefusals(core, offer);
    const reservation = core.state.reservations.get(offer.reservationId ?? '');
    if (reservation === undefined) continue;
    shrinkReservation(core, reservation, offer.resources);
    ids.add(reservation.reservationId);
    const hostName = core.state.hosts.get(offer.hostId)?.name ?? offer.hostId;
    core.decide(
      'reservation',
      hostName,
      `${frameworkId} gave up ${resourcesText(offer.resources)} that were reserved on ${hostName} for role ${offer.role}`,
      { reservationId: reservation.reservationId, role: offer.role },
    );
  }
  return { ok: true, ids: [...ids] };
}

/**
 * Why no more reservations can be made, as a sentence; null when they can.
 * @param newOn how many are to be made, by host
 */
export function reservationsFull(core: Core, newOn: ReadonlyMap<string, number>): string | null {
  let made = 0;
  for (const [hostId, count] of newOn) {
    made += count;
    const present = core.state.reservationsByHost.count(hostId);
    if (present + count > RESERVATIONS_PER_HOST_MAX)
      return `${core.state.hosts.get(hostId)?.name ?? hostId} has ${present} reservations; at most ${RESERVATIONS_PER_HOST_MAX} are kept on one host`;
  }
  if (core.state.reservations.size + made <= RESERVATIONS_MAX) return null;
  return `there are ${core.state.reservations.size} reservations; at most ${RESERVATIONS_MAX} are kept`;
}

function refuse(code: ErrorCode, message: string): CommandOutcome {
  return { ok: false, code, message };
}
