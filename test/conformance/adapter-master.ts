import type { Log } from '../../frameworks/contract/ports.js';
import type { FrameworkMessage, StepName, StepRequest, StepUpdate } from '../../frameworks/contract/protocol.js';
import type { MachineRef } from '../../frameworks/contract/types.js';
import { DEFAULT_RUNNER_OPTIONS, Runner } from '../../frameworks/runner/index.js';
import type { FrameworkSession, RunnerOptions } from '../../frameworks/runner/index.js';
import type { AdapterProcess, AdapterWorld } from './adapter-world.js';

export const LEASE_MS = 60_000;
/** Messages take this long either way. */
const WIRE_MS = 1;

export interface AskOptions {
  readonly attempt?: number;
  readonly transitionId?: string;
  readonly softDeadlineMs?: number;
  readonly hard?: boolean;
}

const SILENT: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A runner in its process and the master at the other end of its wire, as far as steps go. */
export class StubMaster implements FrameworkSession {
  readonly runner: Runner;
  readonly messages: FrameworkMessage[] = [];
  /** False: updates are heard, but the lease is not renewed any more. */
  renewing = true;
  readonly #world: AdapterWorld;
  readonly #process: AdapterProcess;

  constructor(world: AdapterWorld, process: AdapterProcess, options: Partial<RunnerOptions> = {}) {
    this.#world = world;
    this.#process = process;
    this.runner = new Runner({
      session: this,
      adapter: process.adapter,
      clock: process.clock,
      random: process.random,
      log: SILENT,
      options: { ...DEFAULT_RUNNER_OPTIONS, roles: ['/main'], ...options },
    });
  }

  /** The adapter runs and the session is open. */
  async start(): Promise<this> {
    this.runner.start();
    this.runner.onConnected({ resumed: false });
    await this.#world.advance(10 * WIRE_MS);
    return this;
  }

  send(message: FrameworkMessage): void {
    this.messages.push(message);
    if (message.kind !== 'step_update' || !this.renewing) return;
    const { transitionId, step, attempt, updateNo, state } = message.update;
    if (state !== 'running' && state !== 'blocked') return;
    this.#toRunner({ kind: 'step_renew', renew: { transitionId, step, attempt, updateNo, validForMs: LEASE_MS } });
  }

  ask(step: StepName, machine: MachineRef, options: AskOptions = {}): StepRequest {
    const request: StepRequest = {
      transitionId: options.transitionId ?? `t-${machine.name}`,
      step,
      attempt: options.attempt ?? 1,
      validForMs: LEASE_MS,
      hostId: machine.hostId,
      hostName: machine.name,
      identity: machine.identity,
      workload: 'test',
      policy: { softDeadlineMs: options.softDeadlineMs ?? 0, hard: options.hard ?? false },
      reason: 'a test',
    };
    this.#toRunner({ kind: 'step_request', request });
    return request;
  }

  cancel({ transitionId, step, attempt }: StepRequest): void {
    this.#toRunner({ kind: 'step_cancel', transitionId, step, attempt });
  }

  updates(request: StepRequest): readonly StepUpdate[] {
    return this.messages.flatMap((message) =>
      message.kind === 'step_update' &&
      message.update.transitionId === request.transitionId &&
      message.update.step === request.step &&
      message.update.attempt === request.attempt
        ? [message.update]
        : [],
    );
  }

  /** The update that ended the attempt, undefined while it runs. */
  outcome(request: StepRequest): StepUpdate | undefined {
    return this.updates(request).find(({ state }) => state !== 'running' && state !== 'blocked');
  }

  /** Advances until the attempt has ended. */
  async end(request: StepRequest, withinMs: number = this.#world.stepMsMax): Promise<StepUpdate> {
    await this.until(() => this.outcome(request) !== undefined, withinMs, `${request.step} to end`);
    return this.outcome(request)!;
  }

  /** Asks for a step and advances to its end. */
  async run(step: StepName, machine: MachineRef, options: AskOptions = {}): Promise<StepUpdate> {
    return await this.end(this.ask(step, machine, options));
  }

  async until(done: () => boolean, withinMs: number, what: string): Promise<void> {
    const untilMs = this.#world.nowMs() + withinMs;
    const stepMs = Math.max(1, Math.floor(withinMs / 2_000));
    await this.#world.advance(0);
    while (!done()) {
      if (this.#world.nowMs() >= untilMs) throw new Error(`waited ${withinMs} ms of virtual time for ${what}`);
      await this.#world.advance(stepMs);
    }
  }

  #toRunner(event: Parameters<Runner['onEvent']>[0]): void {
    this.#process.clock.setTimer(WIRE_MS, () => this.runner.onEvent(event));
  }
}
