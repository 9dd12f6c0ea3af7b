import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  add,
  containsPorts,
  countPorts,
  coversDemand,
  cutForDemand,
  equal,
  fits,
  fitsResources,
  isZero,
  max,
  min,
  normalise,
  problems,
  scale,
  sortedKeys,
  subtract,
  subtractFloor,
  subtractPorts,
  takePorts,
  type PortRange,
} from '../../../../scheduler/resources/index.js';

describe('quantities', () => {
  const a = { cpusMilli: 3_000, memoryBytes: 10 };
  const b = { cpusMilli: 1_000, gpus: 2 };

  it('treat an absent dimension as zero', () => {
    expect(add(a, b)).toEqual({ cpusMilli: 4_000, memoryBytes: 10, gpus: 2 });
    expect(max(a, b)).toEqual({ cpusMilli: 3_000, memoryBytes: 10, gpus: 2 });
    expect(min(a, b)).toEqual({ cpusMilli: 1_000 });
    expect(fits({ cpusMilli: 0, other: 0 }, {})).toBe(true);
    expect(fits({ other: 1 }, {})).toBe(false);
    expect(isZero({ cpusMilli: 0 })).toBe(true);
    expect(equal({ cpusMilli: 1, gpus: 0 }, { cpusMilli: 1 })).toBe(true);
  });

  it('leave no zeros behind', () => {
    expect(subtract(a, { memoryBytes: 10 })).toEqual({ cpusMilli: 3_000 });
    expect(scale(a, 0)).toEqual({});
    expect(scale(a, 2)).toEqual({ cpusMilli: 6_000, memoryBytes: 20 });
  });

  it('do not go below zero: taking more than there is is a bug of ours', () => {
    expect(() => subtract(a, b)).toThrow('gpus would become -2: 2 taken from 0');
    expect(subtractFloor(a, { cpusMilli: 9_999 })).toEqual({ memoryBytes: 10 });
  });

  it('are shown in one order', () => {
    expect(sortedKeys({ b: 1, a: 2 })).toEqual(['a', 'b']);
  });
});

const PORTS_MAX = 40;
const ports = fc
  .array(fc.tuple(fc.integer({ min: 1, max: PORTS_MAX }), fc.integer({ min: 0, max: 6 })), { maxLength: 6 })
  .map((pairs) => normalise(pairs.map(([first, length]) => ({ first, last: Math.min(PORTS_MAX, first + length) }))));
const asSet = (ranges: readonly PortRange[]): ReadonlySet<number> =>
  new Set(ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index)));

describe('port ranges', () => {
  it('are sorted, disjoint and do not touch after normalising', () => {
    expect(
      normalise([
        { first: 5, last: 6 },
        { first: 1, last: 2 },
        { first: 3, last: 3 },
        { first: 6, last: 9 },
      ]),
    ).toEqual([
      { first: 1, last: 3 },
      { first: 5, last: 9 },
    ]);
  });

  it('behave as sets of ports', () => {
    fc.assert(
      fc.property(ports, ports, (a, b) => {
        const [inA, inB] = [asSet(a), asSet(b)];
        expect(countPorts(a)).toBe(inA.size);
        const rest = subtractPorts(a, b);
        expect(asSet(rest)).toEqual(new Set([...inA].filter((port) => !inB.has(port))));
        expect(normalise(rest)).toEqual(rest);
        expect(containsPorts(a, b)).toBe([...inB].every((port) => inA.has(port)));
        const half = Math.floor(inA.size / 2);
        const taken = takePorts(a, half);
        expect(countPorts(taken)).toBe(half);
        expect(containsPorts(a, taken)).toBe(true);
      }),
    );
  });

  it('cannot be taken where there are too few', () => {
    expect(() => takePorts([{ first: 1, last: 2 }], 3)).toThrow('3 ports wanted where there are 2');
  });
});

describe('resources', () => {
  const free = { quantities: { cpusMilli: 4_000 }, ports: [{ first: 31_000, last: 31_009 }] };

  it('read the ports of a demand as a number of ports', () => {
    const wanted = { quantities: { cpusMilli: 1_000 }, ports: [{ first: 80, last: 81 }] };
    expect(coversDemand(wanted, free)).toBe(true);
    expect(cutForDemand(wanted, free)).toEqual({
      quantities: { cpusMilli: 1_000 },
      ports: [{ first: 31_000, last: 31_001 }],
    });
    expect(coversDemand({ ...wanted, ports: [{ first: 1, last: 11 }] }, free)).toBe(false);
  });

  it('read the ports of a task as those ports', () => {
    expect(fitsResources({ quantities: {}, ports: [{ first: 31_009, last: 31_009 }] }, free)).toBe(true);
    expect(fitsResources({ quantities: {}, ports: [{ first: 31_009, last: 31_010 }] }, free)).toBe(false);
  });

  it.each([
    [{ quantities: { cpusMilli: -1 }, ports: [] }, 'r.cpusMilli is -1; it must be a whole number from 0 to 2^53 - 1'],
    [{ quantities: { cpusMilli: Number.NaN }, ports: [] }, 'r.cpusMilli is NaN'],
    [{ quantities: { cpusMilli: 0.5 }, ports: [] }, 'r.cpusMilli is 0.5'],
    [{ quantities: { cpusMilli: 2 ** 53 }, ports: [] }, 'it must be a whole number'],
    [{ quantities: { constructor: 1 }, ports: [] }, 'a dimension named "constructor"'],
    [{ quantities: { 'bad name': 1 }, ports: [] }, 'a dimension named "bad name"'],
    [{ quantities: { hosts: 1 }, ports: [] }, 'that name counts whole hosts'],
    [{ quantities: { 'hosts/gpu': 1 }, ports: [] }, 'that name counts whole hosts'],
    [
      { quantities: {}, ports: [{ first: 0, last: 5 }] },
      'r.ports[0] is 0-5; a range needs 1 <= first <= last <= 65535',
    ],
    [{ quantities: {}, ports: [{ first: 9, last: 5 }] }, 'r.ports[0] is 9-5'],
    [
      {
        quantities: {},
        ports: [
          { first: 1, last: 5 },
          { first: 6, last: 7 },
        ],
      },
      'ranges are sorted and do not touch',
    ],
    [
      { quantities: {}, ports: Array.from({ length: 65 }, (_, n) => ({ first: n * 2 + 1, last: n * 2 + 1 })) },
      'r.ports has 65 ranges',
    ],
    [
      { quantities: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`d${n}`, 1])), ports: [] },
      'r has 33 dimensions',
    ],
  ])('from outside are refused with a sentence: %#', (resources, sentence) => {
    expect(problems(resources, 'r').join('\n')).toContain(sentence);
  });

  it('from outside are accepted when they are whole and named', () => {
    expect(
      problems({ quantities: { cpusMilli: 0, 'licenses/matlab': 3 }, ports: [{ first: 1, last: 65_535 }] }, 'r'),
    ).toEqual([]);
  });
});
