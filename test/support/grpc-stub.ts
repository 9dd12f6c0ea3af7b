// A master's edge without a master: the real gRPC server over a scripted session layer and operator port.
import { type GrpcServer, type GrpcServerOptions, startGrpcServer } from '../../src/api/server.js';
import type { OperatorPort } from '../../src/api/operator-port.js';
import { SystemClock } from '../../src/ports/system.js';
import type { AcceptedConnection, ConnectionHandler } from '../../src/ports/index.js';
import type { Frame, PeerFrame } from '../../src/session/frames.js';

/** One accepted stream and everything that happened on it. */
export class AcceptedStream implements ConnectionHandler {
  readonly connection: AcceptedConnection;
  readonly frames: PeerFrame[] = [];
  closedWith: string | null = null;
  drains = 0;
  onEach: ((frame: PeerFrame) => void) | null = null;
  readonly #waiters: (() => void)[] = [];

  constructor(connection: AcceptedConnection) {
    this.connection = connection;
  }

  onFrame(frame: Frame): void {
    this.frames.push(frame as PeerFrame);
    this.onEach?.(frame as PeerFrame);
    this.#wake();
  }

  onClose(reason: string): void {
    this.closedWith = reason;
    this.#wake();
  }

  onDrain(): void {
    this.drains += 1;
    this.#wake();
  }

  /** Resolves when `holds` is true; looked at again after each thing that happens. */
  async until(holds: (stream: this) => boolean): Promise<void> {
    while (!holds(this)) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}

/** The peer's end of a connection, recorded in the same way. */
export class PeerEnd implements ConnectionHandler {
  readonly frames: Frame[] = [];
  closedWith: string | null = null;
  drains = 0;
  readonly #waiters: (() => void)[] = [];

  onFrame(frame: Frame): void {
    this.frames.push(frame);
    this.#wake();
  }

  onClose(reason: string): void {
    this.closedWith = reason;
    this.#wake();
  }

  onDrain(): void {
    this.drains += 1;
    this.#wake();
  }

  async until(holds: (end: this) => boolean): Promise<void> {
    while (!holds(this)) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}

export const SILENT_OPERATOR: OperatorPort = {
  command: () => Promise.resolve({ ok: false, code: 'UNAVAILABLE', message: 'nobody is here' }),
  query: () => Promise.resolve({ kind: 'invalid', message: 'nobody is here' }),
  watch: () => Promise.resolve({ kind: 'unavailable', message: 'nobody is here' }),
};

export interface StubMaster {
  readonly server: GrpcServer;
  readonly accepted: AcceptedStream[];
  /** Resolves with the n-th accepted stream (0 = first). */
  stream(at: number): Promise<AcceptedStream>;
}

export async function startStubMaster(
  options: Partial<GrpcServerOptions> & { readonly onAccept?: (stream: AcceptedStream) => void } = {},
): Promise<StubMaster> {
  const accepted: AcceptedStream[] = [];
  const waiters: (() => void)[] = [];
  const { onAccept, ...rest } = options;
  const server = await startGrpcServer({
    port: 0,
    clock: new SystemClock(),
    operator: SILENT_OPERATOR,
    acceptor: {
      accept: (connection) => {
        const stream = new AcceptedStream(connection);
        accepted.push(stream);
        onAccept?.(stream);
        for (const wake of waiters.splice(0)) wake();
        return stream;
      },
    },
    ...rest,
  });
  return {
    server,
    accepted,
    stream: async (at) => {
      for (;;) {
        const found = accepted[at];
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiters.push(resolve));
      }
    },
  };
}
