import { describe, expect, it } from '@jest/globals';
import { Prng } from '../../../src/scenario/prng.js';

describe('Prng', () => {
  it('gives the same numbers for the same seed and label', () => {
    const draw = (): readonly number[] => {
      const prng = new Prng(7, 'fleet');
      return Array.from({ length: 20 }, () => prng.nextUint32());
    };
    expect(draw()).toEqual(draw());
  });

  it('gives other numbers for another seed, another label, and a seed that differs above 32 bits', () => {
    const first = (seed: number, label: string): number => new Prng(seed, label).nextUint32();
    expect(new Set([first(7, 'a'), first(8, 'a'), first(7, 'b'), first(7 + 2 ** 32, 'a')]).size).toBe(4);
  });

  it('keeps its stream from release to release: reports depend on it', () => {
    const prng = new Prng(1, 'golden');
    expect([prng.nextUint32(), prng.nextUint32(), prng.nextUint32()]).toMatchInlineSnapshot(`
      [
        3772509620,
        745250690,
        232768357,
      ]
    `);
  });

  it('draws whole numbers within both bounds, and reaches both', () => {
    const prng = new Prng(3);
    const drawn = Array.from({ length: 400 }, () => prng.int(2, 5));
    expect(Math.min(...drawn)).toBe(2);
    expect(Math.max(...drawn)).toBe(5);
    expect(drawn.every(Number.isInteger)).toBe(true);
  });

  it('draws one number for a chance, whatever the chance is', () => {
    const never = new Prng(5);
    const always = new Prng(5);
    expect(never.chance(0)).toBe(false);
    expect(always.chance(1)).toBe(true);
    expect(never.nextUint32()).toBe(always.nextUint32());
  });

  it('refuses a seed that is not a whole number', () => {
    expect(() => new Prng(0.5)).toThrow('seed is 0.5; accepted is a whole number');
  });
});
