import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { isFrozen } from '../../reassign/index.js';
import { remedies } from '../remedies.js';
import type { DemandView, WhyView } from '../views.js';
import { counted, duration } from '../../words.js';
import type { Context } from './context.js';
import { conditionReasons, remediesFor, whyView, wordFor, type Reason } from './reason.js';
import { waitReason } from './hold.js';
import { whyNotReclaimed, type Reclaim } from './reclaim.js';
import { whyNoRoom } from './slices.js';

/** Why a standing request is not met: the reason that binds first, then everything else in its way. */
export function whyDemand(core: Core, demand: DemandView): WhyView {
  const { frameworkId, role, demandId, status } = demand;
  const subject = `${frameworkId}/${demandId}`;
  const conditions = conditionReasons(core, [subject, role, frameworkId], ['FROZEN']);
  if (status.pending === 0) {
    const text = `has all it asks for: ${status.granted} granted, ${status.offered} offered, ${status.movingIn} moving in`;
    const held: Reason = { code: 'HOLDS', text, sinceMs: demand.receivedMs };
    return whyView(
      subject,
      'demand',
      `${subject} ${text}`,
      'working',
      [held, ...conditions.reasons],
      conditions.remedies,
    );
  }
  const shape = shapeOf(core, demand);
  const reclaim = shape === null ? null : whyNotReclaimed(core, { role, frameworkId, shape });
  const noRoom = shape === null ? whyNoRoom(core, frameworkId, role, demandId) : [];
  const given: Reason = { code: status.unmetReason, text: status.message, sinceMs: demand.receivedMs };
  const binding = bindingReason(given, status.unmetReason, reclaim, noRoom);
  const code = waitReason(binding.code) ?? status.unmetReason;
  const context: Context = {
    ...{ frameworkId, role, demandId, pending: status.pending },
    ...(shape === null ? {} : { shape }),
  };
  const changes = [
    ...remediesFor(core, code, withExample(context, reclaim)),
    ...remediesFor(core, status.unmetReason, context),
  ];
  if (reclaim !== null && reclaim.earliestMs !== null)
    changes.unshift(`wait ${duration(reclaim.earliestMs - core.nowMs)} until the first held host may move`);
  const word = wordFor(code);
  const waits = word === 'working' ? 'is being served' : word;
  const what = counted(status.pending, shape === null ? 'slice' : 'host');
  return whyView(
    subject,
    'demand',
    `${subject} ${waits}: ${what} of ${demand.count} missing (${demand.want}) for ${duration(core.nowMs - demand.receivedMs)}`,
    word,
    [
      binding,
      given,
      ...frozenReasons(core, frameworkId),
      ...(reclaim?.reasons ?? noRoom),
      ...ownWords(demand),
      ...conditions.reasons,
    ],
    [...changes, ...conditions.remedies, remedies.quotaShow(role)],
  );
}

/**
 * Where the allocator only knows that nothing is free, what keeps the planner from bringing something binds; everything
 * else the allocator says binds by itself.
 */
function bindingReason(
  given: Reason,
  unmetReason: WaitReason,
  reclaim: Reclaim | null,
  noRoom: readonly Reason[],
): Reason {
  if (unmetReason !== 'NO_CAPACITY') return given;
  if (reclaim === null) return noRoom.at(-1) ?? given;
  const [first] = reclaim.reasons;
  if (first === undefined || first === reclaim.own) return first ?? given;
  return first.code === 'FAIR_SHARE' || first.code === 'PROGRESS' ? given : first;
}

function withExample(context: Context, reclaim: Reclaim | null): Context {
  if (reclaim === null) return context;
  return {
    ...context,
    ...(reclaim.example === null ? {} : { host: reclaim.example }),
    isSmall: reclaim.own?.code === 'HYSTERESIS',
  };
}

/** What the framework itself says about it. */
function ownWords(demand: DemandView): readonly Reason[] {
  const said: Reason[] = [];
  if (demand.constraints.length > 0)
    said.push({
      code: 'PROGRESS',
      text: `it takes only hosts where ${demand.constraints.map(constraintText).join(' and ')}`,
      sinceMs: demand.receivedMs,
    });
  if (demand.evidence !== '')
    said.push({ code: 'HISTORY', text: `its framework says: ${demand.evidence}`, sinceMs: demand.receivedMs });
  return said;
}

/** The shape of hosts it asks for, or null when it asks for slices. */
function shapeOf(core: Core, demand: DemandView): string | null {
  const record = core.state.demands.get(`${demand.frameworkId}|${demand.role}`);
  const want = record?.entries.find((entry) => entry.demandId === demand.demandId)?.want;
  return want?.kind === 'hosts' ? want.shape : null;
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
