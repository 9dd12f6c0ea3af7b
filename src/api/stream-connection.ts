import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type { FrameBytes } from '../client/wire/frames.js';
import { safeDetails } from '../client/wire/status.js';
import { WireError } from '../client/wire/wire-error.js';
import type { AcceptedConnection, Acceptor, CancelTimer, Clock, ConnectionHandler } from '../ports/index.js';
import type { Frame, MasterFrame } from '../session/frames.js';
import { type ApiLog, messageOf } from './log.js';

/** What a queued message costs beside its bytes: its buffer, its place in the queue and its callback. */
const QUEUED_OVERHEAD_BYTES = 256;
/** How long a peer has to read what was sent before its stream is cut. */
const END_GRACE_MS = 5_000;

export interface StreamLimits {
  /** A stream that has not sent a frame by then is closed. @default 10000 */
  readonly helloTimeoutMs: number;
  /** Bytes that may wait in one stream for a peer that does not read. @default 16777216 */
  readonly queuedBytesMax: number;
}

export interface StreamContext {
  readonly frames: FrameBytes;
  readonly acceptor: Acceptor;
  readonly clock: Clock;
  readonly limits: StreamLimits;
  readonly log: ApiLog;
  /** Ends the call without waiting for what is queued. */
  readonly cut: (code: status, details: string) => void;
  readonly onEnded: (connection: StreamConnection) => void;
}

type Call = ServerDuplexStream<Buffer, Buffer>;

/**
 * One `Connect` stream as a `Connection`. States: `open` (both directions) → `ending` (we said our last, the peer may still
 * read it) → `ended`. The handler hears of the end once, when the state leaves `open`.
 */
export class StreamConnection implements AcceptedConnection {
  readonly remote: string;
  readonly #call: Call;
  readonly #context: StreamContext;
  #handler: ConnectionHandler | null = null;
  #state: 'open' | 'ending' | 'ended' = 'open';
  #queuedBytes = 0;
  #blocked = false;
  /** The last frame says itself that the stream is over, and how to go on. */
  #farewell = false;
  #cancelHelloTimer: CancelTimer | null;
  #cancelEndTimer: CancelTimer | null = null;

  constructor(call: Call, context: StreamContext) {
    this.#call = call;
    this.#context = context;
    this.remote = call.getPeer();
    this.#cancelHelloTimer = context.clock.setTimer(context.limits.helloTimeoutMs, () => {
      this.#cancelHelloTimer = null;
      this.#end(status.DEADLINE_EXCEEDED, `no hello came within ${context.limits.helloTimeoutMs} ms`);
    });
    // Readers first: a message that arrives before its listener would wait for ever.
    call.on('data', (bytes: Buffer) => {
      this.#onBytes(bytes);
    });
    call.on('end', () => {
      this.#end(status.OK, 'the peer ended the stream');
    });
    call.on('cancelled', () => {
      this.#onGone('the peer or the network ended the stream');
    });
    call.on('close', () => {
      this.#onGone('the stream was closed');
    });
    call.on('drain', () => {
      this.#blocked = false;
      if (this.#state === 'open') this.#handler?.onDrain();
    });
  }

  /** Hands the connection to the session layer, which may answer at once. */
  open(): void {
    this.#handler = this.#context.acceptor.accept(this);
  }

  send(frame: Frame): boolean {
    if (this.#state !== 'open') return true;
    let bytes: Buffer;
    try {
      bytes = this.#context.frames.writeMaster(frame as MasterFrame);
    } catch (error) {
      // A message of ours that breaks our own contract: this peer cannot be served, all others can.
      this.#context.log.warn({ remote: this.remote, frame: frame.kind }, `cannot send: ${messageOf(error)}`);
      this.#end(status.INTERNAL, `the master made a message that breaks the contract: ${messageOf(error)}`);
      return true;
    }
    this.#farewell = frame.kind === 'refused' || frame.kind === 'superseded' || frame.kind === 'going_away';
    const cost = bytes.length + QUEUED_OVERHEAD_BYTES;
    if (this.#queuedBytes > 0 && this.#queuedBytes + cost > this.#context.limits.queuedBytesMax) {
      this.#cutSlowReader();
      return true;
    }
    this.#queuedBytes += cost;
    this.#blocked = !this.#call.write(bytes, () => {
      this.#queuedBytes -= cost;
    });
    return !this.#blocked;
  }

  close(reason: string): void {
    if (this.#farewell || reason === '') this.#end(status.OK, reason);
    else this.#end(status.ABORTED, reason);
  }

  /** Unread, the call takes a few messages more and then no bytes: HTTP/2's own flow control stops the peer. */
  setReading(reading: boolean): void {
    if (this.#state !== 'open') return;
    if (reading) this.#call.resume();
    else this.#call.pause();
  }

  /** The server stops: says so to whoever has not been told. */
  goAway(reconnectAfterMs: number): void {
    if (this.#state !== 'open') return;
    this.send({ kind: 'going_away', reconnectAfterMs });
    this.close('the master is going away');
  }

  #onBytes(bytes: Buffer): void {
    if (this.#state !== 'open') return;
    this.#cancelHelloTimer?.();
    this.#cancelHelloTimer = null;
    try {
      const frame = this.#context.frames.readPeer(bytes);
      this.#handler?.onFrame(frame);
    } catch (error) {
      if (error instanceof WireError) {
        this.#context.log.info({ remote: this.remote }, `refused a message: ${error.message}`);
        this.#end(status.INVALID_ARGUMENT, error.message);
      } else {
        this.#context.log.warn({ remote: this.remote }, `a message could not be handled: ${messageOf(error)}`);
        this.#end(status.INTERNAL, 'the master could not handle the message; its log says why');
      }
    }
  }

  #end(code: status, reason: string): void {
    if (this.#state !== 'open') return;
    this.#leaveOpen(reason);
    this.#state = 'ending';
    const details = safeDetails(reason);
    if (code === status.OK) this.#call.end();
    else this.#call.emit('error', { code, details });
    this.#cancelEndTimer = this.#context.clock.setTimer(END_GRACE_MS, () => {
      this.#context.cut(code, details);
      this.#onGone(reason);
    });
  }

  #cutSlowReader(): void {
    if (this.#state !== 'open') return;
    const reason = `the peer does not read: ${this.#queuedBytes} bytes wait for it, at most ${
      this.#context.limits.queuedBytesMax
    } may`;
    this.#context.log.warn({ remote: this.remote }, reason);
    this.#leaveOpen(reason);
    this.#state = 'ending';
    this.#context.cut(status.RESOURCE_EXHAUSTED, reason);
    this.#onGone(reason);
  }

  /** The call is over, whoever ended it. */
  #onGone(reason: string): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'open') this.#leaveOpen(reason);
    this.#state = 'ended';
    this.#cancelEndTimer?.();
    this.#context.onEnded(this);
  }

  #leaveOpen(reason: string): void {
    // What is not read any more is dropped; the end of the peer's side is behind it.
    this.#call.resume();
    this.#cancelHelloTimer?.();
    this.#cancelHelloTimer = null;
    // Later, so that nobody hears of an end while still inside of the call that caused it.
    queueMicrotask(() => {
      this.#handler?.onClose(reason);
    });
  }
}
