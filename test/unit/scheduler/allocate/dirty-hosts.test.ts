import { describe, expect, it } from '@jest/globals';
import { sfc32 } from '../../../support/seeded-random.js';
import { World } from './world.js';

describe('dirty hosts', () => {
  it('are taken once each, in the order in which they became dirty', () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const random = sfc32(seed);
      const pick = (below: number): number => Math.floor(random.next() * below);
      const world = new World();
      const { core } = world;
      const ids = Array.from({ length: 12 }, (_, at) => `h${at}`);
      for (const name of ids) world.host({ name, mode: pick(2) === 0 ? 'shared' : 'free' });
      core.dirtyHosts.clear();
      let expected: string[] = [];
      for (let step = 0; step < 200; step += 1) {
        const id = ids[pick(ids.length)] ?? '';
        const action = pick(8);
        if (action === 0) {
          const taken = core.dirtyHosts.take(pick(6)).map(({ host }) => host.hostId);
          expect([seed, step, taken]).toEqual([seed, step, expected.slice(0, taken.length)]);
          expected = expected.slice(taken.length);
        } else if (action === 1) {
          core.dirtyHosts.delete(id);
          expected = expected.filter((other) => other !== id);
        } else {
          core.dirtyHosts.add(id);
          if (!expected.includes(id)) expected.push(id);
        }
        expect([seed, step, ...core.dirtyHosts]).toEqual([seed, step, ...expected]);
        expect(core.dirtyHosts.size).toBe(expected.length);
        expect(core.dirtyHosts.has(id)).toBe(expected.includes(id));
      }
    }
  });

  it('are none that do not exist', () => {
    const { core } = new World();
    core.dirtyHosts.add('h-unknown');
    expect(core.dirtyHosts.size).toBe(0);
    expect(core.dirtyHosts.has('h-unknown')).toBe(false);
  });
});
