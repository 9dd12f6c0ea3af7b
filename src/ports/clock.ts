/** Ends a pending timer; calling it late or twice does nothing. */
export type CancelTimer = () => void;

/**
 * The one clock. Production: monotonic; the simulator: virtual. Nothing in session, loop, agent core or runner reads time
 * or sleeps in any other way.
 */
export interface Clock {
  /** Milliseconds, whole, never smaller than before. In production close to wall time at start, then monotonic. */
  nowMs(): number;
  /** Calls `fire` once, `delayMs` (>= 0) from now, never synchronously. */
  setTimer(delayMs: number, fire: () => void): CancelTimer;
}

/** Resolves after `delayMs` of the clock's time; rejects with the signal's reason when it is aborted first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortError(signal));
      return;
    }
    const onAbort = (): void => {
      cancel();
      if (signal !== undefined) reject(abortError(signal));
    };
    const cancel = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Whether the work ends within `limitMs`; rejects when it does by then. What it does later is nobody's business any more. */
export async function endsWithin(clock: Clock, work: Promise<unknown>, limitMs: number): Promise<boolean> {
  let cancel: CancelTimer = () => undefined;
  const late = new Promise<false>((resolve) => {
    cancel = clock.setTimer(Math.max(0, limitMs), () => {
      resolve(false);
    });
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    cancel();
  }
}

function abortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
