import type { FrameworkView, OverviewView } from '../operator-access.js';
import { bullets, detailsText, section } from './details.js';
import type { Rendering } from './rendering.js';
import type { Column } from './table.js';
import { moment, span, thousands } from './words.js';

function stateOf(framework: FrameworkView): string {
  if (framework.tornDown) return 'torn down';
  if (!framework.connected) return 'away';
  return framework.observed || !framework.executesSteps ? 'connected' : 'connected, not yet observed';
}

export const frameworkColumns: readonly Column<FrameworkView>[] = [
  { name: 'framework', value: (row) => row.frameworkId, drop: 0, least: 16 },
  {
    name: 'state',
    value: stateOf,
    paint: (text, row, { style }) => (row.tornDown || !row.connected ? style.bad(text) : text),
    drop: 0,
  },
  {
    name: 'for',
    value: (row, { nowMs }) => (row.sinceMs === 0 ? '' : span(nowMs - row.sinceMs)),
    right: true,
    drop: 3,
  },
  { name: 'hosts', value: (row) => thousands(row.hosts), right: true, drop: 0 },
  { name: 'tasks', value: (row) => thousands(row.tasks), right: true, drop: 2 },
  { name: 'offers', value: (row) => thousands(row.offers), right: true, drop: 4 },
  { name: 'no-agent', value: (row) => thousands(row.withoutAgent.length), right: true, drop: 5 },
  { name: 'roles', value: (row) => row.roles.join(' '), drop: 1, least: 14 },
];

export function frameworkText(framework: FrameworkView, rendering: Rendering): string {
  const { style, nowMs, utc } = rendering;
  const details = detailsText(
    [
      [
        'state',
        framework.sinceMs === 0
          ? stateOf(framework)
          : `${stateOf(framework)} since ${moment(framework.sinceMs, nowMs, utc)} (${span(nowMs - framework.sinceMs)})`,
      ],
      ['roles', framework.roles.join(' ')],
      ['hosts', `${framework.hosts} (mosaic host list --owner ${framework.frameworkId})`],
      ['tasks', `${framework.tasks} (mosaic task list --framework ${framework.frameworkId})`],
      ['offers', `${framework.offers} open`],
      [
        'host steps',
        framework.executesSteps
          ? 'executes them: it can hold whole hosts'
          : 'does not execute them: it only gets slices of shared hosts',
      ],
    ],
    rendering,
    2,
  );
  const unmatched = framework.withoutAgent.map(
    (host) => `${host.name} (${host.managerState}): install the Mosaic agent there`,
  );
  const strangers = section('machines of its manager that have no agent', bullets(unmatched, rendering), rendering);
  const more = style.dim(`why: mosaic why ${framework.frameworkId}`);
  return `${style.bold(framework.frameworkId)}\n${details}${strangers}\n${more}\n`;
}

/** All owners of one workload added up. */
export interface WorkloadRow {
  readonly workload: string;
  readonly frameworks: number;
  readonly hosts: number;
  readonly serving: number;
  readonly movingIn: number;
  readonly movingOut: number;
  readonly wanted: number;
  readonly guaranteeHosts: number;
  readonly frozen: boolean;
}

export function workloadRows(view: OverviewView): readonly WorkloadRow[] {
  const names = [...new Set(view.owners.map((row) => row.workload))].filter((name) => name !== '').sort();
  return names.map((workload) => {
    const rows = view.owners.filter((row) => row.workload === workload);
    const sum = (value: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((total, row) => total + value(row), 0);
    return {
      workload,
      frameworks: new Set(rows.filter((row) => row.role !== '').map((row) => row.owner)).size,
      hosts: sum((row) => row.hosts),
      serving: sum((row) => row.serving),
      movingIn: sum((row) => row.movingIn),
      movingOut: sum((row) => row.movingOut),
      wanted: sum((row) => row.wanted),
      guaranteeHosts: sum((row) => row.guaranteeHosts),
      frozen: view.freezes.some(({ scope }) => scope === '*' || scope === workload),
    };
  });
}

export const workloadColumns: readonly Column<WorkloadRow>[] = [
  { name: 'workload', value: (row) => row.workload, drop: 0 },
  { name: 'frameworks', value: (row) => String(row.frameworks), right: true, drop: 2 },
  { name: 'hosts', value: (row) => thousands(row.hosts), right: true, drop: 0 },
  { name: 'guar', value: (row) => thousands(row.guaranteeHosts), right: true, drop: 3 },
  { name: 'serving', value: (row) => thousands(row.serving), right: true, drop: 1 },
  { name: 'in', value: (row) => thousands(row.movingIn), right: true, drop: 1 },
  { name: 'out', value: (row) => thousands(row.movingOut), right: true, drop: 1 },
  { name: 'wanted', value: (row) => thousands(row.wanted), right: true, drop: 0 },
  {
    name: 'frozen',
    value: (row) => (row.frozen ? 'frozen' : ''),
    paint: (text, _row, { style }) => style.warn(text),
    drop: 0,
  },
];
