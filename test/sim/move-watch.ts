import type { Mutation } from '../../scheduler/index.js';

/** What the simulator reads of a stored transition. */
export interface StoredTransition {
  readonly transitionId: string;
  readonly hostId: string;
  readonly from: { readonly frameworkId: string } | null;
  readonly to: { readonly frameworkId: string } | null;
  readonly step: string;
  readonly stepPhase: string;
  readonly direction: 'forward' | 'rollback';
  readonly attempt: number;
  readonly left: boolean;
  readonly outcome: string;
  readonly startedMs: number;
}

/** A move has come to another step, or its step is asked or stopped. */
export interface MoveChange {
  readonly host: string;
  readonly transition: StoredTransition;
  /** True when the step is another one than before, not only its phase. */
  readonly entered: boolean;
}

/** Reads from what becomes durable where each move stands, for those who want to meddle just then. */
export class MoveWatch {
  readonly #names = new Map<string, string>();
  readonly #seen = new Map<string, string>();
  readonly #listeners: ((change: MoveChange) => void)[] = [];

  listen(listener: (change: MoveChange) => void): void {
    this.#listeners.push(listener);
  }

  onCommitted(mutations: readonly Mutation[]): void {
    for (const { key, value } of mutations) {
      if (!key.startsWith('host/') || value === null) continue;
      const host = value as { readonly hostId: string; readonly name: string };
      this.#names.set(host.hostId, host.name);
    }
    for (const { key, value } of mutations) {
      if (!key.startsWith('transition/')) continue;
      const transition = value as StoredTransition | null;
      if (transition?.outcome !== 'running') {
        this.#seen.delete(key);
        continue;
      }
      const step = `${transition.step} ${transition.direction}`;
      const now = `${step} ${transition.stepPhase}`;
      const before = this.#seen.get(key) ?? '';
      if (before === now) continue;
      this.#seen.set(key, now);
      const host = this.#names.get(transition.hostId) ?? transition.hostId;
      const change: MoveChange = { host, transition, entered: !before.startsWith(`${step} `) };
      for (const listener of this.#listeners) listener(change);
    }
  }
}
