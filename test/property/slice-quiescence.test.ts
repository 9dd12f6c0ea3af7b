/**
 * No ping-pong of slices, for random trees of roles with guarantees, weights, priorities and limits. From the moment on
 * in which demand is constant:
 *   - it becomes quiet: after a bounded number of rounds no task is told to go any more;
 *   - in all, fewer tasks are killed than ran in that moment, so none is killed to make room that is taken back again;
 *   - whoever lost tasks still has its guarantee, as far as it asks for it;
 *   - who is still owed something is told why it gets none.
 */
import { describe, expect, it } from '@jest/globals';
import type { Resources, RoleChange } from '../../scheduler/index.js';
import type { Random } from '../../src/ports/index.js';
import { CoreHarness, resources, slicesWanted } from '../support/core-harness.js';
import { Launcher } from '../support/launcher.js';
import { sfc32 } from '../support/seeded-random.js';

const SEEDS = 25;
const HOSTS = 3;
const CPUS_EACH = 8;
const PERIOD_MS = 5_000;
const NOTICE_MS = 10_000;
/** Of five seconds; room needs two rounds and a notice, and a host has one notice at a time. */
const ROUNDS_MAX = 120;
const QUIET_ROUNDS = 40;

const ROLES = ['/a', '/a/x', '/a/y', '/b', '/c', '/c/z'];
const LEAVES = ['/a/x', '/a/y', '/b', '/c/z'];

function cpus(count: number): Resources {
  return { quantities: { cpusMilli: count * 1_000 }, ports: [] };
}

function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random.next() * (most - least + 1));
}

function randomTree(random: Random): Readonly<Record<string, RoleChange>> {
  const tree: Record<string, RoleChange> = {};
  const below = new Map<string, number>();
  for (const role of [...ROLES].reverse()) {
    const parent = role.slice(0, role.lastIndexOf('/'));
    const own = between(random, 0, 3) === 0 ? 0 : between(random, 0, 6);
    const promised = Math.max(own, below.get(role) ?? 0);
    below.set(parent, (below.get(parent) ?? 0) + promised);
    tree[role] = {
      guarantee: promised === 0 ? {} : { cpusMilli: promised * 1_000 },
      limit: between(random, 0, 4) === 0 ? { cpusMilli: Math.max(promised, 4) * 1_000 } : {},
      weight: between(random, 1, 4),
      priority: between(random, 0, 2),
      reclaim: {
        kind: between(random, 0, 5) === 0 ? 'soft' : 'hard',
        graceMs: between(random, 0, 1) * 10_000,
        deadlineMs: 0,
        movesPerRound: between(random, 1, 4),
        minHoldMs: -1,
      },
    };
  }
  return Object.fromEntries(ROLES.map((role) => [role, tree[role] ?? {}]));
}

class RandomFleet {
  readonly harness = new CoreHarness({ taskReclaimPeriodMs: PERIOD_MS, taskReclaimNoticeMs: NOTICE_MS });
  readonly peers: Launcher[] = [];
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = sfc32(seed);
    for (let at = 1; at <= HOSTS; at += 1) {
      this.harness.agent(`n${at}`, { resources: resources(CPUS_EACH) });
      this.harness.must({ kind: 'host_admit', host: `n${at}`, dryRun: false });
      this.harness.advance(100);
      this.harness.must({ kind: 'host_share', host: `n${at}`, shared: true, dryRun: false });
    }
    const roles = Object.entries(randomTree(this.#random)).map(([role, change]) => ({ role, change }));
    this.harness.must({ kind: 'quota_apply', roles, force: true, dryRun: false });
    this.harness.advance(this.harness.options.recoveryBoundMs);
  }

  /** One after the other, so that the first ones borrow what the later ones are promised. */
  arrive(): void {
    const left = [...LEAVES];
    while (left.length > 0) {
      const [role = ''] = left.splice(between(this.#random, 0, left.length - 1), 1);
      const peer = new Launcher(this.harness, `batch/p${this.peers.length}`, [role], false);
      this.harness.enlist(peer);
      peer.connect();
      peer.wants([slicesWanted('d', 40, cpus(between(this.#random, 1, 3)))]);
      this.peers.push(peer);
      this.harness.advance(1_000);
    }
  }

  get running(): number {
    return this.harness.query({ kind: 'overview' }).overview.tasksRunning;
  }

  get told(): number {
    return this.peers.reduce((sum, peer) => sum + peer.noticed.length, 0);
  }

  rounds(count: number): void {
    for (let round = 0; round < count; round += 1) this.harness.advance(PERIOD_MS);
    this.harness.assertSound();
  }

  /** What holds of every role however the rounds went. */
  wrongs(): readonly string[] {
    const wrongs: string[] = [];
    const { roles } = this.harness.query({ kind: 'roles' });
    for (const peer of this.peers) {
      const path = peer.roles[0] ?? '';
      const view = roles.find((role) => role.path === path);
      const [used, promised] = [view?.used['cpusMilli'] ?? 0, view?.effectiveGuarantee['cpusMilli'] ?? 0];
      if (peer.noticed.length > peer.cancelled.length && used < promised)
        wrongs.push(`${path} lost tasks and has ${used} of ${promised}`);
      const why = this.harness.why(`${peer.name}/d`);
      if (why.reasons.length === 0 || why.reasons[0]?.text === '') wrongs.push(`${path} is told nothing`);
    }
    return wrongs;
  }
}

describe('reclaim of slices', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))('of tree %i becomes quiet', (seed) => {
    const fleet = new RandomFleet(seed);
    fleet.arrive();
    const [running, before] = [fleet.running, fleet.told];
    fleet.rounds(ROUNDS_MAX);
    const told = fleet.told;
    fleet.rounds(QUIET_ROUNDS);
    expect({ seed, toldWhenQuiet: fleet.told - told }).toEqual({ seed, toldWhenQuiet: 0 });
    expect(told - before).toBeLessThanOrEqual(running);
    expect(fleet.wrongs()).toEqual([]);
  });

  it('is really exercised by these trees', () => {
    let told = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      const fleet = new RandomFleet(seed);
      fleet.arrive();
      fleet.rounds(20);
      told += fleet.told;
    }
    expect(told).toBeGreaterThan(10);
  });
});
