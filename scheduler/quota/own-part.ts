import { amount, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { RoleNode } from './quota-tree.js';

/**
 * What of a role's use is not borrowed: what exactly this role is promised, or what the roles below it use of theirs where
 * that is more. What they leave idle of their guarantees is lent to anybody alike, and to their siblings no better.
 *
 * @param useOf what a role and its subtree are charged
 */
export function ownPart(node: RoleNode, useOf: (path: string) => Quantities): Quantities {
  if (!node.isSum) return node.own;
  const part: MutableQuantities = {};
  sumInto(part, node, ownUsedBelow(node, useOf));
  return part;
}

/** What the roles right below this one use of their own parts, together. */
export function ownUsedBelow(node: RoleNode, useOf: (path: string) => Quantities): MutableQuantities {
  const used: MutableQuantities = {};
  for (const child of node.children) {
    const own = ownPart(child, useOf);
    const use = useOf(child.path);
    for (const dimension in own)
      used[dimension] = amount(used, dimension) + Math.min(amount(use, dimension), amount(own, dimension));
  }
  return used;
}

/**
 * Writes the own part of a role that is one of sums into `target`.
 * @param usedBelow as `ownUsedBelow` has it
 */
export function sumInto(target: MutableQuantities, { own, ownPromised }: RoleNode, usedBelow: Quantities): void {
  for (const dimension in own) {
    const whole = amount(own, dimension);
    const promised = amount(ownPromised, dimension);
    target[dimension] = whole > promised ? Math.max(promised, amount(usedBelow, dimension)) : whole;
  }
}
