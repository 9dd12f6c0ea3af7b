import { z } from 'zod';
import { parseDurationMs } from './durations.js';

/**
 * Building blocks of the configuration schema. The message of each is only its second half ("accepted is …"): field and
 * value are put before it where the error is told.
 */

/** A whole number between two bounds, both included. */
export function wholeNumber(min: number, max: number): z.ZodNumber {
  const error = `accepted is a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** One of a closed set of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<{ [Word in Words[number]]: Word }> {
  return z.enum(words, { error: `accepted are ${words.join(', ')}` });
}

export function yesOrNo(): z.ZodBoolean {
  return z.boolean({ error: 'accepted are true and false' });
}

/** A path of a file or folder; never empty. */
export function pathText(): z.ZodString {
  const error = 'accepted is the path of a file or folder';
  return z
    .string({ error })
    .min(1, { error })
    .max(4_096, { error })
    .refine((text) => !text.includes('\0'), { error });
}

/** The longest time that can be set: every timer below it is exact. */
const DURATION_MAX_MS = 365 * 86_400_000;

/** A time in ms, written as a number of ms or as `500ms`, `30s`, `10m`, `1h30m`, `7d`. */
export function durationMs(minMs: number): z.ZodType<number> {
  const message = `accepted are ms or a text such as 500ms, 30s, 10m, 1h30m; at least ${minMs} ms, at most 365d`;
  return z.unknown().transform((value, context) => {
    const ms = typeof value === 'string' ? parseDurationMs(value) : value;
    if (typeof ms === 'number' && Number.isSafeInteger(ms) && ms >= minMs && ms <= DURATION_MAX_MS) return ms;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** Where a server listens: `127.0.0.1:7600`, `[::1]:7600`, `localhost:0` (0 = any free port). */
export function listenAddress(): z.ZodString {
  const error =
    'accepted is HOST:PORT, such as 127.0.0.1:7600 or [::1]:7600, with a port from 0 (any free one) to 65535';
  return z.string({ error }).refine((text) => parseAddress(text) !== null, { error });
}

export interface Address {
  /** Without brackets. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

/** Splits `HOST:PORT`; null when it is not one. */
export function parseAddress(text: string): Address | null {
  const match = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,253})):(\d{1,5})$/.exec(text);
  if (match === null) return null;
  const port = Number(match[3]);
  return port > 65_535 ? null : { host: match[1] ?? match[2] ?? '', port };
}

/** `HOST:PORT` with brackets around IPv6. */
export function addressText({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
