import type { FaultDomain, HostIdentity, Resources, TaskSpec } from '../../scheduler/index.js';

/** What the agent finds on its machine. */
export interface Inventory {
  readonly name: string;
  readonly identity: HostIdentity;
  readonly resources: Resources;
  readonly attributes: Readonly<Record<string, string>>;
  readonly faultDomain: FaultDomain;
  readonly image: string;
}

export interface TaskEnd {
  readonly outcome: 'finished' | 'failed' | 'killed';
  readonly exitCode: number | null;
  readonly message: string;
}

/** A step's own view of its run; see the adapter contract for the meaning of `fence`. */
export interface AgentStepContext {
  readonly hostId: string;
  /** Workload whose profile is prepared or cleaned. */
  readonly workload: string;
  readonly signal: AbortSignal;
  fence(): void;
  report(progressMilli: number, message: string): void;
}

/**
 * The machine under the agent: `simulated` for demos and tests, `podman` and others later. Steps are idempotent. `T` ends
 * by `onTaskEnd`, exactly once per started task, also for tasks found again by `recover`.
 */
export interface Driver {
  inventory(): Promise<Inventory>;
  /** Tasks that already run on the machine (after an agent restart), by task key. */
  recover(onTaskEnd: (taskKey: string, end: TaskEnd) => void): Promise<readonly string[]>;
  startTask(taskKey: string, spec: TaskSpec, onTaskEnd: (taskKey: string, end: TaskEnd) => void): Promise<void>;
  killTask(taskKey: string, graceMs: number): Promise<void>;
  /** Makes the machine ready for the workload (image, containers, files). */
  prepare(context: AgentStepContext): Promise<void>;
  /** Removes everything of the workload. */
  wipe(context: AgentStepContext): Promise<void>;
  /** Proves that nothing is left; resolves to `clean` or a sentence that says what was found. */
  verifyClean(context: AgentStepContext): Promise<string>;
}

/** Where the agent keeps what must survive its restart. Atomic: the old or the new content, never a mixture. */
export interface Checkpoint {
  read(): Promise<string | null>;
  write(content: string): Promise<void>;
}
