import type { Core } from '../core.js';
import { isLive } from '../quota/index.js';

/** A framework that has a part in what its role is owed. */
export interface Claimant {
  readonly frameworkId: string;
  readonly role: string;
  readonly shape: string;
  readonly held: number;
  readonly wanted: number;
}

interface Tier {
  readonly frameworkId: string;
  readonly priority: number;
  readonly count: number;
  has: number;
}

/**
 * Divides the hosts that a role is owed among its frameworks, in the order in which the allocator serves them: higher
 * priority of the entry first, then the smaller part of the count met; at a tie who holds more than it got so far keeps
 * it, so that a tie moves nothing; then by id.
 *
 * @param hosts what the role is owed of the shape; never more than its frameworks want together
 */
export function divide(core: Core, hosts: number, claimants: readonly Claimant[]): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  const [only] = claimants;
  if (claimants.length === 1 && only !== undefined) return parts.set(only.frameworkId, Math.min(hosts, only.wanted));
  const wantedInAll = claimants.reduce((sum, claimant) => sum + claimant.wanted, 0);
  if (wantedInAll <= hosts) {
    for (const claimant of claimants) parts.set(claimant.frameworkId, claimant.wanted);
    return parts;
  }
  const held = new Map(claimants.map((claimant) => [claimant.frameworkId, claimant.held]));
  const keeps = (tier: Tier): boolean => (held.get(tier.frameworkId) ?? 0) > (parts.get(tier.frameworkId) ?? 0);
  const tiers = claimants.flatMap((claimant) => tiersOf(core, claimant));
  for (let left = hosts; left > 0; left -= 1) {
    let next: Tier | null = null;
    for (const tier of tiers) if (tier.has < tier.count && (next === null || before(tier, next, keeps))) next = tier;
    if (next === null) break;
    next.has += 1;
    parts.set(next.frameworkId, (parts.get(next.frameworkId) ?? 0) + 1);
  }
  return parts;
}

function before(a: Tier, b: Tier, keeps: (tier: Tier) => boolean): boolean {
  if (a.priority !== b.priority) return a.priority > b.priority;
  const need = a.has * b.count - b.has * a.count;
  if (need !== 0) return need < 0;
  const aKeeps = keeps(a);
  if (aKeeps !== keeps(b)) return aKeeps;
  return a.frameworkId < b.frameworkId;
}

/** A framework that has said nothing is taken to want what it holds, at normal priority. */
function tiersOf(core: Core, claimant: Claimant): readonly Tier[] {
  const { frameworkId, role, shape, wanted } = claimant;
  const record = core.state.demands.get(`${frameworkId}|${role}`);
  if (record === undefined) return [{ frameworkId, priority: 0, count: wanted, has: 0 }];
  return record.entries
    .filter((entry) => entry.want.kind === 'hosts' && entry.want.shape === shape && isLive(core, record, entry))
    .map((entry) => ({ frameworkId, priority: entry.priority, count: entry.count, has: 0 }));
}
