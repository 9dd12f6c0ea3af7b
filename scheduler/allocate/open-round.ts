/**
 * Deals the rests of shared hosts out to open claims. The tree of roles says which role is next (`quota/fair-tree.ts`);
 * within the role it is the claim with the smallest dominant share of what it has in the role, by framework id at a tie.
 * It gets the rest of the next host that it has not declined and that is large enough: the whole rest, but
 *
 *   - not more than its role may have below limits and without what lending limits keep for others;
 *   - while the role is below its guarantee, not more than it lacks of it, if what is left is of use to others;
 *   - dimensions that neither of these cuts, ports among them, in proportion, so that nothing is stranded on the host;
 *   - GPUs only for claims whose minimum names them: others would strand them by taking the CPUs beside them.
 *
 * A pass looks at each host once per claim at most, and not at all when every claim has declined it: filters are bits
 * (`filters.ts`), and the claims of the round a mask over them.
 */
import type { Core } from '../core.js';
import { dominantShareInto, lineage, type DominantShare } from '../quota/index.js';
import {
  amount,
  countPorts,
  fits,
  NO_QUANTITIES,
  subtractResources,
  takePorts,
  type MutableQuantities,
  type Quantities,
  type Resources,
} from '../resources/index.js';
import type { HostRecord, OfferRecord } from '../state/records.js';
import type { FilterPair } from './filters.js';
import type { KeptFree } from './kept.js';
import { LiveList } from './live-list.js';
import { hasRoom, noteFull, openOffer } from './offer-book.js';
import type { OpenClaim } from './open-claims.js';

/** What a claim without a minimum gets at least, as in Mesos: less runs nothing. */
const USEFUL: Quantities = Object.freeze({ cpusMilli: 10, memoryBytes: 32 * 2 ** 20 });

/** A shared host in a pass. */
export interface SharedRest {
  readonly host: HostRecord;
  /** What is free now; shrinks as offers are cut out of it. */
  free: Resources;
}

/** A claim in the round. */
export interface Asker extends DominantShare {
  readonly claim: OpenClaim;
  readonly minimum: Quantities;
  readonly pair: FilterPair | null;
  /** Where its search goes on: what it passed over it may not have in this round. */
  cursor: number;
}

/** The claims of one role, a heap by share. */
export type AskerHeap = Asker[];

export class OpenRound {
  readonly heaps = new Map<string, AskerHeap>();
  readonly #core: Core;
  readonly #rests: readonly SharedRest[];
  readonly #kept: KeptFree;
  readonly #left: LiveList;
  readonly #offers: OfferRecord[];

  /** @param offers where the offers that are made go */
  constructor(core: Core, rests: readonly SharedRest[], kept: KeptFree, offers: OfferRecord[]) {
    this.#core = core;
    this.#rests = rests;
    this.#kept = kept;
    this.#offers = offers;
    this.#left = new LiveList(rests.length);
    for (const [role, claims] of core.openClaims.byRole) {
      const heap: AskerHeap = [];
      for (const claim of claims.values()) if (canAsk(core, claim)) heap.push(askerOf(core, claim));
      if (heap.length === 0) continue;
      for (let at = (heap.length >> 1) - 1; at >= 0; at -= 1) siftDown(heap, at);
      this.heaps.set(role, heap);
    }
    if (this.heaps.size > 0) this.#strikeDeclinedByAll();
  }

  /** Serves the first claim of the role that can be; returns how many offers it got, 0 when none can. */
  serve(heap: AskerHeap): number {
    for (let asker = heap[0]; asker !== undefined; asker = heap[0]) {
      const at = this.#next(asker);
      const rest = this.#rests[at];
      const part = rest === undefined ? null : this.#partFor(asker, rest.free, heap);
      if (rest === undefined || part === null) {
        removeTop(heap);
        continue;
      }
      this.#offer(asker, rest, part);
      if (part === rest.free || !fits(USEFUL, (rest.free = subtractResources(rest.free, part)).quantities))
        this.#left.strike(at);
      dominantShareInto(asker, asker.claim.use, NO_QUANTITIES, this.#core.capacity.total);
      siftDown(heap, 0);
      return 1;
    }
    return 0;
  }

  /** Hosts that no claim of the round would be offered need no look. */
  #strikeDeclinedByAll(): void {
    const mask: number[] = [];
    for (const heap of this.heaps.values())
      for (const { pair } of heap) {
        if (pair === null) return; // It has declined nothing.
        const word = pair.slot >>> 5;
        mask[word] = (mask[word] ?? 0) | (1 << (pair.slot & 31));
      }
    for (const [at, { host }] of this.#rests.entries()) {
      const bits = this.#core.filters.bits(host.hostId);
      if (bits !== null && coversMask(bits, mask)) this.#left.strike(at);
    }
  }

  /** Index of the next rest that the claim may have and that is large enough, or the number of rests. */
  #next(asker: Asker): number {
    const { pair, minimum } = asker;
    const { filters } = this.#core;
    const end = this.#rests.length;
    let at = this.#left.from(asker.cursor);
    for (; at < end; at = this.#left.from(at + 1)) {
      const rest = this.#rests[at];
      if (rest === undefined) break;
      if (pair !== null && filters.isSet(pair, rest.host.hostId)) continue;
      if (amount(rest.free.quantities, 'gpus') > 0 && amount(minimum, 'gpus') === 0) continue;
      if (fits(minimum, rest.free.quantities)) break;
    }
    asker.cursor = at;
    return at;
  }

  /** What of the rest the claim gets; `free` itself when all of it; null when it gets nothing more in this round. */
  #partFor(asker: Asker, free: Resources, heap: AskerHeap): Resources | null {
    const { claim } = asker;
    if (this.#isAboveCap(claim, free)) {
      noteFull(this.#core, claim.frameworkId);
      return null;
    }
    const below = this.#belowLimits(claim.role, free);
    const part = this.#upToGuarantee(claim.role, below);
    if (part === free || fits(asker.minimum, part.quantities)) return part;
    if (fits(asker.minimum, below.quantities)) return below;
    this.#noteCeilings(claim.role, asker.minimum, free);
    // The role has no room for this claim's minimum; claims that take less come next.
    if (!fits(USEFUL, below.quantities)) heap.length = 1;
    return null;
  }

  #isAboveCap(claim: OpenClaim, free: Resources): boolean {
    const { openOfferShareMaxMilli } = this.#core.options;
    if (openOfferShareMaxMilli === 1000) return false;
    const { total } = this.#core.capacity;
    // Without anything under offer the loop has nothing to look at: one offer is always possible.
    for (const dimension in claim.offered) {
      const after = amount(claim.offered, dimension) + amount(free.quantities, dimension);
      if (after > (amount(total, dimension) / 1000) * openOfferShareMaxMilli) return true;
    }
    return false;
  }

  #belowLimits(role: string, free: Resources): Resources {
    const core = this.#core;
    const room: MutableQuantities = {};
    const narrow = (dimension: string, most: number): void => {
      room[dimension] = Math.min(room[dimension] ?? Infinity, Math.max(0, most));
    };
    for (const path of lineage(role)) {
      const node = core.quota.node(path);
      if (node === undefined) continue;
      for (const dimension in node.ceiling) {
        const has = amount(free.quantities, dimension);
        if (has === 0) continue;
        const most = amount(node.ceiling, dimension) - amount(core.ledger.account(path).total, dimension);
        if (most < has) narrow(dimension, most);
      }
    }
    for (const dimension in free.quantities) {
      const most = this.#kept.room(role, dimension);
      if (most < amount(free.quantities, dimension)) narrow(dimension, most);
    }
    return isNothing(room) ? free : cutTo(free, room);
  }

  #noteCeilings(role: string, minimum: Quantities, free: Resources): void {
    const core = this.#core;
    for (const path of lineage(role)) {
      const ceiling = core.quota.node(path)?.ceiling ?? NO_QUANTITIES;
      const { total } = core.ledger.account(path);
      for (const dimension in ceiling) {
        if (amount(free.quantities, dimension) === 0) continue;
        const used = amount(total, dimension);
        if (used + Math.max(1, amount(minimum, dimension)) > amount(ceiling, dimension))
          core.allocationMemory.noteCeiling(path, dimension, used);
      }
    }
  }

  /** While the role lacks some of its guarantee: no more than that, if what is left then is of use to others. */
  #upToGuarantee(role: string, free: Resources): Resources {
    const core = this.#core;
    const guarantee = core.quota.node(role)?.guarantee ?? NO_QUANTITIES;
    let room: MutableQuantities | null = null;
    const served = core.ledger.served(role);
    for (const dimension in guarantee) {
      const lacks = amount(guarantee, dimension) - amount(served, dimension);
      if (lacks <= 0 || amount(free.quantities, dimension) <= lacks) continue;
      room ??= {};
      room[dimension] = lacks;
    }
    if (room === null) return free;
    const part = cutTo(free, room);
    return fits(USEFUL, subtractResources(free, part).quantities) ? part : free;
  }

  #offer({ claim }: Asker, { host }: SharedRest, resources: Resources): void {
    this.#kept.take(resources.quantities);
    this.#offers.push(
      openOffer(this.#core, {
        hostId: host.hostId,
        frameworkId: claim.frameworkId,
        role: claim.role,
        demandId: '',
        resources,
        wholeHost: false,
        transitionId: null,
        groupId: null,
      }),
    );
  }
}

function canAsk(core: Core, { frameworkId }: OpenClaim): boolean {
  return (
    core.state.frameworks.get(frameworkId)?.tornDown === false &&
    core.state.frameworkPresence.get(frameworkId)?.connected === true &&
    hasRoom(core, frameworkId)
  );
}

function askerOf(core: Core, claim: OpenClaim): Asker {
  const pair = core.filters.pair(claim.frameworkId, claim.role);
  const minimum = isNothing(claim.minimum) ? USEFUL : claim.minimum;
  const asker: Asker = { claim, minimum, pair, cursor: 0, share: 0, borrowed: 0, whole: 1 };
  dominantShareInto(asker, claim.use, NO_QUANTITIES, core.capacity.total);
  return asker;
}

function isNothing(quantities: Quantities): boolean {
  for (const _ in quantities) return false;
  return true;
}

/**
 * At most `room` of the dimensions it names, and of all others the part that the most narrow of these leaves. Ports are
 * rounded up, everything else down: a port more is worth less than one too few.
 */
function cutTo(free: Resources, room: Quantities): Resources {
  let part = 1;
  for (const dimension in room) part = Math.min(part, amount(room, dimension) / amount(free.quantities, dimension));
  const quantities: MutableQuantities = {};
  for (const dimension in free.quantities) {
    const has = amount(free.quantities, dimension);
    const cut = Math.min(has, room[dimension] ?? Math.floor(has * part));
    if (cut > 0) quantities[dimension] = cut;
  }
  return { quantities, ports: takePorts(free.ports, Math.ceil(countPorts(free.ports) * part)) };
}

function coversMask(bits: Uint32Array, mask: readonly number[]): boolean {
  for (const [word, wanted] of mask.entries()) if ((wanted & ~(bits[word] ?? 0)) !== 0) return false;
  return true;
}

export function before(a: Asker, b: Asker): boolean {
  // All claims of a role weigh the same, so equal parts of billions are compared by the exact fraction.
  const order = a.share - b.share || compareFractions(a, b);
  return order === 0 ? a.claim.frameworkId < b.claim.frameworkId : order < 0;
}

function compareFractions(a: DominantShare, b: DominantShare): number {
  if (a.whole === b.whole) return a.borrowed - b.borrowed;
  const left = BigInt(a.borrowed) * BigInt(b.whole);
  const right = BigInt(b.borrowed) * BigInt(a.whole);
  return left < right ? -1 : left > right ? 1 : 0;
}

function removeTop(heap: AskerHeap): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  siftDown(heap, 0);
}

export function siftDown(heap: AskerHeap, from: number): void {
  const moved = heap[from];
  if (moved === undefined) return;
  let at = from;
  for (;;) {
    const left = heap[2 * at + 1];
    if (left === undefined) break;
    const right = heap[2 * at + 2];
    const least = right !== undefined && before(right, left) ? 2 * at + 2 : 2 * at + 1;
    const child = heap[least];
    if (child === undefined || !before(child, moved)) break;
    heap[at] = child;
    at = least;
  }
  heap[at] = moved;
}
