/**
 * What frameworks declined: pairs of (framework, role) and host that get no offer until the filter ends.
 *
 * Built for many: ten thousand hosts times a thousand frameworks that all said no is what a busy evening looks like. A pair
 * has a slot, a host has one bit per slot, so "did this one decline this host" is one bit and "is anybody left who did
 * not" a few words (`OpenRound`). Ends are kept in buckets of equal time, one timer each, because a framework declines
 * many offers in one message. A pair that is cleared (revive) takes its slot along; what still stands in buckets for it
 * is dead then and is swept out once it is the greater part.
 */

import { BitRows } from './bit-rows.js';

/** Filters in force and dead ones together; beyond it those that end first end early: their hosts come again sooner. */
export const FILTERS_MAX = 5_000_000;

/** Hosts remembered per pair so that a status can say how many of them would do. */
const RECENT_MAX = 1_000;

/** Ended ones among them are not worth forgetting below this. */
const RECENT_ENDED_MIN = 20;

/** Sweeping is not worth it below this. */
const DEAD_MIN = 1_000;

/** One (framework, role) that declined something. */
export interface FilterPair {
  readonly key: string;
  readonly frameworkId: string;
  readonly role: string;
  /** Its bit in the rows of hosts. */
  readonly slot: number;
  /** Bits that are set for it. */
  count: number;
  /** Declined hosts, latest last, ended ones among them. */
  recent: string[];
  /** False once it was cleared. */
  isLive: boolean;
}

/** What one host was declined by. */
export interface HostFilters {
  readonly hostId: string;
  /** Its bits, in `OfferFilters`. */
  readonly row: number;
  /** Bits that are set. */
  count: number;
  /** Slots with more than one filter in force: how many. The bit goes with the last. */
  repeated: Map<number, number> | null;
  isLive: boolean;
}

interface Bucket {
  readonly pairs: FilterPair[];
  readonly hosts: HostFilters[];
}

export class OfferFilters {
  readonly #pairs = new Map<string, FilterPair>();
  readonly #hosts = new Map<string, HostFilters>();
  readonly #bits = new BitRows();
  readonly #buckets = new Map<number, Bucket>();
  readonly #freeSlots: number[] = [];
  #slots = 0;
  #entries = 0;
  #dead = 0;

  /** Filters in force, repeats included. */
  get size(): number {
    return this.#entries - this.#dead;
  }

  /** Filters in force and dead ones. */
  get entriesKept(): number {
    return this.#entries;
  }

  /**
   * No offer of the host to the framework in the role until `untilMs`.
   * @returns whether a bucket was begun for that time: the caller sets a timer for it
   */
  add(frameworkId: string, role: string, hostId: string, untilMs: number): boolean {
    const pair = this.#pairOf(frameworkId, role);
    const host = this.#hostOf(hostId);
    if (!this.declined(host, pair)) {
      this.#bits.set(host.row, pair.slot);
      host.count += 1;
      pair.count += 1;
      pair.recent.push(hostId);
      if (pair.recent.length >= 2 * RECENT_MAX) pair.recent = pair.recent.slice(-RECENT_MAX);
    } else {
      host.repeated ??= new Map<number, number>();
      host.repeated.set(pair.slot, (host.repeated.get(pair.slot) ?? 1) + 1);
    }
    let bucket = this.#buckets.get(untilMs);
    const isNew = bucket === undefined;
    if (bucket === undefined) this.#buckets.set(untilMs, (bucket = { pairs: [], hosts: [] }));
    bucket.pairs.push(pair);
    bucket.hosts.push(host);
    this.#entries += 1;
    return isNew;
  }

  /** Whether the host is not offered to the framework in the role now. */
  blocks(frameworkId: string, role: string, hostId: string): boolean {
    const pair = this.pair(frameworkId, role);
    return pair !== null && this.isSet(pair, hostId);
  }

  isSet(pair: FilterPair, hostId: string): boolean {
    const host = this.#hosts.get(hostId);
    return host !== undefined && this.declined(host, pair);
  }

  /** Whether the pair declined the host. */
  declined(host: HostFilters, pair: FilterPair): boolean {
    return this.#bits.has(host.row, pair.slot);
  }

  /** Whether all pairs did whose slots are the bits of the mask. */
  declinedByAll(host: HostFilters, mask: readonly number[]): boolean {
    return this.#bits.covers(host.row, mask);
  }

  /** The pair, or null when it has declined nothing that is still in force. */
  pair(frameworkId: string, role: string): FilterPair | null {
    return this.pairOf(filterKey(frameworkId, role));
  }

  /** The same by `filterKey`. */
  pairOf(key: string): FilterPair | null {
    const pair = this.#pairs.get(key);
    return pair === undefined || pair.count === 0 ? null : pair;
  }

  /** Who declined the host, or null when nobody did; live. */
  host(hostId: string): HostFilters | null {
    return this.#hosts.get(hostId) ?? null;
  }

  /** Hosts that the framework declined in the role and that are not offered to it; the latest few. */
  recentHosts(frameworkId: string, role: string): readonly string[] {
    const pair = this.pair(frameworkId, role);
    return pair === null ? [] : this.#inForce(pair, pair.recent.slice(-RECENT_MAX));
  }

  /** Ends the filters of the bucket. @returns hosts that are offered again to somebody */
  end(untilMs: number): readonly string[] {
    const bucket = this.#buckets.get(untilMs);
    if (bucket === undefined) return [];
    this.#buckets.delete(untilMs);
    this.#entries -= bucket.pairs.length;
    const freed = new Set<string>();
    for (const [at, pair] of bucket.pairs.entries()) {
      const host = bucket.hosts[at];
      if (host === undefined) continue;
      if (!pair.isLive || !host.isLive) this.#dead -= 1;
      else if (this.#unset(pair, host)) freed.add(host.hostId);
    }
    return [...freed];
  }

  /** Ends what is beyond `FILTERS_MAX`, first what would end first. @returns hosts that are offered again to somebody */
  shed(): readonly string[] {
    const freed: string[] = [];
    while (this.#entries > FILTERS_MAX) {
      let first = Infinity;
      for (const untilMs of this.#buckets.keys()) first = Math.min(first, untilMs);
      freed.push(...this.end(first));
    }
    return freed;
  }

  /** Forgets what the framework declined in the role. */
  clearPair(frameworkId: string, role: string): void {
    const pair = this.#pairs.get(filterKey(frameworkId, role));
    if (pair === undefined) return;
    if (pair.count > 0)
      for (const host of this.#hosts.values()) {
        if (!this.declined(host, pair)) continue;
        this.#bits.clear(host.row, pair.slot);
        host.count -= 1;
        this.#dead += host.repeated?.get(pair.slot) ?? 1;
        host.repeated?.delete(pair.slot);
      }
    this.#drop(pair);
    this.#sweep();
  }

  clearFramework(frameworkId: string): void {
    for (const pair of [...this.#pairs.values()])
      if (pair.frameworkId === frameworkId) this.clearPair(frameworkId, pair.role);
  }

  /** The host is no more, or is another one now: whoever declined it may want it. */
  clearHost(hostId: string): void {
    const host = this.#hosts.get(hostId);
    if (host === undefined) return;
    for (const pair of [...this.#pairs.values()]) {
      if (!this.declined(host, pair)) continue;
      this.#dead += host.repeated?.get(pair.slot) ?? 1;
      pair.count -= 1;
      if (pair.count === 0) this.#drop(pair);
      else this.#forgetEnded(pair);
    }
    this.#dropHost(host);
    this.#sweep();
  }

  #pairOf(frameworkId: string, role: string): FilterPair {
    const key = filterKey(frameworkId, role);
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      const slot = this.#freeSlots.pop() ?? this.#slots++;
      pair = { key, frameworkId, role, slot, count: 0, recent: [], isLive: true };
      this.#pairs.set(key, pair);
    }
    return pair;
  }

  #hostOf(hostId: string): HostFilters {
    let host = this.#hosts.get(hostId);
    if (host === undefined) {
      host = { hostId, row: this.#bits.take(), count: 0, repeated: null, isLive: true };
      this.#hosts.set(hostId, host);
    }
    return host;
  }

  /** One filter of the two ends. @returns whether it was the last */
  #unset(pair: FilterPair, host: HostFilters): boolean {
    const more = host.repeated?.get(pair.slot) ?? 1;
    if (more > 1) {
      if (more === 2) host.repeated?.delete(pair.slot);
      else host.repeated?.set(pair.slot, more - 1);
      return false;
    }
    this.#bits.clear(host.row, pair.slot);
    pair.count -= 1;
    host.count -= 1;
    if (pair.count === 0) this.#drop(pair);
    else this.#forgetEnded(pair);
    if (host.count === 0) this.#dropHost(host);
    return true;
  }

  /** What a pair remembers follows what it has declined now, as half of that ends at the latest: pairs are many. */
  #forgetEnded(pair: FilterPair): void {
    if (pair.recent.length > 2 * pair.count + RECENT_ENDED_MIN) pair.recent = this.#inForce(pair, pair.recent);
  }

  /** Of the hosts those that are not offered to the pair, each once, latest last. */
  #inForce(pair: FilterPair, hostIds: readonly string[]): string[] {
    const hosts = new Set<string>();
    for (const hostId of hostIds) {
      hosts.delete(hostId);
      if (this.isSet(pair, hostId)) hosts.add(hostId);
    }
    return [...hosts];
  }

  #drop(pair: FilterPair): void {
    pair.isLive = false;
    pair.count = 0;
    this.#pairs.delete(pair.key);
    this.#freeSlots.push(pair.slot);
  }

  #dropHost(host: HostFilters): void {
    host.isLive = false;
    this.#hosts.delete(host.hostId);
    this.#bits.give(host.row);
  }

  #sweep(): void {
    if (this.#dead < DEAD_MIN || 2 * this.#dead < this.#entries) return;
    for (const [untilMs, bucket] of this.#buckets) {
      const kept: Bucket = { pairs: [], hosts: [] };
      for (const [at, pair] of bucket.pairs.entries()) {
        const host = bucket.hosts[at];
        if (host === undefined || !pair.isLive || !host.isLive) continue;
        kept.pairs.push(pair);
        kept.hosts.push(host);
      }
      // An emptied bucket stays until its timer comes: that timer finds it, and a new filter of that time needs none.
      this.#buckets.set(untilMs, kept);
    }
    this.#entries -= this.#dead;
    this.#dead = 0;
  }
}

/** The name of a pair. */
export function filterKey(frameworkId: string, role: string): string {
  return `${frameworkId}|${role}`;
}
