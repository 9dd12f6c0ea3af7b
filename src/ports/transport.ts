import type { Frame } from '../session/frames.js';

/**
 * The transport port: `open, frame, close`. Frames of one direction arrive in order; a break loses a suffix in each
 * direction; a reconnect may overlap the old connection. gRPC streams in production, seeded pipes in the simulator.
 */
export interface Connection {
  /** For logs: peer address or simulator name. */
  readonly remote: string;
  /** True while others that share its transport are opened first: nothing has been sent yet. Absent: it never waits. */
  readonly isWaiting?: boolean;
  /** False: the peer is slow and the transport's buffer is full; wait for `onDrain`. The frame was taken all the same. */
  send(frame: Frame): boolean;
  /** Ends the connection after what was sent; further sends are ignored. `onClose` follows once. */
  close(reason: string): void;
}

/** The master's end of a connection. */
export interface AcceptedConnection extends Connection {
  /**
   * False: no frame is handed over from now on; what the peer sends waits in the transport, and with full buffers at the
   * peer. True: they follow, in order and not from inside of this call.
   */
  setReading(reading: boolean): void;
}

export interface ConnectionHandler {
  onFrame(frame: Frame): void;
  /** Called once, for whatever reason; nothing follows. */
  onClose(reason: string): void;
  onDrain(): void;
  /** Its turn has come: what was sent while it waited is on its way. */
  onBegun?(): void;
}

/** Peer side. Calls `handler` never synchronously. A failed dial is an `onClose` without any frame. */
export interface Dialer {
  dial(handler: ConnectionHandler): Connection;
}

/** Master side: the transport calls `accept` for every connection a peer opens. */
export interface Acceptor {
  accept(connection: AcceptedConnection): ConnectionHandler;
}
