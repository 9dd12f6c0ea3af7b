import { Poller } from '../common/poller.js';
import { errorText } from '../common/redact.js';
import type { Clock, Log, Random } from '../contract/ports.js';
import type { FrameworkAdapter, Observation } from '../contract/types.js';
import type { ObservedHost } from '../contract/protocol.js';
import { toObservation } from './convert.js';
import type { RunnerOptions } from './options.js';
import type { FrameworkSession } from './session-port.js';

export interface ObserveLoopPorts {
  readonly session: FrameworkSession;
  readonly adapter: FrameworkAdapter;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly options: RunnerOptions;
  /** Told after each poll whether the manager answered. */
  readonly onAnswer: (answered: boolean) => void;
}

/**
 * Looks at the manager and tells the master what it sees: what changed, all of it after a connect, and all of it now and
 * then. A manager that does not answer is an observation too, an incomplete one without hosts: absence then proves nothing.
 */
export class ObserveLoop {
  readonly #ports: ObserveLoopPorts;
  readonly #poller: Poller<Observation>;
  #latest: { readonly complete: boolean; readonly hosts: readonly ObservedHost[] } | null = null;
  #toldText = '';
  #toldMs = 0;

  constructor(ports: ObserveLoopPorts) {
    this.#ports = ports;
    this.#poller = new Poller({
      clock: ports.clock,
      random: ports.random,
      periodMs: ports.options.observePeriodMs,
      timeoutMs: ports.options.callTimeoutMs,
      poll: () => ports.adapter.observe(),
      onValue: (observation) => this.#onObserved(observation),
      onError: (error) => this.#onFailed(error),
    });
  }

  start(): void {
    this.#poller.start();
  }

  stop(): void {
    this.#poller.stop();
  }

  /** Looks again soon: a step has ended, so something changed. */
  lookNow(): void {
    this.#poller.pollNow();
  }

  /** Only a look taken now is worth sending: what was seen before the break may have changed since. */
  onConnected(): void {
    this.#toldText = '';
    this.#poller.pollNow();
  }

  #onObserved(observation: Observation): void {
    const { complete, hosts, problems } = toObservation(observation);
    for (const problem of problems) this.#ports.log.warn({}, `observation is taken as incomplete: ${problem}`);
    this.#latest = { complete, hosts };
    this.#ports.onAnswer(true);
    this.#tell();
  }

  #onFailed(error: unknown): void {
    this.#ports.log.warn({}, `the manager cannot be observed: ${errorText(error)}`);
    this.#latest = { complete: false, hosts: [] };
    this.#ports.onAnswer(false);
    this.#tell();
  }

  #tell(): void {
    if (this.#latest === null) return;
    const nowMs = this.#ports.clock.nowMs();
    const text = JSON.stringify(this.#latest);
    if (text === this.#toldText && nowMs - this.#toldMs < this.#ports.options.observeRefreshMs) return;
    this.#toldText = text;
    this.#toldMs = nowMs;
    this.#ports.session.send({ kind: 'observation', ...this.#latest });
  }
}
