import type { Command } from 'commander';
import { listShown } from '../list.js';
import { describe, flag, noun, reading, text, type Options, type Program } from '../noun.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerDemand(program: Program): void {
  const demand = noun(
    program,
    'demand',
    'demands',
    {
      summary: 'What frameworks ask for, and why they wait',
      examples: ['mosaic demand list', 'mosaic demand list --unmet', 'mosaic why demand kubernetes/east/pool'],
    },
    'Look:',
  );
  reading(program, filters(demand), (session, _args, options) => listed(session, options));
  const list = describe(demand.command('list').alias('ls'), {
    summary: 'Standing demand with its status',
    examples: ['mosaic demand list --unmet', 'mosaic demand list --framework kubernetes/east -o wide'],
  });
  reading(program, filters(list), (session, _args, options) => listed(session, options));
}

function filters(command: Command): Command {
  return command
    .option('--unmet', 'only what is missing something')
    .option('--framework <id>', 'only of this framework');
}

async function listed(session: Session, options: Options): Promise<Shown> {
  const { demandColumns } = await import('../render/lists.js');
  const { demands } = await session.query({ kind: 'demands' });
  const framework = text(options, 'framework');
  const rows = demands.filter(
    (row) => (!flag(options, 'unmet') || row.status.pending > 0) && (framework === '' || row.frameworkId === framework),
  );
  return listShown(
    'demands',
    rows,
    demandColumns,
    (row) => `${row.frameworkId}/${row.demandId}`,
    flag(options, 'unmet') ? 'nothing is missing' : 'nobody asks for anything',
  );
}
