import type { Clock } from '../contract/ports.js';
import { AdapterError } from '../contract/types.js';

export type ManagerOrder = 'join' | 'drain' | 'activate' | 'leave' | 'kill_unit';

/** Orders that can be made to fail. */
export type ScriptedOrder = Extract<ManagerOrder, 'join' | 'drain' | 'leave'>;

/** An order the manager was given: a call with an effect. Reads are not recorded. */
export interface ManagerCall {
  readonly atMs: number;
  readonly call: ManagerOrder;
  readonly machine: string;
  /** What the caller gave as its reason. */
  readonly reason: string;
  /** Empty when the order was taken, else the manager's answer. */
  readonly error: string;
}

/** Orders kept for those who ask what was done; the oldest are forgotten. */
const CALLS_MAX = 10_000;

/** What a fake manager was ordered to do, and which of the next orders go wrong. */
export class OrderBook {
  readonly #clock: Clock;
  readonly #calls: ManagerCall[] = [];
  /** By order and machine; each is used once. */
  readonly #script = new Map<string, { readonly how: 'refuse' | 'fail'; readonly message: string }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Oldest first. */
  get calls(): readonly ManagerCall[] {
    return this.#calls;
  }

  script(call: ScriptedOrder, machine: string, how: 'refuse' | 'fail', message: string): void {
    this.#script.set(`${call} ${machine}`, { how, message });
  }

  /** Carries an order out and keeps it with its answer; refuses it when that was scripted. */
  take<T>(call: ManagerOrder, machine: string, reason: string, carryOut: () => T): T {
    try {
      const refused = this.#scripted(call, machine, 'refuse');
      if (refused !== null) throw new AdapterError('refused', refused);
      const answer = carryOut();
      this.#keep(call, machine, reason, '');
      return answer;
    } catch (error) {
      this.#keep(call, machine, reason, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Why the order just taken will come to nothing, null when that was not scripted. */
  failure(call: ScriptedOrder, machine: string): string | null {
    return this.#scripted(call, machine, 'fail');
  }

  #scripted(call: ManagerOrder, machine: string, how: 'refuse' | 'fail'): string | null {
    const key = `${call} ${machine}`;
    const scripted = this.#script.get(key);
    if (scripted?.how !== how) return null;
    this.#script.delete(key);
    return scripted.message;
  }

  #keep(call: ManagerOrder, machine: string, reason: string, error: string): void {
    this.#calls.push({ atMs: this.#clock.nowMs(), call, machine, reason, error });
    if (this.#calls.length > CALLS_MAX) this.#calls.shift();
  }
}
