import type { StepRenew, StepRequest, StepUpdate } from '../contract/protocol.js';
import { outcomeMessage } from './step-failure.js';
import type { OutcomeCode } from './step-failure.js';
import { StepRunner } from './step-runner.js';
import type { StepPorts, StopCause } from './step-runner.js';

/** Final updates kept for requests that come twice. Budgets allow some tens of moves at a time, each of a few attempts. */
const OUTCOMES_MAX = 200;
/** Attempts running at once; a master that asks for more is told so. */
const RUNNING_MAX = 1_000;

type AttemptId = Pick<StepRequest, 'transitionId' | 'step' | 'attempt'>;

/** Every attempt this process knows of: at most one at work per host, and the outcomes of the last ones. */
export class StepTable {
  readonly #ports: StepPorts;
  /** By attempt key, in order of arrival. */
  readonly #running = new Map<string, { readonly runner: StepRunner; readonly ended: Promise<unknown> }>();
  /** Final updates by attempt key, oldest first. */
  readonly #outcomes = new Map<string, StepUpdate>();
  #closed = false;

  constructor(ports: StepPorts) {
    this.#ports = ports;
  }

  get runningCount(): number {
    return this.#running.size;
  }

  /** Starts the attempt, or repeats what became of it when it is known. */
  request(request: StepRequest): void {
    if (this.#closed) return;
    const key = keyOf(request);
    const known = this.#running.get(key);
    if (known !== undefined) {
      known.runner.resend();
      return;
    }
    const outcome = this.#outcomes.get(key);
    if (outcome !== undefined) {
      this.#ports.send(outcome);
      return;
    }
    if (!this.#ports.executor.executes(request.step)) {
      this.#refuse(request, 'UNSUPPORTED', `${request.step} is no step of ${this.#ports.executor.owner}`);
      return;
    }
    if (this.#isOld(request)) {
      this.#ports.log.warn({ ...idOf(request) }, 'a request for an attempt older than a known one is ignored');
      return;
    }
    if (this.#running.size >= RUNNING_MAX) {
      this.#refuse(request, 'REFUSED', `${RUNNING_MAX} steps are running already`);
      return;
    }
    this.#start(request, new StepRunner(request, this.#ports));
  }

  renew(renew: StepRenew): void {
    this.#running.get(keyOf(renew))?.runner.renew(renew);
  }

  cancel(attempt: AttemptId): void {
    const key = keyOf(attempt);
    const known = this.#running.get(key);
    const outcome = this.#outcomes.get(key);
    if (known !== undefined) known.runner.stop('cancelled');
    else if (outcome !== undefined) this.#ports.send(outcome);
    // The request was lost with an earlier process: nothing runs, and saying so spares the master the lease's end.
    else this.#refuse(attempt, 'CANCELLED', 'the attempt is not known here');
  }

  /** After a reconnect: the master learns where every attempt stands and can renew it. */
  resendAll(): void {
    for (const { runner } of this.#running.values()) runner.resend();
  }

  /** Shuts every fence; resolves when all attempts have stopped. No attempt starts afterwards. */
  async close(cause: StopCause): Promise<void> {
    this.#closed = true;
    const ended = [...this.#running.values()].map((entry) => entry.ended);
    for (const { runner } of this.#running.values()) runner.stop(cause);
    await Promise.all(ended);
  }

  #start(request: StepRequest, runner: StepRunner): void {
    const earlier = [...this.#running.values()].filter((entry) => entry.runner.request.hostId === request.hostId);
    // The master asks for something new on a host only when it no longer counts on what it asked before.
    for (const entry of earlier) entry.runner.stop('superseded');
    const turn = Promise.all(earlier.map((entry) => entry.ended));
    const key = keyOf(request);
    const { hostName, reason } = request;
    this.#ports.log.info({ ...idOf(request), host: hostName, reason, behind: earlier.length }, 'step asked');
    const ended = runner.run(turn).then((update) => {
      this.#running.delete(key);
      this.#keep(key, update);
    });
    this.#running.set(key, { runner, ended });
  }

  #refuse(attempt: AttemptId, code: OutcomeCode, text: string): void {
    const update: StepUpdate = {
      ...idOf(attempt),
      updateNo: 1,
      state: code === 'CANCELLED' ? 'failed' : 'refused',
      progressMilli: 0,
      message: outcomeMessage(code, text),
      blockedBy: [],
      forecast: null,
    };
    this.#keep(keyOf(attempt), update);
    this.#ports.send(update);
  }

  #keep(key: string, update: StepUpdate): void {
    this.#outcomes.delete(key);
    this.#outcomes.set(key, update);
    for (const oldest of this.#outcomes.keys()) {
      if (this.#outcomes.size <= OUTCOMES_MAX) break;
      this.#outcomes.delete(oldest);
    }
  }

  /** Whether a later attempt of the same step is known: this request was delayed on its way. */
  #isOld(request: StepRequest): boolean {
    const later = (other: AttemptId): boolean =>
      other.transitionId === request.transitionId && other.step === request.step && other.attempt > request.attempt;
    for (const { runner } of this.#running.values()) if (later(runner.request)) return true;
    for (const update of this.#outcomes.values()) if (later(update)) return true;
    return false;
  }
}

function keyOf(attempt: AttemptId): string {
  return `${attempt.transitionId}/${attempt.step}/${attempt.attempt}`;
}

function idOf({ transitionId, step, attempt }: AttemptId): AttemptId {
  return { transitionId, step, attempt };
}
