import { serveConstant, type WorkloadTotals } from './evaluate.js';
import type { DemandSeries } from './demand/series.js';

/** Equal hosts that a split divides. Hosts of one group have the same number of cores. */
export interface HostGroup {
  readonly hosts: number;
  readonly coresPerHost: number;
}

/** What bounds a split. */
export interface SplitRequest {
  readonly series: readonly DemandSeries[];
  readonly groups: readonly HostGroup[];
  /** Most hosts of each workload, in the order of the series; Infinity or a missing entry for none. */
  readonly hostsMax?: readonly number[];
}

/** Hosts of each workload by group, `hosts[workload][group]`, and what that serves. */
export interface StaticSplit {
  readonly hosts: readonly (readonly number[])[];
  readonly totals: readonly WorkloadTotals[];
  /** False when another split might serve more: only for fleets of several shapes that are too large to search. */
  readonly exact: boolean;
}

/** Steps of a search that ends within seconds: 10,000 equal hosts among three workloads, or two shapes of 100 each. */
const STEPS_MAX = 100_000_000;

/**
 * The best split of the fleet that never changes, chosen with the whole demand known: the strongest opponent a dynamic
 * policy has among fixed splits. By served
 * core-hours; of equals the shorter mean wait; of equals the one with fewest hosts for the first workload, then the
 * second, and so on. The last gets all the rest.
 *
 * Every division of the hosts is covered. What a workload serves depends on its own hosts alone, so the best of all
 * divisions among the workloads
 * k..n is found once for each number of hosts left (Bellman), not once for each division among the workloads before.
 *
 * A fleet that is too large for that is divided host by host (`marginalSplit`).
 */
export function bestStaticSplit(request: SplitRequest): StaticSplit {
  const { series, groups } = request;
  const sizes = groups.map((group) => group.hosts + 1);
  const states = sizes.reduce((product, size) => product * size, 1);
  if (series.length === 0) throw new RangeError('a split needs at least one demand series');
  // The first workload takes from the whole fleet only and the last takes the rest, so only those between try every part of every part.
  const steps = (states * states * Math.max(series.length - 2, 0)) / 2 + states * series.length;
  if (steps > STEPS_MAX) return marginalSplit(request);
  const all = states - 1;
  const decode = (state: number): readonly number[] =>
    sizes.map(
      (size, group) => Math.floor(state / sizes.slice(0, group).reduce((product, one) => product * one, 1)) % size,
    );
  const vectors = Array.from({ length: states }, (_, state) => decode(state));
  const value = new ServedTable(series, groups);

  // best[state]: what the workloads from `first` on can do with that many hosts at most.
  let best: readonly Best[] = vectors.map(() => NOTHING);
  for (let first = series.length - 1; first >= 0; first--) {
    const hostsMax = request.hostsMax?.[first] ?? Number.POSITIVE_INFINITY;
    const rest = best;
    best = vectors.map((available, state) => {
      // Only the whole fleet is ever asked of the first workload.
      if (first === 0 && state !== all) return NOTHING;
      return bestTake({ workload: first, available, state, hostsMax, vectors, rest, value });
    });
  }
  const winner = best[all] ?? NOTHING;
  const hosts = winner.taken.map((state) => vectors[state] ?? []);
  return { hosts, totals: series.map((_, index) => value.totals(index, hosts[index] ?? [])), exact: true };
}

/** The most that a tail of workloads can do, and how: the state (host vector) each of them takes. */
interface Best {
  readonly served: bigint;
  readonly wait: bigint;
  readonly taken: readonly number[];
}

const NOTHING: Best = { served: 0n, wait: 0n, taken: [] };

interface TakeRequest {
  readonly workload: number;
  readonly available: readonly number[];
  readonly state: number;
  readonly hostsMax: number;
  readonly vectors: readonly (readonly number[])[];
  readonly rest: readonly Best[];
  readonly value: ServedTable;
}

/** Tries everything one workload can take; fewest hosts first, so that of equals the first wins. */
function bestTake(request: TakeRequest): Best {
  const { workload, available, state, vectors, rest, value } = request;
  let best: Best | undefined;
  const isLast = workload === value.workloads - 1;
  const mostHosts = Math.min(
    available.reduce((sum, count) => sum + count, 0),
    request.hostsMax,
  );
  const from = isLast && mostHosts < request.hostsMax ? state : 0;
  for (let take = from; take <= state; take++) {
    const taken = vectors[take] ?? [];
    if (taken.some((count, group) => count > (available[group] ?? 0))) continue;
    const hosts = taken.reduce((sum, count) => sum + count, 0);
    // Hosts that stand idle serve nobody, so the last workload takes all it may.
    if (isLast ? hosts !== mostHosts : hosts > mostHosts) continue;
    const own = value.totals(workload, taken);
    // Mixed-radix states subtract digit by digit when no digit borrows, which the test above made sure of.
    const others = rest[state - take] ?? NOTHING;
    const served = own.servedCoreMs + others.served;
    const wait = own.waitCoreMs2 + others.wait;
    if (best === undefined || served > best.served || (served === best.served && wait < best.wait))
      best = { served, wait, taken: [take, ...others.taken] };
  }
  return best ?? NOTHING;
}

/** What each workload serves with each number of cores, computed once. */
class ServedTable {
  readonly #series: readonly DemandSeries[];
  readonly #groups: readonly HostGroup[];
  readonly #byCores: readonly Map<number, WorkloadTotals>[];

  constructor(series: readonly DemandSeries[], groups: readonly HostGroup[]) {
    this.#series = series;
    this.#groups = groups;
    this.#byCores = series.map(() => new Map());
  }

  get workloads(): number {
    return this.#series.length;
  }

  totals(workload: number, hosts: readonly number[]): WorkloadTotals {
    const cores = this.#groups.reduce((sum, group, index) => sum + group.coresPerHost * (hosts[index] ?? 0), 0);
    const series = this.#series[workload];
    const table = this.#byCores[workload];
    if (series === undefined || table === undefined) throw new RangeError(`there is no workload ${workload}`);
    let totals = table.get(cores);
    if (totals === undefined) {
      totals = serveConstant(series, cores);
      table.set(cores, totals);
    }
    return totals;
  }
}

/**
 * Gives out the hosts one by one, largest first, each to the workload where it adds most served work (of equals, where
 * it saves most wait; of equals, the last).
 * With equal hosts this is exact: serving perishable work first and the queue in order serves the most that any order
 * could, which is the value of a linear
 * program, and that grows ever more slowly with capacity; so no later host ever regrets an earlier choice. With several
 * shapes it is a good split, not
 * always the best.
 */
export function marginalSplit(request: SplitRequest): StaticSplit {
  const { series, groups } = request;
  const value = new ServedTable(series, groups);
  const counts = series.map(() => groups.map(() => 0));
  const held = series.map(() => 0);
  const largestFirst = groups.map((_, index) => index);
  largestFirst.sort(
    (left, right) => (groups[right]?.coresPerHost ?? 0) - (groups[left]?.coresPerHost ?? 0) || left - right,
  );
  for (const group of largestFirst) {
    const withOneMore = (workload: number): number[] =>
      (counts[workload] ?? []).map((count, index) => (index === group ? count + 1 : count));
    const gainOf = (workload: number): Gain | null => {
      if ((held[workload] ?? 0) >= (request.hostsMax?.[workload] ?? Number.POSITIVE_INFINITY)) return null;
      const now = value.totals(workload, counts[workload] ?? []);
      const then = value.totals(workload, withOneMore(workload));
      return { served: then.servedCoreMs - now.servedCoreMs, wait: now.waitCoreMs2 - then.waitCoreMs2 };
    };
    const gains = series.map((_, workload) => gainOf(workload));
    for (let host = 0; host < (groups[group]?.hosts ?? 0); host++) {
      const chosen = greatestGain(gains);
      if (chosen === null) break;
      counts[chosen] = withOneMore(chosen);
      held[chosen] = (held[chosen] ?? 0) + 1;
      gains[chosen] = gainOf(chosen);
    }
  }
  return {
    hosts: counts,
    totals: series.map((_, workload) => value.totals(workload, counts[workload] ?? [])),
    exact: groups.length <= 1,
  };
}

/** What one more host adds to a workload. */
interface Gain {
  readonly served: bigint;
  readonly wait: bigint;
}

/** The last of those that gain most; null when nobody may have another host. */
function greatestGain(gains: readonly (Gain | null)[]): number | null {
  let chosen: number | null = null;
  let most: Gain | null = null;
  gains.forEach((gain, workload) => {
    if (gain === null) return;
    if (most === null || gain.served > most.served || (gain.served === most.served && gain.wait >= most.wait)) {
      chosen = workload;
      most = gain;
    }
  });
  return chosen;
}

/**
 * As many hosts for each workload, the first ones get what is left over; what one may not have goes to the next that
 * may.
 */
export function equalSplit(request: SplitRequest): StaticSplit {
  const counts = request.series.map(() => request.groups.map(() => 0));
  const maxOf = (workload: number): number => request.hostsMax?.[workload] ?? Number.POSITIVE_INFINITY;
  const held = request.series.map(() => 0);
  request.groups.forEach((group, groupIndex) => {
    for (let host = 0; host < group.hosts; host++) {
      let next = -1;
      held.forEach((count, workload) => {
        if (count < maxOf(workload) && (next === -1 || count < (held[next] ?? 0))) next = workload;
      });
      const row = counts[next];
      if (row === undefined) return;
      row[groupIndex] = (row[groupIndex] ?? 0) + 1;
      held[next] = (held[next] ?? 0) + 1;
    }
  });
  const value = new ServedTable(request.series, request.groups);
  return {
    hosts: counts,
    totals: request.series.map((_, workload) => value.totals(workload, counts[workload] ?? [])),
    exact: true,
  };
}
