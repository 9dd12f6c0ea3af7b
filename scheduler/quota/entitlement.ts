/**
 * The one entitlement: how many whole hosts of each shape every role is owed, given what is demanded, by filling the
 * fleet from nothing, one host at a time, in the order of `fair-tree.ts`: guarantees first, then the surplus by weighted
 * dominant share of the borrowed part, up to demand and never past a limit or into what a lending limit keeps for others.
 * Integers come out by construction. The allocator follows the same order from what is held, the planner compares what is
 * held with this; so neither undoes the other's work.
 *
 * Shapes are filled by rank, special ones first: who needs a rare shape takes it, and then stands behind those who can
 * only use common hosts. Tasks on shared hosts are charged from the start. A host counts as one of average size of its
 * shape.
 */
import type { Core } from '../core.js';
import { addInto, amount, NO_QUANTITIES, type MutableQuantities, type Quantities } from '../resources/index.js';
import { HOSTS, shapeDimension } from './dimensions.js';
import { FairTree } from './fair-tree.js';
import { hostDemand } from './host-demand.js';
import { firstCeilingHit, keptFromOthers } from './limits.js';
import { ownPart } from './own-part.js';
import { lineage } from './paths.js';
import { averageHost, hostDimensions } from './quota-tree.js';
import { borrowedShare } from './shares.js';

export interface Entitlements {
  /** Hosts owed to the role and its subtree. */
  of(role: string, shape: string): number;
  /** Hosts demanded by the role and its subtree, held ones included. */
  demanded(role: string, shape: string): number;
  /** Shapes with hosts or demand, special ones first. */
  readonly shapes: readonly string[];
  /** Hosts of the shape that roles can hold. */
  capacity(shape: string): number;
  /** The guarantee after shrinking to live capacity; where the role has none itself, the sum of those below it. */
  effectiveGuarantee(role: string): Quantities;
  /** The same without that sum: what no move of ours may leave it without while it asks for it. */
  effectivePromise(role: string, dimension: string): number;
  /** Weighted dominant share of what the role borrows now, in millionths. */
  shareMicro(role: string): number;
}

interface Memo {
  readonly versions: string;
  readonly entitlements: Entitlements;
}

/** A memo, not state: the same versions give the same answer. */
const memos = new WeakMap<Core, Memo>();

export function entitlements(core: Core): Entitlements {
  const { ledger, capacity, demandIndex, quota } = core;
  // Demand depends on time only through deadlines; the moment is part of the key only where there are any.
  const versions = [
    ledger.version,
    capacity.version,
    demandIndex.version,
    quota.version,
    demandIndex.hasDeadlines ? core.nowMs : 0,
  ].join('/');
  const memo = memos.get(core);
  if (memo?.versions === versions) return memo.entitlements;
  const fresh = fill(core);
  memos.set(core, { versions, entitlements: fresh });
  return fresh;
}

interface RoleFill {
  readonly total: MutableQuantities;
  readonly own: MutableQuantities;
}

function fill(core: Core): Entitlements {
  const demandedByRole = demandByRole(core);
  const shapes = shapesByRank(core, demandedByRole);
  const fills = new Map<string, RoleFill>();
  const fillOf = (role: string): RoleFill => {
    let of = fills.get(role);
    if (of === undefined) fills.set(role, (of = { total: {}, own: {} }));
    return of;
  };
  for (const role of core.state.roles.values()) {
    const { own, ownHosts } = core.ledger.account(role.path);
    const ownSlices = { ...own };
    addInto(ownSlices, ownHosts, -1);
    addInto(fillOf(role.path).own, ownSlices, 1);
    for (const path of lineage(role.path)) addInto(fillOf(path).total, ownSlices, 1);
  }
  for (const shape of shapes) fillShape(core, shape, demandedByRole.get(shape) ?? new Map<string, number>(), fillOf);
  const demandedTotals = subtreeTotals(demandedByRole);
  return {
    of: (role, shape) => amount(fills.get(role)?.total ?? NO_QUANTITIES, shapeDimension(shape)),
    demanded: (role, shape) => demandedTotals.get(shape)?.get(role) ?? 0,
    shapes,
    capacity: (shape) => core.capacity.shape(shape).hosts,
    effectiveGuarantee: (role) => core.quota.effectiveGuarantee(role),
    effectivePromise: (role, dimension) => core.quota.effectivePromise(role, dimension),
    shareMicro: (role) => {
      const node = core.quota.node(role);
      if (node === undefined) return 0;
      const useOf = (path: string): Quantities => core.ledger.account(path).total;
      const share = borrowedShare(useOf(role), ownPart(node, useOf), core.capacity.inShares);
      return Math.floor(share / (1000 * node.weight));
    },
  };
}

function fillShape(
  core: Core,
  shape: string,
  demanded: ReadonlyMap<string, number>,
  fillOf: (role: string) => RoleFill,
): void {
  const dimension = shapeDimension(shape);
  const charge: Quantities = { ...averageHost(core.capacity, shape), [HOSTS]: 1, [dimension]: 1 };
  const dimensions = hostDimensions(shape);
  const totalOf = (role: string): Quantities => fillOf(role).total;
  const leaves = new Map([...demanded].map(([role, wanted]) => [role, { role, left: wanted }]));
  let free = core.capacity.shape(shape).hosts;
  const tree = new FairTree<{ readonly role: string; left: number }>(
    {
      quota: core.quota,
      fleet: core.capacity.inShares,
      counts: (name) => amount(charge, name) > 0,
      use: {
        total: totalOf,
        own: (role) => fillOf(role).own,
        // A lost host serves nobody: it must not win its holder a tie.
        held: (role) => amount(core.ledger.served(role), dimension),
      },
    },
    leaves,
  );
  tree.run((leaf) => {
    if (free === 0 || leaf.left === 0) return 0;
    if (firstCeilingHit(core, leaf.role, charge, totalOf) !== null) return 0;
    if (free <= keptFromOthers(core, leaf.role, dimensions, totalOf)) return 0;
    free -= 1;
    leaf.left -= 1;
    addInto(fillOf(leaf.role).own, charge, 1);
    for (const path of lineage(leaf.role)) addInto(fillOf(path).total, charge, 1);
    return 1;
  });
}

/** shape → role → hosts wanted by frameworks in exactly that role. */
function demandByRole(core: Core): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byShape = new Map<string, Map<string, number>>();
  for (const { shape, role, wanted } of hostDemand(core)) {
    let byRole = byShape.get(shape);
    if (byRole === undefined) {
      byRole = new Map<string, number>();
      byShape.set(shape, byRole);
    }
    byRole.set(role, (byRole.get(role) ?? 0) + wanted);
  }
  return byShape;
}

function subtreeTotals(
  demanded: ReadonlyMap<string, ReadonlyMap<string, number>>,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const totals = new Map<string, Map<string, number>>();
  for (const [shape, byRole] of demanded) {
    const of = new Map<string, number>();
    for (const [role, wanted] of byRole) for (const path of lineage(role)) of.set(path, (of.get(path) ?? 0) + wanted);
    totals.set(shape, of);
  }
  return totals;
}

function shapesByRank(core: Core, demanded: ReadonlyMap<string, unknown>): readonly string[] {
  const names = new Set([...core.capacity.shapes(), ...demanded.keys()]);
  const rank = (shape: string): number => core.state.shapes.get(shape)?.rank ?? Number.MAX_SAFE_INTEGER;
  return [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
