import { describe, expect, it } from '@jest/globals';
import { CliError } from '../../../src/cli/exit.js';
import { parseQuantities } from '../../../src/cli/parse/quantities.js';
import {
  parseList,
  parseMoment,
  parseNumber,
  parsePairs,
  parseSpan,
  parseWhole,
  parseWord,
} from '../../../src/cli/parse/values.js';
import { quantitiesText } from '../../../src/cli/render/words.js';
import { NOW_MS } from './support.js';

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CliError && error.exitCode === 2) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

describe('quantities', () => {
  it.each<readonly [readonly string[], Readonly<Record<string, number>>]>([
    [['hosts=10'], { hosts: 10 }],
    [['hosts/standard=3'], { 'hosts/standard': 3 }],
    [['cpus=8'], { cpusMilli: 8_000 }],
    [['cpus=0.5'], { cpusMilli: 500 }],
    [['memory=64GiB'], { memoryBytes: 64 * 1024 ** 3 }],
    [['disk=2TB'], { diskBytes: 2e12 }],
    [['memory=1.5KiB'], { memoryBytes: 1_536 }],
    [['memory=0'], { memoryBytes: 0 }],
    [['gpus=2', 'hosts=1,licenses/matlab=5'], { gpus: 2, hosts: 1, 'licenses/matlab': 5 }],
    [[' hosts=1 , gpus=0 '], { hosts: 1, gpus: 0 }],
    [['none'], {}],
  ])('reads %j', (texts, quantities) => {
    expect(parseQuantities('--guarantee', texts)).toEqual(quantities);
  });

  it('reads back what it prints', () => {
    const quantities = { hosts: 3, cpusMilli: 7_500, memoryBytes: 64 * 1024 ** 3, gpus: 1, 'hosts/gpu-a': 2 };
    expect(parseQuantities('--limit', quantitiesText(quantities).split(' '))).toEqual(quantities);
  });

  it.each([
    [
      '10',
      '--limit is "10"; accepted are NAME=AMOUNT pairs such as hosts=10, hosts/standard=3, cpus=8, memory=64GiB, gpus=2, or the word none',
    ],
    ['', '--limit is ""'],
    ['=3', '--limit is "=3"'],
    ['hosts=1,hosts=2', '--limit names hosts twice'],
    ['cpus=1,cpu=2', '--limit names cpu twice'],
    ['hosts=-1', '--limit has "hosts=-1"; accepted is a whole number, from 0 up'],
    ['hosts=1.5', '--limit has "hosts=1.5"'],
    ['hosts=1e3', '--limit has "hosts=1e3"'],
    ['hosts=NaN', '--limit has "hosts=NaN"'],
    ['hosts=99999999999999999', '--limit has "hosts='],
    ['cpus=0.0001', '--limit has "cpus=0.0001"; accepted is a number of CPUs with at most three decimals'],
    ['memory=64', '--limit has "memory=64"; accepted is a size with its unit, such as 64GiB'],
    ['memory=64gib', '--limit has "memory=64gib"'],
    ['memory=99999999PiB', '--limit has "memory='],
    ['constructor=1', '--limit is "constructor=1"'],
    ['__proto__=1', '--limit is "__proto__=1"'],
    ['Hosts=1', '--limit is "Hosts=1"'],
    ['a/b/c=1', '--limit is "a/b/c=1"'],
    ['none,hosts=1', '--limit is "none"'],
  ])('refuses %j', (text, message) => {
    expect(refusal(() => parseQuantities('--limit', [text]))).toContain(message);
  });
});

describe('values', () => {
  it('reads what is meant', () => {
    expect(parseWhole('--n', '7', 1, 9)).toBe(7);
    expect(parseWhole('--n', '-7', -9, 9)).toBe(-7);
    expect(parseNumber('--n', '1.5', 0, 9)).toBe(1.5);
    expect(parseSpan('--t', '1h30m')).toBe(5_400_000);
    expect(parseSpan('--t', '0s')).toBe(0);
    expect(parseWord('--w', 'b', ['a', 'b'])).toBe('b');
    expect(parseList(['a,b', ' c ', ''])).toEqual(['a', 'b', 'c']);
    expect(parsePairs('--p', ['a=1', 'b=x=y', 'c='])).toEqual({ a: '1', b: 'x=y', c: '' });
    expect(parseMoment('--m', '10m', NOW_MS)).toBe(NOW_MS - 600_000);
    expect(parseMoment('--m', '2026-08-21T10:00Z', NOW_MS)).toBe(Date.UTC(2026, 7, 21, 10));
    expect(parseMoment('--m', '2026-08-21T10:00:30+02:00', NOW_MS)).toBe(Date.UTC(2026, 7, 21, 8, 0, 30));
  });

  it.each<readonly [string, () => unknown, string]>([
    ['a fraction', () => parseWhole('--n', '1.5', 1, 9), '--n is "1.5"; accepted is a whole number from 1 to 9'],
    ['a word', () => parseWhole('--n', 'one', 1, 9), '--n is "one"'],
    ['too much', () => parseWhole('--n', '10', 1, 9), '--n is "10"'],
    ['infinity', () => parseNumber('--n', 'Infinity', 0, 9), '--n is "Infinity"'],
    ['a bare number as a time', () => parseSpan('--t', '30'), '--t is "30"; accepted is a time with its unit'],
    ['a time that is too short', () => parseSpan('--t', '0s', { least: 1 }), 'at least 1 ms'],
    ['another word', () => parseWord('--w', 'c', ['a', 'b']), '--w is "c"; accepted are a, b'],
    ['no pair', () => parsePairs('--p', ['a']), '--p is "a"; accepted is NAME=VALUE'],
    ['no date', () => parseMoment('--m', 'yesterday', NOW_MS), '--m is "yesterday"'],
    ['a date that is none', () => parseMoment('--m', '2026-13-41', NOW_MS), '--m is "2026-13-41"'],
  ])('refuses %s', (_what, work, message) => {
    expect(refusal(work)).toContain(message);
  });
});
