import type { Core } from '../core.js';
import type { TransitionRecord, TransitionStep } from '../state/records.js';

/** Where an edge leads: to a step (which starts pending), to another try of the same step, or to the end. */
export type EdgeTarget =
  | { readonly kind: 'step'; readonly step: TransitionStep; readonly direction: 'forward' | 'rollback' | 'same' }
  | { readonly kind: 'again' }
  | { readonly kind: 'end'; readonly outcome: Exclude<TransitionRecord['outcome'], 'running'> }
  /** Nothing of the step changes: the mark alone is counted. */
  | { readonly kind: 'mark' };

const forward = (step: TransitionStep): EdgeTarget => ({ kind: 'step', step, direction: 'forward' });
const rollback = (step: TransitionStep): EdgeTarget => ({ kind: 'step', step, direction: 'rollback' });
const same = (step: TransitionStep): EdgeTarget => ({ kind: 'step', step, direction: 'same' });
const end = (outcome: Exclude<TransitionRecord['outcome'], 'running'>): EdgeTarget => ({ kind: 'end', outcome });
const again: EdgeTarget = { kind: 'again' };
const mark: EdgeTarget = { kind: 'mark' };

/**
 * The state machine of one host's move, as data: every edge by name and where it leads. `failed` stands for FAILED,
 * REFUSED, an attempt whose step lease ran out, and a deadline that passed, unless an edge of its own says more.
 * The README draws this table, the simulator counts it, `decide-edge.ts` chooses in it, `follow.ts` walks it.
 */
const EDGES = {
  'start->forecast': forward('forecast'),
  'start->offer': forward('offer'),
  'start->prepare': forward('prepare'),
  'start->wipe': forward('wipe'),
  'start->verify_clean': forward('verify_clean'),

  'forecast:done->drain': forward('drain'),
  'forecast:too_long->end(cancelled)': end('cancelled'),
  'forecast:blocked->end(cancelled)': end('cancelled'),
  'forecast:expired->forecast': again,
  'forecast:failed->end(cancelled)': end('cancelled'),
  'forecast:cancel->end(cancelled)': end('cancelled'),

  'drain:done->leave': forward('leave'),
  'drain:expired->drain': again,
  'drain:failed->cancel_drain': rollback('cancel_drain'),
  'drain:deadline->cancel_drain': rollback('cancel_drain'),
  'drain:cancel->cancel_drain': rollback('cancel_drain'),

  'cancel_drain:done->end(rolled_back)': end('rolled_back'),
  'cancel_drain:failed->cancel_drain': again,
  'cancel_drain:failed->end(quarantined)': end('quarantined'),

  'leave:done->wipe': forward('wipe'),
  'leave:failed->leave': again,
  'leave:failed->cancel_drain': rollback('cancel_drain'),
  'leave:cancel->cancel_drain': rollback('cancel_drain'),

  'wipe:done->verify_clean': same('verify_clean'),
  'wipe:failed->wipe': again,
  'wipe:failed->end(quarantined)': end('quarantined'),

  'verify_clean:done->offer': forward('offer'),
  'verify_clean:done->prepare': forward('prepare'),
  'verify_clean:done->end(completed)': end('completed'),
  'verify_clean:done->end(returned_free)': end('returned_free'),
  'verify_clean:failed->verify_clean': again,
  'verify_clean:failed->end(quarantined)': end('quarantined'),

  'offer:accepted->prepare': forward('prepare'),
  'offer:lost->end(returned_free)': end('returned_free'),
  'offer:cancel->end(returned_free)': end('returned_free'),

  'prepare:done->join': forward('join'),
  'prepare:done->end(completed)': end('completed'),
  'prepare:failed->prepare': again,
  'prepare:failed->wipe': rollback('wipe'),
  'prepare:cancel->wipe': rollback('wipe'),

  'join:done->verify': forward('verify'),
  'join:failed->join': again,
  'join:failed->leave(rollback)': rollback('leave'),
  'join:cancel->leave(rollback)': rollback('leave'),

  'verify:done->end(completed)': end('completed'),
  'verify:failed->verify': again,
  'verify:failed->leave(rollback)': rollback('leave'),
  'verify:cancel->leave(rollback)': rollback('leave'),

  'leave(rollback):done->wipe': rollback('wipe'),
  'leave(rollback):failed->leave(rollback)': again,
  'leave(rollback):failed->end(quarantined)': end('quarantined'),

  // After `leave` was asked a cancel does not turn the host back: it goes on, to the free pool.
  'cancel->to free': mark,
  // A drain began while the host was on its way to somebody else.
  'drain->to free': mark,
  'operator:retry': mark,
  'operator:abort->end(quarantined)': end('quarantined'),

  // Life of one attempt.
  'attempt:asked': mark,
  'attempt:renewed': mark,
  'attempt:expired': mark,
  'attempt:stopped': mark,
  'attempt:sent again': mark,
  'attempt:unknown after restart': mark,
  'attempt:late done': mark,
  'attempt:duplicate ignored': mark,
  'attempt:stale ignored': mark,
  'attempt:alien refused': mark,

  // What a pending step waits for.
  'wait:back-off': mark,
  'wait:executor': mark,
  'wait:host lost': mark,
  'wait:frozen': mark,
} as const satisfies Record<string, EdgeTarget>;

export type EdgeName = keyof typeof EDGES;

/** Every edge a transition can take; the simulator demands that each is taken often. */
export const TRANSITION_EDGES: readonly EdgeName[] = Object.freeze(Object.keys(EDGES) as EdgeName[]);

export function edgeTarget(name: EdgeName): EdgeTarget {
  return EDGES[name];
}

/** Counts that an edge was taken since this start. */
export function markEdge(core: Core, name: EdgeName): void {
  core.edges.set(name, (core.edges.get(name) ?? 0) + 1);
}
