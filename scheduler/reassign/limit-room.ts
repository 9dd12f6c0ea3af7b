import type { Core } from '../core.js';
import {
  firstCeilingHit,
  hostDimensions,
  isWithin,
  keptFromOthers,
  lineage,
  wholeHostCharge,
  type LimitHit,
} from '../quota/index.js';
import { add, type Quantities } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';

/**
 * What limits leave room for in one planning round: what roles are charged now, and what the round has given them so far.
 * A host that changes hands below a role charges that role nothing more.
 */
export class LimitRoom {
  readonly #core: Core;
  readonly #given = new Map<string, Quantities>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** The limit that the host would break for the role, or null. `from`: the role that holds it now; null for a free host. */
  hit(role: string, host: HostRecord, from: string | null): LimitHit | null {
    return firstCeilingHit(
      this.#core,
      role,
      wholeHostCharge(host),
      (path) => this.#withGiven(path, this.#core.ledger.account(path).total),
      from,
    );
  }

  /** How many free hosts of the shape lending limits keep for roles other than this one. */
  keptFrom(role: string, shape: string): number {
    return keptFromOthers(this.#core, role, hostDimensions(shape), (path) =>
      this.#withGiven(path, this.#core.ledger.served(path)),
    );
  }

  #withGiven(path: string, sums: Quantities): Quantities {
    const given = this.#given.get(path);
    return given === undefined ? sums : add(sums, given);
  }

  take(role: string, host: HostRecord, from: string | null): void {
    for (const path of lineage(role)) {
      if (from !== null && isWithin(from, path)) return;
      this.#given.set(path, add(this.#given.get(path) ?? {}, wholeHostCharge(host)));
    }
  }
}
