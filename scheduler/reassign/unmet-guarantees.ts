import { HOSTS, lineage, shapeDimension } from '../quota/index.js';
import type { Draft } from './draft.js';
import { roleKey, type Stock } from './stock.js';

/** A role that, with all roles below it, has fewer hosts of a shape than it is guaranteed and wants. */
export interface UnmetGuarantee {
  readonly role: string;
  readonly shape: string;
  readonly held: number;
  /** min(effective guarantee, demand). */
  readonly floor: number;
  /** How many it lacks that no shortage has been counted for. */
  missing: number;
}

/**
 * The guarantees that are not met, by `roleKey`; remembers since when. Only what an admin promised a role counts: where a
 * role is guaranteed nothing itself, the sum of the roles below it is theirs.
 */
export function unmetGuarantees(draft: Draft): ReadonlyMap<string, UnmetGuarantee> {
  const { core, owed } = draft;
  const { belowGuaranteeSinceMs } = draft.memory;
  const unmet = new Map<string, UnmetGuarantee>();
  const known = new Set<string>();
  for (const [key, { role, shape, held, uncertain }] of subtrees(draft)) {
    const promised = core.state.roles.get(role)?.guarantee ?? {};
    const dimension = [shapeDimension(shape), HOSTS].find((one) => promised[one] !== undefined);
    if (dimension === undefined) continue;
    known.add(key);
    const floor = Math.min(owed.effectiveGuarantee(role)[dimension] ?? 0, owed.demanded(role, shape));
    const missing = Math.min(floor, owed.of(role, shape)) - held;
    if (missing > 0) unmet.set(key, { role, shape, held, floor, missing });
    // Hosts whose forecast may still end their move do not end it: since when it lasts stands until that is known.
    if (missing + uncertain <= 0) belowGuaranteeSinceMs.delete(key);
    else if (missing > 0 && !belowGuaranteeSinceMs.has(key)) belowGuaranteeSinceMs.set(key, core.nowMs);
  }
  for (const key of [...belowGuaranteeSinceMs.keys()]) if (!known.has(key)) belowGuaranteeSinceMs.delete(key);
  return unmet;
}

/** Those that a host for the stock would help to meet: its own role's, and of the roles above it. */
export function unmetFor(
  unmet: ReadonlyMap<string, UnmetGuarantee>,
  { role, shape }: Stock,
): readonly UnmetGuarantee[] {
  return lineage(role).flatMap((path) => unmet.get(roleKey(path, shape)) ?? []);
}

interface Subtree {
  readonly role: string;
  readonly shape: string;
  held: number;
  uncertain: number;
}

function subtrees(draft: Draft): ReadonlyMap<string, Subtree> {
  const found = new Map<string, Subtree>();
  for (const stock of draft.stocks.values()) {
    const { shape } = stock;
    for (const role of lineage(stock.role)) {
      const key = roleKey(role, shape);
      let subtree = found.get(key);
      if (subtree === undefined) found.set(key, (subtree = { role, shape, held: 0, uncertain: 0 }));
      subtree.held += stock.held;
      subtree.uncertain += stock.uncertain;
    }
  }
  return found;
}
