import type { DemandEntry, WaitReason } from '../protocol.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { DemandRecord } from '../state/records.js';

/**
 * Why the last pass that looked at an entry could not serve it. kept: what is free is kept for roles that do not lend;
 * too_few: fewer than are wanted at once; limits: each alone would do, but no so many together stay below the limits of the
 * role; distinct: every host with room carries one already; no_host: none suits. Other refusals at a limit are not noted
 * here, because limits can be asked at any time.
 */
export type Refusal =
  | { readonly kind: 'kept' }
  | { readonly kind: 'too_few'; readonly found: number; readonly needed: number }
  | { readonly kind: 'limits'; readonly needed: number; readonly isCutShort: boolean }
  | { readonly kind: 'distinct' }
  | { readonly kind: 'no_host' };

/** Why no state of the fleet could satisfy an entry. */
export interface Impossible {
  readonly unmetReason: Extract<WaitReason, 'NO_MATCH' | 'ROLE_LIMIT'>;
  readonly message: string;
}

/** What statuses are made from and what costs a walk over the fleet; found when first asked for (`status-facts.ts`). */
export interface StatusFacts {
  /** Hosts of the shape that the role is owed. */
  entitled(role: string, shape: string): number;
  impossible(record: DemandRecord, entry: DemandEntry): Impossible | null;
  /** Free hosts of the shape that may be offered and are not. */
  free(shape: string): number;
  /** Free hosts of the shape that are not verified clean. */
  unclean(shape: string): number;
}

/** What the allocator remembers between passes; soft, and kept on the core like everything else. */
export class AllocationMemory {
  /**
   * Ceilings at which something was refused: what the role was charged then, by role and dimension. When it is charged
   * less, idle hosts are looked at again.
   */
  readonly refusedAt = new Map<string, Map<string, number>>();
  /**
   * How much was left for a role, without what lending limits keep for others, when it was refused something for that: of
   * a dimension of shared hosts, by role and dimension. When more is left, idle hosts are looked at again.
   */
  readonly keptSlices = new Map<string, { readonly role: string; readonly dimension: string; readonly room: number }>();
  /** The same of whole hosts, by shape, then by role. */
  readonly keptHosts = new Map<string, Map<string, number>>();
  /** Kinds of hosts of which all are dirty; kept as a word, because many events in a row say the same. */
  readonly lookAtAll = new Set<'hosts' | 'slices'>();
  /** Frameworks that were passed over because they have too many offers open: when they have room, look again. */
  readonly full = new Set<string>();
  /** By demand key and demand id; what a status says without looking at all hosts. */
  readonly refusals = new Map<string, Map<string, Refusal>>();
  /** Facts of the last time all statuses were published; those in between are told from the same ones. */
  facts: StatusFacts | null = null;
  /** Versions of ledger and capacity at the end of the last pass, to see that something changed since. */
  ledgerVersion = -1;
  capacityVersion = -1;
  /** Last status sent, by demand key; compared as text so that only changes are sent. */
  readonly sentStatuses = new Map<string, string>();
  /** Demands whose status was told lately, and when, oldest first: what changes soon after is only noted. */
  readonly toldMs = new Map<string, number>();
  /** Demands of these whose standing changed since. */
  readonly changedSinceTold = new Set<string>();
  /** Demands whose standing changed since statuses were last published. */
  readonly touchedDemands = new Set<string>();
  /** Demands whose holdings changed since the last pass looked at how they are dealt out to entries. */
  readonly redealtDemands = new Set<string>();
  /**
   * The last pass over shared hosts, so that there always is one: the engine throws away the code that it compiled for a
   * class when a collection of garbage finds no object of it, and the next passes would be slow.
   */
  lastSlicePass: object | null = null;
  /** When all statuses were last computed. */
  publishedMs = -Infinity;
  /** Versions of what reasons depend on, as of then (`publish.ts`). */
  publishedVersions = '';

  constructor(state: ClusterState) {
    const touch = (frameworkId: string | undefined, role: string | undefined): void => {
      if (frameworkId === undefined || role === undefined) return;
      const key = `${frameworkId}|${role}`;
      this.touchedDemands.add(key);
      this.redealtDemands.add(key);
    };
    state.offers.observe((before, after) => {
      const offer = after ?? before;
      // Open offers answer no demand.
      if (offer === undefined || (offer.demandId === '' && offer.transitionId === null)) return;
      touch(offer.frameworkId, offer.role);
    });
    state.roles.observe((before, after) => {
      if (before !== undefined && after === undefined) this.#forgetRole(before.path);
    });
    state.leases.observe((before, after) => touch((after ?? before)?.frameworkId, (after ?? before)?.role));
    state.transitions.observe((before, after) => {
      const to = (after ?? before)?.to;
      touch(to?.frameworkId, to?.role);
    });
    state.plans.observe((before, after) => {
      if (before === undefined && after?.status !== 'proposed') return;
      for (const { to } of [...(before?.moves ?? []), ...(after?.moves ?? [])])
        this.touchedDemands.add(`${to.frameworkId}|${to.role}`);
    });
    state.hosts.observe((before, after) => {
      // Its holder lacks a host from now on, and idle ones were looked at when it did not.
      if (before === undefined || before.mode === 'quarantined' || after?.mode !== 'quarantined') return;
      const lease = state.leases.get(after.leaseId ?? '');
      if (lease === undefined) return;
      touch(lease.frameworkId, lease.role);
      this.lookAtAll.add('hosts');
    });
    state.demands.observe((before, after) => {
      if (before !== undefined && after === undefined) {
        this.toldMs.delete(before.key);
        this.changedSinceTold.delete(before.key);
      }
      if (before !== undefined && before.entries !== after?.entries) this.refusals.delete(before.key);
    });
  }

  #forgetRole(role: string): void {
    this.refusedAt.delete(role);
    for (const [key, kept] of this.keptSlices) if (kept.role === role) this.keptSlices.delete(key);
    for (const [shape, ofShape] of this.keptHosts)
      if (ofShape.delete(role) && ofShape.size === 0) this.keptHosts.delete(shape);
  }

  noteCeiling(role: string, dimension: string, used: number): void {
    let ofRole = this.refusedAt.get(role);
    if (ofRole === undefined) {
      ofRole = new Map<string, number>();
      this.refusedAt.set(role, ofRole);
    }
    ofRole.set(dimension, used);
  }

  noteRefusal(key: string, demandId: string, refusal: Refusal | null): void {
    let ofDemand = this.refusals.get(key);
    if (refusal === null) {
      ofDemand?.delete(demandId);
      return;
    }
    if (ofDemand === undefined) {
      ofDemand = new Map<string, Refusal>();
      this.refusals.set(key, ofDemand);
    }
    ofDemand.set(demandId, refusal);
  }
}
