/** A pause that grows: `firstMs`, doubled after each failure, never above `maxMs`. */
export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Half of each pause is fixed, half is drawn, so that many waiting for one manager do not come back together. */
const JITTER_SHARE = 0.5;
/** 2^30 × 1 ms is beyond any sensible `maxMs`; more doublings would leave the safe integers. */
const DOUBLINGS_MAX = 30;

/**
 * Milliseconds to wait before try number `attempt` + 1.
 *
 * @param attempt failures so far, from 1; anything lower counts as 1.
 * @param random uniform in [0, 1).
 */
export function backoffMs(attempt: number, random: number, options: BackoffOptions): number {
  const doublings = Math.min(Math.max(Math.trunc(attempt) - 1, 0), DOUBLINGS_MAX);
  const fullMs = Math.min(options.firstMs * 2 ** doublings, options.maxMs);
  return Math.round(fullMs * (1 - JITTER_SHARE + JITTER_SHARE * random));
}
