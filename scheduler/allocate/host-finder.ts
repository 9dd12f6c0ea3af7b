/**
 * Finds the best host for a want among the candidates of a pass: the first one, in best-fit order, that suits. The order
 * is smallest first (what is big stays whole for who needs it), ties by name, as of the start of the pass.
 *
 * During a pass a candidate only ever gets less suitable: it is taken, or it shrinks. So what does not fit one want of a
 * class (same resources, same constraints) is struck off the list of that class, and each want keeps a cursor that never
 * goes back past what it alone may not have (filters, distinct hosts). A pass costs candidates per class and grants, not
 * candidates per want or per grant. A want that prefers fault domains (spread, pack) looks at one list per domain and
 * takes the domain with the fewest or most of its hosts first; the earlier placement in its list is the stronger.
 */
import { assertNever } from '../assert-never.js';
import type { Placement } from '../protocol.js';
import { amount, type Quantities } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';
import { LiveList } from './live-list.js';
import type { Want } from './wants.js';

export interface Candidate {
  readonly host: HostRecord;
  /** What of it is free at the start of the pass: its place in the best-fit order. */
  readonly size: Quantities;
}

interface Bucket {
  readonly key: string;
  /** Value of each placement's domain, in the order of the entry's placements. */
  readonly domains: readonly string[];
  /** Indices of candidates, in best-fit order. */
  readonly members: readonly number[];
}

/** How often each domain value is used by the want's holder so far, by placement index and value. */
export type DomainUse = Map<string, number>;

/** What a pass says about a candidate. */
export interface Suitability<C extends Candidate> {
  /** Whether it suits wants of this class: false stays false for the pass, unless `forget` is called. */
  fits(want: Want, candidate: C): boolean;
  /** Whether this one want may have it: false stays false for the want. */
  allows(want: Want, candidate: C): boolean;
}

export class HostFinder<C extends Candidate> {
  readonly #given: readonly C[];
  readonly #suits: Suitability<C>;
  readonly #name: string;
  /** In best-fit order; ordered when first asked for, because a pass may have nothing to find. */
  #ordered: readonly C[] | null = null;
  #every: Bucket | null = null;
  readonly #bucketsByPlacement = new Map<string, readonly Bucket[]>();
  /** What is left for each class in each bucket. */
  readonly #live = new Map<string, LiveList>();

  /** @param name keeps the places of wants that are looked for in several finders apart */
  constructor(candidates: readonly C[], suits: Suitability<C>, name = '') {
    this.#given = candidates;
    this.#suits = suits;
    this.#name = name;
  }

  get #candidates(): readonly C[] {
    return (this.#ordered ??= [...this.#given].sort(bestFitFirst));
  }

  get #all(): Bucket {
    return (this.#every ??= { key: this.#name, domains: [], members: this.#candidates.map((_, index) => index) });
  }

  /**
   * The best candidate for the want, or undefined. `use` says how the want's hosts lie so far; the caller counts the found
   * host (`presence.ts`).
   */
  find(want: Want, use: DomainUse | null): C | undefined {
    const placements = domainPlacements(want);
    if (placements.length === 0 || use === null) return this.#candidates[this.#advance(want, this.#all)];
    let best: Bucket | null = null;
    let bestIndex = -1;
    for (const bucket of this.#buckets(placements)) {
      const index = this.#advance(want, bucket);
      if (index < 0) continue;
      const order = best === null ? -1 : comparePlacement(placements, bucket, best, use);
      if (order < 0 || (order === 0 && index < bestIndex)) [best, bestIndex] = [bucket, index];
    }
    return this.#candidates[bestIndex];
  }

  /** Whether it is known that no candidate fits wants of this class: a pass has more wants than hosts to give them. */
  isExhausted(want: Want): boolean {
    const live = this.#live.get(want.hostClass);
    return live !== undefined && live.from(0) >= this.#candidates.length;
  }

  /** Candidates got more suitable again, because what was chosen for a group was let go: all lists start anew. */
  forget(): void {
    this.#live.clear();
  }

  /** Index of the next member at or after the want's cursor that suits, or -1; leaves the cursor there. */
  #advance(want: Want, bucket: Bucket): number {
    const { members } = bucket;
    const live = this.#liveList(want, bucket);
    const cursors = (want.cursors ??= new Map<string, number>());
    let at = live.from(cursors.get(bucket.key) ?? 0);
    for (; at < members.length; at = live.from(at + 1)) {
      const index = members[at] ?? -1;
      const candidate = this.#candidates[index];
      if (candidate === undefined) break;
      if (!this.#suits.fits(want, candidate)) live.strike(at);
      else if (this.#suits.allows(want, candidate)) {
        cursors.set(bucket.key, at);
        return index;
      }
    }
    cursors.set(bucket.key, members.length);
    return -1;
  }

  #liveList(want: Want, bucket: Bucket): LiveList {
    const key = bucket.key === this.#name ? want.hostClass : `${want.hostClass}@${bucket.key}`;
    let live = this.#live.get(key);
    if (live === undefined) this.#live.set(key, (live = new LiveList(bucket.members.length)));
    return live;
  }

  #buckets(placements: readonly Placement[]): readonly Bucket[] {
    const kind = placements.map((placement) => placement.domain).join('|');
    const known = this.#bucketsByPlacement.get(kind);
    if (known !== undefined) return known;
    const byKey = new Map<string, { key: string; domains: readonly string[]; members: number[] }>();
    for (const [index, { host }] of this.#candidates.entries()) {
      const domains = placements.map((placement) => host.faultDomain[placement.domain]);
      const key = `${this.#name}${kind}:${domains.join('|')}`;
      const bucket = byKey.get(key);
      if (bucket === undefined) byKey.set(key, { key, domains, members: [index] });
      else bucket.members.push(index);
    }
    const buckets = [...byKey.values()];
    this.#bucketsByPlacement.set(kind, buckets);
    return buckets;
  }
}

/** Placements that are about domains; `distinct_hosts` is the caller's. */
export function domainPlacements(want: Want): readonly Placement[] {
  const { placement } = want.entry;
  return placement.length === 0 ? placement : placement.filter(({ kind }) => kind !== 'distinct_hosts');
}

/** Counts one host of the want in its domains, so many times. */
export function countDomains(use: DomainUse, placements: readonly Placement[], host: HostRecord, times: number): void {
  for (const [index, placement] of placements.entries()) {
    const key = `${index}:${host.faultDomain[placement.domain]}`;
    use.set(key, (use.get(key) ?? 0) + times);
  }
}

function comparePlacement(placements: readonly Placement[], a: Bucket, b: Bucket, use: DomainUse): number {
  for (const [index, { kind }] of placements.entries()) {
    const difference =
      (use.get(`${index}:${a.domains[index] ?? ''}`) ?? 0) - (use.get(`${index}:${b.domains[index] ?? ''}`) ?? 0);
    if (difference === 0) continue;
    switch (kind) {
      case 'spread':
        return difference;
      case 'pack':
        return -difference;
      case 'distinct_hosts':
        break;
      default:
        assertNever(kind);
    }
  }
  return 0;
}

/** GPUs weigh most, so that hosts with some stay whole for who asks for them; then CPUs, memory, disk, name. */
export function bestFitFirst(a: Candidate, b: Candidate): number {
  for (const dimension of ['gpus', 'cpusMilli', 'memoryBytes', 'diskBytes']) {
    const difference = amount(a.size, dimension) - amount(b.size, dimension);
    if (difference !== 0) return difference;
  }
  if (a.host.name !== b.host.name) return a.host.name < b.host.name ? -1 : 1;
  return a.host.hostId < b.host.hostId ? -1 : 1;
}
