import type { Query } from '../../scheduler/index.js';
import type { QueryAnswer } from '../ports/index.js';
import type { WatchHub } from '../daemon/watch-hub.js';

/** What the HTTP server needs of the daemon. */
export interface HttpPort {
  readonly version: string;
  /** Answers only what is durable. */
  query(query: Query): Promise<QueryAnswer>;
  readonly leading: boolean;
  readonly hub: WatchHub;
  /** The metrics in the text format of Prometheus. */
  metrics(): Promise<{ readonly contentType: string; readonly body: string }>;
  /** What goes wrong inside, for the log; clients are told nothing of it. */
  warn(error: unknown, text: string): void;
}
