import type { Command } from 'commander';
import { badInput, CliError, EXIT } from '../exit.js';
import { listShown } from '../list.js';
import { action, describe, dryRun, flag, noun, quoted, reading, text, type Options, type Program } from '../noun.js';
import type { OperatorCommand, WindowView } from '../operator-access.js';
import { parseMomentAhead, parseSpan } from '../parse/values.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

type WindowChange = Extract<OperatorCommand, { readonly kind: 'maintenance_set' }>['window'];

export function registerMaintenance(program: Program): void {
  const maintenance = noun(
    program,
    'maintenance',
    '',
    {
      summary: 'Maintenance windows: hosts that will not be there, announced ahead',
      more:
        'From the moment a window is known, every offer of its hosts says so. Before it begins they are drained, while it ' +
        'lasts they are cordoned, and when it is over they come back by themselves.',
      examples: [
        'mosaic maintenance set switch rack=r7 --from 2026-12-01T22:00Z --for 2h',
        'mosaic maintenance list',
        'mosaic maintenance delete switch',
      ],
    },
    'Change:',
  );
  reading(program, maintenance.argument('[name]', 'a window to show; without one, the list'), (session, [name]) =>
    name === undefined ? listed(session) : shown(session, name),
  );
  reading(
    program,
    describe(maintenance.command('list').alias('ls'), {
      summary: 'Maintenance windows, the next one first',
      examples: ['mosaic maintenance list', 'mosaic maintenance list -w'],
    }),
    listed,
  );
  reading(
    program,
    describe(maintenance.command('show').argument('<name>', 'the window'), {
      summary: 'One window, with its hosts',
      examples: ['mosaic maintenance show switch'],
    }),
    (session, [name = '']) => shown(session, name),
  );
  registerSet(program, maintenance);
  const remove = describe(maintenance.command('delete').argument('<name>', 'the window'), {
    summary: 'Call a window off; what it keeps out of use comes back',
    examples: ['mosaic maintenance delete switch', 'mosaic maintenance delete switch --dry-run'],
  });
  action(program, dryRun(remove), (session, [name = ''], options) =>
    session.change({ kind: 'maintenance_delete', name, dryRun: flag(options, 'dryRun') }),
  );
}

function registerSet(program: Program, maintenance: Command): void {
  const set = describe(
    maintenance
      .command('set')
      .argument('<name>', 'of the window')
      .argument('<hosts...>', 'names or ids, and sets of them'),
    {
      summary: 'Announce a window, or replace the one of that name as a whole',
      more:
        'Sets of hosts: node[01-20], node0*, rack=r7, owner=ovirt/prod,state=free (all of it), @file with one a line, or - ' +
        'for standard input; at most 1000. The hosts that a set has now are those of the window.',
      examples: [
        'mosaic maintenance set switch rack=r7 --from 2026-12-01T22:00Z --for 2h',
        'mosaic maintenance set bios node[01-20] --from 6h --for 1h --hard',
        'mosaic maintenance set look node17 --from now --no-drain --dry-run',
      ],
    },
  );
  set
    .option('--from <time>', 'begins after this time from now (2h), or at a moment (2026-12-01T22:00Z), or now')
    .option('--for <time>', 'lasts so long')
    .option('--until <time>', 'ends then, as --from; with neither it lasts until it is deleted')
    .option('--reason <text>', 'why, for everyone who wonders')
    .option('--drain-before <time>', 'drain the hosts so long before it begins (default: drainBeforeMs, 30m)')
    .option('--no-drain', 'only cordon the hosts when it begins; what is on them stays')
    .option('--hard', 'kill what is still on them when it begins')
    .option('--keep-cordoned', 'leave the hosts cordoned when it is over');
  action(program, dryRun(set), async (session, [name = '', ...words], options) => {
    const { hostNames } = await import('../host-set.js');
    const window: WindowChange = {
      name,
      hosts: await hostNames(session, words),
      ...timesOf(options, session.io.nowMs(), name, words),
      reason: text(options, 'reason'),
      drain: options['drain'] !== false,
      hard: flag(options, 'hard'),
      keepCordoned: flag(options, 'keepCordoned'),
      ...leadOf(options),
    };
    return session.change({ kind: 'maintenance_set', window, dryRun: flag(options, 'dryRun') });
  });
}

function timesOf(
  options: Options,
  nowMs: number,
  name: string,
  words: readonly string[],
): { readonly startsMs: number; readonly endsMs: number } {
  const from = text(options, 'from');
  if (from === '')
    throw badInput(
      '--from is missing; say when it begins',
      `mosaic maintenance set ${quoted(name)} ${words.map(quoted).join(' ')} --from 2h --for 1h`,
    );
  const startsMs = parseMomentAhead('--from', from, nowMs);
  const lasts = text(options, 'for');
  const until = text(options, 'until');
  if (lasts !== '' && until !== '') throw badInput('--for and --until both say when it ends; give one of them');
  if (lasts !== '') return { startsMs, endsMs: startsMs + parseSpan('--for', lasts, { least: 1 }) };
  if (until === '') return { startsMs, endsMs: 0 };
  const endsMs = parseMomentAhead('--until', until, nowMs);
  if (endsMs <= startsMs)
    throw badInput(`--until is ${JSON.stringify(until)}, which is not after --from ${JSON.stringify(from)}`);
  return { startsMs, endsMs };
}

function leadOf(options: Options): { readonly drainBeforeMs?: number } {
  const before = text(options, 'drainBefore');
  if (before === '') return {};
  if (options['drain'] === false) throw badInput('--drain-before says when to drain, but --no-drain says not to');
  return { drainBeforeMs: parseSpan('--drain-before', before) };
}

async function listed(session: Session): Promise<Shown> {
  const { windowColumns } = await import('../render/maintenance.js');
  const { windows } = await session.query({ kind: 'maintenance' });
  return listShown('windows', windows, windowColumns, (row) => row.name, 'no maintenance is announced');
}

async function shown(session: Session, name: string): Promise<Shown> {
  const { windowText } = await import('../render/maintenance.js');
  const { windows } = await session.query({ kind: 'maintenance' });
  const window: WindowView | undefined = windows.find((one) => one.name === name);
  if (window === undefined)
    throw new CliError(EXIT.notFound, `there is no maintenance window ${JSON.stringify(name)}`, {
      typed: { value: name, accepted: windows.map((one) => one.name) },
      hints: ['mosaic maintenance list'],
    });
  return { data: window, items: [window], names: [window.name], text: (rendering) => windowText(window, rendering) };
}
