/**
 * What the shell hands to adapters and to the runner: the one clock, the one source of randomness, the log. They have the
 * shapes of the shell's own ports, so production passes those and the simulator passes its virtual ones.
 */

/** Ends a pending timer; calling it late or twice does nothing. */
export type CancelTimer = () => void;

/** The one clock. Nothing below `frameworks/` reads time or waits in any other way. */
export interface Clock {
  /** Milliseconds, whole, never smaller than before. */
  nowMs(): number;
  /** Calls `fire` once, `delayMs` (>= 0) from now, never synchronously. */
  setTimer(delayMs: number, fire: () => void): CancelTimer;
}

/** Source of randomness; seeded in the simulator. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** 128 random bits as 32 hex digits. */
  hex128(): string;
}

/** Structured log; a pino logger fits. `message` is a sentence, the figures stand in `fields`. Never pass secrets. */
export interface Log {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Resolves after `delayMs` of the clock's time; rejects with the signal's reason when it is aborted first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      cancel();
      if (signal !== undefined) reject(abortReason(signal));
    };
    const cancel = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
