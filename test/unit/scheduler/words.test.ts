import { describe, expect, it } from '@jest/globals';
import { matchesGlob } from '../../../scheduler/state/constraints.js';
import { editDistance, nearest } from '../../../scheduler/explain/lookup.js';
import { counted, duration, listed, quantitiesText } from '../../../scheduler/words.js';

describe('words for people', () => {
  it.each([
    [0, '0s'],
    [999, '0s'],
    [59_000, '59s'],
    [60_000, '1m'],
    [250_000, '4m10s'],
    [840_000, '14m'],
    [7_500_000, '2h05m'],
    [7_200_000, '2h'],
    [273_600_000, '3d4h'],
    [-5, '0s'],
  ])('says %p ms as %p', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('counts and lists', () => {
    expect([counted(1, 'host'), counted(2, 'host'), counted(0, 'host')]).toEqual(['1 host', '2 hosts', '0 hosts']);
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  it('writes quantities as the CLI takes them', () => {
    expect(quantitiesText({ hosts: 3, cpusMilli: 1500, memoryBytes: 2 * 1024 ** 3, gpus: 0 })).toBe(
      'cpus=1.5 hosts=3 memory=2GiB',
    );
    expect(quantitiesText({})).toBe('nothing');
  });
});

describe('a guess at what was meant', () => {
  it('is the nearest names first', () => {
    expect(nearest('nod17', ['node17', 'node1', 'rack3', 'node18'])).toEqual(['node17', 'node1', 'node18']);
    expect(nearest('ovirt/prd', ['ovirt/prod', 'kubernetes/east'])).toEqual(['ovirt/prod']);
  });

  it('stays silent when nothing is near', () => {
    expect(nearest('x', ['y', 'z'])).toEqual([]);
    expect(nearest('something-else', ['node1'])).toEqual([]);
  });

  it('gives up a comparison as soon as it is too far', () => {
    expect(editDistance('kitten', 'sitting', 3)).toBe(3);
    expect(editDistance('kitten', 'sitting', 2)).toBe(3);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });
});

describe('a glob', () => {
  it.each([
    ['node*', 'node17', true],
    ['*17', 'node17', true],
    ['n*1*', 'node17', true],
    ['node?', 'node17', false],
    ['node??', 'node17', true],
    ['', '', true],
    ['*', '', true],
    ['a*b', 'ac', false],
  ])('%p against %p is %p', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('does not take for ever on many stars', () => {
    expect(matchesGlob(`${'a*'.repeat(50)}b`, 'a'.repeat(5_000))).toBe(false);
  });
});
