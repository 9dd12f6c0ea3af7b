import { describe, expect, it } from '@jest/globals';
import { heapify, pushItem, siftDown, takeFirst } from '../../../scheduler/heap.js';
import { sfc32 } from '../../support/seeded-random.js';

const before = (a: { key: number }, b: { key: number }): boolean => a.key < b.key;

function drain(items: { key: number }[]): readonly number[] {
  const keys: number[] = [];
  for (let first = takeFirst(items, before); first !== undefined; first = takeFirst(items, before))
    keys.push(first.key);
  return keys;
}

describe('a heap', () => {
  it('gives its items in order, whether made at once or bit by bit', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = sfc32(seed);
      const keys = [...new Set(Array.from({ length: seed }, () => Math.floor(random.next() * 1_000)))];
      const atOnce = keys.map((key) => ({ key }));
      heapify(atOnce, before);
      const bitByBit: { key: number }[] = [];
      for (const key of keys) pushItem(bitByBit, { key }, before);
      const sorted = [...keys].sort((a, b) => a - b);
      expect([seed, drain(atOnce), drain(bitByBit)]).toEqual([seed, sorted, sorted]);
    }
  });

  it('finds the place of an item that goes later than it did, wherever it stood', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = sfc32(seed);
      const items = Array.from({ length: 30 }, (_, at) => ({ key: at * 10 }));
      heapify(items, before);
      for (let step = 1; step <= 20; step += 1) {
        const at = Math.floor(random.next() * items.length);
        const item = items[at];
        if (item === undefined) throw new Error(`there is no item ${at}`);
        // Keys stay different: no multiple of ten has these last digits.
        item.key = Math.floor(item.key / 10 + random.next() * 40) * 10 + step / 100;
        siftDown(items, at, before);
      }
      const sorted = items.map(({ key }) => key).sort((a, b) => a - b);
      expect([seed, drain(items)]).toEqual([seed, sorted]);
    }
  });
});
