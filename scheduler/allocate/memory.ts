import type { ClusterState } from '../state/cluster-state.js';

/** What the allocator remembers between passes; soft, and kept on the core like everything else. */
export class AllocationMemory {
  /** Roles at whose ceiling, or for whose kept share, something was refused in a pass: when their use falls, look again. */
  readonly refusedAt = new Set<string>();
  /** Ledger version at the end of the last pass, to see that something changed since. */
  ledgerVersion = -1;
  /** Last status sent, by demand key; compared as text so that only changes are sent. */
  readonly sentStatuses = new Map<string, string>();
  /** Demands whose standing changed since statuses were last published. */
  readonly touchedDemands = new Set<string>();
  /** When all statuses were last computed. */
  publishedMs = -Infinity;
  /** Declined hosts by (framework, role): `hostId`s that are not offered to the pair. */
  readonly #filtered = new Map<string, Set<string>>();

  constructor(state: ClusterState) {
    const touch = (frameworkId: string | undefined, role: string | undefined): void => {
      if (frameworkId !== undefined && role !== undefined) this.touchedDemands.add(`${frameworkId}|${role}`);
    };
    state.offers.observe((before, after) => touch((after ?? before)?.frameworkId, (after ?? before)?.role));
    state.leases.observe((before, after) => touch((after ?? before)?.frameworkId, (after ?? before)?.role));
    state.transitions.observe((before, after) => {
      const to = (after ?? before)?.to;
      touch(to?.frameworkId, to?.role);
    });
    state.filters.observe((before, after) => {
      const key = after?.key ?? before?.key;
      if (key === undefined || (before !== undefined && after !== undefined)) return;
      const split = key.lastIndexOf('|');
      const pair = key.slice(0, split);
      const hostId = key.slice(split + 1);
      let hosts = this.#filtered.get(pair);
      if (after === undefined) {
        hosts?.delete(hostId);
        if (hosts?.size === 0) this.#filtered.delete(pair);
        return;
      }
      if (hosts === undefined) this.#filtered.set(pair, (hosts = new Set()));
      hosts.add(hostId);
    });
  }

  /** Hosts that the framework declined in the role, or null when there are none; live. */
  filteredHosts(frameworkId: string, role: string): ReadonlySet<string> | null {
    return this.#filtered.get(`${frameworkId}|${role}`) ?? null;
  }
}
