/**
 * What measures the core from outside. It is told what happened, and lends a stopwatch; nothing that it does decides
 * anything: the same events give the same effects with any probe.
 */

/** How an offer ended. */
export type OfferOutcome = 'accepted' | 'declined' | 'expired' | 'rescinded';

/** One allocation pass. */
export interface Pass {
  /** By the stopwatch. */
  readonly tookMs: number;
  /** On the one clock, from the first change that made the pass necessary to its start; batching is part of it. */
  readonly waitedMs: number;
}

export interface Probe {
  /** Any rising count of ms, with decimals. */
  stopwatchMs(): number;
  onPass(pass: Pass): void;
  onOffersMade(count: number): void;
  /** @param heldMs on the one clock */
  onOfferEnded(outcome: OfferOutcome, heldMs: number): void;
}

/** Nobody measures. */
export const NO_PROBE: Probe = {
  stopwatchMs: () => 0,
  onPass: () => undefined,
  onOffersMade: () => undefined,
  onOfferEnded: () => undefined,
};
