/**
 * `npm run bench:chart -- [RESULTS.jsonl] [CHART.svg]`: draws how the cost of an allocation pass grows, from the `--json`
 * lines of `npm run bench:allocator`. Exit code 2 when the lines lack a series.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { mesosMs } from './allocator/mesos-figures.js';

interface Line {
  readonly workload: string;
  readonly hosts: number;
  readonly frameworks: number;
  readonly roles: number;
  readonly phase: string;
  readonly medianMs: number;
}

interface Point {
  readonly x: number;
  readonly ms: number;
  readonly series: string;
}

const [from = 'docs/benchmarks/allocator.jsonl', to = 'docs/images/allocator-cost.svg'] = process.argv.slice(2);
const lines = readFileSync(from, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line);

const w1 = (line: Line): boolean => line.workload === 'W1' && line.phase === 'allocate';
const panels = [
  panel(
    'hosts',
    'hosts (200 frameworks, all dirty)',
    withMesos(
      lines.filter((line) => w1(line) && line.frameworks === 200),
      (line) => line.hosts,
    ),
  ),
  panel(
    'frameworks',
    'frameworks (10,000 hosts, all dirty)',
    withMesos(
      lines.filter((line) => w1(line) && line.hosts === 10_000),
      (line) => line.frameworks,
    ),
  ),
  panel(
    'roles',
    'roles with quota, as many hosts and frameworks',
    withMesos(
      lines.filter(({ workload, phase }) => workload === 'W4' && phase === 'firstPass'),
      (line) => line.roles,
    ),
  ),
  panel(
    'dirty',
    'hosts that changed, % (10,000 hosts, 200 frameworks)',
    lines
      .filter(({ workload }) => workload === 'Dirty')
      .map((line) => ({ x: Number(/[\d.]+/.exec(line.phase)?.[0]), ms: line.medianMs, series: 'Mosaic' })),
  ),
];
const spec: TopLevelSpec = {
  title: 'Allocation pass, median ms (both axes logarithmic)',
  columns: 2,
  concat: panels,
  config: { background: 'white', font: 'sans-serif' },
};
const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
writeFileSync(to, await view.toSVG());
console.log(`${to} is drawn from ${lines.length} lines of ${from}`);

/** Mesos' figures for the same cells beside ours, where there are any. */
function withMesos(ours: readonly Line[], xOf: (line: Line) => number): readonly Point[] {
  return ours.flatMap((line) => {
    const mesos = mesosMs(line);
    const own = { x: xOf(line), ms: line.medianMs, series: 'Mosaic' };
    return mesos === null ? [own] : [own, { x: xOf(line), ms: mesos, series: 'Mesos (C++)' }];
  });
}

function panel(name: string, title: string, points: readonly Point[]) {
  if (points.length < 2) {
    console.error(
      `${from} has ${points.length} points for "${name}"; run npm run bench:allocator -- --json on the full grid`,
    );
    process.exit(2);
  }
  return {
    width: 340,
    height: 220,
    data: { values: points.map((point) => ({ ...point })) },
    mark: { type: 'line' as const, point: true },
    encoding: {
      x: { field: 'x', type: 'quantitative' as const, scale: { type: 'log' as const }, title },
      y: { field: 'ms', type: 'quantitative' as const, scale: { type: 'log' as const }, title: 'ms' },
      color: {
        field: 'series',
        type: 'nominal' as const,
        title: null,
        scale: { domain: ['Mosaic', 'Mesos (C++)'], range: ['#1b6ec2', '#b0552b'] },
      },
    },
  };
}
