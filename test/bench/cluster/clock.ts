/**
 * The time that all processes of a run share. `process.hrtime` reads CLOCK_MONOTONIC, which on one machine is the same in
 * every process, so a moment taken in one may be subtracted from a moment taken in another.
 */

/** Milliseconds with a fraction, since the machine started. */
export function sharedMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
