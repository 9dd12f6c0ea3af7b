import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstWithin, GROUP_LOOKS_MAX, partOf } from '../../../../scheduler/allocate/group-search.js';
import type { Quantities } from '../../../../scheduler/resources/index.js';

const amounts = fc.record({ cpusMilli: fc.integer({ min: 0, max: 6 }), gpus: fc.integer({ min: 0, max: 3 }) });

/** Every combination in lexicographic order, the first that is small enough. */
function firstOfAll(charges: readonly Quantities[], count: number, room: Quantities): readonly number[] | null {
  const look = (from: number, chosen: readonly number[]): readonly number[] | null => {
    const sum = (dimension: string): number => chosen.reduce((all, at) => all + (charges[at]?.[dimension] ?? 0), 0);
    if (Object.keys(room).some((dimension) => sum(dimension) > (room[dimension] ?? 0))) return null;
    if (chosen.length === count) return chosen;
    for (let at = from; at < charges.length; at += 1) {
      const found = look(at + 1, [...chosen, at]);
      if (found !== null) return found;
    }
    return null;
  };
  return look(0, []);
}

describe('hosts that together stay below limits', () => {
  it('are the first combination of all that does', () => {
    fc.assert(
      fc.property(
        fc.array(amounts, { maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        fc.record({ cpusMilli: fc.integer({ min: 0, max: 20 }), gpus: fc.integer({ min: 0, max: 8 }) }),
        (charges, count, room) => {
          const looks = { left: GROUP_LOOKS_MAX };
          expect(firstWithin(charges, count, room, looks)).toEqual(firstOfAll(charges, count, room));
          expect(looks.left).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are found at once where hosts are alike, and given up at once where even the smallest are too large', () => {
    const charges = Array.from({ length: 5_000 }, (_, index) => ({ cpusMilli: 1_000 + (index % 3) }));
    charges.sort((a, b) => a.cpusMilli - b.cpusMilli);
    const looks = { left: GROUP_LOOKS_MAX };
    expect(firstWithin(charges, 1_500, { cpusMilli: 1_500_000 }, looks)).toHaveLength(1_500);
    expect(firstWithin(charges, 1_500, { cpusMilli: 1_499_999 }, looks)).toBeNull();
    expect(looks.left).toBeGreaterThan(GROUP_LOOKS_MAX - 2_000);
  });

  it('are given up after so many looks', () => {
    // Subset sums without an answer: every half of them is looked at.
    const charges = Array.from({ length: 40 }, (_, index) => ({ a: 100 + index, b: 140 - index }));
    const looks = { left: 1_000 };
    expect(firstWithin(charges, 20, { a: 2_399, b: 2_399 }, looks)).toBeNull();
    expect(looks.left).toBe(-1);
  });
});

describe('the part of what is left that a host takes', () => {
  it.each([
    [{ cpusMilli: 4, gpus: 1 }, { cpusMilli: 8, gpus: 4 }, 0.5],
    [{ cpusMilli: 4 }, { gpus: 0 }, 0],
    [{ gpus: 1 }, { gpus: 0 }, Infinity],
    [{ gpus: 3 }, { gpus: 2 }, 1.5],
  ])('%j of %j is %d', (charge, room, part) => {
    expect(partOf(charge as Quantities, room as Quantities)).toBe(part);
  });
});
