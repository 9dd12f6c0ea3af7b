import type { Core } from '../core.js';
import { keptFromOthers } from '../quota/index.js';
import { add, amount, subtractFloor, type Quantities } from '../resources/index.js';
import { freeResources, isOfferableShared } from './offerable.js';

/**
 * What is free on all shared hosts during a pass, dirty ones or not, to be compared with what lending limits keep for roles
 * that do not ask for it now. Counted only where there is a lending limit at all.
 */
export class KeptFree {
  readonly #core: Core;
  #free: Quantities | null;

  constructor(core: Core) {
    this.#core = core;
    this.#free = core.quota.root?.keeps === true ? freeInAll(core) : null;
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

  take(quantities: Quantities): void {
    if (this.#free !== null) this.#free = subtractFloor(this.#free, quantities);
  }
}

function freeInAll(core: Core): Quantities {
  let free: Quantities = {};
  for (const hostId of core.state.hostsByMode.get('shared')) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined && isOfferableShared(core, host)) free = add(free, freeResources(core, hostId).quantities);
  }
  return free;
}
