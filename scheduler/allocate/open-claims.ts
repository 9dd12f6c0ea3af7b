import { isLiveTask } from '../quota/ledger.js';
import { min, NO_QUANTITIES, withoutZeros, type MutableQuantities, type Quantities } from '../resources/index.js';
import { dominantShareInto, type DominantShare } from '../quota/shares.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { OfferRecord, TaskRecord } from '../state/records.js';
import type { Roll } from '../state/roll.js';
import { filterKey, type FilterPair } from './filters.js';
import type { Terms } from './offer-terms.js';

/** What a claim without a minimum gets at least, as in Mesos: less runs nothing. */
export const USEFUL: Quantities = Object.freeze({ cpusMilli: 10, memoryBytes: 32 * 2 ** 20 });

/** Whether a framework can be made open offers now; one for all its claims. */
export interface Taker {
  isPresent: boolean;
  /** Open offers it has, of whatever kind. */
  readonly offers: Roll;
}

/** A framework that takes offers of shared hosts in a role without saying what it wants. Lives until it is suppressed. */
export interface OpenClaim extends DominantShare {
  readonly frameworkId: string;
  readonly role: string;
  /** What every offer to it says, of what anybody may have. */
  readonly terms: Terms;
  /** Its place among the claims of its role by framework id: who goes first at a tie. */
  rank: number;
  /** Names the pair in `OfferFilters`. */
  readonly filterKey: string;
  /** Nothing smaller is offered. */
  readonly minimum: Quantities;
  readonly sinceMs: number;
  /** What its tasks and its offers of shared hosts take in the role: its place among the claims of the role. Live. */
  readonly use: Quantities;
  /** Of `use`, what is under offer. Live. */
  readonly offered: Quantities;
  readonly taker: Readonly<Taker>;
  /** `use` has changed since the last `refreshShare`, which found the dominant share of it. */
  isStale: boolean;
  /** Version of the capacity that the share was taken of. */
  capacityVersion: number;
  /** Rounds in which it declined or let expire what it was offered, since it last accepted something. */
  refusedRounds: number;
  /** When the last of these was. */
  refusedMs: number;
  /** What it declined, as of the last look; null = to be looked for. */
  pair: FilterPair | null;
  /** Where its search for a host goes on in the running round (`open-round.ts`). */
  cursor: number;
}

interface MutableClaim extends OpenClaim {
  readonly use: MutableQuantities;
  readonly offered: MutableQuantities;
  readonly taker: Taker;
}

const NO_CLAIMS: ReadonlyMap<string, OpenClaim> = new Map();

/** All open claims, with what each takes, kept up by observing offers, tasks and who is there. */
export class OpenClaims {
  readonly #state: ClusterState;
  readonly #byFramework = new Map<string, Map<string, MutableClaim>>();
  readonly #byRole = new Map<string, Map<string, MutableClaim>>();
  readonly #takers = new Map<string, Taker>();
  /** Roles whose claims were ranked after the last change of them. */
  readonly #ranked = new Set<string>();
  readonly #least = new Map<string, Quantities>();

  constructor(state: ClusterState) {
    this.#state = state;
    state.offers.observe((before, after) => {
      if (before !== undefined && after !== undefined) return; // Renewed.
      const offer = after ?? before;
      if (offer === undefined) return;
      const claim = offer.wholeHost ? undefined : this.#byRole.get(offer.role)?.get(offer.frameworkId);
      if (claim !== undefined) countOffer(claim, offer, after === undefined ? -1 : 1);
    });
    state.tasks.observe((before, after) => {
      const task = after ?? before;
      if (task === undefined) return;
      const change = Number(isLive(after)) - Number(isLive(before));
      if (change === 0) return;
      const claim = this.#byRole.get(task.role)?.get(task.frameworkId);
      if (claim !== undefined) countTask(claim, task, change === 1 ? 1 : -1);
    });
    state.frameworkPresence.observe((before, after) => {
      this.#look(after?.frameworkId ?? before?.frameworkId ?? '');
    });
    state.frameworks.observe((before, after) => {
      this.#look(after?.frameworkId ?? before?.frameworkId ?? '');
    });
  }

  get(frameworkId: string, role: string): OpenClaim | undefined {
    return this.#byFramework.get(frameworkId)?.get(role);
  }

  /** By role. */
  of(frameworkId: string): ReadonlyMap<string, OpenClaim> {
    return this.#byFramework.get(frameworkId) ?? NO_CLAIMS;
  }

  /** By role, then by framework. */
  get byRole(): ReadonlyMap<string, ReadonlyMap<string, OpenClaim>> {
    return this.#byRole;
  }

  /** The least that any claim of the role takes, in dimensions that all of them name. */
  least(role: string): Quantities {
    this.#rank(role);
    return this.#least.get(role) ?? NO_QUANTITIES;
  }

  /** The role's claims whose frameworks are there and have room for more offers, and those that are there but full. */
  ready(role: string, offersOpenMax: number): { readonly claims: OpenClaim[]; readonly full: readonly OpenClaim[] } {
    const claims: OpenClaim[] = [];
    const full: OpenClaim[] = [];
    this.#rank(role);
    for (const claim of this.#byRole.get(role)?.values() ?? []) {
      if (!claim.taker.isPresent) continue;
      if (claim.taker.offers.count < offersOpenMax) claims.push(claim);
      else full.push(claim);
    }
    return { claims, full };
  }

  /** Makes the claim or makes it anew: what it declined before counts no more. A minimum of nothing means `USEFUL`. */
  put(frameworkId: string, role: string, minimum: Quantities, sinceMs: number): void {
    let taker = this.#takers.get(frameworkId);
    if (taker === undefined) {
      taker = { isPresent: false, offers: this.#state.offersByFramework.roll(frameworkId) };
      this.#takers.set(frameworkId, taker);
    }
    const named = withoutZeros(minimum);
    const claim: MutableClaim = {
      frameworkId,
      role,
      terms: {
        frameworkId,
        role,
        demandId: '',
        wholeHost: false,
        groupId: null,
        transitionId: null,
        reservationId: undefined,
        ofFramework: taker.offers,
      },
      rank: 0,
      filterKey: filterKey(frameworkId, role),
      minimum: isNothing(named) ? USEFUL : named,
      sinceMs,
      use: {},
      offered: {},
      share: 0,
      borrowed: 0,
      whole: 1,
      refusedRounds: 0,
      refusedMs: -Infinity,
      taker,
      isStale: true,
      capacityVersion: -1,
      pair: null,
      cursor: 0,
    };
    for (const key of this.#state.tasksByFramework.get(frameworkId)) {
      const task = this.#state.tasks.get(key);
      if (task?.role === role && isLiveTask(task)) countTask(claim, task, 1);
    }
    for (const offerId of this.#state.offersByFramework.get(frameworkId)) {
      const offer = this.#state.offers.get(offerId);
      if (offer?.role === role && !offer.wholeHost) countOffer(claim, offer, 1);
    }
    within(this.#byFramework, frameworkId).set(role, claim);
    within(this.#byRole, role).set(frameworkId, claim);
    this.#ranked.delete(role);
    this.#look(frameworkId);
  }

  delete(frameworkId: string, role: string): void {
    remove(this.#byFramework, frameworkId, role);
    remove(this.#byRole, role, frameworkId);
    this.#ranked.delete(role);
    this.#least.delete(role);
    if (!this.#byFramework.has(frameworkId)) this.#takers.delete(frameworkId);
  }

  deleteFramework(frameworkId: string): void {
    for (const role of [...this.of(frameworkId).keys()]) this.delete(frameworkId, role);
  }

  #rank(role: string): void {
    if (this.#ranked.has(role)) return;
    const claims = [...(this.#byRole.get(role)?.values() ?? [])];
    claims.sort((a, b) => (a.frameworkId < b.frameworkId ? -1 : 1));
    for (const [rank, claim] of claims.entries()) claim.rank = rank;
    this.#least.set(role, leastOf(claims));
    this.#ranked.add(role);
  }

  #look(frameworkId: string): void {
    const taker = this.#takers.get(frameworkId);
    if (taker === undefined) return;
    taker.isPresent =
      this.#state.frameworks.get(frameworkId)?.tornDown === false &&
      this.#state.frameworkPresence.get(frameworkId)?.connected === true;
  }
}

/** Brings the claim's share of the fleet up to date. */
export function refreshShare(claim: OpenClaim, fleet: Quantities, capacityVersion: number): void {
  if (!claim.isStale && claim.capacityVersion === capacityVersion) return;
  dominantShareInto(claim, claim.use, NO_QUANTITIES, fleet);
  claim.isStale = false;
  claim.capacityVersion = capacityVersion;
}

function countOffer(claim: MutableClaim, offer: OfferRecord, sign: 1 | -1): void {
  const { quantities } = offer.resources;
  const { use, offered } = claim;
  for (const dimension in quantities) {
    const change = sign * (quantities[dimension] ?? 0);
    use[dimension] = (use[dimension] ?? 0) + change;
    offered[dimension] = (offered[dimension] ?? 0) + change;
  }
  claim.isStale = true;
}

function countTask(claim: MutableClaim, task: TaskRecord, sign: 1 | -1): void {
  const { quantities } = task.spec.resources;
  const { use } = claim;
  for (const dimension in quantities) use[dimension] = (use[dimension] ?? 0) + sign * (quantities[dimension] ?? 0);
  claim.isStale = true;
}

function isLive(task: TaskRecord | undefined): boolean {
  return task !== undefined && isLiveTask(task);
}

function leastOf(claims: readonly OpenClaim[]): Quantities {
  const [first, ...others] = claims;
  let least = first?.minimum ?? NO_QUANTITIES;
  for (const { minimum } of others) if (minimum !== least) least = min(least, minimum);
  return least;
}

function isNothing(quantities: Quantities): boolean {
  for (const _ in quantities) return false;
  return true;
}

function within<V>(groups: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let group = groups.get(key);
  if (group === undefined) groups.set(key, (group = new Map<string, V>()));
  return group;
}

function remove<V>(groups: Map<string, Map<string, V>>, key: string, member: string): void {
  const group = groups.get(key);
  group?.delete(member);
  if (group?.size === 0) groups.delete(key);
}
