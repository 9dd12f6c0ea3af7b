import { isOfferableWhole } from '../allocate/offerable.js';
import type { Core } from '../core.js';
import { hostDemand, type Entitlements } from '../quota/index.js';
import type { FrameworkRecord, HostRecord, LeaseRecord } from '../state/records.js';
import { divide } from './divide.js';

/** What one framework has of one shape in one role, beside what it should have. */
export interface Stock {
  readonly frameworkId: string;
  readonly role: string;
  readonly shape: string;
  /** How people know it: the role, and the framework where the role has several. */
  readonly name: string;
  /** Leases that nobody is taking away, joining ones included, + hosts offered + hosts moving in. No lost ones: they serve nobody. */
  readonly held: number;
  /** Of `held`, hosts on their way in whose present holder has not forecast yet what leaving takes: they may not come. */
  readonly uncertain: number;
  /** Hosts on their way out of which the same is true: they may stay. */
  readonly mayStay: number;
  /** Leases on hosts that serve and are in no transition: what can be given. */
  readonly settled: number;
  /** Its part of the hosts that its role is owed. */
  readonly entitled: number;
  readonly wanted: number;
}

/** The planner's view of who has what, by `stockKey`, in order of the key. */
export type Stocks = ReadonlyMap<string, Stock>;

export function roleKey(role: string, shape: string): string {
  return `${role}|${shape}`;
}

export function stockKey(frameworkId: string, role: string, shape: string): string {
  return `${roleKey(role, shape)}|${frameworkId}`;
}

interface Tally {
  readonly frameworkId: string;
  readonly role: string;
  readonly shape: string;
  held: number;
  uncertain: number;
  mayStay: number;
  settled: number;
  wanted: number;
}

const NO_OFFERS: ReadonlySet<string> = new Set();

/**
 * Counts every framework's hosts by role and shape, and sets them beside demand and its part of the entitlement.
 * @param closing open offers that are about to be taken back: their hosts are nobody's
 */
export function takeStock(core: Core, owed: Entitlements, closing: ReadonlySet<string> = NO_OFFERS): Stocks {
  const byRole = new Map<string, Tally[]>();
  for (const tally of tallies(core, closing).values()) {
    const key = roleKey(tally.role, tally.shape);
    const group = byRole.get(key);
    if (group === undefined) byRole.set(key, [tally]);
    else group.push(tally);
  }
  const children = childrenOf(core);
  const stocks: (readonly [string, Stock])[] = [];
  for (const group of byRole.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const ofChildren = (children.get(first.role) ?? []).reduce((sum, child) => sum + owed.of(child, first.shape), 0);
    const parts = divide(core, Math.max(0, owed.of(first.role, first.shape) - ofChildren), group);
    for (const tally of group) {
      const { frameworkId, role, shape, held, uncertain, mayStay, settled, wanted } = tally;
      const name = group.length === 1 ? role : `${frameworkId} in ${role}`;
      const entitled = parts.get(frameworkId) ?? 0;
      stocks.push([
        stockKey(frameworkId, role, shape),
        { frameworkId, role, shape, name, held, uncertain, mayStay, settled, entitled, wanted },
      ]);
    }
  }
  return new Map(stocks.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

const NOTHING = { held: 0, uncertain: 0, mayStay: 0, settled: 0, wanted: 0 };

function tallies(core: Core, closing: ReadonlySet<string>): ReadonlyMap<string, Tally> {
  const found = new Map<string, Tally>();
  const at = (frameworkId: string, role: string, shape: string): Tally => {
    const key = stockKey(frameworkId, role, shape);
    let tally = found.get(key);
    if (tally === undefined) found.set(key, (tally = { frameworkId, role, shape, ...NOTHING }));
    return tally;
  };
  for (const demand of hostDemand(core)) at(demand.frameworkId, demand.role, demand.shape).wanted += demand.wanted;
  for (const lease of core.state.leases.values()) countLease(core, lease, at);
  for (const id of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(id);
    const to = transition?.direction === 'forward' && transition.toMode === 'leased' ? transition.to : null;
    const host = core.state.hosts.get(transition?.hostId ?? '');
    if (to === null || host === undefined || core.state.servesNobody(host.hostId)) continue;
    // Once it has the lease the host is counted with that.
    if (core.state.leases.get(host.leaseId ?? '')?.frameworkId === to.frameworkId) continue;
    const tally = at(to.frameworkId, to.role, host.shape);
    tally.held += 1;
    if (transition?.step === 'forecast') tally.uncertain += 1;
  }
  for (const offer of core.state.offers.values()) {
    const host = core.state.hosts.get(offer.hostId);
    if (host === undefined || !offer.wholeHost || offer.transitionId !== null || closing.has(offer.offerId)) continue;
    at(offer.frameworkId, offer.role, host.shape).held += 1;
  }
  return found;
}

/** Leases on hosts on their way out are the source's no more, as far as planning goes; lost and quarantined ones are nobody's. */
function countLease(
  core: Core,
  lease: LeaseRecord,
  at: (frameworkId: string, role: string, shape: string) => Tally,
): void {
  const host = core.state.hosts.get(lease.hostId);
  if (host === undefined || lease.phase === 'leaving' || core.state.servesNobody(host.hostId)) return;
  const transition = host.transitionId === null ? undefined : core.state.transitions.get(host.transitionId);
  const goes =
    transition !== undefined && !transition.left && transition.direction === 'forward' && transition.from !== null;
  const tally = at(lease.frameworkId, lease.role, host.shape);
  if (goes) {
    if (transition.step === 'forecast') tally.mayStay += 1;
    return;
  }
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
 *
 * @param closing open offers that are about to be taken back
 */
export function freeSoon(core: Core, closing: ReadonlySet<string> = NO_OFFERS): readonly HostRecord[] {
  const free: HostRecord[] = [];
  for (const hostId of core.state.hostsByMode.get('free')) {
    const host = core.state.hosts.get(hostId);
    // One under offer is counted with the one it is offered to.
    if (host !== undefined && isOfferableWhole(core, host)) free.push(host);
  }
  for (const offerId of closing) {
    const offer = core.state.offers.get(offerId);
    const host = offer?.wholeHost === true ? core.state.hosts.get(offer.hostId) : undefined;
    if (host !== undefined) free.push(host);
  }
  for (const id of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(id);
    const host = transition === undefined ? undefined : core.state.hosts.get(transition.hostId);
    if (transition === undefined || host === undefined || transition.word === 'blocked') continue;
    // It is to be free for nobody: being drained, or cordoned by a person.
    if (host.cordoned) continue;
    const toFree =
      transition.direction === 'rollback' ? transition.step !== 'cancel_drain' : transition.toMode === 'free';
    if (toFree) free.push(host);
  }
  return free;
}
