// Mesos' hierarchical_allocator_tests.cpp, fair share: their numbers, with the shares of the moment before each expectation.
import { describe, expect, it } from '@jest/globals';
import { rescindFrameworkOffers } from '../../../../scheduler/allocate/index.js';
import { cpus, hostsEntry, task, World } from '../allocate/world.js';
import { agent, given, greedy, MIB, wantsSlices } from './mesos.js';

describe('fair share, as Mesos tests it', () => {
  it('UnreservedDRF', () => {
    const world = new World();
    greedy(world, 'f/1', '/role1');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);

    // role1 1 (cpus=2, mem=1024), role2 0
    greedy(world, 'f/2', '/role2');
    world.host({ name: 'agent2', resources: agent(1, 512) });
    expect(given(world)).toEqual(['f/2 agent2 cpus=1 mem=512']);

    // total cpus=6, mem=3584: role1 .33 (cpus=2, mem=1024), role2 .17 (cpus=1, mem=512)
    world.host({ name: 'agent3', resources: agent(3, 2048) });
    expect(given(world)).toEqual(['f/2 agent3 cpus=3 mem=2048']);

    // total cpus=10, mem=7680: role1 .2 (cpus=2, mem=1024), role2 .4 (cpus=4, mem=2560); in role1 f1 has 1, f3 nothing
    greedy(world, 'f/3', '/role1');
    world.host({ name: 'agent4', resources: agent(4, 4096) });
    expect(given(world)).toEqual(['f/3 agent4 cpus=4 mem=4096']);

    // total cpus=11, mem=8192: role1 .63 (cpus=6, mem=5120), role2 .36 (cpus=4, mem=2560): f2, although f4 has nothing
    greedy(world, 'f/4', '/role1');
    world.host({ name: 'agent5', resources: agent(1, 512) });
    expect(given(world)).toEqual(['f/2 agent5 cpus=1 mem=512']);
  });

  it('NestedRoleDRF', () => {
    const world = new World();
    world.role('/a');
    world.role('/d');
    greedy(world, 'f/1', '/a/b');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024']);

    // total cpus=3, mem=1536: /a .67, /d 0
    greedy(world, 'f/2', '/a/c');
    greedy(world, 'f/3', '/d/e');
    world.host({ name: 'agent2', resources: agent(1, 512) });
    expect(given(world)).toEqual(['f/3 agent2 cpus=1 mem=512']);

    // total cpus=5, mem=2560: /a .4 (/a/b .4, /a/c 0), /d .2 (/d/e .2, /d/f 0): the subtree decides, so not /a/c
    greedy(world, 'f/4', '/d/f');
    world.host({ name: 'agent3', resources: agent(2, 1024) });
    expect(given(world)).toEqual(['f/4 agent3 cpus=2 mem=1024']);

    // /a .4 and /d .6 of 5 cpus; with agent4 /a .33 and /d .5: the next one is /a's, and there /a/c's, which has nothing
    world.host({ name: 'agent4', resources: agent(1, 512) });
    expect(given(world)).toEqual(['f/2 agent4 cpus=1 mem=512']);
  });

  it('UpdateWeight', () => {
    const world = new World();
    const share = (): readonly number[] => {
      for (const id of ['f/1', 'f/2', 'f/3']) rescindFrameworkOffers(world.core, id, 'test');
      world.pass();
      return ['/role1', '/role2', '/role3'].map((role) => world.total(role, 'hosts'));
    };
    world.hosts(6, 'agent', { resources: agent(2, 1024) });
    greedy(world, 'f/1', '/role1');
    greedy(world, 'f/2', '/role2');
    // each .5
    expect(share()).toEqual([3, 3, 0]);
    world.role('/role2', { weight: 2 });
    // role1 .33 / 1, role2 .67 / 2
    expect(share()).toEqual([2, 4, 0]);
    greedy(world, 'f/3', '/role3');
    world.role('/role3', { weight: 3 });
    // role1 .17 / 1, role2 .33 / 2, role3 .5 / 3
    expect(share()).toEqual([1, 2, 3]);
  });

  it('UpdateWeight on an inner role weighs all below it together', () => {
    const world = new World();
    world.role('/a', { weight: 2 });
    greedy(world, 'f/1', '/a/x');
    greedy(world, 'f/2', '/a/y');
    greedy(world, 'f/3', '/b');
    world.hosts(6, 'agent', { resources: agent(2, 1024) });
    world.pass();
    // /a .67 / 2, /b .33 / 1; within /a each the half
    expect(['/a/x', '/a/y', '/b'].map((role) => world.total(role, 'hosts'))).toEqual([2, 2, 2]);
  });

  it('CoarseGrained', () => {
    const world = new World();
    greedy(world, 'f/1', '/');
    greedy(world, 'f/2', '/');
    world.hosts(2, 'agent', { resources: agent(2, 1024) });
    // f1 0, f2 0: the first by name; then f1 .5, f2 0. Whole hosts, not halves of both.
    expect(given(world)).toEqual(['f/1 agent1 cpus=2 mem=1024', 'f/2 agent2 cpus=2 mem=1024']);
  });

  it('SameShareFairness', () => {
    const world = new World({ declineFilterMs: 1_000 });
    greedy(world, 'f/1', '/');
    greedy(world, 'f/2', '/');
    world.host({ name: 'agent1', resources: agent(2, 1024) });
    const offered = { 'f/1': 0, 'f/2': 0 };
    // Both have nothing all the time. Mesos counts allocations to break the tie; here who declined waits a moment.
    for (let round = 0; round < 10; round += 1) {
      const [offer] = world.pass();
      const frameworkId = world.core.state.offers.get(offer?.offerId ?? '')?.frameworkId as 'f/1' | 'f/2';
      offered[frameworkId] += 1;
      world.decline(frameworkId, [offer?.offerId ?? '']);
      world.advance(600);
    }
    expect(offered).toEqual({ 'f/1': 5, 'f/2': 5 });
  });

  it('NoDoubleAccounting', () => {
    const world = new World();
    world.role('/role1');
    world.role('/role2');
    // Both hosts run tasks of frameworks that are not there yet.
    for (const number of [1, 2]) {
      world.host({ name: `agent${number}`, mode: 'shared', resources: agent(1, 512) });
      world.runTask(`agent${number}`, `f/${number}`, `/role${number}`, task('t', agent(0.5, 0)));
    }
    for (const number of [1, 2]) wantsSlices(world, `f/${number}`, `/role${number}`, agent(0.5, 0));
    world.core.markAllDirty();
    // total cpus=2: role1 .25, role2 .25, each charged once; one more slice makes both .5, and the fleet is full
    world.pass();
    expect([world.total('/role1', 'cpusMilli'), world.total('/role2', 'cpusMilli')]).toEqual([1_000, 1_000]);
    expect(given(world)).toEqual([]);
  });

  it('DRFWithQuota', () => {
    const world = new World();
    world.role('/quota', { guarantee: { cpusMilli: 250, memoryBytes: 128 * MIB } });
    wantsSlices(world, 'f/1', '/quota', agent(0.25, 128), 100);
    wantsSlices(world, 'f/2', '/other', agent(0.25, 128), 100);
    world.host({ name: 'agent1', mode: 'shared', resources: agent(1, 512) });
    world.pass();
    // Mesos counts the guaranteed .25 in the share of /quota; here shares are of what is borrowed, so that using one's own
    // guarantee is never unfair. In units of .25: /quota its own, /other 0:0, /quota 0:1, /other 1:1 by its path.
    expect([world.total('/quota', 'cpusMilli'), world.total('/other', 'cpusMilli')]).toEqual([500, 500]);

    // total cpus=2: /quota borrows 1 of 8, /other 2; then /quota 2:2, /other 2:3, /quota 3:3, /other 3:4
    world.host({ name: 'agent2', mode: 'shared', resources: agent(1, 512) });
    world.pass();
    expect([world.total('/quota', 'cpusMilli'), world.total('/other', 'cpusMilli')]).toEqual([1_000, 1_000]);

    // total cpus=2.75: /quota borrows 3 of 11, /other 4; then /quota 4:4, /other 4:5, /quota 5:5
    world.host({ name: 'agent3', mode: 'shared', resources: agent(0.75, 384) });
    world.pass();
    expect([world.total('/quota', 'cpusMilli'), world.total('/other', 'cpusMilli')]).toEqual([1_500, 1_250]);
  });

  it('late comers are served first until shares are equal', () => {
    const world = new World();
    greedy(world, 'f/1', '/role1');
    world.hosts(4, 'agent', { resources: cpus(4) });
    world.pass();
    for (let number = 1; number <= 4; number += 1) world.accept('f/1', [offerOn(world, `agent${number}`)]);
    world.framework('f/2', ['/role2']);
    world.demand('f/2', '/role2', [hostsEntry('d', 100)]);
    world.hosts(6, 'late', { resources: cpus(4) });
    world.pass();
    // role1 .4 of 10 hosts, role2 0: the next four are role2's, then one each
    expect([world.total('/role1', 'hosts'), world.total('/role2', 'hosts')]).toEqual([5, 5]);
  });
});

function offerOn(world: World, hostId: string): string {
  const [offerId = ''] = world.core.state.offersByHost.get(hostId);
  return offerId;
}
