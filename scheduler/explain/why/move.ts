import type { Core } from '../../core.js';
import type { StepOutcome, TransitionRecord } from '../../state/records.js';
import { blockerText } from '../../reassign/index.js';
import { freezeViews } from '../conditions.js';
import { remedies } from '../remedies.js';
import { routeText } from '../transitions.js';
import type { FreezeView, WhyView } from '../views.js';
import { duration } from '../../words.js';
import { conditionReasons, whyView, type Reason } from './reason.js';

const HISTORY_SHOWN_MAX = 5;

/** Why a move is where it is: what blocks its present step first, then how it came here. */
export function whyMove(core: Core, transition: TransitionRecord): WhyView {
  const name = core.state.hosts.get(transition.hostId)?.name ?? transition.hostId;
  const subject = `${transition.transitionId} (${name})`;
  if (transition.outcome !== 'running') {
    const headline = `${name} ${routeText(transition)} ended ${endText(transition.outcome)} after ${duration(transition.endedMs - transition.startedMs)}`;
    return whyView(
      subject,
      'move',
      headline,
      transition.word,
      [...history(transition), asked(transition)],
      endedRemedies(transition, name),
    );
  }
  const conditions = conditionReasons(core, [name, transition.transitionId], ['TRANSITION_BLOCKED']);
  return whyView(
    subject,
    'move',
    headline(core, transition, name),
    transition.word,
    [...stepReasons(core, transition), ...conditions.reasons, ...history(transition), asked(transition)],
    [...stepRemedies(core, transition), ...conditions.remedies],
  );
}

/** What a running move waits for right now; never empty. */
function stepReasons(core: Core, transition: TransitionRecord): readonly Reason[] {
  const progress = core.state.progress.get(transition.transitionId);
  const reasons: Reason[] = (progress?.blockedBy ?? []).map((blocker) => ({
    code: 'BLOCKED_DRAIN' as const,
    text: `${blockerText(blocker)} (${blocker.reason})`,
    sinceMs: blocker.sinceMs,
  }));
  if (transition.stepPhase === 'pending') reasons.push(...pendingReasons(core, transition));
  if (transition.stepPhase === 'cancelling')
    reasons.push({
      code: 'PROGRESS',
      text: stoppedText(core, transition),
      sinceMs: transition.stepStartedMs,
    });
  if (transition.step === 'offer')
    reasons.push({
      code: 'OFFERED',
      text: `${transition.to?.frameworkId ?? 'the new holder'} has to take the host it was offered`,
      sinceMs: transition.stepStartedMs,
    });
  if (transition.deadlineMs > 0 && transition.step === 'drain')
    reasons.push({
      code: 'PROGRESS',
      text: `the drain has ${duration(transition.deadlineMs - core.nowMs)} left; then ${transition.hard ? 'what is left is killed' : 'the host goes back'}`,
      sinceMs: transition.stepStartedMs,
    });
  const message = progress === undefined || progress.message === '' ? '' : `: ${progress.message}`;
  if (transition.stepPhase === 'asked')
    reasons.push({
      code: 'PROGRESS',
      text: `${transition.step} is ${Math.round((progress?.progressMilli ?? 0) / 10)} % done, attempt ${transition.attempt}${message}`,
      sinceMs: transition.stepStartedMs,
    });
  return reasons;
}

function stoppedText(core: Core, transition: TransitionRecord): string {
  const { step, attemptUntilMs } = transition;
  const tooLong = attemptUntilMs !== undefined && core.nowMs >= attemptUntilMs;
  const why = tooLong ? ' because it took longer than an attempt may last (stepDeadlineMs)' : '';
  return `the attempt of ${step} is being stopped${why}; its end is awaited`;
}

/** Commands and waits that would move a running transition on, or end it. */
function stepRemedies(core: Core, transition: TransitionRecord): readonly string[] {
  const freezes = freezesOf(core, transition);
  const found: string[] = freezes.map((freeze) => remedies.unfreeze(freeze.scope));
  if (transition.stepPhase === 'pending' && freezes.length === 0)
    found.push(remedies.moveRetry(transition.transitionId));
  if (!transition.cancelRequested && transition.direction === 'forward')
    found.push(remedies.moveCancel(transition.transitionId));
  const absent = transition.stepPhase === 'pending' ? absentExecutor(core, transition) : null;
  if (absent !== null) found.push(`wait until ${absent} is back`);
  if (transition.notBeforeMs > core.nowMs)
    found.push(`wait ${duration(transition.notBeforeMs - core.nowMs)} until the next attempt`);
  if (transition.step === 'drain' && transition.deadlineMs > core.nowMs)
    found.push(`wait ${duration(transition.deadlineMs - core.nowMs)} until the drain deadline`);
  else if (transition.stepPhase !== 'pending') found.push(`wait until ${transition.step} ends`);
  return found.length === 0 ? [`wait until ${transition.step} is asked for`] : found;
}

/** Freezes that hold the next step of the transition. */
function freezesOf(core: Core, transition: TransitionRecord): readonly FreezeView[] {
  if (transition.stepPhase !== 'pending' || transition.word !== 'waits for you') return [];
  const workloads = [transition.from, transition.to].map((holder) => holder?.frameworkId.split('/')[0] ?? '');
  return freezeViews(core).filter(
    ({ scope }) => scope === '*' || workloads.includes(scope) || scope === transition.toMode,
  );
}

function pendingReasons(core: Core, transition: TransitionRecord): readonly Reason[] {
  const reasons: Reason[] = freezesOf(core, transition).map((freeze) => ({
    code: 'FROZEN' as const,
    text: `${freeze.scope === '*' ? 'everything' : freeze.scope} is frozen by ${freeze.by}${freeze.reason === '' ? '' : `: ${freeze.reason}`}`,
    sinceMs: freeze.sinceMs,
  }));
  const absent = absentExecutor(core, transition);
  if (absent !== null)
    reasons.push({
      code: 'DISCONNECTED',
      text: `${absent} executes ${transition.step} and is away`,
      sinceMs: transition.stepStartedMs,
    });
  else if (isAgentSilent(core, transition))
    reasons.push({
      code: 'PROGRESS',
      text: `${transition.step} is asked for as soon as the agent has reported`,
      sinceMs: transition.stepStartedMs,
    });
  if (transition.notBeforeMs > core.nowMs)
    reasons.push({
      code: 'PROGRESS',
      text: `after a failed attempt ${transition.step} pauses; the next one is in ${duration(transition.notBeforeMs - core.nowMs)}`,
      sinceMs: transition.stepStartedMs,
    });
  const fencedUntilMs = core.state.hosts.get(transition.hostId)?.fencedUntilMs ?? 0;
  if (fencedUntilMs > core.nowMs)
    reasons.push({
      code: 'PROGRESS',
      text: `an attempt of the move before, which was aborted, may still act for ${duration(fencedUntilMs - core.nowMs)}`,
      sinceMs: transition.stepStartedMs,
    });
  if (reasons.length === 0)
    reasons.push({
      code: 'PROGRESS',
      text: `${transition.step} is asked for within this moment`,
      sinceMs: transition.stepStartedMs,
    });
  return reasons;
}

/** The agent that has to execute the present step is there, but has not said yet what is on its machine. */
function isAgentSilent(core: Core, transition: TransitionRecord): boolean {
  const { step, hostId } = transition;
  const byAgent = step === 'wipe' || step === 'verify_clean' || step === 'prepare';
  return byAgent && core.state.hostPresence.get(hostId)?.synced !== true;
}

/** The peer that has to execute the present step, when it is not connected. */
function absentExecutor(core: Core, transition: TransitionRecord): string | null {
  const name = core.state.hosts.get(transition.hostId)?.name ?? transition.hostId;
  switch (transition.step) {
    case 'wipe':
    case 'verify_clean':
    case 'prepare':
      return core.state.hostPresence.get(transition.hostId)?.connected === true ? null : `the agent of ${name}`;
    case 'offer':
      return null;
    case 'join':
    case 'verify':
      return absentFramework(core, transition.to?.frameworkId);
    case 'leave':
      return absentFramework(
        core,
        (transition.direction === 'rollback' ? transition.to : transition.from)?.frameworkId,
      );
    default:
      return absentFramework(core, transition.from?.frameworkId);
  }
}

function absentFramework(core: Core, frameworkId: string | undefined): string | null {
  if (frameworkId === undefined) return null;
  return core.state.frameworkPresence.get(frameworkId)?.connected === true ? null : frameworkId;
}

function headline(core: Core, transition: TransitionRecord, name: string): string {
  const turned = transition.direction === 'rollback' ? ' and was turned back' : '';
  return `${name} moves ${routeText(transition)}${turned}: step ${transition.step}, ${transition.word}, ${duration(core.nowMs - transition.startedMs)} so far`;
}

function asked(transition: TransitionRecord): Reason {
  return {
    code: 'HISTORY',
    text: `asked for by ${transition.requestedBy}: ${transition.reason}`,
    sinceMs: transition.startedMs,
  };
}

function history(transition: TransitionRecord): readonly Reason[] {
  return transition.history
    .slice(-HISTORY_SHOWN_MAX)
    .reverse()
    .map((outcome) => ({
      code: 'HISTORY' as const,
      text: outcomeText(outcome),
      sinceMs: outcome.endedMs,
    }));
}

function outcomeText({ step, attempt, state, startedMs, endedMs, message }: StepOutcome): string {
  return `${step} attempt ${attempt} ${state} after ${duration(endedMs - startedMs)}${message === '' ? '' : `: ${message}`}`;
}

function endText(outcome: TransitionRecord['outcome']): string {
  return outcome === 'returned_free' ? 'with the host free' : outcome.replace('_', ' ');
}

function endedRemedies(transition: TransitionRecord, name: string): readonly string[] {
  if (transition.outcome === 'quarantined') return [remedies.hostRelease(name)];
  if (transition.outcome === 'completed') return [];
  const target = transition.toMode === 'leased' ? transition.to?.frameworkId : transition.toMode;
  return target === undefined ? [] : [remedies.moveTo(name, target)];
}
