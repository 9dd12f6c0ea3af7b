import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.js';
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

/** Nobody asks for anything is an answer about a framework that exists. */
async function mustBeKnown(session: Session, frameworkId: string): Promise<void> {
  const { frameworks } = await session.query({ kind: 'frameworks', workload: '' });
  if (frameworks.some((one) => one.frameworkId === frameworkId)) return;
  throw new CliError(EXIT.notFound, `there is no framework ${JSON.stringify(frameworkId)}`, {
    hints: ['mosaic framework list'],
  });
}

async function listed(session: Session, options: Options): Promise<Shown> {
  const { demandColumns } = await import('../render/lists.js');
  const { demands } = await session.query({ kind: 'demands' });
  const framework = text(options, 'framework');
  if (framework !== '' && !demands.some((row) => row.frameworkId === framework)) await mustBeKnown(session, framework);
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
