import type { Blocker } from '../protocol.js';

/** What stands in the way, and why: managers tend to begin their message with the object. */
export function blockerText({ object, message }: Blocker): string {
  return message.startsWith(object) ? message : `${object}: ${message}`;
}

/** The first of what stands in the way, and how many more there are: `vm db2 (PINNED) and 2 more: it has a GPU`. */
export function blockersText(blockers: readonly Blocker[]): string {
  const [first] = blockers;
  if (first === undefined) return 'something it does not name';
  const more = blockers.length > 1 ? ` and ${String(blockers.length - 1)} more` : '';
  return `${first.object} (${first.reason})${more}: ${withoutObject(first)}`;
}

function withoutObject({ object, message }: Blocker): string {
  return message.startsWith(`${object} `) ? message.slice(object.length + 1) : message;
}
