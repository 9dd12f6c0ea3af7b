import { errorText } from '../common/redact.js';
import { AdapterError } from '../contract/types.js';
import type { AdapterErrorCode, BlockedBy } from '../contract/types.js';

/** What an error thrown by an adapter means for the attempt. */
export type StepFailure =
  /** Goes on by itself once the manager answers, or once what blocks is gone. */
  | {
      readonly kind: 'wait';
      readonly reason: 'MANAGER_DOWN' | 'BLOCKED';
      readonly message: string;
      readonly retryAfterMs: number;
    }
  | { readonly kind: 'end'; readonly state: 'failed' | 'refused'; readonly message: string };

/** Words that open the message of an ended attempt, so that programs can tell the cause and people can read the rest. */
export type OutcomeCode =
  | 'CANCELLED'
  | 'DEADLINE'
  | 'FAILED'
  | 'INTERNAL'
  | 'INVALID'
  | 'LEASE_ENDED'
  | 'NOT_FOUND'
  | 'REFUSED'
  | 'SHUTDOWN'
  | 'SUPERSEDED'
  | 'UNSUPPORTED';

export function outcomeMessage(code: OutcomeCode, text: string): string {
  return `${code}: ${text}`;
}

const ENDS: Readonly<
  Record<Exclude<AdapterErrorCode, 'unavailable' | 'blocked'>, readonly ['failed' | 'refused', OutcomeCode]>
> = {
  refused: ['refused', 'REFUSED'],
  invalid: ['failed', 'INVALID'],
  not_found: ['failed', 'NOT_FOUND'],
  failed: ['failed', 'FAILED'],
  // An adapter that says so although its lease runs has lost its way.
  fenced: ['failed', 'INTERNAL'],
};

export function stepFailure(error: unknown): StepFailure {
  const text = errorText(error);
  if (!(error instanceof AdapterError))
    return { kind: 'end', state: 'failed', message: outcomeMessage('INTERNAL', text) };
  if (error.code === 'unavailable' || error.code === 'blocked') {
    const reason = error.code === 'unavailable' ? 'MANAGER_DOWN' : 'BLOCKED';
    return { kind: 'wait', reason, message: text, retryAfterMs: error.retryAfterMs };
  }
  const [state, code] = ENDS[error.code];
  return { kind: 'end', state, message: outcomeMessage(code, text) };
}

/** The blocker shown while the manager does not answer. `object` is its name, `manager/ovirt`. */
export function managerDown(object: string, sinceMs: number, message: string): BlockedBy {
  return { object, reason: 'MANAGER_DOWN', sinceMs, message };
}
