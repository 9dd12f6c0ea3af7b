import { strict as assert } from 'node:assert';

import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import type { PeerId, StepName } from '../protocol.js';
import type { TransitionRecord, TransitionStep } from '../state/records.js';

/** The built-in workload of hosts that are cut into slices. */
export const SHARED_WORKLOAD = 'shared';

/** Pauses between tries never grow past this: a healed manager must not be waited for much longer than it took. */
export const RETRY_PAUSE_MAX_MS = 600_000;

/** Tries of a step that must not be given up lightly (`cancel_drain`, `leave` of a failed join) before a person decides. */
export const UNDO_TRIES_MAX = 10;

/** Who executes the transition's current step; null for `offer`, which is the core's own. */
export function executorOf(transition: TransitionRecord): PeerId | null {
  switch (transition.step) {
    case 'forecast':
    case 'drain':
    case 'cancel_drain':
      return frameworkPeer(transition.from?.frameworkId);
    case 'leave':
      return frameworkPeer((transition.direction === 'forward' ? transition.from : transition.to)?.frameworkId);
    case 'join':
    case 'verify':
      return frameworkPeer(transition.to?.frameworkId);
    case 'wipe':
    case 'verify_clean':
    case 'prepare':
      return `agent/${transition.hostId}`;
    case 'offer':
      return null;
    default:
      return assertNever(transition.step);
  }
}

function frameworkPeer(frameworkId: string | undefined): PeerId {
  assert(frameworkId !== undefined, 'a step of a framework needs that framework');
  return `framework/${frameworkId}`;
}

/** Whether `peerId` executes any step of this transition. */
export function takesPart(transition: TransitionRecord, peerId: PeerId): boolean {
  return (
    peerId === `agent/${transition.hostId}` ||
    (transition.from !== null && peerId === `framework/${transition.from.frameworkId}`) ||
    (transition.to !== null && peerId === `framework/${transition.to.frameworkId}`)
  );
}

export function isConnected(core: Core, peerId: PeerId): boolean {
  return peerId.startsWith('agent/')
    ? core.state.hostPresence.get(peerId.slice('agent/'.length))?.connected === true
    : core.state.frameworkPresence.get(peerId.slice('framework/'.length))?.connected === true;
}

/**
 * Whether the executor can be asked for a step now. An agent only once it has reported in its present session: what is to
 * be cleaned off the machine is what that report says.
 */
export function isReady(core: Core, peerId: PeerId): boolean {
  if (!isConnected(core, peerId)) return false;
  return !peerId.startsWith('agent/') || core.state.hostPresence.get(peerId.slice('agent/'.length))?.synced === true;
}

/** Steps that change something in the world; the others go on under a freeze. */
export function hasEffect(step: TransitionStep): boolean {
  return step !== 'forecast' && step !== 'verify_clean' && step !== 'verify';
}

export function workloadOf(core: Core, frameworkId: string): string {
  return core.state.frameworks.get(frameworkId)?.workload ?? frameworkId.slice(0, frameworkId.indexOf('/'));
}

/** Workloads that a move takes a host from and brings it to. */
export function workloadsOf(
  core: Core,
  transition: Pick<TransitionRecord, 'from' | 'to' | 'toMode'>,
): readonly string[] {
  const workloads: string[] = [];
  if (transition.from !== null) workloads.push(workloadOf(core, transition.from.frameworkId));
  if (transition.to !== null) workloads.push(workloadOf(core, transition.to.frameworkId));
  if (transition.toMode === 'shared') workloads.push(SHARED_WORKLOAD);
  return workloads;
}

/** Which host profile the step is about: the one to remove on the way out, the one to put on otherwise. */
export function profileOf(core: Core, transition: TransitionRecord): string {
  const target = transition.toMode === 'shared' ? SHARED_WORKLOAD : holderWorkload(core, transition.to);
  if (transition.direction === 'rollback' && transition.step !== 'cancel_drain') return target;
  switch (transition.step) {
    case 'prepare':
    case 'join':
    case 'verify':
    case 'offer':
      return target;
    default:
      // A host that nobody held (released from quarantine, taken from the pool) is cleaned of what its agent says is on it.
      return transition.from === null
        ? (core.state.hostPresence.get(transition.hostId)?.profile ?? '')
        : holderWorkload(core, transition.from);
  }
}

function holderWorkload(core: Core, holder: TransitionRecord['to']): string {
  return holder === null ? '' : workloadOf(core, holder.frameworkId);
}

/** The pause after `tries` fruitless attempts: doubled each time, up to `RETRY_PAUSE_MAX_MS`. */
export function retryPauseMs(core: Core, tries: number): number {
  // 2^20 times the shortest pause (1 ms) is already past the maximum.
  return Math.min(RETRY_PAUSE_MAX_MS, core.options.stepRetryMs * 2 ** Math.min(20, Math.max(0, tries - 1)));
}

/**
 * How long a step may take from when it became current, all its attempts and the waiting between them included, in ms; 0 =
 * each attempt has a bound of its own (`attemptLastsMs`). The drain counts from its first attempt.
 */
export function stepDeadlineMs(core: Core, transition: TransitionRecord, step: TransitionStep): number {
  const attempts = core.options.stepAttemptsMax * (core.options.stepLeaseMs + core.options.stepLeaseGraceMs);
  switch (step) {
    case 'forecast':
    case 'offer':
      return attempts;
    case 'drain':
      // Under a hard policy the executor meets the deadline by killing; taking the host back then would waste it.
      return transition.hard ? 0 : transition.drainDeadlineMs;
    case 'join':
    case 'verify':
      return core.options.stepDeadlineMs;
    case 'cancel_drain':
    case 'leave':
    case 'wipe':
    case 'verify_clean':
    case 'prepare':
      return 0;
    default:
      return assertNever(step);
  }
}

/**
 * How long one attempt may last although its executor renews its lease, in ms; 0 = the deadline of the whole step bounds it.
 * Without it an executor that is stuck, but says so in time, would hold the move and its host for ever.
 */
export function attemptLastsMs(core: Core, transition: TransitionRecord): number {
  if (transition.step === 'drain' && transition.hard) return transition.drainDeadlineMs + core.options.stepDeadlineMs;
  return stepDeadlineMs(core, transition, transition.step) === 0 ? core.options.stepDeadlineMs : 0;
}

/** When the attempt that is out is stopped: at its own bound or at the deadline of its step. Infinity: never. */
export function stopsAtMs(transition: TransitionRecord): number {
  const { deadlineMs, attemptUntilMs } = transition;
  return Math.min(deadlineMs === 0 ? Infinity : deadlineMs, attemptUntilMs ?? Infinity);
}

/** Whether the attempt that is out, or just ended, took longer than one may last. */
export function hasOverrun(core: Core, transition: TransitionRecord): boolean {
  return transition.attemptUntilMs !== undefined && core.nowMs >= transition.attemptUntilMs;
}

/** The step as the protocol names it; `offer` never travels. */
export function protocolStep(step: TransitionStep): StepName {
  assert(step !== 'offer', 'the directed offer is not a step of an executor');
  return step;
}
