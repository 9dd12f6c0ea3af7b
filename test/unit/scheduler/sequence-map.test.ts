import { describe, expect, it } from '@jest/globals';
import { SequenceMap } from '../../../scheduler/state/sequence-map.js';
import { sfc32 } from '../../support/seeded-random.js';

interface Thing {
  readonly id: string;
  readonly version: number;
}

describe('a sequence map', () => {
  it('holds what a map holds, whatever the ids are', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = sfc32(seed);
      const pick = (below: number): number => Math.floor(random.next() * below);
      const ids = Array.from({ length: 700 }, (_, at) => `o-1-${at + 1}`);
      // The same numbers in another term, the same beyond 2^32, none at all, and more digits than are read.
      ids.push('o-2-5', 'o-12-5', '5', `x-${2 ** 32 + 5}`, 'first', '', 'o-', `o-1-${'9'.repeat(40)}`, 'o-1-0005');
      const map = new SequenceMap<Thing>(({ id }) => id);
      const expected = new Map<string, Thing>();
      const differences: string[] = [];
      for (let step = 0; step < 3_000; step += 1) {
        const id = ids[pick(4) === 0 ? ids.length - 1 - pick(14) : pick(ids.length)] ?? '';
        if (pick(2) === 0) {
          map.delete(id);
          expected.delete(id);
        } else {
          const thing = { id, version: step };
          map.set(id, thing);
          expected.set(id, thing);
        }
        const asked = ids[pick(ids.length)] ?? '';
        const isSame = map.get(asked) === expected.get(asked) && map.has(asked) === expected.has(asked);
        if (!isSame || map.size !== expected.size) differences.push(`step ${step}, asked for ${asked}`);
      }
      expect([seed, differences]).toEqual([seed, []]);
      const byId = (a: Thing, b: Thing): number => (a.id < b.id ? -1 : 1);
      expect([...map.values()].sort(byId)).toEqual([...expected.values()].sort(byId));
    }
  });

  it('gives them in the order in which they came when their numbers rise', () => {
    const map = new SequenceMap<Thing>(({ id }) => id);
    const ids = Array.from({ length: 1_000 }, (_, at) => `o-1-${3 * at}`);
    for (const id of ids) map.set(id, { id, version: 1 });
    for (const id of ids.slice(0, 500)) map.delete(id);
    map.set('o-1-1800', { id: 'o-1-1800', version: 2 });
    expect([...map.values()].map(({ id }) => id)).toEqual(ids.slice(500));
  });
});
