import type { Mutation } from '../../scheduler/index.js';

/** What metrics want of a move that has just ended. */
export interface EndedMove {
  readonly outcome: string;
  readonly durationMs: number;
  readonly steps: readonly { readonly step: string; readonly state: string; readonly durationMs: number }[];
}

/**
 * Reads an ended move from the change of its record, or null when the change is something else. Records are plain data to
 * the shell, so each member is looked at before it is believed.
 */
export function endedMove({ key, value }: Mutation): EndedMove | null {
  if (!key.startsWith('transition/') || !isObject(value)) return null;
  const { outcome, startedMs, endedMs, history } = value;
  if (typeof outcome !== 'string' || outcome === 'running') return null;
  if (typeof startedMs !== 'number' || typeof endedMs !== 'number') return null;
  const steps = Array.isArray(history) ? history.flatMap((entry: unknown) => stepOf(entry)) : [];
  return { outcome, durationMs: Math.max(0, endedMs - startedMs), steps };
}

function stepOf(entry: unknown): EndedMove['steps'] {
  if (!isObject(entry)) return [];
  const { step, state, startedMs, endedMs } = entry;
  if (typeof step !== 'string' || typeof state !== 'string') return [];
  if (typeof startedMs !== 'number' || typeof endedMs !== 'number') return [];
  return [{ step, state, durationMs: Math.max(0, endedMs - startedMs) }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
