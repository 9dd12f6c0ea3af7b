import { isOfferableWhole } from '../allocate/offerable.js';
import type { Core } from '../core.js';
import type { Entitlements } from '../quota/index.js';
import type { FrameworkRecord, HostRecord, LeaseRecord } from '../state/records.js';

/** What one role has of one shape, beside what it should have. Roles below it are not counted in. */
export interface Stock {
  readonly role: string;
  readonly shape: string;
  /** Leases that nobody is taking away, joining ones included, + hosts offered + hosts moving in. */
  readonly held: number;
  /** Leases on hosts that serve and are in no transition: what can be given. */
  readonly settled: number;
  /** Hosts owed to exactly this role. */
  readonly entitled: number;
  readonly wanted: number;
  /** min(effective guarantee, wanted): nobody takes the role below this (I4). */
  readonly floor: number;
}

/** The planner's view of who has what, by `<role>|<shape>`, in order of the key. */
export type Stocks = ReadonlyMap<string, Stock>;

interface Tally {
  held: number;
  settled: number;
}

export function stockKey(role: string, shape: string): string {
  return `${role}|${shape}`;
}

/** Counts every role's hosts by shape and sets them beside entitlement and demand. */
export function takeStock(core: Core, owed: Entitlements, wantedBy: ReadonlyMap<string, number>): Stocks {
  const tallies = new Map<string, Tally>();
  for (const key of wantedBy.keys()) tallies.set(key, { held: 0, settled: 0 });
  const at = (role: string, shape: string): Tally => {
    const key = stockKey(role, shape);
    let tally = tallies.get(key);
    if (tally === undefined) tallies.set(key, (tally = { held: 0, settled: 0 }));
    return tally;
  };
  for (const lease of core.state.leases.values()) countLease(core, lease, at);
  for (const id of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(id);
    if (
      transition === undefined ||
      transition.to === null ||
      transition.direction === 'rollback' ||
      transition.toMode !== 'leased'
    )
      continue;
    const host = core.state.hosts.get(transition.hostId);
    const leased = core.state.leases.get(host?.leaseId ?? '');
    if (host !== undefined && leased?.frameworkId !== transition.to.frameworkId)
      at(transition.to.role, host.shape).held += 1;
  }
  for (const offer of core.state.offers.values()) {
    const host = core.state.hosts.get(offer.hostId);
    if (host !== undefined && offer.wholeHost && offer.transitionId === null) at(offer.role, host.shape).held += 1;
  }
  const children = childrenOf(core);
  const stocks = new Map<string, Stock>();
  for (const key of [...tallies.keys()].sort()) {
    const tally = tallies.get(key);
    const cut = key.indexOf('|');
    const role = key.slice(0, cut);
    const shape = key.slice(cut + 1);
    if (tally === undefined) continue;
    const below = (children.get(role) ?? []).reduce((sum, child) => sum + owed.of(child, shape), 0);
    const wanted = wantedBy.get(key) ?? 0;
    const guarantee = owed.effectiveGuarantee(role);
    const floor = Math.min(guarantee[`hosts/${shape}`] ?? guarantee['hosts'] ?? 0, owed.demanded(role, shape));
    stocks.set(key, { role, shape, ...tally, entitled: Math.max(0, owed.of(role, shape) - below), wanted, floor });
  }
  return stocks;
}

/** Leases on hosts on their way out are the source's no more, as far as planning goes. */
function countLease(core: Core, lease: LeaseRecord, at: (role: string, shape: string) => Tally): void {
  const host = core.state.hosts.get(lease.hostId);
  if (host === undefined || lease.phase === 'leaving') return;
  const transition = host.transitionId === null ? undefined : core.state.transitions.get(host.transitionId);
  const goes =
    transition !== undefined && !transition.left && transition.direction === 'forward' && transition.from !== null;
  if (goes) return;
  const tally = at(lease.role, host.shape);
  tally.held += 1;
  if (transition === undefined && lease.phase === 'serving' && host.mode === 'leased') tally.settled += 1;
}

function childrenOf(core: Core): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { path } of core.state.roles.values()) {
    if (path === '/') continue;
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [path]);
    else known.push(path);
  }
  return children;
}

/** Frameworks that may be given hosts by a move now. */
export function canReceive(core: Core, framework: FrameworkRecord): boolean {
  return (
    framework.executesSteps &&
    !framework.tornDown &&
    core.state.frameworkPresence.get(framework.frameworkId)?.connected === true
  );
}

/**
 * Free hosts that the allocator can give out, and hosts on their way to be free: a shortage waits for these before
 * anything is taken from anyone.
 */
export function freeSoon(core: Core): readonly HostRecord[] {
  const free: HostRecord[] = [];
  for (const hostId of core.state.hostsByMode.get('free')) {
    const host = core.state.hosts.get(hostId);
    // One under offer is counted with the one it is offered to.
    if (host !== undefined && isOfferableWhole(core, host)) free.push(host);
  }
  for (const id of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(id);
    const host = transition === undefined ? undefined : core.state.hosts.get(transition.hostId);
    if (transition === undefined || host === undefined || transition.word === 'blocked') continue;
    const toFree =
      transition.direction === 'rollback' ? transition.step !== 'cancel_drain' : transition.toMode === 'free';
    if (toFree) free.push(host);
  }
  return free;
}
