import type { Mutation } from '../../scheduler/index.js';
import { MemoryStore } from '../../src/store/index.js';
import type { World } from '../../src/simulation/world.js';
import type { FaultInjector } from './faults.js';
import type { RandomOperator } from './operator.js';

interface StoredTransition {
  readonly transitionId: string;
  readonly hostId: string;
  readonly step: string;
  readonly stepPhase: string;
  readonly left: boolean;
  readonly outcome: string;
  readonly startedMs: number;
}

interface StoredLease {
  readonly leaseId: string;
  readonly hostId: string;
  readonly frameworkId: string;
}

/** Orders that an executor may give its manager while a transition stands at a step. */
const ORDERS_BY_STEP: Readonly<Record<string, readonly string[]>> = {
  drain: ['drain', 'kill_unit'],
  cancel_drain: ['activate'],
  // Leaving also undoes a join: what has begun to serve is emptied first.
  leave: ['leave', 'drain', 'kill_unit'],
  join: ['join', 'activate', 'leave'],
};

/** Watches one world and collects what must never be, in sentences. */
export class Checkers {
  readonly problems: string[] = [];
  readonly #world: World;
  readonly #operator: RandomOperator;
  /** The durable truth as committed: what a restarted master would find. */
  readonly #transitions = new Map<string, StoredTransition>();
  readonly #leases = new Map<string, StoredLease>();
  readonly #hostNames = new Map<string, string>();
  readonly #callsSeen = new Map<string, number>();
  #steps = 0;

  constructor(world: World, operator: RandomOperator) {
    this.#world = world;
    this.#operator = operator;
  }

  /** What became durable, in order. */
  onCommitted(mutations: readonly Mutation[]): void {
    const left = new Set<string>();
    for (const { key, value } of mutations) {
      if (value === null) continue;
      if (key.startsWith('transition/')) {
        const transition = value as StoredTransition;
        this.#transitions.set(key.slice('transition/'.length), transition);
        if (transition.left) left.add(transition.hostId);
      } else if (key.startsWith('host/')) {
        const host = value as { readonly hostId: string; readonly name: string };
        this.#hostNames.set(host.hostId, host.name);
      }
    }
    for (const { key, value } of mutations) {
      if (!key.startsWith('lease/')) continue;
      const leaseId = key.slice('lease/'.length);
      if (value !== null) {
        this.#leases.set(leaseId, value as StoredLease);
        continue;
      }
      const lease = this.#leases.get(leaseId);
      this.#leases.delete(leaseId);
      if (lease === undefined || left.has(lease.hostId)) continue;
      if (this.#operator.confirmedOff.has(this.#nameOf(lease.hostId))) continue;
      this.#report(
        `lease ${leaseId} of ${lease.frameworkId} on ${this.#nameOf(lease.hostId)} ended although the host did not leave`,
      );
    }
    const byHost = new Map<string, string>();
    for (const lease of this.#leases.values()) {
      const other = byHost.get(lease.hostId);
      if (other !== undefined)
        this.#report(`${this.#nameOf(lease.hostId)} is leased twice: ${other} and ${lease.leaseId}`);
      byHost.set(lease.hostId, lease.leaseId);
    }
  }

  /** After every event of the world. */
  onEvent(): void {
    this.#steps += 1;
    this.#checkOrders();
    if (this.#steps % 50 === 0) this.#checkManagers();
    if (this.#steps % 500 === 0) this.#auditNow();
    if (this.#steps % 2_000 === 0) this.#compareWithDisk();
  }

  onReload(reason: string): void {
    // A failed commit is the disk's doing; everything else is an assertion of ours that failed.
    if (!reason.startsWith('commit: the simulated disk')) this.#report(`the master lost its memory: ${reason}`);
  }

  onMasterEnded(error: Error | null): void {
    if (error === null || error.message.includes('memory was lost')) return;
    if (error.message.includes('term')) return; // A killed process's last commit met its successor.
    this.#report(`the master ended: ${error.message}`);
  }

  /** Runs every check once more. */
  finish(): void {
    this.#auditNow();
    this.#checkManagers();
    this.#compareWithDisk();
  }

  #checkOrders(): void {
    for (const name of this.#world.frameworkNames) {
      const { manager } = this.#world.workload(name);
      const { calls } = manager;
      const seen = Math.min(this.#callsSeen.get(name) ?? 0, calls.length);
      for (const call of calls.slice(seen)) this.#checkOrder(name, call.call, call.machine, call.reason);
      this.#callsSeen.set(name, calls.length);
    }
  }

  /** Fencing: an order may reach a manager only while the durable state says that this step is being carried out. */
  #checkOrder(framework: string, order: string, machine: string, reason: string): void {
    const running = [...this.#transitions.values()].find(
      (transition) => transition.outcome === 'running' && this.#nameOf(transition.hostId) === machine,
    );
    const where =
      running === undefined
        ? 'no move of it is in progress'
        : `its move ${running.transitionId} stands at ${running.step} (${running.stepPhase})`;
    const allowed =
      running !== undefined && running.stepPhase !== 'pending' && (ORDERS_BY_STEP[running.step] ?? []).includes(order);
    if (!allowed) this.#report(`${framework} ordered "${order}" for ${machine} (${reason}) although ${where}`);
  }

  #checkManagers(): void {
    for (const host of this.#world.hostNames) {
      const serving = this.#world.frameworkNames.filter(
        (name) => this.#world.workload(name).manager.stateOf(host) === 'up',
      );
      if (serving.length > 1) this.#report(`${host} serves ${serving.join(' and ')} at once`);
    }
  }

  #auditNow(): void {
    const loop = this.#world.loop;
    if (loop?.leading !== true) return;
    for (const { invariant, subject, message } of loop.master.audit())
      this.#report(`${invariant} ${subject}: ${message}`);
  }

  /** The live core, reduced to what is durable, must be what the store holds. */
  #compareWithDisk(): void {
    const loop = this.#world.loop;
    if (loop?.leading !== true || !loop.settled) return;
    const live = JSON.stringify(loop.master.dump());
    const stored = JSON.stringify(MemoryStore.contentOf(this.#world.disk));
    if (live !== stored) this.#report('the store holds something else than the live core');
  }

  #nameOf(hostId: string): string {
    return this.#hostNames.get(hostId) ?? hostId;
  }

  #report(problem: string): void {
    const at = new Date(this.#world.clock.nowMs() - this.#world.startMs).toISOString().slice(11, 23);
    if (this.problems.length < 20) this.problems.push(`${at} ${problem}`);
  }
}

/** What has to be true once the world was healed and had time. */
export function livenessProblems(world: World, faults: FaultInjector): readonly string[] {
  const problems: string[] = [];
  const loop = world.loop;
  if (loop?.leading !== true) return ['the master does not lead although nothing is broken any more'];
  const page = { limit: 1_000, pageToken: '' };
  const nowMs = loop.master.nowMs;
  const transitions = loop.master.query({ kind: 'transitions', ended: false, page });
  if (transitions.kind === 'transitions') {
    for (const move of transitions.transitions) {
      const minutes = Math.round((nowMs - move.startedMs) / 60_000);
      if (minutes > 120)
        problems.push(
          `move ${move.transitionId} of ${move.hostName} is ${String(minutes)} minutes old and stands at ${move.step} (${move.word}: ${move.message})`,
        );
    }
  }
  const hosts = loop.master.query({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page });
  if (hosts.kind === 'hosts') {
    for (const host of hosts.hosts) {
      if (!host.connected) problems.push(`${host.name} is not connected`);
      if (host.mode === 'quarantined' && host.quarantineReason === '')
        problems.push(`${host.name} is quarantined without a reason`);
      if (host.offers > 0 && host.mode !== 'free' && host.mode !== 'shared')
        problems.push(`${host.name} is ${host.mode} and under offer`);
    }
  }
  const frameworks = loop.master.query({ kind: 'frameworks', workload: '' });
  if (frameworks.kind === 'frameworks') {
    for (const framework of frameworks.frameworks)
      if (!framework.connected) problems.push(`${framework.frameworkId} is not connected`);
  }
  const demands = loop.master.query({ kind: 'demands' });
  const free =
    hosts.kind === 'hosts'
      ? hosts.hosts.filter(
          (host) =>
            host.mode === 'free' && host.clean && !host.cordoned && host.transition === null && host.offers === 0,
        )
      : [];
  if (demands.kind === 'demands') {
    for (const { frameworkId, demandId, status } of demands.demands) {
      if (status.pending > 0 && status.unmetReason === 'NONE')
        problems.push(`demand ${frameworkId}/${demandId} waits for ${String(status.pending)} without a reason`);
      if (status.pending > 0 && free.length > 0 && status.unmetReason === 'NO_CAPACITY')
        problems.push(
          `demand ${frameworkId}/${demandId} waits for capacity while ${String(free.length)} hosts are free`,
        );
    }
  }
  // Where nobody meddled by hand, what is leased and serving is up in its manager.
  if (hosts.kind === 'hosts') {
    for (const host of hosts.hosts) {
      if (host.phase !== 'serving' || host.transition !== null || faults.handledHosts.has(host.name)) continue;
      const workload = host.owner.split('/')[0] ?? '';
      if (!world.frameworkNames.includes(workload)) continue;
      const state = world.workload(workload).manager.stateOf(host.name);
      if (state !== 'up')
        problems.push(`${host.name} is leased to ${host.owner} and serving, but in its manager it is ${state}`);
    }
  }
  return problems;
}
