/**
 * The small port through which every command reaches a master. Production: the published client over gRPC (`connect.ts`);
 * tests: an in-memory fake. The types of commands, queries and views pass through here, so that no other file of the CLI
 * has to know where they come from.
 */
import type {
  Decision,
  ErrorCode,
  OperatorCommand,
  OperatorReply,
  Query,
  QueryResult,
  TransitionView,
} from '../../scheduler/index.js';

export interface OperatorAccess {
  /** @throws AccessError when the master cannot be reached or does not lead */
  query(query: Query): Promise<QueryResult>;
  /** Refusals are replies, not errors. @throws AccessError when the master cannot be reached */
  command(command: OperatorCommand): Promise<OperatorReply>;
  /**
   * Decisions as they are made. Ends without error when `signal` is aborted.
   * @throws AccessError `OUT_OF_RANGE` when `after` is older than the kept history or of another term
   */
  watch(request: WatchQuery, signal: AbortSignal): AsyncIterable<WatchItem>;
  close(): void | Promise<void>;
}

export interface WatchToken {
  readonly term: number;
  readonly revision: number;
}

export interface WatchQuery {
  /** Go on after this position; null = from now on. */
  readonly after: WatchToken | null;
  /** Kinds of things; empty = all. */
  readonly about: readonly string[];
  /** One thing; empty = all. */
  readonly subject: string;
}

/** A decision, or only the position that was reached: where the watch begins, and where the kept history ends. */
export type WatchItem =
  | { readonly kind: 'decision'; readonly token: WatchToken; readonly atMs: number; readonly decision: Decision }
  | { readonly kind: 'bookmark'; readonly token: WatchToken };

/** A decision as it is shown and as scripts read it. */
export interface EventRow extends Decision, WatchToken {
  readonly atMs: number;
}

/** A call without a result; the message is a sentence. */
export class AccessError extends Error {
  readonly code: ErrorCode;
  /** The master itself said so; false: it could not be reached, or did not answer in time. */
  readonly answered: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    { answered, cause }: { readonly answered: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause });
    this.name = 'AccessError';
    this.code = code;
    this.answered = answered;
  }
}

/** How one step of a move ended. */
export type StepOutcomeView = TransitionView['history'][number];

export type * from '../../scheduler/index.js';
