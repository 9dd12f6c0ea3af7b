import { describe, expect, it } from '@jest/globals';
import { render } from '../../../src/demo/view/render.js';
import {
  keysOf,
  LEAVE,
  Terminal,
  type Key,
  type KeyboardPort,
  type ScreenPort,
} from '../../../src/demo/view/terminal.js';
import { Screen } from '../../support/screen.js';
import { runningModel } from './model-samples.js';

const STYLE = { colour: true, unicode: true };

/** A terminal at the other end of the driver: what is written can be looked at, keys can be pressed. */
class FakeTty implements ScreenPort, KeyboardPort {
  columns = 80;
  rows = 24;
  readonly writes: string[] = [];
  accepts = true;
  raw = false;
  readonly #listeners = new Map<string, Set<(chunk: Uint8Array) => void>>();

  write(text: string): boolean {
    this.writes.push(text);
    return this.accepts;
  }

  on(event: string, listener: (chunk: Uint8Array) => void): this {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
    return this;
  }

  off(event: string, listener: (chunk: Uint8Array) => void): this {
    this.#listeners.get(event)?.delete(listener);
    return this;
  }

  setRawMode(raw: boolean): void {
    this.raw = raw;
  }

  resume(): void {}
  pause(): void {}

  emit(event: string, text = ''): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(Buffer.from(text));
  }

  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, some) => sum + some.size, 0);
  }
}

function open(): { readonly tty: FakeTty; readonly terminal: Terminal; readonly keys: Key[]; resized: number } {
  const tty = new FakeTty();
  const keys: Key[] = [];
  const seen = { tty, keys, resized: 0 };
  const terminal = new Terminal({
    screen: tty,
    keyboard: tty,
    onKey: (key) => keys.push(key),
    onResize: () => {
      seen.resized += 1;
    },
  });
  terminal.open();
  return Object.assign(seen, { terminal });
}

describe('the terminal driver', () => {
  // In xterm, VTE and tmux the cursor stays on the last column behind a full row, and an erase there takes that character.
  it('erases nothing behind a line that fills its row', () => {
    const { tty, terminal } = open();
    const row = 'x'.repeat(80);
    terminal.draw([row]);
    expect(tty.writes.join('')).toContain(`\u001b[1;1H\u001b[K${row}`);
    expect(tty.writes.join('')).not.toContain(`${row}\u001b[K`);
  });

  it('shows frames on the alternate screen and gives back what was there', async () => {
    const { tty, terminal } = open();
    const screen = new Screen(80, 24);
    await screen.write('$ mosaic demo\r\n');
    terminal.draw(render(runningModel(), terminal.size, STYLE));
    await screen.write(tty.writes.join(''));
    expect(screen.alternate).toBe(true);
    expect(screen.lines[0]).toContain('mosaic demo · 06:24');
    expect(screen.lines[23]).toContain('q quit');
    tty.writes.length = 0;
    terminal.close();
    await screen.write(tty.writes.join(''));
    expect(screen.alternate).toBe(false);
    expect(screen.lines[0]).toBe('$ mosaic demo');
    expect(tty.raw).toBe(false);
    expect(tty.listeners).toBe(0);
  });

  it('writes a frame at once, and only the lines that changed', async () => {
    const { tty, terminal } = open();
    const screen = new Screen(80, 24);
    terminal.draw(render(runningModel(), terminal.size, STYLE));
    const first = tty.writes.length;
    terminal.draw(render(runningModel({ movesDone: 24 }), terminal.size, STYLE));
    terminal.draw(render(runningModel({ movesDone: 24 }), terminal.size, STYLE));
    expect(tty.writes).toHaveLength(first + 1);
    expect(tty.writes.at(-1)).not.toContain('rack-01');
    await screen.write(tty.writes.join(''));
    expect(screen.lines.join('\n')).toContain('24 done');
    expect(screen.lines.join('\n')).toContain('rack-01');
  });

  it('draws everything anew after a resize', async () => {
    const seen = open();
    const { tty, terminal } = seen;
    terminal.draw(render(runningModel(), terminal.size, STYLE));
    tty.columns = 120;
    tty.rows = 40;
    tty.emit('resize');
    expect(seen.resized).toBe(1);
    tty.writes.length = 0;
    terminal.draw(render(runningModel(), terminal.size, STYLE));
    const screen = new Screen(120, 40);
    await screen.write(tty.writes.join(''));
    expect(screen.lines[39]).toContain('q quit');
    expect(screen.lines.join('\n')).toContain('guarantee');
  });

  it('leaves out frames while the terminal is slow', () => {
    const { tty, terminal } = open();
    tty.accepts = false;
    terminal.draw(['a']);
    terminal.draw(['b']);
    expect(tty.writes.join('')).not.toContain('b\u001b[K');
    tty.accepts = true;
    tty.emit('drain');
    terminal.draw(['c']);
    expect(tty.writes.at(-1)).toContain('\u001b[Kc');
  });

  it('closes once, with the writer it is given', () => {
    const { tty, terminal } = open();
    const last: string[] = [];
    terminal.close((text) => last.push(text));
    terminal.close((text) => last.push(text));
    terminal.draw(['late']);
    expect(last).toEqual([LEAVE]);
    expect(tty.writes.join('')).not.toContain('late');
  });

  it('shows the view without a keyboard', () => {
    const tty = new FakeTty();
    const terminal = new Terminal({ screen: tty, keyboard: null, onKey: () => undefined, onResize: () => undefined });
    terminal.open();
    terminal.draw(['x']);
    expect(tty.raw).toBe(false);
    expect(tty.writes.join('')).toContain('x');
    terminal.close();
  });

  it('reads keys by what they mean', () => {
    const { tty, keys } = open();
    tty.emit('data', 'kR');
    tty.emit('data', '\u0003');
    tty.emit('data', '\u001b[A');
    expect(keys).toEqual(['kill', 'revive', 'interrupt', 'other']);
    expect(keysOf(Buffer.from('?fqz'))).toEqual(['help', 'freeze', 'quit', 'other']);
  });
});
