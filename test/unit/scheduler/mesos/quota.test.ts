// Mesos' hierarchical_allocator_tests.cpp, quota: their numbers. Where ours differ the comment says why. Mesos holds idle
// guarantee free for its owner; we lend it and take it back, unless a lending limit says that it is kept.
import { describe, expect, it } from '@jest/globals';
import { cpus, hostsEntry, slicesEntry, World } from '../allocate/world.js';
import { agent, given, greedy, MIB, wantsSlices } from './mesos.js';

const KEPT = { lendingLimit: { hosts: 0 } };

describe('quota guarantees, as Mesos tests them', () => {
  it('QuotaProvidesGuarantee', () => {
    const world = new World();
    world.role('/quota', { guarantee: { hosts: 2 } });
    greedy(world, 'f/1', '/quota');
    world.hosts(2, 'agent', { resources: agent(1, 512) });
    const [first, second] = world.pass();
    expect(world.total('/quota', 'hosts')).toBe(2);
    world.accept('f/1', [first?.offerId ?? '']);
    greedy(world, 'f/2', '/other');

    // /quota has 1 of 2 and declines the other for a minute. Mesos offers that host to nobody until the filter ends;
    // we lend it: /quota is entitled to it, and gets it (or another) back when it asks again.
    world.decline('f/1', [second?.offerId ?? ''], 60_000);
    expect(given(world)).toEqual(['f/2 agent2 cpus=1 mem=512']);
  });

  it('QuotaProvidesGuarantee, kept: what a role does not lend is offered to nobody else', () => {
    const world = new World();
    world.role('/quota', { guarantee: { hosts: 2 }, ...KEPT });
    greedy(world, 'f/1', '/quota');
    greedy(world, 'f/2', '/other');
    world.hosts(2, 'agent', { resources: agent(1, 512) });
    const [first, second] = world.pass();
    world.accept('f/1', [first?.offerId ?? '']);
    world.decline('f/1', [second?.offerId ?? ''], 60_000);
    // Mesos' number: /quota has 1 of 2, so the idle host is offered to nobody until the filter ends …
    expect(given(world)).toEqual([]);
    expect(world.lastStatus('f/2', 'd')).toMatchObject({ offered: 0, unmetReason: 'FAIR_SHARE' });
    world.advance(60_000);
    // … and then to /quota again.
    expect(given(world)).toEqual(['f/1 agent2 cpus=1 mem=512']);
  });

  it('RemoveQuota', () => {
    const world = new World();
    world.role('/quota', { guarantee: { hosts: 2 }, limit: { hosts: 2 }, ...KEPT });
    world.framework('f/1', ['/quota']);
    greedy(world, 'f/2', '/other');
    world.hosts(2, 'agent', { resources: agent(1, 512) });
    // /quota 0 of 2: both are kept for it
    expect(given(world)).toEqual([]);
    world.role('/quota', { guarantee: {}, limit: {}, lendingLimit: {} });
    world.demand('f/1', '/quota', [hostsEntry('d', 100)]);
    world.core.markAllDirty();
    // /other 0, /quota 0: one each
    expect(given(world)).toEqual(['f/2 agent1 cpus=1 mem=512', 'f/1 agent2 cpus=1 mem=512']);
  });

  it('MultipleFrameworksInRoleWithQuota', () => {
    const world = new World();
    world.role('/quota', { guarantee: { hosts: 2 } });
    greedy(world, 'f/1', '/quota');
    world.host({ name: 'agent1', resources: agent(1, 512) });
    world.host({ name: 'agent2', resources: agent(1, 512) });
    const [first, second] = world.pass();
    world.accept('f/1', [first?.offerId ?? '']);
    greedy(world, 'f/2', '/quota');
    // f1 declines and is filtered; the other framework of the role gets what the guarantee has left.
    world.decline('f/1', [second?.offerId ?? ''], 60_000);
    expect(given(world)).toEqual(['f/2 agent2 cpus=1 mem=512']);
  });

  it('QuotaAllocationGranularity', () => {
    const world = new World();
    world.role('/quota', { guarantee: { cpusMilli: 500, memoryBytes: 200 * MIB } });
    wantsSlices(world, 'f/2', '/other', agent(0.5, 312));
    wantsSlices(world, 'f/1', '/quota', agent(0.5, 200));
    world.host({ name: 'agent1', mode: 'shared', resources: agent(1, 512) });
    // /quota 0 of (cpus=.5, mem=200): exactly that, although it is not the whole agent; the rest is /other's.
    expect(given(world)).toEqual(['f/1 agent1 cpus=0.5 mem=200', 'f/2 agent1 cpus=0.5 mem=312']);
  });

  it('QuotaRoleAllocateNonQuotaResource', () => {
    const ports = [{ first: 1, last: 4 }];
    const world = new World();
    world.role('/q1', { guarantee: { cpusMilli: 2_000 }, limit: { cpusMilli: 2_000 } });
    world.framework('f/1', ['/q1']);
    const wants = [
      slicesEntry('all', 3, agent(1, 1024, ports), { priority: 3 }),
      slicesEntry('cpus and ports', 3, agent(1, 0, ports), { priority: 2 }),
      slicesEntry('ports', 3, agent(0, 0, ports), { priority: 1 }),
    ];
    world.demand('f/1', '/q1', wants);
    const got = (): readonly string[] => world.pass().map(({ demandId, hostName }) => `${demandId} of ${hostName}`);
    // /q1 cpus 0 of 2: the whole agent, memory and ports included, which no quota is about.
    world.host({ name: 'agent1', mode: 'shared', resources: agent(1, 1024, ports) });
    expect(got()).toEqual(['all of agent1']);

    // /q2 is guaranteed memory that is not there yet, and lends none: all memory to come is its.
    world.role('/q2', { guarantee: { memoryBytes: 2048 * MIB }, lendingLimit: { memoryBytes: 0 } });
    world.host({ name: 'agent2', mode: 'shared', resources: agent(1, 1024, ports) });
    // /q1 cpus 1 of 2
    expect(got()).toEqual(['cpus and ports of agent2']);

    world.host({ name: 'agent3', mode: 'shared', resources: agent(1, 1024, ports) });
    // /q1 cpus 2 of 2, its limit
    expect(got()).toEqual(['ports of agent3']);
  });

  it('QuotaAgainstStarvation', () => {
    const world = new World();
    greedy(world, 'f/1', '/quota');
    world.host({ name: 'agent1', resources: agent(1, 512) });
    world.accept('f/1', [world.pass()[0]?.offerId ?? '']);
    greedy(world, 'f/2', '/other');
    world.host({ name: 'agent2', resources: agent(1, 512) });
    // /quota .5, /other 0
    const [offer] = world.pass();
    expect(world.core.state.offers.get(offer?.offerId ?? '')?.frameworkId).toBe('f/2');

    // f2 declines with the shortest filter there is. In Mesos it gets the same host again, for ever, until the starved role
    // has a quota. Here the filter is never nothing: the next in line gets it.
    world.decline('f/2', [offer?.offerId ?? ''], 0);
    expect(given(world)).toEqual(['f/1 agent2 cpus=1 mem=512']);
  });

  it('QuotaAgainstStarvation, by a guarantee', () => {
    const world = new World();
    greedy(world, 'f/1', '/quota');
    world.host({ name: 'agent1', resources: agent(1, 512) });
    world.accept('f/1', [world.pass()[0]?.offerId ?? '']);
    greedy(world, 'f/2', '/other');
    world.role('/quota', { guarantee: { hosts: 2 } });
    world.host({ name: 'agent2', resources: agent(1, 512) });
    // /quota .5 but 1 of 2, /other 0
    expect(given(world)).toEqual(['f/1 agent2 cpus=1 mem=512']);
  });

  it('QuotaAbsentFrameworkWholeAgent', () => {
    const world = new World();
    world.role('/quota', { guarantee: { hosts: 1 }, ...KEPT });
    greedy(world, 'f/1', '/other');
    world.hosts(2, 'agent', { resources: agent(2, 1024) });
    // /quota has no framework and 0 of 1, and keeps it: one host stays free.
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);
    world.role('/quota', { lendingLimit: {} });
    world.core.markAllDirty();
    // Without a lending limit it is lent.
    expect(given(world)).toEqual(['f/1 agent2 cpus=2 mem=1024']);
  });

  it('MultiQuotaAbsentFrameworks', () => {
    const world = new World();
    world.role('/quota1', { guarantee: { hosts: 1 }, ...KEPT });
    world.role('/quota2', { guarantee: { hosts: 1 }, ...KEPT });
    world.hosts(2, 'agent', { resources: agent(2, 1024) });
    world.framework('f/1', ['/quota1']);
    greedy(world, 'f/2', '/quota2');
    // /quota1 0 of 1 and kept, /quota2 0 of 1: its own, and not the other's
    expect(given(world)).toEqual(['f/2 agent1 cpus=2 mem=1024']);
    expect(given(world)).toEqual([]);
  });

  it('MultiQuotaWithFrameworks', () => {
    const world = new World();
    const guarantee = { cpusMilli: 1_000, memoryBytes: 200 * MIB };
    for (const number of [1, 2]) {
      world.role(`/quota${number}`, { guarantee, limit: guarantee });
      wantsSlices(world, `f/${number}`, `/quota${number}`, agent(0.5, 100), 10);
    }
    world.hosts(2, 'agent', { mode: 'shared', resources: agent(1, 512) });
    world.pass();
    // Both have exactly what they are guaranteed; their limit is the same.
    for (const number of [1, 2]) {
      expect(world.total(`/quota${number}`, 'cpusMilli')).toBe(1_000);
      expect(world.total(`/quota${number}`, 'memoryBytes')).toBe(200 * MIB);
    }
    // A third agent does not change that.
    world.host({ name: 'agent3', mode: 'shared', resources: agent(1, 2048) });
    expect(given(world)).toEqual([]);
  });

  it('DisproportionateQuotaVsAllocation', () => {
    const world = new World();
    // Guaranteed little memory and many CPUs, and already the larger in memory: still below its guarantee in CPUs.
    world.role('/quota', { guarantee: { cpusMilli: 10_000, memoryBytes: 512 * MIB } });
    wantsSlices(world, 'f/1', '/quota', agent(1, 512), 10);
    world.host({ name: 'agent1', mode: 'shared', resources: agent(1, 512) });
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=512']);
    wantsSlices(world, 'f/2', '/other', agent(1, 512), 10);
    world.host({ name: 'agent2', mode: 'shared', resources: agent(1, 512) });
    // /quota cpus 1 of 10, mem 1 of 1 and .5 of the fleet; /other 0
    expect(given(world)).toEqual(['f/1 agent2 cpus=1 mem=512']);
  });
});

describe('quota limits, as Mesos tests them', () => {
  it('QuotaProvidesLimit', () => {
    const world = new World();
    world.role('/limited', { limit: { cpusMilli: 2_000, memoryBytes: 1024 * MIB } });
    greedy(world, 'f/1', '/limited');
    world.hosts(3, 'agent', { resources: agent(1, 512) });
    // /limited 2 of 2 cpus: the third host is offered to nobody.
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=512', 'f/1 agent2 cpus=1 mem=512']);
    greedy(world, 'f/2', '/other');
    expect(given(world)).toEqual(['f/2 agent3 cpus=1 mem=512']);
  });

  it('QuotaProvidesLimit for the root limits everybody together', () => {
    const world = new World();
    world.role('/', { limit: { hosts: 2 } });
    greedy(world, 'f/1', '/a');
    greedy(world, 'f/2', '/b');
    world.hosts(3, 'agent', { resources: agent(1, 512) });
    // / 2 of 2 hosts
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=512', 'f/2 agent2 cpus=1 mem=512']);
  });
});

describe('quota below quota, which Mesos never had', () => {
  it('QuotaWithNestedRoleAllocation', () => {
    const world = new World();
    world.role('/a', { guarantee: { hosts: 1 }, limit: { hosts: 1 } });
    greedy(world, 'f/1', '/a/b');
    world.host({ name: 'agent1', resources: agent(1, 512) });
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=512']);
    // What /a/b has counts for /a: 1 of 1, its limit. Another framework in /a gets nothing.
    greedy(world, 'f/2', '/a');
    world.host({ name: 'agent2', resources: agent(1, 512) });
    expect(given(world)).toEqual([]);
  });

  it('QuotaHeadroomWithNestedRoleAllocation', () => {
    const world = new World();
    world.role('/a', { guarantee: { hosts: 2 }, ...KEPT });
    world.framework('f/1', ['/a/b']);
    world.demand('f/1', '/a/b', [hostsEntry('d', 1)]);
    world.host({ name: 'agent1', resources: agent(1, 512) });
    world.pass();
    greedy(world, 'f/2', '/other');
    // /a has 1 of 2 through /a/b, so one more is kept: of two new hosts one is offered.
    world.host({ name: 'agent2', resources: agent(1, 512) });
    world.host({ name: 'agent3', resources: agent(1, 512) });
    expect(given(world)).toEqual(['f/2 agent2 cpus=1 mem=512']);
  });

  it('NestedRoleQuota', () => {
    const world = new World();
    world.role('/a', { guarantee: { hosts: 2 } });
    world.role('/a/x', { guarantee: { hosts: 2 } });
    greedy(world, 'f/1', '/a/x');
    greedy(world, 'f/2', '/a/y');
    greedy(world, 'f/3', '/b');
    world.hosts(2, 'agent', { resources: agent(1, 512) });
    // /a 0 of 2, and below it /a/x 0 of 2
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=512', 'f/1 agent2 cpus=1 mem=512']);
    world.host({ name: 'agent3', resources: agent(1, 512) });
    world.host({ name: 'agent4', resources: agent(1, 512) });
    // all borrow from now on: /a 0, /b 0, by path; within /a: /a/x 0, /a/y 0; then /a .25, /b 0
    expect(given(world)).toEqual(['f/1 agent3 cpus=1 mem=512', 'f/3 agent4 cpus=1 mem=512']);
  });

  it('NestedRoleQuotaAllocateToParent', () => {
    const world = new World();
    world.role('/a', { guarantee: { hosts: 3 } });
    world.role('/a/x', { guarantee: { hosts: 1 } });
    greedy(world, 'f/1', '/a');
    greedy(world, 'f/2', '/a/x');
    greedy(world, 'f/3', '/b');
    world.hosts(3, 'agent', { resources: agent(1, 512) });
    world.pass();
    // /a/x its guarantee, then what the guarantee of /a has left: /a itself 0, /a/x borrows 0: one for each, /a by its path
    expect(['/a', '/a/x', '/b'].map((role) => world.total(role, 'hosts'))).toEqual([3, 2, 0]);
  });

  it('NestedQuotaAccounting', () => {
    const world = new World();
    world.role('/a', { guarantee: { hosts: 2 }, ...KEPT });
    world.role('/a/x', { guarantee: { hosts: 1 }, ...KEPT });
    greedy(world, 'f/3', '/b');
    world.hosts(3, 'agent', { resources: agent(1, 512) });
    // The guarantee of /a/x is part of that of /a: 2 are kept, not 3.
    expect(given(world)).toEqual(['f/3 agent1 cpus=1 mem=512']);
  });
});

describe('hosts that differ in size', () => {
  it('a guarantee of CPUs is met by whatever brings them, smallest first', () => {
    const world = new World();
    world.role('/quota', { guarantee: { cpusMilli: 6_000 } });
    greedy(world, 'f/1', '/quota');
    greedy(world, 'f/2', '/other');
    world.host({ name: 'agent1', resources: cpus(8) });
    world.host({ name: 'agent2', resources: cpus(4) });
    world.host({ name: 'agent3', resources: cpus(2) });
    // /quota cpus 0, 2, 6 of 6: the two smallest; then it borrows 0 and /other 0, by path
    expect(given(world)).toEqual(['f/1 agent3 cpus=2 mem=0', 'f/1 agent2 cpus=4 mem=0', 'f/2 agent1 cpus=8 mem=0']);
  });
});
