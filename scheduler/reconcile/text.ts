import { NAMED_MAX } from './limits.js';

/** Control characters, line separators and marks that turn text around: a log line or terminal must not obey a peer. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const UNPRINTABLE_ALL = new RegExp(UNPRINTABLE.source, 'g');

export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/** Text of a peer made safe to show: unprintable characters become `?`, and it ends at `lengthMax`. */
export function shown(text: string, lengthMax = 80): string {
  const safe = text.replace(UNPRINTABLE_ALL, '?');
  return safe.length <= lengthMax ? safe : `${safe.slice(0, lengthMax - 1)}…`;
}

/** `a, b and 3 more`: names the first `NAMED_MAX` and counts the rest. */
export function some(names: readonly string[]): string {
  if (names.length <= NAMED_MAX) return names.join(', ');
  return `${names.slice(0, NAMED_MAX).join(', ')} and ${names.length - NAMED_MAX} more`;
}
