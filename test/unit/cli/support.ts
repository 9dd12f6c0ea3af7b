/** A made-up world for the CLI: an in-memory master, a terminal of a known size, and a clock that only sleeping moves. */
import xterm from '@xterm/headless';
import type { CliIo } from '../../../src/cli/io.js';
import type {
  OperatorAccess,
  OperatorCommand,
  OperatorReply,
  Query,
  QueryResult,
  WatchItem,
  WatchRequest,
} from '../../../src/cli/operator-access.js';
import { runCli } from '../../../src/cli/run.js';

export const NOW_MS = Date.UTC(2026, 7, 21, 10, 7, 31);

type Answers = { readonly [Kind in Query['kind']]?: (query: Extract<Query, { kind: Kind }>) => QueryResult };

/** Answers from a table, and remembers what it was asked. */
export class FakeMaster implements OperatorAccess {
  readonly queries: Query[] = [];
  readonly commands: OperatorCommand[] = [];
  readonly watches: WatchRequest[] = [];
  answers: Answers;
  reply: OperatorReply = { ok: true, changes: ['node17 is cordoned'], ids: ['h-1'] };
  watchItems: (request: WatchRequest, signal: AbortSignal) => AsyncIterable<WatchItem> = async function* () {};
  closed = 0;

  constructor(answers: Answers = {}) {
    this.answers = answers;
  }

  async query(query: Query): Promise<QueryResult> {
    this.queries.push(query);
    const answer = this.answers[query.kind] as ((query: Query) => QueryResult) | undefined;
    if (answer === undefined) throw new Error(`the fake has no answer to ${query.kind}`);
    return answer(query);
  }

  async command(command: OperatorCommand): Promise<OperatorReply> {
    this.commands.push(command);
    return this.reply;
  }

  watch(request: WatchRequest, signal: AbortSignal): AsyncIterable<WatchItem> {
    this.watches.push(request);
    return this.watchItems(request, signal);
  }

  close(): void {
    this.closed += 1;
  }
}

export interface World {
  readonly master?: OperatorAccess;
  readonly tty?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** What the person types when asked. */
  readonly typed?: string;
  /** What comes in on standard input. */
  readonly input?: string;
  /** Pressed by the test instead of by `onSleep`. */
  readonly interrupted?: AbortSignal;
  readonly connect?: (address: string) => Promise<OperatorAccess>;
  /** Called at each sleep with its number from 1; may press Ctrl-C. */
  readonly onSleep?: (count: number, interrupt: () => void) => void;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Addresses that were connected to. */
  readonly addresses: readonly string[];
}

/** Runs one command line in the world. `HOME` points nowhere, so that no profile of the machine is found. */
export async function run(args: readonly string[], world: World = {}): Promise<Ran> {
  let out = '';
  let err = '';
  let nowMs = NOW_MS;
  let sleeps = 0;
  const addresses: string[] = [];
  const interrupt = new AbortController();
  const io: CliIo = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isTty: world.tty ?? false,
    canAsk: world.typed !== undefined,
    size: () => ({ columns: world.columns ?? 80, rows: world.rows ?? 24 }),
    env: { HOME: '/nowhere', LANG: 'C.UTF-8', ...world.env },
    folder: world.folder ?? '/nowhere',
    version: '1.2.3',
    nowMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
      sleeps += 1;
      if (sleeps > 1_000) throw new Error('the command never ends');
      world.onSleep?.(sleeps, () => interrupt.abort());
    },
    ask: async () => world.typed ?? '',
    readInput: async () => world.input ?? '',
    handOver: () => undefined,
    interrupted: world.interrupted ?? interrupt.signal,
    connect: async (address) => {
      addresses.push(address);
      if (world.connect !== undefined) return world.connect(address);
      if (world.master === undefined) throw new Error('this run was not to connect to anything');
      return world.master;
    },
  };
  const code = await runCli([...args], io);
  return { code, out, err, addresses };
}

/** What a terminal shows after these bytes: its lines without trailing blanks, empty ones at the end left out. */
export async function screenOf(bytes: string, columns = 80, rows = 24): Promise<readonly string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const buffer = terminal.buffer.active;
  const lines: string[] = [];
  for (let y = 0; y < rows; y++) lines.push(buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '');
  terminal.dispose();
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What a shell would make of the line: its words, quoted ones without their quotes. */
export function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}
