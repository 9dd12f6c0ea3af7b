import { describe, expect, it, jest } from '@jest/globals';
import { sharedFree } from '../../../../scheduler/allocate/kept.js';
import { cpus, hostsEntry, slicesEntry, targets, task, World } from './world.js';

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
    // Too small for the claim, but it is kept like all others.
    world.hosts(2, 's', { mode: 'shared', resources: cpus(8) });
    expect(targets(world, [...world.pass(), ...world.pass()])).toEqual(['batch/a=h1']);
  });

  it('costs a look at the shared hosts that have changed, not at all of them', () => {
    const world = new World();
    world.role('/b', { guarantee: { cpusMilli: 16_000 }, lendingLimit: { cpusMilli: 0 } });
    world.framework('batch/a', ['/a']);
    world.hosts(50, 'h', { mode: 'shared', resources: cpus(8) });
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(4))]);
    expect(world.pass()).toHaveLength(1);
    const looks = jest.spyOn(world.core.passHosts, 'unused');
    world.runTask('h7', 'batch/a', '/a', task('t', cpus(1)));
    world.demand('batch/a', '/a', [slicesEntry('d', 2, cpus(4)), slicesEntry('e', 1, cpus(4), ssd)]);
    world.core.allocationMemory.lookAtAll.clear();
    world.core.markDirty('h7');
    world.pass();
    expect(looks.mock.calls.length).toBeLessThan(10);
  });

  it('follows whatever changes what is free', () => {
    const world = new World();
    world.framework('batch/a', ['/a']);
    world.hosts(6, 'h', { mode: 'shared', resources: cpus(8) });
    const { core } = world;
    const cpusFree = (): number => sharedFree(core)['cpusMilli'] ?? 0;
    expect(cpusFree()).toBe(48_000);
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(4))]);
    const [offer] = world.pass();
    expect(cpusFree()).toBe(44_000);
    world.accept('batch/a', [offer!.offerId], { kind: 'launch', tasks: [task('t', cpus(3))] });
    expect(cpusFree()).toBe(45_000);
    world.endTask('batch/a/t');
    expect(cpusFree()).toBe(48_000);
    core.state.hosts.put({ ...core.state.hosts.get('h2')!, cordoned: true });
    core.state.hostPresence.put({ ...core.state.hostPresence.get('h3')!, connected: false });
    expect(cpusFree()).toBe(32_000);
    core.raise('OVERCOMMITTED', 'h4', 'test', 'test');
    expect(cpusFree()).toBe(24_000);
    core.clearCondition('OVERCOMMITTED', 'h4');
    core.state.hosts.put({ ...core.state.hosts.get('h5')!, mode: 'free' });
    expect(cpusFree()).toBe(24_000);
    core.sharedFree.stop();
    core.state.hosts.put({ ...core.state.hosts.get('h2')!, cordoned: false });
    expect(cpusFree()).toBe(32_000);
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
