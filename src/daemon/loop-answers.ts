/** What the loop says when it cannot do what it is asked. */
import type { OperatorReply } from '../../scheduler/index.js';
import { StoreError, type QueryAnswer } from '../ports/index.js';

export const NOT_LEADING = Object.freeze({
  ok: false,
  code: 'UNAVAILABLE',
  message: 'this master is not leading right now; whether the call took effect is unknown, look before trying again',
} as const satisfies OperatorReply);

/** Refused before it was stepped: this one certainly had no effect. */
export const NOT_TAKEN = Object.freeze({
  ok: false,
  code: 'UNAVAILABLE',
  message:
    'the store of this master does not take commits, so the call was not taken; look at its disk, then try again',
} as const satisfies OperatorReply);

export const TOO_MANY_CALLS = Object.freeze({
  ok: false,
  code: 'RESOURCE_EXHAUSTED',
  message: 'too many operator calls are waiting; try again in a moment',
} as const satisfies OperatorReply);

export const STALLED = Object.freeze({
  kind: 'unavailable',
  message: 'the store of this master does not take commits; look at its disk, then try again',
} as const satisfies QueryAnswer);

/** A read has no effect, so it may simply be asked again. */
export const NOT_READABLE = Object.freeze({
  kind: 'unavailable',
  message: 'this master does not lead right now; try again in a moment',
} as const satisfies QueryAnswer);

/** @param ageMs of the commit in flight, 0 without one */
export function notClosed(ageMs: number, limitMs: number): StoreError {
  const age = ageMs === 0 ? '' : `; its last commit had been in flight for ${String(Math.round(ageMs / 1_000))} s`;
  return new StoreError(
    'io',
    `the store did not close within ${String(limitMs / 1_000)} s${age}; what was acknowledged is safe, look at its disk`,
  );
}
