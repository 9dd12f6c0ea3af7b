/**
 * The allocator as one would write it down first: for every single grant it asks everyone what they want, looks at every
 * host, walks the whole tree of roles, and sorts anew, with exact fractions. Written from the rules (`scheduler/README.md`,
 * `docs/concepts.md`), not from the code that it is compared with.
 *
 *   1. Whole hosts of the most special shape, then of the next, then slices. Again until nothing is given any more.
 *   2. The next grant goes down the tree of roles that can still be served (`ReferenceQuota.first`), then to the entry of
 *      that role with the highest priority, then the smallest part of its count, then the longest wait.
 *   3. It is one host or unit; or as many as the entry needs to be of use, together.
 *   4. Hosts: those that match and were not declined, preferred fault domains first, then the smallest. Where limits allow no
 *      group of these: the first group that they allow, hosts in the order of the largest part that they take of any limit.
 */
import type { DemandEntry } from '../../../scheduler/protocol.js';
import { countPorts, type Quantities } from '../../../scheduler/resources/index.js';
import { matchesConstraints } from '../../../scheduler/state/constraints.js';
import type { HostRecord } from '../../../scheduler/state/records.js';
import type { ReferenceCluster, ReferenceDemand, ReferenceGrant, ReferenceHost } from './cluster.js';
import { compare, larger, type Fraction } from './fraction.js';
import { of, ReferenceQuota } from './quota.js';

interface Want {
  readonly demand: ReferenceDemand;
  readonly entry: DemandEntry;
  readonly index: number;
  has: number;
}

/** Everything that one run over an idle cluster gives, in order. */
export function referenceAllocation(cluster: ReferenceCluster): readonly ReferenceGrant[] {
  const allocator = new ReferenceAllocator(cluster);
  let before: number;
  do {
    before = allocator.grants.length;
    for (const shape of cluster.shapes) allocator.giveOut(shape);
    allocator.giveOut(null);
  } while (allocator.grants.length > before);
  return allocator.grants;
}

class ReferenceAllocator {
  readonly grants: ReferenceGrant[] = [];
  readonly #cluster: ReferenceCluster;
  readonly #quota: ReferenceQuota;
  /** Free amounts by host at the start of the run: the order of hosts does not change during it. */
  #sizes = new Map<string, Quantities>();

  constructor(cluster: ReferenceCluster) {
    this.#cluster = cluster;
    this.#quota = new ReferenceQuota(cluster, this.grants);
  }

  /** @param shape of whole hosts; null for slices */
  giveOut(shape: string | null): void {
    const quota = this.#quota;
    const counts = (dimension: string): boolean =>
      shape === null
        ? quota.fleet(dimension) > 0
        : dimension === 'hosts' || dimension === `hosts/${shape}` || quota.averageHost(shape, dimension) > 0;
    this.#sizes = new Map(this.#cluster.hosts.map((host) => [host.name, this.#free(host)]));
    const wants = this.#cluster.demands.flatMap((demand) => this.#wants(demand, shape));
    for (;;) {
      const servable = wants.flatMap((want) => {
        const grants = want.has < want.entry.count ? this.#next(want) : null;
        return grants === null ? [] : [{ want, grants }];
      });
      const role = this.#nextRole(
        servable.map(({ want }) => want.demand.role),
        counts,
      );
      if (role === null) return;
      const [first] = servable
        .filter(({ want }) => want.demand.role === role)
        .sort((a, b) => (isBefore(a.want, b.want) ? -1 : 1));
      if (first === undefined) throw new Error(`nobody can be served in ${role}`);
      this.grants.push(...first.grants);
      first.want.has += first.grants.length;
    }
  }

  /** Down the tree, over the roles that can be served or contain one that can. */
  #nextRole(servable: readonly string[], counts: (dimension: string) => boolean): string | null {
    if (servable.length === 0) return null;
    for (let path = '/'; ;) {
      const first = this.#quota.first(path, servable, counts);
      if (first === undefined) throw new Error(`nobody competes in ${path}`);
      path = first.role.path;
      if (first.alone || this.#quota.children(path).length === 0) return path;
    }
  }

  #wants(demand: ReferenceDemand, shape: string | null): readonly Want[] {
    const held = this.#dealOut(demand);
    return demand.entries.flatMap((entry, index) => {
      const fits =
        shape === null ? entry.want.kind === 'slices' : entry.want.kind === 'hosts' && entry.want.shape === shape;
      return fits ? [{ demand, entry, index, has: held[index] ?? 0 }] : [];
    });
  }

  /**
   * How many of the hosts that the framework holds count for each entry: what was offered for it; then leases, entries with
   * more constraints first, then higher priority, then in their order: as many as are of use to the entry, or none; then
   * what is left over for whom it helps to complete a group.
   */
  #dealOut(demand: ReferenceDemand): readonly number[] {
    const { frameworkId, role, entries } = demand;
    const mine = (each: { readonly frameworkId: string; readonly role: string }): boolean =>
      each.frameworkId === frameworkId && each.role === role;
    const offered = this.grants.filter(mine);
    const has = entries.map((entry) => offered.filter(({ demandId }) => demandId === entry.demandId).length);
    const left = new Set(this.#cluster.leases.filter((lease) => mine(lease)).map(({ host }) => this.#quota.host(host)));
    for (const host of left) if (host.lost) left.delete(host);
    const order = [...entries.keys()].sort((a, b) => {
      const [first, second] = [entries[a]!, entries[b]!];
      return second.constraints.length - first.constraints.length || second.priority - first.priority || a - b;
    });
    const deal = (index: number, least: number): void => {
      const entry = entries[index]!;
      const { want } = entry;
      if (want.kind !== 'hosts') return;
      const takes = [...left]
        .filter((host) => host.shape === want.shape && matches(host, entry))
        .slice(0, Math.max(0, entry.count - has[index]!));
      if (has[index]! + takes.length < least) return;
      for (const host of takes) left.delete(host);
      has[index]! += takes.length;
    };
    for (const index of order) deal(index, smallestOfUse(entries[index]!));
    for (const index of order) deal(index, 0);
    return has;
  }

  /** What the entry would get next, or null when it cannot get it now. */
  #next(want: Want): readonly ReferenceGrant[] | null {
    const { entry } = want;
    const missing = entry.count - want.has;
    const size = entry.allOrNothing ? missing : Math.max(1, Math.min(missing, entry.minimum - want.has));
    const before = this.grants.length;
    const chosen: ReferenceGrant[] = [];
    while (chosen.length < size) {
      const grant = this.#best(want);
      if (grant === null) break;
      chosen.push(grant);
      // As if it were given: the next one of the group must fit beside it.
      this.grants.push(grant);
    }
    this.grants.length = before;
    if (chosen.length === size) return this.#mayHave(want, chosen) ? chosen : null;
    if (entry.want.kind === 'slices') return null;
    const group = this.#firstAllowed(want, size, this.#byPart(want), []);
    return group !== null && this.#mayHave(want, group) ? group : null;
  }

  /** Every combination, until limits allow one. */
  #firstAllowed(
    want: Want,
    size: number,
    hosts: readonly ReferenceHost[],
    chosen: readonly ReferenceGrant[],
  ): readonly ReferenceGrant[] | null {
    if (chosen.length === size) return chosen;
    for (const [index, host] of hosts.entries()) {
      const group = [...chosen, this.#whole(want, host)];
      const charge: Record<string, number> = {};
      for (const { quantities } of group)
        for (const dimension in quantities) charge[dimension] = of(charge, dimension) + of(quantities, dimension);
      if (!this.#quota.allows(want.demand.role, charge)) continue;
      const found = this.#firstAllowed(want, size, hosts.slice(index + 1), group);
      if (found !== null) return found;
    }
    return null;
  }

  #byPart(want: Want): readonly ReferenceHost[] {
    const { role } = want.demand;
    const part = (host: ReferenceHost): Fraction =>
      Object.entries(this.#quota.charge(host))
        .map(([dimension, takes]) => this.#quota.partOfRoom(role, dimension, takes))
        .reduce(larger);
    return this.#cluster.hosts
      .filter((host) => this.#suits(want, host))
      .sort((a, b) => compare(part(a), part(b)) || this.#smallerFirst(a, b));
  }

  #whole({ demand: { frameworkId, role }, entry: { demandId } }: Want, host: ReferenceHost): ReferenceGrant {
    const quantities = this.#quota.charge(host);
    return { host: host.name, frameworkId, role, demandId, whole: true, quantities, ports: 0 };
  }

  #best(want: Want): ReferenceGrant | null {
    const { demand, entry } = want;
    const suitable = this.#cluster.hosts.filter((host) => this.#suits(want, host));
    const domains = entry.placement.filter(({ kind }) => kind !== 'distinct_hosts');
    suitable.sort((a, b) => {
      for (const { kind, domain } of domains) {
        if (domain !== 'rack') throw new Error(`the reference knows racks only, not ${domain}`);
        const order = this.#present(want, a.rack) - this.#present(want, b.rack);
        if (order !== 0) return kind === 'spread' ? order : -order;
      }
      return this.#smallerFirst(a, b);
    });
    const [host] = suitable;
    if (host === undefined) return null;
    if (entry.want.kind === 'hosts') return this.#whole(want, host);
    const { frameworkId, role } = demand;
    const { quantities, ports } = entry.want.resources;
    const named = { host: host.name, frameworkId, role, demandId: entry.demandId };
    return { ...named, whole: false, quantities, ports: countPorts(ports) };
  }

  #suits({ demand, entry }: Want, host: ReferenceHost): boolean {
    if (host.lost || demand.declined.includes(host.name) || !matches(host, entry)) return false;
    const taken = this.grants.filter((grant) => grant.host === host.name);
    if (entry.want.kind === 'hosts') {
      const held = this.#cluster.leases.some((lease) => lease.host === host.name);
      if (host.shared || host.shape !== entry.want.shape || held || taken.length > 0) return false;
      return this.#quota.allows(demand.role, this.#quota.charge(host));
    }
    if (!host.shared) return false;
    const { quantities, ports } = entry.want.resources;
    const free = this.#free(host);
    if (Object.entries(quantities).some(([dimension, more]) => more > of(free, dimension))) return false;
    // Tasks of these clusters hold no ports.
    const portsFree = countPorts(host.resources.ports) - taken.reduce((sum, grant) => sum + grant.ports, 0);
    if (countPorts(ports) > portsFree) return false;
    const apart = entry.placement.some(({ kind }) => kind === 'distinct_hosts');
    return !apart || !this.#slices(demand).includes(host.name);
  }

  /** Limits, and what lending limits keep free for others. */
  #mayHave({ demand: { role }, entry }: Want, chosen: readonly ReferenceGrant[]): boolean {
    const charge: Record<string, number> = {};
    for (const { quantities } of chosen)
      for (const dimension in quantities) charge[dimension] = of(charge, dimension) + of(quantities, dimension);
    if (!this.#quota.allows(role, charge)) return false;
    const { want } = entry;
    if (want.kind === 'hosts') {
      const kept = this.#quota.keptFromOthers(role, ['hosts', `hosts/${want.shape}`]);
      const free = this.#cluster.hosts.filter(
        (host) => !host.shared && !host.lost && host.shape === want.shape && this.#isIdle(host),
      ).length;
      return kept === 0 || free - chosen.length >= kept;
    }
    return Object.entries(charge).every(([dimension, more]) => {
      const kept = this.#quota.keptFromOthers(role, [dimension]);
      const shared = this.#cluster.hosts.filter((host) => host.shared && !host.lost);
      const free = shared.reduce((sum, host) => sum + of(this.#free(host), dimension), 0);
      return kept === 0 || free - more >= kept;
    });
  }

  #isIdle(host: ReferenceHost): boolean {
    const holders = [...this.#cluster.leases, ...this.grants];
    return !holders.some((each) => each.host === host.name);
  }

  #free(host: ReferenceHost): Quantities {
    const free: Record<string, number> = { ...host.resources.quantities };
    const taken = [
      ...this.#cluster.tasks.filter((task) => task.host === host.name).map((task) => task.resources.quantities),
      ...this.grants.filter((grant) => grant.host === host.name).map((grant) => grant.quantities),
    ];
    for (const quantities of taken)
      for (const dimension in quantities) free[dimension] = of(free, dimension) - of(quantities, dimension);
    return free;
  }

  /** How many hosts (or slices) the framework has in the rack, in this role. */
  #present({ demand, entry: { want } }: Want, rack: string): number {
    const { frameworkId, role } = demand;
    const hosts =
      want.kind === 'slices'
        ? this.#slices(demand)
        : [...this.#cluster.leases, ...this.grants.filter(({ whole }) => whole)]
            .filter((each) => each.frameworkId === frameworkId && each.role === role)
            .map(({ host }) => host)
            .filter((host) => this.#quota.host(host).shape === want.shape && !this.#quota.host(host).lost);
    return hosts.filter((host) => this.#quota.host(host).rack === rack).length;
  }

  /** The host of every slice that the framework has in the role. */
  #slices({ frameworkId, role }: ReferenceDemand): readonly string[] {
    return [...this.#cluster.tasks, ...this.grants.filter(({ whole }) => !whole)]
      .filter((each) => each.frameworkId === frameworkId && each.role === role)
      .map(({ host }) => host);
  }

  #smallerFirst(a: ReferenceHost, b: ReferenceHost): number {
    const size = ({ name }: ReferenceHost): Quantities => this.#sizes.get(name) ?? {};
    for (const dimension of ['gpus', 'cpusMilli', 'memoryBytes', 'diskBytes']) {
      const order = of(size(a), dimension) - of(size(b), dimension);
      if (order !== 0) return order;
    }
    return a.name < b.name ? -1 : 1;
  }
}

function smallestOfUse(entry: DemandEntry): number {
  return entry.allOrNothing ? entry.count : entry.minimum;
}

/** Constraints are compared with the product's own matcher, which has its own tests. */
function matches(host: ReferenceHost, entry: DemandEntry): boolean {
  const facts = { ...host, faultDomain: { region: 'eu', zone: 'z1', rack: host.rack }, image: '' };
  return matchesConstraints(facts as unknown as HostRecord, entry.constraints);
}

function isBefore(a: Want, b: Want): boolean {
  if (a.entry.priority !== b.entry.priority) return a.entry.priority > b.entry.priority;
  const met = a.has * b.entry.count - b.has * a.entry.count;
  if (met !== 0) return met < 0;
  if (a.entry.ageMs !== b.entry.ageMs) return a.entry.ageMs > b.entry.ageMs;
  const [idA, idB] = [a.demand.frameworkId, b.demand.frameworkId];
  return idA === idB ? a.index < b.index : idA < idB;
}
