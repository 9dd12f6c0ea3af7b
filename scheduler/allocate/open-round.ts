/**
 * Deals the rests of shared hosts out to open claims. The tree of roles says which role is next (`quota/fair-tree.ts`);
 * within the role it is the claim with the smallest dominant share of what it has in the role, by framework id at a tie.
 * It gets the rest of the next host that it has not declined and that is large enough: the whole rest, but
 *
 *   - not more than its role may have below limits and without what lending limits keep for others;
 *   - while the role is below its guarantee, not more than it lacks of it, if what is left is of use to others;
 *   - dimensions that neither of these cuts, ports among them, in proportion, so that nothing is stranded on the host, but
 *     as much of them as it takes at least; what there is no room for at all is left out and cuts nothing else;
 *   - GPUs only for claims whose minimum names them: others would strand them by taking the CPUs beside them.
 *
 * A rest that is too large for the cap on what is under open offer is passed over, a smaller one may come. A claim whose
 * minimum has no room leaves the round. A pass looks at each host once per claim at most, and not at all when every claim has declined it: filters are bits
 * (`filters.ts`), and the claims of the round a mask over them.
 */
import type { Core } from '../core.js';
import { heapify, siftDown, takeFirst } from '../heap.js';
import { compareWeighted } from '../quota/index.js';
import {
  amount,
  countPorts,
  EMPTY,
  fits,
  floorToUnit,
  hasGpus,
  isZero,
  min,
  NO_QUANTITIES,
  subtractResources,
  takePorts,
  type MutableQuantities,
  type Quantities,
  type Resources,
} from '../resources/index.js';
import type { HostFilters } from './filters.js';
import type { KeptFree } from './kept.js';
import { LiveList } from './live-list.js';
import { noteFull, type OfferBatch } from './offer-book.js';
import type { Place } from './offer-terms.js';
import { refreshShare, USEFUL, type OpenClaim } from './open-claims.js';
import { ceilingAgainst, type RoleRoom } from './role-rooms.js';

/** A shared host in a pass. */
export interface SharedRest extends Place {
  /** Who declined it. */
  readonly filters: HostFilters | null;
  /** What is free now; shrinks as offers are cut out of it. */
  free: Resources;
}

/** The claims of one role that can be served, a heap by share. */
export interface ClaimHeap {
  readonly role: string;
  readonly room: RoleRoom;
  readonly claims: OpenClaim[];
  /** Whether a limit, a guarantee or a lending limit can make an offer smaller than the rest. */
  readonly isCut: boolean;
}

export class OpenRound {
  readonly heaps = new Map<string, ClaimHeap>();
  readonly #core: Core;
  readonly #rests: readonly SharedRest[];
  readonly #kept: KeptFree;
  readonly #left: LiveList;
  /** Nobody in the round takes less: what is left of a host below it is done with. */
  #least: Quantities = NO_QUANTITIES;
  readonly #batch: OfferBatch;

  /**
   * @param isKeptFor whether something is reserved for the role: it may have that however full it is
   * @param batch where the offers are opened
   */
  constructor(
    core: Core,
    rests: readonly SharedRest[],
    kept: KeptFree,
    isKeptFor: (role: string) => boolean,
    batch: OfferBatch,
  ) {
    this.#core = core;
    this.#rests = rests;
    this.#kept = kept;
    this.#batch = batch;
    this.#left = new LiveList(rests.length);
    for (const role of core.openClaims.byRole.keys()) {
      const room = core.roleRooms.of(role);
      if (room.ceilings.length > 0 && this.#isFull(role, room) && !isKeptFor(role)) continue;
      const { claims, full } = core.openClaims.ready(role, core.options.offersOpenMax);
      for (const { frameworkId } of full) noteFull(core, frameworkId);
      if (claims.length === 0) continue;
      for (const claim of claims) {
        if (claim.pair?.isLive !== true) claim.pair = core.filters.pairOf(claim.filterKey);
        claim.cursor = 0;
        refreshShare(claim, core.capacity.inShares, core.capacity.version);
      }
      heapify(claims, before);
      const isCut = kept.isAny || room.ceilings.length > 0 || !isZero(room.guarantee);
      this.heaps.set(role, { role, room, claims, isCut });
    }
    if (this.heaps.size === 0) return;
    this.#least = leastOf([...this.heaps.keys()].map((role) => core.openClaims.least(role)));
    this.#strikeDeclinedByAll();
  }

  /** Serves the first claim of the role that can be; returns how many offers it got, 0 when none can. */
  serve(heap: ClaimHeap): number {
    const { claims } = heap;
    for (let claim = claims[0]; claim !== undefined; claim = claims[0]) {
      const at = this.#mayHaveMore(claim) ? this.#next(claim) : this.#rests.length;
      const rest = this.#rests[at];
      const part = rest === undefined ? null : this.#partFor(claim, rest.free, heap);
      if (rest === undefined || part === null) {
        takeFirst(claims, before);
        continue;
      }
      if (this.#isAboveCap(claim, part.quantities)) {
        noteFull(this.#core, claim.frameworkId);
        claim.cursor += 1; // A smaller one may come.
        continue;
      }
      this.#kept.take(part.quantities);
      this.#batch.open(rest, claim.terms, part);
      // Demand that comes later in the pass must not find what is given here.
      const isAll = part === rest.free;
      const hadGpus = hasGpus(rest.free.quantities);
      rest.free = isAll ? EMPTY : subtractResources(rest.free, part);
      // Without its last GPU what is left is for claims that were passed over for it: in the next pass.
      if (!isAll && hadGpus && !hasGpus(rest.free.quantities)) this.#core.markDirty(rest.host.hostId);
      if (isAll || !fits(this.#least, rest.free.quantities)) this.#left.strike(at);
      refreshShare(claim, this.#core.capacity.inShares, this.#core.capacity.version);
      siftDown(claims, 0, before);
      return 1;
    }
    return 0;
  }

  /** Whether the role has no room for the smallest minimum among its claims. */
  #isFull(role: string, room: RoleRoom): boolean {
    const hit = ceilingAgainst(room, this.#core.openClaims.least(role));
    if (hit !== null)
      this.#core.allocationMemory.noteCeiling(hit.role, hit.dimension, amount(hit.total, hit.dimension));
    return hit !== null;
  }

  /** Hosts that no claim of the round would be offered need no look. */
  #strikeDeclinedByAll(): void {
    const mask: number[] = [];
    let askers = 0;
    for (const { claims } of this.heaps.values())
      for (const { pair } of claims) {
        if (pair === null) return; // It has declined nothing.
        const word = pair.slot >>> 5;
        mask[word] = (mask[word] ?? 0) | (1 << (pair.slot & 31));
        askers += 1;
      }
    for (let at = 0; at < this.#rests.length; at += 1) {
      const filters = this.#rests[at]?.filters ?? null;
      if (filters !== null && filters.count >= askers && this.#core.filters.declinedByAll(filters, mask))
        this.#left.strike(at);
    }
  }

  /** Index of the next rest that the claim may have and that is large enough, or the number of rests. */
  #next(claim: OpenClaim): number {
    const { pair, minimum } = claim;
    const { filters } = this.#core;
    const end = this.#rests.length;
    let at = this.#left.from(claim.cursor);
    for (; at < end; at = this.#left.from(at + 1)) {
      const rest = this.#rests[at];
      if (rest === undefined) break;
      if (pair !== null && rest.filters !== null && filters.declined(rest.filters, pair)) continue;
      const { quantities } = rest.free;
      if (!fits(minimum, quantities)) {
        // Less than any claim takes, as on hosts under offer: a thousand claims need not each find out.
        if (minimum === this.#least || !fits(this.#least, quantities)) this.#left.strike(at);
      } else if (!hasGpus(quantities) || hasGpus(minimum)) break;
    }
    claim.cursor = at;
    return at;
  }

  /**
   * What of the rest the claim gets; `free` itself when all of it; null when it gets nothing more in this round: whatever
   * rest would come, the role's room below limits, and without what is kept for others, is less than the claim takes at
   * least, and in a round it only shrinks.
   */
  #partFor(claim: OpenClaim, free: Resources, heap: ClaimHeap): Resources | null {
    if (!heap.isCut) return free;
    const below = this.#belowLimits(heap, free, claim.minimum);
    const part = this.#upToGuarantee(heap, below, claim.minimum);
    if (part === free || fits(claim.minimum, part.quantities)) return part;
    if (fits(claim.minimum, below.quantities)) return below;
    this.#noteCeilings(heap.room, claim.minimum, free);
    if (this.#kept.isAny)
      for (const dimension in free.quantities)
        if (this.#kept.room(heap.role, dimension) < amount(free.quantities, dimension))
          this.#kept.noteRefused(heap.role, dimension);
    // The role has no room for this claim's minimum; claims that take less, or something else, come next.
    if (!this.#hasUsefulRoom(heap)) heap.claims.length = 1;
    return null;
  }

  /** Whether its framework may have another offer, and the claim at least as much as it takes under offer. */
  #mayHaveMore(claim: OpenClaim): boolean {
    if (claim.taker.offers.count < this.#core.options.offersOpenMax && !this.#isAboveCap(claim, claim.minimum))
      return true;
    noteFull(this.#core, claim.frameworkId);
    return false;
  }

  #isAboveCap(claim: OpenClaim, part: Quantities): boolean {
    const { openOfferShareMaxMilli } = this.#core.options;
    if (openOfferShareMaxMilli === 1000) return false;
    const { total } = this.#core.capacity;
    for (const dimension in claim.offered) {
      const offered = amount(claim.offered, dimension);
      // Without anything under offer one is always possible.
      if (offered === 0) continue;
      const after = offered + amount(part, dimension);
      if (after > (amount(total, dimension) / 1000) * openOfferShareMaxMilli) return true;
    }
    return false;
  }

  /** Whether limits and what is kept for others leave the role anything that is of use to any of its claims. */
  #hasUsefulRoom({ role, room }: ClaimHeap): boolean {
    const least = this.#core.openClaims.least(role);
    if (ceilingAgainst(room, least) !== null) return false;
    if (this.#kept.isAny)
      for (const dimension in least) if (this.#kept.room(role, dimension) < amount(least, dimension)) return false;
    return true;
  }

  #belowLimits({ role, room: { ceilings } }: ClaimHeap, free: Resources, minimum: Quantities): Resources {
    const { quantities } = free;
    let room: MutableQuantities | null = null;
    for (const { dimension, limit, total } of ceilings) {
      const has = amount(quantities, dimension);
      const most = Math.max(0, limit - amount(total, dimension));
      if (most >= has) continue;
      room ??= {};
      room[dimension] = Math.min(room[dimension] ?? Infinity, most);
    }
    if (this.#kept.isAny)
      for (const dimension in quantities) {
        const most = this.#kept.room(role, dimension);
        if (most >= amount(quantities, dimension)) continue;
        room ??= {};
        room[dimension] = Math.min(room[dimension] ?? Infinity, most);
      }
    return room === null ? free : cutTo(free, room, minimum);
  }

  #noteCeilings({ ceilings }: RoleRoom, minimum: Quantities, free: Resources): void {
    for (const { role, dimension, limit, total } of ceilings) {
      if (amount(free.quantities, dimension) === 0) continue;
      const used = amount(total, dimension);
      if (used + Math.max(1, amount(minimum, dimension)) > limit)
        this.#core.allocationMemory.noteCeiling(role, dimension, used);
    }
  }

  /** While the role lacks some of its guarantee: no more than that, if what is left then is of use to others. */
  #upToGuarantee({ role, room: { guarantee } }: ClaimHeap, free: Resources, minimum: Quantities): Resources {
    let room: MutableQuantities | null = null;
    for (const dimension in guarantee) {
      const lacks = amount(guarantee, dimension) - amount(this.#core.ledger.served(role), dimension);
      if (lacks <= 0 || amount(free.quantities, dimension) <= lacks) continue;
      room ??= {};
      room[dimension] = lacks;
    }
    if (room === null) return free;
    const part = cutTo(free, room, minimum);
    return fits(USEFUL, subtractResources(free, part).quantities) ? part : free;
  }
}

/** The smaller of all in each dimension that all of them name. */
function leastOf(minima: readonly Quantities[]): Quantities {
  return minima.reduce((least, minimum) => (minimum === least ? least : min(least, minimum)));
}

/**
 * At most `room` of the dimensions it names, and of all others the part that the most narrow of these leaves, but as much as
 * the claim takes at least. What there is no room for at all is left out and does not count: it would leave nothing of
 * anything, also for who needs none of it. Ports are rounded up, everything else down: a port more is worth less than one
 * too few.
 */
function cutTo(free: Resources, room: Quantities, minimum: Quantities): Resources {
  let part = 1;
  for (const dimension in room) {
    const most = floorToUnit(dimension, amount(room, dimension));
    if (most > 0) part = Math.min(part, most / amount(free.quantities, dimension));
  }
  const quantities: MutableQuantities = {};
  for (const dimension in free.quantities) {
    const has = amount(free.quantities, dimension);
    const cut = room[dimension] ?? Math.max(Math.floor(has * part), amount(minimum, dimension));
    const whole = floorToUnit(dimension, Math.min(has, cut));
    if (whole > 0) quantities[dimension] = whole;
  }
  return { quantities, ports: takePorts(free.ports, Math.ceil(countPorts(free.ports) * part)) };
}

export function before(a: OpenClaim, b: OpenClaim): boolean {
  const order = compareWeighted(a, 1, b, 1);
  return order === 0 ? a.rank < b.rank : order < 0;
}
