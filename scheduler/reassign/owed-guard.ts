import type { Core } from '../core.js';
import { isWithin, lineage, type Entitlements } from '../quota/index.js';

/**
 * I4 for planned moves: no role on the way from the donor up to what donor and receiver have in common may be left with
 * fewer hosts than min(guarantee, demand), over all shapes and of the shape. Counts only hosts that serve and are in no
 * move: one that is still joining may fail to, and a lost one may be gone for good.
 */
export class OwedGuard {
  readonly #owed: Entitlements;
  /** Hosts kept by `<role>` and `<role>|<shape>`, subtree included; falls as moves are drafted. */
  readonly #kept = new Map<string, number>();

  constructor(core: Core, owed: Entitlements) {
    this.#owed = owed;
    for (const lease of core.state.leases.values()) {
      const host = core.state.hosts.get(lease.hostId);
      if (host === undefined || host.transitionId !== null || lease.phase !== 'serving') continue;
      if (core.state.isLost(host.hostId)) continue;
      for (const role of lineage(lease.role)) this.#change(role, host.shape, 1);
    }
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
      this.#change(role, shape, -1);
    }
  }

  #owedInAll(role: string): number {
    const guaranteed = this.#owed.effectiveGuarantee(role)['hosts'] ?? 0;
    if (guaranteed === 0) return 0;
    return Math.min(
      guaranteed,
      this.#owed.shapes.reduce((sum, shape) => sum + this.#owed.demanded(role, shape), 0),
    );
  }

  #owedOf(role: string, shape: string): number {
    return Math.min(this.#owed.effectiveGuarantee(role)[`hosts/${shape}`] ?? 0, this.#owed.demanded(role, shape));
  }

  #at(key: string): number {
    return this.#kept.get(key) ?? 0;
  }

  #change(role: string, shape: string, by: number): void {
    this.#kept.set(role, this.#at(role) + by);
    this.#kept.set(`${role}|${shape}`, this.#at(`${role}|${shape}`) + by);
  }
}
