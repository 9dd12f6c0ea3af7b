/**
 * Demand that no state of the fleet could ever satisfy is refused at once, with the reason: a group larger than its
 * role's limit or than the hosts that match, a slice larger than any shared host.
 */
import type { Core } from '../core.js';
import { countedAre } from '../words.js';
import type { DemandEntry } from '../protocol.js';
import { averageHost, countsHosts, HOSTS, lineage, shapeDimension } from '../quota/index.js';
import { matchesConstraints } from '../state/constraints.js';
import { amount, timesCovered, type Quantities } from '../resources/index.js';
import type { DemandRecord, HostRecord } from '../state/records.js';
import type { Impossible } from './memory.js';

/** Null when some state of the fleet as it is, with all hosts free, could satisfy the entry. */
export function impossibility(core: Core, record: DemandRecord, entry: DemandEntry): Impossible | null {
  const atOnce = Math.max(1, entry.allOrNothing ? entry.count : entry.minimum);
  return beyondLimit(core, record.role, entry, atOnce) ?? beyondFleet(core, entry, atOnce);
}

function beyondLimit(core: Core, role: string, entry: DemandEntry, atOnce: number): Impossible | null {
  const { want } = entry;
  const unit: Quantities =
    want.kind === 'slices'
      ? want.resources.quantities
      : { ...averageHost(core.capacity, want.shape), [HOSTS]: 1, [shapeDimension(want.shape)]: 1 };
  for (const path of lineage(role)) {
    const ceiling = core.quota.node(path)?.ceiling ?? {};
    for (const dimension in ceiling) {
      const limit = amount(ceiling, dimension);
      let needed = amount(unit, dimension) * atOnce;
      if (needed <= limit) continue;
      const differs = want.kind === 'hosts' && !countsHosts(dimension);
      if (differs) needed = leastOf(core, entry, want.shape, dimension, atOnce);
      if (needed > limit)
        return {
          unmetReason: 'ROLE_LIMIT',
          message: `${atOnce} at once need ${dimension}=${needed}${differs ? ' at least' : ''}, more than the limit ${limit} of role ${path}`,
        };
    }
  }
  return null;
}

/** What so many of the smallest hosts that match have of the dimension. */
function leastOf(core: Core, entry: DemandEntry, shape: string, dimension: string, atOnce: number): number {
  const sizes: number[] = [];
  for (const host of core.state.hosts.values())
    if (isCapacity(core, host) && host.shape === shape && matchesConstraints(host, entry.constraints))
      sizes.push(amount(host.resources.quantities, dimension));
  sizes.sort((a, b) => a - b);
  return sizes.slice(0, atOnce).reduce((sum, size) => sum + size, 0);
}

function beyondFleet(core: Core, entry: DemandEntry, atOnce: number): Impossible | null {
  const { want } = entry;
  let matching = 0;
  if (want.kind === 'hosts') {
    if (!core.state.shapes.has(want.shape))
      return { unmetReason: 'NO_MATCH', message: `there is no shape "${want.shape}"` };
    // Hosts that are shared now could be whole again.
    for (const host of core.state.hosts.values()) {
      if (!isCapacity(core, host) || host.shape !== want.shape || !matchesConstraints(host, entry.constraints))
        continue;
      matching += 1;
      if (matching >= atOnce) return null;
    }
    const message = `${countedAre(atOnce, `${want.shape} host`)} needed, ${matching} of the fleet would do`;
    return { unmetReason: 'NO_MATCH', message };
  }
  for (const hostId of core.state.hostsByMode.get('shared')) {
    const host = core.state.hosts.get(hostId);
    if (host === undefined || !matchesConstraints(host, entry.constraints)) continue;
    matching += unitsOn(host, entry, atOnce);
    if (matching >= atOnce) return null;
  }
  const message =
    matching === 0
      ? 'no shared host matches and is large enough'
      : `${atOnce} are needed at once, the shared hosts hold ${matching} when empty`;
  return { unmetReason: 'NO_MATCH', message };
}

function isCapacity(core: Core, host: HostRecord): boolean {
  return (
    host.mode !== 'unclaimed' && host.mode !== 'quarantined' && core.state.hostPresence.get(host.hostId)?.lost !== true
  );
}

/** How many units the host holds when it is empty; at most `most`. */
function unitsOn(host: HostRecord, entry: DemandEntry, most: number): number {
  if (entry.want.kind !== 'slices') return 0;
  const isDistinct = entry.placement.some(({ kind }) => kind === 'distinct_hosts');
  return Math.min(isDistinct ? 1 : most, timesCovered(entry.want.resources, host.resources));
}
