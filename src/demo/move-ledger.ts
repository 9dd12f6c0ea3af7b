import type { FleetHost } from '../scenario/index.js';

/** The part of a transition's view that counts. */
export interface EndedMove {
  readonly transitionId: string;
  readonly hostName: string;
  /** Framework id; empty: nobody. */
  readonly to: string;
  readonly outcome: string;
  readonly startedMs: number;
  readonly endedMs: number;
}

/**
 * Counts moves as the report means them: a host that reaches another framework than its last one. A host that passes
 * through the free pool has moved once, when it gets there. The same transition may be told any number of times.
 */
export class MoveLedger {
  readonly #firstOwners: ReadonlyMap<string, string>;
  readonly #completed = new Map<string, EndedMove>();

  constructor(fleet: readonly FleetHost[]) {
    this.#firstOwners = new Map(fleet.map((host) => [host.name, host.ownerFramework ?? '']));
  }

  add(move: EndedMove): void {
    if (move.outcome === 'completed' && move.to !== '') this.#completed.set(move.transitionId, move);
  }

  get count(): number {
    return this.durationsMs.length;
  }

  /** Real ms from decision to verified host, in order of completion. */
  get durationsMs(): readonly number[] {
    const owners = new Map(this.#firstOwners);
    const durations: number[] = [];
    for (const move of [...this.#completed.values()].sort((a, b) => a.endedMs - b.endedMs)) {
      const before = owners.get(move.hostName) ?? '';
      owners.set(move.hostName, move.to);
      // As in the simulator: a host that nobody had before has joined, not moved.
      if (before !== '' && before !== move.to) durations.push(move.endedMs - move.startedMs);
    }
    return durations;
  }
}
