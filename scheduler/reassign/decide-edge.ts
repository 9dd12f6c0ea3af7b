import { assertNever } from '../assert-never.js';
import type { TransitionRecord } from '../state/records.js';
import type { EdgeName } from './edges.js';
import { UNDO_TRIES_MAX } from './steps.js';

/** How an attempt, or the wait for one, ended. */
export type Ending = 'done' | 'failed' | 'refused' | 'expired' | 'deadline' | 'cancel';

/**
 * Which edge a transition takes when its current step ended so. Pure: the whole policy of failures in one place.
 *
 * @param triesMax attempts of a step before it counts as failed for good
 */
export function decideEdge(transition: TransitionRecord, ending: Ending, triesMax: number): EdgeName {
  const stop = transition.cancelRequested && ending !== 'cancel' ? stoppedEdge(transition) : null;
  if (stop !== null) return stop;
  switch (transition.step) {
    case 'forecast':
      return forecastEdge(transition, ending, triesMax);
    case 'drain':
      return drainEdge(transition, ending, triesMax);
    case 'cancel_drain':
      if (ending === 'done') return 'cancel_drain:done->end(rolled_back)';
      return mayTry(transition, UNDO_TRIES_MAX)
        ? 'cancel_drain:failed->cancel_drain'
        : 'cancel_drain:failed->end(quarantined)';
    case 'leave':
      return transition.direction === 'forward'
        ? leaveEdge(transition, ending, triesMax)
        : leaveBackEdge(transition, ending);
    case 'wipe':
      if (ending === 'done') return 'wipe:done->verify_clean';
      return ending !== 'refused' && mayTry(transition, triesMax)
        ? 'wipe:failed->wipe'
        : 'wipe:failed->end(quarantined)';
    case 'verify_clean':
      if (ending === 'done') return cleanEdge(transition);
      return ending !== 'refused' && mayTry(transition, triesMax)
        ? 'verify_clean:failed->verify_clean'
        : 'verify_clean:failed->end(quarantined)';
    case 'offer':
      if (ending === 'done') return 'offer:accepted->prepare';
      return ending === 'cancel' ? 'offer:cancel->end(returned_free)' : 'offer:lost->end(returned_free)';
    case 'prepare':
      if (ending === 'done')
        return transition.toMode === 'leased' ? 'prepare:done->join' : 'prepare:done->end(completed)';
      if (ending === 'cancel') return 'prepare:cancel->wipe';
      return ending !== 'refused' && mayTry(transition, triesMax) ? 'prepare:failed->prepare' : 'prepare:failed->wipe';
    case 'join':
      if (ending === 'done') return 'join:done->verify';
      if (ending === 'cancel') return 'join:cancel->leave(rollback)';
      return mayRetry(transition, ending, triesMax) ? 'join:failed->join' : 'join:failed->leave(rollback)';
    case 'verify':
      if (ending === 'done') return 'verify:done->end(completed)';
      if (ending === 'cancel') return 'verify:cancel->leave(rollback)';
      return mayRetry(transition, ending, triesMax) ? 'verify:failed->verify' : 'verify:failed->leave(rollback)';
    default:
      return assertNever(transition.step);
  }
}

/** A cancelled move turns at whatever end its step comes to; null where the step's end matters more than the cancel. */
function stoppedEdge(transition: TransitionRecord): EdgeName | null {
  if (transition.direction === 'rollback') return null;
  switch (transition.step) {
    case 'forecast':
      return 'forecast:cancel->end(cancelled)';
    case 'drain':
      return 'drain:cancel->cancel_drain';
    case 'prepare':
      return 'prepare:cancel->wipe';
    case 'join':
      return 'join:cancel->leave(rollback)';
    case 'verify':
      return 'verify:cancel->leave(rollback)';
    default:
      return null;
  }
}

/** Whether a cancel turns the transition back at this step; at the others it goes on to a safe end first. */
export function turnsOnCancel(transition: TransitionRecord): boolean {
  return stoppedEdge(transition) !== null || transition.step === 'offer';
}

function forecastEdge(transition: TransitionRecord, ending: Ending, triesMax: number): EdgeName {
  if (ending === 'done') return 'forecast:done->drain';
  if (ending === 'cancel') return 'forecast:cancel->end(cancelled)';
  return ending === 'expired' && mayTry(transition, triesMax)
    ? 'forecast:expired->forecast'
    : 'forecast:failed->end(cancelled)';
}

/** A drain that the manager gave up is not asked again: the host goes back and another may be chosen. */
function drainEdge(transition: TransitionRecord, ending: Ending, triesMax: number): EdgeName {
  if (ending === 'done') return 'drain:done->leave';
  if (ending === 'cancel') return 'drain:cancel->cancel_drain';
  if (ending === 'deadline') return 'drain:deadline->cancel_drain';
  return ending === 'expired' && mayTry(transition, triesMax) ? 'drain:expired->drain' : 'drain:failed->cancel_drain';
}

function leaveEdge(transition: TransitionRecord, ending: Ending, triesMax: number): EdgeName {
  if (ending === 'done') return 'leave:done->wipe';
  if (ending === 'cancel') return 'leave:cancel->cancel_drain';
  return ending !== 'refused' && mayTry(transition, triesMax) ? 'leave:failed->leave' : 'leave:failed->cancel_drain';
}

function leaveBackEdge(transition: TransitionRecord, ending: Ending): EdgeName {
  if (ending === 'done') return 'leave(rollback):done->wipe';
  return mayTry(transition, UNDO_TRIES_MAX)
    ? 'leave(rollback):failed->leave(rollback)'
    : 'leave(rollback):failed->end(quarantined)';
}

/** A clean host goes on to its new holder, to the shared pool, or is free: what was asked for, or what is left of it. */
function cleanEdge(transition: TransitionRecord): EdgeName {
  if (transition.direction === 'rollback' || transition.cancelRequested) return 'verify_clean:done->end(returned_free)';
  if (transition.toMode === 'leased') return 'verify_clean:done->offer';
  return transition.toMode === 'shared' ? 'verify_clean:done->prepare' : 'verify_clean:done->end(completed)';
}

function mayRetry(transition: TransitionRecord, ending: Ending, triesMax: number): boolean {
  return ending !== 'refused' && ending !== 'deadline' && mayTry(transition, triesMax);
}

/** Whether another try is left after the one that just ended. */
function mayTry(transition: TransitionRecord, triesMax: number): boolean {
  return transition.tries + 1 < triesMax;
}
