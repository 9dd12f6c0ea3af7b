/** Checks what operators type before any part sees it: each answer names the field, the value and what is accepted. */
import { shown } from '../explain/lookup.js';
import type { OperatorReply } from './commands.js';

export type Refusal = Extract<OperatorReply, { readonly ok: false }>;

/** Reasons are shown in one line of a table. */
const REASON_LENGTH_MAX = 300;
const RANK_MAX = 1_000_000;
const CONSTRAINTS_MAX = 50;

export function invalid(message: string): Refusal {
  return { ok: false, code: 'INVALID_ARGUMENT', message };
}

export function notFound(message: string): Refusal {
  return { ok: false, code: 'NOT_FOUND', message };
}

/** Free text: one line, no control characters. */
export function reasonProblem(reason: string): Refusal | null {
  if (reason.length > REASON_LENGTH_MAX)
    return invalid(`reason has ${reason.length} characters; at most ${REASON_LENGTH_MAX} are kept, so shorten it`);
  if (hasControlCharacter(reason))
    return invalid('reason holds a control character; write it as one line of plain text');
  return null;
}

/** A freeze's scope: `*` for everything or one workload. */
export function scopeProblem(scope: string): Refusal | null {
  if (scope === '*' || WORKLOAD.test(scope)) return null;
  return invalid(
    `scope is "${shown(scope)}"; it must be \`*\` for everything or a workload such as ovirt (lower case letters, digits and -)`,
  );
}

const WORKLOAD = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function windowNameProblem(name: string): Refusal | null {
  if (WORKLOAD.test(name)) return null;
  return invalid(`name is "${shown(name)}"; it must be lower case letters, digits and -, at most 63 characters`);
}

export function shapeProblem(shape: string, rank: number, constraints: number): Refusal | null {
  if (!WORKLOAD.test(shape))
    return invalid(`shape is "${shown(shape)}"; it must be lower case letters, digits and -, at most 63 characters`);
  if (!Number.isSafeInteger(rank) || rank < 0 || rank > RANK_MAX)
    return invalid(`rank is ${rank}; it must be a whole number from 0 to ${RANK_MAX}, the lowest is tried first`);
  if (constraints > CONSTRAINTS_MAX)
    return invalid(`constraints are ${constraints}; at most ${CONSTRAINTS_MAX} are accepted`);
  return null;
}

export function versionProblem(version: number): Refusal | null {
  if (Number.isSafeInteger(version) && version >= 1) return null;
  return invalid(`version is ${version}; it must be the whole number that mosaic plan show prints`);
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 127) return true;
  }
  return false;
}
