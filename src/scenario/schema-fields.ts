import { z } from 'zod';

/**
 * Building blocks of the scenario schema. The message of each is only its second half ("accepted is …"); `zod-
 * problems.ts` puts field and value before it.
 */

/** A whole number between two bounds, both included. */
export function wholeNumber(min: number, max: number): z.ZodNumber {
  const error = `accepted is a whole number from ${String(min)} to ${String(max)}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** A number between two bounds, both included. */
export function numberBetween(min: number, max: number): z.ZodNumber {
  const error = `accepted is a number from ${String(min)} to ${String(max)}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A name that is safe in file names, metrics and terminals. */
export function nameText(): z.ZodString {
  const error = 'accepted is a name of a-z, 0-9 and "-" that begins with a letter, at most 40 characters';
  return z.string({ error }).regex(/^[a-z][a-z0-9-]{0,39}$/, { error });
}

/** One of a closed set of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words, { error: `accepted are ${words.join(', ')}` });
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** A time in seconds, written as a number or as `90s`, `15m`, `6h`, `1d`; at most 31 days. */
export function duration(): z.ZodType<number> {
  return z.unknown().transform((value, context) => {
    const match = typeof value === 'string' ? /^(\d{1,9}(?:\.\d{1,3})?)(s|m|h|d)$/.exec(value.trim()) : null;
    const seconds = match === null ? value : Number(match[1]) * (UNIT_SECONDS[match[2] ?? ''] ?? Number.NaN);
    if (typeof seconds === 'number' && seconds >= 0 && seconds <= 31 * 86_400) return seconds;
    context.addIssue({
      code: 'custom',
      message: 'accepted are seconds, or a text such as 90s, 15m, 6h, 1d; at most 31d',
    });
    return z.NEVER;
  });
}

/** A number of hosts, or a part of the fleet such as `25%`. */
export type HostsOrPercent = number | `${number}%`;

/** See `HostsOrPercent`. */
export function hostsOrPercent(): z.ZodType<HostsOrPercent> {
  return z.unknown().transform((value, context): HostsOrPercent => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 1_000_000) return value;
    if (typeof value === 'string' && /^\d{1,3}(\.\d{1,3})?%$/.test(value) && Number.parseFloat(value) <= 100)
      return value as `${number}%`;
    context.addIssue({
      code: 'custom',
      message: 'accepted is a whole number of hosts, or a part of them such as "25%" (at most "100%")',
    });
    return z.NEVER;
  });
}

/** Hosts that an amount means in a fleet (or shape) of `total` hosts, rounded to the nearest. */
export function resolveHosts(amount: HostsOrPercent, total: number): number {
  return typeof amount === 'number' ? amount : Math.round((total * Number.parseFloat(amount)) / 100);
}
