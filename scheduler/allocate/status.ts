/**
 * What became of each entry of a demand, with one reason from the closed set: the one that binds first. The order in
 * which reasons are tried is the order in which rules decide (DESIGN §3: limit before fair share before capacity).
 */
import type { Core } from '../core.js';
import type { DemandEntry, DemandStatus, WaitReason } from '../protocol.js';
import {
  averageHost,
  entitlements,
  HOSTS,
  isLive,
  limitText,
  shapeDimension,
  wouldExceedLimit,
} from '../quota/index.js';
import { frozenBy } from '../reassign/frozen.js';
import { amount, coversDemand, scale, type Quantities } from '../resources/index.js';
import type { DemandRecord, HostRecord } from '../state/records.js';
import { impossibility } from './feasibility.js';
import { matchesConstraints } from '../reconcile/constraints.js';
import { freeResources, isOfferableShared, isOfferableWhole } from './offerable.js';
import { missing, standings, type Standing } from './standing.js';

/** One per entry, in the framework's order; empty when it has stated no demand in the role. */
export function demandStatuses(core: Core, frameworkId: string, role: string): readonly DemandStatus[] {
  const record = core.state.demands.get(`${frameworkId}|${role}`);
  if (record === undefined) return [];
  const found = standings(core, record);
  return record.entries.map((entry, index) => status(core, record, entry, found[index] ?? NONE));
}

const NONE: Standing = { granted: 0, offered: 0, movingIn: 0 };

interface Reason {
  readonly unmetReason: WaitReason;
  readonly message: string;
}

function status(core: Core, record: DemandRecord, entry: DemandEntry, standing: Standing): DemandStatus {
  const pending = missing(entry, standing);
  const { granted, offered, movingIn } = standing;
  const reason = pending === 0 ? metReason(standing) : unmetReason(core, record, entry, standing, pending);
  return { demandId: entry.demandId, granted, offered, movingIn, pending, ...reason };
}

function metReason({ offered, movingIn }: Standing): Reason {
  if (offered > 0) return { unmetReason: 'OFFERED', message: `${offered} under offer; accept or decline them` };
  if (movingIn > 0) return { unmetReason: 'MOVING_IN', message: `${movingIn} on their way` };
  return { unmetReason: 'NONE', message: 'met' };
}

function unmetReason(
  core: Core,
  record: DemandRecord,
  entry: DemandEntry,
  standing: Standing,
  pending: number,
): Reason {
  const { frameworkId, role } = record;
  if (!isLive(core, record, entry))
    return {
      unmetReason: 'DEADLINE_PASSED',
      message: `its deadline of ${entry.deadlineMs} ms has passed; state it anew`,
    };
  if (core.state.frameworkPresence.get(frameworkId)?.connected !== true)
    return { unmetReason: 'DISCONNECTED', message: `${frameworkId} is away; offers start when it is back` };
  const impossible = impossibility(core, record, entry);
  if (impossible !== null) return impossible;
  const hit = wouldExceedLimit(core, role, unitCharge(core, entry));
  if (hit !== null)
    return {
      unmetReason: 'ROLE_LIMIT',
      message: `${limitText(hit)}; raise it: mosaic quota set ${hit.role} --limit ...`,
    };
  if (entry.want.kind === 'slices') return sliceReason(core, record, entry, entry.want.resources, pending);
  const workload = core.state.frameworks.get(frameworkId)?.workload ?? '';
  const freeze = frozenBy(core, [workload]);
  if (freeze !== null) return { unmetReason: 'FROZEN', message: `frozen by ${freeze.by}: ${freeze.reason}` };
  return hostReason(core, record, entry, entry.want.shape, standing, pending);
}

/** What one more unit would be charged. */
function unitCharge(core: Core, entry: DemandEntry): Quantities {
  if (entry.want.kind === 'slices') return entry.want.resources.quantities;
  const { shape } = entry.want;
  return { ...averageHost(core.capacity, shape), [HOSTS]: 1, [shapeDimension(shape)]: 1 };
}

function hostReason(
  core: Core,
  record: DemandRecord,
  entry: DemandEntry,
  shape: string,
  standing: Standing,
  pending: number,
): Reason {
  const usable = hostsOf(core, 'free').filter(
    (host) => host.shape === shape && matchesConstraints(host, entry.constraints),
  );
  const offerable = usable.filter((host) => isOfferableWhole(core, host));
  const declined = core.allocationMemory.filteredHosts(record.frameworkId, record.role);
  const open = offerable.filter((host) => declined?.has(host.hostId) !== true);
  if (open.length > 0) {
    const atOnce = entry.allOrNothing
      ? pending
      : entry.minimum - standing.granted - standing.offered - standing.movingIn;
    if (open.length < atOnce)
      return { unmetReason: 'GROUP_INCOMPLETE', message: `${atOnce} are wanted at once, ${open.length} are free` };
    return {
      unmetReason: 'FAIR_SHARE',
      message: `${open.length} free hosts are kept for roles that do not lend theirs, or go to others first`,
    };
  }
  if (offerable.length > 0) return declinedReason(record, offerable.length);
  const entitled = entitlements(core).of(record.role, shape);
  const holds = amount(core.ledger.account(record.role).total, shapeDimension(shape));
  if (entitled <= holds)
    return {
      unmetReason: 'FAIR_SHARE',
      message: `role ${record.role} has ${holds} of the ${entitled} hosts of shape ${shape} that it is owed now`,
    };
  const dirty = usable.filter((host) => !host.clean).length;
  if (dirty > 0)
    return { unmetReason: 'NOT_CLEAN', message: `${dirty} free hosts of shape ${shape} are not verified clean yet` };
  return {
    unmetReason: 'NO_CAPACITY',
    message: `no host of shape ${shape} is free; role ${record.role} is owed ${entitled - holds} more, which the planner moves`,
  };
}

function sliceReason(
  core: Core,
  record: DemandRecord,
  entry: DemandEntry,
  wanted: Parameters<typeof coversDemand>[0],
  pending: number,
): Reason {
  const roomy = hostsOf(core, 'shared').filter(
    (host) =>
      isOfferableShared(core, host) &&
      matchesConstraints(host, entry.constraints) &&
      coversDemand(wanted, freeResources(core, host.hostId)),
  );
  if (roomy.length === 0) return { unmetReason: 'NO_CAPACITY', message: 'no shared host has that much free' };
  const declined = core.allocationMemory.filteredHosts(record.frameworkId, record.role);
  if (roomy.every((host) => declined?.has(host.hostId) === true)) return declinedReason(record, roomy.length);
  if (entry.allOrNothing || entry.minimum > 1)
    return {
      unmetReason: 'GROUP_INCOMPLETE',
      message: `${pending} are wanted at once, ${roomy.length} shared hosts have room for one or more`,
    };
  if (wouldExceedLimit(core, record.role, scale(wanted.quantities, 1)) === null && entry.placement.length > 0)
    return { unmetReason: 'NO_MATCH', message: 'every shared host with room carries one already' };
  return { unmetReason: 'FAIR_SHARE', message: 'free shares go to others first' };
}

function declinedReason(record: DemandRecord, hosts: number): Reason {
  return {
    unmetReason: 'NO_MATCH',
    message: `${hosts} hosts would do, but ${record.frameworkId} declined them; they come again when its filters end`,
  };
}

function hostsOf(core: Core, mode: 'free' | 'shared'): readonly HostRecord[] {
  const hosts: HostRecord[] = [];
  for (const hostId of core.state.hostsByMode.get(mode)) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined) hosts.push(host);
  }
  return hosts;
}
