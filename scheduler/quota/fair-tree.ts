/**
 * Who gets the next host or slice: one rule, used by the allocator on what is held now and by `entitlements` on nothing
 * held yet.
 *
 * The next grant goes down the tree of roles that still want something. At every level it goes to the child that is
 * first in this order:
 *
 *   1. children below their guarantee before the others; among these the higher priority, then the lower part of the
 *      guarantee that is filled. What a child is guaranteed itself counts, whoever below it uses it. What is only the sum
 *      of the guarantees below it counts as long as its own first child lacks some of it: a sibling of that child neither
 *      goes first for it nor uses it up;
 *   2. the smaller weighted dominant share of what is borrowed (`shares.ts`): of what is used above the own part, to which
 *      guarantees of roles below belong only as far as they are used (`own-part.ts`);
 *   3. a child that holds more than it was given so far, so that a tie moves nothing;
 *   4. the path.
 *
 * A role with both children and demand of its own competes with its children as one more child, of weight 1 and without
 * guarantee. Each level is a binary heap. A grant changes only the nodes on its way down, and these are the tops of
 * their heaps, so each costs one sift per level; nothing is sorted again, and nothing is looked at that wants nothing.
 */
import { heapify, siftDown, takeFirst } from '../heap.js';
import { addInto, amount, NO_QUANTITIES, type MutableQuantities, type Quantities } from '../resources/index.js';
import { ownUsedBelow, sumInto } from './own-part.js';
import type { QuotaTree, RoleNode } from './quota-tree.js';
import { compareWeighted, dominantShareInto, type DominantShare } from './shares.js';

/** Where the tree reads what roles have. Read again after every grant. */
export interface UseSource {
  /** Charged to the role and its subtree. */
  total(role: string): Quantities;
  /** Charged to the role itself. */
  own(role: string): Quantities;
  /** How many of what is given out the role's subtree holds already (tie-break); 0 where that does not matter. */
  held(role: string): number;
}

export interface FairTreeOptions {
  readonly quota: QuotaTree;
  /** Resources of the fleet that count in shares: what shares are parts of. */
  readonly fleet: Quantities;
  /** Whether a grant of this run counts in the dimension; guarantees in others say nothing about its order. */
  readonly counts: (dimension: string) => boolean;
  readonly use: UseSource;
}

interface Guaranteed {
  readonly dimension: string;
  readonly amount: number;
  /** Whether exactly this role is promised it; else those below it are. */
  readonly isOwn: boolean;
}

interface OwnSum {
  readonly node: RoleNode;
  /** What its children use of their own parts. */
  readonly used: MutableQuantities;
  /** The own part that follows. */
  readonly part: MutableQuantities;
}

interface Branch<Leaf> extends DominantShare {
  readonly path: string;
  readonly parent: Branch<Leaf> | null;
  readonly weight: number;
  readonly priority: number;
  /** Guaranteed dimensions that count in this run. */
  readonly guaranteed: readonly Guaranteed[];
  /** What of its use is not borrowed (`own-part.ts`); follows every grant below it where `sum` is not null. */
  readonly ownPart: Quantities;
  /** Where its own part depends on what those below it use of theirs; null for others, and for the root, which has no siblings. */
  readonly sum: OwnSum | null;
  /** What it adds to the sum of its parent, as of the last grant. */
  readonly counted: MutableQuantities;
  /** It uses all of an own part that stays as it is: grants add nothing to what is counted. */
  isCountedOut: boolean;
  readonly use: () => Quantities;
  readonly held: number;
  given: number;
  /** Heap of the children that still want something; the first is next. Empty for leaves. */
  readonly heap: Branch<Leaf>[];
  readonly leaf: Leaf | null;
  // The order, as of the last look.
  below: boolean;
  filled: number;
}

export class FairTree<Leaf> {
  readonly #options: FairTreeOptions;
  readonly #branches = new Map<string, Branch<Leaf>>();
  readonly #root: Branch<Leaf> | null;

  /** @param leaves what wants something, one per role at most; roles that do not exist are left out */
  constructor(options: FairTreeOptions, leaves: ReadonlyMap<string, Leaf>) {
    this.#options = options;
    const root = options.quota.root;
    this.#root = root === null ? null : this.#branch(root, null);
    for (const [role, leaf] of leaves) {
      const node = options.quota.node(role);
      if (node !== undefined) this.#addLeaf(node, leaf);
    }
    // From the leaves up: where a role stands depends on its first child. Parents were made before their children.
    for (const branch of [...this.#branches.values()].reverse()) {
      heapify(branch.heap, before);
      this.#look(branch);
    }
  }

  /**
   * Serves leaf after leaf until none wants anything. `serve` grants what it can to the leaf that is next and returns
   * how many; 0 says that the leaf can get nothing more in this run.
   */
  run(serve: (leaf: Leaf) => number): void {
    const root = this.#root;
    if (root === null) return;
    for (let next = root.heap[0]; next !== undefined; next = root.heap[0]) {
      let branch = next;
      for (let down = branch.heap[0]; down !== undefined; down = branch.heap[0]) branch = down;
      const given = branch.leaf === null ? 0 : serve(branch.leaf);
      if (given === 0) this.#removeTop(branch);
      else this.#granted(branch, given);
    }
  }

  #addLeaf(node: RoleNode, leaf: Leaf): void {
    const hasBelow = node.children.length > 0;
    if (!hasBelow && node.parent !== null) {
      const parent = this.#branch(node.parent, null);
      parent.heap.push(this.#make(node, parent, leaf));
      return;
    }
    const around = this.#branch(node, null);
    const own: Branch<Leaf> = {
      path: node.path,
      parent: around,
      weight: 1,
      priority: 0,
      guaranteed: [],
      ownPart: NO_QUANTITIES,
      sum: null,
      counted: {},
      isCountedOut: false,
      use: () => this.#options.use.own(node.path),
      held: 0,
      given: 0,
      heap: [],
      leaf,
      below: false,
      filled: 0,
      share: 0,
      borrowed: 0,
      whole: 1,
    };
    this.#look(own);
    around.heap.push(own);
  }

  /** The inner branch of a role, made with all its ancestors when it is first needed. */
  #branch(node: RoleNode, leaf: Leaf | null): Branch<Leaf> {
    const known = this.#branches.get(node.path);
    if (known !== undefined) return known;
    const parent = node.parent === null ? null : this.#branch(node.parent, null);
    const branch = this.#make(node, parent, leaf);
    this.#branches.set(node.path, branch);
    parent?.heap.push(branch);
    return branch;
  }

  #make(node: RoleNode, parent: Branch<Leaf> | null, leaf: Leaf | null): Branch<Leaf> {
    const { counts, use } = this.#options;
    const sum = node.isSum && parent !== null ? sumOf(node, (path) => use.total(path)) : null;
    const branch: Branch<Leaf> = {
      path: node.path,
      parent,
      weight: node.weight,
      priority: node.priority,
      guaranteed: guaranteedOf(node, counts),
      ownPart: sum?.part ?? node.own,
      sum,
      counted: {},
      isCountedOut: false,
      use: () => use.total(node.path),
      held: use.held(node.path),
      given: 0,
      heap: [],
      leaf,
      below: false,
      filled: 0,
      share: 0,
      borrowed: 0,
      whole: 1,
    };
    if (parent !== null && parent.sum !== null) countOwn(branch, branch.use());
    if (leaf !== null) this.#look(branch);
    return branch;
  }

  #granted(leaf: Branch<Leaf>, given: number): void {
    for (
      let branch: Branch<Leaf> = leaf, parent = leaf.parent;
      parent !== null;
      branch = parent, parent = parent.parent
    ) {
      branch.given += given;
      if (parent.sum !== null) recount(branch, parent.sum);
      this.#moveDown(branch, parent);
    }
  }

  /** Takes the branch (the top of its heap) out, and with it every ancestor that has nothing left. */
  #removeTop(top: Branch<Leaf>): void {
    let removed = top;
    for (let parent = top.parent; parent !== null; parent = parent.parent) {
      takeFirst(parent.heap, before);
      removed = parent;
      if (parent.heap.length > 0) break;
    }
    // Those above have another first child now.
    for (let branch = removed, parent = branch.parent; parent !== null; branch = parent, parent = parent.parent)
      this.#moveDown(branch, parent);
  }

  /** Finds the place of the first child of the parent, after something below it has changed. */
  #moveDown(branch: Branch<Leaf>, parent: Branch<Leaf>): void {
    // Who has nobody beside it is next, whatever it has.
    if (parent.heap.length === 1) return;
    this.#look(branch);
    siftDown(parent.heap, 0, before);
  }

  /** Brings the order's terms up to date. */
  #look(branch: Branch<Leaf>): void {
    const use = branch.use();
    branch.below = false;
    branch.filled = Infinity;
    for (const guaranteed of branch.guaranteed) {
      const has = amount(use, guaranteed.dimension);
      const filled = guaranteed.isOwn ? partOf(has, guaranteed) : filledBelow(branch, has, guaranteed);
      if (filled === null) continue;
      branch.below = true;
      branch.filled = Math.min(branch.filled, filled);
    }
    if (!branch.below) dominantShareInto(branch, use, branch.ownPart, this.#options.fleet);
  }
}

function sumOf(node: RoleNode, useOf: (path: string) => Quantities): OwnSum {
  const used = ownUsedBelow(node, useOf);
  const part: MutableQuantities = {};
  sumInto(part, node, used);
  return { node, used, part };
}

/** Brings the parent's sum up to date after a grant to the branch; nothing is allocated, because every grant asks. */
function recount<Leaf>(branch: Branch<Leaf>, sum: OwnSum): void {
  if (branch.isCountedOut) return;
  addInto(sum.used, branch.counted, -1);
  countOwn(branch, branch.use());
  addInto(sum.used, branch.counted, 1);
  sumInto(sum.part, sum.node, sum.used);
}

function countOwn<Leaf>(branch: Branch<Leaf>, use: Quantities): void {
  const { counted, ownPart } = branch;
  let isOut = branch.sum === null;
  for (const dimension in ownPart) {
    const part = amount(ownPart, dimension);
    const has = amount(use, dimension);
    counted[dimension] = Math.min(has, part);
    if (has < part) isOut = false;
  }
  branch.isCountedOut = isOut;
}

/** What part of it is filled; null when all of it is. */
function partOf(has: number, guaranteed: Guaranteed): number | null {
  return has < guaranteed.amount ? has / guaranteed.amount : null;
}

/**
 * The same of what is promised to roles below the branch: null when its first child lacks none of it, since nothing that
 * this one gets is then promised to anybody. The child's part when others below the branch use as much as all are promised.
 */
function filledBelow<Leaf>(branch: Branch<Leaf>, has: number, guaranteed: Guaranteed): number | null {
  const [first] = branch.heap;
  const childs = first?.guaranteed.find(({ dimension }) => dimension === guaranteed.dimension);
  if (first === undefined || childs === undefined) return null;
  const childHas = amount(first.use(), childs.dimension);
  const part = childs.isOwn ? partOf(childHas, childs) : filledBelow(first, childHas, childs);
  return part === null ? null : (partOf(has, guaranteed) ?? part);
}

const NONE_GUARANTEED: readonly Guaranteed[] = [];

function guaranteedOf(
  { guarantee, promised }: RoleNode,
  counts: (dimension: string) => boolean,
): readonly Guaranteed[] {
  let found: Guaranteed[] | null = null;
  for (const dimension in guarantee) {
    const value = amount(guarantee, dimension);
    if (value > 0 && counts(dimension))
      (found ??= []).push({ dimension, amount: value, isOwn: promised[dimension] !== undefined });
  }
  return found ?? NONE_GUARANTEED;
}

/** Whether `a` is served before `b`: the order of the top comment. */
function before<Leaf>(a: Branch<Leaf>, b: Branch<Leaf>): boolean {
  if (a.below !== b.below) return a.below;
  if (a.below) {
    if (a.priority !== b.priority) return a.priority > b.priority;
    if (a.filled !== b.filled) return a.filled < b.filled;
  } else {
    const order = compareWeighted(a, a.weight, b, b.weight);
    if (order !== 0) return order < 0;
  }
  const aKeeps = a.held > a.given;
  if (aKeeps !== b.held > b.given) return aKeeps;
  return a.path < b.path;
}
