/**
 * Which whole hosts a framework has or is about to have, by (framework, role, shape): what the `count` of a demand for
 * hosts is compared with. The ledger keeps it.
 */

/** granted: leased and not on its way out; offered: an open offer; movingIn: a transition brings it. */
export type HoldingKind = 'granted' | 'offered' | 'movingIn';

export interface HoldingCounts {
  readonly granted: number;
  readonly offered: number;
  readonly movingIn: number;
}

const NOTHING: HoldingCounts = Object.freeze({ granted: 0, offered: 0, movingIn: 0 });
const NO_HOSTS: ReadonlyMap<string, HoldingKind> = new Map();

interface Group {
  readonly hosts: Map<string, HoldingKind>;
  granted: number;
  offered: number;
  movingIn: number;
}

export class Holdings {
  readonly #groups = new Map<string, Group>();

  static key(frameworkId: string, role: string, shape: string): string {
    return `${frameworkId}|${role}|${shape}`;
  }

  put(key: string, hostId: string, kind: HoldingKind): void {
    let group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = { hosts: new Map(), granted: 0, offered: 0, movingIn: 0 }));
    group.hosts.set(hostId, kind);
    group[kind] += 1;
  }

  remove(key: string, hostId: string, kind: HoldingKind): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    group[kind] -= 1;
    // A host may be offered and leased to the same holder within one step; the later kind stays.
    if (group.hosts.get(hostId) === kind) group.hosts.delete(hostId);
    if (group.hosts.size === 0) this.#groups.delete(key);
  }

  /** Live counts: read them at once. */
  counts(key: string): HoldingCounts {
    return this.#groups.get(key) ?? NOTHING;
  }

  hosts(key: string): ReadonlyMap<string, HoldingKind> {
    return this.#groups.get(key)?.hosts ?? NO_HOSTS;
  }

  /** Keys of all that have any. */
  keys(): Iterable<string> {
    return this.#groups.keys();
  }
}
