import type { Core } from '../core.js';
import { hostDimensions, keptFromOthers } from '../quota/index.js';
import { amount, subtractFloor, type Quantities } from '../resources/index.js';
import { freeOf, markOfferable, offerableHosts } from './offerable.js';

/**
 * What is free on all shared hosts during a pass, dirty ones or not, to be compared with what lending limits keep for roles
 * that do not ask for it now. Counted only where there is a lending limit at all.
 */
export class KeptFree {
  readonly #core: Core;
  #free: Quantities | null;

  constructor(core: Core) {
    this.#core = core;
    this.#free = core.quota.root?.keeps === true ? sharedFree(core) : null;
    if (this.#free === null) core.sharedFree.stop();
  }

  /** Whether anything is kept for anybody. */
  get isAny(): boolean {
    return this.#free !== null;
  }

  /** How much of the dimension the role may take now without touching what is kept for others; Infinity without limits. */
  room(role: string, dimension: string): number {
    if (this.#free === null) return Infinity;
    const kept = keptFromOthers(this.#core, role, [dimension], (path) => this.#core.ledger.served(path));
    return kept === 0 ? Infinity : Math.max(0, amount(this.#free, dimension) - kept);
  }

  /** The role was refused something for want of this dimension: when it has more room, idle hosts are looked at again. */
  noteRefused(role: string, dimension: string): void {
    const room = this.room(role, dimension);
    this.#core.allocationMemory.keptSlices.set(`${role}|${dimension}`, { role, dimension, room });
  }

  /** Whatever gave a role more room need not be the host that suits it, and that one was looked at before. */
  lookAgain(): void {
    const { keptSlices } = this.#core.allocationMemory;
    for (const { role, dimension, room } of keptSlices.values()) {
      if (this.room(role, dimension) <= room) continue;
      // Refusals are noted anew when they happen again, so each change makes at most one more look.
      keptSlices.clear();
      markOfferable(this.#core, 'slices');
      return;
    }
  }

  take(quantities: Quantities): void {
    if (this.#free !== null) this.#free = subtractFloor(this.#free, quantities);
  }
}

/**
 * What is kept follows what is left of guarantees: less of the fleet may leave a role more room, and whatever left is no
 * host that a pass would look at.
 */
export function lookAgainWhereKept(core: Core): void {
  const { keptSlices, keptHosts } = core.allocationMemory;
  if (keptSlices.size > 0) new KeptFree(core).lookAgain();
  for (const shape of [...keptHosts.keys()]) lookAgainAtHosts(core, shape, offerableHosts(core, shape).length);
}

/**
 * Roles that were refused hosts that are kept for others, and have more room now, may want one that was looked at before.
 * @param free hosts of the shape that may be offered
 */
export function lookAgainAtHosts(core: Core, shape: string, free: number): void {
  const { keptHosts } = core.allocationMemory;
  for (const [role, room] of keptHosts.get(shape) ?? []) {
    if (free - hostsKeptFrom(core, role, shape) <= room) continue;
    // Refusals are noted anew when they happen again, so each change makes at most one more look.
    keptHosts.delete(shape);
    markOfferable(core, 'hosts');
    return;
  }
}

/** Hosts of the shape that stay free for others than the role. */
export function hostsKeptFrom(core: Core, role: string, shape: string): number {
  return keptFromOthers(core, role, hostDimensions(shape), (path) => core.ledger.served(path));
}

/** What may be offered of all shared hosts together, dirty ones or not. */
export function sharedFree(core: Core): Quantities {
  // Few, and not all of their changes are changes of records.
  const without = new Set(core.sliceMemory.reclaims().map(({ hostId }) => hostId));
  for (const key of core.state.conditionsByKind.get('OVERCOMMITTED')) {
    const subject = core.state.conditions.get(key)?.subject ?? '';
    without.add(subject);
    for (const hostId of core.state.hostsByName.get(subject)) without.add(hostId);
  }
  return core.sharedFree.now((hostId) => {
    const known = core.passHosts.get(hostId);
    return known?.isReady === true && known.host.mode === 'shared' ? freeOf(core, known).quantities : undefined;
  }, without);
}
