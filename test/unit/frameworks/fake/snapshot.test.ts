import { describe, expect, it } from '@jest/globals';
import { FakeManager, QUICK_PROFILE, type FakeProfile } from '../../../../frameworks/fake/index.js';
import { SeededRandom } from '../../../../src/simulation/seeded-random.js';
import { VirtualClock } from '../../../../src/simulation/virtual-clock.js';

const PROFILE: FakeProfile = {
  ...QUICK_PROFILE,
  joinMs: { min: 100, max: 100 },
  leaveMs: { min: 100, max: 100 },
  drainUnitMs: { min: 50, max: 50 },
  drainParallel: 1,
  unitsAtFullLoad: { min: 4, max: 4 },
};

function machine(name: string): {
  readonly hostId: string;
  readonly name: string;
  readonly identity: { readonly uuid: string; readonly serial: string; readonly macs: readonly string[] };
} {
  return { hostId: name, name, identity: { uuid: `uuid-${name}`, serial: '', macs: [] } };
}

/** A manager with one machine in each state, and its successor made from JSON. */
function handedOver(): { readonly clock: VirtualClock; readonly after: FakeManager; readonly served: string[] } {
  const clock = new VirtualClock(1_000);
  const before = new FakeManager({ profile: PROFILE, clock, random: new SeededRandom(1), loadMilli: 1_000 });
  for (const name of ['up', 'draining', 'pinned', 'drained', 'leaving']) before.place(machine(name));
  before.setLoad(0, 'drained');
  before.setLoad(0, 'leaving');
  before.pin('pinned');
  for (const name of ['draining', 'pinned', 'drained', 'leaving']) before.drain(machine(name).identity, 'test');
  before.remove(machine('leaving').identity, 'test');
  before.join(machine('joining'), 'test');
  const snapshot = JSON.parse(JSON.stringify(before.snapshot())) as ReturnType<FakeManager['snapshot']>;
  before.close();
  const served: string[] = [];
  const after = new FakeManager({
    profile: PROFILE,
    clock,
    random: new SeededRandom(2),
    onServingChange: (name, serving) => served.push(`${name} ${String(serving)}`),
    restored: snapshot,
  });
  return { clock, after, served };
}

describe('a fake manager in another process', () => {
  it('is as the first one was', () => {
    const { after, served } = handedOver();
    expect(['up', 'draining', 'pinned', 'drained', 'leaving', 'joining'].map((name) => after.stateOf(name))).toEqual([
      'up',
      'draining',
      'draining',
      'drained',
      'leaving',
      'joining',
    ]);
    expect(after.unitsOf('up')).toHaveLength(4);
    expect(served).toEqual(['up true']);
  });

  it('goes on with what was under way', async () => {
    const { clock, after, served } = handedOver();
    await clock.runUntil(2_000);
    expect(after.stateOf('draining')).toBe('drained');
    expect(after.stateOf('leaving')).toBe('missing');
    expect(after.stateOf('joining')).toBe('up');
    expect(after.stateOf('pinned')).toBe('draining');
    expect(served).toEqual(['up true', 'joining true']);
  });

  it('tells of each change before the order is answered', () => {
    const clock = new VirtualClock(0);
    let changes = 0;
    const manager = new FakeManager({
      profile: PROFILE,
      clock,
      random: new SeededRandom(1),
      onChange: () => (changes += 1),
    });
    manager.join(machine('a'), 'test');
    expect(changes).toBe(1);
    expect(() => manager.join(machine('a'), 'test')).toThrow('in the manager already');
    expect(changes).toBe(1);
  });
});
