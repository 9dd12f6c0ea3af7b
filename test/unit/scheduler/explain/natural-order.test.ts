import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { naturalCompare } from '../../../../scheduler/explain/natural-order.js';

const sorted = (...names: string[]): string[] => [...names].sort(naturalCompare);

describe('natural order', () => {
  it('counts as people do', () => {
    expect(sorted('node10', 'node2', 'node1')).toEqual(['node1', 'node2', 'node10']);
    expect(sorted('r2-n1', 'r10-n1', 'r2-n11', 'r2-n2')).toEqual(['r2-n1', 'r2-n2', 'r2-n11', 'r10-n1']);
    expect(sorted('t-1-10', 't-1-9', 't-2-1')).toEqual(['t-1-9', 't-1-10', 't-2-1']);
  });

  it('puts a shorter name before the longer one that begins with it', () => {
    expect(sorted('node1.example', 'node1', 'node')).toEqual(['node', 'node1', 'node1.example']);
  });

  it('compares numbers that no float can hold', () => {
    expect(naturalCompare('a9007199254740993', 'a9007199254740992')).toBeGreaterThan(0);
  });

  it('tells leading zeros apart, so that no page skips a name', () => {
    expect(naturalCompare('node01', 'node1')).not.toBe(0);
  });

  it('is a total order', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '0', '1', '9', '-'), maxLength: 6 });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(naturalCompare(a, b))).toBe(0 - Math.sign(naturalCompare(b, a)));
        expect(naturalCompare(a, b) === 0).toBe(a === b);
        if (naturalCompare(a, b) < 0 && naturalCompare(b, c) < 0) expect(naturalCompare(a, c)).toBeLessThan(0);
      }),
    );
  });
});
