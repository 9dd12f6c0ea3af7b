import { describe, expect, it } from '@jest/globals';
import { BitRows } from '../../../../scheduler/allocate/bit-rows.js';
import { sfc32 } from '../../../support/seeded-random.js';

describe('rows of bits', () => {
  it.each([
    ['in the array', undefined],
    ['with the highest bits outside it', 150],
    ['with the last rows outside it', 24],
    ['with everything outside it', 0],
  ])('keep what was set while they grow, and give up what was cleared or given back: %s', (_, wordsMax) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = sfc32(seed);
      const pick = (below: number): number => Math.floor(random.next() * below);
      const rows = new BitRows(wordsMax);
      const expected = new Map<number, Set<number>>();
      for (let step = 0; step < 2_000; step += 1) {
        const taken = [...expected.keys()];
        const row = taken[pick(taken.length)] ?? -1;
        const bit = pick(step < 1_000 ? 40 : 300);
        const action = row < 0 ? 0 : pick(10);
        if (action === 0) {
          const fresh = rows.take();
          expect(expected.has(fresh)).toBe(false);
          expected.set(fresh, new Set());
        } else if (action === 1) {
          rows.give(row);
          expected.delete(row);
        } else if (action < 5) {
          rows.clear(row, bit);
          expected.get(row)?.delete(bit);
        } else {
          rows.set(row, bit);
          expected.get(row)?.add(bit);
        }
      }
      for (const [row, bits] of expected) {
        const found = Array.from({ length: 400 }, (_, bit) => bit).filter((bit) => rows.has(row, bit));
        expect([seed, row, found]).toEqual([seed, row, [...bits].sort((a, b) => a - b)]);
        expect(rows.covers(row, maskOf(bits))).toBe(true);
        for (const other of [pick(300), pick(40)])
          expect(rows.covers(row, maskOf([...bits, other]))).toBe(bits.has(other));
      }
    }
  });

  it('keep their array below its limit, however many they are and however long', () => {
    const rows = new BitRows(10_000);
    const taken = Array.from({ length: 500 }, () => rows.take());
    for (let bit = 0; bit < 2_000; bit += 7) for (const row of taken) rows.set(row, bit);
    for (let more = 0; more < 20_000; more += 1) taken.push(rows.take());
    for (const row of taken.slice(-10)) rows.set(row, 3);
    expect(rows.words).toBeGreaterThan(5_000);
    expect(rows.words).toBeLessThanOrEqual(10_000);
    expect(taken.slice(0, 500).every((row) => rows.has(row, 1_995) && !rows.has(row, 1_996))).toBe(true);
    expect(taken.slice(-10).every((row) => rows.has(row, 3) && !rows.has(row, 4))).toBe(true);
  });

  it('cover a mask only with every bit of it, also one that is longer than they are', () => {
    const rows = new BitRows();
    const row = rows.take();
    rows.set(row, 1);
    rows.set(row, 31);
    expect(rows.covers(row, [])).toBe(true);
    expect(rows.covers(row, [(1 << 1) | (1 << 31)])).toBe(true);
    expect(rows.covers(row, [(1 << 1) | (1 << 2)])).toBe(false);
    expect(rows.covers(row, [1 << 1, 0, 1])).toBe(false);
    rows.set(row, 64);
    expect(rows.covers(row, [1 << 1, 0, 1])).toBe(true);
  });
});

function maskOf(bits: Iterable<number>): readonly number[] {
  const mask: number[] = [];
  for (const bit of bits) mask[bit >>> 5] = (mask[bit >>> 5] ?? 0) | (1 << (bit & 31));
  return mask;
}
