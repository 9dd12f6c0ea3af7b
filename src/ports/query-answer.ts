import type { QueryResult } from '../../scheduler/index.js';

/** What the daemon answers to a query: the core's answer, or that this master does not lead, so nobody has one now. */
export type QueryAnswer = QueryResult | { readonly kind: 'unavailable'; readonly message: string };
