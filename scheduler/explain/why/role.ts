import type { Core } from '../../core.js';
import { entitlements } from '../../quota/index.js';
import type { RoleRecord } from '../../state/records.js';
import { isWithin } from '../../invariants/quota.js';
import { demandViewsOf } from '../demands.js';
import { remedies } from '../remedies.js';
import { roleView } from '../roles.js';
import type { DemandView, WhyView } from '../views.js';
import { counted, quantitiesText } from '../../words.js';
import { whyDemand } from './demand.js';
import { conditionReasons, whyView, type Reason } from './reason.js';
import { reservedForRole } from './reserved.js';

/** Each is a line; the first is told in full. */
const UNMET_SHOWN_MAX = 5;

/** Why a role has what it has, and why nothing more is taken for it or from it. */
export function whyRole(core: Core, role: RoleRecord): WhyView {
  const view = roleView(core, role, entitlements(core));
  const used = (view.used['hosts'] ?? 0) + (view.movingIn['hosts'] ?? 0);
  const demanded = view.demanded['hosts'] ?? 0;
  const entitled = view.entitled['hosts'] ?? 0;
  const conditions = conditionReasons(core, [role.path]);
  const unmet = unmetDemands(core, role.path);
  const answers = unmet.map((demand) => whyDemand(core, demand));
  const first = answers[0];
  const reasons: Reason[] = answers.flatMap((answer) => {
    const binding = answer.reasons[0];
    return binding === undefined ? [] : [{ ...binding, text: `${answer.subject}: ${binding.text}` }];
  });
  if (first !== undefined) reasons.push(...first.reasons.slice(1));
  reasons.push(quotaReason(role, view.effectiveGuarantee));
  const reserved = reservedForRole(core, role);
  if (reserved !== null) reasons.push(reserved);
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
    first?.word ?? 'working',
    [...reasons, ...conditions.reasons],
    [...conditions.remedies, ...answers.flatMap((answer) => answer.wouldChangeIt), remedies.quotaShow(role.path)],
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
    .sort((a, b) => b.priority - a.priority || a.receivedMs - b.receivedMs)
    .slice(0, UNMET_SHOWN_MAX);
}
