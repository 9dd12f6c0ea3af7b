/** Making and ending offers: the record, its timer, and what the framework is told. */
import { unavailabilityOf } from '../calendar.js';
import type { Core } from '../core.js';
import type { Offer } from '../protocol.js';
import type { Resources } from '../resources/index.js';
import type { HostRecord, OfferRecord } from '../state/records.js';
import type { Place, Terms } from './offer-terms.js';
import { markOfferable } from './offerable.js';

/** 500 offers of about 1 KB each stay far below the 4 MiB limit of one message. */
const OFFERS_PER_MESSAGE_MAX = 500;

/** Offers that are opened in one go, and the messages that tell their frameworks of them. */
export class OfferBatch {
  readonly #core: Core;
  readonly #offers: OfferRecord[] = [];
  readonly #messages = new Map<string, Offer[]>();
  readonly #expiresMs: number;
  readonly #causedMs: number;

  /** @param causedMs when the first change came that the offers follow from */
  constructor(core: Core, causedMs = core.nowMs) {
    this.#core = core;
    this.#causedMs = causedMs;
    this.#expiresMs = core.nowMs + core.options.offerLeaseMs;
  }

  /** In the order in which they were opened. */
  get offers(): readonly OfferRecord[] {
    return this.#offers;
  }

  /** Opens an offer for `offerLeaseMs`. */
  open(place: Place, terms: Terms, resources: Resources): void {
    const core = this.#core;
    const plain: OfferRecord = {
      offerId: core.nextId('o'),
      hostId: place.host.hostId,
      frameworkId: terms.frameworkId,
      role: terms.role,
      demandId: terms.demandId,
      resources,
      wholeHost: terms.wholeHost,
      transitionId: terms.transitionId,
      groupId: terms.groupId,
      madeMs: core.nowMs,
      expiresMs: this.#expiresMs,
      ofHost: place.offers,
      ofFramework: terms.ofFramework,
    };
    const { reservationId } = terms;
    const record = reservationId === undefined ? plain : { ...plain, reservationId };
    core.state.offers.add(record);
    armOffer(core, record.offerId, record.expiresMs);
    this.#offers.push(record);
    const message = offerMessage(core, record, place.host);
    const messages = this.#messages.get(record.frameworkId);
    if (messages === undefined) this.#messages.set(record.frameworkId, [message]);
    else messages.push(message);
  }

  /** Tells the frameworks, in the order in which each got its first offer. */
  send(): void {
    const core = this.#core;
    for (const [frameworkId, messages] of this.#messages) {
      if (messages.length <= OFFERS_PER_MESSAGE_MAX) {
        core.sendOffers(frameworkId, messages, this.#causedMs);
        continue;
      }
      for (let at = 0; at < messages.length; at += OFFERS_PER_MESSAGE_MAX)
        core.sendOffers(frameworkId, messages.slice(at, at + OFFERS_PER_MESSAGE_MAX), this.#causedMs);
    }
    this.#messages.clear();
  }
}

/** Whether it answers no stated demand: the rest of a shared host for who takes such offers. */
export function isOpenOffer(offer: OfferRecord): boolean {
  return offer.demandId === '' && offer.transitionId === null;
}

/** The offer ends at `expiresMs`. */
export function armOffer(core: Core, offerId: string, expiresMs: number): void {
  if (core.offerEnds.add(offerId, expiresMs)) core.timers.set(`offers/${expiresMs}`, expiresMs);
}

/** Ends an offer without telling anyone: it was accepted, declined, expired or withdrawn. */
export function closeOffer(core: Core, offer: OfferRecord): void {
  core.state.offers.delete(offer.offerId);
  core.markDirty(offer.hostId);
  const { full } = core.allocationMemory;
  if (!full.has(offer.frameworkId) || !hasRoomAgain(core, offer.frameworkId)) return;
  full.delete(offer.frameworkId);
  markOfferable(core, 'hosts');
  markOfferable(core, 'slices');
}

/**
 * Ends an offer of which nobody made use: it was declined, ran out or is taken back. Its demand lacks again what it offered,
 * and hosts that lay idle because nobody lacked anything are looked at for it.
 */
export function loseOffer(core: Core, offer: OfferRecord): void {
  closeOffer(core, offer);
  if (offer.demandId !== '' && offer.transitionId === null) markOfferable(core, offer.wholeHost ? 'hosts' : 'slices');
}

/**
 * Whether the framework may have more offers open. One that may not is noted, and the idle hosts are looked at again once
 * it has answered half of them.
 */
export function hasRoom(core: Core, frameworkId: string): boolean {
  const hasRoomNow = core.state.offersByFramework.count(frameworkId) < core.options.offersOpenMax;
  if (!hasRoomNow) noteFull(core, frameworkId);
  return hasRoomNow;
}

/** The same of `count` more within a pass. A group that is larger than the bound is for who has nothing under offer. */
export function hasRoomFor(core: Core, frameworkId: string, count: number): boolean {
  const open = core.state.offersByFramework.count(frameworkId);
  if (open === 0 || open + count <= core.options.offersOpenMax) return true;
  noteFull(core, frameworkId);
  return false;
}

/** The framework was passed over because it has enough under offer: idle hosts are looked at again when it has answered. */
export function noteFull(core: Core, frameworkId: string): void {
  core.allocationMemory.full.add(frameworkId);
}

function hasRoomAgain(core: Core, frameworkId: string): boolean {
  return core.state.offersByFramework.count(frameworkId) <= core.options.offersOpenMax / 2;
}

/** The offer and, where it belongs to a group, all others of that group: they live and end together. */
export function withGroup(core: Core, offer: OfferRecord): readonly OfferRecord[] {
  const { groupId } = offer;
  if (groupId === null) return [offer];
  const members: OfferRecord[] = [];
  for (const offerId of core.state.offersByGroup.get(groupId)) {
    const member = core.state.offers.get(offerId);
    if (member !== undefined) members.push(member);
  }
  return members;
}

function offerMessage(core: Core, offer: OfferRecord, host: HostRecord): Offer {
  const message: Offer = {
    offerId: offer.offerId,
    role: offer.role,
    demandId: offer.demandId,
    hostId: offer.hostId,
    hostName: host.name,
    identity: host.identity,
    shape: host.shape,
    faultDomain: host.faultDomain,
    attributes: host.attributes,
    resources: offer.resources,
    wholeHost: offer.wholeHost,
    transitionId: offer.transitionId,
    groupId: offer.groupId,
    reservationId: offer.reservationId ?? null,
    validForMs: offer.expiresMs - core.nowMs,
  };
  const unavailability = unavailabilityOf(core, host.hostId);
  return unavailability === undefined ? message : { ...message, unavailability };
}
