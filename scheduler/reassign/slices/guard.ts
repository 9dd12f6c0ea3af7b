import type { Core } from '../../core.js';
import {
  borrowedShare,
  entitlements,
  isLiveTask,
  isWithin,
  lineage,
  ownPart,
  ROLE_DEPTH_MAX,
  type Entitlements,
} from '../../quota/index.js';
import { add, amount, NO_QUANTITIES, type MutableQuantities, type Quantities } from '../../resources/index.js';

/**
 * I4 for slices: no role on the way from who loses a task up to what it has in common with who gets the room may fall below
 * what exactly it is promised, in any dimension: what roles aside from the way are promised is theirs, although the role above
 * is guaranteed the sum. Hosts that a role is guaranteed protect what it uses of resources, too: using one's own
 * guarantee is never borrowing, in whatever form.
 */
export class SliceGuard {
  readonly #core: Core;
  readonly #owed: Entitlements;
  readonly #protected = new Map<string, Quantities>();
  /** What is taken from roles, in this round or before, and is still charged to them. */
  readonly #taken = new Map<string, Quantities>();
  /** What a role borrows, until something more is taken from it or from one below it. */
  readonly #shares = new Map<string, number>();
  /** What `borrowed` found for roles of one child of the root, by its path, until something more is taken from one of them. */
  readonly #borrowed = new Map<string, Map<string, readonly number[]>>();

  constructor(core: Core) {
    this.#core = core;
    this.#owed = entitlements(core);
  }

  /** Whether the role may lose this much to `to`. */
  allows(role: string, to: string, loses: Quantities): boolean {
    for (const path of lineage(role)) {
      if (isWithin(to, path)) return true;
      const kept = this.#protectedOf(path);
      const has = this.#core.ledger.served(path);
      const taken = this.#taken.get(path) ?? NO_QUANTITIES;
      for (const dimension in kept) {
        const least = amount(kept, dimension);
        if (least === 0 || amount(loses, dimension) === 0) continue;
        if (amount(has, dimension) - amount(taken, dimension) - amount(loses, dimension) < least) return false;
      }
    }
    return true;
  }

  /** Notes a loss; `sign` -1 takes it back. */
  take(role: string, loses: Quantities, sign: 1 | -1 = 1): void {
    for (const path of lineage(role)) {
      this.#taken.set(path, changed(this.#taken.get(path), loses, sign));
      this.#shares.delete(path);
    }
    this.#borrowed.delete(topOf(role));
  }

  /**
   * Dominant shares of what the roles from the top down to this one still borrow, without what was taken from them; filled
   * up with zeros, so that two roles compare as the siblings do in which they part (as in `priorityRank`).
   */
  borrowed(role: string): readonly number[] {
    const top = topOf(role);
    let near = this.#borrowed.get(top);
    if (near === undefined) this.#borrowed.set(top, (near = new Map<string, readonly number[]>()));
    let known = near.get(role);
    if (known === undefined) {
      const shares = Array<number>(ROLE_DEPTH_MAX).fill(0);
      const [, ...path] = [...lineage(role)].reverse();
      for (const [depth, one] of path.entries()) shares[depth] = this.#shareOf(one);
      near.set(role, (known = shares));
    }
    return known;
  }

  #shareOf(path: string): number {
    let known = this.#shares.get(path);
    if (known === undefined) this.#shares.set(path, (known = this.#findShare(path)));
    return known;
  }

  #findShare(path: string): number {
    const { quota, capacity } = this.#core;
    const node = quota.node(path);
    const own = node === undefined ? NO_QUANTITIES : ownPart(node, (below) => this.#left(below));
    return borrowedShare(this.#left(path), own, capacity.inShares);
  }

  #left(path: string): Quantities {
    return changed(this.#core.ledger.served(path), this.#taken.get(path) ?? NO_QUANTITIES, -1);
  }

  /** Notes tasks that were told to go in rounds before: charged until they end, and lost to their roles all the same. */
  takeTasks(taskKeys: readonly string[]): void {
    for (const key of taskKeys) {
      const task = this.#core.state.tasks.get(key);
      if (task !== undefined && isLiveTask(task)) this.take(task.role, task.spec.resources.quantities);
    }
  }

  #protectedOf(path: string): Quantities {
    let known = this.#protected.get(path);
    if (known === undefined) this.#protected.set(path, (known = this.#find(path)));
    return known;
  }

  #find(path: string): Quantities {
    const node = this.#core.quota.node(path);
    if (node === undefined) return NO_QUANTITIES;
    const kept: MutableQuantities = {};
    for (const dimension in node.ownPromised) {
      const byHosts = amount(node.ownPromised, dimension);
      const isByHosts = byHosts > amount(node.promised, dimension);
      kept[dimension] = isByHosts ? byHosts : this.#owed.effectivePromise(path, dimension);
    }
    return kept;
  }
}

/** The child of the root that it is or is below. */
function topOf(role: string): string {
  return lineage(role).at(-2) ?? role;
}

function changed(before: Quantities | undefined, by: Quantities, sign: 1 | -1): Quantities {
  if (sign === 1) return add(before ?? NO_QUANTITIES, by);
  const after: MutableQuantities = { ...before };
  for (const dimension in by) after[dimension] = amount(after, dimension) - amount(by, dimension);
  return after;
}
