import type { Decision } from '../../scheduler/index.js';
import type { WatchItem, WatchRequest, WatchToken } from '../client/wire/watch.js';
import type { LoopObserver } from './loop.js';

/** Decisions that are kept for watchers that come late or come back. */
export const HISTORY_MAX = 10_000;
/** Watchers at once; one more is refused. Each costs a position, not a copy of the events. */
const SUBSCRIBERS_MAX = 1_000;

/** One decision with its position. */
export interface WatchEvent extends Decision {
  readonly term: number;
  /** Number of the event within the term, from 1. */
  readonly revision: number;
  readonly atMs: number;
}

/** Why a watch ended. */
export type WatchEnding =
  /** The token is older than the history, from the future, or of another term: read the state anew, then watch from now. */
  | { readonly kind: 'out_of_range'; readonly message: string }
  /** The watcher did not keep up, or there are too many. */
  | { readonly kind: 'resource_exhausted'; readonly message: string }
  /** The master does not lead any more. */
  | { readonly kind: 'unavailable'; readonly message: string }
  /** The watcher itself ended it. */
  | { readonly kind: 'closed' };

/**
 * A place in the history. `next` answers what follows it, so a reader that pauses holds back nobody: it only falls behind,
 * and when the history has moved past it, it is told so and ended.
 */
export interface Subscription {
  /** Everything before and at this position was answered or did not match. */
  readonly position: WatchToken;
  /** The next matching event, as soon as there is one. After an ending every call answers the same ending. */
  next(): Promise<WatchEvent | WatchEnding>;
  /** The next matching event if it is there already, otherwise null. */
  take(): WatchEvent | WatchEnding | null;
  close(): void;
}

/** Whether `next` answered an event. */
export function isEvent(item: WatchEvent | WatchEnding): item is WatchEvent {
  return 'revision' in item;
}

export interface WatchHubOptions {
  /** @default 10000 */
  readonly historyMax?: number;
  /** @default 1000 */
  readonly subscribersMax?: number;
}

/**
 * The history of decisions and those who follow it. Revisions count from 1 within a term; a new term begins an empty
 * history, because what a crash swallowed between two terms is in neither: whoever watched reads the state anew.
 */
export class WatchHub implements LoopObserver {
  readonly #historyMax: number;
  readonly #subscribersMax: number;
  readonly #subscribers = new Set<Cursor>();
  /** A ring: revision `r` stands at `(r - 1) % historyMax`. */
  #ring: WatchEvent[] = [];
  #term = 0;
  #revision = 0;
  #leading = false;

  constructor({ historyMax = HISTORY_MAX, subscribersMax = SUBSCRIBERS_MAX }: WatchHubOptions = {}) {
    this.#historyMax = historyMax;
    this.#subscribersMax = subscribersMax;
  }

  /** Position of the newest event. */
  get head(): WatchToken {
    return { term: this.#term, revision: this.#revision };
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** Events that are kept now. */
  get kept(): number {
    return this.#ring.length;
  }

  /** @param request `after` null = from now on */
  subscribe({ after, about, subject }: WatchRequest): Subscription | Exclude<WatchEnding, { readonly kind: 'closed' }> {
    if (!this.#leading)
      return { kind: 'unavailable', message: 'this master does not lead now; watch again in a moment' };
    if (this.#subscribers.size >= this.#subscribersMax)
      return {
        kind: 'resource_exhausted',
        message: `${this.#subscribers.size} watches are open already; try again later`,
      };
    const refused = after === null ? null : this.#rangeProblem(after);
    if (refused !== null) return { kind: 'out_of_range', message: refused };
    const kinds = new Set(about);
    const matches = (event: WatchEvent): boolean =>
      (kinds.size === 0 || kinds.has(event.about)) && (subject === '' || event.subject === subject);
    const cursor = new Cursor(this.#term, after?.revision ?? this.#revision, matches, {
      read: (revision) => this.#at(revision),
      head: () => this.#revision,
      forget: (one) => this.#subscribers.delete(one),
    });
    this.#subscribers.add(cursor);
    return cursor;
  }

  /**
   * Pushes to `onItem`: a bookmark at the start, what is kept after it, a bookmark where the kept part ends, then what
   * happens. Waits where `onItem` answers a promise. Resolves when the watch ends; calls nothing afterwards.
   */
  async watch(
    request: WatchRequest,
    signal: AbortSignal,
    onItem: (item: WatchItem) => void | Promise<void>,
  ): Promise<WatchEnding> {
    const subscription = this.subscribe(request);
    if ('kind' in subscription) return subscription;
    const close = (): void => {
      subscription.close();
    };
    const tell = async (item: WatchItem): Promise<void> => {
      if (!signal.aborted) await onItem(item);
    };
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    const head = this.head;
    let caughtUp = request.after === null;
    await tell({ kind: 'bookmark', token: subscription.position });
    try {
      for (;;) {
        const item = subscription.take();
        if (
          !caughtUp &&
          !signal.aborted &&
          subscription.position.revision >= head.revision &&
          (item === null || (isEvent(item) && item.revision > head.revision))
        ) {
          caughtUp = true;
          await tell({ kind: 'bookmark', token: head });
        }
        const answered = item ?? (await subscription.next());
        if (!isEvent(answered)) return answered;
        const { term, revision, atMs, ...decision } = answered;
        await tell({ kind: 'decision', token: { term, revision }, atMs, decision });
      }
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }

  onLeading(term: number): void {
    this.#endAll('a new term has begun; read the state anew');
    this.#term = term;
    this.#revision = 0;
    this.#ring = [];
    this.#leading = true;
  }

  onCommitted(atMs: number, decisions: readonly Decision[]): void {
    if (decisions.length === 0) return;
    for (const { about, subject, text, fields } of decisions) {
      this.#revision += 1;
      this.#ring[(this.#revision - 1) % this.#historyMax] = {
        term: this.#term,
        revision: this.#revision,
        atMs,
        about,
        subject,
        text,
        fields,
      };
    }
    for (const subscriber of this.#subscribers) subscriber.wake();
  }

  onReload(reason: string): void {
    this.#leading = false;
    this.#endAll(`the master loads its state again: ${reason}`);
  }

  onEnded(error: Error | null): void {
    this.#leading = false;
    this.#endAll(error === null ? 'the master stops' : error.message);
  }

  #rangeProblem({ term, revision }: WatchToken): string | null {
    if (term !== this.#term)
      return `the position is of term ${term}, and this is term ${this.#term}: read the state anew, then watch from now`;
    if (revision > this.#revision) return `position ${revision} is still to come, the newest is ${this.#revision}`;
    const oldest = this.#revision - this.#ring.length;
    if (revision < oldest)
      return `position ${revision} is older than the history, which begins after ${oldest}: read the state anew, then watch from now`;
    return null;
  }

  /** The event, `gone` when the history has moved past it. */
  #at(revision: number): WatchEvent | 'gone' {
    const event = this.#ring[(revision - 1) % this.#historyMax];
    return event?.revision === revision ? event : 'gone';
  }

  #endAll(message: string): void {
    for (const subscriber of [...this.#subscribers]) subscriber.end({ kind: 'unavailable', message });
  }
}

/** What a cursor needs of the hub. */
interface History {
  read(revision: number): WatchEvent | 'gone';
  head(): number;
  forget(cursor: Cursor): void;
}

class Cursor implements Subscription {
  readonly #term: number;
  readonly #matches: (event: WatchEvent) => boolean;
  readonly #history: History;
  #revision: number;
  #ending: WatchEnding | null = null;
  #waiting: ((item: WatchEvent | WatchEnding) => void)[] = [];

  constructor(term: number, revision: number, matches: (event: WatchEvent) => boolean, history: History) {
    this.#term = term;
    this.#revision = revision;
    this.#matches = matches;
    this.#history = history;
  }

  get position(): WatchToken {
    return { term: this.#term, revision: this.#revision };
  }

  take(): WatchEvent | WatchEnding | null {
    while (this.#ending === null && this.#revision < this.#history.head()) {
      const event = this.#history.read(this.#revision + 1);
      if (event === 'gone') {
        this.end({
          kind: 'resource_exhausted',
          message: `the watcher did not keep up: the history has moved past its position ${this.#revision}`,
        });
        break;
      }
      this.#revision += 1;
      if (this.#matches(event)) return event;
    }
    return this.#ending;
  }

  next(): Promise<WatchEvent | WatchEnding> {
    const item = this.take();
    if (item !== null) return Promise.resolve(item);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** There is something new. Whoever does not wait reads it later. */
  wake(): void {
    while (this.#waiting.length > 0) {
      const item = this.take();
      if (item === null) return;
      this.#waiting.shift()?.(item);
    }
  }

  end(ending: WatchEnding): void {
    this.#ending ??= ending;
    this.#history.forget(this);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(this.#ending);
  }

  close(): void {
    this.end({ kind: 'closed' });
  }
}
