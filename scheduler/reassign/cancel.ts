import type { Core } from '../core.js';
import type { ErrorCode } from '../protocol.js';
import { nothingChanges, type OperatorReply } from '../operate/commands.js';
import type { TransitionRecord } from '../state/records.js';
import { advanceTransition } from './advance.js';
import { requireExecutor, stopAttempt } from './ask.js';
import { turnsOnCancel } from './decide-edge.js';
import { markEdge } from './edges.js';
import { endTransition } from './end.js';
import { endLease, hostOf } from './leases.js';
import { withdrawLanding } from './withdraw.js';

/**
 * Stops a move. Until `leave` is asked the host goes back to its holder; from there to the landing it goes on to the free
 * pool; once the new holder has it, it is taken out again, cleaned and free.
 *
 * @param by `operator:<principal>` or `framework:<id>`
 */
export function cancelMove(core: Core, transitionId: string, by: string, dryRun = false): OperatorReply {
  const transition = core.state.transitions.get(transitionId);
  const refusal = refuseEnded(transitionId, transition);
  if (transition === undefined || refusal !== null) return refusal ?? notFound(transitionId);
  const host = hostOf(core, transition);
  if (transition.direction === 'rollback')
    return refuse('FAILED_PRECONDITION', `${transitionId} is already on its way back, at ${transition.step}`);
  if (transition.cancelRequested) return nothingChanges(`${transitionId} is being cancelled already`, [transitionId]);
  const turns =
    turnsOnCancel(transition) ||
    (transition.step === 'leave' && transition.stepPhase === 'pending' && transition.tries === 0);
  if (!turns && transition.toMode === 'free')
    return refuse(
      'FAILED_PRECONDITION',
      `${host.name} is past turning back, at ${transition.step}, and goes to the free pool anyway; to keep it out of use: mosaic host quarantine ${host.name}`,
    );
  const changes = [
    turns
      ? turnWords(host.name, transition)
      : `${host.name} goes on to the free pool instead of ${targetWords(transition)}`,
  ];
  if (dryRun) return { ok: true, changes, ids: [transitionId] };
  core.decide('move', host.name, `${by} cancelled the move of ${host.name}: ${changes.join('; ')}`, { transitionId });
  if (turns) core.state.transitions.put({ ...transition, cancelRequested: true });
  else redirectToFree(core, transition);
  advanceTransition(core, transitionId);
  return { ok: true, changes, ids: [transitionId] };
}

/** The target is no longer meant, or no longer there: the move ends at the free pool. */
function redirectToFree(core: Core, transition: TransitionRecord): void {
  markEdge(core, 'cancel->to free');
  core.state.transitions.put({ ...transition, cancelRequested: true, to: null, toMode: 'free' });
}

/**
 * A host is to be out of use: a move under way goes on, but to the free pool. One that has landed already is taken back.
 *
 * @param by `operator:<principal>` or `maintenance:<window>`
 */
export function divertToFree(core: Core, transitionId: string, by: string): void {
  const transition = core.state.transitions.get(transitionId);
  if (transition?.outcome !== 'running' || transition.direction === 'rollback' || transition.toMode === 'free') return;
  const { name } = hostOf(core, transition);
  core.decide('move', name, `${by} has ${name} go to the free pool instead of ${targetWords(transition)}`, {
    transitionId,
  });
  markEdge(core, 'drain->to free');
  const landed = ['offer', 'prepare', 'join', 'verify'].includes(transition.step);
  if (landed) core.state.transitions.put({ ...transition, cancelRequested: true });
  else core.state.transitions.put({ ...transition, to: null, toMode: 'free', demandId: '' });
  advanceTransition(core, transitionId);
}

/**
 * A framework was torn down: moves that were to bring it a host end in the free pool. Call it before its record is deleted.
 */
export function targetGone(core: Core, frameworkId: string): void {
  for (const id of [...core.state.runningTransitions.get('running')]) {
    const transition = core.state.transitions.get(id);
    if (transition?.to?.frameworkId !== frameworkId || transition.direction === 'rollback') continue;
    if (
      transition.step === 'prepare' ||
      transition.step === 'join' ||
      transition.step === 'verify' ||
      transition.step === 'offer'
    )
      core.state.transitions.put({ ...transition, cancelRequested: true });
    else redirectToFree(core, transition);
    advanceTransition(core, id);
  }
}

/** Tries again at once what waits for a pause, with a fresh count of tries. */
export function retryMove(core: Core, transitionId: string, dryRun = false): OperatorReply {
  const transition = core.state.transitions.get(transitionId);
  const refusal = refuseEnded(transitionId, transition);
  if (transition === undefined || refusal !== null) return refusal ?? notFound(transitionId);
  if (transition.stepPhase !== 'pending')
    return refuse(
      'FAILED_PRECONDITION',
      `${transition.step} of ${transitionId} is being tried right now (attempt ${String(transition.attempt)})`,
    );
  const changes = [`${transition.step} of ${hostOf(core, transition).name} is tried again at once`];
  if (dryRun) return { ok: true, changes, ids: [transitionId] };
  markEdge(core, 'operator:retry');
  // One try is kept on the count: a step that was asked before must not be taken for one that never was.
  core.state.transitions.put({ ...transition, notBeforeMs: 0, tries: Math.min(1, transition.tries) });
  advanceTransition(core, transitionId);
  return { ok: true, changes, ids: [transitionId] };
}

/**
 * Ends a move where it stands: the host is quarantined with the reason and stays so until it is released. For operators
 * (quarantine, confirmed power-off). An executor that still works is told to stop, and runs out of its step lease at the
 * latest: until then the host is fenced, because a release may come at once.
 *
 * @param endsLease true when the holder has certainly lost the host, as after a confirmed power-off
 */
export function abortMove(core: Core, transitionId: string, reason: string, endsLease: boolean): void {
  const transition = core.state.transitions.get(transitionId);
  if (transition?.outcome !== 'running') return;
  withdrawLanding(core, transition, reason);
  if (endsLease && transition.leaseId !== null) endLease(core, transition.leaseId, reason);
  markEdge(core, 'operator:abort->end(quarantined)');
  if (transition.stepPhase === 'asked' && transition.step !== 'offer')
    stopAttempt(core, transition, requireExecutor(transition));
  const leaseId = endsLease ? null : transition.leaseId;
  endTransition(core, { ...transition, leaseId, left: transition.left || endsLease }, 'quarantined', reason);
  if (transition.leaseUntilMs > core.nowMs)
    core.state.hosts.put({ ...hostOf(core, transition), fencedUntilMs: transition.leaseUntilMs });
}

function refuseEnded(transitionId: string, transition: TransitionRecord | undefined): OperatorReply | null {
  if (transition === undefined) return notFound(transitionId);
  if (transition.outcome === 'running') return null;
  return refuse(
    'FAILED_PRECONDITION',
    `${transitionId} has ended (${transition.outcome.replace('_', ' ')}); start a new move instead`,
  );
}

function turnWords(hostName: string, transition: TransitionRecord): string {
  return transition.left
    ? `${hostName} is taken out again, cleaned, and is free`
    : `${hostName} goes back to ${transition.from?.frameworkId ?? 'the free pool'}`;
}

function targetWords(transition: TransitionRecord): string {
  return transition.to?.frameworkId ?? (transition.toMode === 'shared' ? 'the shared pool' : 'its target');
}

function notFound(transitionId: string): OperatorReply {
  return refuse('NOT_FOUND', `there is no transition ${transitionId}; mosaic move list shows them`);
}

function refuse(code: ErrorCode, message: string): OperatorReply {
  return { ok: false, code, message };
}
