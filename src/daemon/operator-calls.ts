import type { OperatorReply } from '../../scheduler/index.js';

/** Operator calls waiting for their commit; one more is refused. */
const WAITING_MAX = 10_000;

/** Calls of operators whose commands the core has been given, until their outcome is durable. */
export class OperatorCalls {
  readonly #waiting = new Map<string, (reply: OperatorReply) => void>();
  #next = 0;

  get isFull(): boolean {
    return this.#waiting.size >= WAITING_MAX;
  }

  /** The id under which the core answers, and the answer. */
  open(): { readonly requestId: string; readonly reply: Promise<OperatorReply> } {
    this.#next += 1;
    const requestId = `r${String(this.#next)}`;
    const reply = new Promise<OperatorReply>((resolve) => void this.#waiting.set(requestId, resolve));
    return { requestId, reply };
  }

  answer(requestId: string, reply: OperatorReply): void {
    const resolve = this.#waiting.get(requestId);
    this.#waiting.delete(requestId);
    resolve?.(reply);
  }

  /** Everyone who waits gets the same answer. */
  answerAll(reply: OperatorReply): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const resolve of waiting) resolve(reply);
  }
}
