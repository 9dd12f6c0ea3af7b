import type { Core } from '../core.js';
import { entitlements } from '../quota/index.js';
import type { Holder, HostRecord } from '../state/records.js';

/**
 * I4 binds the planner. An operator may take a host all the same; then this says that a role is below what it is
 * guaranteed and wants, and because of what.
 */
export function noteBelowGuarantee(core: Core, from: Holder, host: HostRecord, requestedBy: string): void {
  const short = shortOf(core, from.role);
  if (short === null) return;
  core.raise(
    'BELOW_GUARANTEE',
    from.role,
    `${from.role} keeps ${String(short.kept)} of ${String(short.owed)} guaranteed hosts that it wants, ` +
      `because ${requestedBy} moves ${host.name} away from ${from.frameworkId}`,
    `wait for the planner to mend it, or: mosaic move ${host.name} --to ${from.frameworkId}`,
  );
}

/** Ends the conditions of roles that have what they are guaranteed and want; called every planning round. */
export function reviewBelowGuarantee(core: Core): void {
  for (const condition of [...core.state.conditions.values()])
    if (condition.kind === 'BELOW_GUARANTEE' && shortOf(core, condition.subject) === null)
      core.clearCondition('BELOW_GUARANTEE', condition.subject);
}

/** What the role keeps and what it is owed, over all shapes, when it keeps less; null otherwise. */
function shortOf(core: Core, role: string): { readonly kept: number; readonly owed: number } | null {
  const owes = entitlements(core);
  const guaranteed = owes.effectiveGuarantee(role)['hosts'] ?? 0;
  if (guaranteed === 0 || !core.state.roles.has(role)) return null;
  const demanded = owes.shapes.reduce((sum, shape) => sum + owes.demanded(role, shape), 0);
  const owed = Math.min(guaranteed, demanded);
  let kept = 0;
  for (const lease of core.state.leases.values()) {
    const within = lease.role === role || role === '/' || lease.role.startsWith(`${role}/`);
    if (within && lease.phase !== 'leaving' && !isLeaving(core, lease.hostId)) kept += 1;
  }
  return kept < owed ? { kept, owed } : null;
}

function isLeaving(core: Core, hostId: string): boolean {
  const transition = core.state.transitions.get(core.state.hosts.get(hostId)?.transitionId ?? '');
  return transition !== undefined && transition.direction === 'forward' && !transition.left;
}
