import { createHash } from 'node:crypto';
import type { AgentHello, FrameworkHello, MasterMessage, PeerMessage, RefusalCode } from '../../scheduler/index.js';
import { assertNever } from '../../scheduler/index.js';
import type { CancelTimer, Clock, Connection, Dialer, Random } from '../ports/index.js';
import type { Frame, MasterFrame, PeerFrame } from './frames.js';
import { Outbox } from './outbox.js';
import { ResyncAssembly } from './resync-pages.js';

/** 10,000 step updates and statuses: minutes of a busy peer without a master; beyond that the full state is cheaper. */
const PEER_OUTBOX_MAX = 10_000;
/** A master that does not answer a hello within this is tried again. */
const HELLO_TIMEOUT_MS = 10_000;
const RECONNECT_FIRST_MS = 200;
const RECONNECT_MAX_MS = 15_000;
/**
 * Pauses do not grow beyond `RECONNECT_SOON_MS` while a master has not been there for so short a time: one that is started
 * again on its store leads within seconds, and a pause that has grown meanwhile would keep its peers away for as long again.
 */
const RESTART_LIKELY_MS = 30_000;
/** Frameworks are few, and nothing is decided before they are back; of agents there are tens of thousands. */
export const RECONNECT_SOON_MS = { framework: 250, agent: 1_000 } as const;
/**
 * A session that lived this long begins the back-off anew. Being welcome is not enough: what one of both cannot read is said
 * again right after each welcome, and the peer would come back five times a second for ever.
 */
const SESSION_STEADY_MS = 10_000;
/** Silence longer than this many heartbeats means that the connection is dead. */
const HEARTBEATS_MISSED_MAX = 3;
/** Acknowledgements ride on messages; alone they go at most this late. The master keeps what is not acknowledged; nobody waits. */
const ACK_DELAY_MS = 1_000;
/** After so many messages one goes at once. */
const ACKS_WAITING_MAX = 64;

export interface PeerSessionHandlers<In extends MasterMessage> {
  /** Every message once, in order. When it returns the message counts as applied. */
  onMessage(message: In): void;
  /** `resumed` false: forget offers and send the full state (demand, observation or report) again. */
  onConnected(info: { readonly resumed: boolean; readonly assignedId: string; readonly term: number }): void;
  onDisconnected(reason: string): void;
  /** No session came of an attempt to connect; the next one follows by itself. `failures` counts them since the last session. */
  onUnreachable?(reason: string, failures: number): void;
  /** The master said no. `retryAfterMs` 0: it will not change by itself and the session has stopped. */
  onRefused(code: RefusalCode, message: string, retryAfterMs: number): void;
  /**
   * The peer forgets what waits to be sent and begins a new incarnation; `onConnected` with `resumed` false follows. Too much
   * was unacknowledged, or the master would not take `refused`, said twice: a third time would be no better.
   */
  onStartOver?(reason: string, refused: PeerMessage | null): void;
  /** The session has ended for good: superseded by a newer connection of the same peer, or closed here. */
  onEnded(reason: 'superseded' | 'closed' | 'refused'): void;
}

export interface PeerSessionOptions<In extends MasterMessage> {
  readonly dialer: Dialer;
  readonly clock: Clock;
  readonly random: Random;
  readonly who: FrameworkHello | AgentHello;
  /** Proves that this peer owns its session; keep it with the peer's state. */
  readonly secret: string;
  /** Highest term ever seen, from the peer's own checkpoint. @default 0 */
  readonly highestTerm?: number;
  /** Called when a higher term is seen, so that it can be kept. */
  readonly onTerm?: (term: number) => void;
  /** @default 10000 */
  readonly outboxMax?: number;
  readonly handlers: PeerSessionHandlers<In>;
}

/**
 * The peer's side of a session. Modes: `idle` (not started) → `dialing` (connection asked, hello sent) → `open` (welcome
 * received) → on any break `waiting` (back-off with jitter) → `dialing` … until `ended`. Messages may be sent in every mode
 * but `ended`: they are numbered, kept until acknowledged, and sent again after a break.
 */
export class PeerSession<Out extends PeerMessage, In extends MasterMessage> {
  readonly #options: PeerSessionOptions<In>;
  readonly #outbox: Outbox<Out>;
  #mode: 'idle' | 'dialing' | 'open' | 'waiting' | 'ended' = 'idle';
  #connection: Connection | null = null;
  #incarnation: string;
  #who: FrameworkHello | AgentHello;
  #highestTerm: number;
  #appliedTerm = 0;
  #appliedSeq = 0;
  #ackSent = 0;
  readonly #resync = new ResyncAssembly();
  #attempt = 0;
  #openedMs = 0;
  /** When the last steady session broke; before that never. */
  #brokenMs = -Infinity;
  /** Attempts in a row that brought no session. */
  #failures = 0;
  /** Why the master would not take a message of the session, last time; the message is still in the outbox. */
  #refusal: string | null = null;
  #heartbeatMs = 10_000;
  #lastHeardMs = 0;
  #lastSentMs = 0;
  #cancelModeTimer: CancelTimer | null = null;
  #cancelAckTimer: CancelTimer | null = null;
  /** The transport's buffer is full: what is sent stays in the outbox until it drains. */
  #blocked = false;
  #sentSeq = 0;

  constructor(options: PeerSessionOptions<In>) {
    this.#options = options;
    this.#outbox = new Outbox(options.outboxMax ?? PEER_OUTBOX_MAX);
    this.#incarnation = options.random.hex128();
    this.#who = options.who;
    this.#highestTerm = options.highestTerm ?? 0;
  }

  get connected(): boolean {
    return this.#mode === 'open';
  }

  /** Messages not yet acknowledged by the master. */
  get unacknowledged(): number {
    return this.#outbox.size;
  }

  /** Last message of the master that was applied; 0 before the first of a session that was not resumed. */
  get appliedSeq(): number {
    return this.#appliedSeq;
  }

  start(): void {
    if (this.#mode === 'idle') this.#dial();
  }

  /** Introduces the peer differently from the next connection on (changed roles, renamed machine). */
  introduce(who: FrameworkHello | AgentHello): void {
    this.#who = who;
  }

  /** Takes the message; it reaches the master once, or the full state is asked for again after an overflow. */
  send(message: Out): void {
    if (this.#mode === 'ended') return;
    if (this.#outbox.push(message) === null) {
      this.#startOver('outbox full');
      return;
    }
    this.#flush();
  }

  close(): void {
    this.#end('closed');
  }

  /** Forgets what is unacknowledged, begins a new incarnation, and lets the owner send its full state. */
  #startOver(reason: string, refused: PeerMessage | null = null): void {
    this.#outbox.reset();
    this.#refusal = null;
    this.#incarnation = this.#options.random.hex128();
    this.#options.handlers.onStartOver?.(reason, refused);
    if (this.#connection !== null) this.#break(reason);
  }

  #dial(): void {
    this.#mode = 'dialing';
    let mine: Connection | null = null;
    const stale = (): boolean => mine === null || this.#connection !== mine;
    mine = this.#options.dialer.dial({
      onFrame: (frame) => {
        if (!stale()) this.#onFrame(frame as MasterFrame);
      },
      onClose: (reason) => {
        if (!stale()) this.#onBroken(reason);
      },
      onDrain: () => {
        if (stale()) return;
        this.#blocked = false;
        this.#flush();
      },
      onBegun: () => {
        if (!stale()) this.#armHello();
      },
    });
    this.#connection = mine;
    this.#blocked = false;
    this.#lastHeardMs = this.#options.clock.nowMs();
    this.#write({
      kind: 'hello',
      secret: this.#options.secret,
      pagedResync: this.#who.kind === 'framework',
      hello: {
        who: this.#who,
        incarnation: this.#incarnation,
        secretHash: hashSecret(this.#options.secret),
        outboxFirstSeq: this.#outbox.firstSeq,
        appliedTerm: this.#appliedTerm,
        appliedSeq: this.#appliedSeq,
        highestTerm: this.#highestTerm,
      },
    });
    // One that waits for its turn has said nothing yet that could be answered.
    if (mine.isWaiting === true) this.#cancelModeTimer?.();
    else this.#armHello();
  }

  #armHello(): void {
    this.#setModeTimer(HELLO_TIMEOUT_MS, () => {
      this.#break('the master did not answer the hello in time');
    });
  }

  #onFrame(frame: MasterFrame): void {
    this.#lastHeardMs = this.#options.clock.nowMs();
    switch (frame.kind) {
      case 'welcome':
        this.#onWelcome(frame);
        return;
      case 'refused':
        this.#onRefused(frame.code, frame.message, frame.retryAfterMs);
        return;
      case 'master_message':
        if (this.#mode === 'open') this.#onMessage(frame.seq, frame.ack, frame.message as In);
        return;
      case 'master_ack':
      case 'master_heartbeat':
        if (!this.#outbox.acknowledge(frame.ack)) this.#break('the master acknowledged what was never sent');
        return;
      case 'superseded':
        this.#end('superseded');
        return;
      case 'going_away':
        this.#break('the master is going away', frame.reconnectAfterMs);
        return;
      default:
        assertNever(frame);
    }
  }

  #onWelcome(frame: Extract<MasterFrame, { kind: 'welcome' }>): void {
    if (this.#mode !== 'dialing') {
      this.#break('a second welcome');
      return;
    }
    if (frame.term < this.#highestTerm) {
      this.#break(`the master has term ${String(frame.term)}, a newer one had ${String(this.#highestTerm)}`);
      return;
    }
    if (frame.resumeFromSeq < this.#outbox.firstSeq || frame.resumeFromSeq > this.#outbox.lastSeq + 1) {
      // The master's memory of this peer is from another life (a restored backup): start over rather than guess.
      this.#startOver('the master remembers other messages than were sent');
      return;
    }
    if (frame.term > this.#highestTerm) {
      this.#highestTerm = frame.term;
      this.#options.onTerm?.(frame.term);
    }
    this.#mode = 'open';
    this.#openedMs = this.#options.clock.nowMs();
    this.#failures = 0;
    this.#heartbeatMs = frame.heartbeatMs;
    this.#appliedTerm = frame.term;
    if (!frame.resumed) {
      this.#appliedSeq = 0;
      this.#resync.reset();
    }
    this.#ackSent = this.#appliedSeq;
    this.#sentSeq = frame.resumeFromSeq - 1;
    this.#outbox.acknowledge(this.#sentSeq);
    this.#armHeartbeat();
    this.#options.handlers.onConnected({ resumed: frame.resumed, assignedId: frame.assignedId, term: frame.term });
    this.#flush();
  }

  #onRefused(code: RefusalCode, message: string, retryAfterMs: number): void {
    this.#options.handlers.onRefused(code, message, retryAfterMs);
    if (retryAfterMs === 0) {
      this.#end('refused');
      return;
    }
    // After the welcome it is not the peer that is refused, but what it said. Whatever stood before that message in the outbox
    // was applied, so after one more attempt it is the first.
    const again = this.#mode === 'open' && code === 'INVALID_ARGUMENT' && this.#refusal === message;
    if (again) this.#startOver(`the master does not take a message: ${message}`, this.#outbox.first ?? null);
    else {
      if (this.#mode === 'open') this.#refusal = code === 'INVALID_ARGUMENT' ? message : null;
      this.#break(`refused: ${message}`, retryAfterMs);
    }
  }

  #onMessage(seq: number, ack: number, message: In): void {
    if (!this.#outbox.acknowledge(ack)) {
      this.#break('the master acknowledged what was never sent');
      return;
    }
    if (seq <= this.#appliedSeq) return;
    if (seq !== this.#appliedSeq + 1) {
      this.#break(`message ${String(seq)} came after ${String(this.#appliedSeq)}`);
      return;
    }
    const whole = this.#resync.take(message);
    if (whole !== null) this.#options.handlers.onMessage(whole);
    this.#appliedSeq = seq;
    if (seq - this.#ackSent >= ACKS_WAITING_MAX) this.#acknowledge();
    else
      this.#cancelAckTimer ??= this.#options.clock.setTimer(ACK_DELAY_MS, () => {
        this.#cancelAckTimer = null;
        if (this.#ackSent < this.#appliedSeq) this.#acknowledge();
      });
  }

  #acknowledge(): void {
    if (this.#mode === 'open') this.#write({ kind: 'peer_ack', ack: this.#takeAck() });
  }

  #takeAck(): number {
    this.#ackSent = this.#appliedSeq;
    return this.#appliedSeq;
  }

  #flush(): void {
    if (this.#mode !== 'open') return;
    for (const [seq, message] of this.#outbox.after(this.#sentSeq)) {
      if (this.#blocked) return;
      this.#sentSeq = seq;
      this.#write({ kind: 'peer_message', seq, ack: this.#takeAck(), message });
    }
  }

  #write(frame: PeerFrame): void {
    if (this.#connection === null) return;
    this.#lastSentMs = this.#options.clock.nowMs();
    if (!this.#connection.send(frame)) this.#blocked = true;
  }

  /** One timer serves both directions: say something when silent, notice when the master is. */
  #armHeartbeat(): void {
    this.#setModeTimer(this.#heartbeatMs, () => {
      const nowMs = this.#options.clock.nowMs();
      if (nowMs - this.#lastHeardMs > this.#heartbeatMs * HEARTBEATS_MISSED_MAX) {
        this.#break('the master is silent');
        return;
      }
      if (nowMs - this.#lastSentMs >= this.#heartbeatMs / 2)
        this.#write({ kind: 'peer_heartbeat', ack: this.#takeAck() });
      this.#armHeartbeat();
    });
  }

  #setModeTimer(delayMs: number, fire: () => void): void {
    this.#cancelModeTimer?.();
    this.#cancelModeTimer = this.#options.clock.setTimer(delayMs, fire);
  }

  #break(reason: string, reconnectAfterMs?: number): void {
    this.#connection?.close(reason);
    this.#onBroken(reason, reconnectAfterMs);
  }

  #onBroken(reason: string, reconnectAfterMs?: number): void {
    const wasOpen = this.#mode === 'open';
    const nowMs = this.#options.clock.nowMs();
    if (wasOpen && nowMs - this.#openedMs >= SESSION_STEADY_MS) {
      this.#attempt = 0;
      this.#brokenMs = nowMs;
    }
    this.#connection = null;
    this.#mode = 'waiting';
    const soonMs = RECONNECT_SOON_MS[this.#options.who.kind];
    const maxMs = nowMs - this.#brokenMs < RESTART_LIKELY_MS ? soonMs : RECONNECT_MAX_MS;
    const backoffMs = Math.min(maxMs, RECONNECT_FIRST_MS * 2 ** this.#attempt);
    this.#attempt = Math.min(this.#attempt + 1, 20);
    // Full jitter over the upper half: a restarted master is not met by all its peers at once.
    const jitteredMs = Math.round(backoffMs * (0.5 + this.#options.random.next() / 2));
    this.#setModeTimer(Math.max(reconnectAfterMs ?? 0, jitteredMs), () => {
      this.#dial();
    });
    if (wasOpen) {
      this.#options.handlers.onDisconnected(reason);
      return;
    }
    this.#failures += 1;
    this.#options.handlers.onUnreachable?.(reason, this.#failures);
  }

  #end(reason: 'superseded' | 'closed' | 'refused'): void {
    if (this.#mode === 'ended') return;
    const wasOpen = this.#mode === 'open';
    this.#mode = 'ended';
    this.#cancelModeTimer?.();
    this.#cancelAckTimer?.();
    const connection = this.#connection;
    this.#connection = null;
    connection?.close(reason);
    if (wasOpen) this.#options.handlers.onDisconnected(reason);
    this.#options.handlers.onEnded(reason);
  }
}

/** What the master keeps of a session's secret. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(`mosaic-session\0${secret}`).digest('hex');
}

export type { Frame };
