// Mesos' hierarchical_allocator_tests.cpp once more, with frameworks that state no demand, as Mesos' do: each open offer is
// the whole rest of a shared host, cut at guarantees and limits.
import { describe, expect, it } from '@jest/globals';
import type { SchedulerOptions } from '../../../../scheduler/config.js';
import { World } from '../allocate/world.js';
import { agent, given, MIB } from './mesos.js';

/** One framework may have everything under offer, as in Mesos. */
function fleet(options: Partial<SchedulerOptions> = {}): World {
  return new World({ openOfferShareMaxMilli: 1000, openOfferBackoffMaxMs: 0, ...options });
}

function asks(world: World, frameworkId: string, role: string, minimum = {}): void {
  world.framework(frameworkId, [role], false);
  world.openOffers(frameworkId, role, true, minimum);
}

function addAgent(world: World, name: string, cpus: number, memoryMib: number): void {
  world.host({ name, mode: 'shared', resources: agent(cpus, memoryMib, [{ first: 1, last: 4 }]) });
}

describe('fair share of open offers, as Mesos tests it', () => {
  it('UnreservedDRF', () => {
    const world = fleet();
    asks(world, 'f/1', '/role1');
    addAgent(world, 'agent1', 2, 1024);
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);

    // role1 1 (cpus=2, mem=1024), role2 0
    asks(world, 'f/2', '/role2');
    addAgent(world, 'agent2', 1, 512);
    expect(given(world)).toEqual(['f/2 agent2 cpus=1 mem=512']);

    // total cpus=6, mem=3584: role1 .33 (cpus=2, mem=1024), role2 .17 (cpus=1, mem=512)
    addAgent(world, 'agent3', 3, 2048);
    expect(given(world)).toEqual(['f/2 agent3 cpus=3 mem=2048']);

    // total cpus=10, mem=7680: role1 .2 (cpus=2, mem=1024), role2 .4 (cpus=4, mem=2560); in role1 f1 .2, f3 0
    asks(world, 'f/3', '/role1');
    addAgent(world, 'agent4', 4, 4096);
    expect(given(world)).toEqual(['f/3 agent4 cpus=4 mem=4096']);

    // total cpus=11, mem=8192: role1 .63 (cpus=6, mem=5120), role2 .36 (cpus=4, mem=2560): f2, although f4 has nothing
    asks(world, 'f/4', '/role1');
    addAgent(world, 'agent5', 1, 512);
    expect(given(world)).toEqual(['f/2 agent5 cpus=1 mem=512']);
  });

  it('NestedRoleDRF', () => {
    const world = fleet();
    world.role('/a');
    world.role('/d');
    asks(world, 'f/1', '/a/b');
    addAgent(world, 'agent1', 2, 1024);
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);

    // total cpus=3, mem=1536: /a .67, /d 0
    asks(world, 'f/2', '/a/c');
    asks(world, 'f/3', '/d/e');
    addAgent(world, 'agent2', 1, 512);
    expect(given(world)).toEqual(['f/3 agent2 cpus=1 mem=512']);

    // total cpus=5, mem=2560: /a .4, /d .2: the subtree decides, so /d/f and not /a/c
    asks(world, 'f/4', '/d/f');
    addAgent(world, 'agent3', 2, 1024);
    expect(given(world)).toEqual(['f/4 agent3 cpus=2 mem=1024']);
  });

  it('UpdateWeight', () => {
    const shares = (weights: readonly number[]): readonly number[] => {
      const world = fleet();
      for (const [index, weight] of weights.entries()) {
        world.role(`/role${index + 1}`, { weight });
        asks(world, `f/${index + 1}`, `/role${index + 1}`);
      }
      for (let number = 1; number <= 6; number += 1) addAgent(world, `agent${number}`, 2, 1024);
      world.pass();
      return weights.map((_, index) => world.total(`/role${index + 1}`, 'cpusMilli') / 2_000);
    };
    expect(shares([1, 1])).toEqual([3, 3]);
    expect(shares([1, 2])).toEqual([2, 4]);
    expect(shares([1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('CoarseGrained', () => {
    const world = fleet();
    asks(world, 'f/1', '/');
    asks(world, 'f/2', '/');
    addAgent(world, 'agent1', 2, 1024);
    addAgent(world, 'agent2', 2, 1024);
    // f1 0, f2 0, by name; then f1 .5, f2 0: whole agents, not halves of both
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024', 'f/2 agent2 cpus=2 mem=1024']);
  });
});

describe('quota of open offers, as Mesos tests it', () => {
  it('QuotaAllocationGranularity', () => {
    const world = fleet();
    world.role('/quota', { guarantee: { cpusMilli: 500, memoryBytes: 200 * MIB } });
    asks(world, 'f/1', '/quota');
    asks(world, 'f/2', '/other');
    addAgent(world, 'agent1', 1, 512);
    // /quota 0 of (cpus=.5, mem=200): exactly that and not the whole agent; the rest (cpus=.5, mem=312) to the other
    expect(given(world)).toEqual(['f/1 agent1 cpus=0.5 mem=200', 'f/2 agent1 cpus=0.5 mem=312']);
  });

  it('QuotaProvidesGuarantee', () => {
    const world = fleet();
    const guarantee = { cpusMilli: 2_000, memoryBytes: 1024 * MIB };
    world.role('/quota', { guarantee, lendingLimit: { cpusMilli: 0, memoryBytes: 0 } });
    asks(world, 'f/1', '/quota');
    addAgent(world, 'agent1', 1, 512);
    addAgent(world, 'agent2', 1, 512);
    const offers = world.pass();
    expect(offers).toHaveLength(2);
    asks(world, 'f/2', '/other');
    // /quota declines its second agent: 1 of 2. Nothing of its guarantee is lent, so nobody gets it until the filter ends.
    world.decline('f/1', [offers[1]?.offerId ?? ''], 10_000);
    expect(given(world)).toEqual([]);
    world.advance(10_000);
    expect(given(world)).toEqual(['f/1 agent2 cpus=1 mem=512']);
  });

  it('QuotaProvidesLimit', () => {
    const world = fleet();
    world.role('/limited', { limit: { cpusMilli: 2_000, memoryBytes: 1024 * MIB } });
    asks(world, 'f/1', '/limited');
    addAgent(world, 'agent1', 1, 512);
    addAgent(world, 'agent2', 1, 512);
    addAgent(world, 'agent3', 1, 512);
    // /limited 0, 1, 2 of 2 cpus: the third agent is offered to nobody
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=512', 'f/1 agent2 cpus=1 mem=512']);
  });

  it('QuotaRoleAllocateNonQuotaResource', () => {
    const world = fleet();
    world.role('/q1', { guarantee: { cpusMilli: 2_000 }, limit: { cpusMilli: 2_000 } });
    asks(world, 'f/1', '/q1');
    addAgent(world, 'agent1', 1, 1024);
    // /q1 cpus 0 of 2: the whole agent, with the memory that no quota is about
    expect(given(world)).toEqual(['f/1 agent1 cpus=1 mem=1024']);
    world.role('/q2', { guarantee: { memoryBytes: 2048 * MIB }, lendingLimit: { memoryBytes: 0 } });
    addAgent(world, 'agent2', 1, 1024);
    // Mesos offers the CPU and all ports without memory. An offer that no task can use strands both, so here whoever names no
    // minimum needs some memory: no memory, no offer. Who can use less says so in its minimum, or states it (`quota.test.ts`).
    expect(given(world)).toEqual([]);
  });

  it('MultiQuotaWithFrameworks', () => {
    const world = fleet();
    const guarantee = { cpusMilli: 1_000, memoryBytes: 200 * MIB };
    for (const number of [1, 2]) {
      world.role(`/quota${number}`, { guarantee, limit: guarantee });
      asks(world, `f/${number}`, `/quota${number}`);
    }
    addAgent(world, 'agent1', 1, 512);
    addAgent(world, 'agent2', 1, 512);
    world.pass();
    for (const number of [1, 2]) expect(world.total(`/quota${number}`, 'memoryBytes')).toBe(200 * MIB);
    addAgent(world, 'agent3', 1, 2048);
    expect(world.pass().filter(({ resources }) => (resources.quantities['memoryBytes'] ?? 0) > 0)).toEqual([]);
  });
});

describe('filters of open offers, as Mesos tests them', () => {
  it('OfferFilter', () => {
    const world = fleet();
    asks(world, 'f/1', '/');
    addAgent(world, 'agent1', 2, 1024);
    const [offer] = world.pass();
    world.decline('f/1', [offer?.offerId ?? ''], 60_000);
    expect(given(world)).toEqual([]);
    world.advance(60_000);
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);
  });

  it('ReviveOffers', () => {
    const world = fleet();
    asks(world, 'f/1', '/');
    addAgent(world, 'agent1', 2, 1024);
    const [offer] = world.pass();
    world.decline('f/1', [offer?.offerId ?? ''], 1_000_000_000);
    expect(given(world)).toEqual([]);
    world.openOffers('f/1', '/');
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);
  });

  it('SuppressAndReviveOffers', () => {
    const world = fleet();
    asks(world, 'f/1', '/');
    world.openOffers('f/1', '/', false);
    addAgent(world, 'agent1', 2, 1024);
    expect(given(world)).toEqual([]);
    world.openOffers('f/1', '/');
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);
  });

  it('SuppressAndReviveOffersWithMultiRole', () => {
    const world = fleet();
    world.framework('f/1', ['/a', '/b'], false);
    for (const role of ['/a', '/b']) world.openOffers('f/1', role);
    world.openOffers('f/1', '/a', false);
    addAgent(world, 'agent1', 2, 1024);
    expect(world.pass().map(({ role }) => role)).toEqual(['/b']);
    // Reviving one role does not lift what was declined in the other.
    world.decline(
      'f/1',
      [...world.core.state.offers.values()].map(({ offerId }) => offerId),
      1_000_000,
    );
    world.openOffers('f/1', '/a');
    const [offer] = world.pass();
    expect(offer?.role).toBe('/a');
    world.decline('f/1', [offer?.offerId ?? ''], 1_000_000);
    world.openOffers('f/1', '/a');
    expect(world.pass().map(({ role }) => role)).toEqual(['/a']);
  });

  it('FrameworkMinAllocatable', () => {
    const world = fleet();
    asks(world, 'f/1', '/', { cpusMilli: 1_000, memoryBytes: 512 * MIB });
    addAgent(world, 'small', 0.5, 2048);
    expect(given(world)).toEqual([]);
    addAgent(world, 'large', 1, 512);
    expect(given(world)).toEqual(['f/1 large cpus=1 mem=512']);
  });

  it('FrameworkEmptyMinAllocatable', () => {
    const world = fleet();
    asks(world, 'f/1', '/');
    // Without a minimum of its own: 10 milli CPUs and 32 MiB, both. Mesos takes either.
    addAgent(world, 'cpus', 1, 31);
    addAgent(world, 'memory', 0.009, 1024);
    expect(given(world)).toEqual([]);
    addAgent(world, 'both', 0.01, 32);
    expect(given(world)).toEqual(['f/1 both cpus=0.01 mem=32']);
  });

  it('FrameworkLoopMESOS_9554', () => {
    const world = fleet();
    asks(world, 'f/1', '/');
    addAgent(world, 'agent1', 2, 1024);
    world.decline('f/1', [world.pass()[0]?.offerId ?? ''], 60_000);
    asks(world, 'f/2', '/');
    // f1 has nothing and is first, but filtered: the next one gets it
    expect(given(world)).toEqual(['f/2 agent1 cpus=2 mem=1024']);
  });
});
