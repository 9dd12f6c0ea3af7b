// Examples from the papers and from Mesos' allocator tests, with the shares of the moment before each expectation.
import { describe, expect, it } from '@jest/globals';
import { rescindFrameworkOffers } from '../../../../scheduler/allocate/index.js';
import { entitlements } from '../../../../scheduler/quota/index.js';
import { cpus, hostsEntry, slicesEntry, targets, World } from './world.js';

const MIB = 2 ** 20;
const agent = (cpuCount: number, memoryMib: number) => ({
  quantities: { cpusMilli: cpuCount * 1000, memoryBytes: memoryMib * MIB },
  ports: [],
});

describe('DRF, Ghodsi et al., NSDI 2011', () => {
  it('§4.1: with 9 CPUs and 18 GB, A (1 CPU, 4 GB) gets 3 tasks and B (3 CPUs, 1 GB) gets 2', () => {
    const world = new World();
    world.framework('a/1', ['/a']);
    world.framework('b/1', ['/b']);
    world.host({ name: 'h1', mode: 'shared', resources: cpus(9, 18) });
    world.demand('a/1', '/a', [slicesEntry('d', 100, cpus(1, 4))]);
    world.demand('b/1', '/b', [slicesEntry('d', 100, cpus(3, 1))]);
    const order = world.pass().map(({ role }) => role);
    // A 4/18=.22 (memory), B 3/9=.33 (CPU), A .44, B .67, A .67: then 9 CPUs are gone.
    expect(order.filter((role) => role === '/a')).toHaveLength(3);
    expect(order.filter((role) => role === '/b')).toHaveLength(2);
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
});

describe('Mesos hierarchical_allocator_tests', () => {
  it('UnreservedDRF', () => {
    const world = new World();
    const wants = (id: string, role: string): void => {
      world.framework(id, [role]);
      world.demand(id, role, [hostsEntry('d', 10)]);
    };
    wants('f/1', '/role1');
    world.host({ name: 'h1', resources: agent(2, 1024) });
    expect(targets(world, world.pass())).toEqual(['f/1=h1']);

    // role1 1 (cpus=2, mem=1024), role2 0
    wants('f/2', '/role2');
    world.host({ name: 'h2', resources: agent(1, 512) });
    expect(targets(world, world.pass())).toEqual(['f/2=h2']);

    // total cpus=6, mem=3584: role1 .33 (cpus=2, mem=1024), role2 .17 (cpus=1, mem=512)
    world.host({ name: 'h3', resources: agent(3, 2048) });
    expect(targets(world, world.pass())).toEqual(['f/2=h3']);

    // total cpus=10, mem=7680: role1 .2 (cpus=2, mem=1024) with f1 and f3 in it, role2 .4 (cpus=4, mem=2560)
    wants('f/3', '/role1');
    world.host({ name: 'h4', resources: agent(4, 4096) });
    expect(targets(world, world.pass())).toEqual(['f/3=h4']);

    // total cpus=11, mem=8192: role1 .63 (cpus=6, mem=5120), role2 .36 (cpus=4, mem=2560): f2, although f4 has nothing
    wants('f/4', '/role1');
    world.host({ name: 'h5', resources: agent(1, 512) });
    expect(targets(world, world.pass())).toEqual(['f/2=h5']);
  });

  it('DRFWithFairnessExclusion: with gpus left out of shares, who holds all of them still gets common hosts', () => {
    const gpuHost = { quantities: { cpusMilli: 2_000, memoryBytes: 512 * MIB, gpus: 1 }, ports: [] };
    const third = (options: { readonly shareExcludedResources?: readonly string[] }) => {
      const world = new World(options);
      world.framework('f/1', ['/role1']);
      world.framework('f/2', ['/role2']);
      world.host({ name: 'h1', resources: gpuHost });
      world.demand('f/1', '/role1', [hostsEntry('d', 10)]);
      expect(targets(world, world.pass())).toEqual(['f/1=h1']);
      // total cpus=6, mem=1536, gpus=1: role1 cpus .33, gpus 1
      world.host({ name: 'h2', resources: agent(4, 1024) });
      world.demand('f/2', '/role2', [hostsEntry('d', 10)]);
      expect(targets(world, world.pass())).toEqual(['f/2=h2']);
      // total cpus=7, mem=2048, gpus=1: role1 cpus .29 (gpus 1), role2 cpus .57
      world.host({ name: 'h3', resources: agent(1, 512) });
      return [targets(world, world.pass()), ['/role1', '/role2'].map((r) => entitlements(world.core).shareMicro(r))];
    };
    expect(third({})).toEqual([['f/2=h3'], [1_000_000, 750_000]]);
    expect(third({ shareExcludedResources: ['gpus'] })).toEqual([['f/1=h3'], [500_000, 571_428]]);
  });

  it('a resource that is left out of shares is guaranteed and limited as ever', () => {
    const gpu = { quantities: { cpusMilli: 1_000, gpus: 1 }, ports: [] };
    const world = new World({ shareExcludedResources: ['gpus'] });
    world.role('/a', { guarantee: { gpus: 2 } });
    world.role('/b', { limit: { gpus: 1 } });
    for (const name of ['a', 'b']) {
      world.framework(`${name}/1`, [`/${name}`]);
      world.demand(`${name}/1`, `/${name}`, [slicesEntry('d', 4, gpu)]);
    }
    world.host({ name: 'h1', mode: 'shared', resources: { quantities: { cpusMilli: 9_000, gpus: 4 }, ports: [] } });
    world.pass();
    expect(['/a', '/b'].map((role) => world.total(role, 'gpus'))).toEqual([3, 1]);
  });

  it('capacity that goes leaves the base of shares, too', () => {
    const world = new World({ shareExcludedResources: ['gpus'] });
    const host = world.host({
      name: 'h1',
      resources: { quantities: { cpusMilli: 2_000, gpus: 1, fpga: 1 }, ports: [] },
    });
    expect(world.core.capacity.inShares).toEqual({ cpusMilli: 2_000, fpga: 1 });
    world.core.state.hosts.put({ ...host, resources: { quantities: { cpusMilli: 1_000, gpus: 1 }, ports: [] } });
    expect(world.core.capacity.inShares).toEqual({ cpusMilli: 1_000 });
    expect(world.core.capacity.total).toEqual({ cpusMilli: 1_000, gpus: 1 });
  });

  it('NestedRoleDRF', () => {
    const world = new World();
    const wants = (id: string, role: string): void => {
      world.framework(id, [role]);
      world.demand(id, role, [hostsEntry('d', 10)]);
    };
    world.role('/a');
    world.role('/d');
    wants('f/1', '/a/b');
    world.host({ name: 'h1', resources: agent(2, 1024) });
    expect(targets(world, world.pass())).toEqual(['f/1=h1']);

    // total cpus=3: /a .67, /d 0
    wants('f/2', '/a/c');
    wants('f/3', '/d/e');
    world.host({ name: 'h2', resources: agent(1, 512) });
    expect(targets(world, world.pass())).toEqual(['f/3=h2']);

    // total cpus=5: /a .4 (/a/b .4, /a/c 0), /d .2 (/d/e .2, /d/f 0): the subtree decides, so not /a/c
    wants('f/4', '/d/f');
    world.host({ name: 'h3', resources: agent(2, 1024) });
    expect(targets(world, world.pass())).toEqual(['f/4=h3']);
  });

  it('UpdateWeight', () => {
    const world = new World();
    const share = (): readonly number[] => {
      for (const id of ['f/1', 'f/2', 'f/3']) rescindFrameworkOffers(world.core, id, 'test');
      world.pass();
      return ['/role1', '/role2', '/role3'].map((role) => world.total(role, 'hosts'));
    };
    world.hosts(6, 'h', { resources: agent(2, 1024) });
    for (const number of [1, 2]) {
      world.framework(`f/${number}`, [`/role${number}`]);
      world.demand(`f/${number}`, `/role${number}`, [hostsEntry('d', 6)]);
    }
    // each .5
    expect(share()).toEqual([3, 3, 0]);
    world.role('/role2', { weight: 2 });
    // role1 .33 / 1, role2 .67 / 2
    expect(share()).toEqual([2, 4, 0]);
    world.framework('f/3', ['/role3']);
    world.demand('f/3', '/role3', [hostsEntry('d', 6)]);
    world.role('/role3', { weight: 3 });
    // role1 .17 / 1, role2 .33 / 2, role3 .5 / 3
    expect(share()).toEqual([1, 2, 3]);
  });

  it('QuotaAllocationGranularity: the guaranteed role gets exactly what it asks for, the rest goes to the other', () => {
    const world = new World();
    world.framework('f/1', ['/quota']);
    world.framework('f/2', ['/other']);
    const half = { quantities: { cpusMilli: 500, memoryBytes: 200 * MIB }, ports: [] };
    const rest = { quantities: { cpusMilli: 500, memoryBytes: 312 * MIB }, ports: [] };
    world.role('/quota', { guarantee: half.quantities });
    world.demand('f/2', '/other', [slicesEntry('d', 1, rest)]);
    world.demand('f/1', '/quota', [slicesEntry('d', 1, half)]);
    world.host({ name: 'h1', mode: 'shared', resources: agent(1, 512) });
    const offers = world.pass();
    expect(offers.map(({ role, resources }) => [role, resources])).toEqual([
      ['/quota', half],
      ['/other', rest],
    ]);
  });
});
