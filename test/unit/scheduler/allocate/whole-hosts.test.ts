import { describe, expect, it, jest } from '@jest/globals';
import { allocate, demandStatuses, rescindOffers } from '../../../../scheduler/allocate/index.js';
import type { SchedulerOptions } from '../../../../scheduler/config.js';
import { cpus, GIB, hostsEntry, targets, World } from './world.js';

function twoRoles(options: Partial<SchedulerOptions> = {}): World {
  const world = new World(options);
  world.framework('ovirt/prod', ['/vms']);
  world.framework('kubernetes/east', ['/pods']);
  return world;
}

describe('whole-host offers', () => {
  it('go to whoever demands hosts, no more than demanded, and name the demand', () => {
    const world = twoRoles();
    world.hosts(3);
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 2)]);
    const offers = world.pass();
    expect(targets(world, offers)).toEqual(['ovirt/prod=h1', 'ovirt/prod=h2']);
    expect(offers[0]).toMatchObject({
      demandId: 'vms',
      wholeHost: true,
      validForMs: 30_000,
      transitionId: null,
      groupId: null,
    });
    expect(world.pass()).toEqual([]);
  });

  it('pass over a host that a limit forbids for one that it allows', () => {
    const world = twoRoles();
    const host = (cpuCount: number, memoryGib: number) => ({ resources: cpus(cpuCount, memoryGib) });
    world.host({ name: 'h1', ...host(4, 64) });
    world.host({ name: 'h2', ...host(8, 64) });
    world.host({ name: 'h3', ...host(16, 32) });
    world.role('/vms', { limit: { memoryBytes: 96 * GIB } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 3)]);
    // h1 64 GiB; with h2 it would be 128, with h3 96.
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1', 'ovirt/prod=h3']);
    expect(world.lastStatus('ovirt/prod', 'vms')).toMatchObject({ pending: 1, unmetReason: 'ROLE_LIMIT' });
  });

  it('form a group of hosts that a limit allows together', () => {
    const world = twoRoles();
    world.host({ name: 'h1', resources: cpus(4, 64) });
    world.host({ name: 'h2', resources: cpus(8, 64) });
    world.host({ name: 'h3', resources: cpus(16, 32) });
    world.role('/vms', { limit: { memoryBytes: 96 * GIB } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 2, { allOrNothing: true })]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1', 'ovirt/prod=h3']);
  });

  it('form a group of larger hosts where a limit does not allow the best-fitting ones together', () => {
    const world = twoRoles();
    world.host({ name: 'h1', resources: cpus(8, 48) });
    world.host({ name: 'h2', resources: cpus(16, 32) });
    world.host({ name: 'h3', resources: cpus(32, 32) });
    world.role('/vms', { limit: { memoryBytes: 65 * GIB } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 2, { allOrNothing: true })]);
    world.demand('kubernetes/east', '/pods', [hostsEntry('pods', 1, { priority: -1 })]);
    expect(targets(world, world.pass())).toEqual(['kubernetes/east=h1', 'ovirt/prod=h2', 'ovirt/prod=h3']);
  });

  it('say so when no group of the free hosts stays below the limits, though any one of them would', () => {
    const world = twoRoles();
    world.host({ name: 'h1', resources: cpus(8, 48) });
    world.host({ name: 'h2', resources: cpus(16, 32) });
    world.host({ name: 'h3', resources: cpus(16, 16) });
    world.lease('h3', 'kubernetes/east', '/pods');
    world.role('/vms', { limit: { memoryBytes: 65 * GIB } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 2, { allOrNothing: true })]);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('ovirt/prod', 'gang')).toMatchObject({
      unmetReason: 'ROLE_LIMIT',
      message:
        '2 are wanted at once, and no 2 of the free hosts together stay below the limits of role /vms; ' +
        'raise them: mosaic quota set /vms --limit ...',
    });
    world.release('h3');
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1', 'ovirt/prod=h3']);
  });

  it('are not called impossible below a limit that the smallest hosts would stay within', () => {
    const world = twoRoles();
    world.hosts(2, 's', { resources: cpus(8, 32) });
    world.hosts(2, 'l', { resources: cpus(8, 512) });
    for (const host of ['s1', 's2']) world.lease(host, 'kubernetes/east', '/pods');
    world.role('/vms', { limit: { memoryBytes: 100 * GIB } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 2, { allOrNothing: true })]);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('ovirt/prod', 'gang')?.message).not.toContain('more than the limit');
    world.role('/vms', { limit: { memoryBytes: 63 * GIB } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 2, { allOrNothing: true })]);
    world.pass();
    expect(world.lastStatus('ovirt/prod', 'gang')).toMatchObject({
      unmetReason: 'ROLE_LIMIT',
      message: `2 at once need memoryBytes=${64 * GIB} at least, more than the limit ${63 * GIB} of role /vms`,
    });
  });

  it('are spread beside what another entry of the framework got in the same pass', () => {
    const world = twoRoles();
    world.host({ name: 'h1', rack: 'r1' });
    world.host({ name: 'h2', rack: 'r2' });
    world.host({ name: 'h3', rack: 'r2' });
    world.host({ name: 'h4', rack: 'r3', resources: cpus(64, 256) });
    world.demand('ovirt/prod', '/vms', [
      hostsEntry('spread', 2, { placement: [{ kind: 'spread', domain: 'rack' }], ageMs: 1 }),
      hostsEntry('pinned', 1, { constraints: [{ attribute: 'host', op: 'equals', values: ['h2'] }] }),
    ]);
    // spread r1 (h1), pinned r2 (h2), then spread again: r3 has none, though its host is the largest.
    const offers = world.pass();
    expect(offers.map(({ demandId, hostName }) => `${demandId}=${hostName}`)).toEqual([
      'spread=h1',
      'pinned=h2',
      'spread=h4',
    ]);
  });

  it('alternate between roles of equal weight', () => {
    const world = twoRoles();
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 10)]);
    world.demand('kubernetes/east', '/pods', [hostsEntry('pods', 10)]);
    world.hosts(4);
    // /pods 0, /vms 0: the tie goes to the earlier path.
    expect(targets(world, world.pass())).toEqual([
      'kubernetes/east=h1',
      'ovirt/prod=h2',
      'kubernetes/east=h3',
      'ovirt/prod=h4',
    ]);
  });

  it('serve a role below its guarantee before anyone borrows, the higher priority first', () => {
    const world = twoRoles();
    world.framework('hadoop/main', ['/batch']);
    world.role('/vms', { guarantee: { hosts: 2 } });
    world.role('/batch', { guarantee: { hosts: 1 }, priority: 5 });
    for (const [id, role] of [
      ['ovirt/prod', '/vms'],
      ['kubernetes/east', '/pods'],
      ['hadoop/main', '/batch'],
    ] as const)
      world.demand(id, role, [hostsEntry('d', 10)]);
    world.hosts(5);
    // guaranteed: /batch 1 (priority 5), /vms 2; then borrowed shares 0, 0, 0 by path: /batch, /pods.
    expect(targets(world, world.pass())).toEqual([
      'hadoop/main=h1',
      'ovirt/prod=h2',
      'ovirt/prod=h3',
      'hadoop/main=h4',
      'kubernetes/east=h5',
    ]);
  });

  it('never pass a limit, with offers counted', () => {
    const world = twoRoles();
    world.role('/vms', { limit: { hosts: 1 } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 5)]);
    world.hosts(3);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1']);
    expect(world.lastStatus('ovirt/prod', 'vms')).toMatchObject({ offered: 1, pending: 4, unmetReason: 'ROLE_LIMIT' });
  });

  it('come again below a limit as soon as something was given back, without a change of the idle hosts', () => {
    const world = twoRoles();
    world.role('/vms', { limit: { hosts: 1 } });
    world.hosts(2);
    world.host({ name: 'old', clean: false });
    world.lease('old', 'ovirt/prod', '/vms');
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 2)]);
    expect(world.pass()).toEqual([]);
    world.release('old');
    world.core.state.hosts.put({ ...world.core.state.hosts.get('old')!, clean: false });
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1']);
  });

  it('prefer the smallest host that fits, ties by name', () => {
    const world = twoRoles();
    world.host({ name: 'big', resources: { quantities: { cpusMilli: 64_000 }, ports: [] } });
    world.host({ name: 'b', resources: { quantities: { cpusMilli: 8_000 }, ports: [] } });
    world.host({ name: 'a', resources: { quantities: { cpusMilli: 8_000 }, ports: [] } });
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 2)]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=a', 'ovirt/prod=b']);
  });

  it('respect constraints', () => {
    const world = twoRoles();
    world.host({ name: 'h1', attributes: { arch: 'arm64' } });
    world.host({ name: 'h2', attributes: { arch: 'x86_64' } });
    const constraints = [{ attribute: 'arch', op: 'equals', values: ['x86_64'] }] as const;
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 2, { constraints })]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h2']);
  });

  it.each([
    // r1 has one already, so spreading goes r2, r3, r1; packing fills r1 first.
    ['spread', ['b1', 'c1', 'a2']],
    ['pack', ['a2', 'a3', 'b1']],
  ] as const)('%s over racks, counting what is held', (kind, expected) => {
    const world = twoRoles();
    world.hosts(3, 'a', { rack: 'r1' });
    world.hosts(2, 'b', { rack: 'r2' });
    world.hosts(2, 'c', { rack: 'r3' });
    world.lease('a1', 'ovirt/prod', '/vms');
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 4, { placement: [{ kind, domain: 'rack' }] })]);
    expect(world.pass().map(({ hostName }) => hostName)).toEqual(expected);
  });

  it('subtract leases, open offers and moves in from the count, but not hosts on their way out', () => {
    const world = twoRoles();
    world.hosts(4);
    world.lease('h1', 'ovirt/prod', '/vms');
    const leaving = world.lease('h2', 'ovirt/prod', '/vms');
    world.core.state.leases.put({ ...world.core.state.leases.get(leaving)!, phase: 'leaving' });
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 2)]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h3']);
    expect(world.lastStatus('ovirt/prod', 'vms')).toMatchObject({
      granted: 1,
      offered: 1,
      pending: 0,
      unmetReason: 'OFFERED',
    });
  });

  it('are filtered after a decline for that framework and role only, until the filter ends', () => {
    const world = twoRoles();
    world.hosts(1);
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 1)]);
    const [first] = world.pass();
    world.decline('ovirt/prod', [first!.offerId], 5_000);
    expect(world.pass()).toEqual([]);
    world.demand('kubernetes/east', '/pods', [hostsEntry('pods', 1)]);
    const [second] = world.pass();
    expect(targets(world, [second!])).toEqual(['kubernetes/east=h1']);
    world.decline('kubernetes/east', [second!.offerId], 60_000);
    expect(world.pass()).toEqual([]);
    world.advance(5_000);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1']);
  });

  it('expire, tell the framework, and give others the next chance', () => {
    const world = twoRoles();
    world.hosts(1);
    world.demand('kubernetes/east', '/pods', [hostsEntry('pods', 1)]);
    const [offer] = world.pass();
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 1)]);
    world.advance(30_000);
    expect(world.sent('rescind').map(({ frameworkId, event }) => [frameworkId, event.offerIds, event.reason])).toEqual([
      ['kubernetes/east', [offer!.offerId], 'expired'],
    ]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1']);
  });

  it.each([
    ['not clean', { clean: false }],
    ['cordoned', { cordoned: true }],
    ['in a transition', { transitionId: 't-1-1' }],
    ['unclaimed', { mode: 'unclaimed' }],
    ['quarantined', { mode: 'quarantined' }],
  ] as const)('never hold a host that is %s (I6)', (_why, change) => {
    const world = twoRoles();
    const host = world.host({ name: 'h1' });
    world.core.state.hosts.put({ ...host, ...change });
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 1)]);
    expect(world.pass()).toEqual([]);
  });

  it('never hold a host that has not reported, is away or lost (I6)', () => {
    for (const change of [{ reported: false }, { connected: false }, { lost: true }]) {
      const world = twoRoles();
      world.host({ name: 'h1' });
      world.core.state.hostPresence.put({ ...world.core.state.hostPresence.get('h1')!, ...change });
      world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 1)]);
      expect(world.pass()).toEqual([]);
    }
  });

  it('are not made to frameworks that are away, torn down, frozen, or cannot execute steps', () => {
    const world = twoRoles();
    world.framework('tasks/only', ['/tasks'], false);
    world.framework('gone/one', ['/gone']);
    world.demand('tasks/only', '/tasks', [hostsEntry('d', 1)]);
    world.demand('gone/one', '/gone', [hostsEntry('d', 1)]);
    world.demand('ovirt/prod', '/vms', [hostsEntry('d', 1)]);
    world.demand('kubernetes/east', '/pods', [hostsEntry('d', 1)]);
    world.core.state.frameworks.put({ ...world.core.state.frameworks.get('gone/one')!, tornDown: true });
    world.connect('ovirt/prod', false);
    world.core.state.freezes.put({ scope: 'kubernetes', reason: 'upgrade', by: 'ada', sinceMs: 0 });
    world.hosts(4);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('kubernetes/east', 'd')).toMatchObject({
      unmetReason: 'FROZEN',
      message: 'frozen by ada: upgrade',
    });
  });

  it('serve inside a role the higher priority, then who has the smaller part of what it wants, then who waits longer', () => {
    const world = new World();
    for (const id of ['a/1', 'b/1', 'c/1', 'd/1']) world.framework(id, ['/r']);
    world.host({ name: 'held' });
    world.lease('held', 'a/1', '/r');
    world.demand('a/1', '/r', [hostsEntry('d', 2)]);
    world.demand('b/1', '/r', [hostsEntry('d', 2, { ageMs: 5 })]);
    world.demand('c/1', '/r', [hostsEntry('d', 2, { ageMs: 9 })]);
    world.demand('d/1', '/r', [hostsEntry('d', 1, { priority: 1 })]);
    world.hosts(4);
    // d has priority; c 0/2 and waits longest; b 0/2; then a 1/2, c 1/2, b 1/2: c waits longest.
    expect(targets(world, world.pass())).toEqual(['d/1=h1', 'c/1=h2', 'b/1=h3', 'c/1=h4']);
  });

  it('leave free what a lending limit keeps for an idle role', () => {
    const world = twoRoles();
    world.role('/vms', { guarantee: { hosts: 2 }, lendingLimit: { hosts: 0 } });
    world.hosts(3);
    world.demand('kubernetes/east', '/pods', [hostsEntry('pods', 3)]);
    expect(targets(world, world.pass())).toEqual(['kubernetes/east=h1']);
    world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 2)]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h2', 'ovirt/prod=h3']);
  });

  it('look only at dirty hosts', () => {
    const world = twoRoles();
    world.hosts(3);
    world.pass();
    world.core.state.demands.put({
      key: 'ovirt/prod|/vms',
      frameworkId: 'ovirt/prod',
      role: '/vms',
      receivedMs: 0,
      entries: [hostsEntry('d', 3)],
      launchedSince: new Map(),
    });
    expect(world.pass()).toEqual([]);
    world.core.markDirty('h2');
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h2']);
  });
});

describe('groups', () => {
  it.each(['decline', 'expire', 'accept', 'rescind'] as const)(
    'that are many cost no walk over all of them: %s',
    (how) => {
      const world = new World();
      const groups = 40;
      world.framework('ovirt/prod', ['/vms']);
      world.hosts(2 * groups);
      world.demand(
        'ovirt/prod',
        '/vms',
        Array.from({ length: groups }, (_, index) => hostsEntry(`d${index}`, 2, { allOrNothing: true })),
      );
      const offerIds = world.pass().map(({ offerId }) => offerId);
      expect(offerIds).toHaveLength(2 * groups);
      const looks = jest.spyOn(world.core.state.offers, 'get');
      if (how === 'decline') world.decline('ovirt/prod', offerIds);
      else if (how === 'accept') expect(world.accept('ovirt/prod', offerIds)).toMatchObject({ ok: true });
      else if (how === 'rescind') rescindOffers(world.core, offerIds, 'test');
      else world.advance(world.core.options.offerLeaseMs);
      expect(world.core.state.offers.size).toBe(0);
      expect(looks.mock.calls.length).toBeLessThan(10 * offerIds.length);
    },
  );

  it('come all at once under one group id, or not at all', () => {
    const world = twoRoles();
    world.hosts(2);
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 3, { allOrNothing: true })]);
    world.host({ name: 'x', mode: 'leased' });
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('ovirt/prod', 'gang')).toMatchObject({ unmetReason: 'GROUP_INCOMPLETE', pending: 3 });
    // The two others were looked at before; one more free host completes the group all the same.
    world.host({ name: 'h3' });
    const offers = world.pass();
    expect(offers.map(({ hostName }) => hostName)).toEqual(['h1', 'h2', 'h3']);
    expect(new Set(offers.map(({ groupId }) => groupId)).size).toBe(1);
    expect(offers[0]!.groupId).not.toBeNull();
  });

  it('end together when one of them is declined, expires or is rescinded', () => {
    const world = twoRoles();
    world.hosts(2);
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 2, { allOrNothing: true })]);
    const [first] = world.pass();
    world.decline('ovirt/prod', [first!.offerId]);
    expect(world.core.state.offers.size).toBe(0);
  });

  it('are accepted together or not at all', () => {
    const world = twoRoles();
    world.hosts(2);
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 2, { allOrNothing: true })]);
    const ids = world.pass().map(({ offerId }) => offerId);
    expect(world.accept('ovirt/prod', [ids[0]!])).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(world.accept('ovirt/prod', ids)).toMatchObject({ ok: true });
    expect(world.total('/vms', 'hosts')).toBe(2);
  });

  it('of a minimum come at once, and single hosts after it', () => {
    const world = twoRoles();
    world.hosts(4);
    world.demand('ovirt/prod', '/vms', [hostsEntry('min', 4, { minimum: 3 })]);
    const offers = world.pass();
    expect(offers.map(({ groupId }) => groupId !== null)).toEqual([true, true, true, false]);
  });

  it('do not pass a limit together, and are refused at once when the limit could never hold them', () => {
    const world = twoRoles();
    world.role('/vms', { limit: { hosts: 2 } });
    world.hosts(3);
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 3, { allOrNothing: true })]);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('ovirt/prod', 'gang')).toMatchObject({
      unmetReason: 'ROLE_LIMIT',
      message: '3 at once need hosts=3, more than the limit 2 of role /vms',
    });
  });

  it('are refused at once when the fleet has not that many', () => {
    const world = twoRoles();
    world.hosts(3);
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 5, { allOrNothing: true })]);
    world.pass();
    expect(world.lastStatus('ovirt/prod', 'gang')).toMatchObject({
      unmetReason: 'NO_MATCH',
      message: '5 standard hosts are needed, 3 of the fleet would do',
    });
  });
});

describe('held hosts among several entries of one shape', () => {
  it('never fill half a group: hosts claimed for others stay theirs', () => {
    const world = twoRoles();
    world.hosts(6);
    const entries = [
      hostsEntry('pair', 2, { allOrNothing: true }),
      hostsEntry('five', 5, { allOrNothing: true }),
      hostsEntry('one', 1),
    ];
    world.demand('ovirt/prod', '/vms', entries);
    for (const host of ['h1', 'h2', 'h3']) world.lease(host, 'ovirt/prod', '/vms');
    expect(world.pass()).toEqual([]);
    const granted = entries.map(({ demandId }) => world.lastStatus('ovirt/prod', demandId)?.granted);
    expect(granted).toEqual([2, 0, 1]);
    expect(world.lastStatus('ovirt/prod', 'five')).toMatchObject({ pending: 5, unmetReason: 'GROUP_INCOMPLETE' });
  });

  it('count for the rest of a group that lost a host when nobody else wants them', () => {
    const world = twoRoles();
    world.hosts(3);
    world.lease('h1', 'ovirt/prod', '/vms');
    world.lease('h2', 'ovirt/prod', '/vms');
    world.demand('ovirt/prod', '/vms', [hostsEntry('gang', 3, { allOrNothing: true }), hostsEntry('none', 0)]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h3']);
  });

  it('count for the pickiest entry first', () => {
    const world = twoRoles();
    world.host({ name: 'a', rack: 'r1' });
    world.host({ name: 'b', rack: 'r2' });
    const constraints = [{ attribute: 'rack', op: 'equals', values: ['r1'] }] as const;
    world.lease('a', 'ovirt/prod', '/vms');
    world.demand('ovirt/prod', '/vms', [hostsEntry('any', 1), hostsEntry('r1', 1, { constraints })]);
    expect(world.pass().map(({ hostName, demandId }) => `${demandId}=${hostName}`)).toEqual(['any=b']);
  });
});

describe('a pass', () => {
  it('comes to rest: demand that cannot be served does not make it run again', () => {
    const world = twoRoles();
    world.hosts(3);
    world.demand('ovirt/prod', '/vms', [hostsEntry('a', 2), hostsEntry('b', 9, { allOrNothing: true })]);
    world.pass();
    world.core.timers.clear('allocate');
    expect(world.core.dirtyHosts.size).toBe(0);
    expect(world.core.allocationMemory.lookAtAll.size).toBe(0);
    const sent = world.sent('demand_status').length;
    world.pass();
    expect(world.core.timers.dueMs('allocate')).toBeNull();
    expect(world.sent('demand_status')).toHaveLength(sent);
  });

  it('handles a thousand hosts and comes back for the rest', () => {
    const world = twoRoles({ offersOpenMax: 1_000 });
    world.hosts(1_500);
    world.demand('ovirt/prod', '/vms', [hostsEntry('d', 1_400)]);
    const sizes: number[] = [];
    for (let passes = 0; passes < 3; passes += 1) {
      allocate(world.core);
      sizes.push(world.core.state.offers.size);
    }
    // The framework has 1,000 offers open: it gets more once it has answered half of them.
    expect(sizes).toEqual([1_000, 1_000, 1_000]);
    const open = [...world.core.state.offers.values()].map(({ offerId }) => offerId);
    for (const offerId of open.slice(0, 499)) world.accept('ovirt/prod', [offerId]);
    expect(world.pass()).toEqual([]);
    world.accept('ovirt/prod', [open[499]!]);
    expect(world.pass()).toHaveLength(400);
  });
});

describe('a status', () => {
  it('does not name free hosts as kept for others once these have them', () => {
    const world = new World();
    world.host({ name: 'h1' });
    world.role('/idle', { guarantee: { hosts: 1 }, lendingLimit: { hosts: 0 } });
    world.framework('ovirt/prod', ['/idle']);
    world.framework('kubernetes/east', ['/pods']);
    world.demand('kubernetes/east', '/pods', [hostsEntry('pods', 1)]);
    world.pass();
    expect(world.lastStatus('kubernetes/east', 'pods')?.message).toMatch(/is kept for roles/);
    world.demand('ovirt/prod', '/idle', [hostsEntry('vms', 1)]);
    expect(targets(world, world.pass())).toEqual(['ovirt/prod=h1']);
    expect(demandStatuses(world.core, 'kubernetes/east', '/pods')[0]).toMatchObject({
      unmetReason: 'FAIR_SHARE',
      message: 'role /pods has 0 hosts of shape standard and is owed 0 now',
    });
  });
});

describe('a leased host that is quarantined', () => {
  it('leaves its holder short of one, and an idle host that was looked at before is looked at for it', () => {
    const world = new World();
    world.hosts(3);
    world.framework('ovirt/prod', ['/prod']);
    world.lease('h1', 'ovirt/prod', '/prod');
    world.lease('h2', 'ovirt/prod', '/prod');
    world.demand('ovirt/prod', '/prod', [hostsEntry('d', 2)]);
    expect(world.pass()).toEqual([]);
    world.core.state.hosts.put({ ...world.core.state.hosts.get('h1')!, mode: 'quarantined' });
    world.core.markDirty('h1');
    expect(world.pass().map(({ hostName }) => hostName)).toEqual(['h3']);
  });
});
