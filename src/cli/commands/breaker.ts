import { action, describe, dryRun, flag, noun, reading, type Program } from '../noun.js';
import { listShown } from '../list.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerBreaker(program: Program): void {
  const breaker = noun(
    program,
    'breaker',
    '',
    {
      summary: 'The breaker of mass failures: too many hosts vanished at once',
      more:
        'While it is open no host counts as lost and none is moved to make up for another. It closes when the hosts are ' +
        'back; if they are really gone, reset it.',
      examples: ['mosaic breaker', 'mosaic host list --state away', 'mosaic breaker reset --dry-run'],
    },
    'Change:',
  );
  reading(program, breaker, shown);
  reading(
    program,
    describe(breaker.command('show'), { summary: 'Whether it is open, and why', examples: ['mosaic breaker show'] }),
    shown,
  );
  const reset = describe(breaker.command('reset'), {
    summary: 'The hosts that vanished are really gone: they count as lost from now on',
    more: 'Guarantees that they met are then met with other hosts. Hosts that come back later are taken back as ever.',
    examples: ['mosaic breaker reset --dry-run', 'mosaic breaker reset --confirm gone'],
  }).option('--confirm <word>', 'the word gone, instead of being asked');
  action(program, dryRun(reset), async (session, _args, options) => {
    const dry = flag(options, 'dryRun');
    if (!dry)
      await session.confirm(
        'gone',
        options['confirm'] as string | undefined,
        'hosts that are only cut off still run what they run; reset the breaker only when they are gone',
      );
    return session.change({ kind: 'breaker_reset', dryRun: dry });
  });
}

async function shown(session: Session): Promise<Shown> {
  const { conditionColumns } = await import('../render/lists.js');
  const { conditions } = await session.query({ kind: 'conditions' });
  const open = conditions.filter(({ kind }) => kind === 'MASS_FAILURE');
  return listShown('conditions', open, conditionColumns, (row) => row.subject, 'the breaker is closed');
}
