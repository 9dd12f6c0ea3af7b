/**
 * A change of one or more roles as one: checked as a whole against the tree as it will be, so that two roles can be raised
 * by what a third gives up, in whatever order they are named. Checking changes nothing.
 */
import type { Core } from '../core.js';
import type { OperatorReply, RoleChange } from '../operate/commands.js';
import type { ErrorCode } from '../protocol.js';
import type { RoleRecord } from '../state/records.js';
import { changeSentences } from './change-text.js';
import { newRole } from './defaults.js';
import { limitImpact, type LimitImpact } from './limit-impact.js';
import { parentOf, pathProblem } from './paths.js';
import { capacityProblems, formProblems, treeProblems } from './role-validation.js';

/** Every role costs memory and a place in every overview; more roles than this are an accident. */
export const ROLES_MAX = 10_000;
/** Problems named in one answer; a file of thousands of roles with one slip in each would fill the screen. */
const PROBLEMS_SHOWN_MAX = 50;

/** What is to change in one role; a role that does not exist is made. */
export interface RoleEdit {
  readonly role: string;
  readonly change: RoleChange;
}

/** A change that may be made. */
export interface CheckedChange {
  /** Roles that really change, as they will be, in the order in which they were named. */
  readonly records: readonly RoleRecord[];
  /** What changes in each of them, a sentence per field. */
  readonly sentences: ReadonlyMap<string, readonly string[]>;
  readonly impact: LimitImpact;
}

export type Refusal = Extract<OperatorReply, { readonly ok: false }>;

/**
 * Checks the whole change. A refusal names every problem: first those of form, then how the roles would fit together, the
 * fleet, and what is in use.
 *
 * @param force accept guarantees above capacity and limits below use
 */
export function checkChange(core: Core, edits: readonly RoleEdit[], force: boolean): CheckedChange | Refusal {
  const named = namingProblems(core, edits);
  if (named !== null) return named;
  const form = edits.flatMap(({ role, change }) =>
    formProblems(core, role, change).map((problem) => (edits.length === 1 ? problem : `role ${role}: ${problem}`)),
  );
  if (form.length > 0) return refusal('INVALID_ARGUMENT', form);

  const after = new Map([...core.state.roles.values()].map((record) => [record.path, record]));
  const sentences = new Map<string, readonly string[]>();
  const records: RoleRecord[] = [];
  for (const { role, change } of edits) {
    const before = core.state.roles.get(role);
    const record = changedRecord(before ?? newRole(role), change);
    const changes = changeSentences(before, record);
    if (changes.length === 0) continue;
    records.push(record);
    sentences.set(role, changes);
    after.set(role, record);
  }
  const all = [...after.values()];
  const problems = [...treeProblems(core, all)];
  const changed = records.map((record) => record.path);
  const impact = limitImpact(core, changed, all);
  if (!force) {
    const short = capacityProblems(core, all);
    if (short.length > 0)
      problems.push(...short, '--force accepts this; guarantees then shrink, lowest priority first');
    if (impact.over.length > 0)
      problems.push(...impact.over, '--force accepts this; nothing is taken away, but it gets nothing more');
  }
  return problems.length > 0 ? refusal('FAILED_PRECONDITION', problems) : { records, sentences, impact };
}

/** What is wrong with the names by themselves: paths, roles named twice, parents that are not there. */
function namingProblems(core: Core, edits: readonly RoleEdit[]): Refusal | null {
  const malformed = edits.flatMap(({ role }) => pathProblem(role) ?? []);
  const known = new Set<string>();
  for (const { role } of edits) {
    if (known.has(role)) malformed.push(`role ${role} is named twice; name each role once`);
    known.add(role);
  }
  if (malformed.length > 0) return refusal('INVALID_ARGUMENT', malformed);
  const orphans = edits.flatMap(({ role }) => {
    const parent = parentOf(role);
    return parent === null || core.state.roles.has(parent) || known.has(parent) ? [] : [parent];
  });
  if (orphans.length > 0)
    return refusal(
      'NOT_FOUND',
      [...new Set(orphans)].map(
        (parent) => `role ${parent} does not exist; make it first: mosaic quota set ${parent} --weight 1`,
      ),
    );
  const made = edits.filter(({ role }) => !core.state.roles.has(role)).length;
  if (made > 0 && core.state.roles.size + made > ROLES_MAX)
    return refusal('RESOURCE_EXHAUSTED', [
      made === 1
        ? `there are ${ROLES_MAX} roles already; delete one first`
        : `there are ${core.state.roles.size} roles and ${made} would be made; at most ${ROLES_MAX} are accepted`,
    ]);
  return null;
}

function changedRecord(before: RoleRecord, change: RoleChange): RoleRecord {
  return {
    path: before.path,
    guarantee: change.guarantee ?? before.guarantee,
    limit: change.limit ?? before.limit,
    lendingLimit: change.lendingLimit ?? before.lendingLimit,
    borrowingLimit: change.borrowingLimit ?? before.borrowingLimit,
    weight: change.weight ?? before.weight,
    priority: change.priority ?? before.priority,
    reclaim: change.reclaim ?? before.reclaim,
  };
}

export function refusal(code: ErrorCode, sentences: readonly string[]): Refusal {
  const shown = sentences.slice(0, PROBLEMS_SHOWN_MAX);
  const more = sentences.length - shown.length;
  return { ok: false, code, message: [...shown, ...(more > 0 ? [`and ${more} problems more`] : [])].join('; ') };
}
