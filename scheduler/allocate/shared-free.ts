import { addInto, NO_QUANTITIES, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';

/**
 * What is free on all shared hosts together, for what lending limits keep. Once it was asked for, it follows the records:
 * each asking looks at the hosts that have changed since, not at all of them. Nobody who has no lending limit pays for it.
 */
export class SharedFree {
  readonly #state: ClusterState;
  readonly #total: MutableQuantities = {};
  /** What each ready host adds to the total. */
  readonly #parts = new Map<string, Quantities>();
  /** Hosts to be looked at; null while nobody asks. */
  #changed: Set<string> | null = null;

  constructor(state: ClusterState) {
    this.#state = state;
    const touch = (record: { readonly hostId: string } | undefined): void => {
      if (record !== undefined) this.#changed?.add(record.hostId);
    };
    state.hosts.observe((before, after) => touch(after ?? before));
    state.hostPresence.observe((before, after) => touch(after ?? before));
    state.tasks.observe((before, after) => touch(after ?? before));
    state.reservations.observe((before, after) => touch(after ?? before));
    state.offers.observe((before, after) => {
      // A renewed one takes what it took.
      if (before === undefined || after === undefined) touch(after ?? before);
    });
  }

  /**
   * The sum over all shared hosts, less those that are to be left out.
   *
   * @param freeOf what is free on a host that may be offered as far as it and its agent are concerned; undefined for others
   */
  now(freeOf: (hostId: string) => Quantities | undefined, without: Iterable<string>): Quantities {
    this.#changed ??= new Set(this.#state.hostsByMode.get('shared'));
    for (const hostId of this.#changed) this.#count(hostId, freeOf(hostId));
    this.#changed.clear();
    const free: MutableQuantities = { ...this.#total };
    for (const hostId of without) addInto(free, this.#parts.get(hostId) ?? NO_QUANTITIES, -1);
    return free;
  }

  /** Nobody asks any longer. */
  stop(): void {
    if (this.#changed === null) return;
    this.#changed = null;
    this.#parts.clear();
    for (const dimension in this.#total) Reflect.deleteProperty(this.#total, dimension);
  }

  #count(hostId: string, after: Quantities | undefined): void {
    const before = this.#parts.get(hostId);
    if (before === after) return;
    if (before !== undefined) addInto(this.#total, before, -1);
    if (after === undefined) this.#parts.delete(hostId);
    else {
      addInto(this.#total, after, 1);
      this.#parts.set(hostId, after);
    }
  }
}
