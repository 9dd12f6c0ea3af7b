/** I6: what of a host may be offered now. */
import type { Core } from '../core.js';
import { addInto, EMPTY, subtractFloor, subtractPorts, union } from '../resources/index.js';
import type { MutableQuantities, PortRange, Resources } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';
import type { PassHost } from './pass-hosts.js';

/** Whether the whole host may be offered: free, clean, reported, connected, not cordoned, not moving, not offered. */
export function isOfferableWhole(core: Core, { hostId }: HostRecord): boolean {
  const known = core.passHosts.get(hostId);
  return known !== undefined && mayOfferWhole(known);
}

/** The same of a host as passes see it. */
export function mayOfferWhole({ host, isReady, offers }: PassHost): boolean {
  return isReady && host.mode === 'free' && host.clean && host.leaseId === null && offers.count === 0;
}

/** Whether slices of the host may be offered; not while its room is being made for somebody (`reassign/slices`). */
export function isOfferableShared(core: Core, { hostId }: HostRecord): boolean {
  const known = core.passHosts.get(hostId);
  return known !== undefined && mayOfferSlices(core, known);
}

/** The same of a host as passes see it. */
export function mayOfferSlices(core: Core, known: PassHost): boolean {
  return mayUseSlices(core, known) && !core.sliceMemory.holds(known.host.hostId);
}

/** As `isOfferableShared`, whoever its room is kept for. */
export function isUsableShared(core: Core, { hostId }: HostRecord): boolean {
  const known = core.passHosts.get(hostId);
  return known !== undefined && mayUseSlices(core, known);
}

function mayUseSlices(core: Core, { host, isReady }: PassHost): boolean {
  return isReady && host.mode === 'shared' && !isOvercommitted(core, host);
}

function isOvercommitted(core: Core, host: HostRecord): boolean {
  if (core.state.conditionsByKind.count('OVERCOMMITTED') === 0) return false;
  const { conditions } = core.state;
  return conditions.has(`OVERCOMMITTED|${host.hostId}`) || conditions.has(`OVERCOMMITTED|${host.name}`);
}

/**
 * What of the host is neither reserved nor used by live tasks nor under offer; nothing while it is leased, quarantined or unclaimed.
 * Says nothing about whether it may be offered.
 */
export function freeResources(core: Core, hostId: string): Resources {
  const known = core.passHosts.get(hostId);
  return known === undefined ? EMPTY : freeOf(core, known);
}

/** The same of a host as passes see it. */
export function freeOf(core: Core, known: PassHost): Resources {
  const { host, offers } = known;
  if (host.mode !== 'free' && host.mode !== 'shared') return EMPTY;
  const unused = core.passHosts.unused(known);
  return offers.count === 0 ? unused : withoutOffers(core, unused, host.hostId);
}

/** Brings what passes ask of the host up to date at their start. */
export function lookAtShared(core: Core, known: PassHost): void {
  if (known.filters?.isLive !== true) known.filters = core.filters.host(known.host.hostId);
  known.free = freeOf(core, known);
  known.size = known.free.quantities;
}

function withoutOffers(core: Core, unused: Resources, hostId: string): Resources {
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
  core.dirtySinceMs ??= core.nowMs;
  core.timers.setEarliest('allocate', core.nowMs + core.options.allocateBatchMs);
}

/** Every whole host of the shape that may be offered now. */
export function offerableHosts(core: Core, shape: string): readonly PassHost[] {
  const hosts: PassHost[] = [];
  for (const hostId of core.state.hostsByMode.get('free')) {
    const known = core.passHosts.get(hostId);
    if (known?.host.shape === shape && mayOfferWhole(known)) hosts.push(known);
  }
  return hosts;
}
