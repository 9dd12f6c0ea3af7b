import type { Core } from '../core.js';
import { entitlements, usage } from '../quota/index.js';
import type { Quantities } from '../resources/types.js';
import type { LeaseRecord, RoleRecord, TransitionRecord } from '../state/records.js';
import { isMovingIn, recountHoldings, recountRoles, selfAndAncestors, type Tally } from './recount.js';
import type { Report } from './violation.js';

/** I3: what a role is charged stays within its ceiling unless a condition says that it was lowered below use. */
export function checkLimit(core: Core, role: string, report: Report): void {
  const record = core.state.roles.get(role);
  if (record === undefined || core.state.conditions.has(`OVER_LIMIT|${role}`)) return;
  const ceilings = ceilingsOf(core, record);
  if (ceilings.length === 0) return;
  const { total } = core.ledger.account(role);
  for (const [dimension, limit] of ceilings) {
    const amount = at(total, dimension);
    if (amount > limit)
      report(
        'I3',
        `role ${role}`,
        `is charged ${dimension}=${amount} over its limit ${limit} and no OVER_LIMIT condition says so`,
      );
  }
}

/** The limits of a role, and how far above its guarantee it may borrow; that is the sum of those below where it has none. */
function ceilingsOf(core: Core, role: RoleRecord): readonly (readonly [string, number])[] {
  const guarantee = core.quota.node(role.path)?.guarantee ?? role.guarantee;
  const borrowing = Object.entries(role.borrowingLimit).map(
    ([dimension, more]) => [dimension, at(guarantee, dimension) + more] as const,
  );
  return [...Object.entries(role.limit), ...borrowing];
}

/** The ledger, kept up by increments, equals a count from scratch. */
export function checkLedger(core: Core, report: Report): void {
  const tallies = recountRoles(core);
  for (const role of core.state.roles.values()) {
    const charged = usage(core, role.path);
    const counted = tallies.get(role.path);
    for (const part of ['used', 'offered', 'movingIn', 'reserved'] as const) {
      const difference = firstDifference(charged[part], counted?.[part] ?? new Map<string, number>());
      if (difference !== null) report('I3', `role ${role.path}`, `has the wrong ${part} in the ledger: ${difference}`);
    }
  }
}

/** What every demand is counted against, kept up by increments, equals a count from scratch. */
export function checkHoldings(core: Core, report: Report): void {
  const counted = recountHoldings(core);
  const { holdings } = core.ledger;
  for (const key of new Set([...counted.keys(), ...holdings.keys()])) {
    const hosts = counted.get(key) ?? new Map<string, string>();
    const numbers = { granted: 0, offered: 0, movingIn: 0, ...tallyOf(hosts.values()) };
    const { granted, offered, movingIn } = holdings.counts(key);
    const has = JSON.stringify({ granted, offered, movingIn });
    if (has !== JSON.stringify(numbers)) report('I3', key, `has holdings ${has}, counted ${JSON.stringify(numbers)}`);
    const kept = holdings.hosts(key);
    for (const hostId of new Set([...hosts.keys(), ...kept.keys()]))
      if (hosts.get(hostId) !== kept.get(hostId))
        report(
          'I3',
          key,
          `has host ${hostId} as ${kept.get(hostId) ?? 'none'}, counted ${hosts.get(hostId) ?? 'none'}`,
        );
  }
}

function tallyOf(kinds: Iterable<string>): Readonly<Record<string, number>> {
  const tally: Record<string, number> = {};
  for (const kind of kinds) tally[kind] = (tally[kind] ?? 0) + 1;
  return tally;
}

/**
 * I4, for a move that this step has made: a planned one leaves its donor what it is owed. Later the donor's demand may
 * rise while the host drains; that is no move of ours, and the next rounds mend it.
 */
export function checkDonor(core: Core, transition: TransitionRecord, report: Report): void {
  if (transition.outcome !== 'running' || transition.from === null || transition.requestedBy !== 'planner') return;
  const host = core.state.hosts.get(transition.hostId);
  if (host === undefined) return;
  for (const role of selfAndAncestors(transition.from.role)) {
    if (transition.to !== null && isWithin(transition.to.role, role)) return; // From here up nothing is taken away.
    if (core.state.conditions.has(`BELOW_GUARANTEE|${role}`)) continue;
    checkOwed(core, transition, role, host.shape, report);
  }
}

function checkOwed(core: Core, transition: TransitionRecord, role: string, shape: string, report: Report): void {
  const entitled = entitlements(core);
  const demanded = entitled.shapes.reduce((sum, one) => sum + entitled.demanded(role, one), 0);
  const kept = keptHosts(core, role);
  const lacks = (what: string, has: number, owed: number): void => {
    if (has < owed)
      report(
        'I4',
        `role ${role}`,
        `keeps ${has} ${what} of the ${owed} it is owed because of planned move ${transition.transitionId}`,
      );
  };
  lacks('hosts', kept.all, Math.min(entitled.effectivePromise(role, 'hosts'), demanded));
  lacks(
    `hosts/${shape}`,
    kept.byShape.get(shape) ?? 0,
    Math.min(entitled.effectivePromise(role, `hosts/${shape}`), entitled.demanded(role, shape)),
  );
}

/** Hosts of the role's subtree that nobody is taking away, and those on their way to it; a lost or quarantined host serves nobody. */
function keptHosts(core: Core, role: string): { readonly all: number; readonly byShape: ReadonlyMap<string, number> } {
  const byShape = new Map<string, number>();
  let all = 0;
  const keep = (hostId: string): void => {
    const shape = core.state.hosts.get(hostId)?.shape ?? '';
    byShape.set(shape, (byShape.get(shape) ?? 0) + 1);
    all += 1;
  };
  for (const lease of core.state.leases.values())
    if (isWithin(lease.role, role) && !isTakenAway(core, lease) && !servesNobody(core, lease.hostId))
      keep(lease.hostId);
  for (const id of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(id);
    if (
      transition !== undefined &&
      transition.to !== null &&
      isWithin(transition.to.role, role) &&
      isMovingIn(core, transition) &&
      !servesNobody(core, transition.hostId)
    )
      keep(transition.hostId);
  }
  return { all, byShape };
}

function servesNobody(core: Core, hostId: string): boolean {
  return core.state.hosts.get(hostId)?.mode === 'quarantined' || core.state.hostPresence.get(hostId)?.lost === true;
}

function isTakenAway(core: Core, lease: LeaseRecord): boolean {
  if (lease.phase === 'leaving') return true;
  const transitionId = core.state.hosts.get(lease.hostId)?.transitionId ?? null;
  const transition = transitionId === null ? undefined : core.state.transitions.get(transitionId);
  return transition !== undefined && transition.direction === 'forward' && transition.from !== null && !transition.left;
}

export function isWithin(role: string, ancestor: string): boolean {
  return role === ancestor || ancestor === '/' || role.startsWith(`${ancestor}/`);
}

function at(quantities: Quantities, dimension: string): number {
  return quantities[dimension] ?? 0;
}

function firstDifference(ledger: Quantities, counted: Tally): string | null {
  for (const [dimension, amount] of counted)
    if (at(ledger, dimension) !== amount) return `${dimension} is ${at(ledger, dimension)}, counted ${amount}`;
  for (const [dimension, amount] of Object.entries(ledger))
    if (amount !== 0 && !counted.has(dimension)) return `${dimension} is ${amount}, counted 0`;
  return null;
}
