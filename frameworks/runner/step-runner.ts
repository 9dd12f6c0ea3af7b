import { backoffMs } from '../common/backoff.js';
import { deferred } from '../common/deferred.js';
import { printable } from '../common/redact.js';
import { AdapterError } from '../contract/types.js';
import { sleep } from '../contract/ports.js';
import type { CancelTimer, Clock, Log, Random } from '../contract/ports.js';
import type { BlockedBy, Forecast, Progress, StepContext } from '../contract/types.js';
import type { Blocker, LeaveForecast, StepRenew, StepRequest, StepState, StepUpdate } from '../contract/protocol.js';
import { toBlockers, toLeaveForecast, wholeWithin } from './convert.js';
import type { StepOptions } from './options.js';
import type { StepExecutor } from './step-call.js';
import { managerDown, outcomeMessage, stepFailure } from './step-failure.js';
import type { OutcomeCode } from './step-failure.js';
import { hasLapsed, leaseWithUpdate, openLease, renewedLease, updatePeriodMs } from './step-lease.js';
import type { StepLease } from './step-lease.js';

/** Why an attempt must stop before its step is done. */
export type StopCause = 'cancelled' | 'superseded' | 'deadline' | 'lease' | 'shutdown';

const STOPS: Readonly<Record<StopCause, readonly [OutcomeCode, string]>> = {
  cancelled: ['CANCELLED', 'the master cancelled the attempt'],
  superseded: ['SUPERSEDED', 'a newer request for the same host arrived'],
  deadline: ['DEADLINE', 'not done within the soft deadline'],
  lease: ['LEASE_ENDED', 'the step lease ran out without a renewal'],
  shutdown: ['SHUTDOWN', 'the process is stopping'],
};

export interface StepPorts {
  readonly executor: StepExecutor;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly options: StepOptions;
  readonly send: (update: StepUpdate) => void;
  /** False: updates that only report are not worth queueing, nobody can renew. */
  readonly connected: () => boolean;
}

interface Outcome {
  readonly state: Extract<StepState, 'done' | 'failed' | 'refused'>;
  readonly message: string;
  readonly forecast: LeaveForecast | null;
}

/**
 * One attempt of one step. Modes: *waiting* for earlier attempts on the host to stop, *confirming* that the master still
 * counts on this one, *calling* the adapter (again after pauses while the manager is down or something blocks), *stopping*
 * once a cause to stop is known (the fence is shut; the adapter has until the end of the lease to settle), *finished*.
 * The fence compares the clock, never a timer's firing: a process that was stopped for an hour notices at its next call.
 */
export class StepRunner {
  readonly request: StepRequest;
  readonly #ports: StepPorts;
  readonly #abort = new AbortController();
  readonly #confirmed = deferred<undefined>();
  readonly #over = deferred<undefined>();
  readonly #startedMs: number;
  #lease: StepLease;
  #stopCause: StopCause | null = null;
  #outcome: StepUpdate | null = null;
  #updateNo = 0;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #progressMilli = 0;
  #message = '';
  #blockers: readonly Blocker[] = [];
  #cancelUpdateTimer: CancelTimer | null = null;
  readonly #cancelTimers: CancelTimer[] = [];
  #cancelLeaseTimer: CancelTimer | null = null;

  constructor(request: StepRequest, ports: StepPorts) {
    this.request = request;
    this.#ports = ports;
    this.#startedMs = ports.clock.nowMs();
    this.#lease = openLease(this.#startedMs, request.validForMs);
  }

  /** The update that ended the attempt, null while it runs. */
  get outcome(): StepUpdate | null {
    return this.#outcome;
  }

  /**
   * Runs to the end and returns the final update, already sent. Never rejects.
   *
   * @param turn settles once every earlier attempt on the host has stopped.
   */
  async run(turn: Promise<unknown>): Promise<StepUpdate> {
    this.#armLease();
    // Under a hard policy the adapter meets the deadline by killing: giving up just then would waste what was lost.
    if (this.request.policy.softDeadlineMs > 0 && !this.#hard)
      this.#cancelTimers.push(
        this.#ports.clock.setTimer(this.request.policy.softDeadlineMs, () => this.stop('deadline')),
      );
    this.#sendUpdate();
    const outcome = await this.#work(turn).catch((error: unknown) => this.#failed(error));
    return this.#finish(outcome);
  }

  renew(renew: StepRenew): void {
    if (this.#stopCause !== null || this.#outcome !== null) return;
    this.#lease = renewedLease(this.#lease, renew.updateNo, renew.validForMs);
    this.#armLease();
    if (this.#lease.confirmed) this.#confirmed.resolve(undefined);
  }

  /** Says again where the attempt stands: a request came twice, or the connection is new. */
  resend(): void {
    if (this.#outcome !== null) this.#ports.send(this.#outcome);
    else this.#sendUpdate();
  }

  /** Shuts the fence. The attempt ends when the adapter has settled, at the latest when the lease has run out. */
  stop(cause: StopCause): void {
    if (this.#stopCause !== null || this.#outcome !== null) return;
    const { clock } = this.#ports;
    this.#stopCause = hasLapsed(this.#lease, clock.nowMs()) ? 'lease' : cause;
    const settleMs = cause === 'shutdown' ? this.#ports.options.closeTimeoutMs : Number.POSITIVE_INFINITY;
    const leftMs = Math.max(0, Math.min(this.#lease.untilMs - clock.nowMs(), settleMs));
    this.#cancelTimers.push(clock.setTimer(leftMs, () => this.#over.resolve(undefined)));
    this.#abort.abort(this.#fencedError());
  }

  get #hard(): boolean {
    return this.request.policy.hard && this.#ports.executor.supportsHardDrain;
  }

  /** Throws once the attempt may cause no effect any more. */
  #fence(): void {
    if (this.#outcome === null && this.#stopCause === null && !hasLapsed(this.#lease, this.#ports.clock.nowMs()))
      return;
    this.stop('lease');
    throw this.#fencedError();
  }

  #fencedError(): AdapterError {
    const [code, text] =
      this.#stopCause === null ? (['FAILED', 'the attempt has ended'] as const) : STOPS[this.#stopCause];
    return new AdapterError('fenced', outcomeMessage(code, text));
  }

  async #work(turn: Promise<unknown>): Promise<Outcome> {
    await this.#unlessStopped(turn);
    if (this.#ports.executor.hasEffects(this.request.step) && this.#ports.options.confirmBeforeEffects)
      await this.#unlessStopped(this.#confirmed.promise);
    const { random, options, log } = this.#ports;
    for (let failures = 1; ; failures += 1) {
      this.#fence();
      try {
        const forecast = await this.#callOnce();
        if (this.#stopCause !== null && this.#stopCause !== 'deadline') throw this.#fencedError();
        return { state: 'done', message: 'done', forecast: forecast === null ? null : toLeaveForecast(forecast) };
      } catch (error) {
        if (this.#stopCause !== null) throw error;
        const failure = stepFailure(error);
        if (failure.kind === 'end') throw error;
        log.warn({ ...this.#logFields(), reason: failure.reason, failures }, `step waits: ${failure.message}`);
        this.#waitFor(failure.reason, failure.message);
        const pauseMs =
          failure.reason === 'BLOCKED'
            ? options.blockedRetryMs
            : backoffMs(failures, random.next(), {
                firstMs: options.managerRetryFirstMs,
                maxMs: options.managerRetryMaxMs,
              });
        await this.#sleep(Math.max(pauseMs, failure.retryAfterMs));
      }
    }
  }

  /** One call of the adapter. Ends without it when it does not settle before the lease has run out. */
  async #callOnce(): Promise<Forecast | null> {
    const notReady = this.#ports.executor.notReady();
    if (notReady !== null) throw new AdapterError('unavailable', notReady);
    const call = this.#ports.executor.execute(this.request, this.#context());
    const over = this.#over.promise.then(() => {
      throw this.#fencedError();
    });
    return await Promise.race([call, over]);
  }

  #context(): StepContext {
    const { request } = this;
    const ports = this.#ports;
    return {
      machine: { hostId: request.hostId, name: request.hostName, identity: request.identity },
      signal: this.#abort.signal,
      hard: this.#hard,
      deadlineMs: request.policy.softDeadlineMs,
      reason: request.reason,
      fence: () => this.#fence(),
      report: (progress) => this.#report(progress),
      sleep: (ms) => this.#sleep(ms),
      nowMs: () => ports.clock.nowMs(),
    };
  }

  async #sleep(ms: number): Promise<void> {
    this.#fence();
    await sleep(this.#ports.clock, ms, this.#abort.signal);
    // Timers of a process that was stopped fire in any order: the sleep may end before the lease timer does.
    this.#fence();
  }

  async #unlessStopped(promise: Promise<unknown>): Promise<void> {
    const { signal } = this.#abort;
    const stopped = deferred<never>();
    const onAbort = (): void => stopped.reject(this.#fencedError());
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      await Promise.race([promise, stopped.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #report(progress: Progress): void {
    if (this.#outcome !== null || this.#stopCause !== null) return;
    const blockers = toBlockers(progress.blockedBy);
    const message = printable(progress.message);
    const progressMilli = wholeWithin(progress.progressMilli, 0, 1000);
    const same = JSON.stringify(blockers) === JSON.stringify(this.#blockers);
    if (same && message === this.#message && progressMilli === this.#progressMilli) return;
    const turned = blockers.length > 0 !== this.#blockers.length > 0;
    this.#progressMilli = progressMilli;
    this.#message = message;
    this.#blockers = blockers;
    const dueMs = this.#lastSentMs + this.#ports.options.updateGapMs;
    if (turned || this.#ports.clock.nowMs() >= dueMs) this.#sendUpdate();
    else this.#armUpdate(dueMs - this.#ports.clock.nowMs());
  }

  #waitFor(reason: 'MANAGER_DOWN' | 'BLOCKED', message: string): void {
    const nowMs = this.#ports.clock.nowMs();
    const earlier = this.#blockers.find((blocker) => blocker.reason === reason);
    const { hostName } = this.request;
    const shown: BlockedBy =
      reason === 'MANAGER_DOWN'
        ? managerDown(this.#ports.executor.object, earlier?.sinceMs ?? nowMs, message)
        : { object: `host/${hostName}`, reason, sinceMs: earlier?.sinceMs ?? nowMs, message };
    // What the adapter named itself says more than "blocked".
    const named = reason === 'BLOCKED' && this.#blockers.some((blocker) => blocker.reason !== 'MANAGER_DOWN');
    this.#report({ progressMilli: this.#progressMilli, message, blockedBy: named ? this.#blockers : [shown] });
  }

  #sendUpdate(): void {
    if (this.#outcome !== null || this.#stopCause !== null) return;
    this.#armUpdate(updatePeriodMs(this.request.validForMs));
    if (!this.#ports.connected()) return;
    const nowMs = this.#ports.clock.nowMs();
    const state = this.#blockers.length > 0 ? 'blocked' : 'running';
    const update = this.#update(state, this.#message, null);
    this.#lease = leaseWithUpdate(this.#lease, update.updateNo, nowMs);
    this.#lastSentMs = nowMs;
    this.#ports.send(update);
  }

  #update(state: StepState, message: string, forecast: LeaveForecast | null): StepUpdate {
    const { transitionId, step, attempt } = this.request;
    this.#updateNo += 1;
    const progressMilli = state === 'done' ? 1000 : this.#progressMilli;
    const blockedBy = state === 'done' || state === 'running' ? [] : this.#blockers;
    return {
      transitionId,
      step,
      attempt,
      updateNo: this.#updateNo,
      state,
      progressMilli,
      message,
      blockedBy,
      forecast,
    };
  }

  #armUpdate(delayMs: number): void {
    this.#cancelUpdateTimer?.();
    this.#cancelUpdateTimer = this.#ports.clock.setTimer(delayMs, () => this.#sendUpdate());
  }

  #armLease(): void {
    const { clock } = this.#ports;
    this.#cancelLeaseTimer?.();
    this.#cancelLeaseTimer = clock.setTimer(Math.max(0, this.#lease.untilMs - clock.nowMs()), () => {
      if (hasLapsed(this.#lease, clock.nowMs())) this.stop('lease');
      else this.#armLease();
    });
  }

  #failed(error: unknown): Outcome {
    if (this.#stopCause !== null) {
      const [code, text] = STOPS[this.#stopCause];
      return { state: 'failed', message: outcomeMessage(code, text), forecast: null };
    }
    const failure = stepFailure(error);
    const state = failure.kind === 'end' ? failure.state : 'failed';
    return { state, message: failure.message, forecast: null };
  }

  #finish(outcome: Outcome): StepUpdate {
    const update = this.#update(outcome.state, outcome.message, outcome.forecast);
    this.#outcome = update;
    this.#cancelUpdateTimer?.();
    this.#cancelLeaseTimer?.();
    for (const cancel of this.#cancelTimers) cancel();
    // A call that still hangs learns that it is over: its fence throws and its sleeps end.
    if (!this.#abort.signal.aborted) this.#abort.abort(this.#fencedError());
    const tookMs = this.#ports.clock.nowMs() - this.#startedMs;
    this.#ports.log.info({ ...this.#logFields(), state: update.state, tookMs }, `step ended: ${update.message}`);
    this.#ports.send(update);
    return update;
  }

  #logFields(): Readonly<Record<string, unknown>> {
    const { transitionId, step, attempt, hostName } = this.request;
    return { transitionId, step, attempt, host: hostName };
  }
}
