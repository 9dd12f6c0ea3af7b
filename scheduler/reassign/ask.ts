import type { Core } from '../core.js';
import type { PeerId, StepPolicy, StepRequest } from '../protocol.js';
import type { TransitionRecord } from '../state/records.js';
import { markEdge } from './edges.js';
import { hostOf, setLeasePhase } from './leases.js';
import { attemptLastsMs, executorOf, profileOf, protocolStep, stepDeadlineMs } from './steps.js';
import { turnedBecause } from './turned.js';

/** Asks the executor for a new attempt of the current step, and starts its step lease. */
export function askStep(core: Core, pending: TransitionRecord, executor: PeerId): void {
  // The drain may last so long from its first attempt; other deadlines began with their step.
  const drainStarts = pending.step === 'drain' && pending.deadlineMs === 0;
  const lastsMs = drainStarts ? stepDeadlineMs(core, pending, 'drain') : 0;
  const attemptMs = attemptLastsMs(core, pending);
  const asked: TransitionRecord = {
    ...withoutBound(pending),
    ...(attemptMs === 0 ? {} : { attemptUntilMs: core.nowMs + attemptMs }),
    attempt: pending.attempt + 1,
    stepPhase: 'asked',
    leaseUntilMs: leaseUntilMs(core),
    deadlineMs: lastsMs === 0 ? pending.deadlineMs : core.nowMs + lastsMs,
    notBeforeMs: 0,
    word: 'working',
  };
  core.state.transitions.put(asked);
  resetProgress(core, asked);
  if (asked.step === 'drain' && asked.leaseId !== null) setLeasePhase(core, asked.leaseId, 'leaving', asked.reason);
  markEdge(core, 'attempt:asked');
  sendRequest(core, asked, executor);
  if (pending.tries === 0)
    core.decide('move', hostOf(core, asked).name, sentence(core, asked, executor), {
      transitionId: asked.transitionId,
      step: asked.step,
      attempt: asked.attempt,
      executor,
      reason: reasonOf(asked),
    });
}

/**
 * The same attempt again, for an executor that may have forgotten it: its lease starts anew, its bound does not. One that
 * is being stopped gets no new lease: else an executor that starts anew again and again would never come to its end.
 */
export function askAgain(core: Core, out: TransitionRecord, executor: PeerId): void {
  const isStopped = out.stepPhase === 'cancelling';
  if (!isStopped) core.state.transitions.put({ ...out, leaseUntilMs: leaseUntilMs(core) });
  resetProgress(core, out);
  markEdge(core, 'attempt:sent again');
  if (isStopped) sendCancel(core, out, executor);
  else sendRequest(core, out, executor);
}

/** The record as no attempt is out. */
export function withoutBound(transition: TransitionRecord): TransitionRecord {
  const { attemptUntilMs: _, ...rest } = transition;
  return rest;
}

/** Asks the executor to stop the attempt; it gets no further renewals, so it ends by answer or by lease. */
export function stopAttempt(core: Core, asked: TransitionRecord, executor: PeerId): TransitionRecord {
  const cancelling: TransitionRecord = { ...asked, stepPhase: 'cancelling' };
  core.state.transitions.put(cancelling);
  markEdge(core, 'attempt:stopped');
  sendCancel(core, cancelling, executor);
  return cancelling;
}

/** Until when an executor may act that is asked or renewed now, with grace for message delay and clock drift. */
export function leaseUntilMs(core: Core): number {
  return core.nowMs + core.options.stepLeaseMs + core.options.stepLeaseGraceMs;
}

function resetProgress(core: Core, transition: TransitionRecord): void {
  const before = core.state.progress.get(transition.transitionId);
  core.state.progress.put({
    transitionId: transition.transitionId,
    progressMilli: 0,
    message: '',
    blockedBy: [],
    forecast: before?.forecast ?? null,
    lastUpdateNo: 0,
    atMs: core.nowMs,
  });
}

function sendCancel(core: Core, transition: TransitionRecord, executor: PeerId): void {
  const { transitionId, attempt } = transition;
  const message = { kind: 'step_cancel', transitionId, step: protocolStep(transition.step), attempt } as const;
  core.emit({ kind: 'send', peerId: executor, message });
}

function sendRequest(core: Core, transition: TransitionRecord, executor: PeerId): void {
  const host = hostOf(core, transition);
  const request: StepRequest = {
    transitionId: transition.transitionId,
    step: protocolStep(transition.step),
    attempt: transition.attempt,
    validForMs: core.options.stepLeaseMs,
    hostId: host.hostId,
    hostName: host.name,
    identity: host.identity,
    workload: profileOf(core, transition),
    policy: policyOf(core, transition),
    reason: reasonOf(transition),
  };
  core.emit({ kind: 'send', peerId: executor, message: { kind: 'step_request', request } });
}

/** Only forecast and drain are bound by the drain policy; the drain gets what is left of its time. */
function policyOf(core: Core, transition: TransitionRecord): StepPolicy {
  if (transition.step === 'forecast') return { softDeadlineMs: transition.drainDeadlineMs, hard: transition.hard };
  if (transition.step !== 'drain') return { softDeadlineMs: 0, hard: false };
  const leftMs = transition.deadlineMs === 0 ? transition.drainDeadlineMs : transition.deadlineMs - core.nowMs;
  return { softDeadlineMs: Math.max(1, leftMs), hard: transition.hard };
}

/** `node32: drain asked of hadoop/night`. Short: the reason stands in the line with which the move, or its way back, begins. */
function sentence(core: Core, transition: TransitionRecord, executor: PeerId): string {
  const who = executor.startsWith('agent/') ? 'its agent' : executor.slice('framework/'.length);
  return `${hostOf(core, transition).name}: ${transition.step.replace('_', ' ')} asked of ${who}`;
}

/** Why the step is asked: the reason of the move, or on the way back the reason why it turned. */
function reasonOf(transition: TransitionRecord): string {
  return transition.direction === 'forward' ? transition.reason : `the move turned back: ${turnedBecause(transition)}`;
}

/** Who has the attempt that is out. */
export function requireExecutor(transition: TransitionRecord): PeerId {
  const executor = executorOf(transition);
  if (executor === null) throw new Error(`${transition.transitionId} has no executor at step ${transition.step}`);
  return executor;
}
