/** Text with tones, measured and cut in columns before any colour code is added. */

/** An SGR parameter list such as `1` or `30;46`; empty: as the terminal likes it. */
export type Tone = string;

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Span[];

/** What the terminal can do. */
export interface Style {
  /** False under NO_COLOR: tones are left out. */
  readonly colour: boolean;
  /** False with `--ascii` or another locale: only ASCII is written. */
  readonly unicode: boolean;
}

export const TONES = { plain: '', bold: '1', dim: '2', good: '32', warn: '33', bad: '31' } as const;

/** Letters of the first blocks, and what the view draws itself; all one column wide in every terminal. */
const NARROW =
  /[\u0020-\u007e\u00a0-\u02ff\u2013\u2014\u2018-\u201d\u2026\u2190-\u2193\u2264\u2265\u2248\u2500-\u25ff\u2713\u2715]/u;

/** Other people's words may hold anything; in the view every character is one column and none is a control. */
export function clean(text: string, style: Style): string {
  let out = '';
  for (const character of text.replace(/\s/gu, ' ')) {
    if (style.unicode) out += NARROW.test(character) ? character : '?';
    else out += /[\u0020-\u007e]/.test(character) ? character : (ASCII[character] ?? '?');
  }
  return out;
}

const ASCII: Readonly<Record<string, string>> = {
  '→': '>',
  '←': '<',
  '…': '~',
  '·': '-',
  '–': '-',
  '—': '-',
  '≤': '<',
  '≥': '>',
  '’': "'",
  '“': '"',
  '”': '"',
  '×': 'x',
};

export function span(text: string, tone: Tone = TONES.plain): Span {
  return { text, tone };
}

export function width(line: Line): number {
  return line.reduce((sum, one) => sum + one.text.length, 0);
}

/** The text in exactly `columns` columns: padded, or cut with an ellipsis. */
export function fit(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  if (columns <= 0) return '';
  const cut = shorten(text, columns);
  return align === 'left' ? cut.padEnd(columns) : cut.padStart(columns);
}

/** At most `columns` columns; what is cut ends in `…`. */
export function shorten(text: string, columns: number): string {
  if (text.length <= columns) return text;
  return columns <= 1 ? text.slice(0, Math.max(columns, 0)) : `${text.slice(0, columns - 1)}…`;
}

/** The line cut to `columns`: nothing ever wraps. */
export function clip(line: Line, columns: number): Line {
  let left = columns;
  const kept: Span[] = [];
  for (const one of line) {
    if (left <= 0) break;
    const text = one.text.length <= left ? one.text : shorten(one.text, left);
    kept.push({ text, tone: one.tone });
    left -= text.length;
  }
  return kept;
}

/** The line as it is written to the terminal. */
export function encode(line: Line, style: Style): string {
  return line
    .map(({ text, tone }) => {
      const shown = clean(text, style);
      return !style.colour || tone === '' || shown === '' ? shown : `\u001b[${tone}m${shown}\u001b[0m`;
    })
    .join('');
}

/** Parts side by side with a gap between them, those that fit: the later ones are dropped first. */
export function joined(parts: readonly Line[], columns: number, gap = '   '): Line {
  const out: Span[] = [];
  let used = 0;
  for (const part of parts) {
    if (width(part) === 0) continue;
    const wanted = width(part) + (out.length > 0 ? gap.length : 0);
    if (used + wanted > columns && out.length > 0) continue;
    if (out.length > 0) out.push(span(gap));
    out.push(...part);
    used += wanted;
  }
  return out;
}
