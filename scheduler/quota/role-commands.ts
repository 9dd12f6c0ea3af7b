/**
 * Quota commands. Each is all or nothing and takes effect at once: offers that no longer fit are rescinded, free hosts
 * are given out anew, and the planner runs. Nothing is taken from a holder by the command itself.
 */
import type { Core } from '../core.js';
import { counted, countedAre } from '../words.js';
import type { OperatorReply, RoleChange } from '../operate/commands.js';
import type { ErrorCode } from '../protocol.js';
import { amount, isZero, sortedKeys, type Quantities } from '../resources/index.js';
import type { OfferRecord, ReservationRecord, RoleRecord } from '../state/records.js';
import { newRole } from './defaults.js';
import { wholeHostCharge } from './dimensions.js';
import { reviewLimits } from './over-limit.js';
import { isWithin, lineage, parentOf, pathProblem } from './paths.js';
import { buildQuotaTree } from './quota-tree.js';
import { capacityProblems, formProblems, treeProblems } from './role-validation.js';

/** Every role costs memory and a place in every overview; more roles than this are an accident. */
const ROLES_MAX = 10_000;

/** A refusal names no more reservations than these. */
const RESERVATIONS_NAMED_MAX = 5;

/** Makes or changes a role; absent members of `change` stay as they are. */
export function setRole(
  core: Core,
  principal: string,
  role: string,
  change: RoleChange,
  dryRun: boolean,
): OperatorReply {
  const before = core.state.roles.get(role);
  const malformed = pathProblem(role);
  if (malformed !== null) return refuse('INVALID_ARGUMENT', [malformed]);
  const parent = parentOf(role);
  if (parent !== null && !core.state.roles.has(parent))
    return refuse('NOT_FOUND', [`role ${parent} does not exist; make it first: mosaic quota set ${parent} --weight 1`]);
  if (before === undefined && core.state.roles.size >= ROLES_MAX)
    return refuse('RESOURCE_EXHAUSTED', [`there are ${ROLES_MAX} roles already; delete one first`]);
  const form = formProblems(core, role, change);
  if (form.length > 0) return refuse('INVALID_ARGUMENT', form);
  const after = changedRecord(before ?? newRole(role), change);
  const tree = treeProblems(core, after);
  if (tree.length > 0) return refuse('FAILED_PRECONDITION', tree);

  const impact = limitImpact(core, after.path, [...otherRoles(core, role), after]);
  if (change.force !== true) {
    const short = capacityProblems(core, after);
    if (short.length > 0)
      return refuse('FAILED_PRECONDITION', [
        ...short,
        '--force accepts this; guarantees then shrink, lowest priority first',
      ]);
    if (impact.over.length > 0)
      return refuse('FAILED_PRECONDITION', [
        ...impact.over,
        '--force accepts this; nothing is taken away, but it gets nothing more',
      ]);
  }
  const changes = [...describe(before, after), ...impact.sentences];
  const remarks = changes.length > 0 ? impact.stays : [`role ${role} has this quota already`, ...impact.stays];
  if (dryRun || changes.length === 0) return { ok: true, changes, remarks, ids: [role] };

  core.state.roles.put(after);
  if (impact.rescinded.length > 0)
    core.upcalls.rescindOffers(core, impact.rescinded, `the limit of role ${role} was lowered`);
  reviewLimits(core, role);
  takeEffect(core);
  core.decide('quota', role, `${principal} set role ${role}: ${[...changes, ...remarks].join('; ')}`, { principal });
  return { ok: true, changes, remarks, ids: [role] };
}

/** Deletes a role that nobody uses. */
export function deleteRole(core: Core, principal: string, role: string, dryRun: boolean): OperatorReply {
  if (!core.state.roles.has(role)) return refuse('NOT_FOUND', [`role ${role} does not exist`]);
  if (role === '/') return refuse('INVALID_ARGUMENT', ['the root role / cannot be deleted']);
  const below = [...core.state.roles.values()].find((record) => parentOf(record.path) === role);
  if (below !== undefined)
    return refuse('FAILED_PRECONDITION', [`role ${role} has roles below it (${below.path}); delete them first`]);
  const member = [...core.state.frameworks.values()].find((framework) => framework.roles.includes(role));
  if (member !== undefined)
    return refuse('FAILED_PRECONDITION', [
      `framework ${member.frameworkId} belongs to role ${role}; let it register without that role, or tear it down`,
    ]);
  const reserved = [...core.state.reservations.values()].filter((reservation) => reservation.role === role);
  if (reserved.length > 0)
    return refuse('FAILED_PRECONDITION', [
      `role ${role} has ${counted(reserved.length, 'reservation')} (${firstIds(reserved)}); end ${reserved.length === 1 ? 'it' : 'them'} first: ` +
        `mosaic unreserve ${reserved[0]?.reservationId ?? ''}`,
    ]);
  if (!isZero(core.ledger.account(role).total))
    return refuse('FAILED_PRECONDITION', [`role ${role} still holds resources; they must be returned first`]);
  // A move that still runs names the role it takes its host from, although that is no longer charged.
  const move = runningMoveOf(core, role);
  if (move !== null)
    return refuse('FAILED_PRECONDITION', [
      `role ${role} is named by the running move ${move}; wait until it has ended`,
    ]);
  const impact = limitImpact(core, role, otherRoles(core, role));
  const changes = [`role ${role} is deleted`, ...impact.sentences];
  if (dryRun) return { ok: true, changes, ids: [role] };
  core.state.roles.delete(role);
  if (impact.rescinded.length > 0)
    core.upcalls.rescindOffers(core, impact.rescinded, `role ${role} was deleted, which lowered a limit above it`);
  reviewLimits(core, role);
  takeEffect(core);
  core.decide('quota', role, `${principal} deleted role ${role}`, { principal });
  return { ok: true, changes, ids: [role] };
}

function firstIds(reservations: readonly ReservationRecord[]): string {
  const ids = reservations.slice(0, RESERVATIONS_NAMED_MAX).map(({ reservationId }) => reservationId);
  return reservations.length > ids.length ? `${ids.join(', ')}, …` : ids.join(', ');
}

function changedRecord(before: RoleRecord, change: RoleChange): RoleRecord {
  return {
    path: before.path,
    guarantee: change.guarantee ?? before.guarantee,
    limit: change.limit ?? before.limit,
    lendingLimit: change.lendingLimit ?? before.lendingLimit,
    borrowingLimit: change.borrowingLimit ?? before.borrowingLimit,
    weight: change.weight ?? before.weight,
    priority: change.priority ?? before.priority,
    reclaim: change.reclaim ?? before.reclaim,
  };
}

interface LimitImpact {
  /** Open offers for which the new ceiling leaves no room, newest first. */
  readonly rescinded: readonly string[];
  /** Where even without offers more is held than the ceiling allows. */
  readonly over: readonly string[];
  readonly sentences: readonly string[];
  readonly stays: readonly string[];
}

/**
 * What the change means for ceilings that it lowers: the role's own, and those above it that count from a guarantee of
 * the roles below.
 *
 * @param records all roles as they will be
 */
function limitImpact(core: Core, role: string, records: readonly RoleRecord[]): LimitImpact {
  const nodes = buildQuotaTree(records, core.capacity);
  const over: string[] = [];
  const rescinded = new Set<string>();
  for (const path of lineage(role)) {
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
  const sentences = rescinded.size === 0 ? [] : [`${countedAre(rescinded.size, 'open offer')} rescinded`];
  return {
    rescinded: [...rescinded],
    over,
    sentences,
    stays: over.map((text) => `${text}; it stays over its limit until it returns some`),
  };
}

/** Adds the newest offers of the role's subtree to `rescinded` until they make up for the excess. */
function rescindFor(core: Core, role: string, excess: Map<string, number>, rescinded: Set<string>): void {
  if (excess.size === 0) return;
  const offers = [...core.state.offers.values()].filter(
    // What stands behind a directed offer or one of reserved capacity is charged, not the offer.
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
    rescinded.add(offer.offerId);
    takeOff(charge);
  }
}

function otherRoles(core: Core, role: string): readonly RoleRecord[] {
  return [...core.state.roles.values()].filter((record) => record.path !== role);
}

function runningMoveOf(core: Core, role: string): string | null {
  for (const id of core.state.runningTransitions.get('running')) {
    const { from, to } = core.state.transitions.get(id) ?? { from: null, to: null };
    if (from?.role === role || to?.role === role) return id;
  }
  return null;
}

function offerCharge(core: Core, offer: OfferRecord): Quantities {
  const host = core.state.hosts.get(offer.hostId);
  return offer.wholeHost && host !== undefined ? wholeHostCharge(host) : offer.resources.quantities;
}

function describe(before: RoleRecord | undefined, after: RoleRecord): readonly string[] {
  const changes: string[] = before === undefined ? [`role ${after.path} is made`] : [];
  const from = before ?? newRole(after.path);
  for (const field of ['guarantee', 'limit', 'lendingLimit', 'borrowingLimit'] as const) {
    const [was, is] = [quantitiesText(from[field]), quantitiesText(after[field])];
    if (was !== is) changes.push(`${field} is ${is} (was ${was})`);
  }
  if (from.weight !== after.weight) changes.push(`weight is ${after.weight} (was ${from.weight})`);
  if (from.priority !== after.priority) changes.push(`priority is ${after.priority} (was ${from.priority})`);
  if (JSON.stringify(from.reclaim) !== JSON.stringify(after.reclaim)) changes.push('the reclaim policy is changed');
  return changes;
}

function quantitiesText(quantities: Quantities): string {
  const parts = sortedKeys(quantities).map((dimension) => `${dimension}=${amount(quantities, dimension)}`);
  return parts.length === 0 ? 'none' : parts.join(' ');
}

/** Free and shared hosts are looked at again, and the planner runs now. */
function takeEffect(core: Core): void {
  for (const mode of ['free', 'shared'] as const)
    for (const hostId of core.state.hostsByMode.get(mode)) core.markDirty(hostId);
  core.timers.setEarliest('plan', core.nowMs);
}

function refuse(code: ErrorCode, sentences: readonly string[]): OperatorReply {
  return { ok: false, code, message: sentences.join('; ') };
}
