import type { Mutation } from '../../scheduler/index.js';
import type { World } from '../../src/simulation/world.js';
import type { StoredTransition } from './move-watch.js';

interface StoredLease {
  readonly leaseId: string;
  readonly hostId: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly origin: 'adopted' | 'claimed';
}

interface StoredRole {
  readonly path: string;
  readonly limit: Readonly<Record<string, number>>;
}

/** An offer made before its role's limit was lowered may still be accepted for so long. */
const OFFER_LEASE_MS = 30_000;

/** Hosts about which the truth is not ours to prove. */
export interface Excused {
  /** An operator confirmed its power off: its lease ended without leaving. */
  readonly confirmedOff: ReadonlySet<string>;
  /** Somebody changed it in a manager by hand. */
  readonly handled: () => ReadonlySet<string>;
}

/**
 * The durable truth about hosts, leases and moves as committed: what a restarted master would find. Kept by the checker
 * itself from the committed records, and compared with what managers really have.
 */
export class LeaseLedger {
  readonly transitions = new Map<string, StoredTransition>();
  readonly #world: World;
  readonly #report: (problem: string) => void;
  readonly #excused: Excused;
  readonly #leases = new Map<string, StoredLease>();
  readonly #roles = new Map<string, StoredRole>();
  /** World time at which each role was last changed. */
  readonly #roleChangedMs = new Map<string, number>();
  readonly #hostNames = new Map<string, string>();
  /** World time at which the last move of a host was aborted: its executor runs out of its step lease. */
  readonly #abortedMs = new Map<string, { readonly transition: StoredTransition; readonly atMs: number }>();
  /** World time at which each running move was first seen. */
  readonly #sinceMs = new Map<string, number>();

  constructor(world: World, excused: Excused, report: (problem: string) => void) {
    this.#world = world;
    this.#excused = excused;
    this.#report = report;
  }

  onCommitted(mutations: readonly Mutation[]): void {
    const left = new Set<string>();
    for (const { key, value } of mutations) {
      if (key.startsWith('transition/')) this.#onTransition(key.slice('transition/'.length), value, left);
      else if (key.startsWith('role/')) this.#onRole(key.slice('role/'.length), value);
      else if (key.startsWith('host/') && value !== null) {
        const host = value as { readonly hostId: string; readonly name: string };
        this.#hostNames.set(host.hostId, host.name);
      }
    }
    for (const { key, value } of mutations) {
      if (!key.startsWith('lease/')) continue;
      const leaseId = key.slice('lease/'.length);
      if (value === null) this.#onEnded(leaseId, left);
      else this.#onLease(leaseId, value as StoredLease);
    }
    this.#checkUnique();
  }

  /** After a start: a commit may have reached the disk though its answer was lost, so that nobody was told of it. */
  catchUp(stored: readonly (readonly [string, unknown])[]): void {
    const there = new Set(stored.map(([key]) => key));
    const known = [
      ...[...this.transitions.keys()].map((id) => `transition/${id}`),
      ...[...this.#roles.keys()].map((path) => `role/${path}`),
      ...[...this.#leases.keys()].map((id) => `lease/${id}`),
    ];
    this.onCommitted([
      ...stored.map(([key, value]) => ({ key, value })),
      ...known.filter((key) => !there.has(key)).map((key) => ({ key, value: null })),
    ]);
  }

  nameOf(hostId: string): string {
    return this.#hostNames.get(hostId) ?? hostId;
  }

  /** The running move of a host, if any. */
  moveOf(host: string): StoredTransition | undefined {
    for (const transition of this.transitions.values())
      if (transition.outcome === 'running' && this.nameOf(transition.hostId) === host) return transition;
    return undefined;
  }

  /** The move of a host that an operator ended where it stood, unless that was longer ago. */
  abortedMoveOf(host: string, withinMs: number): StoredTransition | undefined {
    const aborted = this.#abortedMs.get(host);
    return aborted !== undefined && this.#world.clock.nowMs() - aborted.atMs <= withinMs
      ? aborted.transition
      : undefined;
  }

  /** Running moves with their age on the world's clock, ms. */
  ages(): readonly { readonly transition: StoredTransition; readonly ageMs: number }[] {
    const nowMs = this.#world.clock.nowMs();
    return [...this.transitions.values()]
      .filter(({ outcome }) => outcome === 'running')
      .map((transition) => ({ transition, ageMs: nowMs - (this.#sinceMs.get(transition.transitionId) ?? nowMs) }));
  }

  #onTransition(id: string, value: unknown, left: Set<string>): void {
    if (value === null) {
      this.transitions.delete(id);
      this.#sinceMs.delete(id);
      return;
    }
    const transition = value as StoredTransition;
    const before = this.transitions.get(id);
    if (before !== undefined && before.outcome !== 'running' && transition.outcome === 'running')
      this.#report(`move ${id} had ended (${before.outcome}) and runs again`);
    if (before !== undefined && transition.attempt < before.attempt)
      this.#report(`move ${id} went back from attempt ${String(before.attempt)} to ${String(transition.attempt)}`);
    if (before?.outcome === 'running' && before.stepPhase !== 'pending' && transition.outcome === 'quarantined')
      this.#abortedMs.set(this.nameOf(transition.hostId), { transition, atMs: this.#world.clock.nowMs() });
    if (before === undefined) this.#sinceMs.set(id, this.#world.clock.nowMs());
    this.transitions.set(id, transition);
    if (transition.left) left.add(transition.hostId);
  }

  #onRole(path: string, value: unknown): void {
    const limit = JSON.stringify(this.#roles.get(path)?.limit);
    if (value === null || limit !== JSON.stringify((value as StoredRole).limit))
      this.#roleChangedMs.set(path, this.#world.clock.nowMs());
    if (value === null) this.#roles.delete(path);
    else this.#roles.set(path, value as StoredRole);
  }

  #onLease(leaseId: string, lease: StoredLease): void {
    const isNew = !this.#leases.has(leaseId);
    this.#leases.set(leaseId, lease);
    if (!isNew || lease.origin !== 'claimed') return;
    const limit = this.#roles.get(lease.role)?.limit['hosts'];
    const move = [...this.transitions.values()].find(
      ({ hostId, outcome }) => hostId === lease.hostId && outcome === 'running',
    );
    // A move is charged, and held against the limit, when it starts; an offer when it is made.
    const chargedMs =
      (move === undefined ? this.#world.clock.nowMs() : (this.#sinceMs.get(move.transitionId) ?? 0)) - OFFER_LEASE_MS;
    if (limit === undefined || (this.#roleChangedMs.get(lease.role) ?? 0) >= chargedMs) return;
    const held = [...this.#leases.values()].filter(({ role }) => role === lease.role).length;
    if (held > limit)
      this.#report(
        `${lease.frameworkId} was granted ${this.nameOf(lease.hostId)}: ` +
          `role ${lease.role} then holds ${String(held)} hosts, over its limit of ${String(limit)}`,
      );
  }

  /** A lease ends when its host has left: it says so in its move, and its manager has forgotten it. */
  #onEnded(leaseId: string, left: ReadonlySet<string>): void {
    const lease = this.#leases.get(leaseId);
    this.#leases.delete(leaseId);
    if (lease === undefined) return;
    const host = this.nameOf(lease.hostId);
    if (this.#excused.confirmedOff.has(host)) return;
    if (!left.has(lease.hostId))
      this.#report(`lease ${leaseId} of ${lease.frameworkId} on ${host} ended although the host did not leave`);
    const workload = lease.frameworkId.split('/')[0] ?? '';
    if (this.#excused.handled().has(host) || !this.#world.frameworkNames.includes(workload)) return;
    const state = this.#world.workload(workload).manager.stateOf(host);
    if (state !== 'missing')
      this.#report(`lease ${leaseId} on ${host} ended while the manager of ${lease.frameworkId} has it (${state})`);
  }

  #checkUnique(): void {
    const byHost = new Map<string, string>();
    for (const lease of this.#leases.values()) {
      const other = byHost.get(lease.hostId);
      if (other !== undefined)
        this.#report(`${this.nameOf(lease.hostId)} is leased twice: ${other} and ${lease.leaseId}`);
      byHost.set(lease.hostId, lease.leaseId);
    }
  }
}
