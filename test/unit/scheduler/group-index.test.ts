import { describe, expect, it } from '@jest/globals';
import { GroupIndex } from '../../../scheduler/state/group-index.js';
import { MultiIndex } from '../../../scheduler/state/multi-index.js';
import type { Roll } from '../../../scheduler/state/roll.js';
import { KeyedRolls, OwnedRolls } from '../../../scheduler/state/roll.js';
import { Table } from '../../../scheduler/state/table.js';
import { sfc32 } from '../../support/seeded-random.js';

interface Thing {
  readonly id: string;
  readonly group: string | null;
}

describe('a group index', () => {
  it('holds what a look at every record finds, after any changes', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = sfc32(seed);
      const pick = (below: number): number => Math.floor(random.next() * below);
      const table = new Table<Thing>('thing', ({ id }) => id, null);
      const index = new GroupIndex(
        table,
        ({ id }) => id,
        ({ group }) => group,
      );
      for (let step = 0; step < 500; step += 1) {
        const id = `t${pick(12)}`;
        if (pick(3) === 0) table.delete(id);
        else table.put({ id, group: pick(5) === 0 ? null : `g${pick(4)}` });
      }
      const found = ['g0', 'g1', 'g2', 'g3'].map((group) =>
        [...table.values()].filter((thing) => thing.group === group).map(({ id }) => id),
      );
      const groups = ['g0', 'g1', 'g2', 'g3'].map((group) => [...index.get(group)].sort());
      expect([seed, groups]).toEqual([seed, found.map((ids) => ids.sort())]);
      expect(['g0', 'g1', 'g2', 'g3'].map((group) => index.count(group))).toEqual(found.map((ids) => ids.length));
      expect([...index.keys()].sort()).toEqual(
        ['g0', 'g1', 'g2', 'g3'].filter((_, at) => (found[at]?.length ?? 0) > 0),
      );
    }
  });
});

describe('an index by several keys', () => {
  it('holds what a look at every record finds, after any changes', () => {
    const keys = ['k0', 'k1', 'k2', 'k3'];
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = sfc32(seed);
      const pick = (below: number): number => Math.floor(random.next() * below);
      const table = new Table<{ readonly id: string; readonly keys: readonly string[] }>('thing', ({ id }) => id, null);
      const index = new MultiIndex(
        table,
        ({ id }) => id,
        (thing) => thing.keys,
        (own) => own,
      );
      for (let step = 0; step < 500; step += 1) {
        const id = `t${pick(12)}`;
        if (pick(3) === 0) table.delete(id);
        else table.put({ id, keys: keys.filter(() => pick(3) === 0) });
      }
      for (const key of keys) {
        const found = [...table.values()].filter((thing) => thing.keys.includes(key)).map(({ id }) => id);
        expect([seed, [...index.get(key)].sort()]).toEqual([seed, [...found].sort()]);
        expect([...index.some(key, 12)].sort()).toEqual([...found].sort());
        expect(index.some(key, 1)).toHaveLength(Math.min(1, found.length));
      }
    }
  });
});

describe('an emptied group', () => {
  it('keeps its place however often it is filled and emptied', () => {
    const table = new Table<Thing>('thing', ({ id }) => id, null);
    const index = new GroupIndex(
      table,
      ({ id }) => id,
      ({ group }) => group,
    );
    for (const id of ['a', 'b']) table.put({ id, group: 'first' });
    table.put({ id: 'c', group: 'second' });
    for (let round = 0; round <= 100_000; round += 1) {
      for (const id of ['a', 'b']) table.delete(id);
      for (const id of ['a', 'b']) table.put({ id, group: 'first' });
    }
    expect([...index.keys()]).toEqual(['first', 'second']);
  });
});

describe('a roll', () => {
  it('holds what a look at every record finds, in order of coming, after any changes', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = sfc32(seed);
      const pick = (below: number): number => Math.floor(random.next() * below);
      const table = new Table<Thing>('thing', ({ id }) => id, null);
      const roll = new KeyedRolls(
        table,
        ({ id }) => id,
        ({ group }) => group,
      );
      for (let step = 0; step < 800; step += 1) {
        const ids = [...table.values()].map(({ id }) => id);
        if (ids.length > 0 && pick(2) === 0) table.delete(ids[pick(ids.length)] ?? '');
        else table.put({ id: `t${step}`, group: pick(5) === 0 ? null : `g${pick(3)}` });
      }
      const found = ['g0', 'g1', 'g2'].map((group) =>
        [...table.values()].filter((thing) => thing.group === group).map(({ id }) => id),
      );
      expect([seed, ['g0', 'g1', 'g2'].map((group) => [...roll.get(group)])]).toEqual([seed, found]);
      expect(['g0', 'g1', 'g2'].map((group) => roll.count(group))).toEqual(found.map((ids) => ids.length));
    }
  });

  it('is there for as long as its owner, with whatever stands on it', () => {
    const owners = new Table<{ readonly id: string }>('owner', ({ id }) => id, null);
    const table = new Table<{ readonly id: string; readonly roll: Roll }>('thing', ({ id }) => id, null);
    const rolls = new OwnedRolls(
      table,
      ({ id }) => id,
      ({ roll }) => roll,
      owners,
      ({ id }) => id,
    );
    owners.put({ id: 'o1' });
    const roll = rolls.roll('o1');
    for (const id of ['a', 'b', 'c']) table.add({ id, roll });
    table.put({ id: 'b', roll });
    table.delete('a');
    expect([...rolls.get('o1')]).toEqual(['b', 'c']);
    for (const id of ['b', 'c']) table.delete(id);
    expect([rolls.count('o1'), ...rolls.keys()]).toEqual([0]);
    // Whoever holds the roll of an owner without records goes on with the same one.
    table.add({ id: 'd', roll });
    expect(rolls.roll('o1')).toBe(roll);
    expect([...rolls.get('o1')]).toEqual(['d']);
    owners.delete('o1');
    expect([rolls.count('o1'), ...rolls.keys()]).toEqual([0]);
  });
});
