import type { OperatorCommand, OperatorReply, Query } from '../../scheduler/index.js';
import type { QueryAnswer } from '../ports/index.js';
import type { WatchItem, WatchRequest } from '../client/wire/watch.js';

export type { WatchItem, WatchRequest, WatchToken } from '../client/wire/watch.js';

/** Why a watch ended. `out_of_range`: the token is older than the history; read the state anew and watch from now. */
export type WatchEnd =
  | { readonly kind: 'out_of_range'; readonly message: string }
  /** The master stops, or does not lead any more. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** The signal was aborted: nobody is listening. */
  | { readonly kind: 'aborted' };

/** What the gRPC server needs of the daemon to serve operators. Messages that arrive here have been validated. */
export interface OperatorPort {
  /** Resolves when the outcome is durable. `principal` is who asks, for the record. */
  command(principal: string, command: OperatorCommand): Promise<OperatorReply>;
  /** Answers only what is durable. */
  query(query: Query): Promise<QueryAnswer>;
  /**
   * Calls `onItem` for every matching decision after `request.after` (or from now on), in order, with a bookmark first.
   * Where it answers a promise the watcher is slow: nothing follows before that resolves. Resolves when the watch ends;
   * calls nothing afterwards.
   */
  watch(
    request: WatchRequest,
    signal: AbortSignal,
    onItem: (item: WatchItem) => void | Promise<void>,
  ): Promise<WatchEnd>;
}
