import type { Mutation } from '../../scheduler/index.js';

/** The part of a stored transition that the log reads. */
interface StoredTransition {
  readonly transitionId: string;
  readonly hostId: string;
  readonly to: { readonly frameworkId: string } | null;
  readonly outcome: string;
  readonly startedMs: number;
  readonly endedMs: number;
}

/**
 * Counts moves from what became durable: a host that reaches a framework other than its last one has moved. Times are of
 * the core's clock, from the decision to the verified host.
 */
export class MoveLog {
  readonly #lastOwner = new Map<string, string>();
  readonly #seen = new Set<string>();
  readonly #durationsMs: number[] = [];

  observe(mutations: readonly Mutation[]): void {
    for (const { key, value } of mutations) {
      if (value === null) continue;
      if (key.startsWith('lease/'))
        this.#onLease(value as { readonly hostId: string; readonly frameworkId: string; readonly origin: string });
      else if (key.startsWith('transition/')) this.#onTransition(value as StoredTransition);
    }
  }

  /** One entry a completed move, in order of completion. */
  get durationsMs(): readonly number[] {
    return this.#durationsMs;
  }

  #onLease(lease: { readonly hostId: string; readonly frameworkId: string; readonly origin: string }): void {
    if (lease.origin === 'adopted') this.#lastOwner.set(lease.hostId, lease.frameworkId);
  }

  #onTransition(transition: StoredTransition): void {
    if (transition.outcome !== 'completed' || transition.to === null || this.#seen.has(transition.transitionId)) return;
    this.#seen.add(transition.transitionId);
    const { hostId } = transition;
    const owner = transition.to.frameworkId;
    if (this.#lastOwner.get(hostId) !== owner && this.#lastOwner.has(hostId))
      this.#durationsMs.push(transition.endedMs - transition.startedMs);
    this.#lastOwner.set(hostId, owner);
  }
}
