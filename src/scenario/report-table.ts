import Table from 'cli-table3';
import pc from 'picocolors';
import { POLICY_NAMES, type PolicyName, type Report } from './report.js';

const POLICY_WORDS: Readonly<Record<PolicyName, string>> = {
  static: 'best fixed split',
  equalSplit: 'equal split',
  greedy: 'greedy rule',
  dynamic: 'Mosaic (dynamic)',
};

/** A difference below this many points of demand served is called none. */
const POINTS_SAME = 0.05;

/** How the table is drawn. */
export interface TableOptions {
  /** ANSI colours. @default false */
  readonly colour?: boolean;
}

/** The table and the verdict at the end of a run, for people. No newline at the end. */
export function renderReport(report: Report, options: TableOptions = {}): string {
  const { bold } = pc.createColors(options.colour === true);
  const table = new Table({
    head: [
      'policy',
      'demand served',
      'core-hours served',
      'mean wait',
      'moves',
      'per host and day',
      'mean move',
      'fleet used',
    ].map(bold),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    // The table's own colours ask the environment, not us.
    style: { head: [], border: [] },
  });
  for (const name of POLICY_NAMES) {
    const one = report.policies[name];
    table.push([
      POLICY_WORDS[name],
      percent(one.servedRatio),
      `${grouped(one.servedCoreHours)} of ${grouped(one.demandCoreHours)}`,
      timeText(one.meanWaitSeconds),
      String(one.moves),
      one.movesPerHostDay.toFixed(2),
      one.moves === 0 ? '-' : timeText(one.meanMoveSeconds),
      percent(one.utilization),
    ]);
  }
  const split = Object.entries(report.staticSplit).map(([workload, hosts]) => `${workload} ${hosts}`);
  const lines = [
    table.toString(),
    `${report.hosts} hosts, ${report.hours} h, seed ${report.seed}. Best fixed split, chosen in hindsight: ${split.join(', ')}.`,
    ...(report.floored > 0
      ? [
          `${report.floored} scaled durations were shorter than 20 ms and waited 20 ms instead; a lower --speed has fewer.`,
        ]
      : []),
    verdict(report),
  ];
  return lines.join('\n');
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
