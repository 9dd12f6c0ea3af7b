import Table from 'cli-table3';
import { badWord } from '../exit.js';
import type { Rendering } from './rendering.js';
import { cut, width } from './text.js';

/** One column of a table of `Row`s. */
export interface Column<Row> {
  /** Heading, and the name in `--columns`. */
  readonly name: string;
  /** Plain text; colours come from `paint`, so that cuts are right. */
  readonly value: (row: Row, rendering: Rendering) => string;
  readonly paint?: (text: string, row: Row, rendering: Rendering) => string;
  readonly right?: boolean;
  /** `0` stays; of the others the highest is dropped first when the terminal is narrow. */
  readonly drop: number;
  /** Only with `-o wide` or when asked for by name. */
  readonly wide?: boolean;
  /** May be cut down to this many cells before any column is dropped. */
  readonly least?: number;
}

const GAP = 2;

const NO_BORDERS = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
  ...{ 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
};

/**
 * Rows as compact columns, never wider than the rendering: long texts are cut where a column allows it, then columns are
 * dropped, the least important first. Nothing ever wraps. An empty list is the sentence `empty`.
 */
export function tableText<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  rendering: Rendering,
  empty: string,
): string {
  const wanted = chosen(columns, rendering);
  if (rows.length === 0) return `${rendering.style.dim(empty)}\n`;
  const sized = wanted.map((column) => {
    const texts = rows.map((row) => column.value(row, rendering));
    return { column, texts, cells: Math.max(width(column.name), ...texts.map(width)) };
  });
  const fitted = narrowed(sized, rendering.width);
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: fitted.map(({ cells }) => cells + GAP),
    colAligns: fitted.map(({ column }) => (column.right === true ? 'right' : 'left')),
  });
  table.push(fitted.map(({ column }) => rendering.style.dim(column.name)));
  rows.forEach((row, at) => {
    table.push(
      fitted.map(({ column, texts, cells }) => {
        const text = cut(texts[at] ?? '', cells, rendering.style.ellipsis);
        return column.paint === undefined ? text : column.paint(text, row, rendering);
      }),
    );
  });
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

interface Sized<Row> {
  readonly column: Column<Row>;
  readonly texts: readonly string[];
  readonly cells: number;
}

function narrowed<Row>(sized: readonly Sized<Row>[], room: number): readonly Sized<Row>[] {
  let kept = sized;
  for (;;) {
    const over = kept.reduce((sum, { cells }) => sum + cells, 0) + GAP * (kept.length - 1) - room;
    if (over <= 0) return kept;
    const shrunk = shrink(kept, over);
    if (shrunk !== null) return shrunk;
    const victim = kept.reduce<Sized<Row> | null>(
      (worst, one) => (one.column.drop > (worst?.column.drop ?? 0) ? one : worst),
      null,
    );
    if (victim === null) return cutLast(kept, over);
    kept = kept.filter((one) => one !== victim);
  }
}

/** Takes `over` cells from the columns that may be cut, from the one with most to spare first; null when they cannot give so much. */
function shrink<Row>(sized: readonly Sized<Row>[], over: number): readonly Sized<Row>[] | null {
  const spare = (one: Sized<Row>): number =>
    Math.max(0, one.cells - Math.max(one.column.least ?? one.cells, width(one.column.name)));
  let left = over;
  let current = sized;
  while (left > 0) {
    const most = current.reduce((best, one) => (spare(one) > spare(best) ? one : best));
    const taken = Math.min(left, spare(most));
    if (taken === 0) return null;
    left -= taken;
    current = current.map((one) => (one === most ? { ...one, cells: one.cells - taken } : one));
  }
  return current;
}

/** Nothing more can be dropped: the widest of what stays is cut. */
function cutLast<Row>(sized: readonly Sized<Row>[], over: number): readonly Sized<Row>[] {
  const widest = sized.reduce((best, one) => (one.cells > best.cells ? one : best));
  return sized.map((one) => (one === widest ? { ...one, cells: Math.max(1, one.cells - over) } : one));
}

function chosen<Row>(columns: readonly Column<Row>[], rendering: Rendering): readonly Column<Row>[] {
  if (rendering.columns.length === 0) return columns.filter((column) => column.wide !== true || rendering.wide);
  const names = columns.map((column) => column.name);
  return rendering.columns.map((name) => {
    const column = columns.find((one) => one.name === name);
    if (column === undefined) throw badWord('--columns', name, names);
    return column;
  });
}
