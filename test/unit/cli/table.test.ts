import { describe, expect, it } from '@jest/globals';
import { detailsText } from '../../../src/cli/render/details.js';
import type { Rendering } from '../../../src/cli/render/rendering.js';
import { styleOf } from '../../../src/cli/render/style.js';
import { tableText, type Column } from '../../../src/cli/render/table.js';
import { clean, cleanAll, cut, width, wrap } from '../../../src/cli/render/text.js';
import { bytesText, counted, moment, quantitiesText, span, thousands } from '../../../src/cli/render/words.js';
import { NOW_MS } from './support.js';

function rendering(change: Partial<Rendering> = {}): Rendering {
  return {
    style: styleOf(false, false),
    width: 40,
    height: 24,
    wide: false,
    columns: [],
    utc: true,
    nowMs: NOW_MS,
    version: '1',
    ...change,
  };
}

interface Row {
  readonly name: string;
  readonly count: number;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { name: 'name', value: (row) => row.name, drop: 0 },
  { name: 'count', value: (row) => String(row.count), right: true, drop: 1 },
  { name: 'note', value: (row) => row.note, drop: 2, least: 8 },
  { name: 'id', value: () => 'x-1', drop: 3, wide: true },
];
const rows: readonly Row[] = [
  { name: 'node1', count: 7, note: 'all is well' },
  { name: 'node2', count: 1_234, note: 'a note that is much longer than the line' },
];

describe('a table', () => {
  it('cuts what may be cut before it drops a column', () => {
    expect(tableText(rows, columns, rendering(), 'none')).toBe(
      'name   count  note\nnode1      7  all is well\nnode2   1234  a note that is much longe…\n',
    );
    expect(tableText(rows, columns, rendering({ width: 22 }), 'none')).toBe(
      'name   count  note\nnode1      7  all is…\nnode2   1234  a note…\n',
    );
    expect(tableText(rows, columns, rendering({ width: 21 }), 'none')).toBe(
      'name   count\nnode1      7\nnode2   1234\n',
    );
    expect(tableText(rows, columns, rendering({ width: 9 }), 'none')).toBe('name\nnode1\nnode2\n');
    expect(tableText(rows, columns, rendering({ width: 4 }), 'none')).toBe('name\nnod…\nnod…\n');
  });

  it.each([1, 2, 5, 10, 20, 40, 80, 200])('is never wider than %d cells', (cells) => {
    const lines = tableText(rows, columns, rendering({ width: cells }), 'none').split('\n');
    expect(lines).toHaveLength(4);
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(cells);
  });

  it('shows everything when it is wide, and what was asked for in its order', () => {
    expect(tableText(rows, columns, rendering({ width: Infinity, wide: true }), '').split('\n')[2]).toBe(
      'node2   1234  a note that is much longer than the line  x-1',
    );
    expect(tableText(rows, columns, rendering({ columns: ['id', 'name'] }), '').split('\n')[1]).toBe('x-1  node1');
  });

  it('is a sentence when it is empty', () => {
    expect(tableText([], columns, rendering(), 'no nodes')).toBe('no nodes\n');
  });

  it('keeps its columns where cells are painted or take two places', () => {
    const painted: readonly Column<Row>[] = [
      { name: 'name', value: (row) => row.name, paint: (text) => `\u001b[31m${text}\u001b[39m`, drop: 0 },
      ...columns.slice(1, 2),
    ];
    const text = tableText([{ name: '節点', count: 1, note: '' }, ...rows], painted, rendering(), '');
    expect(text.replaceAll(/\u001b\[\d+m/g, '').split('\n')).toEqual([
      'name   count',
      '節点       1',
      'node1      7',
      'node2   1234',
      '',
    ]);
  });
});

describe('details', () => {
  it('have one left edge, and leave out what is empty', () => {
    expect(
      detailsText(
        [
          ['a', 'one two three four five six seven eight'],
          ['longer', ''],
          ['bc', 'x'],
        ],
        rendering({ width: 24 }),
        2,
      ),
    ).toBe(
      '  a   one two three four\n      five six seven eight\n  bc  x\n'.replace('four\n      five', 'four\n      five'),
    );
  });
});

describe('text', () => {
  it('cannot command a terminal', () => {
    expect(clean('a\u001b[2Jb\r\n\u0007\u009bc\u202ed')).toBe('a?[2Jb????c?d');
    expect(cleanAll({ 'k\n': ['\u0000', 7, null, { deep: '\u007f' }] })).toEqual({
      'k?': ['?', 7, null, { deep: '?' }],
    });
  });

  it('is measured, cut and wrapped in cells', () => {
    expect(width('a節\u001b[1mb\u001b[22m')).toBe(4);
    expect(cut('node17', 6, '…')).toBe('node17');
    expect(cut('node17', 5, '…')).toBe('node…');
    expect(cut('節点節点', 5, '…')).toBe('節点…');
    expect(cut('node17', 2, '...')).toBe('..');
    expect(cut('node17', 0, '…')).toBe('');
    expect(wrap('aa bb cc', 5)).toEqual(['aa bb', 'cc']);
    expect(wrap('averylongword b', 5)).toEqual(['averylongword', 'b']);
    expect(wrap('', 5)).toEqual(['']);
  });
});

describe('words', () => {
  it.each([
    [0, '0s'],
    [-5, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [61_000, '1m01s'],
    [600_000, '10m'],
    [3_600_000, '1h'],
    [7_500_000, '2h05m'],
    [86_400_000, '1d'],
    [90_000_000, '1d1h'],
  ])('a span of %d ms is %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it('counts for people', () => {
    expect([counted(1, 'host'), counted(1_000, 'host'), thousands(1_234_567)]).toEqual([
      '1 host',
      '1,000 hosts',
      '1,234,567',
    ]);
    expect([bytesText(0), bytesText(1_536), bytesText(3 * 1024 ** 4)]).toEqual(['0B', '1.5KiB', '3TiB']);
    expect([
      quantitiesText({}),
      quantitiesText({ gpus: 0 }),
      quantitiesText({ memoryBytes: 1024 ** 3, cpusMilli: 500 }),
    ]).toEqual(['-', '-', 'cpus=0.5 memory=1GiB']);
  });

  it('says the day when it is another one', () => {
    expect([moment(NOW_MS, NOW_MS, true), moment(NOW_MS - 86_400_000, NOW_MS, true)]).toEqual([
      '10:07:31Z',
      '2026-08-20 10:07Z',
    ]);
  });
});
