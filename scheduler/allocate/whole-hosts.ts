/**
 * Gives out free hosts of one shape. The tree of roles says which role is next (`quota/fair-tree.ts`), the role's queue
 * which entry (`wants.ts`), the finder which host (`host-finder.ts`); then the entry gets one host, or as many at once as
 * it needs to be of use: the missing rest of an all-or-nothing entry, or what its minimum lacks. Those offers form a
 * group. An entry that cannot be served now leaves the pass, so a pass ends after every entry was served or refused once.
 */
import type { Core } from '../core.js';
import type { DemandEntry } from '../protocol.js';
import {
  averageHost,
  FairTree,
  hostDimensions,
  keptFromOthers,
  wholeHostCharge,
  wouldExceedLimit,
} from '../quota/index.js';
import { frozenBy } from '../reassign/frozen.js';
import { matchesConstraints } from '../state/constraints.js';
import { add, amount, type Quantities } from '../resources/index.js';
import type { FrameworkRecord, HostRecord, OfferRecord } from '../state/records.js';
import {
  countDomains,
  domainPlacements,
  HostFinder,
  type Candidate,
  type DomainUse,
  type Suitability,
} from './host-finder.js';
import { openOffer } from './offer-book.js';
import { isOfferableWhole } from './offerable.js';
import { collectWants, grantSize, type Want, type WantQueue } from './wants.js';

/**
 * @param dirty offerable hosts of the shape that changed since they were looked at
 * @returns the offers made, in order
 */
export function allocateHosts(core: Core, shape: string, dirty: readonly HostRecord[]): readonly OfferRecord[] {
  const queues = collectWants(core, core.demandIndex.forShape(shape), (entry, framework) =>
    wantsShape(core, entry, framework, shape),
  );
  if (queues.size === 0) return [];
  const hosts = needsAllHosts(queues) ? offerableHosts(core, shape) : dirty;
  return new HostPass(core, shape, hosts).run(queues);
}

/** Every whole host of the shape that may be offered now. */
export function offerableHosts(core: Core, shape: string): readonly HostRecord[] {
  const hosts: HostRecord[] = [];
  for (const hostId of core.state.hostsByMode.get('free')) {
    const host = core.state.hosts.get(hostId);
    if (host?.shape === shape && isOfferableWhole(core, host)) hosts.push(host);
  }
  return hosts;
}

function wantsShape(core: Core, entry: DemandEntry, framework: FrameworkRecord, shape: string): boolean {
  if (entry.want.kind !== 'hosts' || entry.want.shape !== shape || !framework.executesSteps) return false;
  return frozenBy(core, [framework.workload]) === null;
}

/** A group may need hosts that were looked at before, when there were too few. */
function needsAllHosts(queues: ReadonlyMap<string, WantQueue>): boolean {
  for (const queue of queues.values()) if (queue.wants.some((want) => grantSize(want) > 1)) return true;
  return false;
}

const NO_HOST = Object.freeze({ kind: 'no_host' });

interface HostCandidate extends Candidate {
  taken: boolean;
}

class HostPass implements Suitability<HostCandidate> {
  readonly #core: Core;
  readonly #shape: string;
  readonly #finder: HostFinder<HostCandidate>;
  readonly #domainUse = new Map<Want, DomainUse>();
  readonly #offers: OfferRecord[] = [];
  /** Hosts of the shape that may be offered and are not, dirty or not: what lending limits are compared with. */
  #free: number;

  constructor(core: Core, shape: string, hosts: readonly HostRecord[]) {
    this.#core = core;
    this.#shape = shape;
    this.#finder = new HostFinder(
      hosts.map((host) => ({ host, size: host.resources.quantities, taken: false })),
      this,
    );
    this.#free = core.quota.root?.keeps === true ? offerableHosts(core, shape).length : hosts.length;
  }

  run(queues: ReadonlyMap<string, WantQueue>): readonly OfferRecord[] {
    const core = this.#core;
    const charge: Quantities = averageHost(core.capacity, this.#shape);
    const [all, ofShape] = hostDimensions(this.#shape);
    const tree = new FairTree(
      {
        quota: core.quota,
        fleet: core.capacity.total,
        counts: (dimension) => dimension === all || dimension === ofShape || amount(charge, dimension) > 0,
        use: {
          total: (role) => core.ledger.served(role),
          own: (role) => core.ledger.ownServed(role),
          held: () => 0,
        },
      },
      queues,
    );
    tree.run((queue) => this.#serve(queue));
    return this.#offers;
  }

  /** Serves the first entry of the role that can be; returns how many hosts it got. */
  #serve(queue: WantQueue): number {
    for (let want = queue.next; want !== undefined; want = queue.next) {
      const hosts = this.#choose(want, grantSize(want));
      if (hosts === null) {
        queue.drop();
        continue;
      }
      this.#offer(want, hosts);
      queue.granted(hosts.length);
      return hosts.length;
    }
    return 0;
  }

  /** `count` hosts that suit together and that the role may have, marked as taken; null when there are not. */
  #choose(want: Want, count: number): readonly HostRecord[] | null {
    const core = this.#core;
    const kept = keptFromOthers(core, want.role, hostDimensions(this.#shape), (role) => core.ledger.served(role));
    if (kept > 0 && this.#free - count < kept) {
      core.allocationMemory.noteRefusal(want.key, want.entry.demandId, { kind: 'kept' });
      return null;
    }
    const use = this.#useOf(want);
    const chosen: HostCandidate[] = [];
    let charge: Quantities = {};
    while (chosen.length < count) {
      const candidate = this.#finder.find(want, use);
      if (candidate === undefined) break;
      candidate.taken = true;
      if (use !== null) countDomains(use, domainPlacements(want), candidate.host);
      const more = wholeHostCharge(candidate.host);
      charge = chosen.length === 0 ? more : add(charge, more);
      chosen.push(candidate);
    }
    const hit = chosen.length === count ? wouldExceedLimit(core, want.role, charge) : null;
    if (hit !== null) core.allocationMemory.noteCeiling(hit.role, hit.dimension, hit.used);
    if (chosen.length === count && hit === null) return chosen.map(({ host }) => host);
    if (chosen.length < count) this.#noteTooFew(want, chosen.length, count);
    for (const candidate of chosen) candidate.taken = false;
    if (chosen.length > 0) this.#finder.forget();
    return null;
  }

  #noteTooFew(want: Want, found: number, needed: number): void {
    const refusal = needed === 1 ? NO_HOST : ({ kind: 'too_few', found, needed } as const);
    this.#core.allocationMemory.noteRefusal(want.key, want.entry.demandId, refusal);
  }

  fits(want: Want, { host, taken }: HostCandidate): boolean {
    return !taken && matchesConstraints(host, want.entry.constraints);
  }

  allows(want: Want, { host }: HostCandidate): boolean {
    return want.filtered === null || !this.#core.filters.isSet(want.filtered, host.hostId);
  }

  /** How the hosts that the holder has already lie over the domains it cares for; null when it cares for none. */
  #useOf(want: Want): DomainUse | null {
    const placements = domainPlacements(want);
    if (placements.length === 0) return null;
    let use = this.#domainUse.get(want);
    if (use !== undefined) return use;
    use = new Map<string, number>();
    this.#domainUse.set(want, use);
    const key = `${want.frameworkId}|${want.role}|${this.#shape}`;
    for (const hostId of this.#core.ledger.holdings.hosts(key).keys()) {
      const host = this.#core.state.hosts.get(hostId);
      if (host !== undefined) countDomains(use, placements, host);
    }
    return use;
  }

  #offer(want: Want, hosts: readonly HostRecord[]): void {
    const core = this.#core;
    const groupId = hosts.length > 1 ? core.nextId('g') : null;
    const { frameworkId, role } = want;
    const terms = { frameworkId, role, demandId: want.entry.demandId, wholeHost: true };
    for (const host of hosts) {
      this.#free -= 1;
      this.#offers.push(openOffer(core, { ...terms, hostId: host.hostId, resources: host.resources }, groupId, null));
    }
  }
}
