// Resources left out of shares (`shareExcludedResources`), as GPUs are where few hosts have them.
import { describe, expect, it } from '@jest/globals';
import { entitlements } from '../../../../scheduler/quota/index.js';
import { hostsEntry, slicesEntry, targets, World } from './world.js';

const MIB = 2 ** 20;
const agent = (cpuCount: number, memoryMib: number) => ({
  quantities: { cpusMilli: cpuCount * 1000, memoryBytes: memoryMib * MIB },
  ports: [],
});

describe('a resource left out of shares', () => {
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
});
