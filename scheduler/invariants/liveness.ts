import type { Core } from '../core.js';
import type { TransitionRecord } from '../state/records.js';
import type { Report } from './violation.js';

/** I9, as far as one moment can show it: everything that waits waits for a deadline, an answer or a person. */
export function checkLiveness(core: Core, report: Report): void {
  if (core.term === 0) return; // Not started yet: nothing is awaited.
  for (const transitionId of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(transitionId);
    if (transition !== undefined && !isAwaited(core, transition))
      report(
        'I9',
        `transition ${transitionId}`,
        `is stuck at ${transition.step} (${transition.stepPhase}): no deadline, no answer and nobody is awaited`,
      );
  }
  for (const offer of core.state.offers.values())
    if (!core.offerEnds.has(offer.expiresMs) || core.timers.dueMs(`offers/${offer.expiresMs}`) === null)
      report('I9', `offer ${offer.offerId}`, 'would never expire');
  for (const presence of core.state.hostPresence.values())
    if (!presence.connected && !presence.lost && core.timers.dueMs(`host-lost/${presence.hostId}`) === null)
      report(
        'I9',
        `host ${core.state.hosts.get(presence.hostId)?.name ?? presence.hostId}`,
        'is away but would never be declared lost',
      );
  if (core.dirtyHosts.size > 0 && core.timers.dueMs('allocate') === null)
    report('I9', 'the allocator', `has ${core.dirtyHosts.size} hosts to look at but no run pending`);
  if (core.timers.dueMs('plan') === null) report('I9', 'the planner', 'has no next round');
}

function isAwaited(core: Core, transition: TransitionRecord): boolean {
  if (core.timers.dueMs(`transition/${transition.transitionId}`) !== null) return true;
  // The offer itself expires, and its end moves the transition on.
  if (transition.step === 'offer')
    return [...core.state.offersByHost.get(transition.hostId)].some(
      (id) => core.state.offers.get(id)?.transitionId === transition.transitionId,
    );
  // A freeze or a breaker holds it: `unfreeze` and `move retry` go on.
  return transition.stepPhase === 'pending' && (transition.word === 'waits for you' || core.state.freezes.size > 0);
}
