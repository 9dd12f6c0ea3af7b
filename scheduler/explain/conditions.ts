import type { Core } from '../core.js';
import type { ConditionRecord } from '../state/records.js';
import { naturalCompare } from './natural-order.js';
import type { ConditionView, FreezeView } from './views.js';

/** All conditions, oldest first. */
export function conditionViews(core: Core): readonly ConditionView[] {
  return [...core.state.conditions.values()]
    .sort((a, b) => a.sinceMs - b.sinceMs || naturalCompare(a.key, b.key))
    .map(conditionView);
}

export function conditionView(record: ConditionRecord): ConditionView {
  const { kind, subject, sinceMs, message, remedy } = record;
  return { kind, subject, sinceMs, message, remedy };
}

/** Conditions by subject, for views of many things: one pass instead of one per thing. */
export function conditionsBySubject(core: Core): ReadonlyMap<string, readonly ConditionView[]> {
  const grouped = new Map<string, ConditionView[]>();
  for (const condition of conditionViews(core)) {
    const group = grouped.get(condition.subject);
    if (group === undefined) grouped.set(condition.subject, [condition]);
    else group.push(condition);
  }
  return grouped;
}

/** Conditions about any of `subjects` (a host's name and its id, say), oldest first. */
export function conditionsAbout(core: Core, subjects: readonly string[]): readonly ConditionView[] {
  return conditionViews(core).filter((condition) => subjects.includes(condition.subject));
}

export function freezeViews(core: Core): readonly FreezeView[] {
  return [...core.state.freezes.values()]
    .sort((a, b) => naturalCompare(a.scope, b.scope))
    .map(({ scope, reason, by, sinceMs }) => ({ scope, reason, by, sinceMs }));
}
