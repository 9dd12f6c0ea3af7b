/** Checks every field of a hello before anything is looked up; each answer names the field, the value and what is accepted. */
import type { AgentHello, FrameworkHello, SessionHello } from '../protocol.js';
import { MACS_MAX, NAME_LENGTH_MAX, ROLES_PER_FRAMEWORK_MAX, WORD_LENGTH_MAX } from './limits.js';
import { isPrintable, shown } from './text.js';

/** Workloads and framework names are path segments, metric labels and DNS labels. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** The first thing wrong with a hello, as a sentence; null when it is well formed. */
export function helloProblem(hello: SessionHello): string | null {
  return (
    wordProblem('incarnation', hello.incarnation) ??
    wordProblem('secretHash', hello.secretHash) ??
    countProblem('outboxFirstSeq', hello.outboxFirstSeq, 1) ??
    countProblem('appliedTerm', hello.appliedTerm, 0) ??
    countProblem('appliedSeq', hello.appliedSeq, 0) ??
    countProblem('highestTerm', hello.highestTerm, 0) ??
    (hello.who.kind === 'framework' ? frameworkProblem(hello.who) : agentProblem(hello.who))
  );
}

function frameworkProblem(who: FrameworkHello): string | null {
  for (const field of ['workload', 'name'] as const)
    if (!LABEL.test(who[field]))
      return `${field} is "${shown(who[field])}"; it must be 1 to 63 lower case letters, digits and -, beginning and ending with a letter or digit`;
  if (who.roles.length === 0) return 'roles is empty; a framework names at least one role path such as /prod';
  if (who.roles.length > ROLES_PER_FRAMEWORK_MAX)
    return `roles has ${who.roles.length} entries; at most ${ROLES_PER_FRAMEWORK_MAX} are accepted`;
  if (new Set(who.roles).size !== who.roles.length) return 'roles names a role twice; name each once';
  return null;
}

function agentProblem(who: AgentHello): string | null {
  if (who.name.length > NAME_LENGTH_MAX || !HOST_NAME.test(who.name))
    return `name is "${shown(who.name)}"; it must be a host name of 1 to ${NAME_LENGTH_MAX} letters, digits, dots, - and _`;
  const { uuid, serial, macs } = who.identity;
  if (uuid === '') return 'identity.uuid is empty; send what the firmware reports, even where it is a vendor default';
  for (const [field, value] of Object.entries({ 'identity.uuid': uuid, 'identity.serial': serial }))
    if (value.length > WORD_LENGTH_MAX || !isPrintable(value))
      return `${field} is "${shown(value)}"; it must be plain text of at most ${WORD_LENGTH_MAX} characters`;
  if (macs.length > MACS_MAX) return `identity.macs has ${macs.length} entries; at most ${MACS_MAX} are accepted`;
  const strange = macs.find((mac) => mac.length > WORD_LENGTH_MAX || !isPrintable(mac));
  return strange === undefined ? null : `identity.macs holds "${shown(strange)}"; MAC addresses are plain text`;
}

function wordProblem(field: string, value: string): string | null {
  if (value !== '' && value.length <= WORD_LENGTH_MAX && isPrintable(value)) return null;
  return `${field} is "${shown(value)}"; it must be 1 to ${WORD_LENGTH_MAX} printable characters`;
}

function countProblem(field: string, value: number, least: number): string | null {
  return Number.isSafeInteger(value) && value >= least
    ? null
    : `${field} is ${value}; it must be a whole number from ${least}`;
}
