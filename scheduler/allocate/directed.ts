/** The landing place of a move: one offer of the reserved host to the one framework it is for. */
import type { Core } from '../core.js';
import type { TransitionRecord } from '../state/records.js';
import { OfferBatch } from './offer-book.js';

/**
 * Offers the transition's host to its target. It skips the order of shares, never limits: the transition is charged to
 * the target's role since it began, and was checked then. False when the target cannot take it now.
 */
export function makeDirectedOffer(core: Core, transition: TransitionRecord): boolean {
  const { to, hostId } = transition;
  const host = core.state.hosts.get(hostId);
  const presence = core.state.hostPresence.get(hostId);
  const offers = core.state.offersByHost.roll(hostId);
  if (to === null || host === undefined) return false;
  const framework = core.state.frameworks.get(to.frameworkId);
  const isThere = core.state.frameworkPresence.get(to.frameworkId)?.connected === true;
  if (framework === undefined || framework.tornDown || !isThere) return false;
  if (host.mode !== 'free' || !host.clean || host.transitionId !== transition.transitionId) return false;
  if (presence?.reported !== true || !presence.connected) return false;
  if (offers.count > 0) return false;
  const { frameworkId, role } = to;
  const { demandId, transitionId } = transition;
  const ofFramework = core.state.offersByFramework.roll(frameworkId);
  const unbound = { groupId: null, reservationId: undefined };
  const terms = { frameworkId, role, demandId, wholeHost: true, transitionId, ofFramework, ...unbound };
  const batch = new OfferBatch(core);
  batch.open({ host, offers }, terms, host.resources);
  batch.send();
  return true;
}
