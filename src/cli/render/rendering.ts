import type { Style } from './style.js';

/** The surface that something is rendered on. */
export interface Rendering {
  readonly style: Style;
  /** Cells of a line; `Infinity` for `-o wide`. */
  readonly width: number;
  /** Lines of the screen; `Infinity` when it is no terminal. */
  readonly height: number;
  /** Show every column. */
  readonly wide: boolean;
  /** Names of the columns asked for; empty = the usual ones. */
  readonly columns: readonly string[];
  readonly utc: boolean;
  /** Now, for ages. */
  readonly nowMs: number;
  /** Version of this program. */
  readonly version: string;
}

/** What a command shows, in every format there is. */
export interface Shown {
  /** The whole answer: `json`, `yaml`. */
  readonly data: unknown;
  /** One line each: `jsonl`. */
  readonly items: readonly unknown[];
  /** One line each: `name`, `-q`. */
  readonly names: readonly string[];
  /** For people; ends with a line break. */
  readonly text: (rendering: Rendering) => string;
  /** Words below it, on standard error. */
  readonly notes?: readonly string[];
}
