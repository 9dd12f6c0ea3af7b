import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import type { ErrorCode, PeerId, StepUpdate } from '../protocol.js';
import type { TransitionRecord } from '../state/records.js';
import { endAttempt, keepProgress } from './advance.js';
import { leaseUntilMs } from './ask.js';
import { blockersText } from './blockers.js';
import { markEdge } from './edges.js';
import { hostOf } from './leases.js';
import { executorOf, stopsAtMs, takesPart } from './steps.js';

/**
 * A step update from a framework or an agent. Fenced: only the executor of the attempt that is out moves the transition.
 * What is old or repeated is ignored; what the peer was never asked for is answered with an error and changes nothing.
 */
export function onStepUpdate(core: Core, peerId: PeerId, update: StepUpdate): void {
  const transition = core.state.transitions.get(update.transitionId);
  if (transition === undefined) {
    refuse(core, peerId, update, 'NOT_FOUND', 'there is no such transition');
    return;
  }
  if (!takesPart(transition, peerId)) {
    refuse(core, peerId, update, 'PERMISSION_DENIED', 'the transition concerns another framework or host');
    return;
  }
  if (transition.outcome !== 'running' || update.attempt < transition.attempt) {
    markEdge(core, 'attempt:stale ignored');
    return;
  }
  if (update.attempt > transition.attempt || !isAsked(transition, peerId, update)) {
    refuse(
      core,
      peerId,
      update,
      'INVALID_ARGUMENT',
      `attempt ${String(transition.attempt)} of ${transition.step} is what was asked last`,
    );
    return;
  }
  if (transition.stepPhase === 'pending') afterItsEnd(core, transition, update);
  else apply(core, transition, peerId, update);
}

/** Whether the update names the step and comes from the executor of the attempt it names. */
function isAsked(transition: TransitionRecord, peerId: PeerId, update: StepUpdate): boolean {
  if (transition.stepPhase !== 'pending') return transition.step === update.step && executorOf(transition) === peerId;
  // The attempt ended and the transition may stand at another step by now: its own history says what was asked.
  const last = transition.history.at(-1);
  return last?.attempt === update.attempt && last.step === update.step;
}

/** The attempt is over for us. A DONE that comes after its lease ended still saves a repetition; all else is too late. */
function afterItsEnd(core: Core, transition: TransitionRecord, update: StepUpdate): void {
  const last = transition.history.at(-1);
  if (update.state === 'done' && last?.state === 'expired' && last.step === transition.step) {
    markEdge(core, 'attempt:late done');
    keepProgress(core, transition, update);
    endAttempt(core, transition, 'done', update.message);
    return;
  }
  markEdge(core, 'attempt:stale ignored');
}

function apply(core: Core, transition: TransitionRecord, peerId: PeerId, update: StepUpdate): void {
  switch (update.state) {
    case 'running':
    case 'blocked':
      renew(core, transition, peerId, update);
      return;
    case 'done':
    case 'failed':
    case 'refused':
      keepProgress(core, transition, update);
      endAttempt(core, transition, update.state, update.message);
      return;
    default:
      assertNever(update.state);
  }
}

/** Work goes on: the step lease is extended, unless the attempt is being stopped. */
function renew(core: Core, transition: TransitionRecord, peerId: PeerId, update: StepUpdate): void {
  if (update.updateNo <= (core.state.progress.get(transition.transitionId)?.lastUpdateNo ?? 0)) {
    markEdge(core, 'attempt:duplicate ignored');
    return;
  }
  keepProgress(core, transition, update);
  showBlockers(core, transition, update);
  const word = update.state === 'blocked' ? 'blocked' : 'working';
  if (transition.stepPhase === 'cancelling') {
    if (transition.word !== word) core.state.transitions.put({ ...transition, word });
    return;
  }
  const leaseEndMs = leaseUntilMs(core);
  core.state.transitions.put({ ...transition, word, leaseUntilMs: leaseEndMs });
  core.timers.set(`transition/${transition.transitionId}`, Math.min(leaseEndMs, stopsAtMs(transition)));
  markEdge(core, 'attempt:renewed');
  const { transitionId, step, attempt, updateNo } = update;
  const renewal = { transitionId, step, attempt, updateNo, validForMs: core.options.stepLeaseMs };
  core.emit({ kind: 'send', peerId, message: { kind: 'step_renew', renew: renewal } });
}

function showBlockers(core: Core, transition: TransitionRecord, update: StepUpdate): void {
  const host = hostOf(core, transition);
  if (update.state !== 'blocked') {
    core.clearCondition('TRANSITION_BLOCKED', host.name);
    return;
  }
  const what = update.blockedBy.length === 0 ? update.message : blockersText(update.blockedBy);
  core.raise(
    'TRANSITION_BLOCKED',
    host.name,
    `${update.step} of ${host.name} is blocked by ${what}`,
    `clear the blocker, or: mosaic move cancel ${transition.transitionId}`,
  );
}

/** A peer that talks about what is not its own is told so; the error costs nobody else anything. */
function refuse(core: Core, peerId: PeerId, update: StepUpdate, code: ErrorCode, why: string): void {
  markEdge(core, 'attempt:alien refused');
  const message = `step update for attempt ${String(update.attempt)} of ${update.step} in transition ${update.transitionId} was ignored: ${why}`;
  // Agents have no error message: what they claim wrongly is shown to admins instead.
  if (peerId.startsWith('framework/'))
    core.sendFramework(peerId.slice('framework/'.length), { kind: 'error', code, message });
  else core.decide('session', peerId, message, { code });
}
