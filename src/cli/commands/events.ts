import { badInput, badWord, CliError, EXIT, type ExitCode } from '../exit.js';
import { action, collect, describe, text, texts, type Options, type Program } from '../noun.js';
import {
  AccessError,
  type EventRow,
  type OperatorAccess,
  type WatchItem,
  type WatchRequest,
  type WatchToken,
} from '../operator-access.js';
import { parseList, parseMoment, parseWhole } from '../parse/values.js';
import { cleanAll } from '../render/text.js';
import type { Session } from '../session.js';

const ABOUT = [
  'host',
  'offer',
  'lease',
  'reservation',
  'task',
  'move',
  'plan',
  'quota',
  'session',
  'freeze',
  'condition',
  'demand',
  'maintenance',
];
/** How far back the history is asked for: as much as a master keeps. */
const HISTORY_MAX = 10_000;

export function registerEvents(program: Program): void {
  const events = program.root.command('events').alias('event').helpGroup('Look:');
  describe(events, {
    summary: 'What was decided and why; with -w as it happens',
    examples: [
      'mosaic events',
      'mosaic events -w',
      'mosaic events --since 10m --about move,plan',
      'mosaic events --subject node17 -o jsonl',
    ],
  });
  events
    .option('--since <time>', 'only after a time before now (10m) or a moment (2026-08-21T10:00Z)')
    .option('--about <kinds>', `only about these kinds of things: ${ABOUT.join(', ')}`, collect, [])
    .option('--subject <thing>', 'only about this thing: node17, ovirt/prod')
    .option('--limit <n>', 'the last so many (1 to 10000)', '50');
  action(program, events, (session, _args, options) => run(session, options), { watchable: true });
}

async function run(session: Session, options: Options): Promise<ExitCode> {
  const about = parseList(texts(options, 'about'));
  for (const kind of about) if (!ABOUT.includes(kind)) throw badWord('--about', kind, ABOUT);
  const since = text(options, 'since');
  const sinceMs = since === '' ? 0 : parseMoment('--since', since, session.io.nowMs());
  if (sinceMs > session.io.nowMs())
    throw badInput(`--since is ${JSON.stringify(since)}, which is still to come; accepted is a time before now`);
  const limit = parseWhole('--limit', text(options, 'limit'), 1, HISTORY_MAX);
  const query = { about, subject: text(options, 'subject') };
  const access = await session.access();
  const head = await headOf(access, query);
  const kept = await history(access, head, query);
  const shown = kept.events.filter((event) => event.atMs >= sinceMs).slice(since === '' ? -limit : -HISTORY_MAX);
  const { eventLine } = await import('../render/events.js');
  const printed = printer(session, (event) => {
    const rendering = session.rendering();
    // A log is searched, not looked at: only a terminal cuts its lines.
    return eventLine(event, session.io.isTty ? rendering : { ...rendering, width: Infinity });
  });
  if (!session.globals.watch) {
    await printed.all(shown);
    return EXIT.done;
  }
  for (const event of shown) printed.one(event);
  for await (const item of access.watch({ after: kept.end, ...query }, session.io.interrupted))
    if (item.kind === 'decision') printed.one(rowOf(item));
  if (session.io.interrupted.aborted) return EXIT.done;
  throw new CliError(EXIT.unreachable, 'the master ended the watch', {
    hints: ['run the same command again; it begins with the last events'],
  });
}

type Filters = Omit<WatchRequest, 'after'>;

/** Where the history ends now: the first thing a watch says. */
async function headOf(access: OperatorAccess, filters: Filters): Promise<WatchToken> {
  for await (const item of watching(access, { after: null, ...filters })) return item.token;
  throw new AccessError('UNAVAILABLE', 'the master ended the watch before it began', { answered: true });
}

/** All matching events that are kept, up to where the history ended. */
async function history(
  access: OperatorAccess,
  head: WatchToken,
  filters: Filters,
): Promise<{ readonly events: readonly EventRow[]; readonly end: WatchToken }> {
  for (let back = Math.min(HISTORY_MAX, head.revision); ; back = Math.floor(back / 2)) {
    try {
      return await upTo(access, head, { after: { term: head.term, revision: head.revision - back }, ...filters });
    } catch (error) {
      // A master may be set to keep less; and while we ask, it moves on.
      if (!(error instanceof AccessError && error.code === 'OUT_OF_RANGE' && back > 0)) throw error;
    }
  }
}

async function upTo(
  access: OperatorAccess,
  head: WatchToken,
  query: WatchRequest,
): Promise<{ readonly events: readonly EventRow[]; readonly end: WatchToken }> {
  const events: EventRow[] = [];
  if (query.after !== null && query.after.revision >= head.revision) return { events, end: head };
  for await (const item of watching(access, query)) {
    if (item.kind === 'decision') events.push(rowOf(item));
    // The first position is where we asked to begin; the one that has reached the head says that this was all.
    if (item.token.revision >= head.revision) return { events, end: item.token };
  }
  return { events, end: head };
}

/** A watch that is ended when its reader stops. */
async function* watching(access: OperatorAccess, query: WatchRequest): AsyncGenerator<WatchItem> {
  const stop = new AbortController();
  try {
    yield* access.watch(query, stop.signal);
  } finally {
    stop.abort();
  }
}

function rowOf(item: Extract<WatchItem, { readonly kind: 'decision' }>): EventRow {
  return cleanAll({ ...item.token, atMs: item.atMs, ...item.decision });
}

interface Printer {
  /** Everything there is, at once. */
  all(events: readonly EventRow[]): Promise<void>;
  /** One more, as it happens: JSON becomes one object a line. */
  one(event: EventRow): void;
}

function printer(session: Session, line: (event: EventRow) => string): Printer {
  const { format } = session.globals;
  return {
    all: (events) =>
      session.show({
        data: { events },
        items: events,
        names: events.map((event) => `${event.term}:${event.revision}`),
        text: ({ style }) =>
          events.length === 0 ? `${style.dim('no such event is kept')}\n` : events.map(line).join(''),
      }),
    one: (event) => {
      const asData = format === 'json' || format === 'jsonl' || format === 'yaml';
      session.io.out(
        asData
          ? `${JSON.stringify(event)}\n`
          : format === 'name' || session.globals.quiet
            ? `${event.term}:${event.revision}\n`
            : line(event),
      );
    },
  };
}
