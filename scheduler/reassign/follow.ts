import type { Core } from '../core.js';
import type { TransitionRecord, TransitionStep } from '../state/records.js';
import { edgeTarget, markEdge, type EdgeName } from './edges.js';
import { endTransition } from './end.js';
import { endLease, hostOf, setLeasePhase } from './leases.js';
import { sayWhy, turnedBecause } from './turned.js';
import { retryPauseMs, stepDeadlineMs, UNDO_TRIES_MAX } from './steps.js';

/**
 * Walks one edge: changes the transition, and what the edge means for lease and host, in one step. The new step starts
 * pending; whoever called lets the transition advance.
 *
 * @param ended one sentence for people: how the step before ended
 * @returns the transition after the edge (ended ones included)
 */
export function follow(core: Core, transition: TransitionRecord, edge: EdgeName, ended: string): TransitionRecord {
  markEdge(core, edge);
  const why = sayWhy(transition, edge, ended);
  const target = edgeTarget(edge);
  applyMeaning(core, transition, edge, why);
  // The lease may have ended meanwhile: the transition must not name it any longer.
  const leaseId = transition.leaseId !== null && core.state.leases.has(transition.leaseId) ? transition.leaseId : null;
  const left = transition.left || edge === 'leave:done->wipe';
  switch (target.kind) {
    case 'mark':
      return transition;
    case 'again':
      return tryAgain(core, { ...transition, leaseId, left }, why);
    case 'step': {
      const direction = target.direction === 'same' ? transition.direction : target.direction;
      if (direction !== transition.direction) sayTurned(core, transition, why);
      return enter(core, { ...transition, leaseId, left, direction }, target.step);
    }
    case 'end':
      return endTransition(core, { ...transition, leaseId, left }, target.outcome, why);
  }
}

/** The first line of the way back; the steps that follow do not repeat the reason. */
function sayTurned(core: Core, transition: TransitionRecord, why: string): void {
  const { transitionId, step } = transition;
  const host = hostOf(core, transition);
  core.decide('move', host.name, `${host.name} turns back: ${turnedBecause(transition)}`, {
    transitionId,
    step,
    reason: why,
  });
}

/** Makes `step` the current one. Its deadline counts from here, except the drain's, which counts from its first attempt. */
function enter(core: Core, transition: TransitionRecord, step: TransitionStep): TransitionRecord {
  const after: TransitionRecord = {
    ...transition,
    step,
    stepPhase: 'pending',
    stepStartedMs: core.nowMs,
    leaseUntilMs: 0,
    deadlineMs: 0,
    notBeforeMs: 0,
    tries: 0,
    word: 'working',
  };
  const lastsMs = step === 'drain' ? 0 : stepDeadlineMs(core, after, step);
  const withDeadline = lastsMs === 0 ? after : { ...after, deadlineMs: core.nowMs + lastsMs };
  core.state.transitions.put(withDeadline);
  core.state.progress.delete(after.transitionId);
  core.clearCondition('TRANSITION_BLOCKED', hostOf(core, transition).name);
  return withDeadline;
}

/** The same step once more, after a pause that grows. */
function tryAgain(core: Core, transition: TransitionRecord, why: string): TransitionRecord {
  const tries = transition.tries + 1;
  const after: TransitionRecord = {
    ...transition,
    stepPhase: 'pending',
    leaseUntilMs: 0,
    tries,
    notBeforeMs: core.nowMs + retryPauseMs(core, tries),
    word: 'waits for time',
  };
  core.state.transitions.put(after);
  if (isUndo(after) && tries >= core.options.stepAttemptsMax) {
    core.raise(
      'TRANSITION_BLOCKED',
      hostOf(core, transition).name,
      `${transition.step} failed ${String(tries)} of ${String(UNDO_TRIES_MAX)} times: ${why}`,
      `mosaic move retry ${transition.transitionId}`,
    );
  }
  return after;
}

/** Steps that bring a host back to a safe place: they are tried longer, and shown as blocked while they fail. */
export function isUndo(transition: TransitionRecord): boolean {
  return transition.step === 'cancel_drain' || (transition.step === 'leave' && transition.direction === 'rollback');
}

/** What an edge means for the lease and the host. Edges that mean nothing to them are not named. */
function applyMeaning(core: Core, transition: TransitionRecord, edge: EdgeName, why: string): void {
  const leaseId = transition.leaseId;
  switch (edge) {
    case 'leave:done->wipe':
      if (leaseId !== null) endLease(core, leaseId, `it left: ${transition.reason}`);
      return;
    case 'leave(rollback):done->wipe':
    case 'prepare:failed->wipe':
    case 'prepare:cancel->wipe':
      if (leaseId !== null) endLease(core, leaseId, `the move did not complete: ${why}`);
      return;
    case 'join:failed->leave(rollback)':
    case 'join:cancel->leave(rollback)':
    case 'verify:failed->leave(rollback)':
    case 'verify:cancel->leave(rollback)':
      if (leaseId !== null) setLeasePhase(core, leaseId, 'leaving', why);
      return;
    case 'verify_clean:done->offer':
    case 'verify_clean:done->prepare':
    case 'verify_clean:done->end(completed)':
    case 'verify_clean:done->end(returned_free)':
      setFreeAndClean(core, transition);
      return;
    case 'verify:done->end(completed)':
    case 'cancel_drain:done->end(rolled_back)':
      if (leaseId !== null) setLeasePhase(core, leaseId, 'serving', why);
      return;
    case 'prepare:done->end(completed)': {
      const host = hostOf(core, transition);
      core.state.hosts.put({ ...host, mode: 'shared', modeSinceMs: core.nowMs, clean: false });
      return;
    }
    default:
      return;
  }
}

function setFreeAndClean(core: Core, transition: TransitionRecord): void {
  const host = hostOf(core, transition);
  const modeSinceMs = host.mode === 'free' ? host.modeSinceMs : core.nowMs;
  const { quarantinedFrom: _, formerHolder: __, ...released } = host;
  core.state.hosts.put({ ...released, mode: 'free', modeSinceMs, clean: true, quarantineReason: '' });
  core.clearCondition('HOST_DIRTY', host.name);
  core.clearCondition('TRANSITION_GAVE_UP', host.name);
  core.markDirty(host.hostId);
}
