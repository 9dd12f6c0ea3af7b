/** Changes of quota that would help, and that the master would accept as things are now. */
import type { Core } from '../../core.js';
import type { OperatorReply, RoleChange } from '../../operate/commands.js';
import { entitlements, HOSTS, setRole, shapeDimension, wouldExceedLimit } from '../../quota/index.js';
import type { Quantities } from '../../resources/index.js';
import { remedies } from '../remedies.js';
import { quantityText } from '../../words.js';
import type { Context } from './context.js';

const WEIGHT_MAX = 1_000_000;

/**
 * A guarantee that brings what is missing, or as much of it as is accepted; where none is that would bring anything, what
 * stands in its way. Nothing for the root, which is everybody, and for slices.
 *
 * @param isOwed it has not yet what it is owed: a guarantee of that helps, too, since it waits for less
 */
export function guaranteeRemedies(core: Core, context: Context, isOwed = true): readonly string[] {
  const { role, shape } = context;
  const record = core.state.roles.get(role ?? '');
  if (record === undefined || shape === undefined || record.path === '/') return [];
  // Plain hosts mean nothing where there are several shapes.
  const dimension = core.state.shapes.size > 1 ? shapeDimension(shape) : HOSTS;
  const present = record.guarantee[dimension] ?? 0;
  const held = core.ledger.served(record.path)[shapeDimension(shape)] ?? 0;
  const wanted = Math.max(present, held) + Math.max(1, context.pending ?? 1);
  const change = (hosts: number): RoleChange => ({ guarantee: { ...record.guarantee, [dimension]: hosts } });
  const answer = (hosts: number): OperatorReply => setRole(core, '', record.path, change(hosts), true);
  const owed = isOwed ? 0 : entitlements(core).of(record.path, shape);
  const least = Math.max(present, held, owed) + 1;
  const most = largest(least, Math.max(least, wanted), (hosts) => answer(hosts).ok);
  if (most !== null) return [remedies.quotaSet(record.path, `--guarantee ${flagText(change(most).guarantee ?? {})}`)];
  const refusal = answer(least);
  return refusal.ok ? [] : [`make room for a larger guarantee of ${record.path}: ${firstSentence(refusal.message)}`];
}

/** A larger share of the surplus. */
export function weightRemedies(core: Core, { role }: Context): readonly string[] {
  const record = core.state.roles.get(role ?? '');
  if (record === undefined || record.weight >= WEIGHT_MAX) return [];
  const weight = Math.min(WEIGHT_MAX, record.weight * 2);
  return setRole(core, '', record.path, { weight }, true).ok
    ? [remedies.quotaSet(record.path, `--weight ${weight}`)]
    : [];
}

/** Raises the limit that is in the way: the role's own, or one of a role above it. */
export function limitRemedies(core: Core, role: string, context: Context): readonly string[] {
  const more = Math.max(1, context.pending ?? 1);
  const hit = wouldExceedLimit(core, role, { [HOSTS]: more, [shapeDimension(context.shape ?? '')]: more });
  const record = core.state.roles.get(hit?.role ?? '');
  if (hit === null || record === undefined) return [remedies.quotaShow(role)];
  const needed = hit.used + more;
  // A ceiling may come from the limit, from what may be borrowed on top of the guarantee, or from both.
  const borrowed = needed - (record.guarantee[hit.dimension] ?? 0);
  const change: RoleChange = {
    ...(isBelow(record.limit, hit.dimension, needed) ? { limit: { ...record.limit, [hit.dimension]: needed } } : {}),
    ...(isBelow(record.borrowingLimit, hit.dimension, borrowed)
      ? { borrowingLimit: { ...record.borrowingLimit, [hit.dimension]: borrowed } }
      : {}),
  };
  const flags = [
    ...(change.limit === undefined ? [] : [`--limit ${flagText(change.limit)}`]),
    ...(change.borrowingLimit === undefined ? [] : [`--borrowing-limit ${flagText(change.borrowingLimit)}`]),
  ];
  const reply = setRole(core, '', record.path, change, true);
  if (flags.length === 0) return [remedies.quotaShow(record.path)];
  return reply.ok
    ? [remedies.quotaSet(record.path, flags.join(' '))]
    : [`make room for a larger limit of ${record.path}: ${firstSentence(reply.message)}`];
}

function isBelow(quantities: Quantities, dimension: string, needed: number): boolean {
  const value = quantities[dimension];
  return value !== undefined && value < needed;
}

/** All dimensions, because the flag replaces what was there: `cpus=8,hosts=3`. */
function flagText(quantities: Quantities): string {
  return Object.keys(quantities)
    .sort()
    .map((dimension) => quantityText(dimension, quantities[dimension] ?? 0))
    .join(',');
}

/** The largest number from `least` to `most` that holds, where all smaller ones hold, too; null when none does. */
function largest(least: number, most: number, holds: (value: number) => boolean): number | null {
  if (holds(most)) return most;
  if (!holds(least)) return null;
  let [low, high] = [least, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Without the advice to force it. */
function firstSentence(message: string): string {
  return message.split('; ')[0] ?? message;
}
