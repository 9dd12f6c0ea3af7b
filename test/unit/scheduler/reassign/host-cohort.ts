/** Roles that hold whole hosts, and a planner whose moves all succeed: what tests of shares and reclaim by figures start from. */
import { expect } from '@jest/globals';
import type { SchedulerOptions } from '../../../../scheduler/config.js';
import { auditTouched } from '../../../../scheduler/invariants.js';
import { lastPlan, planRound } from '../../../../scheduler/reassign/index.js';
import type { RoleRecord, TransitionRecord } from '../../../../scheduler/state/records.js';
import { Bench } from './bench.js';

export interface Queue {
  readonly nominal?: number;
  readonly holds?: number;
  /** All it would like to have; what it holds unless said. */
  readonly wants?: number;
  /** Fewer than this many are of no use to it. */
  readonly minimum?: number;
  /** Of its demand: queues of one role are told apart by the part after `#`. */
  readonly priority?: number;
  readonly role?: Partial<RoleRecord>;
}

const QUIET_ROUNDS = 3;
const ROUNDS_MAX = 30;

export class HostCohort {
  readonly bench: Bench;
  readonly #moved: string[] = [];

  constructor(queues: Readonly<Record<string, Queue>>, free = 0, options: Partial<SchedulerOptions> = {}) {
    this.bench = new Bench({
      ...{ hysteresisRounds: 1, hysteresisHosts: 0, minHoldMs: 0 },
      ...{ movesInFlightMax: 99, movesInFlightPerWorkloadMax: 99 },
      ...options,
    });
    for (const [name, queue] of Object.entries(queues)) {
      const [path = ''] = name.split('#');
      const guarantee = queue.nominal === undefined ? {} : { guarantee: { hosts: queue.nominal } };
      if (!this.bench.core.state.roles.has(path)) this.bench.role(path, { ...guarantee, ...queue.role });
    }
    for (const [name, queue] of Object.entries(queues)) {
      const [path = ''] = name.split('#');
      const { holds = 0, wants = holds, minimum = 0, priority = 0 } = queue;
      if (holds + wants === 0) continue;
      const framework = frameworkOf(name);
      this.bench.framework(framework, [path]);
      for (let at = 1; at <= holds; at += 1) this.bench.host(`${label(name)}${at}`, { heldBy: framework, role: path });
      this.bench.demand(framework, path, wants, { minimum, priority });
    }
    for (let at = 1; at <= free; at += 1) this.bench.host(`free${at}`);
  }

  /** One planning round; its moves, not yet begun. */
  round(passMs = 60_000): readonly TransitionRecord[] {
    this.bench.pass(passMs);
    this.bench.core.state.takeMutations();
    planRound(this.bench.core);
    auditTouched(this.bench.core);
    this.bench.collect();
    return this.#running();
  }

  /** Runs until nothing moves any more; what went from whom to whom: `{ 'b>a': 1 }`. Free hosts are given first. */
  settle(): Readonly<Record<string, number>> {
    this.bench.allocate();
    for (let round = 0, quiet = 0; quiet < QUIET_ROUNDS; round += 1) {
      expect(round).toBeLessThan(ROUNDS_MAX);
      this.round();
      quiet = this.#finishMoves() ? 0 : quiet + 1;
    }
    const sums: Record<string, number> = {};
    for (const move of this.#moved) sums[move] = (sums[move] ?? 0) + 1;
    return sums;
  }

  /** The queue's hosts. */
  held(name: string): number {
    return [...this.bench.core.state.leases.values()].filter(({ frameworkId }) => frameworkId === frameworkOf(name))
      .length;
  }

  get notMoved(): readonly string[] {
    return lastPlan(this.bench.core)?.notMoved ?? [];
  }

  #running(): readonly TransitionRecord[] {
    return [...this.bench.core.state.transitions.values()].filter(({ outcome }) => outcome === 'running');
  }

  #finishMoves(): boolean {
    const running = this.#running();
    for (const { hostId, from, to } of running) {
      this.bench.until(hostId, 'the end');
      expect(this.bench.place(hostId)).toBe('completed');
      // A claim of a free host is no move: nobody gives anything up.
      if (from !== null) this.#moved.push(`${from.frameworkId.split('/')[1]}>${to?.frameworkId.split('/')[1]}`);
    }
    return running.length > 0;
  }
}

function label(name: string): string {
  return name.slice(1).replaceAll(/[/#]/g, '-');
}

/** The framework that holds the queue's hosts. */
export function frameworkOf(name: string): string {
  return `wl-${label(name)}/${label(name)}`;
}
