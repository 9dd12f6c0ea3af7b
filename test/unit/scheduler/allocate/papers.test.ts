// Dominant resource fairness as in the paper: its examples, and its properties on random tasks. Tasks are whole here, so each
// property holds up to one task. Guarantees come before fairness, and change what the properties are about.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Resources } from '../../../../scheduler/resources/index.js';
import { cpus, GIB, hostsEntry, slicesEntry, World } from './world.js';

interface User {
  readonly name: string;
  /** What each of its tasks takes: CPUs and GiB. */
  readonly cpus: number;
  readonly gib: number;
  readonly weight?: number;
}

/** One shared host, every user with endless tasks in a role of its own; the users in the order in which they got a task. */
function served(fleet: Resources, users: readonly User[], prepare?: (world: World) => void): readonly string[] {
  const world = new World();
  for (const { name, weight = 1 } of users) world.role(`/${name}`, { weight });
  prepare?.(world);
  world.host({ name: 'h1', mode: 'shared', resources: fleet });
  for (const user of users) {
    world.framework(`${user.name}/1`, [`/${user.name}`]);
    world.demand(`${user.name}/1`, `/${user.name}`, [slicesEntry('d', 1_000, cpus(user.cpus, user.gib))]);
  }
  world.pass();
  return [...world.core.state.offers.values()].map(({ role }) => role.slice(1));
}

function tasks(order: readonly string[], name: string): number {
  return order.filter((each) => each === name).length;
}

describe('DRF, Ghodsi et al., NSDI 2011', () => {
  it('§4.1: with 9 CPUs and 18 GB, A (1 CPU, 4 GB) gets 3 tasks and B (3 CPUs, 1 GB) gets 2', () => {
    const order = served(cpus(9, 18), [
      { name: 'a', cpus: 1, gib: 4 },
      { name: 'b', cpus: 3, gib: 1 },
    ]);
    // A 0, B 0: by path | A 4/18=.22 (memory), B 0 | A .22, B 3/9=.33 (CPU) | A .44, B .33 | A .44, B .67 | A .67: full
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a']);
  });

  it('§4.3: with weights, B of weight 2 gets twice the dominant share of A', () => {
    const world = new World();
    world.role('/b', { weight: 2 });
    world.framework('a/1', ['/a']);
    world.framework('b/1', ['/b']);
    world.host({ name: 'h1', mode: 'shared', resources: cpus(12) });
    world.demand('a/1', '/a', [slicesEntry('d', 100, cpus(1))]);
    world.demand('b/1', '/b', [slicesEntry('d', 100, cpus(1))]);
    world.pass();
    expect([world.total('/a', 'cpusMilli'), world.total('/b', 'cpusMilli')]).toEqual([4_000, 8_000]);
  });

  it('§5, sharing incentive: with n equal roles that want everything, each gets a 1/n of what all want most', () => {
    const world = new World();
    for (const name of ['a', 'b', 'c']) world.framework(`${name}/1`, [`/${name}`]);
    world.hosts(9);
    for (const name of ['a', 'b', 'c']) world.demand(`${name}/1`, `/${name}`, [hostsEntry('d', 9)]);
    world.pass();
    expect(['/a', '/b', '/c'].map((role) => world.total(role, 'hosts'))).toEqual([3, 3, 3]);
  });

  it('§3, strategy-proofness: whatever A claims to need in the example, it runs no more of its tasks', () => {
    const truth = { name: 'a', cpus: 1, gib: 4 };
    const b = { name: 'b', cpus: 3, gib: 1 };
    const useful = (claim: User): number => {
      const got = tasks(served(cpus(9, 18), [claim, b]), 'a');
      return Math.floor(Math.min((got * claim.cpus) / truth.cpus, (got * claim.gib) / truth.gib));
    };
    expect(useful(truth)).toBe(3);
    const gains: string[] = [];
    for (let claimed = 1; claimed <= 9; claimed += 1)
      for (let gib = 1; gib <= 18; gib += 1) {
        const gain = useful({ name: 'a', cpus: claimed, gib }) - 3;
        // Tasks are whole: one that takes most of the fleet may come before any fairness. It gains one task at most.
        if (gain > (gib > 9 ? 1 : 0)) gains.push(`${claimed} CPUs, ${gib} GB`);
      }
    expect(gains).toEqual([]);
  });
});

const user = (name: string): fc.Arbitrary<User> =>
  fc.record({
    name: fc.constant(name),
    cpus: fc.integer({ min: 1, max: 5 }),
    gib: fc.integer({ min: 1, max: 5 }),
  });
const users = fc.tuple(user('a'), user('b'), user('c'), user('d')).chain((all) => fc.subarray(all, { minLength: 2 }));
const fleets = fc.record({ cpus: fc.integer({ min: 10, max: 60 }), gib: fc.integer({ min: 10, max: 60 }) });

describe('DRF among roles without guarantees', () => {
  const dominant = (fleet: { cpus: number; gib: number }, { cpus: each, gib }: User, count: number): number =>
    count * Math.max(each / fleet.cpus, gib / fleet.gib);

  it('keeps the sharing incentive: nobody has a smaller dominant share than 1/n, up to one task', () => {
    fc.assert(
      fc.property(fleets, users, (fleet, all) => {
        const order = served(cpus(fleet.cpus, fleet.gib), all);
        const largestTask = Math.max(...all.map((each) => dominant(fleet, each, 1)));
        for (const each of all) {
          const share = dominant(fleet, each, tasks(order, each.name));
          expect(share + largestTask).toBeGreaterThanOrEqual(1 / all.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is free of envy: nobody could run more tasks with what another has, up to one task of each', () => {
    fc.assert(
      fc.property(fleets, users, (fleet, all) => {
        const order = served(cpus(fleet.cpus, fleet.gib), all);
        for (const each of all)
          for (const other of all) {
            const bundle = Math.max(0, tasks(order, other.name) - 1);
            const could = Math.floor(Math.min((bundle * other.cpus) / each.cpus, (bundle * other.gib) / each.gib));
            expect(could).toBeLessThanOrEqual(tasks(order, each.name) + 1);
          }
      }),
      { numRuns: 150 },
    );
  });

  it('is Pareto efficient: what is left serves nobody, with guarantees too', () => {
    fc.assert(
      fc.property(fleets, users, fc.nat({ max: 20 }), (fleet, all, guaranteed) => {
        const order = served(cpus(fleet.cpus, fleet.gib), all, (world) => {
          world.role('/a', { guarantee: { cpusMilli: guaranteed * 1000 } });
        });
        const left = { ...fleet };
        for (const each of all) {
          left.cpus -= each.cpus * tasks(order, each.name);
          left.gib -= each.gib * tasks(order, each.name);
        }
        for (const each of all) expect(each.cpus > left.cpus || each.gib > left.gib).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('DRF beside guarantees', () => {
  it('is about what is borrowed: its owner has the guarantee and an equal part of the rest, which others may envy', () => {
    const both = [
      { name: 'a', cpus: 1, gib: 1 },
      { name: 'b', cpus: 1, gib: 1 },
    ];
    const order = served(cpus(12, 12), both, (world) => {
      world.role('/a', { guarantee: { cpusMilli: 6_000, memoryBytes: 6 * GIB } });
    });
    // a 6 of 6 guaranteed; of the other 6 each borrows 3. Plain DRF would give 6 and 6.
    expect([tasks(order, 'a'), tasks(order, 'b')]).toEqual([9, 3]);
  });

  it('gives who claims its guarantee late no less: nothing that others hold is counted against it', () => {
    const world = new World();
    world.role('/a', { guarantee: { cpusMilli: 4_000 } });
    world.framework('b/1', ['/b']);
    world.demand('b/1', '/b', [slicesEntry('d', 6, cpus(1))]);
    world.host({ name: 'h1', mode: 'shared', resources: cpus(12) });
    world.pass();
    world.framework('a/1', ['/a']);
    world.demand('a/1', '/a', [slicesEntry('d', 12, cpus(1))]);
    world.demand('b/1', '/b', [slicesEntry('d', 12, cpus(1))]);
    world.pass();
    // a 4 of 4 guaranteed, then it borrows 0, 1, 2 while b borrows 6: all six are a's
    expect([world.total('/a', 'cpusMilli'), world.total('/b', 'cpusMilli')]).toEqual([6_000, 6_000]);
  });
});
