import type { OpenClaim } from '../../allocate/open-claims.js';
import { KeptFree, sharedFree } from '../../allocate/kept.js';
import { ceilingAgainst } from '../../allocate/role-rooms.js';
import { KEPT } from '../../allocate/status.js';
import type { Core } from '../../core.js';
import { limitText } from '../../quota/index.js';
import { amount } from '../../resources/index.js';
import { counted, duration } from '../../words.js';
import { remedies } from '../remedies.js';
import type { Reason } from './reason.js';

/** What a framework that takes open offers has open, and what keeps more from it: the rule that binds first. */
export function openClaimReasons(
  core: Core,
  frameworkId: string,
): { readonly reasons: readonly Reason[]; readonly changes: readonly string[] } {
  const reasons: Reason[] = [];
  const changes: string[] = [];
  for (const claim of core.openClaims.of(frameworkId).values()) {
    const binding = bindingRule(core, claim);
    reasons.push({ ...binding.reason, text: `open offers in ${claim.role}: ${binding.reason.text}` });
    changes.push(...binding.changes);
  }
  return { reasons, changes };
}

interface Binding {
  readonly reason: Reason;
  readonly changes: readonly string[];
}

function bindingRule(core: Core, claim: OpenClaim): Binding {
  const { sinceMs } = claim;
  const full = ceilingAgainst(core.roleRooms.of(claim.role), claim.minimum);
  if (full !== null) {
    const used = amount(full.total, full.dimension);
    const hit = { role: full.role, dimension: full.dimension, limit: full.limit, used };
    return { reason: { code: 'ROLE_LIMIT', text: limitText(hit), sinceMs }, changes: [remedies.quotaShow(hit.role)] };
  }
  const open = offersOf(core, claim);
  if (open > 0) {
    const text = `${counted(open, 'offer')} open; more come as it answers`;
    return { reason: { code: 'OFFERED', text, sinceMs }, changes: [] };
  }
  if (isKept(core, claim))
    return {
      reason: { code: KEPT.unmetReason, text: KEPT.message, sinceMs },
      changes: [remedies.quotaShow('/')],
    };
  const declined = core.filters.pair(claim.frameworkId, claim.role)?.count ?? 0;
  if (declined > 0) {
    const rounds = claim.refusedRounds > 1 ? `, ${claim.refusedRounds} times in a row` : '';
    const text = `it declined ${counted(declined, 'host')}${rounds}; they come again when its filters end`;
    return {
      reason: { code: 'NO_MATCH', text, sinceMs },
      changes: ['let it ask for open offers anew, which forgets what it declined'],
    };
  }
  const text = `no shared host has as much left as it takes, for ${duration(core.nowMs - sinceMs)}`;
  return { reason: { code: 'NO_CAPACITY', text, sinceMs }, changes: [] };
}

/** Whether enough is free for its smallest offer, but less than that without what lending limits keep for others. */
function isKept(core: Core, { role, minimum }: OpenClaim): boolean {
  const kept = new KeptFree(core);
  if (!kept.isAny) return false;
  const free = sharedFree(core);
  const least = Object.entries(minimum);
  return (
    least.every(([dimension, needed]) => amount(free, dimension) >= needed) &&
    least.some(([dimension, needed]) => kept.room(role, dimension) < needed)
  );
}

function offersOf(core: Core, { frameworkId, role }: OpenClaim): number {
  let open = 0;
  for (const offerId of core.state.offersByFramework.get(frameworkId)) {
    const offer = core.state.offers.get(offerId);
    if (offer?.role === role && offer.demandId === '' && offer.transitionId === null) open += 1;
  }
  return open;
}
