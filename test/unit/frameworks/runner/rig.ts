import { deferred } from '../../../../frameworks/common/deferred.js';
import type { Deferred } from '../../../../frameworks/common/deferred.js';
import type { Log } from '../../../../frameworks/contract/ports.js';
import type { FrameworkMessage, StepRequest, StepUpdate } from '../../../../frameworks/contract/protocol.js';
import type {
  Forecast,
  FrameworkAdapter,
  Observation,
  StepContext,
  WantedHosts,
} from '../../../../frameworks/contract/types.js';
import { DEFAULT_RUNNER_OPTIONS, Runner } from '../../../../frameworks/runner/index.js';
import type { RunnerOptions } from '../../../../frameworks/runner/index.js';
import { VirtualClock } from '../../../support/virtual-clock.js';

export const LEASE_MS = 60_000;

/** A step the runner has called and that ends when the test says so. */
export interface Call {
  readonly step: string;
  readonly context: StepContext;
  readonly end: Deferred<undefined>;
}

/** An adapter in the hands of the test: its steps wait, its polls answer what is set. */
export class PuppetAdapter implements FrameworkAdapter {
  readonly capabilities = {
    workload: 'puppet',
    supportsCancelDrain: true,
    supportsForecast: true,
    supportsHardDrain: true,
  };
  readonly calls: Call[] = [];
  wanted: () => Promise<readonly WantedHosts[]> = () => Promise.resolve([]);
  observed: () => Promise<Observation> = () => Promise.resolve({ complete: true, machines: [] });
  starting: () => Promise<void> = () => Promise.resolve();
  forecast: Forecast = { durationLowMs: 1, durationHighMs: 2, units: 3, wouldKill: [], blockers: [] };
  closed = 0;

  start(): Promise<void> {
    return this.starting();
  }
  observe(): Promise<Observation> {
    return this.observed();
  }
  demand(): Promise<readonly WantedHosts[]> {
    return this.wanted();
  }
  async forecastDrain(context: StepContext): Promise<Forecast> {
    await this.#call('forecast', context);
    return this.forecast;
  }
  join(context: StepContext): Promise<void> {
    return this.#call('join', context);
  }
  verify(context: StepContext): Promise<void> {
    return this.#call('verify', context);
  }
  drain(context: StepContext): Promise<void> {
    return this.#call('drain', context);
  }
  cancelDrain(context: StepContext): Promise<void> {
    return this.#call('cancel_drain', context);
  }
  leave(context: StepContext): Promise<void> {
    return this.#call('leave', context);
  }
  async close(): Promise<void> {
    this.closed += 1;
  }

  async #call(step: string, context: StepContext): Promise<void> {
    const end = deferred<undefined>();
    this.calls.push({ step, context, end });
    await end.promise;
  }
}

/** A runner with a puppet for its adapter; the test is the master. */
export class Rig {
  readonly clock = new VirtualClock(5_000_000);
  readonly adapter = new PuppetAdapter();
  readonly messages: FrameworkMessage[] = [];
  readonly logged: string[] = [];
  readonly runner: Runner;
  #drawn = 0;

  constructor(options: Partial<RunnerOptions> = {}) {
    const keep = (_fields: unknown, message: string): void => {
      this.logged.push(message);
    };
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    this.runner = new Runner({
      session: { send: (message) => this.messages.push(message) },
      adapter: this.adapter,
      clock: this.clock,
      random: { next: () => 0.5, hex128: () => `command-${(this.#drawn += 1)}` },
      options: { ...DEFAULT_RUNNER_OPTIONS, roles: ['/a', '/b'], confirmBeforeEffects: false, ...options },
      log,
    });
  }

  async start(): Promise<this> {
    this.runner.start();
    this.runner.onConnected({ resumed: false });
    await this.clock.advance(1);
    return this;
  }

  /** Runs what is ready without letting time pass. */
  settle(): Promise<void> {
    return this.clock.advance(0);
  }

  async ask(request: Partial<StepRequest> = {}): Promise<StepRequest> {
    const full: StepRequest = {
      transitionId: 't1',
      step: 'drain',
      attempt: 1,
      validForMs: LEASE_MS,
      hostId: 'h1',
      hostName: 'node1',
      identity: { uuid: 'u1', serial: 's1', macs: [] },
      workload: 'puppet',
      policy: { softDeadlineMs: 0, hard: false },
      reason: 'a test',
      ...request,
    };
    this.runner.onEvent({ kind: 'step_request', request: full });
    await this.settle();
    return full;
  }

  renew({ transitionId, step, attempt }: StepRequest, updateNo: number): void {
    this.runner.onEvent({
      kind: 'step_renew',
      renew: { transitionId, step, attempt, updateNo, validForMs: LEASE_MS },
    });
  }

  async cancel({ transitionId, step, attempt }: StepRequest): Promise<void> {
    this.runner.onEvent({ kind: 'step_cancel', transitionId, step, attempt });
    await this.settle();
  }

  sent<K extends FrameworkMessage['kind']>(kind: K): readonly Extract<FrameworkMessage, { kind: K }>[] {
    return this.messages.filter((message): message is Extract<FrameworkMessage, { kind: K }> => message.kind === kind);
  }

  get updates(): readonly StepUpdate[] {
    return this.sent('step_update').map((message) => message.update);
  }

  get last(): StepUpdate {
    return this.updates.at(-1)!;
  }
}
