import type { Core } from '../core.js';
import type { PeerId } from '../protocol.js';
import type { TransitionRecord } from '../state/records.js';
import { advanceTransition } from './advance.js';
import { askAgain, leaseUntilMs } from './ask.js';
import { recallMoveStarts } from './budgets.js';
import { markEdge } from './edges.js';
import { raiseFrozen } from './freeze.js';
import { attemptLastsMs, executorOf } from './steps.js';

/**
 * At a start: whether an attempt that was out still runs is unknown, so its lease is taken to have been renewed just
 * now; the executor's answer to that attempt still counts. Directed offers were soft and are made again.
 */
export function recoverTransitions(core: Core): void {
  raiseFrozen(core);
  recallMoveStarts(core);
  // Nor is it known how long the executors of aborted moves have run: the clock may have leapt over the start.
  for (const host of [...core.state.hosts.values()])
    if (host.fencedUntilMs !== undefined)
      core.state.hosts.put({ ...host, fencedUntilMs: Math.max(host.fencedUntilMs, leaseUntilMs(core)) });
  for (const transition of running(core)) {
    if (transition.stepPhase === 'pending') {
      core.timers.set(`transition/${transition.transitionId}`, core.nowMs);
      continue;
    }
    markEdge(core, 'attempt:unknown after restart');
    if (transition.step === 'offer') {
      const deadlineMs = core.nowMs + core.options.recoveryBoundMs + core.options.offerLeaseMs;
      core.state.transitions.put({ ...transition, stepPhase: 'pending', deadlineMs });
      core.timers.set(`transition/${transition.transitionId}`, core.nowMs);
      continue;
    }
    // An attempt that a version without bounds had asked for gets one now.
    const lastsMs = attemptLastsMs(core, transition);
    const bound = lastsMs === 0 ? {} : { attemptUntilMs: transition.attemptUntilMs ?? core.nowMs + lastsMs };
    core.state.transitions.put({ ...transition, ...bound, leaseUntilMs: leaseUntilMs(core) });
    advanceTransition(core, transition.transitionId);
  }
}

/**
 * A peer came back without memory of what it was sent: what is out for it is sent again, with the same attempt; what
 * waits for it goes on. Call it also when a session was resumed to let waiting steps go on at once.
 *
 * @param forgot false when the session was resumed: then nothing needs to be sent again
 */
export function resendSteps(core: Core, peerId: PeerId, forgot = true): void {
  for (const transition of running(core)) {
    if (executorOf(transition) !== peerId) {
      // A directed offer waits for its framework and its host, though neither executes it.
      if (transition.step === 'offer') advanceTransition(core, transition.transitionId);
      continue;
    }
    if (transition.stepPhase !== 'pending' && forgot) askAgain(core, transition, peerId);
    advanceTransition(core, transition.transitionId);
  }
}

/** A peer went away: attempts that are out stay out until their lease ends; nothing new is asked of it meanwhile. */
export function executorGone(core: Core, peerId: PeerId): void {
  for (const transition of running(core)) {
    if (executorOf(transition) !== peerId) continue;
    const progress = core.state.progress.get(transition.transitionId);
    const message = `${peerId} is away; its step lease runs on`;
    if (progress !== undefined && transition.stepPhase !== 'pending') core.state.progress.put({ ...progress, message });
    advanceTransition(core, transition.transitionId);
  }
}

/** Running transitions, the order of the table; a copy, because advancing changes the set. */
function running(core: Core): readonly TransitionRecord[] {
  const found: TransitionRecord[] = [];
  for (const id of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(id);
    if (transition !== undefined) found.push(transition);
  }
  return found;
}
