import type { Environment } from '../config/environment.js';
import type { OperatorAccess } from './operator-access.js';

/** The world around one run of the program: what `main.ts` takes from the process and tests make up. */
export interface CliIo {
  /** Data. */
  out(text: string): void;
  /** Words: errors, hints, progress. */
  err(text: string): void;
  /** Whether standard output is a terminal. */
  readonly isTty: boolean;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  /** Size of the terminal; ignored when it is none. */
  size(): { readonly columns: number; readonly rows: number };
  readonly env: Environment;
  /** Working folder, absolute. */
  readonly folder: string;
  readonly version: string;
  /** Wall time in ms. */
  nowMs(): number;
  /** Resolves after the time, or at once when `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Asks one line of the person. */
  ask(question: string): Promise<string>;
  /** All of standard input, for commands that take a list there. */
  readInput(): Promise<string>;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** From now on signals are somebody else's: a daemon stops in its own way. */
  handOver(): void;
  connect(address: string): Promise<OperatorAccess>;
}
