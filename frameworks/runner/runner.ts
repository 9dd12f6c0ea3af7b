import { backoffMs } from '../common/backoff.js';
import { Breaker } from '../common/breaker.js';
import { errorText } from '../common/redact.js';
import { spanText } from '../common/span.js';
import type { CancelTimer, Clock, Log, Random } from '../contract/ports.js';
import type { FrameworkAdapter } from '../contract/types.js';
import type { FrameworkEvent, StepUpdate } from '../contract/protocol.js';
import { DemandLoop } from './demand-loop.js';
import { ObserveLoop } from './observe-loop.js';
import { OfferDesk } from './offers.js';
import { validateRunnerOptions } from './options.js';
import type { RunnerOptions } from './options.js';
import type { FrameworkSession, FrameworkSessionHandler } from './session-port.js';
import { adapterSteps } from './step-call.js';
import { StepTable } from './step-table.js';

/** Polls in a row without an answer after which the manager counts as down. */
const MANAGER_FAILURES_MAX = 2;

export interface RunnerPorts {
  readonly session: FrameworkSession;
  readonly adapter: FrameworkAdapter;
  readonly clock: Clock;
  readonly random: Random;
  readonly options: RunnerOptions;
  readonly log: Log;
}

/**
 * Joins one adapter to one framework session: demand and observations go up; offers, steps and renewals come down. The
 * session calls the handler's methods; `start()` begins, `close()` ends in order, `onEnded` ends at once.
 */
export class Runner implements FrameworkSessionHandler {
  readonly #ports: RunnerPorts;
  readonly #steps: StepTable;
  readonly #demand: DemandLoop;
  readonly #observe: ObserveLoop;
  readonly #offers: OfferDesk;
  readonly #breaker = new Breaker({ failuresMax: MANAGER_FAILURES_MAX, openMs: Number.MAX_SAFE_INTEGER });
  #connected = false;
  #closed = false;
  /** Null once `adapter.start()` has succeeded. */
  #notReady: string | null = 'the adapter has not reached its manager yet';
  #cancelStartTimer: CancelTimer | null = null;

  constructor(ports: RunnerPorts) {
    const problems = validateRunnerOptions(ports.options);
    if (problems.length > 0) throw new Error(`runner options: ${problems.join('; ')}`);
    this.#ports = ports;
    const { session, clock } = ports;
    const onAnswer = (answered: boolean): void => {
      if (answered) this.#breaker.succeeded();
      else this.#breaker.failed(clock.nowMs());
    };
    this.#steps = new StepTable({
      ...ports,
      send: (update) => this.#sendUpdate(update),
      connected: () => this.#connected,
      executor: adapterSteps(ports.adapter, () => this.#notReady),
    });
    this.#demand = new DemandLoop({ ...ports, onAnswer });
    this.#observe = new ObserveLoop({ ...ports, onAnswer });
    this.#offers = new OfferDesk({
      ...ports,
      session,
      demandOf: (role) => this.#demand.entriesOf(role),
      managerUp: () => this.managerUp,
    });
  }

  /** False while the manager does not answer, or was never reached. */
  get managerUp(): boolean {
    return this.#notReady === null && this.#breaker.state(this.#ports.clock.nowMs()) === 'closed';
  }

  get stepsRunning(): number {
    return this.#steps.runningCount;
  }

  /** Starts the adapter, again and again until its manager answers. Steps asked meanwhile wait as blocked. */
  start(): void {
    this.#startAdapter(1);
  }

  /** Shuts every fence, gives running steps a moment to stop, reports them, and closes the adapter. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#stop();
    await this.#steps.close('shutdown');
    await this.#closeAdapter();
  }

  onConnected(_info: { readonly resumed: boolean }): void {
    if (this.#closed) return;
    this.#connected = true;
    this.#demand.onConnected();
    this.#observe.onConnected();
    this.#steps.resendAll();
  }

  /** Steps go on: their leases end by themselves unless the connection comes back in time. */
  onDisconnected(reason: string): void {
    this.#connected = false;
    this.#ports.log.info({ stepsRunning: this.#steps.runningCount }, `disconnected from the master: ${reason}`);
  }

  onEnded(reason: string): void {
    if (this.#closed) return;
    this.#ports.log.warn({ stepsRunning: this.#steps.runningCount }, `the session has ended: ${reason}`);
    this.#connected = false;
    this.#stop();
    void this.#steps.close('shutdown').then(() => this.#closeAdapter());
  }

  onEvent(event: FrameworkEvent): void {
    if (this.#closed) return;
    switch (event.kind) {
      case 'resync':
        this.#offers.onResync(event.leases);
        break;
      case 'offers':
        this.#offers.onOffers(event.offers);
        break;
      case 'rescind':
        this.#offers.onRescind(event.offerIds);
        break;
      case 'result':
        this.#offers.onResult(event.commandId, event.outcome.ok, event.outcome.ok ? '' : event.outcome.message);
        break;
      case 'lease':
        this.#offers.onLease(event.lease, event.change);
        break;
      case 'step_request':
        this.#steps.request(event.request);
        break;
      case 'step_renew':
        this.#steps.renew(event.renew);
        break;
      case 'step_cancel':
        this.#steps.cancel(event);
        break;
      case 'error':
        this.#ports.log.warn({ code: event.code }, `the master reports: ${event.message}`);
        break;
      case 'host_unavailable':
        // Whole hosts are asked for by steps; that it is coming is for people.
        this.#ports.log.info(
          { host: event.hostName, state: event.state },
          `the master says: ${event.unavailability.reason}`,
        );
        break;
      case 'demand_status':
      case 'task_status':
      case 'task_reclaim':
      case 'task_reclaim_cancelled':
        // For people, who see both at the master; managed frameworks run no tasks.
        break;
      default:
        event satisfies never;
    }
  }

  #startAdapter(attempt: number): void {
    const { adapter, clock, random, options, log } = this.#ports;
    const failed = (error: unknown): void => {
      this.#notReady = errorText(error);
      if (this.#closed) return;
      const pauseMs = backoffMs(attempt, random.next(), {
        firstMs: options.managerRetryFirstMs,
        maxMs: options.managerRetryMaxMs,
      });
      log.warn({ attempt, pauseMs }, `the adapter cannot reach its manager: ${this.#notReady}`);
      this.#cancelStartTimer = clock.setTimer(pauseMs, () => this.#startAdapter(attempt + 1));
    };
    let waiting = true;
    const cancelTimeout = clock.setTimer(options.callTimeoutMs, () => {
      waiting = false;
      failed(new Error(`no answer within ${spanText(options.callTimeoutMs)}`));
    });
    Promise.resolve()
      .then(() => adapter.start())
      .then(
        () => {
          cancelTimeout();
          this.#started();
        },
        (error: unknown) => {
          cancelTimeout();
          if (waiting) failed(error);
        },
      );
  }

  /** Comes once, or late from a try that was given up. */
  #started(): void {
    if (this.#closed || this.#notReady === null) return;
    this.#cancelStartTimer?.();
    this.#notReady = null;
    this.#demand.start();
    this.#observe.start();
  }

  #sendUpdate(update: StepUpdate): void {
    this.#ports.session.send({ kind: 'step_update', update });
    if (update.state === 'done' && update.step !== 'forecast') this.#observe.lookNow();
  }

  #stop(): void {
    this.#closed = true;
    this.#cancelStartTimer?.();
    this.#demand.stop();
    this.#observe.stop();
  }

  async #closeAdapter(): Promise<void> {
    try {
      await this.#ports.adapter.close();
    } catch (error) {
      this.#ports.log.warn({}, `closing the adapter failed: ${errorText(error)}`);
    }
  }
}
