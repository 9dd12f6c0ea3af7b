import { CliError, EXIT } from '../exit.js';
import { describe, noun, reading, type Program } from '../noun.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerWorkload(program: Program): void {
  const workload = noun(
    program,
    'workload',
    'workloads',
    {
      summary: 'Kinds of use (VMs, pods, Hadoop) with their hosts',
      examples: ['mosaic workload list', 'mosaic workload ovirt'],
    },
    'Look:',
  );
  reading(program, workload.argument('[name]', 'a workload: its frameworks'), (session, [name]) =>
    name === undefined ? all(session) : one(session, name),
  );
  reading(
    program,
    describe(workload.command('list').alias('ls'), { summary: 'All workloads', examples: ['mosaic workload list -w'] }),
    all,
  );
}

async function all(session: Session): Promise<Shown> {
  const [{ workloadColumns, workloadRows }, { tableText }] = await Promise.all([
    import('../render/frameworks.js'),
    import('../render/table.js'),
  ]);
  const { overview } = await session.query({ kind: 'overview' });
  const rows = workloadRows(overview);
  return {
    data: { workloads: rows },
    items: rows,
    names: rows.map((row) => row.workload),
    text: (rendering) =>
      tableText(rows, workloadColumns, rendering, 'no workload yet: frameworks connect to the address of the master'),
  };
}

async function one(session: Session, name: string): Promise<Shown> {
  const [{ frameworkColumns }, { tableText }] = await Promise.all([
    import('../render/frameworks.js'),
    import('../render/table.js'),
  ]);
  const { frameworks } = await session.query({ kind: 'frameworks', workload: name });
  if (frameworks.length === 0)
    throw new CliError(EXIT.notFound, `no framework of workload ${JSON.stringify(name)}`, {
      hints: ['mosaic workload list'],
    });
  return {
    data: { workload: name, frameworks },
    items: frameworks,
    names: frameworks.map((framework) => framework.frameworkId),
    text: (rendering) => tableText(frameworks, frameworkColumns, rendering, ''),
  };
}
