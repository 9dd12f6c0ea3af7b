/** What a file of quotas would change, field by field. */
import type { Quantities, RoleView } from './operator-access.js';
import type { RoleEdit } from './parse/quota-file.js';
import type { Shown } from './render/rendering.js';
import { tableText, type Column } from './render/table.js';
import { quantitiesText } from './render/words.js';
import { quoted } from './noun.js';

type Value = Quantities | number | string | null;

export interface Difference {
  readonly role: string;
  /** `weight`, `guarantee`, `reclaim.kind`; `role` where the role is made. */
  readonly field: string;
  /** As it is; null where there is nothing yet. */
  readonly now: Value;
  readonly then: Value;
}

const QUANTITY_FIELDS = ['guarantee', 'limit', 'lendingLimit', 'borrowingLimit'] as const;
const NUMBER_FIELDS = ['weight', 'priority'] as const;
const RECLAIM_FIELDS = ['kind', 'graceMs', 'deadlineMs', 'movesPerRound', 'minHoldMs'] as const;

/** In the order of the file; equal fields are left out. */
export function quotaDifferences(roles: readonly RoleView[], edits: readonly RoleEdit[]): readonly Difference[] {
  return edits.flatMap(({ role, change }) => {
    const present = roles.find((one) => one.path === role);
    const found: Difference[] = present === undefined ? [{ role, field: 'role', now: null, then: role }] : [];
    for (const field of QUANTITY_FIELDS) {
      const then = change[field];
      const now = present?.[field] ?? {};
      if (then !== undefined && quantitiesText(now) !== quantitiesText(then)) found.push({ role, field, now, then });
    }
    for (const field of NUMBER_FIELDS) {
      const then = change[field];
      const now = present?.[field] ?? null;
      if (then !== undefined && now !== then) found.push({ role, field, now, then });
    }
    const { reclaim } = change;
    for (const field of reclaim === undefined ? [] : RECLAIM_FIELDS) {
      const [now, then] = [present?.reclaim[field] ?? null, reclaim?.[field] ?? null];
      if (now !== then) found.push({ role, field: `reclaim.${field}`, now, then });
    }
    return found;
  });
}

const columns: readonly Column<Difference>[] = [
  { name: 'role', value: (row) => row.role, drop: 0, least: 16 },
  { name: 'field', value: (row) => row.field, drop: 0 },
  { name: 'now', value: (row) => valueText(row.now), drop: 0 },
  { name: 'then', value: (row) => valueText(row.then), drop: 0 },
];

function valueText(value: Value): string {
  if (value === null) return '-';
  return typeof value === 'object' ? quantitiesText(value) : String(value);
}

export function differencesShown(differences: readonly Difference[], file: string): Shown {
  const check =
    file === '' || file === '-'
      ? ''
      : `whether it is accepted, and what follows: mosaic quota apply -f ${quoted(file)} --dry-run`;
  return {
    data: { differences },
    items: differences,
    names: [...new Set(differences.map(({ role }) => role))],
    text: (rendering) => tableText(differences, columns, rendering, 'nothing differs'),
    notes: differences.length === 0 || check === '' ? [] : [check],
  };
}
