/** How offers end without being accepted: declined, expired; and how they are kept open longer. */
import type { Core } from '../core.js';
import { countedAre } from '../words.js';
import type { FrameworkMessage } from '../protocol.js';
import type { OfferRecord } from '../state/records.js';
import { armOffer, loseOffer, withGroup } from './offer-book.js';
import { refusalMs } from './open-offers.js';
import { tell } from './rescind.js';
import { filterRole } from './reservations.js';
import { missing, standings } from './standing.js';

type DeclineMessage = Extract<FrameworkMessage, { readonly kind: 'decline' }>;
type RenewMessage = Extract<FrameworkMessage, { readonly kind: 'renew' }>;

const OFFERS_PER_MESSAGE_MAX = 10_000;
/** Ten years, as in the contract. */
const FILTER_MS_MAX = 315_360_000_000;
/** A renewal that would add less than this part of a lease changes nothing. */
const RENEWAL_PARTS = 10;
/** An offer is for deciding, not for keeping: it cannot be renewed past this many terms. */
const OFFER_TERMS_MAX = 20;

/** Ends the offers (with their groups) and does not offer those hosts to the framework in that role for a while. */
export function declineOffers(core: Core, frameworkId: string, message: DeclineMessage): void {
  if (!checkCount(core, frameworkId, 'decline', message.offerIds)) return;
  const { filterMs } = message;
  if (!Number.isSafeInteger(filterMs) || filterMs < 0 || filterMs > FILTER_MS_MAX) {
    const text = `decline.filterMs is ${filterMs}; it must be a whole number from 0 to ${FILTER_MS_MAX}`;
    core.sendFramework(frameworkId, { kind: 'error', code: 'INVALID_ARGUMENT', message: text });
    return;
  }
  const lost: OfferRecord[] = [];
  for (const offerId of message.offerIds) {
    const offer = core.state.offers.get(offerId);
    if (offer?.frameworkId !== frameworkId) continue; // It ended by itself.
    for (const member of withGroup(core, offer)) {
      filterOffer(core, member, refusalMs(core, member, filterMs));
      loseOffer(core, member);
      if (member.transitionId !== null) lost.push(member);
    }
  }
  const why = message.reason === '' ? 'declined' : `declined: ${message.reason.slice(0, 200)}`;
  for (const offer of lost)
    if (offer.transitionId !== null) core.upcalls.onLandingLost(core, offer.transitionId, `${frameworkId} ${why}`);
}

/** The time of these offers is over. Silence counts as a decline: the next one gets a chance before it is offered here again. */
export function expireOffers(core: Core, expiresMs: number): void {
  const ended: OfferRecord[] = [];
  for (const offerId of core.offerEnds.take(expiresMs)) {
    const offer = core.state.offers.get(offerId);
    if (offer === undefined || offer.expiresMs > core.nowMs) continue; // Answered, or renewed.
    for (const member of withGroup(core, offer)) {
      filterOffer(core, member, refusalMs(core, member, 0));
      loseOffer(core, member);
      ended.push(member);
    }
  }
  tell(core, ended, 'expired');
  for (const member of ended)
    if (member.transitionId !== null)
      core.upcalls.onLandingLost(core, member.transitionId, `${member.frameworkId} did not answer its offer in time`);
}

/** Keeps offers open for another term, unless somebody else waits for such hosts or they were kept long enough. */
export function renewOffers(core: Core, frameworkId: string, message: RenewMessage): void {
  if (!checkCount(core, frameworkId, 'renew', message.offerIds)) return;
  const refused: string[] = [];
  const expiresMs = core.nowMs + core.options.offerLeaseMs;
  // A renewal takes nothing from anyone and gives nothing: who waits for what is the same for the whole message.
  const awaited = new Map<string, boolean>();
  const renewed = new Set<string>();
  for (const offerId of message.offerIds) {
    const offer = core.state.offers.get(offerId);
    if (offer?.frameworkId !== frameworkId) continue; // It ended by itself, and that was told.
    if (offer.groupId !== null && renewed.has(offer.groupId)) continue;
    const tooLong = core.nowMs - offer.madeMs >= OFFER_TERMS_MAX * core.options.offerLeaseMs;
    if (tooLong || othersWait(core, offer, awaited)) {
      refused.push(offerId);
      continue;
    }
    if (offer.groupId !== null) renewed.add(offer.groupId);
    // So little more is not worth a place among the ends: who renews without pause would fill them.
    if (expiresMs - offer.expiresMs < core.options.offerLeaseMs / RENEWAL_PARTS) continue;
    for (const member of withGroup(core, offer)) {
      core.state.offers.put({ ...member, expiresMs });
      armOffer(core, member.offerId, expiresMs);
    }
  }
  if (refused.length === 0) return;
  const text =
    `${countedAre(refused.length, 'offer')} not renewed (${refused.slice(0, 5).join(', ')}): ` +
    `others wait for them, or they were kept for ${OFFER_TERMS_MAX} terms`;
  core.sendFramework(frameworkId, { kind: 'error', code: 'FAILED_PRECONDITION', message: text });
}

/** The time of these filters is over: their hosts are looked at again. */
export function expireFilters(core: Core, untilMs: number): void {
  for (const hostId of core.filters.end(untilMs)) core.markDirty(hostId);
}

function filterOffer(core: Core, { frameworkId, role, hostId, reservationId }: OfferRecord, forMs: number): void {
  filterHost(core, frameworkId, filterRole(role, reservationId !== undefined), hostId, forMs);
}

/** The host is not offered to the framework in that role for a while. */
export function filterHost(core: Core, frameworkId: string, role: string, hostId: string, forMs: number): void {
  const untilMs = core.nowMs + forMs;
  if (core.filters.add(frameworkId, role, hostId, untilMs)) core.timers.set(`filters/${untilMs}`, untilMs);
  for (const again of core.filters.shed()) core.markDirty(again);
}

/**
 * Whether another framework lacks what this offer could give it.
 * @param awaited answers of this message so far, by shape (empty for slices; a role, which begins with a slash, for reserved ones)
 */
function othersWait(core: Core, offer: OfferRecord, awaited: Map<string, boolean>): boolean {
  if (offer.transitionId !== null) return false; // Reserved for its transition; nobody else could have it.
  const shape = offer.wholeHost ? (core.state.hosts.get(offer.hostId)?.shape ?? '') : null;
  // Only frameworks of its role could have what is reserved.
  const role = offer.reservationId === undefined ? null : offer.role;
  const key = role ?? shape ?? '';
  let wait = awaited.get(key);
  if (wait === undefined) awaited.set(key, (wait = isAwaited(core, shape, offer.frameworkId, role)));
  return wait;
}

/**
 * @param shape of whole hosts; null for slices
 * @param role the one whose demand counts; null = every role's
 */
function isAwaited(core: Core, shape: string | null, frameworkId: string, role: string | null): boolean {
  for (const key of shape === null ? core.demandIndex.forSlices() : core.demandIndex.forShape(shape)) {
    const record = core.state.demands.get(key);
    if (record === undefined || record.frameworkId === frameworkId) continue;
    if (role !== null && record.role !== role) continue;
    if (core.state.frameworkPresence.get(record.frameworkId)?.connected !== true) continue;
    const found = standings(core, record);
    const lacks = record.entries.some((entry, index) => {
      const standing = found[index];
      const wanted = entry.want.kind === 'hosts' ? entry.want.shape : null;
      return wanted === shape && standing !== undefined && missing(entry, standing) > 0;
    });
    if (lacks) return true;
  }
  return false;
}

function checkCount(core: Core, frameworkId: string, what: string, offerIds: readonly string[]): boolean {
  if (offerIds.length <= OFFERS_PER_MESSAGE_MAX) return true;
  const text = `${what}.offerIds has ${offerIds.length} members; at most ${OFFERS_PER_MESSAGE_MAX} are accepted`;
  core.sendFramework(frameworkId, { kind: 'error', code: 'INVALID_ARGUMENT', message: text });
  return false;
}
