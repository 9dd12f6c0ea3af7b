import { CliError, EXIT } from '../exit.js';
import { action, describe, dryRun, flag, noun, reading, text, type Program } from '../noun.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerFramework(program: Program): void {
  const framework = noun(
    program,
    'framework',
    'frameworks',
    {
      summary: 'Managers that hold hosts (oVirt, Kubernetes, Hadoop)',
      examples: [
        'mosaic framework list',
        'mosaic framework ovirt/prod',
        'mosaic framework teardown hadoop/old --dry-run',
      ],
    },
    'Look:',
  );
  reading(program, framework.argument('[id]', 'WORKLOAD/NAME to show; without one, the list'), (session, [id]) =>
    id === undefined ? listed(session, '') : shown(session, id),
  );
  const list = describe(framework.command('list').alias('ls'), {
    summary: 'All frameworks',
    examples: ['mosaic framework list --workload ovirt'],
  }).option('--workload <name>', 'only of this workload');
  reading(program, list, (session, _args, options) => listed(session, text(options, 'workload')));
  reading(
    program,
    describe(framework.command('show').argument('<id>', 'WORKLOAD/NAME'), {
      summary: 'Everything about one framework',
      examples: ['mosaic framework show ovirt/prod'],
    }),
    (session, [id = '']) => shown(session, id),
  );
  const release = describe(framework.command('release').argument('<id>', 'WORKLOAD/NAME'), {
    summary: 'Let a framework connect again that was set aside',
    more: 'Mosaic sets a framework aside when it sends what cannot be; mend the framework first.',
    examples: ['mosaic framework release hadoop/lake'],
  });
  action(program, dryRun(release), (session, [id = ''], options) =>
    session.change({ kind: 'peer_release', peer: id, dryRun: flag(options, 'dryRun') }),
  );
  const teardown = describe(framework.command('teardown').argument('<id>', 'WORKLOAD/NAME'), {
    summary: 'End a framework that will not come back',
    more: 'Its tasks are killed and its hosts given back by ordinary moves. It cannot be taken back.',
    examples: [
      'mosaic framework teardown hadoop/old --dry-run',
      'mosaic framework teardown hadoop/old --confirm hadoop/old',
    ],
  }).option('--confirm <id>', 'the id again, instead of being asked');
  action(program, dryRun(teardown), async (session, [id = ''], options) => {
    const dry = flag(options, 'dryRun');
    if (!dry)
      await session.confirm(
        id,
        options['confirm'] as string | undefined,
        `teardown kills every task of ${id} and takes all its hosts away`,
      );
    return session.change({ kind: 'framework_teardown', frameworkId: id, dryRun: dry });
  });
}

async function listed(session: Session, workload: string): Promise<Shown> {
  const [{ frameworkColumns }, { tableText }] = await Promise.all([
    import('../render/frameworks.js'),
    import('../render/table.js'),
  ]);
  const { frameworks } = await session.query({ kind: 'frameworks', workload });
  return {
    data: { frameworks },
    items: frameworks,
    names: frameworks.map((one) => one.frameworkId),
    text: (rendering) =>
      tableText(
        frameworks,
        frameworkColumns,
        rendering,
        'no frameworks yet: they connect to the address of the master',
      ),
  };
}

async function shown(session: Session, id: string): Promise<Shown> {
  const { frameworkText } = await import('../render/frameworks.js');
  const { frameworks } = await session.query({ kind: 'frameworks', workload: '' });
  const named = frameworks.filter((one) => one.frameworkId === id || one.frameworkId.endsWith(`/${id}`));
  const [framework] = named;
  if (framework === undefined || named.length > 1) {
    const accepted = (named.length > 1 ? named : frameworks).map((one) => one.frameworkId);
    const problem =
      named.length > 1
        ? `framework ${JSON.stringify(id)} is ambiguous: name one of ${accepted.join(', ')}`
        : `there is no framework ${JSON.stringify(id)}`;
    throw new CliError(EXIT.notFound, problem, { hints: ['mosaic framework list'], typed: { value: id, accepted } });
  }
  return {
    data: framework,
    items: [framework],
    names: [framework.frameworkId],
    text: (rendering) => frameworkText(framework, rendering),
  };
}
