import { listShown } from '../list.js';
import { describe, noun, reading, type Program } from '../noun.js';
import type { Shown } from '../render/rendering.js';
import type { Session } from '../session.js';

export function registerCondition(program: Program): void {
  const condition = noun(
    program,
    'condition',
    'conditions',
    {
      summary: 'What an admin should know, and what would clear it',
      examples: ['mosaic condition list'],
    },
    'Look:',
  );
  reading(program, condition, listed);
  reading(
    program,
    describe(condition.command('list').alias('ls'), {
      summary: 'All conditions',
      examples: ['mosaic condition list -o json'],
    }),
    listed,
  );
}

async function listed(session: Session): Promise<Shown> {
  const { conditionColumns } = await import('../render/lists.js');
  const { conditions } = await session.query({ kind: 'conditions' });
  return listShown(
    'conditions',
    conditions,
    conditionColumns,
    (row) => `${row.kind}|${row.subject}`,
    'nothing to know: all is well',
  );
}
