import type { Core } from '../core.js';
import type { TransitionRecord } from '../state/records.js';

type Given = Pick<
  TransitionRecord,
  | 'hostId'
  | 'from'
  | 'to'
  | 'toMode'
  | 'leaseId'
  | 'planId'
  | 'demandId'
  | 'reason'
  | 'requestedBy'
  | 'hard'
  | 'reclaim'
  | 'drainDeadlineMs'
>;

/** A transition that has not started yet: a `start->…` edge puts it in the table at its first step. */
export function newTransition(core: Core, given: Given): TransitionRecord {
  return {
    ...given,
    transitionId: core.nextId('t'),
    direction: 'forward',
    step: 'forecast',
    attempt: 0,
    stepPhase: 'pending',
    stepStartedMs: core.nowMs,
    leaseUntilMs: 0,
    deadlineMs: 0,
    notBeforeMs: 0,
    left: given.from === null,
    tries: 0,
    history: [],
    startedMs: core.nowMs,
    endedMs: 0,
    outcome: 'running',
    word: 'working',
    cancelRequested: false,
  };
}
