/** What stands in place of a secret. */
const HIDDEN = '***';
/** Long enough for any manager's error text, short enough for a log line and an update. */
const MESSAGE_CHARACTERS_MAX = 500;
/** A manager may answer with a whole page, or with megabytes; only the beginning can be shown. */
const READ_CHARACTERS_MAX = 65_536;

/** Repetitions before a fixed part are bounded: an open repetition would be tried to the end of a long text from each of its characters. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // scheme://user:password@host
  [/([a-z][a-z0-9+.-]{0,31}:\/\/[^\s/:]{0,255}):[^\s/]{1,4096}@/gi, `$1:${HIDDEN}@`],
  [/\b(authorization["']?\s*[:=]\s*["']?(?:basic|bearer|negotiate|token))\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`],
  [/\b(bearer|basic|negotiate)\s+[A-Za-z0-9+/_.~=-]{8,}/gi, `$1 ${HIDDEN}`],
  [
    /((?:password|passwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s"',;&}]+)/gi,
    `$1${HIDDEN}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
];

/** The text without credentials, for logs and for updates that admins read. What merely looks like one is hidden too. */
export function redact(text: string): string {
  return PATTERNS.reduce((safe, [pattern, replacement]) => safe.replace(pattern, replacement), text);
}

/** One printable line: credentials hidden, control characters replaced, at most `charactersMax` long. */
export function printable(text: string, charactersMax: number = MESSAGE_CHARACTERS_MAX): string {
  const line = redact(text.slice(0, READ_CHARACTERS_MAX))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return line.length <= charactersMax ? line : `${line.slice(0, charactersMax - 1)}…`;
}

/** What an unknown thrown value says, fit to be shown. */
export function errorText(error: unknown): string {
  return printable(error instanceof Error ? error.message || error.name : String(error));
}
