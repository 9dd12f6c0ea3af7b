import { amount, max, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { RoleNode } from './quota-tree.js';

/**
 * What of a role's use is not borrowed: what exactly this role is promised, or what the roles below it use of theirs where
 * that is more. What they leave idle of their guarantees is lent to anybody alike, and to their siblings no better.
 *
 * @param useOf what a role and its subtree are charged
 */
export function ownPart(node: RoleNode, useOf: (path: string) => Quantities): Quantities {
  return node.isSum ? max(node.ownPromised, usedOfOwn(node.children, useOf)) : node.own;
}

/** What the roles use of their own parts, together. */
function usedOfOwn(nodes: readonly RoleNode[], useOf: (path: string) => Quantities): Quantities {
  const used: MutableQuantities = {};
  for (const node of nodes) {
    const own = ownPart(node, useOf);
    const use = useOf(node.path);
    for (const dimension in own)
      used[dimension] = amount(used, dimension) + Math.min(amount(use, dimension), amount(own, dimension));
  }
  return used;
}
