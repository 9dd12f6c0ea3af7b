/** Ceilings of roles, and what lending limits keep free for others. */
import type { Core } from '../core.js';
import { amount, withoutZeros, type Quantities } from '../resources/index.js';
import { countsHosts } from './dimensions.js';
import { isWithin, lineage } from './paths.js';
import type { RoleNode } from './quota-tree.js';

export interface LimitHit {
  /** The role whose limit it is: the one asked about or an ancestor. */
  readonly role: string;
  readonly dimension: string;
  readonly limit: number;
  /** Charged to it now: leases, tasks, open offers, moves in. */
  readonly used: number;
}

export interface RoleUsage {
  readonly used: Quantities;
  readonly offered: Quantities;
  readonly movingIn: Quantities;
  readonly reserved: Quantities;
}

/** What the role and its subtree are charged. */
export function usage(core: Core, role: string): RoleUsage {
  const account = core.ledger.account(role);
  return {
    used: withoutZeros(account.used),
    offered: withoutZeros(account.offered),
    movingIn: withoutZeros(account.movingIn),
    reserved: withoutZeros(account.reserved),
  };
}

/**
 * The first ceiling, from the role upwards, that `charge` on top of what is charged now would pass; null when none.
 *
 * @param from role that holds the same thing now and gives it up: roles that contain both are charged nothing more
 */
export function wouldExceedLimit(
  core: Core,
  role: string,
  charge: Quantities,
  from: string | null = null,
): LimitHit | null {
  return firstCeilingHit(core, role, charge, (path) => core.ledger.account(path).total, from);
}

/** As `wouldExceedLimit`, over any account of use. */
export function firstCeilingHit(
  core: Core,
  role: string,
  charge: Quantities,
  totalOf: (role: string) => Quantities,
  from: string | null = null,
): LimitHit | null {
  for (const path of lineage(role)) {
    if (from !== null && isWithin(from, path)) return null;
    const node = core.quota.node(path);
    if (node === undefined) continue;
    const { ceiling } = node;
    for (const dimension in ceiling) {
      const more = amount(charge, dimension);
      if (more === 0) continue;
      const limit = amount(ceiling, dimension);
      const used = amount(totalOf(path), dimension);
      if (used + more > limit) return { role: path, dimension, limit, used };
    }
  }
  return null;
}

/** `role /a is at its limit hosts=20 (20 in use)` */
export function limitText(hit: LimitHit): string {
  return `role ${hit.role} is at its limit ${hit.dimension}=${hit.limit} (${hit.used} in use)`;
}

/**
 * How much of a dimension must stay free for roles outside the way from the root to `role`: the part of their guarantees
 * that they do not lend and do not use. When there is less than was promised it is what is left of the guarantees that
 * counts: of whole hosts they then never keep from a role what is left of its own. Hosts of a shape are asked for with both
 * of its dimensions; the larger counts.
 */
export function keptFromOthers(
  core: Core,
  role: string,
  dimensions: readonly string[],
  totalOf: (role: string) => Quantities,
): number {
  const root = core.quota.root;
  if (root?.keeps !== true) return 0;
  let kept = 0;
  const way = new Set(lineage(role));
  for (let node: RoleNode | undefined = root; node !== undefined;) {
    let next: RoleNode | undefined;
    for (const child of node.children) {
      if (way.has(child.path)) next = child;
      else if (child.keeps) kept += keptBy(core, child, dimensions, totalOf);
    }
    node = next;
  }
  return kept;
}

function keptBy(
  core: Core,
  node: RoleNode,
  dimensions: readonly string[],
  totalOf: (role: string) => Quantities,
): number {
  let own = 0;
  for (const dimension of dimensions) {
    const lent = node.lendingLimit[dimension];
    if (lent === undefined) continue;
    const owed = amount(core.quota.effectiveGuarantee(node.path), dimension);
    own = Math.max(own, owed - lent - amount(totalOf(node.path), dimension));
  }
  let below = 0;
  for (const child of node.children) if (child.keeps) below += keptBy(core, child, dimensions, totalOf);
  return Math.max(own, below);
}

/** Every ceiling that the role and its ancestors are above of now. */
export function exceededCeilings(core: Core, role: string): readonly LimitHit[] {
  const hits: LimitHit[] = [];
  for (const path of lineage(role)) {
    const ceiling = core.quota.node(path)?.ceiling ?? {};
    for (const dimension in ceiling) {
      const limit = amount(ceiling, dimension);
      const used = amount(core.ledger.account(path).total, dimension);
      if (used > limit) hits.push({ role: path, dimension, limit, used });
    }
  }
  return hits;
}

/** Whether any ceiling of the role or its ancestors counts whole hosts. */
export function limitsHosts(core: Core, role: string): boolean {
  return lineage(role).some((path) => Object.keys(core.quota.node(path)?.ceiling ?? {}).some(countsHosts));
}
