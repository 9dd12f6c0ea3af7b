/** Reads the values of flags; each error names the flag, the value and what is accepted. */
import { parseDurationMs } from '../../config/durations.js';
import { badInput, badWord } from '../exit.js';

export function parseWhole(field: string, text: string, min: number, max: number): number {
  const value = /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw badInput(`${field} is ${JSON.stringify(text)}; accepted is a whole number from ${min} to ${max}`);
}

/** A number that may have decimals. */
export function parseNumber(field: string, text: string, min: number, max: number): number {
  const value = /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw badInput(`${field} is ${JSON.stringify(text)}; accepted is a number from ${min} to ${max}`);
}

/** `30s`, `10m`, `1h30m` in ms. */
export function parseSpan(field: string, text: string, { least = 0 }: { readonly least?: number } = {}): number {
  const ms = parseDurationMs(text);
  if (ms !== null && ms >= least) return ms;
  const bound = least > 0 ? `, at least ${least} ms` : '';
  throw badInput(
    `${field} is ${JSON.stringify(text)}; accepted is a time with its unit, such as 500ms, 30s, 10m, 1h30m${bound}`,
  );
}

/** One of a closed set of words. */
export function parseWord<const Word extends string>(field: string, text: string, accepted: readonly Word[]): Word {
  const found = accepted.find((word) => word === text);
  if (found === undefined) throw badWord(field, text, accepted);
  return found;
}

/** `a,b` and repeated flags as one list; empty parts are left out. */
export function parseList(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `NAME=VALUE` pairs. */
export function parsePairs(field: string, texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at <= 0) throw badInput(`${field} is ${JSON.stringify(text)}; accepted is NAME=VALUE, such as rack=r7`);
      return [text.slice(0, at), text.slice(at + 1)] as const;
    }),
  );
}

/** A moment to come: `now`, a span from now (`2h`), or a date and time as in `parseMoment`. */
export function parseMomentAhead(field: string, text: string, nowMs: number): number {
  if (text === 'now') return nowMs;
  const ahead = parseDurationMs(text);
  if (ahead !== null) return nowMs + ahead;
  const at = dateMs(text);
  if (!Number.isNaN(at)) return at;
  throw badInput(
    `${field} is ${JSON.stringify(text)}; accepted is now, a time from now such as 10m or 2h, or a moment such as 2026-08-21T10:00Z`,
  );
}

/**
 * A moment: a span before now (`10m`), or a date and time (`2026-08-21T10:00:00Z`, `2026-08-21 10:00`). Local time where no
 * zone is given.
 */
export function parseMoment(field: string, text: string, nowMs: number): number {
  const ago = parseDurationMs(text);
  if (ago !== null) return nowMs - ago;
  const at = dateMs(text);
  if (!Number.isNaN(at)) return at;
  throw badInput(
    `${field} is ${JSON.stringify(text)}; accepted is a time before now such as 10m or 2h, or a moment such as 2026-08-21T10:00Z`,
  );
}

/** A date, or a date and time; NaN when it is neither. */
function dateMs(text: string): number {
  return /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)
    ? Date.parse(text.replace(' ', 'T'))
    : Number.NaN;
}
