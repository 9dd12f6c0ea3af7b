import type { TransitionRecord } from '../state/records.js';
import type { EdgeName } from './edges.js';

/**
 * Why a move did not get where it was meant to, in a sentence: it was cancelled, or the attempt that made it turn back.
 * The steps that undo it end well and say nothing about that.
 */
export function turnedBecause(transition: TransitionRecord): string {
  if (transition.cancelRequested) return 'the move was cancelled';
  const forecast = transition.history.at(-1);
  if (forecast?.step === 'forecast' && forecast.state === 'done') return forecast.message;
  const last = transition.history.findLast(
    (outcome) => outcome.state !== 'done' && outcome.step !== 'cancel_drain' && outcome.step !== 'wipe',
  );
  if (last === undefined) return 'its deadline passed';
  const end = last.state === 'expired' ? 'did not end in time' : last.state === 'refused' ? 'was refused' : 'failed';
  return `${last.step} ${end}${last.message === '' ? '' : `: ${last.message}`}`;
}

/** What people are told of an edge: `why` as its step ended, or the reason for which the whole move ends as it does. */
export function sayWhy(transition: TransitionRecord, edge: EdgeName, why: string): string {
  switch (edge) {
    case 'cancel_drain:done->end(rolled_back)':
    case 'verify_clean:done->end(returned_free)':
      return turnedBecause(transition);
    case 'verify:done->end(completed)':
      return 'the host is verified';
    default:
      return why;
  }
}
