import type { Core } from '../core.js';
import type { ReclaimPolicy, RoleRecord } from '../state/records.js';
import { reviewLimit } from './over-limit.js';

export const STANDARD_SHAPE = 'standard';
/** Behind every shape an admin makes: `standard` matches everything. */
export const STANDARD_RANK = 1_000_000;

export const DEFAULT_RECLAIM: ReclaimPolicy = Object.freeze({
  kind: 'soft',
  graceMs: 0,
  deadlineMs: 0,
  movesPerRound: 5,
  minHoldMs: -1,
});

/** A role without guarantee and limit, of weight 1 and priority 0. */
export function newRole(path: string): RoleRecord {
  return {
    path,
    guarantee: {},
    limit: {},
    lendingLimit: {},
    borrowingLimit: {},
    weight: 1,
    priority: 0,
    reclaim: DEFAULT_RECLAIM,
  };
}

/**
 * Puts in the root role and the shape that matches everything, where they are missing, and shows again which roles are
 * over their limit: conditions do not outlive a start.
 */
export function ensureDefaults(core: Core): void {
  if (!core.state.roles.has('/')) core.state.roles.put(newRole('/'));
  if (!core.state.shapes.has(STANDARD_SHAPE))
    core.state.shapes.put({ shape: STANDARD_SHAPE, rank: STANDARD_RANK, constraints: [], minimum: {} });
  for (const role of core.state.roles.values()) reviewLimit(core, role.path);
}
