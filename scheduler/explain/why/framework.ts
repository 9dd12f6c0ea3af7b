import type { Core } from '../../core.js';
import type { FrameworkRecord } from '../../state/records.js';
import { demandViewsOf } from '../demands.js';
import { frameworkView } from '../frameworks.js';
import { remedies } from '../remedies.js';
import { routeText, runningTransitions } from '../transitions.js';
import type { WhyView } from '../views.js';
import { counted, duration } from '../../words.js';
import { whyDemand } from './demand.js';
import { openClaimReasons } from './open-claims.js';
import { conditionReasons, whyView, type Reason } from './reason.js';

/** Demands told in one answer, the most urgent first. */
const DEMANDS_SHOWN_MAX = 5;

/** Why a framework has the hosts it has and what it waits for. */
export function whyFramework(core: Core, framework: FrameworkRecord): WhyView {
  const { frameworkId } = framework;
  const view = frameworkView(core, framework);
  const conditions = conditionReasons(core, [frameworkId, `framework/${frameworkId}`]);
  const reasons: Reason[] = [];
  const changes: string[] = [];
  if (!view.connected) {
    reasons.push({
      code: 'DISCONNECTED',
      text: `away for ${duration(core.nowMs - view.sinceMs)}; what it holds stays its own, its demand lapses after ${duration(core.options.demandTtlMs)}`,
      sinceMs: view.sinceMs,
    });
    changes.push(`wait until ${frameworkId} is back`);
  }
  if (framework.tornDown)
    reasons.push({
      code: 'HOLDS',
      text: 'torn down: it gets nothing new and ends with its last lease and task',
      sinceMs: 0,
    });
  const demands = [...core.state.demandsByFramework.get(frameworkId)]
    .flatMap((key) => core.state.demands.get(key) ?? [])
    .flatMap((record) => demandViewsOf(core, record))
    .filter((demand) => demand.status.pending > 0)
    .sort((a, b) => b.priority - a.priority || a.receivedMs - b.receivedMs);
  const answers = demands.slice(0, DEMANDS_SHOWN_MAX).map((demand) => whyDemand(core, demand));
  for (const answer of answers) {
    const binding = answer.reasons[0];
    if (binding !== undefined) reasons.push({ ...binding, text: `${answer.subject}: ${binding.text}` });
  }
  // What would change the most urgent one; the others are told in full when they are asked for.
  if (answers[0] !== undefined) changes.push(...answers[0].wouldChangeIt);
  changes.push(...answers.slice(1).map((answer) => remedies.why(answer.subject)));
  const open = openClaimReasons(core, frameworkId);
  reasons.push(...open.reasons);
  changes.push(...open.changes);
  reasons.push(...moveReasons(core, frameworkId));
  if (!framework.executesSteps)
    reasons.push({ code: 'HOLDS', text: 'it executes no host steps, so it never gets whole hosts', sinceMs: 0 });
  if (view.withoutAgent.length > 0)
    reasons.push({
      code: 'NO_AGENT',
      text: `${counted(view.withoutAgent.length, 'machine')} of its manager ${view.withoutAgent.length === 1 ? 'has' : 'have'} no agent and cannot be moved`,
      sinceMs: 0,
    });
  if (reasons.length === 0) reasons.push({ code: 'NONE', text: demandText(core, frameworkId), sinceMs: view.sinceMs });
  const word = view.connected ? (answers[0]?.word ?? 'working') : 'waits for you';
  const holds = [counted(view.hosts, 'host'), ...(view.tasks > 0 ? [counted(view.tasks, 'task')] : [])].join(' and ');
  const missing = demands.reduce((sum, demand) => sum + demand.status.pending, 0);
  return whyView(
    frameworkId,
    'framework',
    `${frameworkId} holds ${holds}${missing === 0 ? ' and waits for nothing' : ` and waits for ${missing} more`}`,
    word,
    [...reasons, ...conditions.reasons],
    [...changes, ...conditions.remedies],
  );
}

function moveReasons(core: Core, frameworkId: string): readonly Reason[] {
  return runningTransitions(core)
    .filter((transition) => transition.from?.frameworkId === frameworkId || transition.to?.frameworkId === frameworkId)
    .map((transition) => ({
      code: 'MOVING_IN' as const,
      text: `${core.state.hosts.get(transition.hostId)?.name ?? transition.hostId} ${routeText(transition)}: ${transition.step}, ${transition.word}`,
      sinceMs: transition.startedMs,
    }));
}

function demandText(core: Core, frameworkId: string): string {
  return core.state.demandsByFramework.count(frameworkId) === 0 ? 'it has stated no demand' : 'it has all it asks for';
}
