import type { Log } from '../../frameworks/contract/ports.js';
import type { FrameworkAdapter } from '../../frameworks/contract/index.js';
import { DEFAULT_RUNNER_OPTIONS, Runner, type RunnerOptions } from '../../frameworks/runner/index.js';
import type { FrameworkEvent, FrameworkMessage } from '../../scheduler/index.js';
import type { Clock, Dialer, Random } from '../ports/index.js';
import { PeerSession } from '../session/index.js';

export interface FrameworkProcessOptions {
  /** `ovirt/prod` */
  readonly frameworkId: string;
  readonly roles: readonly string[];
  readonly adapter: FrameworkAdapter;
  readonly dialer: Dialer;
  readonly clock: Clock;
  readonly random: Random;
  /** The session's secret; the same after every restart. */
  readonly secret: string;
  readonly runner?: Partial<RunnerOptions>;
  readonly log: Log;
  readonly onEnded?: (reason: string) => void;
  /** What is sent instead of a message, for executors that are no model. @default itself */
  readonly speech?: (message: FrameworkMessage) => readonly FrameworkMessage[];
}

/** One framework's process: adapter, runner and session, wired as in production. */
export class FrameworkProcess {
  readonly #runner: Runner;
  readonly #session: PeerSession<FrameworkMessage, FrameworkEvent>;

  constructor(options: FrameworkProcessOptions) {
    const { frameworkId, roles, adapter, clock, random, log } = options;
    const slash = frameworkId.indexOf('/');
    const session: PeerSession<FrameworkMessage, FrameworkEvent> = new PeerSession<FrameworkMessage, FrameworkEvent>({
      dialer: options.dialer,
      clock,
      random,
      secret: options.secret,
      who: {
        kind: 'framework',
        workload: frameworkId.slice(0, slash),
        name: frameworkId.slice(slash + 1),
        roles,
        executesSteps: true,
      },
      handlers: {
        onMessage: (event) => {
          this.#runner.onEvent(event);
        },
        onConnected: (info) => {
          this.#runner.onConnected(info);
        },
        onDisconnected: (reason) => {
          this.#runner.onDisconnected(reason);
        },
        onRefused: (code, message, retryAfterMs) => {
          log.error({ code, retryAfterMs }, `the master refused ${frameworkId}: ${message}`);
        },
        onStartOver: (reason, refused) => {
          log.error(
            refused === null ? {} : { refused: refused.kind },
            `the session of ${frameworkId} starts over, and everything is said again: ${reason}`,
          );
        },
        onEnded: (reason) => {
          this.#runner.onEnded(reason);
          options.onEnded?.(reason);
        },
      },
    });
    this.#session = session;
    const { speech } = options;
    this.#runner = new Runner({
      session:
        speech === undefined
          ? session
          : {
              send: (message) => {
                for (const said of speech(message)) session.send(said);
              },
            },
      adapter,
      clock,
      random,
      log,
      options: { ...DEFAULT_RUNNER_OPTIONS, roles, ...options.runner },
    });
  }

  get connected(): boolean {
    return this.#session.connected;
  }

  start(): void {
    this.#runner.start();
    this.#session.start();
  }

  async close(): Promise<void> {
    await this.#runner.close();
    this.#session.close();
  }
}
