import type { Ledger } from '../quota/ledger.js';
import { lineage } from '../quota/paths.js';
import type { QuotaTree } from '../quota/quota-tree.js';
import { amount, NO_QUANTITIES, type Quantities } from '../resources/index.js';

/** One limit that the role must stay below: its own or one of those above it. */
export interface Ceiling {
  /** The role whose limit it is. */
  readonly role: string;
  readonly dimension: string;
  readonly limit: number;
  /** What that role is charged; live. */
  readonly total: Quantities;
}

/** Everything that can make an offer to the role smaller than what a host has. */
export interface RoleRoom {
  readonly ceilings: readonly Ceiling[];
  readonly guarantee: Quantities;
}

/**
 * Limits and guarantees of roles in the form in which passes ask for them: thousands of roles that are full must cost a
 * pass next to nothing. Found once per role until any role changes.
 */
export class RoleRooms {
  readonly #quota: QuotaTree;
  readonly #ledger: Ledger;
  readonly #rooms = new Map<string, RoleRoom>();
  #version = -1;

  constructor(quota: QuotaTree, ledger: Ledger) {
    this.#quota = quota;
    this.#ledger = ledger;
  }

  of(role: string): RoleRoom {
    if (this.#version !== this.#quota.version) {
      this.#rooms.clear();
      this.#version = this.#quota.version;
    }
    let room = this.#rooms.get(role);
    if (room === undefined) this.#rooms.set(role, (room = this.#find(role)));
    return room;
  }

  #find(role: string): RoleRoom {
    const ceilings: Ceiling[] = [];
    for (const path of lineage(role)) {
      const { total } = this.#ledger.liveAccount(path);
      for (const [dimension, limit] of Object.entries(this.#quota.node(path)?.ceiling ?? NO_QUANTITIES))
        ceilings.push({ role: path, dimension, limit, total });
    }
    return { ceilings, guarantee: this.#quota.node(role)?.guarantee ?? NO_QUANTITIES };
  }
}

/** The first ceiling that leaves no room for these quantities, or null. */
export function ceilingAgainst(room: RoleRoom, quantities: Quantities): Ceiling | null {
  for (const ceiling of room.ceilings) {
    const needed = amount(quantities, ceiling.dimension);
    if (needed > 0 && amount(ceiling.total, ceiling.dimension) + needed > ceiling.limit) return ceiling;
  }
  return null;
}
