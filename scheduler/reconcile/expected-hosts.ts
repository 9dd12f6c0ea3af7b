import { countBefore } from '../sorted.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { HostRecord } from '../state/records.js';

/**
 * Whether the host's agent is expected to be there: the host is of the fleet, was not lost already, and was not emptied so
 * that it can be switched off. Only such hosts are waited for after a start, and only their silence can be a mass failure.
 */
export function isExpected(state: ClusterState, host: HostRecord): boolean {
  return (
    host.mode !== 'unclaimed' && host.lostSinceMs === undefined && state.drains.get(host.hostId)?.phase !== 'drained'
  );
}

/**
 * How many hosts are expected to be there, and since when those are silent that are not and are not lost yet. Follows the
 * records by itself, so that a host that is lost costs no walk over the fleet.
 */
export class ExpectedHosts {
  readonly #state: ClusterState;
  /** Every expected host: when it was last heard of while it is silent, null while it is there. */
  readonly #silentSinceMs = new Map<string, number | null>();
  /** The times among these, ascending. Hosts fall silent as time passes, so nearly all are added at the end. */
  readonly #timesMs: number[] = [];

  constructor(state: ClusterState) {
    this.#state = state;
    state.hosts.observe((before, after) => {
      if (before?.mode === after?.mode && before?.lostSinceMs === after?.lostSinceMs) return;
      this.#look(after?.hostId ?? before?.hostId ?? '');
    });
    state.drains.observe((before, after) => {
      if (before?.phase !== after?.phase) this.#look(after?.hostId ?? before?.hostId ?? '');
    });
    state.hostPresence.observe((before, after) => {
      this.#look(after?.hostId ?? before?.hostId ?? '');
    });
  }

  get size(): number {
    return this.#silentSinceMs.size;
  }

  /** How many are silent and were last heard of within these times, both included. */
  silentBetween(firstMs: number, lastMs: number): number {
    return countBefore(this.#timesMs, (ms) => ms <= lastMs) - countBefore(this.#timesMs, (ms) => ms < firstMs);
  }

  /** Which these are; looks at every expected host. */
  namesBetween(firstMs: number, lastMs: number): readonly string[] {
    const hostIds: string[] = [];
    for (const [hostId, sinceMs] of this.#silentSinceMs)
      if (sinceMs !== null && sinceMs >= firstMs && sinceMs <= lastMs) hostIds.push(hostId);
    return hostIds;
  }

  #look(hostId: string): void {
    const host = this.#state.hosts.get(hostId);
    const before = this.#silentSinceMs.get(hostId);
    const after = host === undefined || !isExpected(this.#state, host) ? undefined : this.#silenceOf(hostId);
    if (after === undefined) this.#silentSinceMs.delete(hostId);
    else this.#silentSinceMs.set(hostId, after);
    if (before === after) return;
    if (typeof before === 'number')
      this.#timesMs.splice(
        countBefore(this.#timesMs, (ms) => ms < before),
        1,
      );
    if (typeof after === 'number')
      this.#timesMs.splice(
        countBefore(this.#timesMs, (ms) => ms < after),
        0,
        after,
      );
  }

  #silenceOf(hostId: string): number | null {
    const presence = this.#state.hostPresence.get(hostId);
    return presence === undefined || presence.connected || presence.lost ? null : presence.lastSeenMs;
  }
}
