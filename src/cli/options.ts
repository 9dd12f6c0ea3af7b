/** Options of the whole program, and of the commands that start daemons (those live where daemons may see them). */
export type { AgentRunOptions, DemoRunOptions, SimulateRunOptions } from '../config/run-options.js';

export const FORMATS = ['table', 'wide', 'json', 'jsonl', 'yaml', 'name', 'help'] as const;
export type Format = (typeof FORMATS)[number];

/** Flags that every command takes, after validation. */
export interface GlobalOptions {
  readonly format: Format;
  /** Names of columns to show, in their order; empty = the usual ones. */
  readonly columns: readonly string[];
  /** Only names and ids, and no words beside them. */
  readonly quiet: boolean;
  /** Show again whenever it changes. */
  readonly watch: boolean;
  readonly color: boolean;
  /** False: never ask; what would have to be asked is an error. */
  readonly input: boolean;
  readonly ascii: boolean;
  readonly utc: boolean;
  /** `HOST:PORT`, or empty. */
  readonly server: string;
  /** Profile file, or empty. */
  readonly profile: string;
  /** Configuration file, or empty. */
  readonly config: string;
}
