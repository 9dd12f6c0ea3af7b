/**
 * The arithmetic of a step lease. The executor may cause effects until `untilMs` on its own clock. Each update it sends may
 * be answered by a renewal, and a renewal counts from the moment *that update was sent*: the master counts from when it
 * arrived, which is later, so the executor always stops first.
 */
export interface StepLease {
  readonly untilMs: number;
  /** True once the master has answered an update of this attempt, which proves that the request was not a stale one. */
  readonly confirmed: boolean;
  /** Updates not yet answered, oldest first, at most `SENT_MAX`. */
  readonly sent: readonly SentUpdate[];
}

interface SentUpdate {
  readonly updateNo: number;
  readonly atMs: number;
}

/** Answers come within round trips and updates at most every few 100 ms; past this the oldest can only be lost. */
const SENT_MAX = 256;
/** Three chances to be renewed within one lease. */
const UPDATES_PER_LEASE = 3;

export function openLease(nowMs: number, validForMs: number): StepLease {
  return { untilMs: nowMs + validForMs, confirmed: false, sent: [] };
}

/** Notes that update `updateNo` goes out now. */
export function leaseWithUpdate(lease: StepLease, updateNo: number, nowMs: number): StepLease {
  const sent = [...lease.sent, { updateNo, atMs: nowMs }];
  return { ...lease, sent: sent.slice(-SENT_MAX) };
}

/** The lease after a renewal; unchanged when the update it answers is unknown or was answered before. */
export function renewedLease(lease: StepLease, updateNo: number, validForMs: number): StepLease {
  const answered = lease.sent.find((update) => update.updateNo === updateNo);
  if (answered === undefined) return lease;
  return {
    untilMs: Math.max(lease.untilMs, answered.atMs + validForMs),
    confirmed: true,
    sent: lease.sent.filter((update) => update.updateNo > updateNo),
  };
}

export function hasLapsed(lease: StepLease, nowMs: number): boolean {
  return nowMs >= lease.untilMs;
}

/** How often an update must go out so that the lease is renewed in time. */
export function updatePeriodMs(validForMs: number): number {
  return Math.max(1, Math.floor(validForMs / UPDATES_PER_LEASE));
}
