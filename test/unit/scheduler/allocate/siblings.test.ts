/**
 * What one role is guaranteed is neither gone first for nor used up by its siblings; what their parent is guaranteed is all
 * of theirs.
 */
import { describe, expect, it } from '@jest/globals';
import { entitlements } from '../../../../scheduler/quota/index.js';
import { HostCohort } from '../reassign/host-cohort.js';
import { cpus, hostsEntry, slicesEntry, targets, World } from './world.js';

const EIGHT_CPUS = { guarantee: { cpusMilli: 8_000 } };

/** /a/x and /a/y are siblings, /b is beside /a; hosts have 16 CPUs. */
function family(): World {
  const world = new World();
  world.role('/a');
  for (const [id, role] of [
    ['kin/x', '/a/x'],
    ['kin/y', '/a/y'],
    ['other/b', '/b'],
  ] as const) {
    world.role(role);
    world.framework(id, [role]);
  }
  return world;
}

describe('a guarantee of CPUs of one child', () => {
  it('does not bring a host of its sibling before the guarantee of another role', () => {
    const world = family();
    world.role('/a/x', EIGHT_CPUS);
    world.role('/b', { guarantee: { hosts: 1 } });
    world.demand('kin/y', '/a/y', [hostsEntry('d', 1)]);
    world.demand('other/b', '/b', [hostsEntry('d', 1)]);
    world.hosts(1);
    expect(targets(world, world.pass())).toEqual(['other/b=h1']);
  });

  it('nor does that of another child that wants a host as well and has been given all that there is for it', () => {
    const world = family();
    world.role('/a/x', { guarantee: { hosts: 1 } });
    world.role('/b', { guarantee: { hosts: 1 } });
    world.demand('kin/x', '/a/x', [
      hostsEntry('d', 1, { constraints: [{ attribute: 'disk', op: 'exists', values: [] }] }),
    ]);
    world.demand('kin/y', '/a/y', [hostsEntry('d', 1)]);
    world.demand('other/b', '/b', [hostsEntry('d', 1)]);
    world.hosts(1);
    // /a/x goes first and finds none; /a/y is not promised what it could not have.
    expect(targets(world, world.pass())).toEqual(['other/b=h1']);
  });

  it('is not used up by a host that its sibling has', () => {
    const world = family();
    world.role('/a/x', EIGHT_CPUS);
    expect(dealtBesideALease(world)).toEqual([8_000, 0]);
  });

  it('stands by its own part among equals where the sibling uses more than both are promised', () => {
    const world = family();
    world.role('/a/x', EIGHT_CPUS);
    world.role('/b', EIGHT_CPUS);
    expect(dealtBesideALease(world)).toEqual([4_000, 4_000]);
  });
});

describe('a guarantee of the parent', () => {
  it('is for all children: whoever wants a host gets it first', () => {
    const world = family();
    world.role('/a', { guarantee: { hosts: 1 } });
    world.role('/a/x', { guarantee: { hosts: 1 } });
    world.demand('kin/y', '/a/y', [hostsEntry('d', 1)]);
    world.demand('other/b', '/b', [hostsEntry('d', 1)]);
    world.role('/b', { weight: 1_000 });
    world.hosts(1);
    expect(targets(world, world.pass())).toEqual(['kin/y=h1']);
  });

  it('is used up by any of them', () => {
    const world = family();
    world.role('/a', { guarantee: { hosts: 1 } });
    world.role('/a/x', { guarantee: { hosts: 1 } });
    world.role('/b', { guarantee: { hosts: 1 } });
    world.host({ name: 'held' });
    world.lease('held', 'kin/y', '/a/y');
    world.demand('kin/x', '/a/x', [hostsEntry('d', 1)]);
    world.demand('other/b', '/b', [hostsEntry('d', 1)]);
    world.hosts(1);
    expect(targets(world, world.pass())).toEqual(['other/b=h1']);
  });
});

describe('the planner', () => {
  const hosts = (own: number | undefined) =>
    new HostCohort({
      '/a': own === undefined ? {} : { nominal: own },
      '/a/x': { nominal: 2 },
      '/a/y': { holds: 2 },
      '/b': { nominal: 2, holds: 1, wants: 2 },
    });

  it('takes what a child borrows of its idle sibling for whom it is guaranteed', () => {
    expect(hosts(undefined).settle()).toEqual({ 'a-y>b': 1 });
  });

  it('takes nothing of it where the parent is guaranteed it for all of them', () => {
    expect(hosts(2).settle()).toEqual({});
  });
});

describe('what a child leaves idle of its guarantee', () => {
  /** /a/x is guaranteed 4 of 8 hosts; /a/y and /b want 8 each. */
  function lent(): World {
    const world = family();
    world.role('/a/x', { guarantee: { hosts: 4 } });
    for (const [id, role] of [
      ['kin/y', '/a/y'],
      ['other/b', '/b'],
    ] as const)
      world.demand(id, role, [hostsEntry('d', 8)]);
    world.hosts(8);
    return world;
  }

  const given = (world: World): readonly number[] => {
    const got = targets(world, world.pass()).map((target) => target.split('=')[0]);
    return ['kin/y', 'other/b'].map((id) => got.filter((each) => each === id).length);
  };

  it('is lent to its siblings no sooner than to others', () => {
    const world = lent();
    const owed = entitlements(world.core);
    expect(['/a/y', '/b'].map((role) => owed.of(role, 'standard'))).toEqual([4, 4]);
    expect(given(world)).toEqual([4, 4]);
  });

  it('and what it uses of it is no part of what its siblings borrow', () => {
    const world = lent();
    for (const name of ['held1', 'held2', 'held3', 'held4']) {
      world.host({ name });
      world.lease(name, 'kin/x', '/a/x');
    }
    expect(given(world)).toEqual([4, 4]);
  });

  it('counts as used as far as the same pass has given it', () => {
    const world = lent();
    world.demand('kin/x', '/a/x', [hostsEntry('d', 4)]);
    const owed = entitlements(world.core);
    expect(['/a/x', '/a/y', '/b'].map((role) => owed.of(role, 'standard'))).toEqual([4, 2, 2]);
    expect(given(world)).toEqual([2, 2]);
  });

  it('two levels above, too', () => {
    const world = lent();
    world.role('/a/x', { guarantee: {} });
    world.role('/a/x/p', { guarantee: { hosts: 4 } });
    world.framework('kin/p', ['/a/x/p']);
    expect(given(world)).toEqual([4, 4]);
    const busy = lent();
    busy.role('/a/x', { guarantee: {} });
    busy.role('/a/x/p', { guarantee: { hosts: 4 } });
    busy.framework('kin/p', ['/a/x/p']);
    busy.demand('kin/p', '/a/x/p', [hostsEntry('d', 4)]);
    expect(given(busy)).toEqual([2, 2]);
  });
});

/** `/a/y` holds a host; what `/a/x` and `/b` then get of the eight CPUs of another, for which both ask, in milli-CPUs. */
function dealtBesideALease(world: World): readonly number[] {
  world.host({ name: 'held' });
  world.lease('held', 'kin/y', '/a/y');
  world.host({ name: 'h1', mode: 'shared', resources: cpus(8) });
  for (const [id, role] of [
    ['kin/x', '/a/x'],
    ['other/b', '/b'],
  ] as const)
    world.demand(id, role, [slicesEntry('d', 8, cpus(1))]);
  world.pass();
  return ['/a/x', '/b'].map((role) => world.total(role, 'cpusMilli'));
}
