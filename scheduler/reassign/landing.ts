import type { Core } from '../core.js';
import { decideEdge } from './decide-edge.js';
import { withOutcome } from './end.js';
import { follow } from './follow.js';

/**
 * The directed offer of a transition is gone unanswered: declined, expired, or its framework went away. The host is
 * clean, so it becomes ordinary free capacity at once. Nothing when the transition has moved on.
 */
export function onLandingLost(core: Core, transitionId: string, why: string): void {
  const transition = core.state.transitions.get(transitionId);
  if (transition?.outcome !== 'running' || transition.step !== 'offer' || transition.stepPhase === 'pending') return;
  const edge = decideEdge(transition, transition.cancelRequested ? 'cancel' : 'failed', core.options.stepAttemptsMax);
  follow(core, withOutcome(core, transition, 'failed', why), edge, why);
}
