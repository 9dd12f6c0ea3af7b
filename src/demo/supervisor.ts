/**
 * Keeps a fixed set of child processes alive: starts them, starts again what dies, stops all of them in order. A child is
 * `starting` until its owner calls `ready`, then `up`; when it exits it is `waiting` (a pause that doubles with each death)
 * and starts again. One that never gets ready, however often it is tried, is given up. Children watch the channel to this
 * process and end when it closes, so even a killed parent leaves no orphan.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { CancelTimer, Clock } from '../ports/index.js';

const RESTART_FIRST_MS = 100;
/** A demo lasts minutes: longer pauses would be most of it. */
const RESTART_MAX_MS = 3_000;
/** A child that was up for this long has recovered: its next death is its first again. */
const STEADY_AFTER_MS = 10_000;
/** Starts in a row that failed by themselves, after which a child is given up. Being killed is no failure of its own. */
const FAILED_STARTS_MAX = 6;
/** What a child wrote last, for the message when it is given up. */
const OUTPUT_KEPT = 4_000;

/** What goes over the channel: plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface ChildSpec {
  /** Unique: `master`, `agents`, `ovirt/prod`. */
  readonly name: string;
  /** Sent as the first message of each life; asked anew each time. */
  readonly firstMessage: () => Json;
  /** True: an exit with code 0 means that it has done its work. @default false */
  readonly once?: boolean;
}

export interface SupervisorOptions {
  /** Module that the children run. */
  readonly entry: string;
  readonly clock: Clock;
  readonly onMessage: (child: string, message: unknown) => void;
  /** A child died and will be started again. */
  readonly onRestart: (child: string, why: string) => void;
  /** A child could not be kept alive; the rest still runs. */
  readonly onGaveUp: (child: string, message: string) => void;
}

interface Slot {
  readonly spec: ChildSpec;
  process: ChildProcess | null;
  state: 'starting' | 'up' | 'waiting' | 'ended';
  /** Since it was last steady: what its pause grows with. */
  deaths: number;
  failedStarts: number;
  upSinceMs: number;
  restarts: number;
  output: string;
  cancelRestart: CancelTimer;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #slots = new Map<string, Slot>();
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  start(spec: ChildSpec): void {
    if (this.#stopping) return;
    if (this.#slots.has(spec.name)) throw new Error(`a child called "${spec.name}" is started already`);
    const slot: Slot = {
      spec,
      process: null,
      state: 'waiting',
      deaths: 0,
      failedStarts: 0,
      upSinceMs: 0,
      restarts: 0,
      output: '',
      cancelRestart: () => undefined,
    };
    this.#slots.set(spec.name, slot);
    this.#spawn(slot);
  }

  /** The child has told its owner that it works. */
  ready(name: string): void {
    const slot = this.#slots.get(name);
    if (slot?.state !== 'starting') return;
    slot.state = 'up';
    slot.failedStarts = 0;
    slot.upSinceMs = this.#options.clock.nowMs();
  }

  /** False: the child is not there now; its first message will have to say it. */
  send(name: string, message: Json): boolean {
    const child = this.#slots.get(name)?.process;
    if (child?.connected !== true) return false;
    // A channel that breaks meanwhile is seen as the child's exit.
    child.send(message as object, () => undefined);
    return true;
  }

  /** Process id of the child that runs now; null while it is down. */
  pidOf(name: string): number | null {
    return this.#slots.get(name)?.process?.pid ?? null;
  }

  isUp(name: string): boolean {
    return this.#slots.get(name)?.state === 'up';
  }

  /** How often each child was started again, in order of start; those that never died are left out. */
  get restarts(): readonly { readonly child: string; readonly count: number }[] {
    return [...this.#slots.values()]
      .filter((slot) => slot.restarts > 0)
      .map((slot) => ({ child: slot.spec.name, count: slot.restarts }));
  }

  /** Ends one child for good and waits for it: asked first, killed after `graceMs`. */
  async end(name: string, graceMs: number): Promise<void> {
    const slot = this.#slots.get(name);
    if (slot === undefined) return;
    slot.state = 'ended';
    slot.cancelRestart();
    const child = slot.process;
    if (child === null) return;
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill('SIGTERM');
    const cancel = this.#options.clock.setTimer(graceMs, () => child.kill('SIGKILL'));
    await exited;
    cancel();
  }

  /** Ends all children at once (each copes with the others gone). Nothing is started any more. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#slots.keys()].map((name) => this.end(name, graceMs)));
  }

  /** For the last moment of a process, when nothing can be awaited. */
  killAll(): void {
    this.#stopping = true;
    for (const slot of this.#slots.values()) {
      slot.state = 'ended';
      slot.cancelRestart();
      slot.process?.kill('SIGKILL');
    }
  }

  #spawn(slot: Slot): void {
    const { entry } = this.#options;
    const child = fork(entry, [slot.spec.name], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Flags of this process (an inspector's port, code to evaluate) are not meant for others; a loader of TypeScript is.
      execArgv: entry.endsWith('.ts') ? process.execArgv : [],
    });
    slot.process = child;
    slot.state = 'starting';
    slot.output = '';
    const keep = (chunk: Buffer): void => {
      slot.output = (slot.output + chunk.toString('utf8')).slice(-OUTPUT_KEPT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('message', (message) => {
      if (slot.process === child) this.#options.onMessage(slot.spec.name, message);
    });
    child.once('error', (error) => this.#died(slot, child, error.message, true));
    child.once('exit', (code, signal) => {
      if (code === 0 && slot.spec.once === true) slot.state = 'ended';
      const why = signal === null ? `it ended with exit code ${code ?? 0}` : `it was ended by ${signal}`;
      this.#died(slot, child, why, signal === null);
    });
    this.send(slot.spec.name, slot.spec.firstMessage());
  }

  #died(slot: Slot, child: ChildProcess, why: string, byItself: boolean): void {
    if (slot.process !== child) return;
    slot.process = null;
    if (slot.state === 'ended') return;
    const { clock, onRestart, onGaveUp } = this.#options;
    const wasUp = slot.state === 'up';
    if (wasUp && clock.nowMs() - slot.upSinceMs >= STEADY_AFTER_MS) slot.deaths = 0;
    slot.deaths += 1;
    if (!wasUp && byItself) slot.failedStarts += 1;
    const name = slot.spec.name;
    if (slot.failedStarts >= FAILED_STARTS_MAX) {
      slot.state = 'ended';
      const said = slot.output.trim() === '' ? '' : `; it said: ${slot.output.trim()}`;
      onGaveUp(name, `${name} did not start in ${FAILED_STARTS_MAX} attempts: ${why}${said}`);
      return;
    }
    slot.state = 'waiting';
    slot.restarts += 1;
    onRestart(name, why);
    const pauseMs = Math.min(RESTART_FIRST_MS * 2 ** (slot.deaths - 1), RESTART_MAX_MS);
    slot.cancelRestart = clock.setTimer(pauseMs, () => this.#spawn(slot));
  }
}
