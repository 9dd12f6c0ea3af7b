import { sharedFree } from '../../allocate/kept.js';
import { freeResources, isUsableShared } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import { keptFromOthers, lineage } from '../../quota/index.js';
import {
  addInto,
  amount,
  NO_QUANTITIES,
  scale,
  type MutableQuantities,
  type Quantities,
  type Resources,
} from '../../resources/index.js';

/** Room for units of a role on a host, and what goes for it. */
export interface Planned {
  readonly role: string;
  readonly unit: Resources;
  readonly units: number;
  readonly freed: readonly Resources[];
}

/**
 * What of the free slices a role gets when it asks: lending limits keep some for others, wherever it lies, and the allocator
 * never offers that. What is planned counts as done: what has to go is free, and the room belongs to who is owed it.
 */
export class LendableFree {
  readonly #core: Core;
  /** On all shared hosts, those whose room is being made included; null where nothing is kept for anybody. */
  readonly #free: MutableQuantities | null;
  /** Planned for each role and its subtree. */
  readonly #planned = new Map<string, MutableQuantities>();
  /** How much of a dimension is left for a role, by `<role>|<dimension>`, until more is planned. */
  readonly #left = new Map<string, number>();

  constructor(core: Core) {
    this.#core = core;
    this.#free = core.quota.root?.keeps === true ? { ...sharedFree(core) } : null;
    if (this.#free === null) return;
    for (const { hostId } of core.sliceMemory.reclaims()) {
      const host = core.state.hosts.get(hostId);
      if (host !== undefined && isUsableShared(core, host))
        addInto(this.#free, freeResources(core, hostId).quantities, 1);
    }
  }

  /** What of a host's free resources the role may have. */
  of(role: string, free: Resources): Resources {
    if (this.#free === null) return free;
    const quantities: MutableQuantities = {};
    for (const dimension in free.quantities)
      quantities[dimension] = Math.min(amount(free.quantities, dimension), this.#leftFor(role, dimension));
    return { quantities, ports: free.ports };
  }

  /** `sign` -1 takes it back. */
  plan({ role, unit, units, freed }: Planned, sign: 1 | -1 = 1): void {
    if (this.#free === null) return;
    const room = scale(unit.quantities, units);
    for (const { quantities } of freed) addInto(this.#free, quantities, sign);
    addInto(this.#free, room, sign === 1 ? -1 : 1);
    for (const path of lineage(role)) {
      let planned = this.#planned.get(path);
      if (planned === undefined) this.#planned.set(path, (planned = {}));
      addInto(planned, room, sign);
    }
    this.#left.clear();
  }

  #leftFor(role: string, dimension: string): number {
    const key = `${role}|${dimension}`;
    let left = this.#left.get(key);
    if (left === undefined) {
      const served = (path: string): Quantities => ({
        [dimension]:
          amount(this.#core.ledger.served(path), dimension) +
          amount(this.#planned.get(path) ?? NO_QUANTITIES, dimension),
      });
      const kept = keptFromOthers(this.#core, role, [dimension], served);
      left = kept === 0 ? Infinity : Math.max(0, amount(this.#free ?? NO_QUANTITIES, dimension) - kept);
      this.#left.set(key, left);
    }
    return left;
  }
}
