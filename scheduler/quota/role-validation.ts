/** What is wrong with a change of a role, as sentences: form first, then how it fits the tree, then the fleet. */
import type { Core } from '../core.js';
import type { RoleChange } from '../operate/commands.js';
import { amount, quantityProblems, sortedKeys, type Quantities } from '../resources/index.js';
import type { ReclaimPolicy, RoleRecord } from '../state/records.js';
import { HOSTS, shapeOfDimension } from './dimensions.js';
import { buildQuotaTree, type RoleNode } from './quota-tree.js';
import { WEIGHT_MAX } from './shares.js';

const PRIORITY_MAX = 1_000_000;
const MOVES_PER_ROUND_MAX = 1_000;

/** Problems of the values by themselves, whatever other roles have. */
export function formProblems(core: Core, role: string, change: RoleChange): readonly string[] {
  const found: string[] = [];
  if (role === '/' && Object.keys(change.guarantee ?? {}).length > 0)
    found.push('the root role / cannot have a guarantee: it is the whole fleet; give it to the roles below');
  for (const field of ['guarantee', 'limit', 'lendingLimit', 'borrowingLimit'] as const) {
    const quantities = change[field];
    if (quantities === undefined) continue;
    found.push(...quantityProblems(quantities, field));
    for (const dimension of Object.keys(quantities)) {
      const shape = shapeOfDimension(dimension);
      if (shape !== null && !core.state.shapes.has(shape))
        found.push(`${field} names the shape "${shape}", which does not exist; there are: ${shapeNames(core)}`);
    }
  }
  if (change.guarantee?.[HOSTS] !== undefined && core.state.shapes.size > 1)
    found.push(
      `guarantee is given as plain hosts=${change.guarantee[HOSTS]}, but there are several shapes; name them: ${shapeDimensionNames(core)}`,
    );
  if (change.weight !== undefined && !isWhole(change.weight, 1, WEIGHT_MAX))
    found.push(`weight is ${change.weight}; it must be a whole number from 1 to ${WEIGHT_MAX}`);
  if (change.priority !== undefined && !isWhole(change.priority, -PRIORITY_MAX, PRIORITY_MAX))
    found.push(`priority is ${change.priority}; it must be a whole number from -${PRIORITY_MAX} to ${PRIORITY_MAX}`);
  if (change.reclaim !== undefined) found.push(...reclaimProblems(change.reclaim));
  return found;
}

function reclaimProblems(reclaim: ReclaimPolicy): readonly string[] {
  const found: string[] = [];
  for (const field of ['graceMs', 'deadlineMs'] as const) {
    if (!isWhole(reclaim[field], 0, Number.MAX_SAFE_INTEGER))
      found.push(`reclaim.${field} is ${reclaim[field]}; it must be a whole number of at least 0`);
  }
  if (!isWhole(reclaim.minHoldMs, -1, Number.MAX_SAFE_INTEGER))
    found.push(
      `reclaim.minHoldMs is ${reclaim.minHoldMs}; it must be a whole number of at least 0, or -1 for the configured default`,
    );
  if (!isWhole(reclaim.movesPerRound, 0, MOVES_PER_ROUND_MAX))
    found.push(
      `reclaim.movesPerRound is ${reclaim.movesPerRound}; it must be a whole number from 0 to ${MOVES_PER_ROUND_MAX}`,
    );
  return found;
}

/** Problems of the tree that these records make; empty when guarantees and limits agree. */
export function treeProblems(core: Core, records: readonly RoleRecord[]): readonly string[] {
  const byPath = new Map(records.map((record) => [record.path, record]));
  const found: string[] = [];
  for (const node of buildQuotaTree(records, core.capacity).values()) {
    const record = byPath.get(node.path);
    if (record !== undefined) found.push(...nodeProblems(node, record));
  }
  return found;
}

function nodeProblems(node: RoleNode, record: RoleRecord): readonly string[] {
  const found: string[] = [];
  for (const dimension of sortedKeys(record.guarantee)) {
    const own = amount(record.guarantee, dimension);
    const below = node.children.reduce((sum, child) => sum + amount(child.guarantee, dimension), 0);
    if (below > own)
      found.push(
        `the roles below ${node.path} are guaranteed ${dimension}=${below} together, more than its own guarantee ${dimension}=${own}`,
      );
  }
  for (const dimension of sortedKeys(record.limit)) {
    const limit = amount(record.limit, dimension);
    const guaranteed = dimension === HOSTS ? guaranteedHosts(node.guarantee) : amount(node.guarantee, dimension);
    if (guaranteed > limit)
      found.push(
        `role ${node.path} is guaranteed ${dimension}=${guaranteed}, more than its limit ${dimension}=${limit}`,
      );
  }
  for (const dimension of sortedKeys(record.lendingLimit)) {
    const lent = amount(record.lendingLimit, dimension);
    if (lent > amount(node.guarantee, dimension))
      found.push(
        `role ${node.path} has the lending limit ${dimension}=${lent}, more than the ${amount(node.guarantee, dimension)} it is guaranteed`,
      );
  }
  return found;
}

/** Dimensions in which all guarantees together are more than the fleet has, where the change makes them more. */
export function capacityProblems(core: Core, records: readonly RoleRecord[]): readonly string[] {
  const before = core.quota.root?.guarantee ?? {};
  const after = buildQuotaTree(records, core.capacity).get('/')?.guarantee ?? {};
  const found: string[] = [];
  for (const dimension of sortedKeys(after)) {
    const promised = dimension === HOSTS ? guaranteedHosts(after) : amount(after, dimension);
    const had = dimension === HOSTS ? guaranteedHosts(before) : amount(before, dimension);
    const there = available(core, dimension);
    if (promised > there && promised > had)
      found.push(`guarantees would add up to ${dimension}=${promised}, but the fleet has ${there}`);
  }
  return found;
}

/** Hosts guaranteed in all: by plain count or by shape, whichever is more. */
function guaranteedHosts(guarantee: Quantities): number {
  let byShape = 0;
  for (const dimension in guarantee) if (shapeOfDimension(dimension) !== null) byShape += amount(guarantee, dimension);
  return Math.max(byShape, amount(guarantee, HOSTS));
}

function available(core: Core, dimension: string): number {
  if (dimension === HOSTS) return core.capacity.hosts;
  const shape = shapeOfDimension(dimension);
  return shape === null ? amount(core.capacity.total, dimension) : core.capacity.shape(shape).hosts;
}

function shapeNames(core: Core): string {
  return [...core.state.shapes.values()]
    .map((record) => record.shape)
    .sort()
    .join(', ');
}

function shapeDimensionNames(core: Core): string {
  return [...core.state.shapes.values()]
    .map((record) => `hosts/${record.shape}`)
    .sort()
    .join(', ');
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
