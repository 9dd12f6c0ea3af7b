import { describe, expect, it } from '@jest/globals';
import type { MachineRef } from '../../../../frameworks/contract/index.js';
import { FakeManager, QUICK_PROFILE, validateProfile } from '../../../../frameworks/fake/index.js';
import type { FakeProfile } from '../../../../frameworks/fake/index.js';
import { drawn, unitsAt } from '../../../../frameworks/fake/profile.js';
import { sfc32 } from '../../../support/seeded-random.js';
import { VirtualClock } from '../../../support/virtual-clock.js';

const ref = (name: string): MachineRef => ({
  hostId: `h-${name}`,
  name,
  identity: { uuid: `u-${name}`, serial: '', macs: [] },
});

const exact = (ms: number) => ({ min: ms, max: ms });

const PROFILE: FakeProfile = {
  ...QUICK_PROFILE,
  unitName: 'vm',
  joinMs: exact(1_000),
  drainUnitMs: exact(100),
  drainParallel: 2,
  blockedMs: exact(5_000),
  leaveMs: exact(50),
  unitsAtFullLoad: exact(5),
};

interface World {
  readonly clock: VirtualClock;
  readonly manager: FakeManager;
  readonly served: (readonly [string, boolean, number])[];
}

function world(profile: Partial<FakeProfile> = {}, loadMilli = 1000): World {
  const clock = new VirtualClock();
  const served: (readonly [string, boolean, number])[] = [];
  const manager = new FakeManager({
    profile: { ...PROFILE, ...profile },
    clock,
    random: sfc32(3),
    loadMilli,
    onServingChange: (name, serving, atMs) => served.push([name, serving, atMs]),
  });
  return { clock, manager, served };
}

const drain = (manager: FakeManager, name: string): unknown => manager.drain(ref(name).identity, 'why');

describe('a machine', () => {
  it('joins in its time, then takes units as its load says, and tells when it serves', async () => {
    const { clock, manager, served } = world({}, 600);
    manager.join(ref('m1'), 'why');
    await clock.advance(999);
    expect([manager.stateOf('m1'), manager.unitsOf('m1')]).toEqual(['joining', []]);
    await clock.advance(1);
    expect([manager.stateOf('m1'), manager.unitsOf('m1')]).toEqual(['up', ['vm/m1-1', 'vm/m1-2', 'vm/m1-3']]);
    expect(served).toEqual([['m1', true, 1_000]]);
    expect(manager.servingCount).toBe(1);
  });

  it('empties in lanes: five units, two at a time, 100 ms each', async () => {
    const { clock, manager, served } = world();
    manager.place(ref('m1'));
    drain(manager, 'm1');
    expect([manager.stateOf('m1'), served.at(-1)]).toEqual(['draining', ['m1', false, 0]]);
    const left: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await clock.advance(100);
      left.push(manager.unitsOf('m1').length);
    }
    expect(left).toEqual([3, 1, 0]);
    expect(manager.stateOf('m1')).toBe('drained');
  });

  it('takes no new units while it drains', () => {
    const { manager } = world({}, 200);
    manager.place(ref('m1'));
    drain(manager, 'm1');
    manager.setLoad(1000);
    expect(manager.unitsOf('m1')).toHaveLength(1);
  });

  it('keeps a blocked unit for its time and moves the others meanwhile', async () => {
    const { clock, manager } = world({ blockedChanceMilli: 1000 });
    manager.place(ref('m1'));
    drain(manager, 'm1');
    await clock.advance(4_999);
    const blockers = manager.get(ref('m1').identity)!.blockers;
    expect(blockers).toHaveLength(5);
    expect(blockers[0]).toEqual({
      object: 'vm/m1-1',
      reason: 'PINNED',
      sinceMs: 0,
      message: 'vm/m1-1 cannot move now',
    });
    await clock.advance(301);
    expect(manager.stateOf('m1')).toBe('drained');
  });

  it('keeps a pinned unit until it is unpinned, or killed', async () => {
    const { clock, manager } = world();
    manager.place(ref('m1'));
    manager.place(ref('m2'));
    const unit = manager.pin('m1', 'vm/m1-3');
    manager.pin('m2');
    drain(manager, 'm1');
    drain(manager, 'm2');
    await clock.advance(60_000);
    expect(manager.unitsOf('m1')).toEqual(['vm/m1-3']);
    manager.killUnit(ref('m1').identity, unit, 'deadline');
    manager.unpin('m2');
    await clock.advance(100);
    expect([manager.stateOf('m1'), manager.stateOf('m2')]).toEqual(['drained', 'drained']);
  });

  it('goes back to work at any point of a drain, with what it still has', async () => {
    const { clock, manager, served } = world();
    manager.place(ref('m1'));
    drain(manager, 'm1');
    await clock.advance(150);
    manager.activate(ref('m1').identity, 'turned back');
    await clock.advance(10_000);
    expect(manager.stateOf('m1')).toBe('up');
    expect(manager.unitsOf('m1').slice(0, 3)).toEqual(['vm/m1-3', 'vm/m1-4', 'vm/m1-5']);
    expect(served.map(([, serving]) => serving)).toEqual([true, false, true]);
  });

  it('leaves when it is empty, and not before', async () => {
    const { clock, manager } = world();
    manager.place(ref('m1'));
    expect(() => manager.remove(ref('m1').identity, 'why')).toThrow('cannot be removed: it is up');
    drain(manager, 'm1');
    await clock.advance(300);
    manager.remove(ref('m1').identity, 'why');
    await clock.advance(49);
    expect(manager.stateOf('m1')).toBe('leaving');
    await clock.advance(1);
    expect(manager.stateOf('m1')).toBe('missing');
    expect(clock.nextMs()).toBe(Infinity);
  });
});

describe('orders', () => {
  it('are kept with their time, their reason and the answer', async () => {
    const { clock, manager } = world();
    manager.place(ref('m1'));
    manager.script('drain', 'm1', 'refuse', 'last host');
    await clock.advance(7);
    expect(() => drain(manager, 'm1')).toThrow('last host');
    drain(manager, 'm1');
    expect(() => drain(manager, 'm1')).toThrow('cannot be drained: it is draining');
    expect(manager.calls).toEqual([
      { atMs: 7, call: 'drain', machine: 'm1', reason: 'why', error: 'last host' },
      { atMs: 7, call: 'drain', machine: 'm1', reason: 'why', error: '' },
      { atMs: 7, call: 'drain', machine: 'm1', reason: 'why', error: 'machine m1 cannot be drained: it is draining' },
    ]);
  });

  it('come to nothing when so scripted: the machine is where it was, with the reason', async () => {
    const { clock, manager } = world();
    manager.place(ref('m1'));
    manager.script('drain', 'm1', 'fail', 'migration failed');
    drain(manager, 'm1');
    await clock.advance(100);
    expect(manager.get(ref('m1').identity)).toMatchObject({ state: 'up', lastError: 'migration failed', units: 5 });
    manager.script('join', 'm2', 'fail', 'host-deploy failed');
    manager.join(ref('m2'), 'why');
    await clock.advance(1_000);
    expect(manager.get(ref('m2').identity)).toMatchObject({ state: 'join_failed', lastError: 'host-deploy failed' });
  });

  it('fail as often as the profile says', async () => {
    const { clock, manager } = world({ joinFailChanceMilli: 300 });
    for (let number = 0; number < 1_000; number += 1) manager.join(ref(`m${number}`), 'why');
    await clock.advance(1_000);
    expect(manager.servingCount).toBeGreaterThan(650);
    expect(manager.servingCount).toBeLessThan(750);
  });

  it('for a machine nobody knows are answered so', () => {
    const { manager } = world();
    expect(() => drain(manager, 'm9')).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});

describe('a manager in trouble', () => {
  it('that is down answers nothing and goes on with what it has begun', async () => {
    const { clock, manager } = world();
    manager.place(ref('m1'));
    drain(manager, 'm1');
    manager.setFaults({ down: true });
    expect(() => manager.list()).toThrow(expect.objectContaining({ code: 'unavailable' }));
    expect(() => drain(manager, 'm1')).toThrow(expect.objectContaining({ code: 'unavailable' }));
    await clock.advance(300);
    expect(manager.stateOf('m1')).toBe('drained');
    expect(manager.calls).toHaveLength(1);
  });

  it('that is slow takes a multiple of every time', async () => {
    const { clock, manager } = world();
    manager.setFaults({ slowFactor: 10 });
    manager.join(ref('m1'), 'why');
    await clock.advance(9_999);
    expect(manager.stateOf('m1')).toBe('joining');
    await clock.advance(1);
    expect(manager.stateOf('m1')).toBe('up');
  });

  it('lists less or more than there is, and says so only when it is honest', () => {
    const { manager } = world();
    for (const name of ['m1', 'm2', 'm3']) manager.place(ref(name));
    const listed = (): readonly [boolean, readonly string[]] => {
      const { complete, machines } = manager.list();
      return [complete, machines.map((view) => view.name)];
    };
    manager.setFaults({ partial: true });
    expect(listed()).toEqual([false, ['m1', 'm2']]);
    manager.setFaults({ partial: false, liesAboutMachines: 'omits' });
    expect(listed()).toEqual([true, ['m2', 'm3']]);
    manager.setFaults({ liesAboutMachines: 'repeats' });
    expect(listed()).toEqual([true, ['m1', 'm2', 'm3', 'm1']]);
  });
});

describe('the same seed', () => {
  it('gives the same run', async () => {
    const run = async (): Promise<string> => {
      const range = { min: 1, max: 5_000 };
      const { clock, manager, served } = world({
        joinMs: range,
        drainUnitMs: range,
        leaveMs: range,
        blockedChanceMilli: 300,
        joinFailChanceMilli: 300,
        unitsAtFullLoad: { min: 1, max: 9 },
      });
      for (let number = 0; number < 20; number += 1) manager.join(ref(`m${number}`), 'why');
      await clock.advance(5_000);
      for (let number = 0; number < 20; number += 1)
        if (manager.stateOf(`m${number}`) === 'up') drain(manager, `m${number}`);
      await clock.advance(7_000);
      return JSON.stringify([served, manager.list(), manager.calls]);
    };
    expect(await run()).toBe(await run());
  });
});

describe('a profile', () => {
  it('is checked with sentences', () => {
    expect(validateProfile(PROFILE)).toEqual([]);
    expect(validateProfile({ ...PROFILE, joinMs: { min: 2, max: 1 }, refuseChanceMilli: 1_001, pollMs: 0 })).toEqual([
      'joinMs is 2 to 1; it must be two whole numbers of at least 0, the smaller first',
      'refuseChanceMilli is 1001; it must be 0 to 1000 (thousandths)',
      'pollMs is 0; it must be a whole number of at least 1',
    ]);
    expect(() => world({ drainParallel: -1 })).toThrow('drainParallel is -1');
  });

  it('draws both ends of a range', () => {
    expect([0, 0.5, 0.999].map((random) => drawn({ min: 1, max: 3 }, random))).toEqual([1, 2, 3]);
  });

  it('puts at least one unit on a machine with any load', () => {
    expect([-1, 0, 1, 500, 1000, 2000].map((load) => unitsAt(load, 8))).toEqual([0, 0, 1, 4, 8, 8]);
  });
});
