/** The condition OVER_LIMIT: a role is charged more than its ceiling, because the ceiling was lowered or hosts grew. */
import type { Core } from '../core.js';
import { amount } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';
import { lineage } from './paths.js';

/** Raises or clears the condition of one role according to what it is charged now. */
export function reviewLimit(core: Core, role: string): void {
  const ceiling = core.quota.node(role)?.ceiling ?? {};
  const { total } = core.ledger.account(role);
  const over: string[] = [];
  for (const dimension in ceiling) {
    const used = amount(total, dimension);
    const limit = amount(ceiling, dimension);
    if (used > limit) over.push(`${dimension}=${used} over its limit ${limit}`);
  }
  if (over.length === 0) {
    core.clearCondition('OVER_LIMIT', role);
    return;
  }
  core.raise(
    'OVER_LIMIT',
    role,
    `role ${role} has ${over.join(', ')}; it gets nothing more in these dimensions`,
    `return hosts, or raise the limit: mosaic quota set ${role} --limit ...`,
  );
}

/** For charges that are no grant of ours (adoption, a host that grew): the role and its ancestors. */
export function reviewLimits(core: Core, role: string): void {
  for (const path of lineage(role)) reviewLimit(core, path);
}

/** Hosts that changed their size or shape are charged anew, to those who hold them and those they are moved to. */
export function reviewHostLimits(core: Core, hosts: Iterable<HostRecord>): void {
  const roles = new Set<string>();
  for (const { leaseId, transitionId } of hosts) {
    const holder = core.state.leases.get(leaseId ?? '');
    const receiver = core.state.transitions.get(transitionId ?? '')?.to;
    for (const role of [holder?.role, receiver?.role])
      for (const path of role === undefined ? [] : lineage(role)) roles.add(path);
  }
  for (const role of roles) reviewLimit(core, role);
}

/** Clears conditions that are over; called once per allocation pass. */
export function reviewOverLimitConditions(core: Core): void {
  const over = [...core.state.conditions.values()].filter((condition) => condition.kind === 'OVER_LIMIT');
  for (const condition of over) reviewLimit(core, condition.subject);
}
