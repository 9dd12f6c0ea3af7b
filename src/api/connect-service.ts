import { status, type ServerDuplexStream, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { agentFrames, frameworkFrames, type FrameBytes } from '../client/wire/frames.js';
import type { Acceptor, Clock } from '../ports/index.js';
import type { CallCutter } from './call-cutter.js';
import type { ApiLog } from './log.js';
import { StreamConnection, type StreamLimits } from './stream-connection.js';

export interface ConnectServiceOptions {
  readonly acceptor: Acceptor;
  readonly clock: Clock;
  readonly log: ApiLog;
  readonly cutter: CallCutter;
  /** Streams of frameworks and agents at once; one more is refused. */
  readonly streamsMax: number;
  readonly limits: StreamLimits;
}

type Call = ServerDuplexStream<Buffer, Buffer>;

/** The two `Connect` calls: every stream becomes a `Connection` of the session layer. */
export class ConnectService {
  readonly #options: ConnectServiceOptions;
  readonly #connections = new Set<StreamConnection>();
  #goingAwayMs: number | null = null;
  #onIdle: (() => void) | null = null;

  constructor(options: ConnectServiceOptions) {
    this.#options = options;
  }

  get streamCount(): number {
    return this.#connections.size;
  }

  get frameworkService(): UntypedServiceImplementation {
    return { Connect: this.#connect(frameworkFrames) };
  }

  get agentService(): UntypedServiceImplementation {
    return { Connect: this.#connect(agentFrames) };
  }

  /** Tells every peer to come back later, and resolves when all streams have ended. New ones are told the same. */
  async goAway(reconnectAfterMs: number): Promise<void> {
    this.#goingAwayMs = reconnectAfterMs;
    for (const connection of [...this.#connections]) connection.goAway(reconnectAfterMs);
    if (this.#connections.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }

  #connect(frames: FrameBytes): (call: Call) => void {
    return (call) => {
      if (this.#connections.size >= this.#options.streamsMax) {
        call.emit('error', {
          code: status.RESOURCE_EXHAUSTED,
          details: `this master serves ${this.#options.streamsMax} streams already; try again later`,
        });
        return;
      }
      const connection = new StreamConnection(call, {
        frames,
        acceptor: this.#options.acceptor,
        clock: this.#options.clock,
        limits: this.#options.limits,
        log: this.#options.log,
        cut: (code, details) => {
          this.#options.cutter.cut(call, code, details);
        },
        onEnded: (ended) => {
          this.#connections.delete(ended);
          if (this.#connections.size === 0) this.#onIdle?.();
        },
      });
      this.#connections.add(connection);
      if (this.#goingAwayMs !== null) connection.goAway(this.#goingAwayMs);
      else connection.open();
    };
  }
}
