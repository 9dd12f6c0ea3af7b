/** What stands in place of a secret. */
const HIDDEN = '***';
/** Long enough for any manager's error text, short enough for a log line and an update. */
const MESSAGE_CHARACTERS_MAX = 500;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // scheme://user:password@host
  [/([a-z][a-z0-9+.-]*:\/\/[^\s/:]*):[^\s/]+@/gi, `$1:${HIDDEN}@`],
  [/\b(authorization["']?\s*[:=]\s*["']?(?:basic|bearer|negotiate|token))\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`],
  [/\b(bearer|basic|negotiate)\s+[A-Za-z0-9+/_.~=-]{8,}/gi, `$1 ${HIDDEN}`],
  [
    /\b([\w-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s"',;&}]+)/gi,
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
  const line = redact(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return line.length <= charactersMax ? line : `${line.slice(0, charactersMax - 1)}…`;
}

/** What an unknown thrown value says, fit to be shown. */
export function errorText(error: unknown): string {
  return printable(error instanceof Error ? error.message || error.name : String(error));
}
