/**
 * Open offers, for frameworks that cannot say what they want: each is the rest of a shared host, as in Mesos. A framework
 * asks for them per role (`open_offers`, enabled), stops them (suppress: enabled false; what is offered stays) and asks
 * again at any time (revive: its filters in the role and its back-off are forgotten).
 *
 * Whoever declines without end must not starve others nor keep the allocator busy: each round of refusals in a row doubles
 * the time for which the declined hosts are not offered to it again, up to `openOfferBackoffMaxMs`. An accept ends that.
 */
import type { Core } from '../core.js';
import type { FrameworkMessage } from '../protocol.js';
import { countsHosts } from '../quota/index.js';
import { quantityProblems, roundedUp } from '../resources/index.js';
import type { OfferRecord } from '../state/records.js';
import { isOpenOffer } from './offer-book.js';
import { markOfferable } from './offerable.js';
import { filterRole } from './reservations.js';

type OpenOffersMessage = Extract<FrameworkMessage, { readonly kind: 'open_offers' }>;

/** Doubling more often than this changes nothing: 2^20 seconds are twelve days. */
const DOUBLINGS_MAX = 20;

/** Starts, restarts or stops open offers. A message with any problem changes nothing and is answered by `error`. */
export function setOpenOffers(core: Core, frameworkId: string, message: OpenOffersMessage): void {
  const framework = core.state.frameworks.get(frameworkId);
  if (framework === undefined || framework.tornDown) return;
  const { role, enabled, minimum } = message;
  const problem = framework.roles.includes(role)
    ? minimumProblem(minimum)
    : `role is "${role}"; ${frameworkId} registered for ${framework.roles.join(', ')}`;
  if (problem !== undefined) {
    core.sendFramework(frameworkId, {
      kind: 'error',
      code: 'INVALID_ARGUMENT',
      message: `open_offers refused: ${problem}`,
    });
    return;
  }
  if (!enabled) {
    core.openClaims.delete(frameworkId, role);
    return;
  }
  const { quantities } = roundedUp({ quantities: minimum, ports: [] });
  core.openClaims.put(frameworkId, role, quantities, core.nowMs);
  core.filters.clearPair(frameworkId, role);
  core.filters.clearPair(frameworkId, filterRole(role, true));
  markOfferable(core, 'slices');
}

/** For how long the host of a declined or expired offer is not offered to its framework again. @param askedMs 0 = default */
export function refusalMs(core: Core, offer: OfferRecord, askedMs: number): number {
  const { declineFilterMs, openOfferBackoffMaxMs } = core.options;
  const forMs = askedMs === 0 ? declineFilterMs : askedMs;
  const claim = isOpenOffer(offer) ? core.openClaims.get(offer.frameworkId, offer.role) : undefined;
  if (claim === undefined) return forMs;
  // Hundreds of offers declined in one moment are one refusal.
  if (claim.refusedMs !== core.nowMs) {
    claim.refusedRounds += 1;
    claim.refusedMs = core.nowMs;
  }
  const backoffMs = declineFilterMs * 2 ** Math.min(DOUBLINGS_MAX, claim.refusedRounds - 1);
  return Math.max(forMs, Math.min(backoffMs, openOfferBackoffMaxMs));
}

/** The framework made use of an offer: its refusals before count no more. */
export function forgiveRefusals(core: Core, offer: OfferRecord): void {
  const claim = core.openClaims.get(offer.frameworkId, offer.role);
  if (claim !== undefined) claim.refusedRounds = 0;
}

function minimumProblem(minimum: OpenOffersMessage['minimum']): string | undefined {
  const hosts = Object.keys(minimum).find(countsHosts);
  if (hosts !== undefined) return `minimum names ${hosts}; open offers are slices of shared hosts, not whole ones`;
  return quantityProblems(minimum, 'minimum')[0];
}
