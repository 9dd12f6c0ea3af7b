/** Taking offers back before they were answered. The framework is told; a directed offer's transition hears of it. */
import type { Core } from '../core.js';
import type { OfferRecord } from '../state/records.js';
import { loseOffer, withGroup } from './offer-book.js';

/** Takes back these offers, and the groups they belong to. Ids that are no open offers are ignored. */
export function rescindOffers(core: Core, offerIds: readonly string[], reason: string): void {
  const closed: OfferRecord[] = [];
  for (const offerId of offerIds) {
    const offer = core.state.offers.get(offerId);
    if (offer === undefined) continue; // Already gone with its group.
    for (const member of withGroup(core, offer)) {
      loseOffer(core, member);
      closed.push(member);
    }
  }
  tell(core, closed, reason);
  for (const offer of closed)
    if (offer.transitionId !== null)
      core.upcalls.onLandingLost(core, offer.transitionId, `its offer was withdrawn: ${reason}`);
}

/** Every open offer on the host, whoever has it. */
export function rescindHostOffers(core: Core, hostId: string, reason: string): void {
  rescindOffers(core, [...core.state.offersByHost.get(hostId)], reason);
}

/** Every open offer of the framework: it is away, gone or quarantined. */
export function rescindFrameworkOffers(core: Core, frameworkId: string, reason: string): void {
  rescindOffers(core, [...core.state.offersByFramework.get(frameworkId)], reason);
}

/** One `rescind` per framework, in order of the first offer of each. */
export function tell(core: Core, offers: readonly OfferRecord[], reason: string): void {
  const byFramework = new Map<string, string[]>();
  for (const offer of offers) {
    let ids = byFramework.get(offer.frameworkId);
    if (ids === undefined) byFramework.set(offer.frameworkId, (ids = []));
    ids.push(offer.offerId);
  }
  for (const [frameworkId, offerIds] of byFramework)
    core.sendFramework(frameworkId, { kind: 'rescind', offerIds, reason });
}
