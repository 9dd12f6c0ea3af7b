/** A file of quotas: what `mosaic quota list -o json` (or `-o yaml`) shows, edited, comes back as changes of roles. */
import { parse } from 'yaml';
import { errorText } from '../../config/error-text.js';
import { badInput } from '../exit.js';
import type { Quantities, ReclaimPolicy, RoleChange } from '../operator-access.js';

export interface RoleEdit {
  readonly role: string;
  readonly change: RoleChange;
}

/** More than any tree of roles; a file beyond it is something else. */
const FILE_LENGTH_MAX = 16 * 1024 * 1024;
const ROLES_MAX = 10_000;

const QUANTITY_FIELDS = ['guarantee', 'limit', 'lendingLimit', 'borrowingLimit'] as const;
const RECLAIM_FIELDS = ['kind', 'graceMs', 'deadlineMs', 'movesPerRound', 'minHoldMs'] as const;
/** What a role is and has beside its quota: shown by the same command, of no meaning here. */
const SHOWN_FIELDS: readonly string[] = [
  ...[
    'used',
    'offered',
    'movingIn',
    'reserved',
    'effectiveGuarantee',
    'demanded',
    'entitled',
    'shareMicro',
    'frameworks',
  ],
];
const FIELDS: readonly string[] = ['path', ...QUANTITY_FIELDS, 'weight', 'priority', 'reclaim'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads `{"roles": […]}`, a list of roles, or one role, as JSON or YAML. Fields that are left out stay as they are.
 *
 * @param where for messages: the name of the file
 */
export function parseQuotaFile(where: string, content: string): readonly RoleEdit[] {
  if (content.length > FILE_LENGTH_MAX)
    throw badInput(`${where} has ${content.length} characters; at most ${FILE_LENGTH_MAX} are accepted`);
  const roles = rolesIn(where, parsed(where, content));
  if (roles.length === 0) throw badInput(`${where} names no role`, 'mosaic quota list -o json shows the form');
  if (roles.length > ROLES_MAX) throw badInput(`${where} has ${roles.length} roles; at most ${ROLES_MAX} are accepted`);
  return roles.map((role, index) => roleEdit(roles.length === 1 ? 'role' : `roles[${index}]`, role));
}

function parsed(where: string, content: string): unknown {
  try {
    return parse(content, { uniqueKeys: true, maxAliasCount: 0 });
  } catch (error) {
    throw badInput(
      `${where} is neither JSON nor YAML: ${errorText(error)}`,
      'mosaic quota list -o json shows the form',
    );
  }
}

function rolesIn(where: string, content: unknown): readonly unknown[] {
  if (Array.isArray(content)) return content;
  if (!isFields(content))
    throw badInput(`${where} is ${shown(content)}; accepted is {"roles": [...]}, a list, or a role`);
  const { roles } = content;
  if (roles === undefined) return [content];
  if (!Array.isArray(roles)) throw badInput(`roles is ${shown(roles)}; accepted is a list of roles`);
  return roles;
}

function roleEdit(at: string, role: unknown): RoleEdit {
  if (!isFields(role))
    throw badInput(`${at} is ${shown(role)}; accepted is a role as mosaic quota list -o json shows it`);
  const unknown = Object.keys(role).find((name) => !FIELDS.includes(name) && !SHOWN_FIELDS.includes(name));
  if (unknown !== undefined) throw badInput(`${at} has a field ${shown(unknown)}; accepted are ${FIELDS.join(', ')}`);
  const { path } = role;
  if (typeof path !== 'string' || path === '')
    throw badInput(`${at}.path is ${shown(path)}; accepted is the path of a role, such as /research/hadoop`);
  const change: Record<string, unknown> = {};
  for (const field of QUANTITY_FIELDS)
    if (role[field] !== undefined) change[field] = quantities(`${at}.${field}`, role[field]);
  for (const field of ['weight', 'priority'] as const)
    if (role[field] !== undefined) change[field] = whole(`${at}.${field}`, role[field]);
  if (role['reclaim'] !== undefined) change['reclaim'] = reclaim(`${at}.reclaim`, role['reclaim']);
  return { role: path, change };
}

function quantities(at: string, value: unknown): Quantities {
  if (!isFields(value)) throw badInput(`${at} is ${shown(value)}; accepted is a map such as {"hosts": 10}`);
  const read: Record<string, number> = {};
  for (const [dimension, amount] of Object.entries(value)) {
    const number = whole(`${at}.${dimension}`, amount);
    if (number < 0) throw badInput(`${at}.${dimension} is ${number}; accepted is a whole number from 0 up`);
    read[dimension] = number;
  }
  return read;
}

function reclaim(at: string, value: unknown): ReclaimPolicy {
  if (!isFields(value)) throw badInput(`${at} is ${shown(value)}; accepted is a map with ${RECLAIM_FIELDS.join(', ')}`);
  const unknown = Object.keys(value).find((name) => !(RECLAIM_FIELDS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw badInput(`${at} has a field ${shown(unknown)}; accepted are ${RECLAIM_FIELDS.join(', ')}`);
  const { kind } = value;
  if (kind !== 'soft' && kind !== 'hard') throw badInput(`${at}.kind is ${shown(kind)}; accepted are soft, hard`);
  return {
    kind,
    graceMs: whole(`${at}.graceMs`, value['graceMs'] ?? 0),
    deadlineMs: whole(`${at}.deadlineMs`, value['deadlineMs'] ?? 0),
    movesPerRound: whole(`${at}.movesPerRound`, value['movesPerRound'] ?? 5),
    minHoldMs: whole(`${at}.minHoldMs`, value['minHoldMs'] ?? -1),
  };
}

function whole(at: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw badInput(`${at} is ${shown(value)}; accepted is a whole number`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
