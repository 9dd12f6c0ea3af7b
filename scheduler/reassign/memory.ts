import type { PlanRecord } from '../state/records.js';

/** Times of started moves are kept for the hourly budget; more than any sensible budget, so that it stays bounded. */
export const MOVE_STARTS_KEPT = 10_000;

/** Reasons shown for hosts that were not moved in a round. */
export const NOT_MOVED_KEPT = 20;

/**
 * What the planner remembers from round to round. Soft: after a restart hysteresis counts again from nothing, which only
 * delays a move, and the moves of the last hour are read off the transitions. Bounded by the number of (framework, role,
 * shape) triples and the named limits above.
 */
export class PlanMemory {
  /** Rounds in a row in which a stock (`stockKey`) was short of hosts. */
  readonly shortRounds = new Map<string, number>();
  /** Rounds in a row in which a stock held more than it is owed. */
  readonly surplusRounds = new Map<string, number>();
  /** Since when `<role>|<shape>` is below its guarantee, ms. */
  readonly belowGuaranteeSinceMs = new Map<string, number>();
  /** When a stock last received a host by a planned move, ms: it does not donate at once. */
  readonly receivedMs = new Map<string, number>();
  /** When planned moves were started, oldest first, ms. */
  readonly moveStartsMs: number[] = [];
  /** The last plan that was made, also when it only was shown. */
  lastPlan: PlanRecord | null = null;
  /** Why hosts were not moved in the last round, binding rule first; at most `NOT_MOVED_KEPT`. */
  notMoved: readonly string[] = [];
  /** Planning rounds since this start. */
  rounds = 0;
  /** When a round last counted for hysteresis, ms. */
  countedMs = -Infinity;

  /** A memory of its own with the same content, for looking ahead. */
  copy(): PlanMemory {
    const copy = new PlanMemory();
    for (const map of ['shortRounds', 'surplusRounds', 'belowGuaranteeSinceMs', 'receivedMs'] as const)
      for (const [key, value] of this[map]) copy[map].set(key, value);
    copy.moveStartsMs.push(...this.moveStartsMs);
    copy.lastPlan = this.lastPlan;
    copy.notMoved = this.notMoved;
    copy.rounds = this.rounds;
    copy.countedMs = this.countedMs;
    return copy;
  }
}
