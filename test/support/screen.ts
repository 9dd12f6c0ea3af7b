import { createRequire } from 'node:module';
import type { Terminal as HeadlessTerminal } from '@xterm/headless';

// The package is CommonJS without named exports that Node could see.
const { Terminal } = createRequire(import.meta.url)('@xterm/headless') as { Terminal: typeof HeadlessTerminal };

/** A real terminal's idea of what bytes look like. */
export class Screen {
  readonly #terminal: HeadlessTerminal;

  constructor(columns: number, rows: number) {
    this.#terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100 });
  }

  async write(bytes: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#terminal.write(bytes, resolve);
    });
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  /** The text of each row, without blanks at its end. */
  get lines(): readonly string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.#terminal.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  get alternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** Rows that go on on the next one: a line that was too long. */
  get wrappedRows(): number {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.isWrapped === true).filter(Boolean)
      .length;
  }

  /** Foreground and background of a cell; -1: the terminal's own. */
  colours(column: number, row: number): { readonly fg: number; readonly bg: number } {
    const cell = this.#terminal.buffer.active.getLine(row)?.getCell(column);
    if (cell === undefined) return { fg: -1, bg: -1 };
    return { fg: cell.isFgDefault() ? -1 : cell.getFgColor(), bg: cell.isBgDefault() ? -1 : cell.getBgColor() };
  }
}
