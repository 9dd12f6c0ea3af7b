import { describe, expect, it } from '@jest/globals';
import { backoffMs } from '../../../../frameworks/common/backoff.js';

const OPTIONS = { firstMs: 1_000, maxMs: 30_000 };

describe('backoffMs', () => {
  it('doubles from the first pause to the greatest', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffMs(attempt, 1, OPTIONS))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });

  it('draws the second half of each pause', () => {
    expect([0, 0.5, 1].map((random) => backoffMs(3, random, OPTIONS))).toEqual([2_000, 3_000, 4_000]);
  });

  it.each([0, -1, Number.NEGATIVE_INFINITY])('counts attempt %s as the first', (attempt) => {
    expect(backoffMs(attempt, 1, OPTIONS)).toBe(1_000);
  });

  it('stays in range however many failures there were', () => {
    expect(backoffMs(1e9, 1, OPTIONS)).toBe(30_000);
  });
});
