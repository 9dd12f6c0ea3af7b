import type { DemoModel } from './view/model.js';
import { plainLine } from './view/plain.js';
import { render } from './view/render.js';
import { Terminal, type Key, type KeyboardPort, type ScreenPort } from './view/terminal.js';
import { clean, type Style } from './view/text.js';
import { counted } from './view/words.js';

/** Frames a second at most; a person reads no faster, and each costs the fleet a little of the machine. */
const FRAME_MS = 100;
/** Without a terminal: one line in this time. */
const LINE_MS = 3_000;

/** Where the demo is shown. */
export interface Show {
  /** @param model asked for whenever something is drawn */
  start(model: () => DemoModel): void;
  /** Draws once more, now. */
  refresh(): void;
  /** Gives the terminal back. Synchronous and repeatable: also for the last moment of the process. */
  stop(write?: (text: string) => unknown): void;
}

export interface ScreenShowOptions {
  readonly screen: ScreenPort;
  readonly keyboard: KeyboardPort | null;
  readonly style: Style;
  readonly onKey: (key: Key) => void;
}

/** A view on the whole terminal, drawn anew up to ten times a second. */
export class ScreenShow implements Show {
  readonly #terminal: Terminal;
  readonly #style: Style;
  #timer: NodeJS.Timeout | null = null;
  #model: () => DemoModel = () => {
    throw new Error('the view has not started');
  };

  constructor(options: ScreenShowOptions) {
    this.#style = options.style;
    this.#terminal = new Terminal({
      screen: options.screen,
      keyboard: options.keyboard,
      onKey: (key) => {
        options.onKey(key);
        this.refresh();
      },
      onResize: () => this.refresh(),
    });
  }

  start(model: () => DemoModel): void {
    this.#model = model;
    this.#terminal.open();
    this.refresh();
    this.#timer ??= setInterval(() => this.refresh(), FRAME_MS);
  }

  refresh(): void {
    this.#terminal.draw(render(this.#model(), this.#terminal.size, this.#style));
  }

  stop(write?: (text: string) => unknown): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#terminal.close(write);
  }
}

/** For logs and pipes: what was started, where it listens, then a line every few seconds. */
export class LineShow implements Show {
  readonly #write: (line: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #model: (() => DemoModel) | null = null;
  #announced = false;
  #phaseText = '';
  #restarts = 0;

  constructor(write: (line: string) => void) {
    this.#write = (line) => write(clean(line, { colour: false, unicode: true }));
  }

  start(model: () => DemoModel): void {
    this.#model = model;
    const { hosts, runMs, speed, seed } = model();
    const hours = Math.round(runMs / 36_000) / 100;
    this.#write(`mosaic demo: ${counted(hosts, 'host')}, ${hours} h at ${speed} times life, seed ${seed}`);
    this.#timer ??= setInterval(() => this.refresh(), LINE_MS);
  }

  refresh(): void {
    if (this.#model === null) return;
    const model = this.#model();
    if (!this.#announced && model.grpcAddress !== '') {
      this.#announced = true;
      const http = model.httpAddress === '' ? '' : `, HTTP ${model.httpAddress}`;
      this.#write(`gRPC ${model.grpcAddress}${http}; try ${model.commands.join(' | ')}`);
    }
    const restarts = model.restarts.reduce((sum, one) => sum + one.count, 0);
    if (restarts > this.#restarts) {
      this.#restarts = restarts;
      this.#write(`restarted: ${model.restarts.map((one) => `${one.child} ${one.count}x`).join(', ')}`);
    }
    if (model.phase === 'running') this.#write(plainLine(model));
    else if (model.phaseText !== this.#phaseText) this.#write(model.phaseText);
    this.#phaseText = model.phaseText;
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }
}
