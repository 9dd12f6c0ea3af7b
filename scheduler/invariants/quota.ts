import type { Core } from '../core.js';
import { entitlements, usage } from '../quota/index.js';
import type { Quantities } from '../resources/types.js';
import type { TransitionRecord } from '../state/records.js';
import { recountRoles, type Tally } from './recount.js';
import type { Report } from './violation.js';

/** I3: what a role is charged stays within its limit unless a condition says that it was lowered below use. */
export function checkLimit(core: Core, role: string, report: Report): void {
  const record = core.state.roles.get(role);
  if (record === undefined || Object.keys(record.limit).length === 0) return;
  if (core.state.conditions.has(`OVER_LIMIT|${role}`)) return;
  const charged = usage(core, role);
  for (const [dimension, limit] of Object.entries(record.limit)) {
    const amount = at(charged.used, dimension) + at(charged.offered, dimension) + at(charged.movingIn, dimension);
    if (amount > limit)
      report(
        'I3',
        `role ${role}`,
        `is charged ${dimension}=${amount} over its limit ${limit} and no OVER_LIMIT condition says so`,
      );
  }
}

/** The ledger, kept up by increments, equals a count from scratch. */
export function checkLedger(core: Core, report: Report): void {
  const tallies = recountRoles(core);
  for (const role of core.state.roles.values()) {
    const charged = usage(core, role.path);
    const counted = tallies.get(role.path);
    for (const part of ['used', 'offered', 'movingIn'] as const) {
      const difference = firstDifference(charged[part], counted?.[part] ?? new Map<string, number>());
      if (difference !== null) report('I3', `role ${role.path}`, `has the wrong ${part} in the ledger: ${difference}`);
    }
  }
}

/**
 * I4: a planned move that starts in this step leaves its donor what it is owed. Later the donor's demand may rise while
 * the host drains; that is no move of ours, and the next rounds mend it.
 */
export function checkDonor(core: Core, transition: TransitionRecord, report: Report): void {
  if (!startsNow(core, transition) || transition.from === null || transition.requestedBy !== 'planner') return;
  if (transition.to?.role === transition.from.role) return;
  const { role } = transition.from;
  const host = core.state.hosts.get(transition.hostId);
  if (host === undefined || core.state.conditions.has(`BELOW_GUARANTEE|${role}`)) return;
  const entitled = entitlements(core);
  const owed = Math.min(at(entitled.effectiveGuarantee(role), 'hosts'), entitled.demanded(role, host.shape));
  const kept = keptHosts(core, role);
  if (kept < owed)
    report(
      'I4',
      `role ${role}`,
      `keeps ${kept} hosts of the ${owed} it is owed because of planned move ${transition.transitionId}`,
    );
}

function startsNow(core: Core, transition: TransitionRecord): boolean {
  return transition.outcome === 'running' && transition.startedMs === core.nowMs && transition.history.length === 0;
}

/** Leases of the role's subtree on hosts that nobody is taking away. */
function keptHosts(core: Core, role: string): number {
  let kept = 0;
  for (const lease of core.state.leases.values())
    if (
      lease.phase !== 'leaving' &&
      isWithin(lease.role, role) &&
      (core.state.hosts.get(lease.hostId)?.transitionId ?? null) === null
    )
      kept += 1;
  return kept;
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
