import { badInput } from '../exit.js';
import { action, describe, dryRun, flag, text, type Program } from '../noun.js';

export function registerAdopt(program: Program): void {
  const adopt = program.root.command('adopt').helpGroup('Change:');
  describe(adopt, {
    summary: 'Lease machines to the framework that already uses them',
    more: 'Nothing on the machines is touched. With --dry-run: what would be leased, what has no agent, what conflicts.',
    examples: ['mosaic adopt --framework ovirt/prod --dry-run', 'mosaic adopt --framework ovirt/prod'],
  });
  adopt.option('--framework <id>', 'WORKLOAD/NAME');
  action(program, dryRun(adopt), (session, _args, options) => {
    const frameworkId = text(options, 'framework');
    if (frameworkId === '')
      throw badInput(
        '--framework is missing; name the framework whose machines are adopted (mosaic framework list)',
        'mosaic adopt --framework ovirt/prod --dry-run',
      );
    return session.change({ kind: 'adopt', frameworkId, dryRun: flag(options, 'dryRun') });
  });
}
