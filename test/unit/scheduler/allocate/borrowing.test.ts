// What others document about borrowing: Kueue's examples of cohorts, and YuniKorn's laws as far as they are about giving. What
// is about taking back is the planner's.
import { describe, expect, it } from '@jest/globals';
import type { RoleRecord } from '../../../../scheduler/state/records.js';
import { cpus, GIB, slicesEntry, World } from './world.js';

const TEAM_A = { cpusMilli: 9_000, memoryBytes: 36 * GIB };
const TEAM_B = { cpusMilli: 12_000, memoryBytes: 48 * GIB };

/** Kueue's cohort `team-ab`: a queue is a role, its nominal quota a guarantee, the fleet the sum of both. */
function cohort(a: Partial<RoleRecord> = {}, b: Partial<RoleRecord> = {}): World {
  const world = new World();
  world.role('/a', { guarantee: TEAM_A, ...a });
  world.role('/b', { guarantee: TEAM_B, ...b });
  for (const team of ['a', 'b']) world.framework(`team/${team}`, [`/${team}`]);
  world.host({ name: 'h1', mode: 'shared', resources: cpus(21, 84) });
  return world;
}

/** The team wants slices of 1 CPU and 4 GiB; its CPUs after a pass. */
function wants(world: World, team: 'a' | 'b', count: number): number {
  world.demand(`team/${team}`, `/${team}`, [slicesEntry('d', count, cpus(1, 4))]);
  world.pass();
  return world.total(`/${team}`, 'cpusMilli') / 1000;
}

describe("Kueue's cohort example", () => {
  it('team-a takes 12+9=21 CPUs and 48+36=84 GiB while team-b has nothing', () => {
    const world = cohort();
    expect(wants(world, 'a', 100)).toBe(21);
    expect(world.total('/a', 'memoryBytes')).toBe(84 * GIB);
  });

  it('team-b is served first when it asks while team-a has all of its nominal quota', () => {
    const world = cohort();
    world.role('/a', { priority: 5 });
    expect(wants(world, 'a', 9)).toBe(9);
    world.demand('team/a', '/a', [slicesEntry('d', 100, cpus(1, 4))]);
    expect(wants(world, 'b', 12)).toBe(12);
    expect(world.total('/a', 'cpusMilli')).toBe(9_000);
  });

  it('borrowingLimit: team-a takes 9+1=10 CPUs', () => {
    const world = cohort({ borrowingLimit: { cpusMilli: 1_000 } });
    expect(wants(world, 'a', 100)).toBe(10);
    // team-b has none: 12+9 CPUs, of which team-a has 10
    expect(wants(world, 'b', 100)).toBe(11);
  });

  it('without a borrowingLimit team-b takes 12+9 CPUs', () => {
    expect(wants(cohort({ borrowingLimit: { cpusMilli: 1_000 } }), 'b', 100)).toBe(21);
  });

  it('lendingLimit: of what team-b does not use, team-a gets 1 CPU', () => {
    const world = cohort({}, { lendingLimit: { cpusMilli: 1_000 } });
    expect(wants(world, 'a', 100)).toBe(10);
    // what is not lent is there at once
    expect(wants(world, 'b', 100)).toBe(11);
  });

  it('a cohort in a cohort: limits hold at every level', () => {
    const world = new World();
    world.role('/org', { guarantee: { cpusMilli: 10_000 }, borrowingLimit: { cpusMilli: 2_000 } });
    world.role('/org/a', { guarantee: { cpusMilli: 4_000 } });
    world.role('/org/b', { guarantee: { cpusMilli: 4_000 }, borrowingLimit: { cpusMilli: 1_000 } });
    for (const team of ['a', 'b']) world.framework(`team/${team}`, [`/org/${team}`]);
    world.host({ name: 'h1', mode: 'shared', resources: cpus(40) });
    world.demand('team/b', '/org/b', [slicesEntry('d', 100, cpus(1))]);
    world.pass();
    // its own 4 + 1
    expect(world.total('/org/b', 'cpusMilli')).toBe(5_000);
    world.demand('team/a', '/org/a', [slicesEntry('d', 100, cpus(1))]);
    world.pass();
    // the cohort has 10 + 2, of which b has 5
    expect([world.total('/org/a', 'cpusMilli'), world.total('/org', 'cpusMilli')]).toEqual([7_000, 12_000]);
  });

  it('fair sharing: what is borrowed goes by weight, and who borrows nothing is first', () => {
    const world = cohort({ weight: 2 });
    world.role('/b', { weight: 1 });
    world.host({ name: 'h2', mode: 'shared', resources: cpus(9, 36) });
    world.demand('team/a', '/a', [slicesEntry('d', 100, cpus(1, 4))]);
    world.demand('team/b', '/b', [slicesEntry('d', 100, cpus(1, 4))]);
    world.pass();
    // of 30 CPUs 9 and 12 are their own; of the other 9, two thirds and one third
    expect([world.total('/a', 'cpusMilli'), world.total('/b', 'cpusMilli')]).toEqual([15_000, 15_000]);
  });
});

describe("YuniKorn's laws, where they are about giving", () => {
  it('guarantees need not be met: more of them than the fleet has go by priority, then in proportion', () => {
    const world = cohort({ guarantee: { cpusMilli: 21_000 } }, { guarantee: { cpusMilli: 42_000 } });
    world.demand('team/a', '/a', [slicesEntry('d', 100, cpus(1))]);
    world.demand('team/b', '/b', [slicesEntry('d', 100, cpus(1))]);
    world.pass();
    // a third of each
    expect([world.total('/a', 'cpusMilli'), world.total('/b', 'cpusMilli')]).toEqual([7_000, 14_000]);
  });

  it('a role below its guarantee is served before any that is above, whatever the priority of the other', () => {
    const world = cohort({ priority: 100 });
    expect(wants(world, 'a', 10)).toBe(10);
    world.demand('team/a', '/a', [slicesEntry('d', 100, cpus(1, 4), { priority: 1_000 })]);
    // 11 CPUs are left; /a has 10 of 9, /b 0 of 12
    expect(wants(world, 'b', 12)).toBe(11);
    expect(world.total('/a', 'cpusMilli')).toBe(10_000);
  });

  it('a maximum of the parent holds for its children together, also where they are guaranteed more', () => {
    const world = new World();
    world.role('/p', { limit: { cpusMilli: 6_000 } });
    for (const team of ['a', 'b']) {
      world.role(`/p/${team}`, { guarantee: { cpusMilli: 4_000 } });
      world.framework(`team/${team}`, [`/p/${team}`]);
      world.demand(`team/${team}`, `/p/${team}`, [slicesEntry('d', 100, cpus(1))]);
    }
    world.host({ name: 'h1', mode: 'shared', resources: cpus(20) });
    world.pass();
    expect(['/p/a', '/p/b', '/p'].map((role) => world.total(role, 'cpusMilli'))).toEqual([3_000, 3_000, 6_000]);
  });

  it('only siblings are compared: a crowded branch gets no more than its parent is due', () => {
    const world = new World();
    world.role('/crowd');
    world.role('/alone');
    for (let number = 1; number <= 4; number += 1) {
      world.framework(`crowd/${number}`, [`/crowd/${number}`]);
      world.demand(`crowd/${number}`, `/crowd/${number}`, [slicesEntry('d', 100, cpus(1))]);
    }
    world.framework('alone/1', ['/alone']);
    world.demand('alone/1', '/alone', [slicesEntry('d', 100, cpus(1))]);
    world.host({ name: 'h1', mode: 'shared', resources: cpus(16) });
    world.pass();
    expect(['/crowd', '/crowd/1', '/alone'].map((role) => world.total(role, 'cpusMilli'))).toEqual([
      8_000, 2_000, 8_000,
    ]);
  });
});
