/** I6: what of a host may be offered now. */
import type { Core } from '../core.js';
import { addInto, EMPTY, subtractFloor, subtractPorts, union } from '../resources/index.js';
import type { MutableQuantities, PortRange, Resources } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';
import { unusedOf, type SharedHost } from './shared-hosts.js';

/** Whether the whole host may be offered: free, clean, reported, connected, not cordoned, not moving, not offered. */
export function isOfferableWhole(core: Core, host: HostRecord): boolean {
  return (
    host.mode === 'free' &&
    host.clean &&
    host.transitionId === null &&
    host.leaseId === null &&
    isReachable(core, host) &&
    core.state.offersByHost.count(host.hostId) === 0
  );
}

/** Whether slices of the host may be offered; not while its room is being made for somebody (`reassign/slices`). */
export function isOfferableShared(core: Core, host: HostRecord): boolean {
  const shared = core.sharedHosts.get(host.hostId);
  return shared !== undefined && isOfferableNow(core, shared);
}

/** The same of a host as passes see it. */
export function isOfferableNow(core: Core, { host, isReady }: SharedHost): boolean {
  return isReady && !core.sliceMemory.holds(host.hostId) && !isOvercommitted(core, host);
}

/** The same, whoever its room is kept for. */
export function isUsableShared(core: Core, host: HostRecord): boolean {
  return core.sharedHosts.get(host.hostId)?.isReady === true && !isOvercommitted(core, host);
}

function isOvercommitted(core: Core, host: HostRecord): boolean {
  if (core.state.conditionsByKind.count('OVERCOMMITTED') === 0) return false;
  const { conditions } = core.state;
  return conditions.has(`OVERCOMMITTED|${host.hostId}`) || conditions.has(`OVERCOMMITTED|${host.name}`);
}

function isReachable(core: Core, host: HostRecord): boolean {
  const presence = core.state.hostPresence.get(host.hostId);
  return presence?.reported === true && presence.connected && !presence.lost && !host.cordoned;
}

/**
 * What of the host is neither reserved nor used by live tasks nor under offer; nothing while it is leased, quarantined or unclaimed.
 * Says nothing about whether it may be offered.
 */
export function freeResources(core: Core, hostId: string): Resources {
  const host = core.state.hosts.get(hostId);
  return host === undefined ? EMPTY : freeOf(core, host);
}

/** The same of a host's record. */
export function freeOf(core: Core, host: HostRecord): Resources {
  if (host.mode !== 'free' && host.mode !== 'shared') return EMPTY;
  const shared = core.sharedHosts.get(host.hostId);
  return withoutOffers(
    core,
    host.hostId,
    shared === undefined ? unusedOf(core.state, host) : core.sharedHosts.unused(shared),
  );
}

/** Brings what passes ask of the host up to date at their start. */
export function lookAtShared(core: Core, shared: SharedHost): void {
  const { hostId } = shared.host;
  shared.filters = core.filters.host(hostId);
  shared.free = withoutOffers(core, hostId, core.sharedHosts.unused(shared));
  shared.size = shared.free.quantities;
}

function withoutOffers(core: Core, hostId: string, unused: Resources): Resources {
  if (core.state.offersByHost.count(hostId) === 0) return unused;
  const taken: MutableQuantities = {};
  let ports: readonly PortRange[] = [];
  for (const offerId of core.state.offersByHost.get(hostId)) {
    const offer = core.state.offers.get(offerId);
    if (offer === undefined || offer.reservationId !== undefined) continue;
    addInto(taken, offer.resources.quantities, 1);
    ports = union(ports, offer.resources.ports);
  }
  return { quantities: subtractFloor(unused.quantities, taken), ports: subtractPorts(unused.ports, ports) };
}

/** Every host that could be offered, in whole (`hosts`) or in part (`slices`), is looked at in the next pass. */
export function markOfferable(core: Core, what: 'hosts' | 'slices'): void {
  core.allocationMemory.lookAtAll.add(what);
  core.timers.setEarliest('allocate', core.nowMs + core.options.allocateBatchMs);
}
