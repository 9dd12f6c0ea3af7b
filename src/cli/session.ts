import { terminalWishes } from '../config/environment.js';
import { accessFailure, findTarget, type Target } from './connect.js';
import { badInput, CliError, EXIT, exitCodeOf, type ExitCode } from './exit.js';
import type { CliIo } from './io.js';
import type { AccessError } from './operator-access.js';
import {
  type OperatorAccess,
  type OperatorCommand,
  type OperatorReply,
  type Query,
  type QueryResult,
} from './operator-access.js';
import type { GlobalOptions } from './options.js';
import type { Rendering, Shown } from './render/rendering.js';
import { styleOf } from './render/style.js';
import { cleanAll } from './render/text.js';

/** Width where there is no terminal to ask. */
const COLUMNS_DEFAULT = 80;
/** Pause between two looks of `--watch`. */
export const WATCH_PERIOD_MS = 2_000;

type ResultOf<Kind extends Query['kind']> = Extract<QueryResult, { readonly kind: Kind }>;

/** One run of one command: its flags, its terminal, its connection. */
export class Session {
  readonly io: CliIo;
  readonly globals: GlobalOptions;
  #target: Target | null = null;
  #access: Promise<OperatorAccess> | null = null;

  constructor(io: CliIo, globals: GlobalOptions) {
    this.io = io;
    this.globals = globals;
  }

  /** How things look now; the size of a terminal may change while one watches. */
  rendering(): Rendering {
    const { io, globals } = this;
    const wishes = terminalWishes(io.env);
    const wide = globals.format === 'wide';
    const size = io.size();
    return {
      style: styleOf(globals.color && wishes.color && io.isTty, globals.ascii || !wishes.unicode),
      width: wide ? Infinity : io.isTty ? size.columns : (wishes.columns ?? COLUMNS_DEFAULT),
      height: io.isTty ? size.rows : Infinity,
      wide,
      columns: globals.columns,
      utc: globals.utc,
      nowMs: io.nowMs(),
      version: io.version,
    };
  }

  /** Asks the master. What is not there is exit 3, a bad question exit 2. */
  async query<Kind extends Query['kind']>(query: Extract<Query, { readonly kind: Kind }>): Promise<ResultOf<Kind>> {
    const result = cleanAll(await this.#call((access) => access.query(query)));
    if (result.kind === 'not_found') throw new CliError(EXIT.notFound, result.message);
    if (result.kind === 'invalid') throw new CliError(EXIT.badInput, result.message);
    if (result.kind !== query.kind) throw new Error(`the master answered ${result.kind} to a query for ${query.kind}`);
    return result as ResultOf<Kind>;
  }

  /** Asks for a change and says what was done; with `dryRun` what would be. A refusal is an error. */
  async change(command: OperatorCommand): Promise<ExitCode> {
    const { changes, remarks = [], ids } = await this.command(command);
    const { globals, io } = this;
    const data = { changes, remarks, ids, dryRun: command.dryRun };
    if (globals.format === 'json') io.out(`${JSON.stringify(data, null, 2)}\n`);
    else if (globals.format === 'jsonl') io.out(`${JSON.stringify(data)}\n`);
    else if (globals.format === 'yaml') io.out((await import('yaml')).stringify(data));
    else if (globals.format === 'name' || globals.quiet) io.out(ids.map((id) => `${id}\n`).join(''));
    else
      io.out(
        replyLines(changes, remarks, command.dryRun)
          .map((line) => `${line}\n`)
          .join(''),
      );
    return command.dryRun && changes.length > 0 ? EXIT.changes : EXIT.done;
  }

  /** The reply of a command that was not refused. */
  async command(command: OperatorCommand): Promise<Extract<OperatorReply, { readonly ok: true }>> {
    const reply = cleanAll(await this.#call((access) => access.command(command)));
    if (!reply.ok) throw new CliError(exitCodeOf(reply.code), reply.message);
    return reply;
  }

  /** The connection, for watching. */
  async access(): Promise<OperatorAccess> {
    this.#target ??= await findTarget(this.globals, this.io.env, this.io.folder);
    this.#access ??= this.io.connect(this.#target.address);
    return this.#access;
  }

  /** Shows something in the format asked for. */
  async show(shown: Shown): Promise<void> {
    this.io.out(await this.format(shown));
    for (const note of shown.notes ?? []) this.note(note);
  }

  async format(shown: Shown): Promise<string> {
    const { format, quiet } = this.globals;
    if (format === 'json') return `${JSON.stringify(shown.data, null, 2)}\n`;
    if (format === 'jsonl') return shown.items.map((item) => `${JSON.stringify(item)}\n`).join('');
    if (format === 'yaml') return (await import('yaml')).stringify(shown.data);
    if (format === 'name' || quiet) return shown.names.map((name) => `${name}\n`).join('');
    return shown.text(this.rendering());
  }

  /** Words beside the data; silent with `-q`. */
  note(text: string): void {
    if (!this.globals.quiet) this.io.err(`${text}\n`);
  }

  /**
   * Asks a person to type a name before something that cannot be taken back, unless the name was given with `--confirm`.
   */
  async confirm(name: string, given: string | undefined, danger: string): Promise<void> {
    if (given === name) return;
    const hint = `to do it, add: --confirm ${name}`;
    if (given !== undefined)
      throw badInput(`--confirm is ${JSON.stringify(given)}; accepted is the name ${JSON.stringify(name)}`, hint);
    if (!this.globals.input || !this.io.canAsk) throw badInput(danger, hint);
    const typed = await this.io.ask(`${danger}\nType ${name} to go on: `);
    if (typed.trim() !== name) throw new CliError(EXIT.failed, 'nothing was changed, because the name was not typed');
  }

  /** A failed call in words for a person. */
  failure(error: AccessError): CliError {
    return this.#target === null ? new CliError(EXIT.failed, error.message) : accessFailure(error, this.#target);
  }

  async close(): Promise<void> {
    const access = await this.#access?.catch(() => null);
    await access?.close();
  }

  async #call<T>(ask: (access: OperatorAccess) => Promise<T>): Promise<T> {
    const access = await this.access();
    return ask(access);
  }
}

/** What a command did, then what stays as it is; that nothing changes is said first. */
export function replyLines(changes: readonly string[], remarks: readonly string[], dryRun: boolean): readonly string[] {
  if (changes.length > 0) return [...changes.map((line) => (dryRun ? `would be: ${line}` : line)), ...remarks];
  return remarks.length === 1 ? [`nothing changes: ${remarks[0] ?? ''}`] : ['nothing changes', ...remarks];
}
