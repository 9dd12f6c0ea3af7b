import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromEmulator, ToEmulator } from './messages.js';

const ENTRY = fileURLToPath(new URL('emulator.ts', import.meta.url));
/** Emulators of 25,000 agents take half a gigabyte. */
const HEAP_MB = 4_096;

type Answer<K extends FromEmulator['kind']> = Extract<FromEmulator, { readonly kind: K }>;

/** The parent's side of an emulator. What it waits for fails when the process ends first. */
export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Set<{
    readonly take: (message: FromEmulator) => boolean;
    readonly fail: (why: Error) => void;
  }>();
  #ended = false;
  state: Answer<'state'> = { kind: 'state', connected: 0, reported: 0, running: 0, lost: 0 };

  constructor(start: Extract<ToEmulator, { kind: 'start' }>['start']) {
    this.#process = fork(ENTRY, [], {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message: FromEmulator) => {
      if (message.kind === 'state') this.state = message;
      for (const waiter of [...this.#waiting]) if (waiter.take(message)) this.#waiting.delete(waiter);
    });
    this.#process.once('exit', (code, signal) => {
      this.#ended = true;
      const why = new Error(`the emulator of ${start.kind} ended early (${signal ?? `code ${String(code)}`})`);
      for (const { fail } of this.#waiting) fail(why);
      this.#waiting.clear();
    });
    this.tell({ kind: 'start', start });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  tell(message: ToEmulator): void {
    if (!this.#ended) this.#process.send(message);
  }

  /** The next message of this kind. */
  next<K extends FromEmulator['kind']>(kind: K): Promise<Answer<K>> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(new Error('the emulator has ended'));
        return;
      }
      const take = (message: FromEmulator): boolean => {
        if (message.kind !== kind) return false;
        resolve(message as Answer<K>);
        return true;
      };
      this.#waiting.add({ take, fail: reject });
    });
  }

  /** Ends it by its own process id, and waits until it is gone. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await gone;
  }
}
