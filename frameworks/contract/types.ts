/**
 * The adapter port: what a manager (oVirt, Kubernetes, Hadoop, OpenStack, a fake) must offer so that the runner can move
 * hosts in and out of it. The small structs are re-declared here so that an adapter depends on nothing but this folder.
 */

export interface MachineIdentity {
  readonly uuid: string;
  readonly serial: string;
  readonly macs: readonly string[];
}

export interface MachineRef {
  readonly hostId: string;
  readonly name: string;
  readonly identity: MachineIdentity;
}

/** A machine as the manager sees it, without extra calls per machine. */
export interface ObservedMachine {
  readonly identity: MachineIdentity;
  readonly name: string;
  /** The manager's own word for the state. */
  readonly managerState: string;
  readonly serving: boolean;
  /** VMs, pods or containers running there. */
  readonly units: number;
  /** Cheap estimate of how long leaving would take. */
  readonly leaveEstimateMs: number;
  /** Difference between what Mosaic asked for and what is; empty when none. */
  readonly drift: string;
}

export interface Observation {
  /** False when the manager answered only in part (paging broke off, one zone down): absence proves nothing then. */
  readonly complete: boolean;
  readonly machines: readonly ObservedMachine[];
}

/** Whole hosts wanted in all, including what is held. */
export interface WantedHosts {
  readonly demandId: string;
  readonly role: string;
  readonly shape: string;
  readonly count: number;
  readonly minimum: number;
  readonly priority: number;
  /** Why, in words and figures, for admins. */
  readonly evidence: string;
}

export interface BlockedBy {
  readonly object: string;
  readonly reason: string;
  readonly sinceMs: number;
  readonly message: string;
}

export interface Forecast {
  readonly durationLowMs: number;
  readonly durationHighMs: number;
  readonly units: number;
  readonly wouldKill: readonly string[];
  readonly blockers: readonly BlockedBy[];
}

export interface Progress {
  /** 0..1000. */
  readonly progressMilli: number;
  readonly message: string;
  /** Not empty: the step goes on but cannot advance until these are gone. */
  readonly blockedBy: readonly BlockedBy[];
}

/**
 * Given to every step. **Call `fence()` before every manager call with an effect**: it throws `AdapterError('fenced')` once
 * the step lease has run out or the step was cancelled. Waiting must go through `sleep`, so that time is the runner's.
 */
export interface StepContext {
  readonly machine: MachineRef;
  /** Aborted on cancel, lease end and shutdown. */
  readonly signal: AbortSignal;
  readonly hard: boolean;
  /** Soft deadline from the start of the step, 0 = none. The runner enforces it; adapters may use it to pace. */
  readonly deadlineMs: number;
  readonly reason: string;
  fence(): void;
  report(progress: Progress): void;
  sleep(ms: number): Promise<void>;
  nowMs(): number;
}

/**
 * One manager. Steps are idempotent: each may be called again after it was done, half done, or its answer was lost, and
 * then must end as if called once. They resolve when the manager *shows* the result, not when it has accepted the call.
 */
export interface FrameworkAdapter {
  readonly capabilities: AdapterCapabilities;
  /** Connects and checks credentials and version. Called once before anything else; may be called again after a failure. */
  start(): Promise<void>;
  observe(): Promise<Observation>;
  demand(): Promise<readonly WantedHosts[]>;
  /** What leaving would take, exactly (may call the manager); no effect. */
  forecastDrain(context: StepContext): Promise<Forecast>;
  /** Makes the machine part of the manager and able to take work, or throws. */
  join(context: StepContext): Promise<void>;
  /** Proves that the machine serves: the manager's own view, read again. */
  verify(context: StepContext): Promise<void>;
  /** Empties the machine and keeps new work away. */
  drain(context: StepContext): Promise<void>;
  /** Undoes `drain`, finished or not: the machine serves again. */
  cancelDrain(context: StepContext): Promise<void>;
  /**
   * Removes the drained machine from the manager; one that is not there is done, but only when it was looked for in every
   * way the manager knows it: after a firmware update a machine tells another uuid and still serves. It also undoes a join, finished or not:
   * a machine that Mosaic joined and nobody has drained since is emptied first (find the mark in the manager, not in
   * memory). Any other machine that serves was put to work by somebody else: `refused`.
   */
  leave(context: StepContext): Promise<void>;
  close(): Promise<void>;
}

export interface AdapterCapabilities {
  /** Workload name the adapter serves, `ovirt`. */
  readonly workload: string;
  /** `cancelDrain` really restores service. @default false */
  readonly supportsCancelDrain: boolean;
  /** `forecastDrain` asks the manager rather than guessing. @default false */
  readonly supportsForecast: boolean;
  /** A hard drain (kill what does not move) is possible. @default false */
  readonly supportsHardDrain: boolean;
}

/**
 * `unavailable`: the manager does not answer, retry. `fenced`: the step lease ended, stop. `blocked`: cannot go on by
 * itself. `refused`: a rule of the manager forbids it for this machine. `not_found`: the machine is not in the manager.
 * `invalid`: wrong input or credentials, a person must mend it. `failed`: the manager tried and failed.
 */
export type AdapterErrorCode = 'unavailable' | 'fenced' | 'blocked' | 'refused' | 'not_found' | 'invalid' | 'failed';

export class AdapterError extends Error {
  readonly code: AdapterErrorCode;
  readonly retryable: boolean;
  /** Earliest sensible retry, 0 = at the runner's own pace. */
  readonly retryAfterMs: number;

  constructor(code: AdapterErrorCode, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AdapterError';
    this.code = code;
    this.retryable = code === 'unavailable' || code === 'failed';
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}
