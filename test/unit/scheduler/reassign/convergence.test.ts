/**
 * The planner on fleets from seeds: demand that stands still is met as far as quota allows, within few rounds, by moving
 * each host at most once; and demand that swings moves no host more often than its minimum hold allows.
 */
import { describe, expect, it } from '@jest/globals';

import { auditTouched } from '../../../../scheduler/invariants.js';
import { entitlements } from '../../../../scheduler/quota/index.js';
import { planRound } from '../../../../scheduler/reassign/index.js';
import { sfc32 } from '../../../support/seeded-random.js';
import { Bench } from './bench.js';

const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1);
const ROUNDS = 20;
const FRAMEWORKS = ['ovirt/prod', 'kubernetes/east', 'hadoop/lake', 'openstack/lab'];

class Fleet {
  readonly bench: Bench;
  readonly hosts: readonly string[];
  readonly #random: ReturnType<typeof sfc32>;

  constructor(seed: number, minHoldMs: number) {
    this.#random = sfc32(seed);
    const budgets = {
      movesInFlightMax: 4,
      movesInFlightPerWorkloadMax: 3,
      movesInFlightPerRackMax: 2,
      movesPerHourMax: 1_000,
    };
    this.bench = new Bench({ ...budgets, hysteresisRounds: 2, minHoldMs });
    const count = 8 + this.#upTo(12);
    this.hosts = Array.from({ length: count }, (_, at) => `n${at}`);
    const guaranteed = Math.floor(count / 5);
    this.bench.role('/a', { weight: 1 + this.#upTo(3) });
    for (const [at, framework] of FRAMEWORKS.entries()) {
      // Two of the roles are siblings below /a, two stand alone.
      const role = roleOf(at);
      this.bench.role(role, {
        weight: 1 + this.#upTo(3),
        guarantee: { hosts: this.#upTo(guaranteed) },
        priority: this.#upTo(2),
      });
      this.bench.framework(framework, [role]);
    }
    for (const [at, host] of this.hosts.entries()) {
      const owner = this.#upTo(FRAMEWORKS.length);
      const rack = `rack${at % 4}`;
      const heldBy = FRAMEWORKS[owner];
      if (heldBy === undefined) this.bench.host(host, { rack });
      else this.bench.host(host, { rack, heldBy, role: roleOf(owner) });
    }
    this.demandAnew();
  }

  #upTo(last: number): number {
    return Math.floor(this.#random.next() * (last + 1));
  }

  demandAnew(): void {
    for (const [at, framework] of FRAMEWORKS.entries())
      this.bench.demand(framework, roleOf(at), this.#upTo(Math.floor(this.hosts.length / 2)));
  }

  /** A planning round, then everyone does what is asked; free hosts are claimed as the allocator would offer them. */
  round(): void {
    const { bench } = this;
    bench.pass(60_000);
    bench.core.state.takeMutations();
    planRound(bench.core);
    auditTouched(bench.core);
    bench.allocate();
    for (const host of this.hosts) if (bench.hostRecord(host).transitionId !== null) bench.until(host, 'the end');
  }

  /** Hosts held by each role, set beside what it is owed. */
  shortages(): readonly string[] {
    const owed = entitlements(this.bench.core);
    return FRAMEWORKS.flatMap((framework, at) => {
      const held = this.bench.core.state.leasesByFramework.get(framework).size;
      const entitled = owed.of(roleOf(at), 'standard');
      return held < entitled ? [`${framework} holds ${held} of ${entitled}`] : [];
    });
  }
}

function roleOf(at: number): string {
  return at < 2 ? `/a/r${at}` : `/r${at}`;
}

describe('convergence of plans', () => {
  it.each(SEEDS)('seed %i: standing demand is met as owed, and no host moves twice for it', (seed) => {
    const fleet = new Fleet(seed, 0);
    for (let round = 0; round < ROUNDS; round += 1) fleet.round();
    expect(fleet.shortages()).toEqual([]);
    const before = fleet.bench.core.state.transitions.size;
    for (let round = 0; round < 5; round += 1) fleet.round();
    expect(fleet.bench.core.state.transitions.size).toBe(before);
    const moved = [...fleet.bench.core.state.transitions.values()].map((one) => one.hostId);
    expect(new Set(moved).size).toBe(moved.length);
  });

  it.each(SEEDS.slice(0, 8))(
    'seed %i: swinging demand moves no host within its minimum hold, unless a guarantee calls',
    (seed) => {
      const minHoldMs = 20 * 60_000;
      const fleet = new Fleet(seed, minHoldMs);
      for (let round = 0; round < 60; round += 1) {
        if (round % 3 === 0) fleet.demandAnew();
        fleet.round();
      }
      const lastJoined = new Map<string, number>();
      for (const one of fleet.bench.core.state.transitions.values()) {
        const joined = lastJoined.get(one.hostId);
        if (joined !== undefined && one.from !== null && !one.reclaim)
          expect(one.startedMs - joined).toBeGreaterThanOrEqual(minHoldMs);
        lastJoined.set(one.hostId, one.endedMs);
      }
      expect(lastJoined.size).toBeGreaterThan(0);
    },
  );
});
