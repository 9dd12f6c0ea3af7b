import type { Command } from 'commander';
import { badInput } from '../exit.js';
import { listShown } from '../list.js';
import {
  action,
  collect,
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
  texts,
  type Options,
  type Program,
} from '../noun.js';
import type { Resources } from '../operator-access.js';
import { parsePorts } from '../parse/ports.js';
import { parseQuantities } from '../parse/quantities.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerReservation(program: Program): void {
  const reservation = noun(
    program,
    'reservation',
    'reservations',
    {
      summary: 'What is kept of shared hosts for single roles',
      examples: ['mosaic reservations', 'mosaic reservations --idle', 'mosaic reservation list --host node5'],
    },
    'Look:',
  );
  reading(program, filters(reservation), (session, _args, options) => listed(session, options));
  const list = describe(reservation.command('list').alias('ls'), {
    summary: 'What is kept of shared hosts for single roles',
    examples: ['mosaic reservation list --role /batch -o json'],
  });
  reading(program, filters(list), (session, _args, options) => listed(session, options));
}

export function registerReserve(program: Program): void {
  const reserve = program.root.command('reserve').argument('<host>', 'a shared host').helpGroup('Change:');
  describe(reserve, {
    summary: 'Keep a part of a shared host for one role',
    more:
      'Only frameworks in exactly this role are offered it, and the role is charged for it while it exists, used or not. ' +
      'It is taken from what no task uses: running tasks are never touched, open offers that are in the way are withdrawn.',
    examples: [
      'mosaic reserve node5 --role /batch --resources cpus=4,memory=8GiB --dry-run',
      'mosaic reserve node5 --role /web --resources cpus=2 --ports 8000-8009 --reason "front end"',
    ],
  });
  resourceFlags(reserve.option('--role <role>', 'the role it is kept for (required)')).option(
    '--reason <text>',
    'why, for everyone who wonders',
  );
  action(program, dryRun(reserve), (session, [host = ''], options) => {
    const role = text(options, 'role');
    if (role === '')
      throw badInput(
        '--role is missing; name the role it is kept for',
        `mosaic reserve ${host} --role /batch --resources cpus=4`,
      );
    const resources = resourcesOf(options);
    if (isNothing(resources))
      throw badInput(
        'nothing to reserve: name --resources or --ports',
        `mosaic reserve ${host} --role ${role} --resources cpus=4`,
      );
    const reason = text(options, 'reason');
    return session.change({ kind: 'reserve', host, role, resources, reason, dryRun: flag(options, 'dryRun') });
  });

  const unreserve = program.root.command('unreserve').argument('<reservation>', 'its id').helpGroup('Change:');
  describe(unreserve, {
    summary: 'End a reservation, or give up a part of it',
    more: 'Tasks on it go on and are charged to their role as any other. Amounts say how much of what no task uses is given up; without them all of it ends.',
    examples: ['mosaic unreserve r-4-12', 'mosaic unreserve r-4-12 --resources cpus=2 --dry-run'],
  });
  action(program, dryRun(resourceFlags(unreserve)), (session, [reservation = ''], options) =>
    session.change({
      kind: 'unreserve',
      reservation,
      resources: resourcesOf(options),
      dryRun: flag(options, 'dryRun'),
    }),
  );
}

function resourceFlags(command: Command): Command {
  return command
    .option('--resources <quantities>', 'how much: cpus=4, memory=8GiB, gpus=1, several with commas', collect, [])
    .option('--ports <ranges>', 'these very ports: 8000-8009,9000', collect, []);
}

function resourcesOf(options: Options): Resources {
  const [amounts, ports] = [texts(options, 'resources'), texts(options, 'ports')];
  return {
    quantities: amounts.length === 0 ? {} : parseQuantities('--resources', amounts),
    ports: ports.length === 0 ? [] : parsePorts('--ports', ports),
  };
}

function isNothing({ quantities, ports }: Resources): boolean {
  return ports.length === 0 && Object.values(quantities).every((amount) => amount === 0);
}

function filters(command: Command): Command {
  return paged(command)
    .option('--host <host>', 'only on this host')
    .option('--role <role>', 'only for exactly this role')
    .option('--idle', 'only those that no task uses');
}

async function listed(session: Session, options: Options): Promise<Shown> {
  const { reservationColumns } = await import('../render/lists.js');
  const [host, role, idle] = [text(options, 'host'), text(options, 'role'), flag(options, 'idle')];
  const answer = await session.query({ kind: 'reservations', host, role, idle, page: pageOf(options) });
  const { reservations, total, nextPageToken } = answer;
  const given = [
    ...(host === '' ? [] : ['--host', quoted(host)]),
    ...(role === '' ? [] : ['--role', quoted(role)]),
    ...(idle ? ['--idle'] : []),
  ];
  const command = ['mosaic reservation list', ...given].join(' ');
  return listShown(
    'reservations',
    reservations,
    reservationColumns,
    (row) => row.reservationId,
    'nothing is reserved',
    {
      data: { total, nextPageToken },
      notes: nextPage(command, reservations.length, total, nextPageToken),
    },
  );
}
