import { listShown } from '../list.js';
import { action, describe, dryRun, flag, reading, text, type Program } from '../noun.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerFreeze(program: Program): void {
  const freeze = program.root.command('freeze').helpGroup('Change:').enablePositionalOptions();
  describe(freeze, {
    summary: 'Stop new steps, everywhere or of one workload',
    more: 'Steps in progress end as they are. A freeze survives restarts of the master, is shown on every overview, and ends with mosaic unfreeze.',
    examples: [
      'mosaic freeze --reason "core switch is being replaced"',
      'mosaic freeze --workload ovirt --reason "storage upgrade"',
      'mosaic freeze list',
    ],
  });
  freeze
    .option('--workload <name>', 'only this workload; without it, everything')
    .option('--reason <text>', 'why, for everyone who wonders');
  action(program, dryRun(freeze), async (session, _args, options) => {
    const workload = text(options, 'workload');
    const exitCode = await session.change({
      kind: 'freeze',
      scope: scopeOf(workload),
      reason: text(options, 'reason'),
      dryRun: flag(options, 'dryRun'),
    });
    if (workload !== '') await warnOfNobody(session, workload);
    return exitCode;
  });
  reading(
    program,
    describe(freeze.command('list').alias('ls'), { summary: 'What is frozen', examples: ['mosaic freeze list'] }),
    listed,
  );

  const unfreeze = program.root.command('unfreeze').helpGroup('Change:');
  describe(unfreeze, { summary: 'End a freeze', examples: ['mosaic unfreeze', 'mosaic unfreeze --workload ovirt'] });
  unfreeze.option('--workload <name>', 'the freeze of this workload; without it, the one of everything');
  action(program, dryRun(unfreeze), (session, _args, options) =>
    session.change({ kind: 'unfreeze', scope: scopeOf(text(options, 'workload')), dryRun: flag(options, 'dryRun') }),
  );
}

/** A workload may be frozen before its first framework comes; more often its name was mistyped, and nothing is frozen. */
async function warnOfNobody(session: Session, workload: string): Promise<void> {
  const { frameworks } = await session.query({ kind: 'frameworks', workload });
  if (frameworks.length === 0)
    session.note(`no framework of workload ${JSON.stringify(workload)} is known: mosaic workload list`);
}

function scopeOf(workload: string): string {
  return workload === '' ? '*' : workload;
}

async function listed(session: Session): Promise<Shown> {
  const { freezeColumns } = await import('../render/lists.js');
  const { freezes } = await session.query({ kind: 'freezes' });
  return listShown('freezes', freezes, freezeColumns, (row) => row.scope, 'nothing is frozen');
}
