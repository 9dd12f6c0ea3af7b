/** Moves of hosts: the transition of one host as a state machine, and the planner that starts moves. */
export { advanceTransition } from './advance.js';
export { blockerText } from './blockers.js';
export { beginJoin } from './begin-join.js';
export { abortMove, cancelMove, divertToFree, retryMove, targetGone } from './cancel.js';
export { heldBack, holdReasons, minHoldMs } from './candidates.js';
export { markEdge, TRANSITION_EDGES, type EdgeName } from './edges.js';
export { ENDED_TRANSITIONS_KEPT } from './end.js';
export { freeze, unfreeze } from './freeze.js';
export { isFrozen } from './frozen.js';
export { onLandingLost } from './landing.js';
export { endLease, leaseMessage, setLeasePhase } from './leases.js';
export { approvePlan, rejectPlan, setPlanMode } from './plan-commands.js';
export { planModeOf } from './plan-mode.js';
export { lastPlan, planRound } from './planner.js';
export { executorGone, recoverTransitions, resendSteps } from './recover.js';
export { returnHost } from './return-host.js';
export { checkMove, startMove, type MoveRefusal, type MoveReply, type MoveRequest } from './start-move.js';
export { onStepUpdate } from './updates.js';
