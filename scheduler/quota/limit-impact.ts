/** What lowered ceilings mean for open offers and for what is held. Says it; changes nothing. */
import type { Core } from '../core.js';
import { amount, sortedKeys, type Quantities } from '../resources/index.js';
import type { OfferRecord, RoleRecord } from '../state/records.js';
import { wholeHostCharge } from './dimensions.js';
import { isWithin, lineage } from './paths.js';
import { buildQuotaTree } from './quota-tree.js';

export interface LimitImpact {
  /** Open offers for which the new ceilings leave no room, each with its whole group, newest first. */
  readonly rescinded: readonly string[];
  /** Where even without offers more is held than a ceiling allows, a sentence each. */
  readonly over: readonly string[];
}

/**
 * Looks at every ceiling that a change lowers: those of the changed roles, and those above them that count from a
 * guarantee of the roles below.
 *
 * @param changed paths of the roles that are changed, made or deleted
 * @param records all roles as they will be
 */
export function limitImpact(core: Core, changed: readonly string[], records: readonly RoleRecord[]): LimitImpact {
  const nodes = buildQuotaTree(records, core.capacity);
  const over: string[] = [];
  const rescinded = new Set<string>();
  for (const path of upwards(changed)) {
    const before = core.quota.node(path)?.ceiling ?? {};
    const after = nodes.get(path)?.ceiling ?? {};
    const { total, offered } = core.ledger.account(path);
    const excess = new Map<string, number>();
    for (const dimension of sortedKeys(after)) {
      const limit = amount(after, dimension);
      if (limit >= (before[dimension] ?? Infinity)) continue;
      const firm = amount(total, dimension) - amount(offered, dimension);
      if (firm > limit) over.push(`role ${path} holds ${dimension}=${firm}, more than ${limit}`);
      if (amount(total, dimension) > limit) excess.set(dimension, amount(total, dimension) - limit);
    }
    rescindFor(core, path, excess, rescinded);
  }
  return { rescinded: [...rescinded], over };
}

/** The roles and all above them, each once, the deepest first: what is rescinded for one helps those above it, too. */
function upwards(roles: readonly string[]): readonly string[] {
  const depth = (path: string): number => lineage(path).length;
  return [...new Set(roles.flatMap((role) => [...lineage(role)]))].sort(
    (a, b) => depth(b) - depth(a) || (a < b ? -1 : 1),
  );
}

/** Adds the newest offers of the role's subtree to `rescinded` until they make up for the excess. */
function rescindFor(core: Core, role: string, excess: Map<string, number>, rescinded: Set<string>): void {
  if (excess.size === 0) return;
  const offers = [...core.state.offers.values()].filter(
    (offer) => offer.transitionId === null && offer.reservationId === undefined && isWithin(offer.role, role),
  );
  const takeOff = (charge: Quantities): void => {
    for (const [dimension, left] of excess) excess.set(dimension, left - amount(charge, dimension));
  };
  for (const offer of offers) if (rescinded.has(offer.offerId)) takeOff(offerCharge(core, offer));
  for (const offer of offers.reverse()) {
    const charge = offerCharge(core, offer);
    const helps = [...excess].some(([dimension, left]) => left > 0 && amount(charge, dimension) > 0);
    if (!helps || rescinded.has(offer.offerId)) continue;
    // A group is taken back as one: half of it is of no use to anyone.
    const { groupId } = offer;
    for (const offerId of groupId === null ? [offer.offerId] : core.state.offersByGroup.get(groupId)) {
      const member = core.state.offers.get(offerId);
      if (member === undefined) continue;
      rescinded.add(offerId);
      takeOff(offerCharge(core, member));
    }
  }
}

function offerCharge(core: Core, offer: OfferRecord): Quantities {
  const host = core.state.hosts.get(offer.hostId);
  return offer.wholeHost && host !== undefined ? wholeHostCharge(host) : offer.resources.quantities;
}
