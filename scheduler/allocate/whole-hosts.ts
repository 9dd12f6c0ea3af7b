/**
 * Gives out free hosts of one shape. The tree of roles says which role is next (`quota/fair-tree.ts`), the role's queue
 * which entry (`wants.ts`), the finder which host (`host-finder.ts`); then the entry gets one host, or as many at once as
 * it needs to be of use: the missing rest of an all-or-nothing entry, or what its minimum lacks. Those offers form a
 * group. An entry that cannot be served now leaves the pass, so a pass ends after every entry was served or refused once.
 */
import type { Core } from '../core.js';
import type { DemandEntry } from '../protocol.js';
import { averageHost, FairTree, Holdings, hostDimensions, wholeHostCharge, wouldExceedLimit } from '../quota/index.js';
import { frozenBy } from '../reassign/frozen.js';
import { matchesConstraints } from '../state/constraints.js';
import { add, amount, scale, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { FrameworkRecord, HostRecord } from '../state/records.js';
import { firstWithin, GROUP_LOOKS_MAX, partOf, type Looks } from './group-search.js';
import { bestFitFirst, HostFinder, type Candidate, type Suitability } from './host-finder.js';
import { hostsKeptFrom, lookAgainAtHosts } from './kept.js';
import type { Refusal } from './memory.js';
import { hasRoomFor, type OfferBatch } from './offer-book.js';
import type { Place } from './offer-terms.js';
import { offerableHosts } from './offerable.js';
import type { PassHost } from './pass-hosts.js';
import { Presences } from './presence.js';
import { collectWants, grantSize, termsOf, type Want, type WantQueue } from './wants.js';

/**
 * @param dirty offerable hosts of the shape that changed since they were looked at
 * @param batch where the offers are opened
 */
export function allocateHosts(core: Core, shape: string, dirty: readonly PassHost[], batch: OfferBatch): void {
  const queues = collectWants(core, core.demandIndex.forShape(shape), (entry, framework) =>
    wantsShape(core, entry, framework, shape),
  );
  if (queues.size === 0) return;
  const hosts = needsAllHosts(queues) ? offerableHosts(core, shape) : dirty;
  new HostPass(core, shape, hosts, batch).run(queues);
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

interface HostCandidate extends Candidate, Place {
  taken: boolean;
}

class HostPass implements Suitability<HostCandidate> {
  readonly #core: Core;
  readonly #shape: string;
  readonly #candidates: readonly HostCandidate[];
  readonly #finder: HostFinder<HostCandidate>;
  /** For groups that limits keep from the best-fitting hosts. */
  readonly #looks: Looks = { left: GROUP_LOOKS_MAX };
  readonly #batch: OfferBatch;
  readonly #presences: Presences;
  /** The least that a host of the pass is charged in each dimension: who may not have so much may have none of them. */
  readonly #least: Quantities;
  /** Whether hosts are charged differently: then a limit may allow one and not another. */
  readonly #differ: boolean;
  /** Charge of the hosts chosen so far for the next grant. */
  #chosenCharge: Quantities = {};
  /** Wants that a limit kept some host from. */
  readonly #limited = new Set<Want>();
  /** Hosts of the shape that may be offered and are not, dirty or not: what lending limits are compared with. */
  #free: number;

  constructor(core: Core, shape: string, hosts: readonly PassHost[], batch: OfferBatch) {
    this.#core = core;
    this.#batch = batch;
    this.#shape = shape;
    const { holdings } = core.ledger;
    this.#presences = new Presences(core, batch.offers, ({ frameworkId, role }) =>
      holdings.hosts(Holdings.key(frameworkId, role, shape)).keys(),
    );
    this.#candidates = hosts.map(({ host, offers }) => ({
      host,
      offers,
      size: host.resources.quantities,
      taken: false,
    }));
    this.#finder = new HostFinder(this.#candidates, this);
    const { least, differ } = leastCharge(hosts.map(({ host }) => host));
    this.#least = least;
    this.#differ = differ;
    this.#free = core.quota.root?.keeps === true ? offerableHosts(core, shape).length : hosts.length;
    lookAgainAtHosts(core, shape, this.#free);
  }

  run(queues: ReadonlyMap<string, WantQueue>): void {
    const core = this.#core;
    const charge: Quantities = averageHost(core.capacity, this.#shape);
    const [all, ofShape] = hostDimensions(this.#shape);
    const tree = new FairTree(
      {
        quota: core.quota,
        fleet: core.capacity.inShares,
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
  }

  /** Serves the first entry of the role that can be; returns how many hosts it got. */
  #serve(queue: WantQueue): number {
    for (let want = queue.next; want !== undefined; want = queue.next) {
      const count = grantSize(want);
      const hosts = hasRoomFor(this.#core, want.frameworkId, count) ? this.#choose(want, count) : null;
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
  #choose(want: Want, count: number): readonly Place[] | null {
    const core = this.#core;
    const kept = hostsKeptFrom(core, want.role, this.#shape);
    if (kept > 0 && this.#free - count < kept) {
      const { keptHosts } = core.allocationMemory;
      const ofShape = keptHosts.get(this.#shape) ?? new Map<string, number>();
      keptHosts.set(this.#shape, ofShape.set(want.role, this.#free - kept));
      core.allocationMemory.noteRefusal(want.key, want.entry.demandId, { kind: 'kept' });
      return null;
    }
    if (!this.#mayHave(want, scale(this.#least, count))) return null;
    const best = this.#bestFit(want, count);
    const chosen = best.length < count && this.#limited.has(want) ? this.#belowLimits(want, count) : best;
    // What was chosen for a while and let go suits others again.
    if (best.length > 0 && (chosen !== best || best.length < count)) this.#finder.forget();
    if (chosen?.length === count) {
      for (const candidate of chosen) candidate.taken = true;
      return chosen;
    }
    if (!this.#limited.has(want)) this.#noteTooFew(want, best.length, count);
    else if (count > 1) this.#note(want, { kind: 'limits', needed: count, isCutShort: this.#looks.left < 0 });
    return null;
  }

  /** The best-fitting hosts, one after the other, that the role may have beside those before: `count` or fewer. */
  #bestFit(want: Want, count: number): readonly HostCandidate[] {
    const use = this.#presences.of(want)?.use ?? null;
    const chosen: HostCandidate[] = [];
    this.#chosenCharge = {};
    while (chosen.length < count) {
      const candidate = this.#finder.find(want, use);
      if (candidate === undefined) break;
      candidate.taken = true;
      this.#presences.count(want, candidate.host.hostId, 1);
      if (this.#differ) this.#chosenCharge = add(this.#chosenCharge, wholeHostCharge(candidate.host));
      chosen.push(candidate);
    }
    for (const candidate of chosen) {
      this.#presences.count(want, candidate.host.hostId, -1);
      candidate.taken = false;
    }
    return chosen;
  }

  /**
   * A group that stays below the limits of the role, where the best-fitting hosts do not: those that take the smallest part
   * of what is left come first. Preferred fault domains do not count then.
   */
  #belowLimits(want: Want, count: number): readonly HostCandidate[] | null {
    if (count === 1) return null; // Each was asked about.
    if (this.#looks.left < 0) return null; // Looking through all candidates once more would be no better.
    const room = this.#roomOf(want.role);
    const suitable = this.#candidates
      .filter((candidate) => this.fits(want, candidate) && !this.#hasDeclined(want, candidate))
      .map((candidate) => ({ candidate, charge: wholeHostCharge(candidate.host) }))
      .map(({ candidate, charge }) => ({ candidate, charge, part: partOf(charge, room) }))
      .filter(({ part }) => part <= 1)
      .sort((a, b) => a.part - b.part || bestFitFirst(a.candidate, b.candidate));
    this.#looks.left -= this.#candidates.length;
    const charges = suitable.map(({ charge }) => charge);
    const indices = firstWithin(charges, count, room, this.#looks);
    return indices === null ? null : indices.flatMap((at) => suitable[at]?.candidate ?? []);
  }

  /** What the role may have below its limits and those above it, in dimensions that have one. */
  #roomOf(role: string): Quantities {
    const room: MutableQuantities = {};
    for (const { dimension, limit, total } of this.#core.roleRooms.of(role).ceilings) {
      const left = Math.max(0, limit - amount(total, dimension));
      room[dimension] = Math.min(room[dimension] ?? left, left);
    }
    return room;
  }

  #mayHave(want: Want, charge: Quantities): boolean {
    const hit = wouldExceedLimit(this.#core, want.role, charge);
    if (hit !== null) this.#core.allocationMemory.noteCeiling(hit.role, hit.dimension, hit.used);
    return hit === null;
  }

  #noteTooFew(want: Want, found: number, needed: number): void {
    this.#note(want, needed === 1 ? NO_HOST : { kind: 'too_few', found, needed });
  }

  #note(want: Want, refusal: Refusal): void {
    this.#core.allocationMemory.noteRefusal(want.key, want.entry.demandId, refusal);
  }

  fits(want: Want, { host, taken }: HostCandidate): boolean {
    return !taken && matchesConstraints(host, want.entry.constraints);
  }

  #hasDeclined(want: Want, { host }: HostCandidate): boolean {
    return want.filtered !== null && this.#core.filters.isSet(want.filtered, host.hostId);
  }

  allows(want: Want, candidate: HostCandidate): boolean {
    if (this.#hasDeclined(want, candidate)) return false;
    const { host } = candidate;
    if (!this.#differ || this.#mayHave(want, add(this.#chosenCharge, wholeHostCharge(host)))) return true;
    this.#limited.add(want);
    return false;
  }

  #offer(want: Want, places: readonly Place[]): void {
    const core = this.#core;
    const groupId = places.length > 1 ? core.nextId('g') : null;
    const terms = { ...termsOf(core, want), groupId, wholeHost: true };
    for (const place of places) {
      this.#free -= 1;
      this.#batch.open(place, terms, place.host.resources);
    }
  }
}

/** The smallest charge in each dimension, and whether any host is charged more than that. */
function leastCharge(hosts: readonly HostRecord[]): { readonly least: Quantities; readonly differ: boolean } {
  const [first] = hosts;
  if (first === undefined) return { least: {}, differ: false };
  const least: MutableQuantities = { ...wholeHostCharge(first) };
  let differ = false;
  for (const host of hosts) {
    const charge = wholeHostCharge(host);
    for (const dimension in charge) differ ||= amount(charge, dimension) !== amount(least, dimension);
    for (const dimension in least) {
      const more = amount(charge, dimension);
      differ ||= more !== amount(least, dimension);
      least[dimension] = Math.min(amount(least, dimension), more);
    }
  }
  return { least, differ };
}
