/**
 * The roles as a tree with what follows from their records: what each is guaranteed in all, what it may never exceed,
 * and which part of its use is its own. Derived from the role table and the fleet's capacity, and derived again only
 * after one of them has changed.
 */
import { amount, fits, NO_QUANTITIES, type MutableQuantities, type Quantities } from '../resources/index.js';
import type { ClusterState } from '../state/cluster-state.js';
import type { RoleRecord } from '../state/records.js';
import type { Capacity } from './capacity.js';
import { countsHosts, HOSTS, shapeDimension, shapeOfDimension } from './dimensions.js';
import { effectiveGuarantees } from './effective-guarantees.js';
import { parentOf } from './paths.js';

export interface RoleNode {
  readonly path: string;
  readonly parent: RoleNode | null;
  /** By path. */
  readonly children: readonly RoleNode[];
  readonly weight: number;
  readonly priority: number;
  /** What exactly this role is guaranteed. */
  readonly promised: Quantities;
  /** The same; in dimensions where it is guaranteed nothing itself, the sum of its children's, which stays theirs. */
  readonly guarantee: Quantities;
  /** The smaller of its limit and guarantee + borrowingLimit; absent = none. */
  readonly ceiling: Quantities;
  /** The guarantee in resources: a guaranteed host counts as one of average size. */
  readonly own: Quantities;
  /** The same of what exactly this role is guaranteed. */
  readonly ownPromised: Quantities;
  /** Whether `own` is more than that anywhere: then its children's are part of it, and count only as far as used (`own-part.ts`). */
  readonly isSum: boolean;
  /** How much of its idle guarantee others may have; absent = all of it. */
  readonly lendingLimit: Quantities;
  /** Whether it or a role below it has a lending limit. */
  readonly keeps: boolean;
}

type Growing = { -readonly [K in keyof RoleNode]: RoleNode[K] } & { children: Growing[] };

export class QuotaTree {
  readonly #state: ClusterState;
  readonly #capacity: Capacity;
  #nodes = new Map<string, RoleNode>();
  /** Found when it is first asked for. */
  #effective: ReadonlyMap<string, Quantities> | null = null;
  #rolesVersion = 0;
  #builtForRoles = -1;
  #builtForCapacity = -1;

  constructor(state: ClusterState, capacity: Capacity) {
    this.#state = state;
    this.#capacity = capacity;
    state.roles.observe(() => {
      this.#rolesVersion += 1;
    });
  }

  /** Rises with every change of any role. */
  get version(): number {
    return this.#rolesVersion;
  }

  node(path: string): RoleNode | undefined {
    return this.#current().get(path);
  }

  /** Null before the defaults were put in. */
  get root(): RoleNode | null {
    return this.#current().get('/') ?? null;
  }

  /** What is left of the role's guarantee in what the fleet has now. */
  effectiveGuarantee(path: string): Quantities {
    const { root } = this;
    this.#effective ??= effectiveGuarantees(root, this.#capacity);
    return this.#effective.get(path) ?? NO_QUANTITIES;
  }

  /** How much of the dimension is left of what exactly this role is promised: what roles below it are promised is theirs. */
  effectivePromise(path: string, dimension: string): number {
    const isPromised = this.node(path)?.promised[dimension] !== undefined;
    return isPromised ? amount(this.effectiveGuarantee(path), dimension) : 0;
  }

  #current(): ReadonlyMap<string, RoleNode> {
    if (this.#rolesVersion === this.#builtForRoles && this.#capacity.version === this.#builtForCapacity)
      return this.#nodes;
    this.#nodes = buildQuotaTree([...this.#state.roles.values()], this.#capacity);
    this.#effective = null;
    this.#builtForRoles = this.#rolesVersion;
    this.#builtForCapacity = this.#capacity.version;
    return this.#nodes;
  }
}

/** Derives the tree from role records; also used to try a change before it is made. */
export function buildQuotaTree(records: readonly RoleRecord[], capacity: Capacity): Map<string, RoleNode> {
  const average = averageHosts(capacity);
  const nodes = new Map<string, Growing>();
  // By path, so that parents come before children and children stand in order.
  for (const record of [...records].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const parentPath = parentOf(record.path);
    const parent = parentPath === null ? null : (nodes.get(parentPath) ?? nodes.get('/') ?? null);
    const { path, weight, priority } = record;
    const derived = { promised: {}, guarantee: {}, ceiling: {}, own: {}, ownPromised: {}, lendingLimit: {} };
    const node: Growing = { path, parent, children: [], weight, priority, ...derived, isSum: false, keeps: false };
    nodes.set(path, node);
    parent?.children.push(node);
  }
  // Children before parents: a parent's guarantee may be the sum of theirs.
  const recordsByPath = new Map(records.map((record) => [record.path, record]));
  for (const node of [...nodes.values()].reverse()) {
    const record = recordsByPath.get(node.path);
    if (record !== undefined) derive(node, record, average);
  }
  return nodes;
}

function derive(node: Growing, record: RoleRecord, average: (shape: string | null) => Quantities): void {
  const guarantee: MutableQuantities = {};
  for (const child of node.children)
    for (const dimension in child.guarantee)
      guarantee[dimension] = amount(guarantee, dimension) + amount(child.guarantee, dimension);
  Object.assign(guarantee, record.guarantee);
  node.promised = record.guarantee;
  node.guarantee = guarantee;
  node.ceiling = ceilingOf(record, guarantee);
  node.own = inResources(guarantee, average);
  node.ownPromised = inResources(record.guarantee, average);
  node.isSum = !fits(node.own, node.ownPromised);
  node.lendingLimit = record.lendingLimit;
  node.keeps = Object.keys(record.lendingLimit).length > 0 || node.children.some((child) => child.keeps);
}

function ceilingOf(record: RoleRecord, guarantee: Quantities): Quantities {
  const ceiling: MutableQuantities = { ...record.limit };
  for (const dimension in record.borrowingLimit) {
    const reach = amount(guarantee, dimension) + amount(record.borrowingLimit, dimension);
    ceiling[dimension] = Math.min(ceiling[dimension] ?? reach, reach);
  }
  return ceiling;
}

/** Adds to the guaranteed resources those of the guaranteed hosts; the larger counts where both are given. */
function inResources(guarantee: Quantities, average: (shape: string | null) => Quantities): Quantities {
  const ofHosts: MutableQuantities = {};
  for (const dimension in guarantee) {
    if (!countsHosts(dimension)) continue;
    // Hosts guaranteed by shape are part of those guaranteed in all, where both are given.
    if (dimension === HOSTS && Object.keys(guarantee).some((other) => shapeOfDimension(other) !== null)) continue;
    const size = average(shapeOfDimension(dimension));
    for (const resource in size)
      ofHosts[resource] = amount(ofHosts, resource) + amount(guarantee, dimension) * amount(size, resource);
  }
  const own: MutableQuantities = { ...ofHosts };
  for (const dimension in guarantee)
    if (!countsHosts(dimension)) own[dimension] = Math.max(amount(ofHosts, dimension), amount(guarantee, dimension));
  return own;
}

/** Average host of a shape, rounded up so that a role with exactly its guaranteed hosts borrows nothing. */
function averageHosts(capacity: Capacity): (shape: string | null) => Quantities {
  const averages = new Map<string | null, Quantities>();
  return (shape) => {
    let average = averages.get(shape);
    if (average === undefined) averages.set(shape, (average = averageHost(capacity, shape)));
    return average;
  };
}

/** @param shape null = over all shapes */
export function averageHost(capacity: Capacity, shape: string | null): Quantities {
  const shapes = shape === null ? capacity.shapes() : [shape];
  const average: MutableQuantities = {};
  let hosts = 0;
  for (const name of shapes) {
    const of = capacity.shape(name);
    hosts += of.hosts;
    for (const dimension in of.quantities)
      average[dimension] = amount(average, dimension) + amount(of.quantities, dimension);
  }
  for (const dimension in average) average[dimension] = Math.ceil(amount(average, dimension) / Math.max(1, hosts));
  return average;
}

/** The dimensions of a role's quota that a whole host of the shape counts in, besides its resources. */
export function hostDimensions(shape: string): readonly [string, string] {
  return [HOSTS, shapeDimension(shape)];
}
