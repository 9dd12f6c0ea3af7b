import pc from 'picocolors';
import type { WaitWord } from '../operator-access.js';

/** How things look on this terminal: colours and characters. State is never shown by colour alone. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
  readonly accent: Paint;
  readonly arrow: string;
  readonly dot: string;
  readonly ellipsis: string;
  readonly dash: string;
  readonly done: string;
  readonly todo: string;
  readonly icon: Readonly<Record<WaitWord, string>>;
}

export type Paint = (text: string) => string;

const UNICODE_ICONS: Readonly<Record<WaitWord, string>> = {
  working: '●',
  'waits for time': '◌',
  'waits for you': '▲',
  blocked: '■',
  'gave up': '✖',
};

const ASCII_ICONS: Readonly<Record<WaitWord, string>> = {
  working: '*',
  'waits for time': '~',
  'waits for you': '?',
  blocked: '#',
  'gave up': 'x',
};

export function styleOf(color: boolean, ascii: boolean): Style {
  const c = pc.createColors(color);
  return {
    bold: c.bold,
    dim: c.dim,
    good: c.green,
    warn: c.yellow,
    bad: c.red,
    accent: c.cyan,
    arrow: ascii ? '->' : '→',
    dot: ascii ? '|' : '·',
    ellipsis: ascii ? '...' : '…',
    dash: ascii ? '-' : '–',
    done: ascii ? '+' : '✔',
    todo: ascii ? '.' : '○',
    icon: ascii ? ASCII_ICONS : UNICODE_ICONS,
  };
}

/** The colour that goes with a word. */
export function paintOf(style: Style, word: WaitWord): Paint {
  switch (word) {
    case 'working':
      return style.good;
    case 'waits for time':
      return style.accent;
    case 'waits for you':
      return style.warn;
    case 'blocked':
    case 'gave up':
      return style.bad;
  }
}

/** `▲ waits for you`, painted. */
export function wordText(style: Style, word: WaitWord): string {
  return paintOf(style, word)(`${style.icon[word]} ${word}`);
}
