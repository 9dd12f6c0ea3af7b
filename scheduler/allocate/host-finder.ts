/**
 * Finds the best host for a want among the candidates of a pass: the first one, in best-fit order, that suits. The order
 * is smallest first (what is big stays whole for who needs it), ties by name, as of the start of the pass.
 *
 * During a pass a candidate only ever gets less suitable for a want: it is taken, or it shrinks. So each want keeps a
 * cursor that never goes back, and a pass costs candidates + grants per want, not candidates × grants. A want that
 * prefers fault domains (spread, pack) keeps one cursor per domain and takes the domain with the fewest or most of its
 * hosts first; the earlier placement in the list is the stronger.
 */
import { assertNever } from '../assert-never.js';
import type { Placement } from '../protocol.js';
import { amount, type Quantities } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';
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

export class HostFinder<C extends Candidate> {
  readonly candidates: readonly C[];
  readonly #all: Bucket;
  readonly #bucketsByPlacement = new Map<string, readonly Bucket[]>();

  constructor(candidates: readonly C[]) {
    this.candidates = [...candidates].sort(bestFitFirst);
    this.#all = { key: '', domains: [], members: this.candidates.map((_, index) => index) };
  }

  /**
   * Index of the best candidate that `suits`, or -1. `use` says how the want's hosts lie so far; the caller counts the
   * found host with `countDomains`.
   */
  find(want: Want, use: DomainUse | null, suits: (index: number) => boolean): number {
    const placements = domainPlacements(want);
    if (placements.length === 0 || use === null) return advance(want, this.#all, suits);
    let best: Bucket | null = null;
    let bestIndex = -1;
    for (const bucket of this.#buckets(placements)) {
      const index = advance(want, bucket, suits);
      if (index < 0) continue;
      const order = best === null ? -1 : comparePlacement(placements, bucket, best, use);
      if (order < 0 || (order === 0 && index < bestIndex)) [best, bestIndex] = [bucket, index];
    }
    return bestIndex;
  }

  #buckets(placements: readonly Placement[]): readonly Bucket[] {
    const kind = placements.map((placement) => placement.domain).join('|');
    const known = this.#bucketsByPlacement.get(kind);
    if (known !== undefined) return known;
    const byKey = new Map<string, { key: string; domains: readonly string[]; members: number[] }>();
    for (const [index, { host }] of this.candidates.entries()) {
      const domains = placements.map((placement) => host.faultDomain[placement.domain]);
      const key = `${kind}:${domains.join('|')}`;
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

/** Counts one host of the want in its domains. */
export function countDomains(use: DomainUse, placements: readonly Placement[], host: HostRecord): void {
  for (const [index, placement] of placements.entries()) {
    const key = `${index}:${host.faultDomain[placement.domain]}`;
    use.set(key, (use.get(key) ?? 0) + 1);
  }
}

/** The next member at or after the want's cursor that suits; leaves the cursor there. */
function advance(want: Want, bucket: Bucket, suits: (index: number) => boolean): number {
  for (let at = want.cursors.get(bucket.key) ?? 0; at < bucket.members.length; at += 1) {
    const index = bucket.members[at];
    if (index === undefined || !suits(index)) continue;
    want.cursors.set(bucket.key, at);
    return index;
  }
  want.cursors.set(bucket.key, bucket.members.length);
  return -1;
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
function bestFitFirst(a: Candidate, b: Candidate): number {
  for (const dimension of ['gpus', 'cpusMilli', 'memoryBytes', 'diskBytes']) {
    const difference = amount(a.size, dimension) - amount(b.size, dimension);
    if (difference !== 0) return difference;
  }
  if (a.host.name !== b.host.name) return a.host.name < b.host.name ? -1 : 1;
  return a.host.hostId < b.host.hostId ? -1 : 1;
}
