import { z } from 'zod';
import type { TaskSpec, TaskState } from '../../scheduler/index.js';
import type { Checkpoint } from './driver.js';

/** A task as the agent remembers it over restarts. */
export interface KeptTask {
  readonly taskKey: string;
  readonly spec: TaskSpec;
  readonly state: TaskState;
  readonly statusSeq: number;
  readonly message: string;
  readonly exitCode: number | null;
}

/** Everything an agent must not forget. */
export interface AgentMemory {
  /** Proves to the master that this agent owns its session. */
  readonly secret: string;
  /** Highest term seen; a master with a lower one is not obeyed. */
  readonly highestTerm: number;
  /** Last launch or kill applied. */
  readonly lastCommandSeq: number;
  readonly tasks: readonly KeptTask[];
  /** Workload whose profile is on the machine; empty when none. */
  readonly profile: string;
  /** What the last verification found: `clean`, `dirty: …` or empty. */
  readonly cleanliness: string;
}

const VERSION = 1;

const portRange = z.object({ first: z.int(), last: z.int() });
const schema = z.object({
  version: z.literal(VERSION),
  secret: z.string().min(1),
  highestTerm: z.int().min(0),
  lastCommandSeq: z.int().min(0),
  profile: z.string(),
  cleanliness: z.string(),
  tasks: z.array(
    z.object({
      taskKey: z.string(),
      state: z.enum(['staging', 'running', 'killing', 'finished', 'failed', 'killed', 'lost']),
      statusSeq: z.int(),
      message: z.string(),
      exitCode: z.int().nullable(),
      spec: z.object({
        taskId: z.string(),
        name: z.string(),
        resources: z.object({ quantities: z.record(z.string(), z.int()), ports: z.array(portRange) }),
        image: z.string(),
        command: z.array(z.string()),
        env: z.record(z.string(), z.string()),
        killGraceMs: z.int(),
        labels: z.record(z.string(), z.string()),
      }),
    }),
  ),
});

/** @throws Error with a sentence that says what to do when the content cannot be read */
export function parseMemory(content: string): AgentMemory {
  const fail = (why: string): never => {
    throw new Error(
      `the agent's checkpoint cannot be read (${why}); restore it, or move it away and release the host with "mosaic host release NAME"`,
    );
  };
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch {
    return fail('it is not JSON');
  }
  const parsed = schema.safeParse(data);
  return parsed.success ? parsed.data : fail(z.prettifyError(parsed.error).replaceAll('\n', ' '));
}

/**
 * Writes the newest memory, one write at a time: what changes while a write runs goes with the next one. A write that fails
 * is tried again with the next change; those who wait for it are told.
 */
export class MemoryKeeper {
  readonly #checkpoint: Checkpoint;
  #memory: AgentMemory;
  #writing: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(checkpoint: Checkpoint, memory: AgentMemory) {
    this.#checkpoint = checkpoint;
    this.#memory = memory;
  }

  get memory(): AgentMemory {
    return this.#memory;
  }

  /** Changes the memory; resolves when a write that contains the change has ended. */
  change(change: Partial<AgentMemory>): Promise<void> {
    this.#memory = { ...this.#memory, ...change };
    if (this.#writing === null) return this.#write();
    this.#next ??= this.#writing.then(
      () => this.#write(),
      () => this.#write(),
    );
    return this.#next;
  }

  /** Resolves when nothing is left to write. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await (this.#next ?? this.#writing).catch(() => undefined);
  }

  #write(): Promise<void> {
    this.#next = null;
    const writing = this.#checkpoint.write(JSON.stringify({ version: VERSION, ...this.#memory })).finally(() => {
      if (this.#writing === writing) this.#writing = null;
    });
    this.#writing = writing;
    return writing;
  }
}
