import type { Core } from '../core.js';
import { lineage, ROLE_DEPTH_MAX } from '../quota/index.js';

/** Priorities of two roles as siblings: of the roles that part below what they have in common. */
export interface Ranks {
  readonly donor: number;
  readonly receiver: number;
}

/**
 * Priorities decide among siblings only, as in the order in which guarantees are filled: a role's own use stands beside
 * its children with priority 0.
 */
export function ranksOf(core: Core, donor: string, receiver: string): Ranks {
  const [donors, receivers] = [[...lineage(donor)].reverse(), [...lineage(receiver)].reverse()];
  let at = 0;
  while (at < donors.length && at < receivers.length && donors[at] === receivers[at]) at += 1;
  return { donor: priorityOf(core, donors[at]), receiver: priorityOf(core, receivers[at]) };
}

/** Whether what the donor uses is out of the receiver's reach: nothing is taken from a higher priority. */
export function outranks(core: Core, donor: string, receiver: string): boolean {
  const ranks = ranksOf(core, donor, receiver);
  return ranks.donor > ranks.receiver;
}

/**
 * The role's place in the order of priorities: of two roles the one is lower whose list is smaller, compared from the left.
 * It lists the priorities of the roles from the top down to this one, filled up with zeros, so that two roles compare as the
 * siblings do in which they part, and a role's own use stands beside its children with priority 0.
 */
export function priorityRank(core: Core, role: string): readonly number[] {
  const rank = Array<number>(ROLE_DEPTH_MAX).fill(0);
  const [, ...path] = [...lineage(role)].reverse();
  for (const [depth, one] of path.entries()) rank[depth] = priorityOf(core, one);
  return rank;
}

/** Below the priority of any role. */
export const BELOW_ALL: readonly number[] = Array<number>(ROLE_DEPTH_MAX).fill(-Infinity);

/** Negative when the first list is smaller, compared from the left; lists are equally long. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

function priorityOf(core: Core, role: string | undefined): number {
  return role === undefined ? 0 : (core.state.roles.get(role)?.priority ?? 0);
}
