import type { Core } from '../core.js';
import { isLive } from '../invariants/recount.js';
import { countsHosts, entitlements } from '../quota/index.js';
import { takeStock } from '../reassign/stock.js';
import { isRecovering } from '../reconcile/index.js';
import type { Quantities } from '../resources/types.js';
import type { FrameworkRecord, HostMode } from '../state/records.js';
import { freezeViews } from './conditions.js';
import { demandViews, wantedHosts } from './demands.js';
import { naturalCompare } from './natural-order.js';
import { needs } from './needs.js';
import { runningTransitions, transitionView } from './transitions.js';
import type { DemandView, OverviewView, OwnerView } from './views.js';
import { counted } from '../words.js';

/** One screen at any fleet size: longer lists are read with their own queries. */
const UNMET_SHOWN_MAX = 100;
const MOVING_SHOWN_MAX = 200;

export function overview(core: Core): OverviewView {
  const { state } = core;
  let connected = 0;
  let lost = 0;
  for (const presence of state.hostPresence.values()) {
    if (presence.connected) connected += 1;
    if (presence.lost) lost += 1;
  }
  let tasksRunning = 0;
  for (const task of state.tasks.values()) if (isLive(task)) tasksRunning += 1;
  let movesCompleted = 0;
  for (const transition of state.transitions.values()) if (transition.outcome === 'completed') movesCompleted += 1;
  const unmet = demandViews(core).filter((demand) => demand.status.pending > 0);
  return {
    term: core.term,
    nowMs: core.nowMs,
    recovering: isRecovering(core),
    planMode: state.meta.get('meta')?.planMode ?? core.options.planMode,
    hostsTotal: state.hosts.size,
    hostsConnected: connected,
    hostsByMode: hostsByMode(core),
    hostsLost: lost,
    owners: ownerViews(core, unmet),
    moving: runningTransitions(core)
      .slice(0, MOVING_SHOWN_MAX)
      .map((transition) => transitionView(core, transition)),
    movesCompleted,
    needsYou: needs(core),
    freezes: freezeViews(core),
    offersOpen: state.offers.size,
    tasksRunning,
    unmet: unmet.slice(0, UNMET_SHOWN_MAX),
  };
}

function hostsByMode(core: Core): Readonly<Record<HostMode, number>> {
  const count = (mode: HostMode): number => core.state.hostsByMode.count(mode);
  return {
    unclaimed: count('unclaimed'),
    free: count('free'),
    leased: count('leased'),
    shared: count('shared'),
    quarantined: count('quarantined'),
  };
}

/** One row per framework and role that it holds or asks in, then the shared pool, then hosts without holder. */
function ownerViews(core: Core, unmet: readonly DemandView[]): readonly OwnerView[] {
  const entitled = entitledByHolder(core);
  const tallies = tallyHolders(core);
  const rows = [...core.state.frameworks.values()]
    .sort((a, b) => naturalCompare(a.frameworkId, b.frameworkId))
    .flatMap((framework) =>
      rolesShown(core, framework, tallies).map((role) => ownerView(core, framework, role, tallies, entitled, unmet)),
    );
  const shared = core.state.hostsByMode.count('shared');
  if (shared > 0) rows.push(holderless('shared', 'shared', shared, 'cut into slices for tasks'));
  const without = core.state.hosts.size - core.state.leases.size - shared;
  if (without > 0) rows.push(holderless('', '', without, withoutHolderText(core)));
  return rows;
}

/** Hosts each framework is entitled to in each role, over all shapes: its part of what the role is owed. */
function entitledByHolder(core: Core): ReadonlyMap<string, number> {
  const entitled = new Map<string, number>();
  for (const stock of takeStock(core, entitlements(core)).values()) {
    const key = `${stock.frameworkId}|${stock.role}`;
    entitled.set(key, (entitled.get(key) ?? 0) + stock.entitled);
  }
  return entitled;
}

interface Tally {
  hosts: number;
  serving: number;
  movingIn: number;
  movingOut: number;
}

function tallyHolders(core: Core): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  const of = (frameworkId: string, role: string): Tally => {
    const key = `${frameworkId}|${role}`;
    let tally = tallies.get(key);
    if (tally === undefined) tallies.set(key, (tally = { hosts: 0, serving: 0, movingIn: 0, movingOut: 0 }));
    return tally;
  };
  for (const lease of core.state.leases.values()) {
    const tally = of(lease.frameworkId, lease.role);
    tally.hosts += 1;
    if (lease.phase === 'serving') tally.serving += 1;
  }
  for (const transition of runningTransitions(core)) {
    if (transition.direction === 'rollback') continue;
    if (transition.from !== null && !transition.left)
      of(transition.from.frameworkId, transition.from.role).movingOut += 1;
    if (transition.to !== null && transition.toMode === 'leased')
      of(transition.to.frameworkId, transition.to.role).movingIn += 1;
  }
  return tallies;
}

function rolesShown(core: Core, framework: FrameworkRecord, tallies: ReadonlyMap<string, Tally>): readonly string[] {
  const busy = framework.roles.filter(
    (role) =>
      tallies.has(`${framework.frameworkId}|${role}`) || core.state.demands.has(`${framework.frameworkId}|${role}`),
  );
  return busy.length > 0 ? busy : framework.roles.slice(0, 1);
}

function ownerView(
  core: Core,
  framework: FrameworkRecord,
  role: string,
  tallies: ReadonlyMap<string, Tally>,
  entitled: ReadonlyMap<string, number>,
  allUnmet: readonly DemandView[],
): OwnerView {
  const { frameworkId, workload } = framework;
  const tally = tallies.get(`${frameworkId}|${role}`) ?? { hosts: 0, serving: 0, movingIn: 0, movingOut: 0 };
  const record = core.state.roles.get(role);
  const wanted = wantedHosts(core, frameworkId, role);
  const connected = core.state.frameworkPresence.get(frameworkId)?.connected ?? false;
  const unmet = allUnmet.find((demand) => demand.frameworkId === frameworkId && demand.role === role)?.status;
  return {
    ...{ owner: frameworkId, workload, role, connected, ...tally, wanted },
    entitled: entitled.get(`${frameworkId}|${role}`) ?? 0,
    guaranteeHosts: hostsIn(record?.guarantee ?? {}) ?? 0,
    limitHosts: hostsIn(record?.limit ?? {}) ?? -1,
    ...(connected
      ? { why: unmet?.message ?? contentText(core, frameworkId, role, wanted), reason: unmet?.unmetReason ?? 'NONE' }
      : { why: 'its framework is away; what it holds stays its own', reason: 'DISCONNECTED' }),
  };
}

/** Whole hosts in a quota, plain or by shape; null when it names none. */
function hostsIn(quota: Quantities): number | null {
  const plain = quota['hosts'];
  if (plain !== undefined) return plain;
  const byShape = Object.keys(quota).filter(countsHosts);
  return byShape.length === 0 ? null : byShape.reduce((sum, dimension) => sum + (quota[dimension] ?? 0), 0);
}

function contentText(core: Core, frameworkId: string, role: string, wanted: number): string {
  if (!core.state.demands.has(`${frameworkId}|${role}`)) return 'has stated no demand';
  return wanted === 0 ? 'asks for nothing' : 'has all it asks for';
}

function holderless(owner: string, workload: string, hosts: number, why: string): OwnerView {
  const none = { serving: 0, movingIn: 0, movingOut: 0, wanted: 0, entitled: 0, guaranteeHosts: 0, limitHosts: -1 };
  return { owner, workload, role: '', connected: true, hosts, ...none, why, reason: 'NONE' };
}

function withoutHolderText(core: Core): string {
  const counts = hostsByMode(core);
  const parts = [`${counts.free} free`];
  if (counts.unclaimed > 0) parts.push(`${counts.unclaimed} unclaimed`);
  if (counts.quarantined > 0) parts.push(counted(counts.quarantined, 'quarantined host'));
  return parts.join(', ');
}
