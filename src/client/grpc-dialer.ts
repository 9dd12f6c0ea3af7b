import {
  Client,
  credentials as grpcCredentials,
  status,
  type ChannelCredentials,
  type ClientDuplexStream,
  type StatusObject,
} from '@grpc/grpc-js';
import type { CancelTimer, Clock, Connection, ConnectionHandler, Dialer } from '../ports/index.js';
import { type Opening, Openings } from './openings.js';
import { RECONNECT_SOON_MS, type Frame, type PeerFrame } from '../session/index.js';
import { type FrameBytes, agentFrames, frameworkFrames } from './wire/frames.js';
import { MASTER_MESSAGE_BYTES_MAX, MESSAGE_BYTES_MAX } from './wire/limits.js';
import { methodPath } from './wire/methods.js';
import { WireError } from './wire/wire-error.js';

/** Finds out that a master is gone even when no packet says so. */
const KEEPALIVE_TIME_MS = 30_000;
const KEEPALIVE_TIMEOUT_MS = 15_000;
/** How long a closed connection may take to send what was written before it is cut. */
const CLOSE_GRACE_MS = 2_000;
/** After a message that the master refused: the same one would be refused again, so not soon. */
const REFUSED_MESSAGE_RETRY_MS = 30_000;
/** gRPC's own back-off stays out of the way: the session layer decides when to dial, at most `RECONNECT_SOON_MS` apart. */
const RECONNECT_BACKOFF_MS = 100;

export interface GrpcDialerOptions {
  /** `host:port` of the master. */
  readonly address: string;
  /** Which of the two `Connect` calls. */
  readonly peer: 'framework' | 'agent';
  readonly clock: Clock;
  /** TLS. @default insecure */
  readonly credentials?: ChannelCredentials;
}

/**
 * Opens `Connect` streams to one master. All dials of one dialer share a connection, so a gateway of 500 agents uses one
 * dialer (a session each) and one socket. Call `close()` when the last session has ended.
 */
export class GrpcDialer implements Dialer {
  readonly #clock: Clock;
  readonly #frames: FrameBytes;
  readonly #path: string;
  readonly #address: string;
  readonly #client: Client;
  readonly #openings: Openings;
  readonly #connections = new Set<GrpcConnection>();
  #closed = false;

  constructor(options: GrpcDialerOptions) {
    this.#clock = options.clock;
    this.#openings = new Openings(options.clock);
    this.#address = options.address;
    this.#frames = options.peer === 'framework' ? frameworkFrames : agentFrames;
    this.#path = methodPath(
      options.peer === 'framework' ? 'mosaic.v1.FrameworkService' : 'mosaic.v1.AgentService',
      'Connect',
    );
    this.#client = new Client(options.address, options.credentials ?? grpcCredentials.createInsecure(), {
      'grpc.max_receive_message_length': MASTER_MESSAGE_BYTES_MAX,
      'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
      'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
      'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
      'grpc.keepalive_permit_without_calls': 1,
      'grpc.initial_reconnect_backoff_ms': RECONNECT_BACKOFF_MS,
      'grpc.max_reconnect_backoff_ms': RECONNECT_SOON_MS[options.peer],
      // Nobody asks for its counts, which it would keep message by message.
      'grpc.enable_channelz': 0,
      'grpc.enable_retries': 0,
      // A socket of its own: shared with other dialers it would reach the server's limit of streams per connection.
      'grpc.use_local_subchannel_pool': 1,
    });
  }

  dial(handler: ConnectionHandler): Connection {
    if (this.#closed) {
      queueMicrotask(() => {
        handler.onClose('the dialer is closed');
      });
      return { remote: this.#address, send: () => true, close: () => undefined };
    }
    const same = (bytes: Buffer): Buffer => bytes;
    const connection = new GrpcConnection({
      newCall: () => this.#client.makeBidiStreamRequest(this.#path, same, same),
      openings: this.#openings,
      frames: this.#frames,
      address: this.#address,
      clock: this.#clock,
      handler,
      onGone: () => {
        this.#connections.delete(connection);
        this.#closeIfIdle();
      },
    });
    this.#connections.add(connection);
    this.#openings.add(connection);
    return connection;
  }

  /** Closes all connections; the socket follows when what was written is sent, 2 s later at the latest. */
  close(): void {
    this.#closed = true;
    this.#openings.close();
    for (const connection of [...this.#connections]) connection.close('the dialer is closed');
    this.#closeIfIdle();
  }

  #closeIfIdle(): void {
    if (this.#closed && this.#connections.size === 0) this.#client.close();
  }
}

type Call = ClientDuplexStream<Buffer, Buffer>;

interface ConnectionParts {
  readonly newCall: () => Call;
  readonly openings: Openings;
  readonly frames: FrameBytes;
  readonly address: string;
  readonly clock: Clock;
  readonly handler: ConnectionHandler;
  /** The call is over, on both sides, or never began. */
  readonly onGone: () => void;
}

/** A stream, from the dial on. Its call begins when its turn has come; what is sent before waits. */
class GrpcConnection implements Connection, Opening {
  readonly remote: string;
  readonly #newCall: () => Call;
  readonly #openings: Openings;
  readonly #frames: FrameBytes;
  readonly #clock: Clock;
  readonly #handler: ConnectionHandler;
  readonly #onGone: () => void;
  #call: Call | null = null;
  /** Written before the call began. */
  readonly #early: Buffer[] = [];
  #open = true;
  /** The call has its status: nothing can be sent or cancelled any more. */
  #over = false;
  #told = false;
  #cancelGrace: CancelTimer | null = null;

  constructor(parts: ConnectionParts) {
    this.remote = parts.address;
    this.#newCall = parts.newCall;
    this.#openings = parts.openings;
    this.#frames = parts.frames;
    this.#clock = parts.clock;
    this.#handler = parts.handler;
    this.#onGone = parts.onGone;
  }

  get isWaiting(): boolean {
    return this.#call === null && this.#open;
  }

  begin(): void {
    const call = this.#newCall();
    this.#call = call;
    // The reader first: what nobody reads would pile up without a bound.
    call.on('data', (bytes: Buffer) => {
      this.#onBytes(bytes);
    });
    call.on('drain', () => {
      if (this.#open) this.#handler.onDrain();
    });
    call.on('error', () => undefined); // `status` tells the same, always.
    call.on('status', (ended: StatusObject) => {
      this.#onStatus(ended);
    });
    for (const bytes of this.#early.splice(0)) call.write(bytes);
    queueMicrotask(() => {
      if (this.#open) this.#handler.onBegun?.();
    });
  }

  fail(reason: string): void {
    this.#open = false;
    this.#over = true;
    this.#onGone();
    this.#tellClosed(reason);
  }

  send(frame: Frame): boolean {
    if (!this.#open) return true;
    let bytes: Buffer;
    try {
      bytes = this.#frames.writePeer(frame as PeerFrame);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#refused(error.message);
      return true;
    }
    if (bytes.length > MESSAGE_BYTES_MAX) {
      this.#refused(`the message has ${bytes.length} bytes; the master accepts ${MESSAGE_BYTES_MAX}`);
      return true;
    }
    if (this.#call !== null) return this.#call.write(bytes);
    this.#early.push(bytes);
    return true;
  }

  close(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#call === null) {
      this.#over = true;
      this.#onGone();
    } else if (!this.#over) this.#endCall(this.#call);
    this.#openings.ended(this);
    this.#tellClosed(reason);
  }

  #endCall(call: Call): void {
    call.end();
    this.#cancelGrace = this.#clock.setTimer(CLOSE_GRACE_MS, () => {
      call.cancel();
    });
  }

  #onBytes(bytes: Buffer): void {
    if (!this.#open) return;
    this.#openings.answered(this);
    let frame;
    try {
      frame = this.#frames.readMaster(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#open = false;
      this.#call?.cancel();
      this.#tellClosed(`the master sent what this client cannot read: ${error.message}`);
      return;
    }
    if (frame !== null) this.#handler.onFrame(frame);
  }

  #onStatus({ code, details }: StatusObject): void {
    this.#over = true;
    this.#cancelGrace?.();
    this.#onGone();
    if (code === status.UNAVAILABLE) this.#openings.failed(this, describe(code, details, this.remote));
    else this.#openings.ended(this);
    if (!this.#open) return;
    if (code === status.INVALID_ARGUMENT) {
      this.#refused(details);
      return;
    }
    this.#open = false;
    this.#tellClosed(describe(code, details, this.remote));
  }

  /** The master will not take what this peer says: the owner must hear it, and trying at once would be useless. */
  #refused(message: string): void {
    queueMicrotask(() => {
      if (!this.#open) return;
      this.#handler.onFrame({
        kind: 'refused',
        code: 'INVALID_ARGUMENT',
        message,
        retryAfterMs: REFUSED_MESSAGE_RETRY_MS,
      });
      this.close(message);
    });
  }

  #tellClosed(reason: string): void {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#handler.onClose(reason);
    });
  }
}

/** Why a stream ended, in a sentence. */
function describe(code: status, details: string, address: string): string {
  if (code === status.OK) return 'the master ended the stream';
  if (code === status.UNAVAILABLE) return `no master answers at ${address} (${details})`;
  return `${status[code]}: ${details}`;
}
