/**
 * What is left of guarantees when there is less than was promised: the lowest priority shrinks first, and within one
 * priority the hosts go one after the other to the role with the smallest part of its guarantee filled, which is the same
 * rule by which entitlements fill guarantees. What a lending limit keeps free for a role follows it (`limits.ts`).
 */
import { siftDown, takeFirst } from '../heap.js';
import { amount, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { Capacity } from './capacity.js';
import { HOSTS, shapeOfDimension } from './dimensions.js';
import { partsPerBillion } from './shares.js';

/** Of a role in the quota tree, what counts here. */
interface Guaranteed {
  readonly path: string;
  readonly priority: number;
  readonly guarantee: Quantities;
  /** By path. */
  readonly children: readonly Guaranteed[];
}

/** By role path; dimensions without a guarantee are absent. */
export function effectiveGuarantees(root: Guaranteed | null, capacity: Capacity): ReadonlyMap<string, Quantities> {
  const effective = new Map<string, MutableQuantities>();
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
  siblings: readonly Guaranteed[],
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
  equals: readonly Guaranteed[],
  dimension: string,
  left: number,
): readonly (readonly [Guaranteed, number])[] {
  const owed = equals.map((node) => amount(node.guarantee, dimension));
  const sum = owed.reduce((total, part) => total + part, 0);
  if (sum <= left) return equals.map((node, index) => [node, owed[index] ?? 0]);
  const parts = isCount(dimension) ? fillOneByOne(owed, left) : inProportion(owed, sum, left);
  return equals.map((node, index) => [node, parts[index] ?? 0]);
}

interface Filling {
  readonly index: number;
  readonly whole: number;
  part: number;
  filled: number;
}

/** Hosts are counted out one by one: siblings are in order of path, so the earlier path wins a tie. */
function fillOneByOne(owed: readonly number[], left: number): readonly number[] {
  const all = owed.map((whole, index): Filling => ({ index, whole, part: 0, filled: 0 }));
  const heap = [...all];
  for (let given = 0; given < left; given += 1) {
    const [next] = heap;
    if (next === undefined) break;
    next.part += 1;
    next.filled = partsPerBillion(next.part, next.whole);
    if (next.part === next.whole) takeFirst(heap, filledLess);
    else siftDown(heap, 0, filledLess);
  }
  return all.map(({ part }) => part);
}

function filledLess(a: Filling, b: Filling): boolean {
  return a.filled === b.filled ? a.index < b.index : a.filled < b.filled;
}

/** Rounded down: bytes and milli-CPUs are not counted out one by one. The products pass 2^53. */
function inProportion(owed: readonly number[], sum: number, left: number): readonly number[] {
  return owed.map((part) => Number((BigInt(left) * BigInt(part)) / BigInt(sum)));
}

function isCount(dimension: string): boolean {
  return dimension === HOSTS || shapeOfDimension(dimension) !== null;
}
