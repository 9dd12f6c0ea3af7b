/** How commands are declared: examples lead their help, each gets a session, and its answer is the exit code. */
import { Option, type Command } from 'commander';
import { badInput, badWord, CliError, EXIT, type ExitCode } from './exit.js';
import type { CliIo } from './io.js';
import { AccessError } from './operator-access.js';
import { FORMATS, type Format, type GlobalOptions } from './options.js';
import { Session, WATCH_PERIOD_MS } from './session.js';
import { LiveScreen } from './render/live.js';
import type { Shown } from './render/rendering.js';
import { wrap } from './render/text.js';
import { parseList, parseWhole } from './parse/values.js';

/** What the commands of one program share. */
export interface Program {
  readonly root: Command;
  readonly io: CliIo;
  exit(code: number): void;
}

export interface Described {
  readonly summary: string;
  /** Whole command lines, the most useful first. */
  readonly examples: readonly string[];
  /** More about it, below the summary. */
  readonly more?: string;
}

/** Help is read on the narrowest terminals there are. */
const HELP_CELLS = 80;

function helpCells(io: CliIo): number {
  return io.isTty ? io.size().columns : HELP_CELLS;
}

/** Gives a command its summary, and a help that begins with examples. */
export function describe(command: Command, { summary, examples, more }: Described): Command {
  const lines = examples.map((example) => `  ${example}\n`).join('');
  return command
    .summary(summary)
    .addHelpText(
      'before',
      `${summary}\n${more === undefined ? '' : `\n${wrap(more, HELP_CELLS).join('\n')}\n`}\nExamples:\n${lines}`,
    );
}

/** A noun with its plural as another name for it. */
export function noun(program: Program, name: string, plural: string, described: Described, group: string): Command {
  // What stands behind a verb is the verb's.
  const command = program.root.command(name).helpGroup(group).enablePositionalOptions();
  if (plural !== '') command.alias(plural);
  return describe(command, described);
}

export type Options = Readonly<Record<string, unknown>>;

/** Runs the body with a session and takes its answer as the exit code; the connection is closed whatever happens. */
export function action(
  program: Program,
  command: Command,
  body: (session: Session, args: readonly string[], options: Options) => Promise<number>,
  { watchable = false }: { readonly watchable?: boolean } = {},
): Command {
  return command.action(async (...received: unknown[]) => {
    const self = received.at(-1) as Command;
    const session = new Session(program.io, globalOptions(self));
    try {
      if (session.globals.watch && !watchable)
        throw badInput(`--watch is for what can change while one looks; ${pathOf(self)} is done at once`);
      if (session.globals.format === 'help') {
        const { jsonHelp } = await import('./json-help.js');
        program.io.out(jsonHelp(pathOf(self), self.opts()['to'] !== undefined, helpCells(program.io)));
        program.exit(EXIT.done);
        return;
      }
      const args = received.slice(0, -2).flatMap((one) => (one === undefined ? [] : (one as string | string[])));
      program.exit(await body(session, args, self.opts()));
    } catch (error) {
      throw error instanceof AccessError ? session.failure(error) : withVerbs(error, self, received[0]);
    } finally {
      await session.close();
    }
  });
}

/** What was taken for a name may have been a verb with a slip: `mosaic host lst`. */
function withVerbs(error: unknown, command: Command, name: unknown): unknown {
  if (!(error instanceof CliError) || error.exitCode !== EXIT.notFound || error.typed !== null) return error;
  if (typeof name !== 'string' || command.parent === null || command.commands.length === 0) return error;
  const { message, hints } = error;
  return new CliError(EXIT.notFound, message, {
    hints,
    typed: { value: name, accepted: command.commands.map((verb) => verb.name()) },
  });
}

/** A command that shows something, once or again and again with `--watch`. */
export function reading(
  program: Program,
  command: Command,
  body: (session: Session, args: readonly string[], options: Options) => Promise<Shown>,
): Command {
  return action(
    program,
    command,
    async (session, args, options) => {
      const look = (): Promise<Shown> => body(session, args, options);
      if (session.globals.watch) return repeat(session, look);
      await session.show(await look());
      return EXIT.done;
    },
    { watchable: true },
  );
}

async function repeat(session: Session, look: () => Promise<Shown>): Promise<ExitCode> {
  const { io } = session;
  const screen = new LiveScreen(io);
  try {
    while (!io.interrupted.aborted) {
      const shown = await look();
      screen.draw(await session.format(shown), JSON.stringify({ ...(shown.data as object | null), nowMs: 0 }));
      await io.sleep(WATCH_PERIOD_MS, io.interrupted);
    }
  } finally {
    screen.end();
  }
  return EXIT.done;
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** `--limit` and `--page` of lists that can be long. */
export function paged(command: Command): Command {
  return command
    .option('--limit <n>', 'at most so many (1 to 1000)', '200')
    .option('--page <token>', 'go on where the page before ended', '');
}

export function pageOf(options: Options): { readonly limit: number; readonly pageToken: string } {
  return { limit: parseWhole('--limit', text(options, 'limit'), 1, 1_000), pageToken: text(options, 'page') };
}

/** The command line that shows the next page, as a note; none on the last one. */
export function nextPage(command: string, shown: number, total: number, nextPageToken: string): readonly string[] {
  if (nextPageToken === '') return [];
  return [`${shown} of ${total} shown; next: ${command} --page ${quoted(nextPageToken)}`];
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** `--dry-run` of commands that change something. */
export function dryRun(command: Command): Command {
  return command.option('--dry-run', 'say what it would do, change nothing (exit 10 when there is something)');
}

export function text(options: Options, name: string): string {
  const value = options[name];
  return typeof value === 'string' ? value : '';
}

export function texts(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function flag(options: Options, name: string): boolean {
  return options[name] === true;
}

/** For `.option(…, collect, [])`: each use of the flag adds one. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

const GLOBAL_FLAGS: readonly (readonly [flags: string, description: string])[] = [
  ['-o, --output <format>', 'table, wide, json, jsonl, yaml, name, or help: what the JSON says (default: table)'],
  ['--columns <names>', 'columns to show, in this order: host,owner,state'],
  ['-w, --watch', 'show it again whenever it changes, until Ctrl-C'],
  ['-q, --quiet', 'only names and ids; no hints'],
  ['--no-color', 'no colours (also: NO_COLOR, TERM=dumb)'],
  ['--no-input', 'never ask; fail instead'],
  ['--ascii', 'only ASCII characters'],
  ['--utc', 'times in UTC'],
  ['--server <host:port>', 'the master to talk to (also: MOSAIC_SERVER)'],
  ['--profile <file>', 'file that names the master (also: MOSAIC_PROFILE)'],
  ['--config <file>', 'configuration file (also: MOSAIC_CONFIG)'],
];

/**
 * Defines the flags that every command takes. They stand on each command, so that they are found after its name as well as
 * before it, without taking away the flags of its own; the help of the root alone lists them.
 */
export function defineGlobals(command: Command): void {
  for (const [flags, description] of GLOBAL_FLAGS) {
    const option = new Option(flags, description);
    command.addOption(command.parent === null ? option : option.hideHelp());
  }
}

/** The flags every command takes, checked; the one nearest to the end of the line wins. */
export function globalOptions(command: Command): GlobalOptions {
  const options = typedOptions(command);
  const output = text(options, 'output');
  const format = output === '' ? 'table' : FORMATS.find((one): one is Format => one === output);
  if (format === undefined) throw badWord('--output', output, FORMATS);
  const columns = parseList([text(options, 'columns')]);
  if (options['columns'] !== undefined && columns.length === 0)
    throw badInput('--columns is empty; accepted are names of columns, such as host,owner,state');
  return {
    format,
    columns,
    quiet: flag(options, 'quiet'),
    watch: flag(options, 'watch'),
    color: options['color'] !== false,
    input: options['input'] !== false,
    ascii: flag(options, 'ascii'),
    utc: flag(options, 'utc'),
    server: text(options, 'server'),
    profile: text(options, 'profile'),
    config: text(options, 'config'),
  };
}

/** What was really typed, from the root to the command. */
function typedOptions(command: Command): Options {
  const above = command.parent === null ? {} : typedOptions(command.parent);
  const own = Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) === 'cli');
  return { ...above, ...Object.fromEntries(own) };
}
