import type { Command } from 'commander';
import { badInput, EXIT, type ExitCode } from '../exit.js';
import { followMove } from '../follow-move.js';
import { listShown } from '../list.js';
import {
  action,
  describe,
  dryRun,
  flag,
  nextPage,
  noun,
  paged,
  pageOf,
  reading,
  text,
  type Options,
  type Program,
} from '../noun.js';
import { parseSpan } from '../parse/values.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerMove(program: Program): void {
  const move = noun(
    program,
    'move',
    'moves',
    {
      summary: 'Moves of hosts: list, follow, start and stop them',
      examples: [
        'mosaic move list',
        'mosaic move node17 --to kubernetes/east --reason "east is short" --dry-run',
        'mosaic move node17 --to kubernetes/east --watch',
        'mosaic move node17',
        'mosaic move cancel t-4-31',
      ],
    },
    'Change:',
  );
  move
    .argument('[thing]', 'a host or the id of a move; with --to a host')
    .option('--to <target>', 'where the host goes: WORKLOAD/NAME, free or shared')
    .option('--role <path>', 'role in which the new owner holds it, when it has several')
    .option('--hard', 'kill what is left on the host at the drain deadline')
    .option('--confirm <host>', 'with --hard: the name of the host again, instead of being asked')
    .option('--reason <text>', 'why, for everyone who wonders')
    .option('--wait', 'wait for its end; stop with exit 5 when it is blocked or waits for a person')
    .option('--timeout <time>', 'with --wait or --watch: no longer than this (exit 124)');
  action(
    program,
    dryRun(move),
    (session, [thing], options) =>
      thing === undefined
        ? bare(session, options)
        : text(options, 'to') === ''
          ? look(session, thing, options)
          : start(session, thing, options),
    {
      watchable: true,
    },
  );
  registerReads(program, move);
  registerChanges(program, move);
}

function registerReads(program: Program, move: Command): void {
  const list = describe(move.command('list').alias('ls'), {
    summary: 'Running moves; with --ended also the last ended ones',
    examples: ['mosaic move list -w', 'mosaic move list --ended -o json'],
  }).option('--ended', 'also the ended ones that are still kept');
  reading(program, paged(list), (session, _args, options) => listed(session, options));
  const show = describe(move.command('show').argument('<move>', 'its id, or the host it moves'), {
    summary: 'One move with its steps',
    examples: ['mosaic move show t-4-31'],
  });
  reading(program, show, (session, [id = '']) => shown(session, id));
  const watch = describe(move.command('watch').argument('<move>', 'its id, or the host it moves'), {
    summary: 'Follow a move to its end (exit 0 when complete, 1 when it ended otherwise)',
    more: 'Ctrl-C stops only the looking; the move goes on.',
    examples: ['mosaic move watch node17', 'mosaic move watch t-4-31 --timeout 30m'],
  }).option('--timeout <time>', 'no longer than this (exit 124)');
  action(
    program,
    watch,
    (session, [id = ''], options) => followMove(session, id, { until: 'ended', timeoutMs: timeoutOf(options) }),
    { watchable: true },
  );
}

function registerChanges(program: Program, move: Command): void {
  const cancel = describe(move.command('cancel').argument('<move>', 'its id, or the host it moves'), {
    summary: 'Turn a running move back as soon as it is safe',
    examples: ['mosaic move cancel t-4-31 --dry-run'],
  });
  action(program, dryRun(cancel), (session, [transition = ''], options) =>
    session.change({ kind: 'move_cancel', transition, dryRun: flag(options, 'dryRun') }),
  );
  const retry = describe(move.command('retry').argument('<move>', 'its id, or the host it moves'), {
    summary: 'Try the present step of a move again now',
    examples: ['mosaic move retry t-4-31'],
  });
  action(program, dryRun(retry), (session, [transition = ''], options) =>
    session.change({ kind: 'move_retry', transition, dryRun: flag(options, 'dryRun') }),
  );
}

async function bare(session: Session, options: Options): Promise<ExitCode> {
  if (text(options, 'to') !== '')
    throw badInput('--to is given, but no host to move', `mosaic move node17 --to ${text(options, 'to')}`);
  await session.show(await listed(session, { limit: '200', page: '' }));
  return EXIT.done;
}

async function look(session: Session, id: string, options: Options): Promise<ExitCode> {
  for (const name of ['role', 'reason', 'hard', 'dryRun', 'wait']) {
    if (name in options)
      throw badInput(
        `--${name === 'dryRun' ? 'dry-run' : name} is given, but not where ${id} is to go`,
        `mosaic move ${id} --to WORKLOAD/NAME`,
      );
  }
  if (session.globals.watch) return followMove(session, id, { until: 'ended', timeoutMs: timeoutOf(options) });
  await session.show(await shown(session, id));
  return EXIT.done;
}

async function start(session: Session, host: string, options: Options): Promise<ExitCode> {
  const dry = flag(options, 'dryRun');
  const hard = flag(options, 'hard');
  const follow = session.globals.watch || flag(options, 'wait');
  const timeoutMs = timeoutOf(options);
  if (dry && follow) throw badInput('--dry-run starts no move that could be followed; leave out --watch and --wait');
  if (timeoutMs !== null && !follow)
    throw badInput('--timeout is given, but nothing is waited for; add --wait or --watch');
  const command = {
    kind: 'move',
    host,
    to: text(options, 'to'),
    role: text(options, 'role'),
    hard,
    reason: text(options, 'reason'),
  } as const;
  if (hard && !dry)
    await session.confirm(
      host,
      options['confirm'] as string | undefined,
      `--hard kills what is still on ${host} at the drain deadline (see it with --dry-run)`,
    );
  if (!follow) {
    const code = await session.change({ ...command, dryRun: dry });
    if (!dry && session.globals.format === 'table') session.note(`follow it with: mosaic move watch ${host}`);
    return code;
  }
  const { ids, changes } = await session.command({ ...command, dryRun: false });
  for (const change of changes) session.note(change);
  return followMove(session, ids[0] ?? host, { until: session.globals.watch ? 'ended' : 'stuck', timeoutMs });
}

function timeoutOf(options: Options): number | null {
  const timeout = text(options, 'timeout');
  return timeout === '' ? null : parseSpan('--timeout', timeout, { least: 1 });
}

async function listed(session: Session, options: Options): Promise<Shown> {
  const { moveColumns } = await import('../render/transitions.js');
  const ended = flag(options, 'ended');
  const { transitions, total, nextPageToken } = await session.query({
    kind: 'transitions',
    ended,
    page: pageOf(options),
  });
  return listShown(
    'moves',
    transitions,
    moveColumns,
    (move) => move.transitionId,
    ended ? 'no moves yet' : 'nothing moves; ended moves: mosaic move list --ended',
    {
      data: { total, nextPageToken },
      notes: nextPage(`mosaic move list${ended ? ' --ended' : ''}`, transitions.length, total, nextPageToken),
    },
  );
}

async function shown(session: Session, id: string): Promise<Shown> {
  const { moveText } = await import('../render/transitions.js');
  const { transition } = await session.query({ kind: 'transition', transition: id });
  return {
    data: transition,
    items: [transition],
    names: [transition.transitionId],
    text: (rendering) => moveText(transition, rendering),
  };
}
