import type { Core } from '../core.js';
import type { DrainRecord, TransitionRecord } from '../state/records.js';
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
    if (
      !presence.connected &&
      !presence.lost &&
      !core.massFailure.heldBack.has(presence.hostId) &&
      core.timers.dueMs(`host-lost/${presence.hostId}`) === null
    )
      report(
        'I9',
        `host ${core.state.hosts.get(presence.hostId)?.name ?? presence.hostId}`,
        'is away but would never be declared lost',
      );
  if (core.massFailure.heldBack.size > 0 && !core.state.isMassFailure)
    report('I9', 'the breaker', `holds back ${core.massFailure.heldBack.size} hosts but is closed`);
  for (const drain of core.state.drains.values())
    if (drain.phase === 'draining' && !isDrainAwaited(core, drain))
      report('I9', `drain of host ${drain.hostId}`, 'is stuck: it waits for no task, no move and no time');
  if (core.state.windows.size > 0 && core.timers.dueMs('calendar') === null)
    report('I9', 'the calendar', 'has windows but no next look');
  if (core.dirtyHosts.size > 0 && core.timers.dueMs('allocate') === null)
    report('I9', 'the allocator', `has ${core.dirtyHosts.size} hosts to look at but no run pending`);
  if (core.timers.dueMs('plan') === null) report('I9', 'the planner', 'has no next round');
}

/** Ends of tasks and moves wake a drain; all else it looks at again by itself. */
function isDrainAwaited(core: Core, { hostId }: DrainRecord): boolean {
  return (
    core.timers.dueMs(`drain/${hostId}`) !== null ||
    core.state.hosts.get(hostId)?.transitionId !== null ||
    core.state.tasksByHost.get(hostId).size > 0
  );
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
