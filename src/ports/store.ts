import type { Mutation } from '../../scheduler/index.js';

/** What a store holds, as the core dumps it: sorted by key. */
export type StoredEntries = readonly (readonly [string, unknown])[];

/** Codes of `StoreError`. `stale_term`: another master took over, stop. `corrupt`, `incompatible`, `locked`: cannot start. */
export type StoreErrorCode = 'stale_term' | 'io' | 'corrupt' | 'incompatible' | 'locked' | 'closed';

/** Every failure of a store; the message is a sentence that says what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/**
 * Durable records of one master. The loop has at most one `commit` in flight. A commit is atomic and durable (synced)
 * when its promise resolves; when it rejects the caller must assume nothing and reload. Values are plain JSON data.
 */
export interface Store {
  /**
   * Opens, checks version and integrity, takes the exclusive lock, raises the term durably, and returns the content.
   * After `close` it may be opened again: a failed commit is answered by close and open, under a new term, so that no id
   * of the lost memory is ever given twice.
   */
  open(): Promise<{ readonly term: number; readonly entries: StoredEntries }>;
  /** Refused with `stale_term` when the store has seen a higher one. */
  commit(term: number, mutations: readonly Mutation[]): Promise<void>;
  /** Waits for the commit in flight; never rejects for a store that was not open. */
  close(): Promise<void>;
}
