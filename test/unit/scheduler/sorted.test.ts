import { expect, it } from '@jest/globals';
import { countBefore } from '../../../scheduler/sorted.js';

it('counts the items before a bound, wherever it lies', () => {
  const sorted = [1, 3, 3, 5, 8];
  for (let bound = 0; bound < 10; bound += 1) {
    expect(countBefore(sorted, (one) => one < bound)).toBe(sorted.filter((one) => one < bound).length);
    expect(countBefore(sorted, (one) => one <= bound)).toBe(sorted.filter((one) => one <= bound).length);
  }
  expect(countBefore([], () => true)).toBe(0);
});
