/**
 * Looks at the master as an operator does: the overview and the hosts a few times a second, decisions as they are made. It
 * outlives the master: while that is away, the last picture stays and `answering` is false.
 */
import type {
  Decision,
  HostView,
  OperatorCommand,
  OperatorReply,
  OverviewView,
  Query,
  QueryResult,
  TransitionView,
  WatchItem,
} from '../client/index.js';
import type { CancelTimer, Clock } from '../ports/index.js';

const POLL_MS = 250;
/** A poll takes at most this part of the time; the rest is for the fleet. */
const POLL_SHARE = 0.2;
const WATCH_RETRY_MS = 500;
/** Above this a host is not drawn, so its details need not be read. */
const HOSTS_MAX = 1_000;

/** The part of the published client that is used. */
export interface MasterReader {
  get<Q extends Query>(query: Q): Promise<Extract<QueryResult, { kind: Q['kind'] }>>;
  command(command: OperatorCommand): Promise<OperatorReply>;
  watch(
    request: { readonly about: readonly string[] },
    options: { readonly signal: AbortSignal; readonly resume: boolean },
  ): AsyncIterable<WatchItem>;
}

export interface FleetWatchOptions {
  readonly master: MasterReader;
  readonly clock: Clock;
  readonly onDecision: (decision: Decision) => void;
  /** A transition has ended; the same one may be told again. */
  readonly onEnded: (transition: TransitionView) => void;
}

export class FleetWatch {
  readonly #options: FleetWatchOptions;
  readonly #stop = new AbortController();
  #cancelPoll: CancelTimer = () => undefined;
  #overview: OverviewView | null = null;
  #hosts: readonly HostView[] = [];
  #answering = false;

  constructor(options: FleetWatchOptions) {
    this.#options = options;
  }

  get overview(): OverviewView | null {
    return this.#overview;
  }

  get hosts(): readonly HostView[] {
    return this.#hosts;
  }

  get answering(): boolean {
    return this.#answering;
  }

  start(): void {
    void this.#poll();
    void this.#watch();
  }

  close(): void {
    this.#stop.abort();
    this.#cancelPoll();
  }

  /** Reads every ended transition that the master still knows. */
  async readEnded(): Promise<void> {
    let pageToken = '';
    do {
      const page = await this.#options.master.get({
        kind: 'transitions',
        ended: true,
        page: { limit: 200, pageToken },
      });
      for (const transition of page.transitions) if (transition.endedMs > 0) this.#options.onEnded(transition);
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
  }

  async #poll(): Promise<void> {
    const { master, clock } = this.#options;
    const fromMs = clock.nowMs();
    try {
      const { overview } = await master.get({ kind: 'overview' });
      const page = { limit: HOSTS_MAX, pageToken: '' };
      const hosts =
        overview.hostsTotal > HOSTS_MAX
          ? []
          : (await master.get({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page })).hosts;
      this.#overview = overview;
      this.#hosts = hosts;
      this.#answering = true;
    } catch {
      // It is being restarted, or too busy: the last picture stays.
      this.#answering = false;
    }
    if (this.#stop.signal.aborted) return;
    const tookMs = clock.nowMs() - fromMs;
    this.#cancelPoll = clock.setTimer(Math.max(POLL_MS, tookMs / POLL_SHARE - tookMs), () => void this.#poll());
  }

  /** A new master has no history of the old one's: what ended meanwhile is read from its store instead. */
  async #watch(): Promise<void> {
    const { master, clock, onDecision } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const items = master.watch({ about: [] }, { signal, resume: false });
        let caughtUp = false;
        for await (const item of items) {
          if (!caughtUp) await this.readEnded();
          caughtUp = true;
          if (item.kind !== 'decision') continue;
          onDecision(item.decision);
          await this.#readIfEnded(item.decision);
        }
      } catch {
        // Broken or refused; tried again below.
      }
      await new Promise<void>((resolve) => {
        clock.setTimer(signal.aborted ? 0 : WATCH_RETRY_MS, resolve);
      });
    }
  }

  async #readIfEnded({ about, fields }: Decision): Promise<void> {
    const { outcome, transitionId } = fields;
    if (about !== 'move' || outcome === undefined || typeof transitionId !== 'string') return;
    const { transition } = await this.#options.master.get({ kind: 'transition', transition: transitionId });
    this.#options.onEnded(transition);
  }
}
