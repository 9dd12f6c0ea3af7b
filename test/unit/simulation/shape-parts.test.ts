import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ShapeParts } from '../../../src/simulation/shape-parts.js';

const SHAPES = [
  { name: 'gpu', count: 10, cpus: 64 },
  { name: 'standard', count: 40, cpus: 32 },
  { name: 'small', count: 20, cpus: 8 },
];

describe('a load of cores as hosts of several shapes', () => {
  it('asks for the one shape there is, rounded up', () => {
    const parts = new ShapeParts([{ name: 'standard', count: 60, cpus: 32 }]);
    expect(parts.divide(23 * 32)).toEqual([{ shape: 'standard', hosts: 23 }]);
    expect(parts.divide(23 * 32 + 1)).toEqual([{ shape: 'standard', hosts: 24 }]);
    expect(parts.divide(0)).toEqual([{ shape: 'standard', hosts: 0 }]);
  });

  it('asks for its part of every shape, and for common hosts where parts are not whole', () => {
    // 2,080 cores in all: gpu 640, standard 1,280, small 160. A quarter: 2 of 10 gpu, 5 of 20 small, the rest common.
    expect(new ShapeParts(SHAPES).divide(520)).toEqual([
      { shape: 'standard', hosts: 11 },
      { shape: 'small', hosts: 5 },
      { shape: 'gpu', hosts: 2 },
    ]);
  });

  it('always asks for enough, never for a whole common host more, and never for more special hosts than there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (cores) => {
        const asked = new ShapeParts(SHAPES).divide(cores);
        const shapeOf = (name: string) => SHAPES.find((shape) => shape.name === name)!;
        const sum = asked.reduce((total, { shape, hosts }) => total + hosts * shapeOf(shape).cpus, 0);
        expect(sum).toBeGreaterThanOrEqual(cores);
        expect(sum - cores).toBeLessThan(32);
        for (const { shape, hosts } of asked.slice(1)) expect(hosts).toBeLessThanOrEqual(shapeOf(shape).count);
      }),
    );
  });

  it('needs a shape', () => {
    expect(() => new ShapeParts([])).toThrow('no shapes');
  });
});
