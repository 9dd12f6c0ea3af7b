import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './planted-tree.js';

const MAIN = join(projectRoot, 'dist/src/cli/main.js');

/** Between two looks at the processes that run. */
const POLL_MS = 100;

/** A `mosaic demo` as a person starts it, with a temporary folder and a profile of its own. */
export class DemoProcess {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'mosaic-e2e-')));
  readonly profile = join(this.folder, 'profile.json');
  readonly report = join(this.folder, 'report.json');
  readonly lines: string[] = [];
  errors = '';
  readonly process: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  #rest = '';
  #isEnded = false;
  #waiting: (() => void)[] = [];

  constructor(args: readonly string[]) {
    this.process = spawn(
      process.execPath,
      [
        MAIN,
        ...['demo', '--grpc-port', '0', '--http-port', '0', '--profile', this.profile, '--report', this.report],
        ...args,
      ],
      // Its temporary files go below ours, so that what it leaves can be seen.
      { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: this.folder } },
    );
    this.process.stdout?.on('data', (chunk) => this.#onText(String(chunk)));
    this.process.stderr?.on('data', (chunk) => {
      this.errors += String(chunk);
    });
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code, signal) => {
        this.#isEnded = true;
        this.#wake();
        resolve({ code, signal });
      });
    });
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** Waits for the next line that matches, or for the end. */
  async line(pattern: RegExp): Promise<string | null> {
    for (let from = this.lines.length; ;) {
      const found = this.lines.slice(from).find((line) => pattern.test(line));
      if (found !== undefined) return found;
      if (this.#isEnded) return null;
      from = this.lines.length;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** What `mosaic` with these arguments says to a person beside the demo; rejects unless it ends with 0. */
  async mosaic(...args: readonly string[]): Promise<string> {
    const env = { ...process.env, MOSAIC_PROFILE: this.profile };
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { cwd: this.folder, env });
    return stdout;
  }

  /** Kills children that run now, all at once, and waits until each has a successor. */
  async killed(roles: readonly string[]): Promise<void> {
    const running = this.children();
    for (const role of roles) {
      const pid = running.get(role);
      if (pid === undefined) throw new Error(`${role} does not run: ${[...running.keys()].join(', ')}`);
      process.kill(pid, 'SIGKILL');
    }
    const isBack = (role: string): boolean => ![undefined, running.get(role)].includes(this.children().get(role));
    while (!this.#isEnded && !roles.every(isBack)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }

  /** Its children that run now, by role. */
  children(): ReadonlyMap<string, number> {
    const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
    return new Map(
      rows.flatMap((row): readonly (readonly [string, number])[] => {
        const [, pid, parent, role] = /^\s*(\d+)\s+(\d+)\s.*demo\/child\.js (.+)$/.exec(row) ?? [];
        return Number(parent) === this.process.pid && role !== undefined ? [[role.trim(), Number(pid)]] : [];
      }),
    );
  }

  /** What it has left in the folder that it was given for temporary files. */
  leftovers(): readonly string[] {
    return readdirSync(this.folder).filter((name) => name !== 'report.json');
  }

  /** Waits until nothing is left in its folder. */
  async cleared(): Promise<void> {
    const watcher = watch(this.folder);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (this.leftovers().length === 0) resolve();
      };
      watcher.on('change', look);
      look();
    });
    watcher.close();
  }

  hasReport(): boolean {
    return existsSync(this.report);
  }

  remove(): void {
    this.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #onText(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    this.lines.push(...parts);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
