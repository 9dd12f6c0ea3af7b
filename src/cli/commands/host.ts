import type { Command } from 'commander';
import { badInput } from '../exit.js';
import {
  action,
  describe,
  dryRun,
  flag,
  nextPage,
  noun,
  paged,
  pageOf,
  quoted,
  reading,
  text,
  type Options,
  type Program,
} from '../noun.js';
import { isSet } from '../parse/host-set.js';
import { parseSpan } from '../parse/values.js';
import type { OperatorCommand } from '../operator-access.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

const FILTERS = ['owner', 'state', 'rack', 'name'] as const;

export function registerHost(program: Program): void {
  const host = noun(
    program,
    'host',
    'hosts',
    {
      summary: 'Hosts: who holds them; take them in and out',
      examples: [
        'mosaic host list --owner ovirt/prod',
        'mosaic host node17',
        'mosaic host list --state quarantined',
        'mosaic host cordon node17 --reason "new disk"',
      ],
    },
    'Look:',
  );
  reading(
    program,
    filters(host.argument('[name]', 'a host to show, or a set of them; without one, the list')),
    (session, [name], options) => {
      if (name === undefined) return listed(session, options);
      if (isSet(name)) return named(session, options, [name]);
      const given = FILTERS.find((one) => text(options, one) !== '');
      if (given !== undefined)
        throw badInput(
          `--${given} filters the list, but ${JSON.stringify(name)} names one host`,
          `mosaic host ${name}`,
        );
      return shown(session, name);
    },
  );
  registerList(program, host);
  reading(
    program,
    describe(host.command('show').argument('<host>', 'name or id'), {
      summary: 'Everything about one host',
      examples: ['mosaic host show node17'],
    }),
    (session, [name = '']) => shown(session, name),
  );
  registerChanges(program, host);
}

function registerList(program: Program, host: Command): void {
  const list = describe(host.command('list').alias('ls'), {
    summary: 'Hosts that match every filter, by name',
    examples: [
      'mosaic host list',
      'mosaic host list --owner free',
      'mosaic host list --state moving -w',
      "mosaic host list --name 'node0*' -o json",
      'mosaic host list node[01-20] rack=r7',
    ],
  });
  list.argument('[hosts...]', HOSTS);
  reading(program, filters(list), (session, words, options) => listed(session, options, words));
}

function filters(command: Command): Command {
  return paged(command)
    .option('--owner <owner>', 'a framework (ovirt/prod), a workload, shared or free')
    .option(
      '--state <state>',
      'unclaimed, free, leased, shared, quarantined, moving, away, lost, cordoned, draining, drained or dirty',
    )
    .option('--rack <rack>', 'only of this rack')
    .option('--name <pattern>', 'names with * and ?');
}

async function listed(session: Session, options: Options, words: readonly string[] = []): Promise<Shown> {
  if (words.length > 0) return named(session, options, words);
  const [{ hostColumns }, { tableText }] = await Promise.all([
    import('../render/hosts.js'),
    import('../render/table.js'),
  ]);
  const filters = {
    owner: text(options, 'owner'),
    state: text(options, 'state'),
    rack: text(options, 'rack'),
    name: text(options, 'name'),
  };
  const { hosts, total, nextPageToken } = await session.query({ kind: 'hosts', ...filters, page: pageOf(options) });
  const given = Object.entries(filters).flatMap(([name, value]) =>
    value === '' ? [] : [`--${name} ${quoted(value)}`],
  );
  return {
    data: { hosts, total, nextPageToken },
    items: hosts,
    names: hosts.map((host) => host.name),
    text: (rendering) =>
      tableText(
        hosts,
        hostColumns,
        rendering,
        given.length === 0 ? 'no hosts: agents connect with mosaic agent --master HOST:PORT' : 'no host matches',
      ),
    notes: nextPage(['mosaic host list', ...given].join(' '), hosts.length, total, nextPageToken),
  };
}

/** The hosts that were named, in that order. */
async function named(session: Session, options: Options, words: readonly string[]): Promise<Shown> {
  const given = FILTERS.find((one) => text(options, one) !== '');
  if (given !== undefined)
    throw badInput(
      `--${given} filters all hosts, but ${words.join(' ')} names some`,
      `mosaic host list ${words.map(quoted).join(' ')}`,
    );
  const [{ hostColumns }, { tableText }, { hostViews }] = await Promise.all([
    import('../render/hosts.js'),
    import('../render/table.js'),
    import('../host-set.js'),
  ]);
  if (session.globals.watch && words.includes('-'))
    throw badInput('standard input can be read once only, and --watch looks again and again; name a file: @hosts.txt');
  const hosts = await hostViews(session, words);
  return {
    data: { hosts, total: hosts.length, nextPageToken: '' },
    items: hosts,
    names: hosts.map((host) => host.name),
    text: (rendering) => tableText(hosts, hostColumns, rendering, ''),
  };
}

async function shown(session: Session, name: string): Promise<Shown> {
  const { hostText } = await import('../render/hosts.js');
  const { host } = await session.query({ kind: 'host', host: name });
  return { data: host, items: [host], names: [host.name], text: (rendering) => hostText(host, rendering) };
}

/** How hosts are named wherever several may be. */
const HOSTS = 'names or ids, and sets of them';
const SETS =
  'Sets of hosts: node[01-20], node0*, rack=r7, owner=ovirt/prod,state=free (all of it), @file with one a line, ' +
  'or - for standard input; at most 1000. Of several hosts each is told, and the worst exit code counts.';

interface Change {
  readonly verb: string;
  readonly summary: string;
  readonly more?: string;
  readonly examples: readonly string[];
  /** Whether it takes `--reason`. */
  readonly reason: boolean;
  readonly command: (host: string, reason: string, dryRun: boolean) => OperatorCommand;
}

const CHANGES: readonly Change[] = [
  {
    verb: 'admit',
    summary: 'Take an unclaimed host into the fleet',
    more: 'It is verified clean first; a host that a manager uses already is adopted instead (mosaic adopt).',
    examples: ['mosaic host admit node17', 'mosaic host admit node[01-20] --dry-run'],
    reason: false,
    command: (host, _reason, dry) => ({ kind: 'host_admit', host, dryRun: dry }),
  },
  {
    verb: 'cordon',
    summary: 'No new grants on a host; what runs there stays',
    examples: ['mosaic host cordon node17 --reason "new disk"', 'mosaic host cordon rack=r7 --reason "new switch"'],
    reason: true,
    command: (host, reason, dry) => ({ kind: 'host_cordon', host, reason, dryRun: dry }),
  },
  {
    verb: 'uncordon',
    summary: 'End a cordon, and a drain with it',
    examples: ['mosaic host uncordon node17', 'mosaic host uncordon rack=r7,state=cordoned'],
    reason: false,
    command: (host, _reason, dry) => ({ kind: 'host_uncordon', host, dryRun: dry }),
  },
  {
    verb: 'quarantine',
    summary: 'Set a host aside: nothing is offered from it, no step is started on it',
    examples: ['mosaic host quarantine node17 --reason "memory errors"'],
    reason: true,
    command: (host, reason, dry) => ({ kind: 'host_quarantine', host, reason, dryRun: dry }),
  },
  {
    verb: 'forget',
    summary: 'Remove the record of a machine that will not come back',
    more: 'The host must be unclaimed or quarantined, hold nothing, and its agent be away. A machine that comes back is new.',
    examples: ['mosaic host forget node17', 'mosaic host forget node17 --dry-run'],
    reason: false,
    command: (host, _reason, dry) => ({ kind: 'host_forget', host, dryRun: dry }),
  },
  {
    verb: 'share',
    summary: 'Give a free host to the shared pool, where it is cut into slices for tasks',
    examples: ['mosaic host share node17'],
    reason: false,
    command: (host, _reason, dry) => ({ kind: 'host_share', host, shared: true, dryRun: dry }),
  },
  {
    verb: 'unshare',
    summary: 'Take a host out of the shared pool',
    examples: ['mosaic host unshare node17'],
    reason: false,
    command: (host, _reason, dry) => ({ kind: 'host_share', host, shared: false, dryRun: dry }),
  },
];

function registerChanges(program: Program, host: Command): void {
  for (const { verb, reason, command, more, ...described } of CHANGES) {
    const one = describe(host.command(verb).argument('<host...>', HOSTS), {
      ...described,
      more: more === undefined ? SETS : `${more} ${SETS}`,
    });
    if (reason) one.option('--reason <text>', 'why, for everyone who wonders');
    action(program, dryRun(one), async (session, words, options) => {
      const why = text(options, 'reason');
      if (reason && why.trim() === '')
        throw badInput(
          '--reason is missing; say why in a few words',
          `mosaic host ${verb} ${words.map(quoted).join(' ')} --reason "new disk"`,
        );
      const { changeHosts } = await import('../host-set.js');
      return changeHosts(session, words, (name) => command(name, why, flag(options, 'dryRun')));
    });
  }
  registerDrain(program, host);
  registerRelease(program, host);
  const off = describe(host.command('confirm-off').argument('<host>', 'name or id'), {
    summary: 'Confirm that a lost machine is powered off, so that its lease and tasks may end',
    more: 'A machine that still runs would be used twice: look at it, or at its power, before you confirm.',
    examples: ['mosaic host confirm-off node17', 'mosaic host confirm-off node17 --confirm node17'],
  }).option('--confirm <name>', 'the name again, instead of being asked');
  action(program, dryRun(off), async (session, [name = ''], options) => {
    const dry = flag(options, 'dryRun');
    if (!dry)
      await session.confirm(
        name,
        options['confirm'] as string | undefined,
        `if ${name} still runs, its disks and addresses will be used twice; confirm only a machine that is powered off`,
      );
    return session.change({ kind: 'host_confirm_off', host: name, dryRun: dry });
  });
}

function registerDrain(program: Program, host: Command): void {
  const drain = describe(host.command('drain').argument('<host...>', HOSTS), {
    summary: 'Take a host out of use: no new grants, and what is on it leaves',
    more:
      'A leased host is moved to the free pool (forecast, drain, leave, wipe, verify clean) as the budgets of moves allow; ' +
      `tasks on a shared host run out, or are killed at the deadline with --hard. It stays cordoned until it is uncordoned. ${SETS}`,
    examples: [
      'mosaic host drain node17 --reason "new disk"',
      'mosaic host drain rack=r7 --deadline 2h --reason "new switch" --dry-run',
      'mosaic host drain node17 --hard --deadline 10m --grace 30s',
      'mosaic host drain node17 --cancel',
    ],
  })
    .option('--reason <text>', 'why, for everyone who wonders')
    .option('--deadline <time>', 'everything should be off it by then (default: drainDeadlineMs, 30m)')
    .option('--hard', 'kill what is left at the deadline')
    .option('--grace <time>', 'tasks that are killed get at most so long (default: as each task says)')
    .option('--cancel', 'end the drain; the host may get grants again');
  action(program, dryRun(drain), async (session, words, options) => {
    const dry = flag(options, 'dryRun');
    const { changeHosts } = await import('../host-set.js');
    if (flag(options, 'cancel')) {
      const other = ['reason', 'deadline', 'hard', 'grace'].find((name) => options[name] !== undefined);
      if (other !== undefined) throw badInput(`--${other} says how to drain, but --cancel ends the drain`);
      return changeHosts(session, words, (name) => ({ kind: 'host_drain_cancel', host: name, dryRun: dry }));
    }
    const [deadline, grace] = [text(options, 'deadline'), text(options, 'grace')];
    const how = {
      reason: text(options, 'reason'),
      hard: flag(options, 'hard'),
      ...(deadline === '' ? {} : { deadlineMs: parseSpan('--deadline', deadline) }),
      ...(grace === '' ? {} : { graceMs: parseSpan('--grace', grace) }),
    };
    return changeHosts(session, words, (name) => ({ kind: 'host_drain', host: name, ...how, dryRun: dry }));
  });
}

function registerRelease(program: Program, host: Command): void {
  const release = describe(host.command('release').argument('<host...>', HOSTS), {
    summary: 'End a quarantine: the host is wiped and verified clean before it is free',
    more:
      'A host that was unclaimed when it was quarantined is unclaimed again and nothing on it is touched, because it may be ' +
      `someone's; --wipe has everything on one host wiped. ${SETS}`,
    examples: ['mosaic host release node17', 'mosaic host release node17 --wipe --dry-run'],
  })
    .option('--wipe', 'wipe everything on the host, whoever put it there; refused while a manager has it')
    .option('--confirm <name>', 'with --wipe: the name again, instead of being asked');
  action(program, dryRun(release), async (session, words, options) => {
    const dry = flag(options, 'dryRun');
    if (!flag(options, 'wipe')) {
      const { changeHosts } = await import('../host-set.js');
      return changeHosts(session, words, (name) => ({ kind: 'host_release', host: name, dryRun: dry }));
    }
    const [name = ''] = words;
    if (words.length > 1)
      throw badInput('--wipe is for one host at a time', `mosaic host release ${quoted(name)} --wipe --dry-run`);
    if (!dry)
      await session.confirm(
        name,
        options['confirm'] as string | undefined,
        `everything on ${name} is wiped, whoever put it there; --dry-run says what its agent found on it`,
      );
    return session.change({ kind: 'host_release', host: name, wipe: true, dryRun: dry });
  });
}
