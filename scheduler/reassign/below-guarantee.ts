import type { Core } from '../core.js';
import { entitlements, HOSTS, isWithin, lineage, shapeOfDimension } from '../quota/index.js';
import type { Holder, HostRecord } from '../state/records.js';

/**
 * I4 binds the planner. An operator may take a host all the same; then this says which roles are below what they are
 * guaranteed and want, and because of what. Roles that the new holder is in, too, lose nothing.
 */
export function noteBelowGuarantee(
  core: Core,
  from: Holder,
  to: Holder | null,
  host: HostRecord,
  requestedBy: string,
): void {
  for (const role of lineage(from.role)) {
    if (to !== null && isWithin(to.role, role)) return;
    const short = shortOf(core, role);
    if (short === null) continue;
    core.raise(
      'BELOW_GUARANTEE',
      role,
      `${role} keeps ${String(short.kept)} of ${String(short.owed)} guaranteed ${short.what} that it wants, ` +
        `because ${requestedBy} moves ${host.name} away from ${from.frameworkId}`,
      `wait for the planner to mend it, or: mosaic move ${host.name} --to ${from.frameworkId}`,
    );
  }
}

/** Ends the conditions of roles that have what they are guaranteed and want; called every planning round. */
export function reviewBelowGuarantee(core: Core): void {
  for (const condition of [...core.state.conditions.values()])
    if (condition.kind === 'BELOW_GUARANTEE' && shortOf(core, condition.subject) === null)
      core.clearCondition('BELOW_GUARANTEE', condition.subject);
}

interface Short {
  readonly kept: number;
  readonly owed: number;
  /** `hosts`, or `gpu hosts` where the guarantee is of a shape. */
  readonly what: string;
}

/** What the role keeps and what it is owed, of all shapes or of the first it lacks; null when it has what it is owed. */
function shortOf(core: Core, role: string): Short | null {
  const owes = entitlements(core);
  const guaranteed = Object.keys(core.state.roles.get(role)?.guarantee ?? {}).flatMap((dimension) => {
    const shape = shapeOfDimension(dimension);
    const isOfHosts = dimension === HOSTS || shape !== null;
    return isOfHosts ? [{ shape, amount: owes.effectivePromise(role, dimension) }] : [];
  });
  if (guaranteed.length === 0) return null;
  const kept = keptByShape(core, role);
  for (const { shape, amount } of guaranteed) {
    const shapes = shape === null ? owes.shapes : [shape];
    const owed = Math.min(
      amount,
      shapes.reduce((sum, one) => sum + owes.demanded(role, one), 0),
    );
    const keeps = shapes.reduce((sum, one) => sum + (kept.get(one) ?? 0), 0);
    if (keeps < owed) return { kept: keeps, owed, what: shape === null ? 'hosts' : `${shape} hosts` };
  }
  return null;
}

/** Hosts of the role's subtree that nobody is taking away, by shape. */
function keptByShape(core: Core, role: string): ReadonlyMap<string, number> {
  const kept = new Map<string, number>();
  for (const lease of core.state.leases.values()) {
    if (!isWithin(lease.role, role) || lease.phase === 'leaving' || isLeaving(core, lease.hostId)) continue;
    if (core.state.servesNobody(lease.hostId)) continue;
    const shape = core.state.hosts.get(lease.hostId)?.shape ?? '';
    kept.set(shape, (kept.get(shape) ?? 0) + 1);
  }
  return kept;
}

function isLeaving(core: Core, hostId: string): boolean {
  const transition = core.state.transitions.get(core.state.hosts.get(hostId)?.transitionId ?? '');
  return transition !== undefined && transition.direction === 'forward' && !transition.left;
}
