import { filterHost } from '../allocate/decline.js';
import type { Core } from '../core.js';
import { remedies } from '../explain/remedies.js';
import { duration } from '../words.js';
import type { HostRecord, StepOutcome, TransitionRecord } from '../state/records.js';
import { hostOf, isFenced, setLeasePhase } from './leases.js';

/** Ended transitions kept for `why` and `move list`; more would make every load slower for ever. */
export const ENDED_TRANSITIONS_KEPT = 200;

/** Attempts remembered per transition, the newest: enough for every step to fail a few times. */
const HISTORY_KEPT = 40;

/** Notes how an attempt ended. */
export function withOutcome(
  core: Core,
  transition: TransitionRecord,
  state: StepOutcome['state'],
  message: string,
): TransitionRecord {
  const outcome: StepOutcome = {
    step: transition.step,
    attempt: transition.attempt,
    state,
    startedMs: transition.stepStartedMs,
    endedMs: core.nowMs,
    message,
  };
  const kept =
    transition.history.length < HISTORY_KEPT ? transition.history : transition.history.slice(1 - HISTORY_KEPT);
  return { ...transition, history: [...kept, outcome] };
}

/** Ends a transition: the host is in the place the outcome says, nobody is charged for the move any longer. */
export function endTransition(
  core: Core,
  transition: TransitionRecord,
  outcome: Exclude<TransitionRecord['outcome'], 'running'>,
  why: string,
): TransitionRecord {
  const host = hostOf(core, transition);
  const { attemptUntilMs: _, ...unbound } = transition;
  const ended: TransitionRecord = {
    ...unbound,
    outcome,
    endedMs: core.nowMs,
    stepPhase: 'pending',
    leaseUntilMs: 0,
    deadlineMs: 0,
    notBeforeMs: 0,
    word: outcome === 'quarantined' ? 'gave up' : 'working',
  };
  core.state.transitions.put(ended);
  core.state.progress.delete(transition.transitionId);
  core.timers.clear(`transition/${transition.transitionId}`);
  core.clearCondition('TRANSITION_BLOCKED', host.name);
  settleHost(core, host, ended, why);
  core.markDirty(host.hostId);
  core.decide('move', host.name, sentence(host, ended, why), {
    transitionId: ended.transitionId,
    outcome,
    durationMs: core.nowMs - ended.startedMs,
  });
  forgetOldest(core);
  return ended;
}

function settleHost(core: Core, host: HostRecord, ended: TransitionRecord, why: string): void {
  const { fencedUntilMs: _, ...unfenced } = host;
  // A fence that still holds outlives this move, too.
  const after: HostRecord = { ...(isFenced(core, host) ? host : unfenced), transitionId: null };
  switch (ended.outcome) {
    case 'cancelled':
    case 'rolled_back':
      core.state.hosts.put({ ...after, coolDownUntilMs: core.nowMs + core.options.coolDownMs });
      if (ended.leaseId !== null) setLeasePhase(core, ended.leaseId, 'serving', why);
      return;
    case 'quarantined': {
      const reason = wasNeverOurs(host) && isDirty(ended) ? `${why}; ${wipeText(host)}` : why;
      core.state.hosts.put({
        ...after,
        mode: 'quarantined',
        modeSinceMs: host.mode === 'quarantined' ? host.modeSinceMs : core.nowMs,
        clean: false,
        quarantineReason: reason,
        // A machine that was being admitted was never ours: its release must not wipe it.
        ...(host.mode === 'quarantined' ? {} : { quarantinedFrom: host.mode }),
      });
      raiseGaveUp(core, host, ended, reason);
      return;
    }
    default:
      core.state.hosts.put(after);
      if (ended.direction === 'rollback' && !ended.cancelRequested) leaveAlone(core, host, ended);
  }
}

/**
 * The new holder could not make use of the host, so it is not offered to it again for the cool-down: otherwise it would
 * be claimed, fail, be wiped and be claimed again without end.
 */
function leaveAlone(core: Core, host: HostRecord, ended: TransitionRecord): void {
  if (ended.to === null) return;
  filterHost(core, ended.to.frameworkId, ended.to.role, host.hostId, core.options.coolDownMs);
}

function isDirty(ended: TransitionRecord): boolean {
  return ended.step === 'wipe' || ended.step === 'verify_clean';
}

/** A machine that was being admitted: what is on it is not known to be ours, and no release wipes it unasked. */
function wasNeverOurs(host: HostRecord): boolean {
  return host.mode === 'unclaimed' || (host.mode === 'quarantined' && host.quarantinedFrom === 'unclaimed');
}

function wipeText(host: HostRecord): string {
  return `what is on it may be someone's: empty it and release it, or wipe everything on it: ${remedies.hostWipe(host.name)}`;
}

function raiseGaveUp(core: Core, host: HostRecord, ended: TransitionRecord, why: string): void {
  const dirty = isDirty(ended);
  const message = dirty
    ? `${host.name} could not be proved clean: ${why}`
    : `the move of ${host.name} gave up at ${ended.step}: ${why}`;
  core.raise(dirty ? 'HOST_DIRTY' : 'TRANSITION_GAVE_UP', host.name, message, `mosaic host release ${host.name}`);
}

function sentence(host: HostRecord, ended: TransitionRecord, why: string): string {
  const from = ended.from?.frameworkId ?? 'the free pool';
  const took = duration(ended.endedMs - ended.startedMs);
  const to = ended.to?.frameworkId ?? (ended.toMode === 'shared' ? 'the shared pool' : 'the free pool');
  switch (ended.outcome) {
    case 'completed':
      if (ended.from !== null) return `${host.name} moved from ${from} to ${to} in ${took}`;
      if (ended.to !== null) return `${host.name} joined ${to} in ${took}`;
      return `${host.name} is ${ended.toMode === 'shared' ? 'in the shared pool' : 'clean and free'} after ${took}`;
    case 'cancelled':
      return `${host.name} stays with ${from} after ${took}: ${why}`;
    case 'rolled_back':
      return `${host.name} went back to ${from} after ${took}: ${why}`;
    case 'returned_free':
      return `${host.name} is free after ${took}, it did not reach ${to}: ${why}`;
    default:
      return `${host.name} is quarantined after ${took}: ${why}`;
  }
}

/** Keeps the newest `ENDED_TRANSITIONS_KEPT` ended transitions. */
function forgetOldest(core: Core): void {
  const ended = core.state.runningTransitions.get('ended');
  while (ended.size > ENDED_TRANSITIONS_KEPT) {
    let oldest: TransitionRecord | undefined;
    for (const id of ended) {
      const one = core.state.transitions.get(id);
      if (one !== undefined && (oldest === undefined || one.endedMs < oldest.endedMs)) oldest = one;
    }
    if (oldest === undefined) return;
    core.state.transitions.delete(oldest.transitionId);
  }
}
