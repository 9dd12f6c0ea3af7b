import type { CliIo } from '../io.js';

const CLEAR_BELOW = '\u001b[0J';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/** Redraws one frame over the other. On no terminal each frame that differs is printed below the one before. */
export class LiveScreen {
  readonly #io: CliIo;
  #lines = 0;
  #before = '';

  constructor(io: CliIo) {
    this.#io = io;
  }

  /**
   * Shows a frame; one that is too tall for the terminal is cut at its end.
   *
   * @param key what the frame is about: on no terminal it is printed only when the key changes, not for every second of an age
   */
  draw(frame: string, key: string): void {
    if (!this.#io.isTty) {
      if (key !== this.#before) this.#io.out(this.#before === '' ? frame : `\n${frame}`);
      this.#before = key;
      return;
    }
    const lines = frame
      .replace(/\n$/, '')
      .split('\n')
      .slice(0, Math.max(1, this.#io.size().rows - 1));
    const up = this.#lines > 0 ? `\u001b[${this.#lines}A\r` : HIDE_CURSOR;
    this.#io.out(`${up}${CLEAR_BELOW}${lines.join('\n')}\n`);
    this.#lines = lines.length;
  }

  /** Gives the terminal back as it was. */
  end(): void {
    if (this.#io.isTty && this.#lines > 0) this.#io.out(SHOW_CURSOR);
    this.#lines = 0;
  }
}
