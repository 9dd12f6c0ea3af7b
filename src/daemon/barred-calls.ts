import type { Event, SessionHello, StepResult } from '../../scheduler/index.js';

/** How long what broke an assertion is answered without being tried again: longer than the window that counts reloads. */
const BARRED_MS = 900_000;
/** More than this within `BARRED_MS` would have ended the process long before; the oldest makes room. */
const BARRED_MAX = 100;

/**
 * Calls that broke an assertion of the core and have no session that could be set aside: hellos and operator commands (I10).
 * Whoever makes them repeats them, and the third reload within 10 minutes would end the master for everybody.
 */
export class BarredCalls {
  /** Until when, by what identifies the caller or the call. */
  readonly #untilMs = new Map<string, number>();

  /** Remembers the call that broke an assertion; other events have a peer, or nobody, behind them. */
  bar(event: Event, nowMs: number): void {
    for (const key of keysOf(event)) {
      this.#untilMs.delete(key);
      this.#untilMs.set(key, nowMs + BARRED_MS);
    }
    for (const key of this.#untilMs.keys()) {
      if (this.#untilMs.size <= BARRED_MAX) break;
      this.#untilMs.delete(key);
    }
  }

  /** The answer to a barred call, in place of its step; null for every other event. */
  answer(event: Event, nowMs: number): StepResult | null {
    if (this.#untilMs.size === 0) return null;
    const untilMs = Math.max(0, ...keysOf(event).map((key) => this.#untilMs.get(key) ?? 0));
    if (untilMs <= nowMs) return null;
    const retryAfterMs = untilMs - nowMs;
    const message =
      `the same call broke an assertion of this master a short time ago; it is tried again in ` +
      `${String(Math.ceil(retryAfterMs / 60_000))} minutes at the earliest; please report what the log of the master says`;
    if (event.kind === 'session_open')
      return {
        mutations: [],
        effects: [
          { kind: 'session_refused', connectionId: event.connectionId, code: 'QUARANTINED', message, retryAfterMs },
        ],
      };
    if (event.kind !== 'operator_command') return null;
    const reply = { ok: false, code: 'FAILED_PRECONDITION', message } as const;
    return { mutations: [], effects: [{ kind: 'operator_reply', requestId: event.requestId, reply }] };
  }
}

function keysOf(event: Event): readonly string[] {
  if (event.kind === 'operator_command') return [`command ${JSON.stringify(event.command)}`];
  return event.kind === 'session_open' ? helloKeys(event.hello) : [];
}

/** A peer is known by its secret and by what it calls itself: changing one of them does not let it try again. */
function helloKeys({ secretHash, who }: SessionHello): readonly string[] {
  const name = who.kind === 'agent' ? JSON.stringify(who.identity) : `${who.workload}/${who.name}`;
  return [`secret ${secretHash}`, `${who.kind} ${name}`];
}
