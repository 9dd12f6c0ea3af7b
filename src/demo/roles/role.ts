import type { FromChild, ToChild } from '../messages.js';

/** What a child process does. */
export interface Role {
  /** Messages after the first. */
  onMessage(message: ToChild): void;
  /** Ends everything it does, in order. */
  close(): Promise<void>;
}

export type Send = (message: FromChild) => void;

/** Thrown by a role that cannot work at all: a port that is taken. */
export class FatalError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FatalError';
    this.exitCode = exitCode;
  }
}
