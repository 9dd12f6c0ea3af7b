import type { Core } from '../core.js';
import type { TransitionRecord } from '../state/records.js';
import { pageOf } from './page.js';
import type { Page, QueryResult } from './query.js';
import type { TransitionView } from './views.js';

export function transitionView(core: Core, transition: TransitionRecord): TransitionView {
  const progress = core.state.progress.get(transition.transitionId);
  const last = transition.history[transition.history.length - 1];
  return {
    transitionId: transition.transitionId,
    hostId: transition.hostId,
    hostName: core.state.hosts.get(transition.hostId)?.name ?? transition.hostId,
    from: transition.from?.frameworkId ?? '',
    to: transition.to?.frameworkId ?? '',
    toMode: transition.toMode,
    planId: transition.planId ?? '',
    reason: transition.reason,
    requestedBy: transition.requestedBy,
    direction: transition.direction,
    step: transition.step,
    attempt: transition.attempt,
    stepPhase: transition.stepPhase,
    word: transition.word,
    progressMilli: progress?.progressMilli ?? 0,
    message: progress?.message ?? last?.message ?? '',
    blockedBy: progress?.blockedBy ?? [],
    forecast: progress?.forecast ?? null,
    startedMs: transition.startedMs,
    endedMs: transition.endedMs,
    deadlineMs: transition.deadlineMs,
    outcome: transition.outcome,
    history: transition.history,
  };
}

/** Running transitions and, with `ended`, those that are kept, in the order they were made. */
export function transitionsPage(core: Core, ended: boolean, page: Page): QueryResult {
  const records = ended ? [...core.state.transitions.values()] : runningTransitions(core);
  const paged = pageOf(records, (transition) => transition.transitionId, page);
  return {
    kind: 'transitions',
    transitions: paged.items.map((transition) => transitionView(core, transition)),
    total: paged.total,
    nextPageToken: paged.nextPageToken,
  };
}

export function runningTransitions(core: Core): readonly TransitionRecord[] {
  return [...core.state.runningTransitions.get('running')].flatMap((id) => core.state.transitions.get(id) ?? []);
}

/** `ovirt/prod -> kubernetes/east`, `ovirt/prod -> free`. */
export function routeText(transition: TransitionRecord): string {
  const to = transition.toMode === 'leased' ? (transition.to?.frameworkId ?? 'nobody') : transition.toMode;
  return `${transition.from?.frameworkId ?? 'nobody'} -> ${to}`;
}
