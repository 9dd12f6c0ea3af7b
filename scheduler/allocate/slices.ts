/**
 * Gives out slices of shared hosts: the same order of roles and entries as for whole hosts, one unit of a demand at a
 * time, each unit an offer of exactly what the demand asks for. A host can carry several offers, and a framework get
 * several, in one pass; fairness is kept from unit to unit. Because an offer never holds more than was asked for, no
 * ports and no GPUs are stranded in it: a demand that names n ports gets n of the free ones (`cutForDemand`), one that
 * names none gets none, and hosts with free GPUs come last for who asks for none.
 */
import type { Core } from '../core.js';
import { FairTree, isLiveTask, wouldExceedLimit } from '../quota/index.js';
import { matchesConstraints } from '../state/constraints.js';
import { amount, coversDemand, cutForDemand, EMPTY, hasGpus, scale, subtractResources } from '../resources/index.js';
import type { Resources } from '../resources/index.js';
import { HostFinder, type Candidate, type Suitability } from './host-finder.js';
import { KeptFree } from './kept.js';
import type { Refusal } from './memory.js';
import { hasRoomFor, type OfferBatch } from './offer-book.js';
import { lookAtShared, mayOfferSlices } from './offerable.js';
import { OpenRound, type ClaimHeap, type SharedRest } from './open-round.js';
import type { PassHost } from './pass-hosts.js';
import { Presences } from './presence.js';
import { filterRole } from './reservations.js';
import { ReservedRound } from './reserved-round.js';
import { collectWants, grantSize, termsOf, type Want, type WantQueue } from './wants.js';

/**
 * @param dirty shared hosts that may be offered and changed since they were looked at
 * @param batch where the offers are opened
 */
export function allocateSlices(core: Core, dirty: readonly PassHost[], batch: OfferBatch): void {
  const queues = collectWants(core, core.demandIndex.forSlices(), (entry) => entry.want.kind === 'slices');
  if (queues.size === 0 && core.openClaims.byRole.size === 0) return;
  const hosts = needsAllHosts(queues) ? offerableShared(core) : dirty;
  const pass = new SlicePass(core, hosts, batch);
  core.allocationMemory.lastSlicePass = pass;
  pass.run(queues);
}

function needsAllHosts(queues: ReadonlyMap<string, WantQueue>): boolean {
  for (const queue of queues.values()) if (queue.wants.some((want) => grantSize(want) > 1)) return true;
  return false;
}

function offerableShared(core: Core): readonly PassHost[] {
  const hosts: PassHost[] = [];
  for (const hostId of core.state.hostsByMode.get('shared')) {
    const host = core.passHosts.get(hostId);
    if (host !== undefined && mayOfferSlices(core, host)) hosts.push(host);
  }
  return hosts;
}

const NO_HOST: Refusal = { kind: 'no_host' };

interface SharedCandidate extends Candidate, SharedRest {
  /** What it is kept for: part of a host that only one role may have. Absent: what anybody may have. */
  readonly reservationId?: string;
}

/** What a role wants of shared hosts: stated demand is served first, then open claims. */
interface SliceLeaf {
  readonly wants: WantQueue | null;
  readonly claims: ClaimHeap | null;
}

class SlicePass implements Suitability<SharedCandidate> {
  readonly #core: Core;
  readonly #finder: HostFinder<SharedCandidate>;
  readonly #kept: KeptFree;
  readonly #open: OpenRound;
  /** Null where nothing is reserved at all. */
  readonly #reserved: ReservedRound | null;
  readonly #batch: OfferBatch;
  readonly #presences: Presences;
  /** Where the framework is that is served now; null when its entry does not care. */
  #places: ReadonlyMap<string, number> | null = null;
  /** Wants that a host was kept from only because it carries one of theirs already. */
  readonly #blocked = new Set<Want>();
  #tree: FairTree<SliceLeaf> | null = null;

  constructor(core: Core, candidates: readonly PassHost[], batch: OfferBatch) {
    this.#core = core;
    this.#batch = batch;
    this.#presences = new Presences(core, batch.offers, (want) => hostsOf(core, want));
    this.#kept = new KeptFree(core);
    this.#kept.lookAgain();
    for (const candidate of candidates) lookAtShared(core, candidate);
    this.#finder = new HostFinder(candidates, this);
    this.#reserved = core.state.reservations.size === 0 ? null : new ReservedRound(core, candidates, this, batch);
    const isKeptFor = (role: string): boolean => this.#reserved?.finder(role) !== undefined;
    this.#open = new OpenRound(core, candidates, this.#kept, isKeptFor, batch);
  }

  run(queues: ReadonlyMap<string, WantQueue>): void {
    const core = this.#core;
    const leaves = new Map<string, SliceLeaf>();
    for (const [role, wants] of queues) leaves.set(role, { wants, claims: this.#open.heaps.get(role) ?? null });
    for (const [role, claims] of this.#open.heaps) if (!leaves.has(role)) leaves.set(role, { wants: null, claims });
    this.#tree = new FairTree(
      {
        quota: core.quota,
        fleet: core.capacity.inShares,
        counts: (dimension) => amount(core.capacity.total, dimension) > 0,
        use: {
          total: (role) => core.ledger.served(role),
          own: (role) => core.ledger.ownServed(role),
          held: () => 0,
        },
      },
      leaves,
    );
    this.#tree.run(({ wants, claims }) => {
      const served = wants === null ? 0 : this.#serve(wants);
      if (served > 0 || claims === null) return served;
      const fromReserved = this.#reserved?.serve(claims) ?? 0;
      return fromReserved > 0 ? fromReserved : this.#open.serve(claims);
    });
  }

  #serve(queue: WantQueue): number {
    for (let want = queue.next; want !== undefined; want = queue.next) {
      const count = grantSize(want);
      const isHopeless = this.#isHopeless(want, count) || !hasRoomFor(this.#core, want.frameworkId, count);
      const chosen = isHopeless ? null : this.#choose(want, count);
      if (chosen === null) {
        queue.drop();
        continue;
      }
      this.#offer(want, chosen);
      queue.granted(count);
      return count;
    }
    return 0;
  }

  /** Nothing is left that fits: neither limits nor filters need be asked. Groups say how many were found (`#choose`). */
  #isHopeless(want: Want, count: number): boolean {
    if (count > 1 || this.#reserved?.finder(want.role) !== undefined || !this.#finder.isExhausted(want)) return false;
    this.#noteTooFew(want, 0, count);
    return true;
  }

  /** Limits, and what lending limits keep for other roles. */
  #mayHave(want: Want, count: number): boolean {
    const core = this.#core;
    const charge = scale(wantedOf(want).quantities, count);
    const hit = wouldExceedLimit(core, want.role, charge);
    if (hit !== null) {
      core.allocationMemory.noteCeiling(hit.role, hit.dimension, hit.used);
      return false;
    }
    for (const dimension in charge) {
      if (amount(charge, dimension) <= this.#kept.room(want.role, dimension)) continue;
      core.allocationMemory.noteRefusal(want.key, want.entry.demandId, { kind: 'kept' });
      this.#kept.noteRefused(want.role, dimension);
      return false;
    }
    return true;
  }

  /**
   * Cuts `count` units out of hosts that suit, first out of what is reserved for the role, which costs it nothing; null,
   * and nothing is cut, when there are fewer or the role may not have them.
   */
  #choose(want: Want, count: number): readonly Cut[] | null {
    const cuts: Cut[] = [];
    const reserved = this.#reserved?.finder(want.role);
    if (reserved !== undefined) this.#cut(want, count, reserved, cuts);
    const lacks = count - cuts.length;
    if (lacks > 0 && this.#mayHave(want, lacks)) {
      this.#cut(want, count, this.#finder, cuts);
      if (cuts.length < count) this.#noteTooFew(want, cuts.length, count);
    }
    for (const { candidate } of cuts) this.#presences.count(want, candidate.host.hostId, -1);
    if (cuts.length === count) return cuts;
    for (const cut of cuts.reverse()) cut.candidate.free = cut.before;
    if (cuts.length > 0) {
      this.#finder.forget();
      reserved?.forget();
    }
    return null;
  }

  /** Adds units to `cuts` until there are `count` or none suits. */
  #cut(want: Want, count: number, finder: HostFinder<SharedCandidate>, cuts: Cut[]): void {
    const wanted = wantedOf(want);
    const presence = this.#presences.of(want);
    this.#places = presence?.hosts ?? null;
    while (cuts.length < count) {
      const candidate = finder.find(want, presence?.use ?? null);
      if (candidate === undefined) break;
      const resources = cutForDemand(wanted, candidate.free);
      cuts.push({ candidate, resources, before: candidate.free });
      candidate.free = subtractResources(candidate.free, resources);
      this.#presences.count(want, candidate.host.hostId, 1);
    }
  }

  fits(want: Want, { host, free }: SharedCandidate): boolean {
    return coversDemand(wantedOf(want), free) && matchesConstraints(host, want.entry.constraints);
  }

  allows(want: Want, { host, reservationId }: SharedCandidate): boolean {
    const { filters } = this.#core;
    if (reservationId !== undefined) {
      if (filters.blocks(want.frameworkId, filterRole(want.role, true), host.hostId)) return false;
    } else if (want.filtered !== null && filters.isSet(want.filtered, host.hostId)) return false;
    if (!isDistinct(want) || (this.#places?.get(host.hostId) ?? 0) === 0) return true;
    this.#blocked.add(want);
    return false;
  }

  #noteTooFew(want: Want, found: number, needed: number): void {
    let refusal: Refusal = needed === 1 ? NO_HOST : { kind: 'too_few', found, needed };
    if (this.#blocked.has(want)) refusal = { kind: 'distinct' };
    this.#core.allocationMemory.noteRefusal(want.key, want.entry.demandId, refusal);
  }

  #offer(want: Want, cuts: readonly Cut[]): void {
    const core = this.#core;
    const groupId = cuts.length > 1 ? core.nextId('g') : null;
    const terms = { ...termsOf(core, want), groupId, wholeHost: false };
    for (const { candidate, resources, before } of cuts) {
      const { host, reservationId } = candidate;
      // Without its last GPU the rest is for claims that were passed over for it: in the next pass.
      const isLastGpu = hasGpus(before.quantities) && !hasGpus(candidate.free.quantities);
      if (isLastGpu && this.#open.heaps.size > 0) core.markDirty(host.hostId);
      if (reservationId === undefined) this.#kept.take(resources.quantities);
      this.#batch.open(candidate, reservationId === undefined ? terms : { ...terms, reservationId }, resources);
    }
  }
}

interface Cut {
  readonly candidate: SharedCandidate;
  readonly resources: Resources;
  /** What was free before. */
  readonly before: Resources;
}

function wantedOf(want: Want): Resources {
  return want.entry.want.kind === 'slices' ? want.entry.want.resources : EMPTY;
}

function isDistinct(want: Want): boolean {
  return want.entry.placement.some(({ kind }) => kind === 'distinct_hosts');
}

/**
 * One host id per live task or open slice offer of the framework in the role. Tasks do not name the demand they came
 * from, so a framework that spreads two kinds of tasks apart does so in two roles.
 */
function hostsOf(core: Core, want: Want): readonly string[] {
  const hosts: string[] = [];
  for (const key of core.state.tasksByFramework.get(want.frameworkId)) {
    const task = core.state.tasks.get(key);
    if (task?.role === want.role && isLiveTask(task)) hosts.push(task.hostId);
  }
  for (const offerId of core.state.offersByFramework.get(want.frameworkId)) {
    const offer = core.state.offers.get(offerId);
    if (offer?.role === want.role && !offer.wholeHost) hosts.push(offer.hostId);
  }
  return hosts;
}
