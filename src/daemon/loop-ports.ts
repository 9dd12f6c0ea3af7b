import type { Decision, Effect, Event, Mutation } from '../../scheduler/index.js';

/** What the loop needs of the session layer. */
export interface SessionPort {
  open(term: number): void;
  execute(
    effect: Extract<Effect, { kind: 'send' | 'ack' | 'session_accepted' | 'session_refused' | 'disconnect' }>,
  ): void;
  closeAll(reason: string, reconnectAfterMs: number): void;
}

/** Told of what became durable, in order. */
export interface LoopObserver {
  onLeading(term: number): void;
  /** Decisions and changed records of one commit (or of a step without mutation). */
  onCommitted(atMs: number, decisions: readonly Decision[], mutations: readonly Mutation[]): void;
  /** Memory was dropped and will be loaded again; connections are closed. */
  onReload(reason: string): void;
  /** The loop has ended for good. `error` null after `close()`. */
  onEnded(error: Error | null): void;
  /** Time from taking an event to the end of its step, for metrics. Optional. */
  onStep?(kind: Event['kind'], nowMs: number): void;
  /** A commit took this long and carried so many mutations. Optional. */
  onCommit?(durationMs: number, mutations: number): void;
  /** A commit has been in flight this long and does not end: told first when the store counts as stalled. Optional. */
  onStall?(ageMs: number): void;
  /** The commit that stalled has ended after all. Optional. */
  onStallEnded?(durationMs: number): void;
}
