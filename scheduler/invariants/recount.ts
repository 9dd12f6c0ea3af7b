/**
 * Counts everything again from the records alone, with arithmetic of its own: what the incremental ledger and the
 * allocator's bookkeeping are compared with.
 */
import type { Core } from '../core.js';

import type { PortRange, Quantities, Resources } from '../resources/types.js';
import type { HostRecord, TaskRecord, TransitionRecord } from '../state/records.js';

export type Tally = Map<string, number>;

export interface RoleTally {
  readonly used: Tally;
  readonly offered: Tally;
  readonly movingIn: Tally;
  readonly reserved: Tally;
}

/** A task that still holds its resources. */
export function isLive(task: TaskRecord): boolean {
  return task.state === 'staging' || task.state === 'running' || task.state === 'killing';
}

/** Names the first dimension or port in which `parts` together exceed `total`; null when they fit. */
export function excess(parts: readonly Resources[], total: Resources): string | null {
  const sum: Tally = new Map();
  for (const part of parts) tally(sum, part.quantities);
  for (const [dimension, amount] of sum) {
    const available = total.quantities[dimension] ?? 0;
    if (amount > available) return `${dimension} ${amount} of ${available}`;
  }
  const ports = parts.flatMap((part) => part.ports).sort((a, b) => a.first - b.first);
  let last: PortRange | undefined;
  for (const range of ports) {
    if (last !== undefined && range.first <= last.last) return `port ${range.first} twice`;
    if (!total.ports.some((owned) => owned.first <= range.first && range.last <= owned.last))
      return `ports ${range.first}-${range.last}, which it does not have`;
    last = range;
  }
  return null;
}

/** Whether the transition still has to bring its host to its new holder, whose role is charged meanwhile. */
export function isMovingIn(core: Core, transition: TransitionRecord): boolean {
  if (transition.outcome !== 'running' || transition.to === null || transition.toMode !== 'leased') return false;
  if (transition.direction === 'rollback') return false;
  const host = core.state.hosts.get(transition.hostId);
  const lease = typeof host?.leaseId === 'string' ? core.state.leases.get(host.leaseId) : undefined;
  return !(lease !== undefined && lease.frameworkId === transition.to.frameworkId && lease.role === transition.to.role);
}

/** What each role is charged, subtree included, by the ledger's rules. */
export function recountRoles(core: Core): ReadonlyMap<string, RoleTally> {
  const tallies = new Map<string, RoleTally>();
  const charge = (role: string, part: keyof RoleTally, quantities: Quantities, from?: string): void => {
    const already = from === undefined ? [] : selfAndAncestors(from);
    for (const path of selfAndAncestors(role).filter((one) => !already.includes(one))) {
      let entry = tallies.get(path);
      if (entry === undefined)
        tallies.set(path, (entry = { used: new Map(), offered: new Map(), movingIn: new Map(), reserved: new Map() }));
      tally(entry[part], quantities);
    }
  };
  for (const lease of core.state.leases.values()) {
    const host = core.state.hosts.get(lease.hostId);
    if (host !== undefined) charge(lease.role, 'used', wholeHost(host));
  }
  for (const task of core.state.tasks.values())
    if (isLive(task) && task.reservationId === undefined) charge(task.role, 'used', task.spec.resources.quantities);
  for (const { role, resources } of core.state.reservations.values()) charge(role, 'reserved', resources.quantities);
  for (const offer of core.state.offers.values()) {
    // What stands behind it is charged already.
    if (offer.transitionId !== null || offer.reservationId !== undefined) continue;
    const host = core.state.hosts.get(offer.hostId);
    charge(offer.role, 'offered', offer.resources.quantities);
    if (offer.wholeHost && host !== undefined) charge(offer.role, 'offered', hostCount(host));
  }
  for (const transition of core.state.transitions.values()) {
    const host = core.state.hosts.get(transition.hostId);
    // What contains source and target is charged through the source's lease; the host is not two.
    if (host !== undefined && transition.to !== null && isMovingIn(core, transition))
      charge(transition.to.role, 'movingIn', wholeHost(host), core.state.leases.get(host.leaseId ?? '')?.role);
  }
  return tallies;
}

/** Which hosts a framework has in a role, of a shape: `<framework>|<role>|<shape>` → host → how. Lost ones serve nobody. */
export function recountHoldings(core: Core): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const holdings = new Map<string, Map<string, string>>();
  const hold = (frameworkId: string, role: string, hostId: string, kind: string): void => {
    const host = core.state.hosts.get(hostId);
    if (host === undefined || host.mode === 'quarantined' || core.state.hostPresence.get(hostId)?.lost === true) return;
    const key = `${frameworkId}|${role}|${host.shape}`;
    let hosts = holdings.get(key);
    if (hosts === undefined) holdings.set(key, (hosts = new Map<string, string>()));
    hosts.set(hostId, kind);
  };
  for (const offer of core.state.offers.values())
    if (offer.wholeHost && offer.transitionId === null) hold(offer.frameworkId, offer.role, offer.hostId, 'offered');
  for (const transition of core.state.transitions.values())
    if (transition.to !== null && isMovingIn(core, transition))
      hold(transition.to.frameworkId, transition.to.role, transition.hostId, 'movingIn');
  for (const lease of core.state.leases.values())
    if (lease.phase !== 'leaving') hold(lease.frameworkId, lease.role, lease.hostId, 'granted');
  return holdings;
}

/** `/a/b` → `/a/b`, `/a`, `/`. */
export function selfAndAncestors(role: string): readonly string[] {
  const paths: string[] = [];
  for (let path = role; path !== '' && path !== '/'; path = path.slice(0, path.lastIndexOf('/'))) paths.push(path);
  paths.push('/');
  return paths;
}

function wholeHost(host: HostRecord): Quantities {
  return { ...host.resources.quantities, ...hostCount(host) };
}

function hostCount(host: HostRecord): Quantities {
  return { hosts: 1, [`hosts/${host.shape}`]: 1 };
}

function tally(into: Tally, quantities: Quantities): void {
  for (const [dimension, amount] of Object.entries(quantities))
    into.set(dimension, (into.get(dimension) ?? 0) + amount);
}
