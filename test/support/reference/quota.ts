/** What roles are owed, may have and keep back, by the definitions; everything is counted anew whenever it is asked for. */
import type { Quantities } from '../../../scheduler/resources/index.js';
import type { ReferenceCluster, ReferenceGrant, ReferenceHost, ReferenceRole } from './cluster.js';
import { compare, dividedBy, fraction, larger, smaller, ZERO, type Fraction } from './fraction.js';

export const of = (quantities: Quantities, dimension: string): number => quantities[dimension] ?? 0;

/** Who competes for the next grant at one level of the tree: a role with all below it, or a role for itself alone. */
export interface Competitor {
  readonly role: ReferenceRole;
  readonly alone: boolean;
}

export class ReferenceQuota {
  readonly #cluster: ReferenceCluster;
  readonly #grants: readonly ReferenceGrant[];
  /** What does not change while grants are made is computed once; all else whenever it is asked for. */
  readonly #constants = new Map<string, unknown>();

  /** @param grants given out so far; live */
  constructor(cluster: ReferenceCluster, grants: readonly ReferenceGrant[]) {
    this.#cluster = cluster;
    this.#grants = grants;
  }

  #constant<T>(key: string, compute: () => T): T {
    if (!this.#constants.has(key)) this.#constants.set(key, compute());
    return this.#constants.get(key) as T;
  }

  children(path: string): readonly ReferenceRole[] {
    return this.#constant(`children ${path}`, () => this.#cluster.roles.filter((role) => parentOf(role.path) === path));
  }

  /** From the role up to the root. */
  lineage(path: string): readonly ReferenceRole[] {
    return this.#constant(`lineage ${path}`, () =>
      this.#cluster.roles.filter((role) => contains(role.path, path)).sort((a, b) => b.path.length - a.path.length),
    );
  }

  /** What a whole host is charged as. */
  charge(host: ReferenceHost): Quantities {
    return { ...host.resources.quantities, hosts: 1, [`hosts/${host.shape}`]: 1 };
  }

  /** Charged to the role and all below it, or to it alone. Hosts that are lost serve nobody, but limits count them. */
  use(path: string, dimension: string, { alone = false, lost = false } = {}): number {
    const counts = (role: string): boolean => (alone ? role === path : contains(path, role));
    let sum = 0;
    for (const lease of this.#cluster.leases) {
      const host = this.host(lease.host);
      if (counts(lease.role) && (lost || !host.lost)) sum += of(this.charge(host), dimension);
    }
    for (const task of this.#cluster.tasks) if (counts(task.role)) sum += of(task.resources.quantities, dimension);
    for (const grant of this.#grants) if (counts(grant.role)) sum += of(grant.quantities, dimension);
    return sum;
  }

  host(name: string): ReferenceHost {
    return this.#constant(`host ${name}`, () => {
      const host = this.#cluster.hosts.find((each) => each.name === name);
      if (host === undefined) throw new Error(`no host ${name}`);
      return host;
    });
  }

  /** Resources of all hosts that are there. */
  fleet(dimension: string): number {
    return this.#constant(`fleet ${dimension}`, () =>
      this.#cluster.hosts
        .filter(({ lost }) => !lost)
        .reduce((sum, host) => sum + of(host.resources.quantities, dimension), 0),
    );
  }

  /** The average whole host of a shape (null: of all), rounded up. */
  averageHost(shape: string | null, dimension: string): number {
    return this.#constant(`average ${shape ?? ''} ${dimension}`, () => {
      const whole = this.#cluster.hosts.filter(
        (host) => !host.lost && !host.shared && host.shape === (shape ?? host.shape),
      );
      const sum = whole.reduce((total, host) => total + of(host.resources.quantities, dimension), 0);
      return whole.length === 0 ? 0 : Math.ceil(sum / whole.length);
    });
  }

  /** Its own guarantee; where it has none in a dimension, the sum of its children's. */
  guarantee({ path, guarantee }: ReferenceRole, dimension: string): number {
    return this.#constant(
      `guarantee ${path} ${dimension}`,
      () =>
        guarantee[dimension] ?? this.children(path).reduce((sum, child) => sum + this.guarantee(child, dimension), 0),
    );
  }

  /**
   * What is left of the guarantee: the roles share what their parent has left (the root: what the fleet has), higher
   * priorities first. Among equals hosts are given one by one to whose guarantee is filled least, all else in proportion.
   */
  effectiveGuarantee(role: ReferenceRole, dimension: string): number {
    return this.#constant(`effective ${role.path} ${dimension}`, () => {
      const promised = this.guarantee(role, dimension);
      const above = this.#cluster.roles.find(({ path }) => path === parentOf(role.path));
      if (above === undefined) return Math.min(promised, this.#available(dimension));
      const siblings = this.children(above.path).filter((each) => this.guarantee(each, dimension) > 0);
      let left = this.effectiveGuarantee(above, dimension);
      for (const each of siblings) if (each.priority > role.priority) left -= this.guarantee(each, dimension);
      const equals = siblings.filter(({ priority }) => priority === role.priority);
      const sum = equals.reduce((total, each) => total + this.guarantee(each, dimension), 0);
      if (sum <= left) return promised;
      if (left <= 0 || promised === 0) return 0;
      if (!dimension.startsWith('hosts')) return Math.floor((left * promised) / sum);
      const given = new Map(equals.map((each) => [each, 0]));
      for (; left > 0; left -= 1) {
        const filled = equals
          .filter((each) => given.get(each)! < this.guarantee(each, dimension))
          .map((each) => ({ each, part: fraction(given.get(each)!, this.guarantee(each, dimension)) }))
          .sort((a, b) => compare(a.part, b.part) || (a.each.path < b.each.path ? -1 : 1));
        const next = filled[0]!.each;
        given.set(next, given.get(next)! + 1);
      }
      return given.get(role)!;
    });
  }

  /** Whole hosts, or resources of all hosts, that are there. */
  #available(dimension: string): number {
    if (!dimension.startsWith('hosts')) return this.fleet(dimension);
    const whole = this.#cluster.hosts.filter(({ lost, shared }) => !lost && !shared);
    return whole.filter(({ shape }) => dimension === 'hosts' || dimension === `hosts/${shape}`).length;
  }

  /** The most that the role may be charged in the dimension; infinite where nothing says so. */
  ceiling(role: ReferenceRole, dimension: string): number {
    const borrowing = role.borrowingLimit[dimension];
    const reach = borrowing === undefined ? Infinity : this.guarantee(role, dimension) + borrowing;
    return Math.min(role.limit[dimension] ?? Infinity, reach);
  }

  /** Whether nobody on the way from the role to the root would pass a ceiling with `charge` more. */
  allows(path: string, charge: Quantities): boolean {
    return this.lineage(path).every((role) =>
      Object.entries(charge).every(([dimension, more]) => {
        const ceiling = this.ceiling(role, dimension);
        if (more === 0 || ceiling === Infinity) return true;
        return this.use(role.path, dimension, { lost: true }) + more <= ceiling;
      }),
    );
  }

  /** Which part of what the role may still have the amount is; 0 without a limit, more than 1 when it may not have it. */
  partOfRoom(path: string, dimension: string, takes: number): Fraction {
    if (takes === 0) return ZERO;
    return this.lineage(path)
      .filter((role) => this.ceiling(role, dimension) < Infinity)
      .map((role) => this.ceiling(role, dimension) - this.use(role.path, dimension, { lost: true }))
      .map((room) => fraction(takes, Math.max(1, room)))
      .reduce(larger, ZERO);
  }

  /** What must stay free for roles aside from the way to `path`: of what is left of their guarantees what they neither lend nor use. */
  keptFromOthers(path: string, dimensions: readonly string[]): number {
    return this.#cluster.roles
      .filter((role) => role.path !== '/' && !contains(role.path, path) && contains(parentOf(role.path) ?? '/', path))
      .reduce((sum, role) => sum + this.#kept(role, dimensions), 0);
  }

  #kept(role: ReferenceRole, dimensions: readonly string[]): number {
    let own = 0;
    for (const dimension of dimensions) {
      const lent = role.lendingLimit[dimension];
      if (lent === undefined) continue;
      own = Math.max(own, this.effectiveGuarantee(role, dimension) - lent - this.use(role.path, dimension));
    }
    return Math.max(
      own,
      this.children(role.path).reduce((sum, child) => sum + this.#kept(child, dimensions), 0),
    );
  }

  /**
   * The competitor that is served first: below guarantee before the others, among these the higher priority and then the
   * part of the guarantee that is filled least; then the smaller weighted dominant share of what is borrowed; then the
   * path.
   *
   * @param path whose children compete, and it itself, as far as they can be served or contain one that can
   * @param counts whether a grant is charged in the dimension
   */
  first(path: string, servable: readonly string[], counts: (dimension: string) => boolean): Competitor | undefined {
    const ranked = this.#competitors(path, servable).map((competitor) => ({
      competitor,
      path: competitor.role.path,
      priority: competitor.role.priority,
      filled: this.#filled(competitor, servable, counts),
      share: this.share(competitor),
    }));
    ranked.sort((a, b) => {
      if ((a.filled === null) !== (b.filled === null)) return a.filled === null ? 1 : -1;
      if (a.filled !== null && b.filled !== null) {
        const order = b.priority - a.priority || compare(a.filled, b.filled);
        if (order !== 0) return order;
      } else {
        const order = compare(a.share, b.share);
        if (order !== 0) return order;
      }
      return a.path < b.path ? -1 : 1;
    });
    return ranked[0]?.competitor;
  }

  #competitors(path: string, servable: readonly string[]): readonly Competitor[] {
    const competitors: Competitor[] = this.children(path)
      .filter((child) => servable.some((role) => contains(child.path, role)))
      .map((role) => ({ role, alone: false }));
    const [self] = this.lineage(path);
    if (servable.includes(path) && self !== undefined) competitors.push({ role: self, alone: true });
    return competitors;
  }

  /** The least filled part of the guarantee, or null for who has all that it was guaranteed. */
  #filled(
    competitor: Competitor,
    servable: readonly string[],
    counts: (dimension: string) => boolean,
  ): Fraction | null {
    let least: Fraction | null = null;
    for (const dimension of this.#dimensions()) {
      const filled = counts(dimension) ? this.#filledIn(competitor, dimension, servable, counts) : null;
      if (filled !== null) least = least === null ? filled : smaller(least, filled);
    }
    return least;
  }

  /**
   * What a role is guaranteed itself it lacks as long as all below it use less. What is guaranteed to roles below it is
   * lacking only as long as whoever goes first below it lacks some.
   */
  #filledIn(
    { role, alone }: Competitor,
    dimension: string,
    servable: readonly string[],
    counts: (dimension: string) => boolean,
  ): Fraction | null {
    const guarantee = this.guarantee(role, dimension);
    if (alone || guarantee === 0) return null;
    const use = this.use(role.path, dimension);
    const filled = use < guarantee ? fraction(use, guarantee) : null;
    if (dimension in role.guarantee || this.children(role.path).length === 0) return filled;
    const first = this.first(role.path, servable, counts);
    const below = first === undefined ? null : this.#filledIn(first, dimension, servable, counts);
    return below === null ? null : (filled ?? below);
  }

  /** Weighted dominant share of what is used above its own part; a role for itself alone has weight 1 and none. */
  share({ role, alone }: Competitor): Fraction {
    let share = ZERO;
    for (const dimension of this.#dimensions()) {
      const fleet = this.fleet(dimension);
      const own = alone ? 0 : this.#ownPart(role, dimension);
      const borrowed = this.use(role.path, dimension, { alone }) - own;
      if (fleet > 0 && borrowed > 0) share = larger(share, fraction(borrowed, fleet));
    }
    return dividedBy(share, alone ? 1 : role.weight);
  }

  /**
   * What of its use is its own: what it is promised itself; where children's guarantees add to that, what they use of their
   * own parts when that is more. A guarantee that lies idle is nobody's own.
   */
  #ownPart(role: ReferenceRole, dimension: string): number {
    const whole = this.#guaranteedResources(role, dimension, false);
    const promised = this.#guaranteedResources(role, dimension, true);
    if (whole <= promised) return whole;
    const usedByChildren = this.children(role.path)
      .map((child) => Math.min(this.use(child.path, dimension), this.#ownPart(child, dimension)))
      .reduce((sum, used) => sum + used, 0);
    return Math.max(promised, usedByChildren);
  }

  /**
   * The guarantee in resources: guaranteed hosts count as average ones; the larger counts where both are given.
   * @param itself of exactly this role; else the sums of its children's, too
   */
  #guaranteedResources(role: ReferenceRole, dimension: string, itself: boolean): number {
    const guarantee = (name: string): number => (itself ? of(role.guarantee, name) : this.guarantee(role, name));
    const shapes = this.#cluster.shapes.filter((shape) =>
      itself ? `hosts/${shape}` in role.guarantee : this.#isGuaranteed(role, `hosts/${shape}`),
    );
    let ofHosts = 0;
    for (const shape of shapes) ofHosts += guarantee(`hosts/${shape}`) * this.averageHost(shape, dimension);
    if (shapes.length === 0) ofHosts = guarantee('hosts') * this.averageHost(null, dimension);
    return Math.max(ofHosts, guarantee(dimension));
  }

  #isGuaranteed(role: ReferenceRole, dimension: string): boolean {
    return (
      dimension in role.guarantee || this.children(role.path).some((child) => this.#isGuaranteed(child, dimension))
    );
  }

  #dimensions(): readonly string[] {
    return this.#constant('dimensions', () => {
      const names = new Set<string>();
      for (const { guarantee } of this.#cluster.roles) for (const name in guarantee) names.add(name);
      for (const { resources } of this.#cluster.hosts) for (const name in resources.quantities) names.add(name);
      return [...names];
    });
  }
}

export function parentOf(path: string): string | null {
  if (path === '/') return null;
  const end = path.lastIndexOf('/');
  return end === 0 ? '/' : path.slice(0, end);
}

/** Whether `path` is the role `above` or below it. */
export function contains(above: string, path: string): boolean {
  return above === '/' || path === above || path.startsWith(`${above}/`);
}
