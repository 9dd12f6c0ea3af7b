import { barGlyphs, ownerLetters, ownerTileTone, ownerTone, sparkline, STATE_WORDS } from './glyphs.js';
import type { DemoModel, WorkloadRow } from './model.js';
import { block, type Part } from './part.js';
import { fit, span, TONES, type Line, type Span, type Style } from './text.js';

interface Column {
  readonly head: string;
  readonly columns: number;
  /** Dropped when the screen is narrower. */
  readonly fromWidth: number;
  of(row: WorkloadRow): number;
}

const COLUMNS: readonly Column[] = [
  { head: 'hosts', columns: 6, fromWidth: 0, of: (row) => row.hosts },
  { head: 'serving', columns: 8, fromWidth: 0, of: (row) => row.serving },
  { head: 'in', columns: 4, fromWidth: 0, of: (row) => row.movingIn },
  { head: 'out', columns: 4, fromWidth: 0, of: (row) => row.movingOut },
  { head: 'lost', columns: 5, fromWidth: 70, of: (row) => row.lost },
  { head: 'wants', columns: 6, fromWidth: 0, of: (row) => row.wanted },
  { head: 'guar', columns: 5, fromWidth: 100, of: (row) => row.guarantee },
  { head: 'limit', columns: 6, fromWidth: 100, of: (row) => row.limit },
];

/** Who has how many hosts in which state, and why it has no more. */
export function tablePart(model: DemoModel, columns: number): Part {
  const nameColumns = nameWidth(model);
  const shown = COLUMNS.filter((column) => columns >= column.fromWidth);
  const head: Line = [
    span(fit('who has what', nameColumns), TONES.bold),
    ...shown.map((column) => span(fit(column.head, column.columns, 'right'), TONES.dim)),
    span('  why', TONES.dim),
  ];
  const letters = ownerLetters(model.workloads.map((one) => one.frameworkId));
  const rows = model.workloads.map((row, index): Line => [
    ...owner(row, index, letters, nameColumns),
    ...shown.map((column) => number(column, row)),
    span('  '),
    row.connected ? span(row.why) : span('not connected', TONES.warn),
  ]);
  return block([head, ...rows, nobody(model, nameColumns)], 2);
}

function number(column: Column, row: WorkloadRow): Span {
  const value = column.of(row);
  const text = column.head === 'limit' && value < 0 ? '-' : String(value);
  const tone =
    column.head === 'lost' && value > 0
      ? TONES.bad
      : column.head === 'wants' && value > row.hosts
        ? TONES.warn
        : (column.head === 'in' || column.head === 'out') && value === 0
          ? TONES.dim
          : TONES.plain;
  return span(fit(text, column.columns, 'right'), tone);
}

/** Hosts without holder, by state. */
function nobody(model: DemoModel, nameColumns: number): Line {
  const free = model.unheld.some(({ state }) => state === 'free') ? [] : [{ state: 'free' as const, hosts: 0 }];
  const parts = [...free, ...model.unheld].map(({ state, hosts }) => `${hosts} ${STATE_WORDS[state]}`);
  return [span(fit('nobody', nameColumns), TONES.dim), span(` ${parts.join(', ')}`, TONES.dim)];
}

/** Cores wanted against cores that serve, one bar each, with the recent past. */
export function barsPart(model: DemoModel, columns: number, style: Style): Part {
  const nameColumns = nameWidth(model);
  const figures = model.workloads.map((row) => figureText(row, columns));
  const figureColumns = Math.max(...figures.map((text) => text.length), 0);
  const rest = columns - nameColumns - figureColumns - 2;
  const sparkColumns = Math.max(Math.min(Math.floor(rest * 0.4), 48), 0);
  const barColumns = rest - sparkColumns;
  if (barColumns < 8) return block([], 4);
  const most = Math.max(...model.workloads.map((row) => Math.max(row.demandCores, row.supplyCores)), 1);
  const letters = ownerLetters(model.workloads.map((one) => one.frameworkId));
  const glyphs = barGlyphs(style);
  const head: Line = [
    span(fit('cores wanted', nameColumns), TONES.bold),
    span(fit(`${glyphs.served} served  ${glyphs.missing} missing  ${glyphs.spare} spare`, barColumns), TONES.dim),
    span(fit('', figureColumns + 2)),
    span(fit('wanted so far', sparkColumns), TONES.dim),
  ];
  const rows = model.workloads.map((row, index): Line => {
    const cells = (cores: number): number => Math.round((cores / most) * barColumns);
    const demand = cells(row.demandCores);
    const supply = cells(row.supplyCores);
    const served = Math.min(demand, supply);
    return [
      ...owner(row, index, letters, nameColumns),
      span(glyphs.served.repeat(served), ownerTone(index)),
      span(glyphs.missing.repeat(demand - served), TONES.bad),
      span(glyphs.spare.repeat(supply - served), TONES.dim),
      span(' '.repeat(barColumns - Math.max(demand, supply))),
      span(` ${fit(figures[index] ?? '', figureColumns)} `),
      span(sparkline(row.history, sparkColumns, style), ownerTone(index)),
    ];
  });
  return block([head, ...rows], 4);
}

function figureText(row: WorkloadRow, columns: number): string {
  const demand = String(Math.round(row.demandCores)).padStart(4);
  const figures = `${demand} of ${String(row.supplyCores).padStart(4)}`;
  const queue = row.queuedCoreHours >= 0.5 ? `, ${Math.round(row.queuedCoreHours)} core-h wait` : '';
  return columns >= 100 ? figures + queue : figures;
}

function owner(row: WorkloadRow, index: number, letters: readonly string[], columns: number): readonly Span[] {
  return [
    span(letters[index] ?? '*', ownerTileTone(index)),
    span(fit(` ${row.frameworkId}`, columns - 1), ownerTone(index)),
  ];
}

function nameWidth(model: DemoModel): number {
  const longest = Math.max(...model.workloads.map((row) => row.frameworkId.length), 10);
  return Math.min(longest + 3, 24);
}
