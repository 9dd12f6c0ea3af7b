import { action, describe, dryRun, flag, noun, reading, type Program } from '../noun.js';
import { roleShown, rolesShown } from '../roles.js';

export function registerRole(program: Program): void {
  const role = noun(
    program,
    'role',
    'roles',
    {
      summary: 'Paths in the quota tree, with what they hold',
      examples: ['mosaic role list', 'mosaic role /research/hadoop', 'mosaic role delete /research/old --dry-run'],
    },
    'Look:',
  );
  reading(program, role.argument('[path]', 'a role to show; without one, the list'), (session, [path]) =>
    path === undefined ? rolesShown(session) : roleShown(session, path),
  );
  reading(
    program,
    describe(role.command('list').alias('ls'), { summary: 'All roles', examples: ['mosaic role list -o wide'] }),
    rolesShown,
  );
  reading(
    program,
    describe(role.command('show').argument('<path>'), {
      summary: 'One role with its quota',
      examples: ['mosaic role show /research/hadoop'],
    }),
    (session, [path = '']) => roleShown(session, path),
  );
  const remove = describe(role.command('delete').alias('rm').argument('<path>'), {
    summary: 'Remove a role that holds nothing and has no roles below it',
    examples: ['mosaic role delete /research/old --dry-run'],
  });
  action(program, dryRun(remove), (session, [path = ''], options) =>
    session.change({ kind: 'role_delete', role: path, dryRun: flag(options, 'dryRun') }),
  );
}
