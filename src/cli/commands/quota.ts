import type { Command } from 'commander';
import { badInput } from '../exit.js';
import {
  action,
  collect,
  describe,
  dryRun,
  flag,
  noun,
  reading,
  text,
  texts,
  type Options,
  type Program,
} from '../noun.js';
import type { ReclaimPolicy, RoleChange } from '../operator-access.js';
import { parseQuantities } from '../parse/quantities.js';
import { parseSpan, parseWhole, parseWord } from '../parse/values.js';
import { findRole, roleShown, rolesShown } from '../roles.js';
import type { Session } from '../session.js';
import { registerQuotaFile } from './quota-file.js';

export function registerQuota(program: Program): void {
  const quota = noun(
    program,
    'quota',
    'quotas',
    {
      summary: 'What each role is owed, may hold, and holds',
      examples: [
        'mosaic quota list',
        'mosaic quota show /research/hadoop',
        'mosaic quota set /research/hadoop --guarantee hosts=10 --limit hosts=20',
        'mosaic quota apply -f quotas.json --dry-run',
      ],
    },
    'Look:',
  );
  reading(program, quota.argument('[role]', 'a role to show; without one, the list'), (session, [role]) =>
    role === undefined ? rolesShown(session) : roleShown(session, role),
  );
  reading(
    program,
    describe(quota.command('list').alias('ls'), {
      summary: 'All roles with their quota',
      examples: ['mosaic quota list -o wide'],
    }),
    rolesShown,
  );
  reading(
    program,
    describe(quota.command('show').argument('<role>'), {
      summary: 'The quota of one role',
      examples: ['mosaic quota show /research/hadoop'],
    }),
    (session, [role = '']) => roleShown(session, role),
  );
  registerSet(program, quota);
  registerQuotaFile(program, quota);
}

const QUANTITY_FLAGS = [
  ['guarantee', 'guarantee', 'owed whenever it is demanded; idle guarantee is lent'],
  ['limit', 'limit', 'never more than this'],
  ['lending-limit', 'lendingLimit', 'how much of the idle guarantee may be lent'],
  ['borrowing-limit', 'borrowingLimit', 'how much above the guarantee may be held'],
] as const;

function registerSet(program: Program, quota: Command): void {
  const set = describe(
    quota.command('set').argument('<role>', 'a path such as /research/hadoop; made when it is new'),
    {
      summary: 'Make a role or change its quota; what is not named stays as it is',
      more: 'Quantities: hosts=10, hosts/standard=3, cpus=8, memory=64GiB, gpus=2, several with commas; none clears.',
      examples: [
        'mosaic quota set /research/hadoop --guarantee hosts=10 --limit hosts=20',
        'mosaic quota set /research/hadoop --weight 2',
        'mosaic quota set /research/hadoop --limit none --dry-run',
        'mosaic quota set /prod --reclaim hard --reclaim-deadline 15m',
      ],
    },
  );
  for (const [name, , what] of QUANTITY_FLAGS) set.option(`--${name} <quantities>`, what, collect, []);
  set
    .option('--weight <n>', 'share of the surplus relative to its siblings (1 to 1000000)')
    .option('--priority <n>', 'higher keeps its guarantee longer when the fleet is short')
    .option('--reclaim <kind>', 'soft (managers may refuse a drain) or hard (workloads are killed at the deadline)')
    .option('--reclaim-grace <time>', 'a shortage must last this long before hosts are taken back')
    .option('--reclaim-deadline <time>', 'drain deadline of such moves')
    .option('--reclaim-moves <n>', 'such moves per planning round')
    .option('--reclaim-min-hold <time>', 'minimum hold of hosts lent to this role, or default')
    .option('--force', 'accept guarantees above capacity and limits below use');
  action(program, dryRun(set), async (session, [role = ''], options) => {
    const change = await changeOf(session, role, options);
    if (Object.keys(change).length === 0)
      throw badInput('nothing to set: name at least one flag', `mosaic quota set ${role} --guarantee hosts=10`);
    return session.change({
      kind: 'role_set',
      role,
      change: flag(options, 'force') ? { ...change, force: true } : change,
      dryRun: flag(options, 'dryRun'),
    });
  });
}

async function changeOf(session: Session, role: string, options: Options): Promise<RoleChange> {
  const quantities = QUANTITY_FLAGS.flatMap(([name, member]) => {
    const given = texts(options, member);
    return given.length === 0 ? [] : [[member, parseQuantities(`--${name}`, given)] as const];
  });
  const weight = text(options, 'weight');
  const priority = text(options, 'priority');
  const change: RoleChange = {
    ...Object.fromEntries(quantities),
    ...(weight === '' ? {} : { weight: parseWhole('--weight', weight, 1, 1_000_000) }),
    ...(priority === '' ? {} : { priority: parseWhole('--priority', priority, -1_000_000, 1_000_000) }),
  };
  const reclaim = reclaimChange(options);
  return Object.keys(reclaim).length === 0
    ? change
    : { ...change, reclaim: { ...(await presentReclaim(session, role)), ...reclaim } };
}

/** What a new role has; named flags change only their part of it. */
const RECLAIM_DEFAULT: ReclaimPolicy = { kind: 'soft', graceMs: 0, deadlineMs: 0, movesPerRound: 5, minHoldMs: -1 };

async function presentReclaim(session: Session, path: string): Promise<ReclaimPolicy> {
  const { roles } = await session.query({ kind: 'roles' });
  return findRole(roles, path)?.reclaim ?? RECLAIM_DEFAULT;
}

function reclaimChange(options: Options): Partial<ReclaimPolicy> {
  const [kind, grace, deadline, moves, hold] = [
    'reclaim',
    'reclaimGrace',
    'reclaimDeadline',
    'reclaimMoves',
    'reclaimMinHold',
  ].map((name) => text(options, name));
  return {
    ...(kind ? { kind: parseWord('--reclaim', kind, ['soft', 'hard']) } : {}),
    ...(grace ? { graceMs: parseSpan('--reclaim-grace', grace) } : {}),
    ...(deadline ? { deadlineMs: parseSpan('--reclaim-deadline', deadline) } : {}),
    ...(moves ? { movesPerRound: parseWhole('--reclaim-moves', moves, 0, 1_000) } : {}),
    ...(hold ? { minHoldMs: hold === 'default' ? -1 : parseSpan('--reclaim-min-hold', hold) } : {}),
  };
}
