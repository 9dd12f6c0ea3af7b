import type { Acceptor, Clock, Connection, ConnectionHandler, Dialer, Random } from '../ports/index.js';
import type { Frame } from '../session/index.js';

/** How the network between one peer and the master behaves now. Probabilities in thousandths. */
export interface NetworkConditions {
  /** One-way delay of a frame. */
  readonly delayMinMs: number;
  readonly delayMaxMs: number;
  /** Chance that a connection breaks at a frame; a suffix in each direction is lost. */
  readonly breakMilli: number;
  /** Dials fail and frames go nowhere until the partition heals; connections notice nothing by themselves. */
  readonly partitioned: boolean;
  /** Chance that the master learns of a break only `lateCloseMs` later, so that a reconnect overlaps. */
  readonly lateCloseMilli: number;
  readonly lateCloseMs: number;
}

export const CALM: NetworkConditions = Object.freeze({
  delayMinMs: 0,
  delayMaxMs: 1,
  breakMilli: 0,
  partitioned: false,
  lateCloseMilli: 0,
  lateCloseMs: 0,
});

/**
 * Simulated transport between peers and one master: frames of one direction arrive in order after a seeded delay; a break
 * loses what is in flight; a partition swallows frames silently. Frames are handed over as the same immutable values.
 */
export class VirtualNetwork {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #conditionsOf: (peer: string) => NetworkConditions;
  #acceptor: Acceptor | null = null;
  readonly #pipes = new Set<Pipe>();
  /** Counts what happened, for the coverage report of a run. */
  readonly counts = { dials: 0, dialsFailed: 0, breaks: 0, lateCloses: 0, frames: 0, swallowed: 0 };

  constructor(options: {
    readonly clock: Clock;
    readonly random: Random;
    readonly conditionsOf?: (peer: string) => NetworkConditions;
  }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#conditionsOf = options.conditionsOf ?? (() => CALM);
  }

  /** The master listens (or, null, has crashed: every connection is cut and dials fail). */
  listen(acceptor: Acceptor | null): void {
    if (acceptor === null) for (const pipe of [...this.#pipes]) pipe.cut('the master is gone', 'peer');
    this.#acceptor = acceptor;
  }

  /** Cuts every connection of a peer whose process died; the master hears of it now. */
  crashPeer(peer: string): void {
    for (const pipe of [...this.#pipes]) if (pipe.peer === peer) pipe.cut('the peer is gone', 'master');
  }

  dialer(peer: string): Dialer {
    return { dial: (handler) => this.#dial(peer, handler) };
  }

  #dial(peer: string, handler: ConnectionHandler): Connection {
    this.counts.dials += 1;
    const pipe = new Pipe(
      peer,
      handler,
      this.#clock,
      this.#random,
      () => this.#conditionsOf(peer),
      this.counts,
      () => this.#pipes.delete(pipe),
    );
    this.#pipes.add(pipe);
    const conditions = this.#conditionsOf(peer);
    this.#clock.setTimer(conditions.delayMaxMs, () => {
      if (this.#acceptor === null || this.#conditionsOf(peer).partitioned) {
        this.counts.dialsFailed += 1;
        pipe.cut('connection refused', 'peer');
      } else pipe.connect(this.#acceptor);
    });
    return pipe.peerEnd;
  }
}

type Side = 'peer' | 'master';

/** One connection: two ordered directions. Frames sent before the master accepted wait for it. */
class Pipe {
  readonly peer: string;
  readonly peerEnd: Connection;
  readonly #peerHandler: ConnectionHandler;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #conditions: () => NetworkConditions;
  readonly #counts: VirtualNetwork['counts'];
  readonly #onGone: () => void;
  #masterHandler: ConnectionHandler | null = null;
  /** Frames sent by the peer before the connection stood. */
  readonly #early: Frame[] = [];
  /** What arrived while the master did not read. */
  readonly #unread: Frame[] = [];
  #reading = true;
  readonly #open = { peer: true, master: true };
  readonly #lastArrivalMs = { peer: 0, master: 0 };
  #broken = false;

  constructor(
    peer: string,
    peerHandler: ConnectionHandler,
    clock: Clock,
    random: Random,
    conditions: () => NetworkConditions,
    counts: VirtualNetwork['counts'],
    onGone: () => void,
  ) {
    this.peer = peer;
    this.#peerHandler = peerHandler;
    this.#clock = clock;
    this.#random = random;
    this.#conditions = conditions;
    this.#counts = counts;
    this.#onGone = onGone;
    this.peerEnd = {
      remote: 'master',
      send: (frame) => {
        if (this.#masterHandler === null) this.#early.push(frame);
        else this.#transmit('master', frame);
        return true;
      },
      close: (reason) => {
        this.#closeFrom('peer', reason);
      },
    };
  }

  connect(acceptor: Acceptor): void {
    if (!this.#open.peer || this.#broken) return;
    this.#masterHandler = acceptor.accept({
      remote: this.peer,
      send: (frame) => {
        this.#transmit('peer', frame);
        return true;
      },
      close: (reason) => {
        this.#closeFrom('master', reason);
      },
      setReading: (reading) => {
        this.#reading = reading;
        if (reading && this.#unread.length > 0) this.#clock.setTimer(0, () => this.#readOn());
      },
    });
    for (const frame of this.#early.splice(0)) this.#transmit('master', frame);
  }

  /** Breaks at once; `first` is told now, the other side after a delay (perhaps a long one). */
  cut(reason: string, first: Side): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#onGone();
    this.#notify(first, reason, 0);
    const conditions = this.#conditions();
    const late = first === 'peer' && this.#chance(conditions.lateCloseMilli);
    if (late) this.#counts.lateCloses += 1;
    this.#notify(first === 'peer' ? 'master' : 'peer', reason, late ? conditions.lateCloseMs : conditions.delayMaxMs);
  }

  #transmit(to: Side, frame: Frame): void {
    if (this.#broken || !this.#open[to] || !this.#open[to === 'peer' ? 'master' : 'peer']) return;
    const conditions = this.#conditions();
    this.#counts.frames += 1;
    if (conditions.partitioned) {
      this.#counts.swallowed += 1;
      this.#broken = true; // What was swallowed is lost: nothing may follow it. Heartbeats notice.
      this.#onGone();
      return;
    }
    if (this.#chance(conditions.breakMilli)) {
      this.#counts.breaks += 1;
      this.cut('connection reset', 'peer');
      return;
    }
    this.#clock.setTimer(this.#arrivalDelayMs(to, conditions), () => {
      if (this.#broken || !this.#open[to]) return;
      if (to === 'peer') this.#peerHandler.onFrame(frame);
      else if (this.#reading && this.#unread.length === 0) this.#masterHandler?.onFrame(frame);
      else this.#unread.push(frame);
    });
  }

  #readOn(): void {
    while (this.#reading && !this.#broken && this.#open.master) {
      const frame = this.#unread.shift();
      if (frame === undefined) return;
      this.#masterHandler?.onFrame(frame);
    }
  }

  #closeFrom(side: Side, reason: string): void {
    if (!this.#open[side]) return;
    this.#open[side] = false;
    if (this.#broken) return;
    // What was sent before the close still arrives: the end travels behind it.
    const other: Side = side === 'peer' ? 'master' : 'peer';
    const conditions = this.#conditions();
    this.#clock.setTimer(this.#arrivalDelayMs(other, conditions), () => {
      if (this.#broken) return;
      this.#broken = true;
      this.#onGone();
      this.#notify(other, reason, 0);
    });
  }

  #arrivalDelayMs(to: Side, conditions: NetworkConditions): number {
    const nowMs = this.#clock.nowMs();
    const spreadMs = conditions.delayMaxMs - conditions.delayMinMs;
    const delayMs = conditions.delayMinMs + (spreadMs > 0 ? Math.floor(this.#random.next() * (spreadMs + 1)) : 0);
    const atMs = Math.max(nowMs + delayMs, this.#lastArrivalMs[to]);
    this.#lastArrivalMs[to] = atMs;
    return atMs - nowMs;
  }

  #notify(side: Side, reason: string, afterMs: number): void {
    this.#clock.setTimer(afterMs, () => {
      if (!this.#open[side]) return;
      this.#open[side] = false;
      if (side === 'peer') this.#peerHandler.onClose(reason);
      else this.#masterHandler?.onClose(reason);
    });
  }

  #chance(milli: number): boolean {
    return milli > 0 && this.#random.next() * 1000 < milli;
  }
}
