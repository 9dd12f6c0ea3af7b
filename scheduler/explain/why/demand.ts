import type { Core } from '../../core.js';
import type { WaitWord } from '../../state/records.js';
import { isFrozen } from '../../reassign/index.js';
import { remedies } from '../remedies.js';
import type { DemandView, WhyView } from '../views.js';
import { counted, duration } from '../words.js';
import { conditionReasons, remediesFor, whyView, wordFor, type Context, type Reason } from './reason.js';
import { whyNotReclaimed } from './reclaim.js';

/** Why a standing request is not met: the allocator's binding reason, then everything else in its way. */
export function whyDemand(core: Core, demand: DemandView): WhyView {
  const { frameworkId, role, demandId, status } = demand;
  const context: Context = { frameworkId, role, demandId, pending: status.pending };
  const subject = `${frameworkId}/${demandId}`;
  const isHosts = demand.want.startsWith('hosts of');
  const conditions = conditionReasons(core, [subject, role, frameworkId]);
  if (status.pending === 0) {
    const text = `has all it asks for: ${status.granted} granted, ${status.offered} offered, ${status.movingIn} moving in`;
    const word: WaitWord = 'working';
    const held: Reason = { code: 'HOLDS', text, sinceMs: demand.receivedMs };
    return whyView(subject, 'demand', `${subject} ${text}`, word, [held, ...conditions.reasons], conditions.remedies);
  }
  const reasons: Reason[] = [
    { code: status.unmetReason, text: status.message, sinceMs: demand.receivedMs },
    ...frozenReasons(core, frameworkId),
  ];
  const changes = [...remediesFor(core, status.unmetReason, context)];
  if (isHosts) {
    const reclaim = whyNotReclaimed(core, role);
    reasons.push(...reclaim.reasons);
    if (reclaim.binding !== null && reclaim.binding !== status.unmetReason)
      changes.push(
        ...remediesFor(core, reclaim.binding, {
          ...context,
          ...(reclaim.example === null ? {} : { host: reclaim.example }),
        }),
      );
    if (reclaim.earliestMs !== null)
      changes.push(`wait ${duration(reclaim.earliestMs - core.nowMs)} until the first held host may move`);
  }
  if (demand.constraints.length > 0)
    reasons.push({
      code: 'PROGRESS',
      text: `it takes only hosts where ${demand.constraints.map(constraintText).join(' and ')}`,
      sinceMs: demand.receivedMs,
    });
  if (demand.evidence !== '')
    reasons.push({ code: 'HISTORY', text: `its framework says: ${demand.evidence}`, sinceMs: demand.receivedMs });
  const waits = wordFor(status.unmetReason) === 'working' ? 'is being served' : wordFor(status.unmetReason);
  const what = isHosts ? counted(status.pending, 'host') : counted(status.pending, 'slice');
  return whyView(
    subject,
    'demand',
    `${subject} ${waits}: ${what} of ${demand.count} missing (${demand.want}) for ${duration(core.nowMs - demand.receivedMs)}`,
    wordFor(status.unmetReason),
    [...reasons, ...conditions.reasons],
    [...changes, ...conditions.remedies, remedies.quotaShow(role)],
  );
}

function frozenReasons(core: Core, frameworkId: string): readonly Reason[] {
  const workload = core.state.frameworks.get(frameworkId)?.workload ?? '';
  const freeze = isFrozen(core, workload);
  if (freeze === null) return [];
  const what = freeze.scope === '*' ? 'everything' : `workload ${freeze.scope}`;
  return [
    {
      code: 'FROZEN',
      text: `${what} is frozen by ${freeze.by}${freeze.reason === '' ? '' : `: ${freeze.reason}`}`,
      sinceMs: freeze.sinceMs,
    },
  ];
}

function constraintText(constraint: DemandView['constraints'][number]): string {
  return `${constraint.attribute} ${constraint.op.replace('_', ' ')} ${constraint.values.join('|')}`.trim();
}
