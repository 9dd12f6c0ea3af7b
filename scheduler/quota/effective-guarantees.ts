/**
 * What is left of guarantees when there are fewer hosts than were promised: the lowest priority shrinks first, and within
 * one priority the hosts go one after the other to the role with the smallest part of its guarantee filled, which is the
 * same rule by which entitlements fill guarantees.
 */
import { amount, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { Capacity } from './capacity.js';
import { HOSTS, shapeOfDimension } from './dimensions.js';
import type { QuotaTree, RoleNode } from './quota-tree.js';
import { partsPerBillion } from './shares.js';

/** By role path; dimensions without a guarantee are absent. */
export function effectiveGuarantees(quota: QuotaTree, capacity: Capacity): ReadonlyMap<string, Quantities> {
  const effective = new Map<string, MutableQuantities>();
  const root = quota.root;
  if (root === null) return effective;
  const dimensions = Object.keys(root.guarantee);
  for (const dimension of dimensions) {
    shrink([root], dimension, Math.min(amount(root.guarantee, dimension), available(capacity, dimension)), effective);
  }
  return effective;
}

function available(capacity: Capacity, dimension: string): number {
  if (dimension === HOSTS) return capacity.hosts;
  const shape = shapeOfDimension(dimension);
  return shape === null ? amount(capacity.total, dimension) : capacity.shape(shape).hosts;
}

/** Divides `left` of the dimension among siblings, then what each got among its children. */
function shrink(
  siblings: readonly RoleNode[],
  dimension: string,
  left: number,
  effective: Map<string, MutableQuantities>,
): void {
  const owed = siblings.filter((node) => amount(node.guarantee, dimension) > 0);
  const byPriority = [...new Set(owed.map((node) => node.priority))].sort((a, b) => b - a);
  let rest = left;
  for (const priority of byPriority) {
    const equals = owed.filter((node) => node.priority === priority);
    const divided = divide(equals, dimension, rest);
    for (const [node, part] of divided) {
      rest -= part;
      let of = effective.get(node.path);
      if (of === undefined) effective.set(node.path, (of = {}));
      of[dimension] = part;
      shrink(node.children, dimension, part, effective);
    }
  }
}

function divide(
  equals: readonly RoleNode[],
  dimension: string,
  left: number,
): readonly (readonly [RoleNode, number])[] {
  const owed = equals.map((node) => amount(node.guarantee, dimension));
  const sum = owed.reduce((total, part) => total + part, 0);
  if (sum <= left) return equals.map((node, index) => [node, owed[index] ?? 0]);
  const parts = isCount(dimension) ? fillOneByOne(owed, left) : inProportion(owed, sum, left);
  return equals.map((node, index) => [node, parts[index] ?? 0]);
}

/** Hosts are counted out one by one: siblings are in order of path, so the earlier path wins a tie. */
function fillOneByOne(owed: readonly number[], left: number): readonly number[] {
  const parts = owed.map(() => 0);
  for (let given = 0; given < left; given += 1) {
    let least = -1;
    let leastFilled = Infinity;
    for (const [index, whole] of owed.entries()) {
      const part = parts[index] ?? 0;
      if (part >= whole) continue;
      const filled = partsPerBillion(part, whole);
      if (filled < leastFilled) [least, leastFilled] = [index, filled];
    }
    if (least < 0) break;
    parts[least] = (parts[least] ?? 0) + 1;
  }
  return parts;
}

/** Rounded down to a billionth of what is left: bytes and milli-CPUs are not counted out one by one. */
function inProportion(owed: readonly number[], sum: number, left: number): readonly number[] {
  return owed.map((part) => Math.floor((left / 1_000_000_000) * partsPerBillion(part, sum)));
}

function isCount(dimension: string): boolean {
  return dimension === HOSTS || shapeOfDimension(dimension) !== null;
}
