/** Widths, cuts and cleaning of text for a terminal. */

/** Everything a terminal could take for a command: controls, escape, and marks that turn the reading direction. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Characters that take two cells: East Asian wide forms and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const COLORS = /\u001b\[[0-9;]*m/g;

/** Replaces what could command a terminal; names and messages come from other people's machines. */
export function clean(text: string): string {
  return text.replace(UNSAFE, '?');
}

/** A copy in which every text, keys included, is clean. */
export function cleanAll<T>(value: T): T {
  if (typeof value === 'string') return clean(value) as T;
  if (Array.isArray(value)) return value.map((inner: unknown) => cleanAll(inner)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), cleanAll(inner as unknown)])) as T;
}

/** Cells that a text takes, colours not counted. */
export function width(text: string): number {
  let cells = 0;
  for (const character of text.replace(COLORS, '')) cells += WIDE.test(character) ? 2 : 1;
  return cells;
}

/** The text, cut to so many cells with `ellipsis` at its end when it is longer. The text has no colours. */
export function cut(text: string, cells: number, ellipsis: string): string {
  if (width(text) <= cells) return text;
  const room = cells - width(ellipsis);
  if (room <= 0) return ellipsis.slice(0, Math.max(0, cells));
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += WIDE.test(character) ? 2 : 1;
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}

/** Breaks a text at blanks into lines of at most `cells`; a longer word stays whole. The text has no colours. */
export function wrap(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = word;
    else if (width(line) + 1 + width(word) <= cells) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - width(text)));
}
