/** Who is owed slices by a guarantee: standing demand that would still lie within what its role, or one above, is promised. */
import { missing, standings } from '../../allocate/standing.js';
import type { Core } from '../../core.js';
import type { DemandEntry } from '../../protocol.js';
import { countsHosts, entitlements, firstCeilingHit, isLive, limitText, lineage } from '../../quota/index.js';
import { add, amount, NO_QUANTITIES, type Quantities, type Resources } from '../../resources/index.js';
import type { DemandRecord } from '../../state/records.js';
import { compareRanks, priorityRank } from '../priority.js';
import { claimKey } from './memory.js';

/** Units of one demand looked at in a round; the rest comes in the rounds after. */
const UNITS_MAX = 100;

export interface SliceClaim {
  readonly key: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly entry: DemandEntry;
  readonly unit: Resources;
  /** The role whose guarantee is not met. */
  readonly guaranteed: string;
  /** How many more units lie within the guarantee and are wanted; those on their way are not taken off. At least 1. */
  readonly units: number;
}

export interface SliceClaims {
  /** In the order in which they are served: higher priority of the role, then of the demand; then who asked first. */
  readonly claims: readonly SliceClaim[];
  /** Why other unmet demands for slices are none, by key, as `CODE: sentence`. */
  readonly others: ReadonlyMap<string, string>;
}

export function sliceClaims(core: Core): SliceClaims {
  const claims: SliceClaim[] = [];
  const others = new Map<string, string>();
  /** What the claims found so far would add, by role. */
  const planned = new Map<string, Quantities>();
  for (const { record, entry, lacks } of openEntries(core)) {
    if (entry.want.kind !== 'slices') continue;
    const unit = entry.want.resources;
    const key = claimKey(record.frameworkId, record.role, entry.demandId);
    if (entry.allOrNothing ? entry.count > 1 : entry.minimum > entry.count - lacks + 1) {
      others.set(key, 'GROUP_INCOMPLETE: nothing is taken back for tasks that are of use only together');
      continue;
    }
    const guaranteed = guaranteedRole(core, record.role, unit.quantities, planned);
    if (guaranteed === null) {
      others.set(key, `FAIR_SHARE: ${record.role} is not below a guarantee that one more of these would lie within`);
      continue;
    }
    const useOf = (path: string): Quantities =>
      add(core.ledger.account(path).total, planned.get(path) ?? NO_QUANTITIES);
    let units = 0;
    while (units < Math.min(lacks, UNITS_MAX)) {
      const hit = firstCeilingHit(core, record.role, unit.quantities, useOf);
      if (hit !== null && units === 0) others.set(key, `ROLE_LIMIT: ${limitText(hit)}`);
      if (hit !== null || !isOwed(core, guaranteed, unit.quantities, planned)) break;
      units += 1;
      for (const path of lineage(record.role))
        planned.set(path, add(planned.get(path) ?? NO_QUANTITIES, unit.quantities));
    }
    const { frameworkId, role } = record;
    if (units > 0) claims.push({ key, frameworkId, role, entry, unit, guaranteed, units });
  }
  return { claims, others };
}

interface OpenEntry {
  readonly record: DemandRecord;
  readonly entry: DemandEntry;
  readonly lacks: number;
}

/** Unmet entries for slices of frameworks that can take offers, in the order in which they are served. */
function openEntries(core: Core): readonly OpenEntry[] {
  const open: (OpenEntry & { readonly priority: readonly number[] })[] = [];
  for (const key of core.demandIndex.forSlices()) {
    const record = core.state.demands.get(key);
    const framework = core.state.frameworks.get(record?.frameworkId ?? '');
    if (record === undefined || framework === undefined || framework.tornDown) continue;
    if (core.state.frameworkPresence.get(framework.frameworkId)?.connected !== true) continue;
    const found = standings(core, record);
    const rank = priorityRank(core, record.role);
    for (const [index, entry] of record.entries.entries()) {
      const standing = found[index];
      const lacks = standing === undefined ? 0 : missing(entry, standing);
      if (entry.want.kind !== 'slices' || lacks === 0 || !isLive(core, record, entry)) continue;
      open.push({ record, entry, lacks, priority: [...rank, entry.priority] });
    }
  }
  // The sort is stable; demands are in the order in which they came.
  return open.sort((a, b) => compareRanks(b.priority, a.priority));
}

/** The first role, from this one upwards, that is promised one unit more than it has; null when there is none. */
function guaranteedRole(
  core: Core,
  role: string,
  unit: Quantities,
  planned: ReadonlyMap<string, Quantities>,
): string | null {
  return lineage(role).find((path) => isOwed(core, path, unit, planned)) ?? null;
}

/** Whether one more unit lies within what was promised to exactly this role, in every dimension that was promised. */
function isOwed(core: Core, path: string, unit: Quantities, planned: ReadonlyMap<string, Quantities>): boolean {
  const promised = core.state.roles.get(path)?.guarantee ?? NO_QUANTITIES;
  const dimensions = Object.keys(promised).filter((name) => !countsHosts(name) && amount(unit, name) > 0);
  if (dimensions.length === 0) return false;
  const effective = entitlements(core).effectiveGuarantee(path);
  const served = core.ledger.served(path);
  const more = planned.get(path) ?? NO_QUANTITIES;
  return dimensions.every(
    (name) => amount(served, name) + amount(more, name) + amount(unit, name) <= amount(effective, name),
  );
}
