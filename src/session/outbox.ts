/**
 * Messages of one direction that the other side has not acknowledged, numbered from 1 without gaps. Bounded: when it is
 * full the sender must give up resuming and start over with its full state.
 */
export class Outbox<M> {
  readonly #limit: number;
  #messages: M[] = [];
  /** Sequence of `#messages[#head]`; older ones were acknowledged. */
  #firstSeq = 1;
  #head = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Sequence of the oldest unacknowledged message; one past the last assigned when there is none. */
  get firstSeq(): number {
    return this.#firstSeq;
  }

  /** The oldest unacknowledged message. */
  get first(): M | undefined {
    return this.#messages[this.#head];
  }

  get lastSeq(): number {
    return this.#firstSeq + this.size - 1;
  }

  get size(): number {
    return this.#messages.length - this.#head;
  }

  /** Appends and returns the message's sequence, or null when the outbox is full. */
  push(message: M): number | null {
    if (this.size >= this.#limit) return null;
    this.#messages.push(message);
    return this.lastSeq;
  }

  /** Forgets everything up to `seq`. Acknowledgements of what was never sent are a peer's mistake: returns false. */
  acknowledge(seq: number): boolean {
    if (seq > this.lastSeq) return false;
    while (this.#firstSeq <= seq) {
      this.#head += 1;
      this.#firstSeq += 1;
    }
    if (this.#head > 1_024 && this.#head * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#head);
      this.#head = 0;
    }
    return true;
  }

  /** Whether a receiver that has applied up to `seq` can be served from here. */
  canResumeAfter(seq: number): boolean {
    return seq >= this.#firstSeq - 1 && seq <= this.lastSeq;
  }

  /** Messages after `seq` with their sequences, oldest first. */
  *after(seq: number): Generator<readonly [number, M]> {
    for (let at = Math.max(seq + 1, this.#firstSeq); at <= this.lastSeq; at++) {
      const message = this.#messages[this.#head + at - this.#firstSeq];
      if (message !== undefined) yield [at, message];
    }
  }

  /** Starts over: sequence 1, nothing kept. */
  reset(): void {
    this.#messages = [];
    this.#head = 0;
    this.#firstSeq = 1;
  }
}
