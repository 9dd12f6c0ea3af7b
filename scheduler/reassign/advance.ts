import { strict as assert } from 'node:assert';

import { makeDirectedOffer } from '../allocate/index.js';
import type { Core } from '../core.js';
import { duration } from '../words.js';
import type { StepUpdate } from '../protocol.js';
import type { TransitionRecord, WaitWord } from '../state/records.js';
import { blockersText } from './blockers.js';
import { askStep, requireExecutor, stopAttempt, withoutBound } from './ask.js';
import { decideEdge, turnsOnCancel, type Ending } from './decide-edge.js';
import { markEdge, type EdgeName } from './edges.js';
import { withOutcome } from './end.js';
import { follow, isUndo } from './follow.js';
import { frozenBy } from './frozen.js';
import { hostOf, isFenced } from './leases.js';
import { attemptLastsMs, hasEffect, hasOverrun, isConnected, isReady, stopsAtMs, workloadsOf } from './steps.js';
import { hasLanding, withdrawLanding } from './withdraw.js';

/** Edges walked in one call without waiting for anyone; the longest such chain is far shorter. */
const HOPS_MAX = 16;

/** Lets a transition go on as far as it can now, and sets its timer for the rest. Ended ones are left alone. */
export function advanceTransition(core: Core, transitionId: string): void {
  for (let hop = 0; hop < HOPS_MAX; hop += 1) {
    const transition = core.state.transitions.get(transitionId);
    if (transition?.outcome !== 'running') return;
    const waits = transition.stepPhase === 'pending' ? advancePending(core, transition) : advanceOut(core, transition);
    if (waits) return;
  }
  assert.fail(`transition ${transitionId} walks in a circle`);
}

/** An attempt ended, by answer or by lease: the transition takes the edge for it and goes on. */
export function endAttempt(
  core: Core,
  out: TransitionRecord,
  state: 'done' | 'failed' | 'refused' | 'expired',
  message: string,
): void {
  const late = state !== 'done' && out.deadlineMs !== 0 && core.nowMs >= out.deadlineMs;
  // Whatever a stopped attempt answers, it ended because its time was over: the step itself was not refused.
  const overran = state !== 'done' && hasOverrun(core, out);
  const said = overran ? overrunText(core, out, message) : message;
  const before = withoutBound(out);
  const ended = withOutcome(core, before, state, said);
  const edge = edgeAfter(core, ended, late ? 'deadline' : overran ? 'expired' : state);
  const against = forecastWhy(core, ended, edge);
  const why = against ?? said;
  follow(
    core,
    against === null ? ended : withOutcome(core, before, state, against),
    edge,
    why === '' ? `${out.step} ended ${state}` : why,
  );
  advanceTransition(core, out.transitionId);
}

/**
 * A forecast that ended well may say that draining is pointless under a soft policy: the move ends before anything was
 * done, the host is left alone for the cool-down, and the planner's next round takes the next cheapest. Blockers count
 * only against the planner, which has other hosts to choose from; who names a host means it, and may clear what blocks it.
 */
function edgeAfter(core: Core, ended: TransitionRecord, ending: Ending): EdgeName {
  if (ended.step === 'forecast' && ending === 'done' && !ended.hard && !ended.cancelRequested) {
    const forecast = core.state.progress.get(ended.transitionId)?.forecast;
    if ((forecast?.durationLowMs ?? 0) > ended.drainDeadlineMs) return 'forecast:too_long->end(cancelled)';
    if ((forecast?.blockers.length ?? 0) > 0 && ended.requestedBy === 'planner')
      return 'forecast:blocked->end(cancelled)';
  }
  return decideEdge(ended, ending, core.options.stepAttemptsMax);
}

/** What the forecast says against the drain, for the edges that it decides; null for all others. */
function forecastWhy(core: Core, ended: TransitionRecord, edge: EdgeName): string | null {
  const forecast = core.state.progress.get(ended.transitionId)?.forecast;
  switch (edge) {
    case 'forecast:too_long->end(cancelled)':
      return `leaving would take at least ${duration(forecast?.durationLowMs ?? 0)}, longer than the drain deadline of ${duration(ended.drainDeadlineMs)}`;
    case 'forecast:blocked->end(cancelled)':
      return `leaving would be blocked by ${blockersText(forecast?.blockers ?? [])}`;
    default:
      return null;
  }
}

function overrunText(core: Core, out: TransitionRecord, message: string): string {
  const text = `still at work after ${duration(attemptLastsMs(core, out))}, as long as an attempt may last (stepDeadlineMs)`;
  return message === '' ? text : `${text}: ${message}`;
}

/** An attempt that works on and on is stopped; people are told why, since its executor sees nothing wrong. */
function sayOverrun(core: Core, out: TransitionRecord): void {
  const { name } = hostOf(core, out);
  const { transitionId, step } = out;
  const who = requireExecutor(out);
  const text = `${step} of ${name} is ${overrunText(core, out, '')}: ${who} is told to stop`;
  core.raise('TRANSITION_BLOCKED', name, text, `look at what ${who} waits for, or: mosaic move cancel ${transitionId}`);
}

/** Keeps what an update of the attempt that is out says, for people. */
export function keepProgress(core: Core, transition: TransitionRecord, update: StepUpdate): void {
  const before = core.state.progress.get(transition.transitionId);
  core.state.progress.put({
    transitionId: transition.transitionId,
    progressMilli: Math.max(0, Math.min(1000, update.progressMilli)),
    message: update.message,
    blockedBy: update.blockedBy,
    forecast: update.forecast ?? before?.forecast ?? null,
    lastUpdateNo: Math.max(before?.lastUpdateNo ?? 0, update.updateNo),
    atMs: core.nowMs,
  });
}

/** An attempt is out, or a directed offer. Returns whether it waits. */
function advanceOut(core: Core, transition: TransitionRecord): boolean {
  if (transition.step === 'offer') return advanceOffer(core, transition);
  if (core.nowMs >= transition.leaseUntilMs) {
    markEdge(core, 'attempt:expired');
    endAttempt(core, transition, 'expired', `no word from ${requireExecutor(transition)} until its step lease ended`);
    return true;
  }
  const stopMs = stopsAtMs(transition);
  let out = transition;
  if (out.stepPhase === 'asked') {
    const late = core.nowMs >= stopMs;
    if (late && hasOverrun(core, out)) sayOverrun(core, out);
    if (late || (out.cancelRequested && turnsOnCancel(out))) out = stopAttempt(core, out, requireExecutor(out));
  }
  core.timers.set(timerKey(out), out.stepPhase === 'asked' ? Math.min(stopMs, out.leaseUntilMs) : out.leaseUntilMs);
  return true;
}

function advanceOffer(core: Core, transition: TransitionRecord): boolean {
  if (transition.cancelRequested) {
    withdrawLanding(core, transition, 'the move was cancelled');
    follow(
      core,
      withOutcome(core, transition, 'failed', 'cancelled'),
      'offer:cancel->end(returned_free)',
      'the move was cancelled',
    );
    return true;
  }
  if (hasLanding(core, transition)) {
    // Its expiry comes from the allocator; the look in between is a second pair of eyes.
    core.timers.set(timerKey(transition), core.nowMs + core.options.offerLeaseMs);
    return true;
  }
  follow(
    core,
    withOutcome(core, transition, 'failed', 'the offer is gone'),
    'offer:lost->end(returned_free)',
    'the directed offer is gone',
  );
  return true;
}

/** Nothing is out: asks the next attempt as soon as nothing stands in its way. Returns whether it waits. */
function advancePending(core: Core, transition: TransitionRecord): boolean {
  if (transition.cancelRequested && (turnsOnCancel(transition) || isLeaveNeverAsked(transition))) {
    follow(core, transition, decideEdge(transition, 'cancel', core.options.stepAttemptsMax), 'the move was cancelled');
    return false;
  }
  if (hasEffect(transition.step)) {
    const frozen = frozenBy(core, workloadsOf(core, transition));
    if (frozen !== null) {
      // `unfreeze` wakes it; the look in between is a second pair of eyes.
      core.timers.set(timerKey(transition), core.nowMs + core.options.stepLeaseMs);
      return waitFor(core, transition, 'wait:frozen', 'waits for you', `frozen: ${frozen.reason}`);
    }
  }
  if (transition.deadlineMs !== 0 && core.nowMs >= transition.deadlineMs) {
    follow(core, transition, decideEdge(transition, 'deadline', core.options.stepAttemptsMax), 'its deadline passed');
    return false;
  }
  if (core.nowMs < transition.notBeforeMs) {
    setTimer(core, transition, transition.notBeforeMs);
    const word = isUndo(transition) && transition.tries >= core.options.stepAttemptsMax ? 'blocked' : 'waits for time';
    return waitFor(core, transition, 'wait:back-off', word, 'tries again after a pause');
  }
  return transition.step === 'offer' ? makeLanding(core, transition) : askExecutor(core, transition);
}

function askExecutor(core: Core, transition: TransitionRecord): boolean {
  const executor = requireExecutor(transition);
  const host = hostOf(core, transition);
  if (isFenced(core, host)) {
    setTimer(core, transition, host.fencedUntilMs ?? core.nowMs);
    const message = 'an attempt of the move before, which was aborted, may still act; its step lease runs out';
    return waitFor(core, transition, 'wait:back-off', 'waits for time', message);
  }
  if (core.state.hostPresence.get(transition.hostId)?.lost === true) {
    setTimer(core, transition, core.nowMs + core.options.stepRetryMs);
    return waitFor(
      core,
      transition,
      'wait:host lost',
      'blocked',
      'the host is lost; it goes on when its agent is back',
    );
  }
  if (!isReady(core, executor)) {
    setTimer(core, transition, core.nowMs + core.options.stepRetryMs);
    const why = isConnected(core, executor) ? 'has not reported yet' : 'is away';
    return waitFor(core, transition, 'wait:executor', 'blocked', `${executor} ${why}`);
  }
  askStep(core, transition, executor);
  return false;
}

/** The core's own step: one offer of the clean host to the holder it is meant for. */
function makeLanding(core: Core, transition: TransitionRecord): boolean {
  const target = transition.to === null ? undefined : core.state.frameworks.get(transition.to.frameworkId);
  const gone = target === undefined || target.tornDown;
  const host = core.state.hostPresence.get(transition.hostId);
  const away = !gone && !isConnected(core, `framework/${target.frameworkId}`);
  if (away || (!gone && (host?.connected !== true || !host.reported))) {
    setTimer(core, transition, core.nowMs + core.options.stepRetryMs);
    return waitFor(
      core,
      transition,
      'wait:executor',
      'blocked',
      away ? `${target.frameworkId} is away` : 'the agent is away',
    );
  }
  if (gone || !makeDirectedOffer(core, transition)) {
    const why = gone
      ? 'the framework it was meant for is gone'
      : 'it could not be offered to the framework it was meant for';
    follow(core, withOutcome(core, transition, 'failed', why), 'offer:lost->end(returned_free)', why);
    return true;
  }
  core.state.transitions.put({ ...transition, stepPhase: 'asked', deadlineMs: 0, word: 'working' });
  return false;
}

function isLeaveNeverAsked(transition: TransitionRecord): boolean {
  return transition.step === 'leave' && transition.direction === 'forward' && transition.tries === 0;
}

/** Shows what the step waits for; changes nothing when it is shown already. */
function waitFor(core: Core, transition: TransitionRecord, edge: EdgeName, word: WaitWord, message: string): true {
  markEdge(core, edge);
  if (transition.word !== word) core.state.transitions.put({ ...transition, word });
  const before = core.state.progress.get(transition.transitionId);
  if (before?.message !== message)
    core.state.progress.put({
      transitionId: transition.transitionId,
      progressMilli: before?.progressMilli ?? 0,
      message,
      blockedBy: before?.blockedBy ?? [],
      forecast: before?.forecast ?? null,
      lastUpdateNo: before?.lastUpdateNo ?? 0,
      atMs: core.nowMs,
    });
  return true;
}

/** Wakes at `atMs`, or at the step's deadline where that is earlier. */
function setTimer(core: Core, transition: TransitionRecord, atMs: number): void {
  const { deadlineMs } = transition;
  core.timers.set(timerKey(transition), deadlineMs === 0 ? atMs : Math.min(atMs, deadlineMs));
}

function timerKey(transition: TransitionRecord): string {
  return `transition/${transition.transitionId}`;
}
