/**
 * Owns the terminal while the view is shown: alternate screen, no cursor, no wrapping, raw keys. Each frame is one write
 * of the lines that changed, so nothing flickers; while the terminal is slow, frames are left out. Whatever ends the
 * process, the terminal gets back what it had.
 */
import type { Size } from './render.js';

/** The parts of `process.stdout` that are used; a test passes its own. */
export interface ScreenPort {
  readonly columns: number;
  readonly rows: number;
  /** False: wait for `drain`. */
  write(text: string): boolean;
  on(event: 'resize' | 'drain', listener: () => void): unknown;
  off(event: 'resize' | 'drain', listener: () => void): unknown;
}

/** The parts of `process.stdin` that are used. */
export interface KeyboardPort {
  setRawMode(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
}

export interface TerminalOptions {
  readonly screen: ScreenPort;
  /** Null where no keys can be read; the view is shown all the same. */
  readonly keyboard: KeyboardPort | null;
  readonly onKey: (key: Key) => void;
  readonly onResize: () => void;
}

/** Keys by what they mean; everything else is `other`. */
export type Key = 'kill' | 'revive' | 'freeze' | 'quit' | 'interrupt' | 'help' | 'other';

// Synchronised update (2026) makes terminals that know it show the frame at once; the others ignore it.
const FRAME_BEGIN = '\u001b[?2026h';
const FRAME_END = '\u001b[?2026l';
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J';
/** Colours off, wrapping and cursor on, the screen that was there before. */
export const LEAVE = '\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l';

export class Terminal {
  readonly #options: TerminalOptions;
  #shown: readonly string[] = [];
  #size: Size = { columns: 0, rows: 0 };
  #open = false;
  #blocked = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  get size(): Size {
    const { columns, rows } = this.#options.screen;
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  }

  open(): void {
    if (this.#open) return;
    this.#open = true;
    const { screen, keyboard } = this.#options;
    screen.write(ENTER);
    screen.on('resize', this.#onResize);
    screen.on('drain', this.#onDrain);
    if (keyboard === null) return;
    keyboard.setRawMode(true);
    keyboard.on('data', this.#onData);
    keyboard.resume();
  }

  /** Draws a frame: one write, only of the lines that differ from the last one. */
  draw(lines: readonly string[]): void {
    if (!this.#open || this.#blocked) return;
    const size = this.size;
    const repaint = size.columns !== this.#size.columns || size.rows !== this.#size.rows;
    const changed = lines.slice(0, size.rows).flatMap((line, index) => {
      if (!repaint && this.#shown[index] === line) return [];
      // Cleared before it is written: after a line that fills its row many terminals would clear its last character.
      return [`\u001b[${index + 1};1H\u001b[K${line}`];
    });
    this.#size = size;
    this.#shown = lines;
    if (changed.length === 0) return;
    const clear = repaint ? '\u001b[2J' : '';
    this.#blocked = !this.#options.screen.write(`${FRAME_BEGIN}${clear}${changed.join('')}${FRAME_END}`);
  }

  /** Gives the terminal back; `write` replaces the screen's own where nothing may wait (at the end of the process). */
  close(write: (text: string) => unknown = (text) => this.#options.screen.write(text)): void {
    if (!this.#open) return;
    this.#open = false;
    const { screen, keyboard } = this.#options;
    screen.off('resize', this.#onResize);
    screen.off('drain', this.#onDrain);
    if (keyboard !== null) {
      keyboard.off('data', this.#onData);
      keyboard.setRawMode(false);
      keyboard.pause();
    }
    write(LEAVE);
  }

  readonly #onResize = (): void => this.#options.onResize();

  readonly #onDrain = (): void => {
    this.#blocked = false;
  };

  readonly #onData = (chunk: Uint8Array): void => {
    for (const key of keysOf(chunk)) this.#options.onKey(key);
  };
}

const KEYS: Readonly<Record<string, Key>> = {
  k: 'kill',
  r: 'revive',
  f: 'freeze',
  q: 'quit',
  '?': 'help',
  h: 'help',
  '\u0003': 'interrupt',
};

/** An escape sequence (arrows, mouse, paste marks) is one key that means nothing here. */
export function keysOf(chunk: Uint8Array): readonly Key[] {
  const text = Buffer.from(chunk).toString('latin1');
  if (text.startsWith('\u001b')) return ['other'];
  return Array.from(text.slice(0, 16), (character) => KEYS[character.toLowerCase()] ?? 'other');
}
