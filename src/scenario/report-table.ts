import Table from 'cli-table3';
import pc from 'picocolors';
import type { PolicyPerformance } from './performance.js';
import { POLICY_NAMES, type PolicyName, type Report } from './report.js';

const POLICY_WORDS: Readonly<Record<PolicyName, string>> = {
  static: 'best fixed split',
  equalSplit: 'equal split',
  greedy: 'greedy rule',
  dynamic: 'Mosaic (dynamic)',
};

/** A difference below this many points of demand served is called none. */
const POINTS_SAME = 0.05;

/** Columns of characters that the whole table takes; a narrower terminal would break each of its lines. */
const WIDE_COLUMNS = 120;

/** How the table is drawn. */
export interface TableOptions {
  /** ANSI colours. @default false */
  readonly colour?: boolean;
  /** How wide the terminal is: the table is laid out for 80 columns below 120. @default as wide as it likes */
  readonly columns?: number;
}

interface Column {
  readonly head: string;
  readonly cell: (one: PolicyPerformance, name: PolicyName) => string;
  /** Its title without the frame; null when it is left out there. The report has it in any case. */
  readonly narrowHead: string | null;
}

const COLUMNS: readonly Column[] = [
  { head: 'policy', narrowHead: 'policy', cell: (_, name) => POLICY_WORDS[name] },
  { head: 'demand served', narrowHead: 'served', cell: (one) => percent(one.servedRatio) },
  {
    head: 'core-hours served',
    narrowHead: 'core-hours',
    cell: (one) => `${grouped(one.servedCoreHours)} of ${grouped(one.demandCoreHours)}`,
  },
  { head: 'mean wait', narrowHead: 'wait', cell: (one) => timeText(one.meanWaitSeconds) },
  { head: 'moves', narrowHead: 'moves', cell: (one) => String(one.moves) },
  { head: 'per host and day', narrowHead: null, cell: (one) => one.movesPerHostDay.toFixed(2) },
  { head: 'mean move', narrowHead: 'move', cell: (one) => (one.moves === 0 ? '-' : timeText(one.meanMoveSeconds)) },
  { head: 'fleet used', narrowHead: 'used', cell: (one) => percent(one.utilization) },
];

const NO_FRAME = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' },
};

/** The table and the verdict at the end of a run, for people. No newline at the end. */
export function renderReport(report: Report, options: TableOptions = {}): string {
  const columns = options.columns ?? Number.POSITIVE_INFINITY;
  const split = Object.entries(report.staticSplit).map(([workload, hosts]) => `${workload} ${hosts}`);
  const lines = [
    `${report.hosts} hosts, ${report.hours} h, seed ${report.seed}. Best fixed split, chosen in hindsight: ${split.join(', ')}.`,
    ...(report.floored > 0
      ? [
          `${report.floored} scaled durations were shorter than 20 ms and waited 20 ms instead; a lower --speed has fewer.`,
        ]
      : []),
    verdict(report),
  ];
  return [tableText(report, options), ...lines.map((line) => folded(line, columns))].join('\n');
}

function tableText(report: Report, options: TableOptions): string {
  const narrow = (options.columns ?? Number.POSITIVE_INFINITY) < WIDE_COLUMNS;
  const shown = narrow ? COLUMNS.filter((column) => column.narrowHead !== null) : COLUMNS;
  const { bold } = pc.createColors(options.colour === true);
  // The table's own colours ask the environment, not us.
  const colours = { head: [], border: [] };
  const table = new Table({
    head: shown.map((column) => bold(narrow ? (column.narrowHead ?? '') : column.head)),
    colAligns: shown.map((_, index) => (index === 0 ? 'left' : 'right')),
    style: narrow ? { ...colours, 'padding-left': 0, 'padding-right': 0 } : colours,
    ...(narrow ? { chars: NO_FRAME } : {}),
  });
  for (const name of POLICY_NAMES) table.push(shown.map(({ cell }) => cell(report.policies[name], name)));
  return table.toString();
}

/** Broken at spaces so that the terminal need not break words. */
export function folded(text: string, columns: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** One sentence: what moving hosts was worth against the best split that never changes. */
export function verdict(report: Report): string {
  const fixed = report.policies.static;
  const dynamic = report.policies.dynamic;
  const points = (dynamic.servedRatio - fixed.servedRatio) * 100;
  const hours = dynamic.servedCoreHours - fixed.servedCoreHours;
  const waits = `mean wait ${timeText(dynamic.meanWaitSeconds)} against ${timeText(fixed.meanWaitSeconds)}`;
  const how = `with ${dynamic.moves} ${dynamic.moves === 1 ? 'move' : 'moves'}`;
  if (Math.abs(points) < POINTS_SAME)
    return `Moving hosts served as much as the best fixed split (${percent(dynamic.servedRatio)}), ${waits}, ${how}.`;
  const compared = points > 0 ? 'more' : 'less';
  return (
    `Moving hosts served ${percent(dynamic.servedRatio)} of demand, ${Math.abs(points).toFixed(1)} points ${compared} than the best fixed split ` +
    `(${grouped(Math.abs(hours))} core-hours), ${waits}, ${how}.`
  );
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

/** 12345.6 → `12,346`. */
function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** 45 → `45 s`, 600 → `10.0 min`, 9000 → `2.5 h`. */
export function timeText(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 6_000) return `${(seconds / 60).toFixed(1)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
