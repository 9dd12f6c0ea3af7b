import { z } from 'zod';
import type { TaskSpec, TaskState } from '../../scheduler/index.js';
import type { Clock } from '../ports/index.js';
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

/** Pause after a write that failed. Nothing is told or started meanwhile: it would be forgotten at a crash. */
const RETRY_MS = 5_000;

export interface MemoryKeeperOptions {
  readonly checkpoint: Checkpoint;
  /** What the checkpoint holds, or, for a new agent, what its first `change` writes. */
  readonly memory: AgentMemory;
  readonly clock: Clock;
  /** A write failed; it is tried again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Writes the newest memory, one write at a time: what changes while a write runs goes with the next one. A write that fails
 * is tried again until it succeeds; those who wait for it wait as long.
 */
export class MemoryKeeper {
  readonly #options: MemoryKeeperOptions;
  #memory: AgentMemory;
  #durable: AgentMemory;
  #waiters: (() => void)[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;
  #abandoned = false;
  #retryNow: (() => void) | null = null;

  constructor(options: MemoryKeeperOptions) {
    this.#options = options;
    this.#memory = options.memory;
    this.#durable = options.memory;
  }

  /** With every change, kept or not yet. */
  get memory(): AgentMemory {
    return this.#memory;
  }

  /** As it would be read after a crash: only this may be told. */
  get durable(): AgentMemory {
    return this.#durable;
  }

  /** The first write of a new agent, which is not tried again: a folder that cannot be written must be heard of at once. */
  async create(): Promise<void> {
    await this.#options.checkpoint.write(textOf(this.#memory));
  }

  /** Changes the memory; resolves when the change is durable, never after `close`. */
  change(change: Partial<AgentMemory>): Promise<void> {
    if (this.#abandoned) return new Promise(() => undefined);
    this.#memory = { ...this.#memory, ...change };
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#writing ??= this.#writeAll();
    });
  }

  /** Ends retries; what is not written yet gets one more chance. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#retryNow?.();
    await this.#writing;
  }

  /** The memory belongs to another process now: nothing is written any more, and who waits for that waits for ever. */
  abandon(): void {
    this.#waiters = [];
    this.#abandoned = true;
    this.#closed = true;
    this.#retryNow?.();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiters.length > 0) {
      const memory = this.#memory;
      const waiters = this.#waiters.splice(0);
      try {
        await this.#options.checkpoint.write(textOf(memory));
      } catch (error) {
        if (this.#abandoned) break;
        this.#waiters.unshift(...waiters);
        this.#options.onFailure(error);
        if (this.#closed) break;
        await this.#pause();
        continue;
      }
      this.#durable = memory;
      for (const resolve of waiters) resolve();
    }
    this.#writing = null;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.setTimer(RETRY_MS, resolve);
      this.#retryNow = () => {
        cancel();
        resolve();
      };
    });
  }
}

function textOf(memory: AgentMemory): string {
  return JSON.stringify({ version: VERSION, ...memory });
}
