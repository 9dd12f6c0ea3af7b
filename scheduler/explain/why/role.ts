import type { Core } from '../../core.js';
import { entitlements } from '../../quota/index.js';
import type { RoleRecord } from '../../state/records.js';
import { isWithin } from '../../invariants/quota.js';
import { demandViewsOf } from '../demands.js';
import { remedies } from '../remedies.js';
import { roleView } from '../roles.js';
import type { DemandView, WhyView } from '../views.js';
import { counted, duration, quantitiesText } from '../words.js';
import { conditionReasons, remediesFor, whyView, wordFor, type Reason } from './reason.js';
import { whyNotReclaimed } from './reclaim.js';

/** Why a role has what it has, and why nothing more is taken for it or from it. */
export function whyRole(core: Core, role: RoleRecord): WhyView {
  const view = roleView(core, role, entitlements(core));
  const used = (view.used['hosts'] ?? 0) + (view.movingIn['hosts'] ?? 0);
  const demanded = view.demanded['hosts'] ?? 0;
  const entitled = view.entitled['hosts'] ?? 0;
  const conditions = conditionReasons(core, [role.path]);
  const unmet = unmetDemands(core, role.path);
  const first = unmet[0];
  const reasons: Reason[] = unmet.map((demand) => ({
    code: demand.status.unmetReason,
    text: `${demand.frameworkId}/${demand.demandId} misses ${counted(demand.status.pending, demand.want.startsWith('hosts') ? 'host' : 'slice')}: ${demand.status.message}`,
    sinceMs: demand.receivedMs,
  }));
  const changes: string[] = unmet.flatMap((demand) =>
    remediesFor(core, demand.status.unmetReason, {
      frameworkId: demand.frameworkId,
      role: demand.role,
      pending: demand.status.pending,
    }),
  );
  if (unmet.some((demand) => demand.want.startsWith('hosts'))) {
    const reclaim = whyNotReclaimed(core, role.path);
    reasons.push(...reclaim.reasons);
    if (reclaim.earliestMs !== null)
      changes.push(`wait ${duration(reclaim.earliestMs - core.nowMs)} until the first held host may move`);
  }
  reasons.push(quotaReason(role, view.effectiveGuarantee));
  if (used > entitled)
    reasons.push({
      code: 'FAIR_SHARE',
      text: `it holds ${used - entitled} more than it is entitled to: lent while nobody else needs them, taken back when somebody does`,
      sinceMs: 0,
    });
  if (demanded < (view.effectiveGuarantee['hosts'] ?? 0))
    reasons.push({
      code: 'HOLDS',
      text: `it asks for fewer hosts than it is guaranteed, so ${(view.effectiveGuarantee['hosts'] ?? 0) - demanded} are lent`,
      sinceMs: 0,
    });
  return whyView(
    role.path,
    'role',
    `${role.path} holds ${counted(used, 'host')}, asks for ${demanded}, is entitled to ${entitled}`,
    first === undefined ? 'working' : wordFor(first.status.unmetReason),
    [...reasons, ...conditions.reasons],
    [...conditions.remedies, ...changes, remedies.quotaShow(role.path)],
  );
}

function quotaReason(role: RoleRecord, effective: RoleRecord['guarantee']): Reason {
  const limit = Object.keys(role.limit).length === 0 ? 'no limit' : `limit ${quantitiesText(role.limit)}`;
  const shrunk =
    quantitiesText(effective) === quantitiesText(role.guarantee)
      ? ''
      : ` (${quantitiesText(effective)} at present capacity)`;
  return {
    code: 'HOLDS',
    text: `guarantee ${quantitiesText(role.guarantee)}${shrunk}, ${limit}, weight ${role.weight}, reclaim ${role.reclaim.kind}`,
    sinceMs: 0,
  };
}

/** Unmet demands in the role's subtree, the most urgent first. */
function unmetDemands(core: Core, role: string): readonly DemandView[] {
  return [...core.state.demands.values()]
    .filter((record) => isWithin(record.role, role))
    .flatMap((record) => demandViewsOf(core, record))
    .filter((demand) => demand.status.pending > 0)
    .sort((a, b) => b.priority - a.priority || a.receivedMs - b.receivedMs);
}
