import { describe, expect, it, jest } from '@jest/globals';
import { sharedFree } from '../../../../scheduler/allocate/kept.js';
import { entitlements } from '../../../../scheduler/quota/index.js';
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

  describe('is what is left of the guarantee when there is less than was promised', () => {
    const cpusOf = (world: World, role: string): number => (world.core.ledger.served(role)['cpusMilli'] ?? 0) / 1_000;
    const sixteen = { guarantee: { cpusMilli: 16_000 } };

    it.each<[string, number, number, number, number]>([
      // priorities of /kept and /other; what /kept may lend; CPUs of /other
      ['in proportion among equals', 0, 0, 0, 8],
      ['less where the other has the higher priority', 0, 1, 0, 16],
      ['all of it where it has the higher priority itself', 1, 0, 0, 0],
      ['without what of it may be lent', 0, 0, 6_000, 14],
      ['nothing where more may be lent than is left', 0, 0, 12_000, 16],
    ])('%s', (_what, kept, other, cpusMilli, gets) => {
      const world = new World();
      world.role('/kept', { ...sixteen, lendingLimit: { cpusMilli }, priority: kept });
      world.role('/other', { ...sixteen, priority: other });
      world.framework('batch/o', ['/other']);
      world.host({ name: 'h1', mode: 'shared' });
      world.demand('batch/o', '/other', [slicesEntry('d', 16, cpus(1))]);
      world.pass();
      expect(cpusOf(world, '/other')).toBe(gets);
    });

    it('of whole hosts as well, for the allocator and for the entitlement', () => {
      const world = new World();
      world.role('/kept', { guarantee: { hosts: 4 }, lendingLimit: { hosts: 0 } });
      world.role('/other', { guarantee: { hosts: 2 } });
      world.framework('pods/o', ['/other']);
      world.hosts(3);
      world.demand('pods/o', '/other', [hostsEntry('d', 3)]);
      expect(entitlements(world.core).of('/other', 'standard')).toBe(1);
      expect(targets(world, world.pass())).toEqual(['pods/o=h1']);
    });

    it('and where less is left, whoever was refused is asked again at once', () => {
      const world = new World();
      world.role('/kept', { guarantee: { cpusMilli: 32_000 }, lendingLimit: { cpusMilli: 0 } });
      world.role('/other', sixteen);
      for (const [id, role] of [
        ['batch/o', '/other'],
        ['batch/k', '/kept'],
      ] as const)
        world.framework(id, [role]);
      world.hosts(3, 'h', { mode: 'shared' });
      for (const name of ['h1', 'h2']) world.runTask(name, 'batch/b', '/', task(name, cpus(16)));
      world.demand('batch/o', '/other', [slicesEntry('d', 1, cpus(4))]);
      // /kept is left 32 of 48 CPUs, more than is free.
      expect(world.pass()).toEqual([]);
      // Of 16 CPUs it is left 11: what is lost was not free.
      for (const name of ['h1', 'h2']) {
        world.core.state.hostPresence.put({ ...world.core.state.hostPresence.get(name)!, lost: true });
        world.core.markDirty(name);
      }
      expect(targets(world, world.pass())).toEqual(['batch/o=h3']);
    });
  });
});
