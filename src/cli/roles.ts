/** Reads of roles, for the nouns `role` and `quota`. */
import { CliError, EXIT } from './exit.js';
import type { RoleView } from './operator-access.js';
import type { Shown } from './render/rendering.js';
import type { Session } from './session.js';

export async function rolesShown(session: Session): Promise<Shown> {
  const [{ roleColumns }, { tableText }] = await Promise.all([
    import('./render/roles.js'),
    import('./render/table.js'),
  ]);
  const { roles } = await session.query({ kind: 'roles' });
  return {
    data: { roles },
    items: roles,
    names: roles.map((role) => role.path),
    text: (rendering) =>
      tableText(roles, roleColumns, rendering, 'no roles yet: mosaic quota set /team --guarantee hosts=10 makes one'),
  };
}

export async function roleShown(session: Session, path: string): Promise<Shown> {
  const { roleText } = await import('./render/roles.js');
  const { roles } = await session.query({ kind: 'roles' });
  const role = findRole(roles, path);
  if (role === undefined)
    throw new CliError(EXIT.notFound, `there is no role ${JSON.stringify(path)}`, {
      hints: ['mosaic role list'],
      typed: { value: path, accepted: roles.map((one) => one.path) },
    });
  return { data: role, items: [role], names: [role.path], text: (rendering) => roleText(role, rendering) };
}

export function findRole(roles: readonly RoleView[], path: string): RoleView | undefined {
  return roles.find((role) => role.path === path || role.path === `/${path}`);
}
