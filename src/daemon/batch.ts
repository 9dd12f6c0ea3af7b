import type { Effect } from '../../scheduler/index.js';

/** Effects (and waiting readers) that may go out once the mutations before them are durable. */
export interface Batch {
  readonly mutations: Map<string, unknown>;
  readonly effects: Effect[];
  /** Called once durable or lost with the memory; before that perhaps when the store has stalled. */
  readonly waiters: ((fate: 'durable' | 'lost' | 'stalled') => void)[];
  decidedMs: number;
}

export function newBatch(): Batch {
  return { mutations: new Map(), effects: [], waiters: [], decidedMs: 0 };
}

/** Whether nobody waits for it. */
export function isEmpty({ mutations, effects, waiters }: Batch): boolean {
  return mutations.size === 0 && effects.length === 0 && waiters.length === 0;
}
