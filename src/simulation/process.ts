import type {
  AcceptedConnection,
  Acceptor,
  CancelTimer,
  Clock,
  Connection,
  ConnectionHandler,
  Dialer,
} from '../ports/index.js';

/**
 * A process of the simulated world: everything it does goes through ports that can be cut. `kill` is `kill -9`: nothing
 * of it ever happens again. `stop` is SIGSTOP: timers and arriving frames wait; `resume` lets them all happen at once,
 * late, in their order, as in a process that was stopped and continued.
 */
export class SimulatedProcess {
  readonly #clock: Clock;
  #state: 'running' | 'stopped' | 'dead' = 'running';
  /** What would have happened while it was stopped. */
  readonly #deferred: (() => void)[] = [];
  #aheadMs: number;

  /** @param aheadMs by how much its clock is ahead of the world's (negative: behind) from the start */
  constructor(clock: Clock, aheadMs = 0) {
    this.#clock = clock;
    this.#aheadMs = aheadMs;
  }

  get alive(): boolean {
    return this.#state !== 'dead';
  }

  get stopped(): boolean {
    return this.#state === 'stopped';
  }

  kill(): void {
    this.#state = 'dead';
    this.#deferred.length = 0;
  }

  stop(): void {
    if (this.#state === 'running') this.#state = 'stopped';
  }

  resume(): void {
    if (this.#state !== 'stopped') return;
    this.#state = 'running';
    for (const happen of this.#deferred.splice(0)) this.#clock.setTimer(0, this.#guarded(happen));
  }

  /** Its clock leaps forward, as after a machine was suspended; timers that run go on for as long as they had left. */
  leap(byMs: number): void {
    if (!(byMs >= 0)) throw new RangeError(`byMs is ${String(byMs)}; the clock of a running process only goes forward`);
    this.#aheadMs += byMs;
  }

  /** The world's time, as this process may use it. */
  get clock(): Clock {
    return {
      nowMs: () => this.#clock.nowMs() + this.#aheadMs,
      setTimer: (delayMs, fire): CancelTimer => {
        if (this.#state === 'dead') return () => undefined;
        let cancelled = false;
        const cancel = this.#clock.setTimer(
          delayMs,
          this.#guarded(() => {
            if (!cancelled) fire();
          }),
        );
        return () => {
          cancelled = true;
          cancel();
        };
      },
    };
  }

  /** A dialer whose connections live no longer than the process. */
  dialer(dialer: Dialer): Dialer {
    return {
      dial: (handler) => {
        if (this.#state === 'dead') return { remote: 'nowhere', send: () => true, close: () => undefined };
        return this.#connection(dialer.dial(this.#handler(handler)));
      },
    };
  }

  acceptor(acceptor: Acceptor): Acceptor {
    return {
      accept: (connection) => {
        const mine: AcceptedConnection = {
          ...this.#connection(connection),
          setReading: (reading) => {
            if (this.#state !== 'dead') connection.setReading(reading);
          },
        };
        return this.#handler(acceptor.accept(mine));
      },
    };
  }

  #connection(connection: Connection): Connection {
    return {
      remote: connection.remote,
      get isWaiting() {
        return connection.isWaiting ?? false;
      },
      send: (frame) => (this.#state === 'dead' ? true : connection.send(frame)),
      close: (reason) => {
        if (this.#state !== 'dead') connection.close(reason);
      },
    };
  }

  #handler(handler: ConnectionHandler): ConnectionHandler {
    return {
      onFrame: (frame) => {
        this.#guarded(() => {
          handler.onFrame(frame);
        })();
      },
      onClose: (reason) => {
        this.#guarded(() => {
          handler.onClose(reason);
        })();
      },
      onDrain: () => {
        this.#guarded(() => {
          handler.onDrain();
        })();
      },
      onBegun: () => {
        this.#guarded(() => {
          handler.onBegun?.();
        })();
      },
    };
  }

  #guarded(happen: () => void): () => void {
    return () => {
      if (this.#state === 'running') happen();
      else if (this.#state === 'stopped') this.#deferred.push(happen);
    };
  }
}
