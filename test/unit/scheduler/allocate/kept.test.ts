import { describe, expect, it } from '@jest/globals';
import { cpus, hostsEntry, slicesEntry, targets, World } from './world.js';

describe('what a lending limit keeps', () => {
  const ssd = { constraints: [{ attribute: 'disk', op: 'equals', values: ['ssd'] }] } as const;

  it('holds a slice back from a demand until another host makes room for it, then the host that suits is found', () => {
    const world = new World();
    world.role('/b', { guarantee: { cpusMilli: 16_000 }, lendingLimit: { cpusMilli: 0 } });
    world.framework('batch/a', ['/a']);
    world.host({ name: 'h1', mode: 'shared', attributes: { disk: 'ssd' } });
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(4), ssd)]);
    expect(world.pass()).toEqual([]);
    world.host({ name: 'h2', mode: 'shared' });
    expect(targets(world, [...world.pass(), ...world.pass()])).toEqual(['batch/a=h1']);
    expect(world.core.allocationMemory.lookAtAll.size).toBe(0);
  });

  it('holds the rest of a host back from an open claim until another host makes room for it', () => {
    const world = new World({ openOfferShareMaxMilli: 1000 });
    world.role('/b', { guarantee: { cpusMilli: 16_000 }, lendingLimit: { cpusMilli: 0 } });
    world.framework('batch/a', ['/a']);
    world.host({ name: 'h1', mode: 'shared' });
    world.openOffers('batch/a', '/a', true, { cpusMilli: 12_000 });
    expect(world.pass()).toEqual([]);
    // Too small for the claim, but it is kept as well as any other.
    world.hosts(2, 's', { mode: 'shared', resources: cpus(8) });
    expect(targets(world, [...world.pass(), ...world.pass()])).toEqual(['batch/a=h1']);
  });

  it('holds a whole host back until another one makes room for it', () => {
    const world = new World();
    world.role('/b', { guarantee: { hosts: 1 }, lendingLimit: { hosts: 0 } });
    world.framework('batch/a', ['/a']);
    world.host({ name: 'h1', attributes: { disk: 'ssd' } });
    world.demand('batch/a', '/a', [hostsEntry('d', 1, ssd)]);
    expect(world.pass()).toEqual([]);
    world.host({ name: 'h2' });
    expect(targets(world, [...world.pass(), ...world.pass()])).toEqual(['batch/a=h1']);
    expect(world.core.allocationMemory.lookAtAll.size).toBe(0);
  });
});
