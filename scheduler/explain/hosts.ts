import { freeResources, reservationsOn } from '../allocate/index.js';
import { windowOf } from '../calendar.js';
import type { Core } from '../core.js';
import { isLive } from '../invariants/recount.js';
import type { HostMode, HostRecord } from '../state/records.js';
import { conditionsBySubject } from './conditions.js';
import { matchesGlob } from '../state/constraints.js';
import { shown } from './lookup.js';
import { drainView } from './maintenance.js';
import { pageOf } from './page.js';
import type { Query, QueryResult } from './query.js';
import { reservationView } from './reservations.js';
import { transitionView } from './transitions.js';
import type { ConditionView, HostView } from './views.js';

const MODES: readonly HostMode[] = ['unclaimed', 'free', 'leased', 'shared', 'quarantined'];
const STATES: readonly string[] = [...MODES, 'moving', 'away', 'lost', 'cordoned', 'draining', 'drained', 'dirty'];

/** Hosts that match every filter, in natural order of their names. */
export function hostsPage(core: Core, query: Extract<Query, { kind: 'hosts' }>): QueryResult {
  if (query.state !== '' && !STATES.includes(query.state))
    return { kind: 'invalid', message: `state is "${shown(query.state)}"; it must be one of ${STATES.join(', ')}` };
  if (query.owner !== '' && !isOwner(core, query.owner))
    return {
      kind: 'invalid',
      message: `owner is "${shown(query.owner)}"; it must be a framework id, a workload, \`free\` or \`shared\` (mosaic framework list)`,
    };
  const matching: HostRecord[] = [];
  for (const host of core.state.hosts.values()) if (matches(core, host, query)) matching.push(host);
  const paged = pageOf(matching, (host) => host.name, query.page);
  const conditions = conditionsBySubject(core);
  return {
    kind: 'hosts',
    hosts: paged.items.map((host) => hostView(core, host, conditions)),
    total: paged.total,
    nextPageToken: paged.nextPageToken,
  };
}

/** Framework id of the holder, `shared`, or empty. */
export function ownerOf(core: Core, host: HostRecord): string {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  return lease?.frameworkId ?? (host.mode === 'shared' ? 'shared' : '');
}

export function hostView(
  core: Core,
  host: HostRecord,
  conditions: ReadonlyMap<string, readonly ConditionView[]>,
): HostView {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  const presence = core.state.hostPresence.get(host.hostId);
  const transition = host.transitionId === null ? undefined : core.state.transitions.get(host.transitionId);
  const {
    hostId,
    name,
    mode,
    modeSinceMs,
    shape,
    faultDomain,
    identity,
    image,
    attributes,
    clean,
    cordoned,
    cordonReason,
    quarantineReason,
  } = host;
  return {
    ...{
      hostId,
      name,
      mode,
      modeSinceMs,
      shape,
      faultDomain,
      identity,
      image,
      attributes,
      clean,
      cordoned,
      cordonReason,
      quarantineReason,
    },
    owner: ownerOf(core, host),
    role: lease?.role ?? '',
    leaseId: host.leaseId ?? '',
    leaseOrigin: lease?.origin ?? '',
    phase: lease?.phase ?? '',
    servingSinceMs: lease?.servingSinceMs ?? 0,
    total: host.resources,
    free: freeResources(core, hostId),
    reservations: reservationsOn(core, hostId).map((reservation) => reservationView(core, reservation)),
    offers: core.state.offersByHost.count(hostId),
    tasks: liveTasks(core, hostId),
    connected: presence?.connected ?? false,
    reported: presence?.reported ?? false,
    lost: presence?.lost ?? false,
    lastSeenMs: presence?.lastSeenMs ?? 0,
    transition: transition === undefined ? null : transitionView(core, transition),
    drain: drainView(core, host),
    maintenance: windowOf(core, hostId)?.name ?? '',
    conditions: [...(conditions.get(name) ?? []), ...(hostId === name ? [] : (conditions.get(hostId) ?? []))],
  };
}

function liveTasks(core: Core, hostId: string): number {
  let live = 0;
  for (const taskKey of core.state.tasksByHost.get(hostId)) {
    const task = core.state.tasks.get(taskKey);
    if (task !== undefined && isLive(task)) live += 1;
  }
  return live;
}

function isOwner(core: Core, owner: string): boolean {
  if (owner === 'free' || owner === 'shared' || core.state.frameworks.has(owner)) return true;
  for (const framework of core.state.frameworks.values()) if (framework.workload === owner) return true;
  return false;
}

function matches(core: Core, host: HostRecord, query: Extract<Query, { kind: 'hosts' }>): boolean {
  if (query.name !== '' && !matchesGlob(query.name, host.name)) return false;
  if (query.rack !== '' && host.faultDomain.rack !== query.rack) return false;
  if (query.owner !== '') {
    const owner = ownerOf(core, host);
    const owned =
      query.owner === 'free' ? host.mode === 'free' : owner === query.owner || owner.startsWith(`${query.owner}/`);
    if (!owned) return false;
  }
  switch (query.state) {
    case '':
      return true;
    case 'moving':
      return host.transitionId !== null;
    case 'lost':
      return core.state.hostPresence.get(host.hostId)?.lost ?? false;
    case 'away':
      return core.state.hostPresence.get(host.hostId)?.connected !== true;
    case 'draining':
    case 'drained':
      return core.state.drains.get(host.hostId)?.phase === query.state;
    case 'cordoned':
      return host.cordoned;
    case 'dirty':
      return host.mode === 'free' && !host.clean;
    default:
      return host.mode === query.state;
  }
}
