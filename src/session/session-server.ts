import type {
  AgentMessage,
  Effect,
  Event,
  FrameworkMessage,
  MasterMessage,
  PeerId,
  SessionHello,
} from '../../scheduler/index.js';
import { spanText } from '../../frameworks/common/span.js';
import { assertNever } from '../../scheduler/index.js';
import type { AcceptedConnection, Acceptor, CancelTimer, Clock, ConnectionHandler } from '../ports/index.js';
import type { Frame, MasterFrame, PeerFrame } from './frames.js';
import { DueAcks } from './due-acks.js';
import { Outbox } from './outbox.js';
import { hashSecret } from './peer-session.js';
import { resyncPages } from './resync-pages.js';

export interface SessionServerOptions {
  /** Each side says something at least this often. @default 10000 */
  readonly heartbeatMs: number;
  /** Silence of this many heartbeats ends a connection. @default 3 */
  readonly heartbeatsMissedMax: number;
  /**
   * Heartbeats that all peers together may send in a second. With more peers each is asked for one less often, up to
   * `HEARTBEAT_STRETCH_MAX` times `heartbeatMs`: 10,000 idle hosts would otherwise cost a tenth of a core in each direction.
   * @default 500
   */
  readonly heartbeatsPerSecondMax: number;
  /** Unacknowledged master messages per peer; one more and the peer gets its full state again. @default 20000 */
  readonly outboxMax: number;
  /** Messages of one peer that may wait to become durable; its connection is not read meanwhile. @default 256 */
  readonly unacknowledgedMax: number;
  /** Connections at once, open or opening; one more is refused. @default 200000 */
  readonly connectionsMax: number;
}

export const DEFAULT_SESSION_OPTIONS: SessionServerOptions = Object.freeze({
  heartbeatMs: 10_000,
  heartbeatsMissedMax: 3,
  heartbeatsPerSecondMax: 500,
  outboxMax: 20_000,
  // With commits of 50 ms still 5,000 messages a second of one peer. A thousand peers that wait for no acknowledgement while
  // the disk is slow fill a quarter of the loop's EFFECTS_WAITING_MAX, at which memory would be dropped for everybody.
  unacknowledgedMax: 256,
  connectionsMax: 200_000,
});

/**
 * Acknowledgements ride on messages; alone they go at most this late. A peer keeps what is not acknowledged, and nobody waits
 * for it: late enough that an answer is on its way first, or that one acknowledgement serves for several messages.
 */
const ACK_DELAY_MS = 1_000;
/** The first of a connection, which brings the peer's full state, and every so many are acknowledged sooner. */
const ACK_SOON_DELAY_MS = 50;
const ACKS_SOON_MIN = 32;
/** A heartbeat of a large fleet is at most this many times as long: the longest silence stays in proportion to the configured one. */
const HEARTBEAT_STRETCH_MAX = 2.5;
/** Links looked at in one go. Heartbeats to 10,000 agents in one burst would keep everybody else waiting for a fifth of a second. */
const LINKS_CHECKED_MAX = 100;
/** A connection that has not said hello by then is closed. */
const HELLO_TIMEOUT_MS = 10_000;

type SessionEffect = Extract<Effect, { kind: 'send' | 'ack' | 'session_accepted' | 'session_refused' | 'disconnect' }>;

interface Link {
  readonly connectionId: string;
  readonly connection: AcceptedConnection;
  mode: 'new' | 'opening' | 'open' | 'closed';
  hello: SessionHello | null;
  pagedResync: boolean;
  peerId: PeerId | null;
  lastHeardMs: number;
  lastSentMs: number;
  /** Last peer message handed to the core over this link. */
  receivedSeq: number;
  /** Last master message written to this link. */
  sentSeq: number;
  /** First message of the peer that this link can bring. */
  firstSeq: number;
  /** Last acknowledgement written to this link. */
  ackSent: number;
  /** What its peer was told at the welcome. */
  heartbeatMs: number;
  blocked: boolean;
  /** False while too many of the peer's messages wait to become durable: what it says is not taken. */
  reading: boolean;
}

interface Peer {
  readonly outbox: Outbox<MasterMessage>;
  link: Link | null;
  /** The peer's messages up to here are durable. */
  ackSeq: number;
  /** An overflow broke the sequence: the next connection cannot resume. */
  broken: boolean;
  /** Whether its process takes a full state in pages. */
  pagedResync: boolean;
}

/**
 * The master's side of all sessions: turns frames into events of the core and the core's effects into frames. Keeps one
 * bounded outbox per peer; whatever cannot be resumed is answered by a full state from the core (`peer_connected` with `resumed` false).
 */
export class SessionServer implements Acceptor {
  readonly #clock: Clock;
  readonly #options: SessionServerOptions;
  readonly #submit: (event: Event) => void;
  readonly #links = new Map<string, Link>();
  readonly #peers = new Map<PeerId, Peer>();
  readonly #acksDue: DueAcks<Link>;
  readonly #acksDueSoon: DueAcks<Link>;
  #term = 0;
  #accepting = false;
  #nextConnection = 0;
  #cancelCheckTimer: CancelTimer | null = null;

  constructor(options: {
    readonly clock: Clock;
    readonly session?: Partial<SessionServerOptions>;
    readonly submit: (event: Event) => void;
  }) {
    this.#clock = options.clock;
    this.#options = { ...DEFAULT_SESSION_OPTIONS, ...options.session };
    this.#submit = options.submit;
    const say = (link: Link): void => {
      const ack = link.peerId === null ? undefined : this.#peers.get(link.peerId)?.ackSeq;
      if (ack !== undefined && ack > link.ackSent) this.#write(link, { kind: 'master_ack', ack });
    };
    this.#acksDue = new DueAcks(this.#clock, ACK_DELAY_MS, say);
    this.#acksDueSoon = new DueAcks(this.#clock, ACK_SOON_DELAY_MS, say);
  }

  /** The master leads with this term: connections are welcome. */
  open(term: number): void {
    this.#term = term;
    this.#accepting = true;
    this.#armCheck();
  }

  /** Ends every connection and forgets every outbox (memory of the core is dropped, or the daemon stops). */
  closeAll(reason: string, reconnectAfterMs: number): void {
    this.#accepting = false;
    this.#cancelCheckTimer?.();
    this.#acksDue.clear();
    this.#acksDueSoon.clear();
    this.#peers.clear();
    const links = [...this.#links.values()];
    this.#links.clear();
    for (const link of links) {
      link.mode = 'closed';
      link.connection.send({ kind: 'going_away', reconnectAfterMs });
      link.connection.close(reason);
    }
  }

  get connectionCount(): number {
    return this.#links.size;
  }

  /** Connections whose session is open. */
  get openCount(): number {
    let count = 0;
    for (const peer of this.#peers.values()) if (peer.link !== null) count += 1;
    return count;
  }

  accept(connection: AcceptedConnection): ConnectionHandler {
    this.#nextConnection += 1;
    const connectionId = `c${String(this.#nextConnection)}`;
    const nowMs = this.#clock.nowMs();
    const link: Link = {
      connectionId,
      connection,
      mode: 'new',
      hello: null,
      pagedResync: false,
      peerId: null,
      lastHeardMs: nowMs,
      lastSentMs: nowMs,
      receivedSeq: 0,
      sentSeq: 0,
      firstSeq: 1,
      ackSent: 0,
      heartbeatMs: this.#options.heartbeatMs,
      blocked: false,
      reading: true,
    };
    if (!this.#accepting || this.#links.size >= this.#options.connectionsMax) {
      link.mode = 'closed';
      const full = this.#accepting;
      connection.send({
        kind: 'refused',
        code: full ? 'RESOURCE_EXHAUSTED' : 'NOT_LEADER',
        message: full
          ? `this master serves ${String(this.#options.connectionsMax)} connections already`
          : 'this master is not ready',
        retryAfterMs: full ? 30_000 : 1_000,
      });
      connection.close('refused');
    } else {
      this.#links.set(connectionId, link);
    }
    return {
      onFrame: (frame) => {
        if (link.mode !== 'closed') this.#onFrame(link, frame as PeerFrame);
      },
      onClose: (reason) => {
        this.#drop(link, reason);
      },
      onDrain: () => {
        link.blocked = false;
        this.#flush(link);
      },
    };
  }

  execute(effect: SessionEffect): void {
    switch (effect.kind) {
      case 'send':
        this.#send(effect.peerId, effect.message);
        return;
      case 'ack':
        this.#ack(effect.peerId, effect.seq);
        return;
      case 'session_accepted':
        this.#accepted(effect);
        return;
      case 'session_refused': {
        const link = this.#links.get(effect.connectionId);
        if (link === undefined) return;
        this.#write(link, {
          kind: 'refused',
          code: effect.code,
          message: effect.message,
          retryAfterMs: effect.retryAfterMs,
        });
        this.#close(link, `refused: ${effect.message}`);
        return;
      }
      case 'disconnect': {
        const link = this.#peers.get(effect.peerId)?.link;
        if (link !== undefined && link !== null) this.#close(link, effect.reason);
        // Torn down or set aside: nothing waits for it. Should it come back, it begins with the full state.
        this.#peers.delete(effect.peerId);
        return;
      }
      default:
        assertNever(effect);
    }
  }

  #onFrame(link: Link, frame: PeerFrame): void {
    link.lastHeardMs = this.#clock.nowMs();
    if (frame.kind === 'hello') {
      if (link.mode !== 'new') {
        this.#close(link, 'a second hello');
        return;
      }
      link.mode = 'opening';
      link.pagedResync = frame.pagedResync;
      link.hello = { ...frame.hello, secretHash: hashSecret(frame.secret) };
      this.#submit({ kind: 'session_open', connectionId: link.connectionId, hello: link.hello });
      return;
    }
    const peer = link.peerId === null ? undefined : this.#peers.get(link.peerId);
    if (link.mode !== 'open' || link.peerId === null || peer === undefined) {
      this.#close(link, `a ${frame.kind} before the welcome`);
      return;
    }
    if (!peer.outbox.acknowledge(frame.ack)) {
      this.#close(link, `message ${String(frame.ack)} was acknowledged but never sent`);
      return;
    }
    if (frame.kind !== 'peer_message') return;
    if (frame.seq <= link.receivedSeq) return;
    if (frame.seq !== link.receivedSeq + 1) {
      this.#close(link, `message ${String(frame.seq)} came after ${String(link.receivedSeq)}`);
      return;
    }
    link.receivedSeq = frame.seq;
    if (frame.seq - peer.ackSeq >= this.#options.unacknowledgedMax) this.#setReading(link, false);
    // The peer's kind decides what its messages are; converters at the edge have refused what does not fit.
    if (link.hello?.who.kind === 'agent')
      this.#submit({
        kind: 'agent_message',
        peerId: link.peerId,
        seq: frame.seq,
        message: frame.message as AgentMessage,
      });
    else
      this.#submit({
        kind: 'framework_message',
        peerId: link.peerId,
        seq: frame.seq,
        message: frame.message as FrameworkMessage,
      });
  }

  #accepted(effect: Extract<Effect, { kind: 'session_accepted' }>): void {
    const link = this.#links.get(effect.connectionId);
    let peer = this.#peers.get(effect.peerId);
    if (link?.mode !== 'opening' || link.hello === null) {
      // Gone while the core decided. An older connection speaks for an incarnation whose messages count no more: it would
      // look alive and be heard by nobody, so it has to introduce itself anew.
      const older = effect.newIncarnation ? peer?.link : undefined;
      if (older !== undefined && older !== null) this.#close(older, 'another process took over and went away');
      return;
    }
    if (peer === undefined) {
      peer = { outbox: new Outbox(this.#options.outboxMax), link: null, ackSeq: 0, broken: true, pagedResync: false };
      this.#peers.set(effect.peerId, peer);
    }
    const older = peer.link;
    if (older !== null) {
      this.#write(older, { kind: 'superseded' });
      older.peerId = null; // Its end is not the peer's: the newer connection is already there.
      this.#close(older, 'superseded by a newer connection');
    }
    const hello = link.hello;
    const resumed =
      !effect.newIncarnation &&
      !peer.broken &&
      hello.appliedTerm === this.#term &&
      peer.outbox.canResumeAfter(hello.appliedSeq);
    if (!resumed) {
      peer.outbox.reset();
      peer.broken = false;
    }
    peer.pagedResync = link.pagedResync;
    peer.link = link;
    peer.ackSeq = effect.resumeFromSeq - 1;
    link.peerId = effect.peerId;
    link.mode = 'open';
    link.receivedSeq = effect.resumeFromSeq - 1;
    link.firstSeq = effect.resumeFromSeq;
    link.ackSent = effect.resumeFromSeq - 1;
    link.sentSeq = resumed ? hello.appliedSeq : 0;
    link.heartbeatMs = this.#heartbeatMs();
    this.#write(link, {
      kind: 'welcome',
      term: this.#term,
      peerId: effect.peerId,
      assignedId: effect.assignedId,
      resumeFromSeq: effect.resumeFromSeq,
      resumed,
      heartbeatMs: link.heartbeatMs,
    });
    this.#flush(link);
    this.#submit({ kind: 'peer_connected', peerId: effect.peerId, resumed });
  }

  #send(peerId: PeerId, message: MasterMessage): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined || peer.broken) return; // Never connected in this term: its first connection gets the full state.
    const parts = message.kind === 'resync' ? resyncPages(message, peer.pagedResync) : [message];
    if (parts.some((part) => peer.outbox.push(part) === null)) {
      peer.broken = true;
      peer.outbox.reset(); // Nobody will be sent what it holds.
      if (peer.link !== null)
        this.#close(peer.link, `${String(this.#options.outboxMax)} messages were not acknowledged`);
      return;
    }
    if (peer.link !== null) this.#flush(peer.link);
  }

  #flush(link: Link): void {
    const peer = link.peerId === null ? undefined : this.#peers.get(link.peerId);
    if (peer === undefined || link.mode !== 'open') return;
    for (const [seq, message] of peer.outbox.after(link.sentSeq)) {
      if (link.blocked) return;
      link.sentSeq = seq;
      this.#write(link, { kind: 'master_message', seq, ack: peer.ackSeq, message });
    }
  }

  #ack(peerId: PeerId, seq: number): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined || seq <= peer.ackSeq) return;
    peer.ackSeq = seq;
    // Half of them, so that a commit for every message does not stop and start the stream each time.
    if (peer.link !== null && peer.link.receivedSeq - seq <= this.#options.unacknowledgedMax / 2)
      this.#setReading(peer.link, true);
    const { link } = peer;
    if (link === null) return;
    const isSoon = link.ackSent < link.firstSeq || seq - link.ackSent >= ACKS_SOON_MIN;
    (isSoon ? this.#acksDueSoon : this.#acksDue).add(link);
  }

  /** How often a peer that connects now is to say something. */
  #heartbeatMs(): number {
    const { heartbeatMs, heartbeatsPerSecondMax } = this.#options;
    const fairMs = Math.ceil((this.#links.size / heartbeatsPerSecondMax) * 1_000);
    return Math.min(Math.max(heartbeatMs, fairMs), heartbeatMs * HEARTBEAT_STRETCH_MAX);
  }

  #setReading(link: Link, reading: boolean): void {
    if (link.reading === reading || link.mode === 'closed') return;
    link.reading = reading;
    link.lastHeardMs = this.#clock.nowMs(); // It was not silent: it was not listened to.
    link.connection.setReading(reading);
  }

  #write(link: Link, frame: MasterFrame): void {
    if (link.mode === 'closed') return;
    link.lastSentMs = this.#clock.nowMs();
    if ('ack' in frame) this.#said(link, frame.ack);
    if (!link.connection.send(frame)) link.blocked = true;
  }

  #said(link: Link, ack: number): void {
    link.ackSent = ack;
    this.#acksDue.delete(link);
    this.#acksDueSoon.delete(link);
  }

  #close(link: Link, reason: string): void {
    if (link.mode === 'closed') return;
    link.connection.close(reason);
    this.#drop(link, reason);
  }

  #drop(link: Link, reason: string): void {
    if (link.mode === 'closed') return;
    link.mode = 'closed';
    this.#links.delete(link.connectionId);
    this.#acksDue.delete(link);
    this.#acksDueSoon.delete(link);
    const peer = link.peerId === null ? undefined : this.#peers.get(link.peerId);
    if (peer?.link !== link || link.peerId === null) return;
    peer.link = null;
    this.#submit({ kind: 'peer_disconnected', peerId: link.peerId, reason });
  }

  /** Looks at every link once in `heartbeatMs`, in slices spread over that time. */
  #armCheck(): void {
    const links = [...this.#links.values()];
    const slices = Math.max(1, Math.ceil(links.length / LINKS_CHECKED_MAX));
    this.#armSlice(links, 1, slices);
  }

  #armSlice(links: readonly Link[], slice: number, slices: number): void {
    this.#cancelCheckTimer?.();
    this.#cancelCheckTimer = this.#clock.setTimer(this.#options.heartbeatMs / slices, () => {
      const from = (slice - 1) * LINKS_CHECKED_MAX;
      // A single slice is as of now, and takes along who came meanwhile.
      const checked = slices === 1 ? [...this.#links.values()] : links.slice(from, from + LINKS_CHECKED_MAX);
      for (const link of checked) this.#check(link);
      if (slice < slices) this.#armSlice(links, slice + 1, slices);
      else this.#armCheck();
    });
  }

  /** Ends a link that is silent; says something on one that we have been silent on. */
  #check(link: Link): void {
    if (link.mode === 'closed') return;
    const nowMs = this.#clock.nowMs();
    const quietMs = nowMs - link.lastHeardMs;
    const silentMs = link.heartbeatMs * this.#options.heartbeatsMissedMax;
    if (link.reading && quietMs > (link.mode === 'new' ? HELLO_TIMEOUT_MS : silentMs))
      this.#close(link, `silent for ${spanText(quietMs)}`);
    else if (link.mode === 'open' && nowMs - link.lastSentMs >= link.heartbeatMs / 2)
      this.#write(link, { kind: 'master_heartbeat', ack: this.#peers.get(link.peerId ?? '')?.ackSeq ?? 0 });
  }
}

export type { Frame };
