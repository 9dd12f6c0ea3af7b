import { markOfferable } from '../allocate/offerable.js';
import { rescindHostOffers } from '../allocate/rescind.js';
import type { Core } from '../core.js';
import type { HostRecord } from '../state/records.js';
import { counted, duration } from '../words.js';
import { liveTasksOf } from './task-views.js';

/**
 * A silent host counts as lost from now on. Nothing that is on it ends: lease and tasks stay charged until it returns or a
 * person confirms that it is off, because it may well be running behind a broken network.
 */
export function loseHost(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  const presence = core.state.hostPresence.get(hostId);
  if (host === undefined || presence === undefined || presence.connected || presence.lost) return;
  core.state.hostPresence.put({ ...presence, lost: true });
  core.state.hosts.put({ ...host, lostSinceMs: presence.lastSeenMs });
  raiseLost(core, host);
  rescindHostOffers(core, hostId, `${host.name} is lost`);
  holdersAreServed(core, host);
  core.markDirty(hostId);
}

/** Shows a host as lost; again after a start, since conditions are soft. */
export function raiseLost(core: Core, host: HostRecord): void {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  const tasks = liveTasksOf(core, host.hostId).length;
  const isEmpty = lease === undefined && tasks === 0;
  const holds = lease === undefined ? counted(tasks, 'task') : `the lease of ${lease.frameworkId}`;
  core.raise(
    'HOST_LOST',
    host.name,
    `the agent of ${host.name} was not heard of for ${duration(core.options.hostLostAfterMs)}; ` +
      (isEmpty ? 'nothing is on it' : `${holds} ${lease === undefined && tasks > 1 ? 'stay' : 'stays'}`),
    `mosaic host confirm-off ${host.name}`,
  );
}

/** A host that is lost, or back, changes what its holder, or the one it moves to, still asks for. */
export function holdersAreServed(core: Core, host: HostRecord): void {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  const to = core.state.transitions.get(host.transitionId ?? '')?.to;
  for (const holder of [lease, to])
    if (holder !== undefined && holder !== null)
      core.allocationMemory.touchedDemands.add(`${holder.frameworkId}|${holder.role}`);
  if (lease !== undefined) markOfferable(core, 'hosts');
}
