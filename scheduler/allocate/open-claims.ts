import { isLiveTask } from '../quota/ledger.js';
import { addInto, dropZeros, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { OfferRecord, TaskRecord } from '../state/records.js';

/** A framework that takes offers of shared hosts in a role without saying what it wants. Lives while it is not suppressed. */
export interface OpenClaim {
  readonly frameworkId: string;
  readonly role: string;
  /** Nothing smaller is offered; an absent dimension may be anything. */
  readonly minimum: Quantities;
  readonly sinceMs: number;
  /** What its tasks and its offers of shared hosts take in the role: its place among the claims of the role. Live. */
  readonly use: Quantities;
  /** Of `use`, what is under offer. Live. */
  readonly offered: Quantities;
  /** Rounds in which it declined or let expire what it was offered, since it last accepted something. */
  refusedRounds: number;
  /** When the last of these was. */
  refusedMs: number;
}

interface MutableClaim extends OpenClaim {
  readonly use: MutableQuantities;
  readonly offered: MutableQuantities;
}

const NO_CLAIMS: ReadonlyMap<string, OpenClaim> = new Map();

/** All open claims, with what each takes, kept up by observing offers and tasks. */
export class OpenClaims {
  readonly #state: ClusterState;
  readonly #byFramework = new Map<string, Map<string, MutableClaim>>();
  readonly #byRole = new Map<string, Map<string, MutableClaim>>();

  constructor(state: ClusterState) {
    this.#state = state;
    state.offers.observe((before, after) => {
      const offer = after ?? before;
      if (offer === undefined || offer.wholeHost || (before !== undefined && after !== undefined)) return;
      const claim = this.#byFramework.get(offer.frameworkId)?.get(offer.role);
      if (claim !== undefined) countOffer(claim, offer, after === undefined ? -1 : 1);
    });
    state.tasks.observe((before, after) => {
      const task = after ?? before;
      if (task === undefined) return;
      const change = Number(isLive(after)) - Number(isLive(before));
      if (change === 0) return;
      const claim = this.#byFramework.get(task.frameworkId)?.get(task.role);
      if (claim !== undefined) count(claim.use, task.spec.resources.quantities, change === 1 ? 1 : -1);
    });
  }

  get size(): number {
    let size = 0;
    for (const claims of this.#byFramework.values()) size += claims.size;
    return size;
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

  /** Makes the claim or makes it anew: what it declined before counts no more. */
  put(frameworkId: string, role: string, minimum: Quantities, sinceMs: number): void {
    const claim: MutableClaim = {
      ...{ frameworkId, role, minimum, sinceMs },
      ...{ use: {}, offered: {}, refusedRounds: 0, refusedMs: -Infinity },
    };
    for (const key of this.#state.tasksByFramework.get(frameworkId)) {
      const task = this.#state.tasks.get(key);
      if (task?.role === role && isLiveTask(task)) addInto(claim.use, task.spec.resources.quantities, 1);
    }
    for (const offerId of this.#state.offersByFramework.get(frameworkId)) {
      const offer = this.#state.offers.get(offerId);
      if (offer?.role === role && !offer.wholeHost) countOffer(claim, offer, 1);
    }
    within(this.#byFramework, frameworkId).set(role, claim);
    within(this.#byRole, role).set(frameworkId, claim);
  }

  delete(frameworkId: string, role: string): void {
    remove(this.#byFramework, frameworkId, role);
    remove(this.#byRole, role, frameworkId);
  }

  deleteFramework(frameworkId: string): void {
    for (const role of [...this.of(frameworkId).keys()]) this.delete(frameworkId, role);
  }
}

function countOffer(claim: MutableClaim, offer: OfferRecord, sign: 1 | -1): void {
  count(claim.use, offer.resources.quantities, sign);
  count(claim.offered, offer.resources.quantities, sign);
}

function count(sums: MutableQuantities, quantities: Quantities, sign: 1 | -1): void {
  addInto(sums, quantities, sign);
  if (sign === -1) dropZeros(sums, quantities);
}

function isLive(task: TaskRecord | undefined): boolean {
  return task !== undefined && isLiveTask(task);
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
