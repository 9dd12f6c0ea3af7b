/**
 * `npm run bench:allocator`: Mesos' own allocator workloads on this allocator. Each cell runs in a process of its own, so
 * that its memory is its own; the table and the `--json` lines say what each phase took.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cellsOf, GRIDS } from './grid.js';
import { MASTER_NODE_FLAGS } from '../node-flags.js';
import { mesosMs } from './mesos-figures.js';
import type { PhaseResult } from './phases.js';
import { runCell, type Cell } from './workloads.js';

const USAGE =
  'usage: npm run bench:allocator -- [--workload NAME[,NAME...]] [--grid full|small] [--hosts N] [--frameworks N] [--repeat N] [--json]\n' +
  `workloads: ${Object.keys(GRIDS).join(', ')}`;

/** One line of `--json`. */
interface Line extends PhaseResult, Cell {
  readonly rssMb: number;
}

const values = parsed();
if (values.cell !== undefined) oneCell(JSON.parse(values.cell) as Cell, Number(values.repeat));
else if (values.help) console.log(USAGE);
else allCells();

function parsed() {
  try {
    return parseArgs({
      options: {
        workload: { type: 'string', default: Object.keys(GRIDS).join(',') },
        grid: { type: 'string', default: 'full' },
        hosts: { type: 'string' },
        frameworks: { type: 'string' },
        repeat: { type: 'string', default: '3' },
        json: { type: 'boolean', default: false },
        cell: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function wrongUsage(problem: string): never {
  console.error(`${problem}\n${USAGE}`);
  process.exit(2);
}

function oneCell(cell: Cell, repetitions: number): void {
  const results = runCell(cell, repetitions);
  const rssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  for (const result of results) console.log(JSON.stringify({ ...cell, ...rounded(result), rssMb } satisfies Line));
}

function rounded(result: PhaseResult): PhaseResult {
  const to = (ms: number): number => Number(ms.toFixed(3));
  return { ...result, medianMs: to(result.medianMs), minMs: to(result.minMs), p99Ms: to(result.p99Ms) };
}

function allCells(): void {
  const grid = values.grid;
  if (grid !== 'full' && grid !== 'small') wrongUsage(`--grid is "${grid}"; accepted are full and small`);
  const repeat = wholeNumber('--repeat', values.repeat);
  const only = {
    hosts: values.hosts === undefined ? null : wholeNumber('--hosts', values.hosts),
    frameworks: values.frameworks === undefined ? null : wholeNumber('--frameworks', values.frameworks),
  };
  const names = values.workload.split(',');
  for (const name of names)
    if (!(name in GRIDS)) wrongUsage(`--workload names "${name}"; accepted are ${Object.keys(GRIDS).join(', ')}`);
  const cells = names.flatMap((name) => cellsOf(name, grid, only));
  if (cells.length === 0) wrongUsage('no cell of the grid has that size');
  if (!values.json) console.log(heading());
  for (const cell of cells)
    for (const line of linesOf(cell, repeat)) console.log(values.json ? JSON.stringify(line) : row(line));
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) wrongUsage(`${flag} is "${text}"; it must be a whole number from 1`);
  return value;
}

function linesOf(cell: Cell, repeat: number): readonly Line[] {
  const script = fileURLToPath(import.meta.url);
  const args = [...MASTER_NODE_FLAGS, script, '--cell', JSON.stringify(cell), '--repeat', String(repeat)];
  const child = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  if (child.status !== 0) {
    console.error(`${JSON.stringify(cell)} ended with ${child.status ?? child.signal ?? 'nothing'}`);
    process.exit(1);
  }
  return child.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

function heading(): string {
  return columns([
    'workload',
    'hosts',
    'fws',
    'roles',
    'phase',
    'median',
    'min',
    'p99',
    'offers',
    'µs/host',
    'Mesos',
    'RSS MB',
  ]);
}

function row(line: Line): string {
  const mesos = mesosMs(line);
  const perHost = (line.medianMs * 1_000) / line.hosts;
  return columns([
    line.workload,
    String(line.hosts),
    String(line.frameworks),
    String(line.roles),
    line.phase,
    ms(line.medianMs),
    ms(line.minMs),
    ms(line.p99Ms),
    String(line.offers),
    perHost.toFixed(2),
    mesos === null ? '-' : `${mesos} (${(mesos / line.medianMs).toFixed(1)}x)`,
    String(line.rssMb),
  ]);
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(3) : value.toFixed(1);
}

function columns(cells: readonly string[]): string {
  const widths = [14, 6, 5, 5, 13, 8, 8, 8, 7, 8, 16, 6];
  return cells
    .map((cell, at) => (at === 0 || at === 4 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
    .join(' ');
}
