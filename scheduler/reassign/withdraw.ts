import { closeOffer } from '../allocate/offer-book.js';
import type { Core } from '../core.js';
import type { TransitionRecord } from '../state/records.js';

/** Takes back the directed offer of a transition that no longer wants to land there. */
export function withdrawLanding(core: Core, transition: TransitionRecord, reason: string): void {
  for (const offerId of [...core.state.offersByHost.get(transition.hostId)]) {
    const offer = core.state.offers.get(offerId);
    if (offer?.transitionId !== transition.transitionId) continue;
    closeOffer(core, offer);
    core.sendFramework(offer.frameworkId, { kind: 'rescind', offerIds: [offerId], reason });
  }
}

/** Whether the directed offer of the transition is open. */
export function hasLanding(core: Core, transition: TransitionRecord): boolean {
  for (const offerId of core.state.offersByHost.get(transition.hostId))
    if (core.state.offers.get(offerId)?.transitionId === transition.transitionId) return true;
  return false;
}
