import type { Core } from '../core.js';
import { lineage } from '../quota/index.js';

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

function priorityOf(core: Core, role: string | undefined): number {
  return role === undefined ? 0 : (core.state.roles.get(role)?.priority ?? 0);
}
