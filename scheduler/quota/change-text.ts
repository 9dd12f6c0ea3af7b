import { amount, sortedKeys, type Quantities } from '../resources/index.js';
import type { ReclaimPolicy, RoleRecord } from '../state/records.js';
import { newRole } from './defaults.js';

const RECLAIM_FIELDS = [
  'kind',
  'graceMs',
  'deadlineMs',
  'movesPerRound',
  'minHoldMs',
] as const satisfies readonly (keyof ReclaimPolicy)[];

/** What differs, a sentence per field; empty when nothing does. `before` undefined: the role is made. */
export function changeSentences(before: RoleRecord | undefined, after: RoleRecord): readonly string[] {
  const sentences: string[] = before === undefined ? [`role ${after.path} is made`] : [];
  const from = before ?? newRole(after.path);
  const note = (field: string, was: string | number, is: string | number): void => {
    if (was !== is) sentences.push(`${field} is ${is} (was ${was})`);
  };
  for (const field of ['guarantee', 'limit', 'lendingLimit', 'borrowingLimit'] as const)
    note(field, quantitiesText(from[field]), quantitiesText(after[field]));
  note('weight', from.weight, after.weight);
  note('priority', from.priority, after.priority);
  for (const field of RECLAIM_FIELDS) note(`reclaim.${field}`, from.reclaim[field], after.reclaim[field]);
  return sentences;
}

function quantitiesText(quantities: Quantities): string {
  const parts = sortedKeys(quantities).map((dimension) => `${dimension}=${amount(quantities, dimension)}`);
  return parts.length === 0 ? 'none' : parts.join(' ');
}
