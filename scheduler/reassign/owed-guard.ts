import type { Core } from '../core.js';
import { HOSTS, isWithin, lineage, shapeDimension, type Entitlements } from '../quota/index.js';

/**
 * I4 for planned moves: no role on the way from the donor up to what donor and receiver have in common may be left with
 * fewer hosts than min(guarantee, demand), over all shapes and of the shape. What roles aside from the way are guaranteed
 * is theirs: the donor has no claim to it, although the role above both is guaranteed the sum. Counts only hosts that serve and are in no
 * move: one that is still joining may fail to, and a lost one may be gone for good.
 */
export class OwedGuard {
  readonly #owed: Entitlements;
  /** Hosts kept by `<role>` and `<role>|<shape>`, subtree included; falls as moves are drafted. */
  readonly #kept: Map<string, number>;

  /** @param serving `servingHosts`, where it was counted already */
  constructor(core: Core, owed: Entitlements, serving: ReadonlyMap<string, number> = servingHosts(core)) {
    this.#owed = owed;
    this.#kept = new Map(serving);
  }

  /** How many hosts of the shape may go from one role to the other; 0 or less: none. Infinity within one role. */
  spare(from: string, to: string, shape: string): number {
    let spare = Infinity;
    for (const role of lineage(from)) {
      if (isWithin(to, role)) break;
      spare = Math.min(
        spare,
        this.#at(role) - this.#owedInAll(role),
        this.#at(`${role}|${shape}`) - this.#owedOf(role, shape),
      );
    }
    return spare;
  }

  /** One host was drafted to go. */
  take(from: string, to: string, shape: string): void {
    for (const role of lineage(from)) {
      if (isWithin(to, role)) return;
      change(this.#kept, role, shape, -1);
    }
  }

  #owedInAll(role: string): number {
    const guaranteed = this.#owed.effectivePromise(role, HOSTS);
    if (guaranteed === 0) return 0;
    return Math.min(
      guaranteed,
      this.#owed.shapes.reduce((sum, shape) => sum + this.#owed.demanded(role, shape), 0),
    );
  }

  #owedOf(role: string, shape: string): number {
    return Math.min(this.#owed.effectivePromise(role, shapeDimension(shape)), this.#owed.demanded(role, shape));
  }

  #at(key: string): number {
    return this.#kept.get(key) ?? 0;
  }
}

/** Hosts that serve and are in no move, by `<role>` and `<role>|<shape>`, subtree included. */
export function servingHosts(core: Core): ReadonlyMap<string, number> {
  const serving = new Map<string, number>();
  for (const lease of core.state.leases.values()) {
    const host = core.state.hosts.get(lease.hostId);
    if (host === undefined || host.transitionId !== null || lease.phase !== 'serving') continue;
    if (core.state.servesNobody(host.hostId)) continue;
    for (const role of lineage(lease.role)) change(serving, role, host.shape, 1);
  }
  return serving;
}

function change(hosts: Map<string, number>, role: string, shape: string, by: number): void {
  for (const key of [role, `${role}|${shape}`]) hosts.set(key, (hosts.get(key) ?? 0) + by);
}
