import type { DemandSeries } from './demand/series.js';
import { fromTotals, runMs, type Evaluation, type PolicyPerformance, type WorkloadPerformance } from './performance.js';
import { fleetCores, type Scenario } from './scenario.js';
import { bestStaticSplit, equalSplit, type SplitRequest, type StaticSplit } from './static-split.js';

/** The policies every report compares, in the order of its table. */
export const POLICY_NAMES = ['static', 'equalSplit', 'greedy', 'dynamic'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

/** What a run was worth: the file that `--report` writes. Same seed, same bytes. */
export interface Report {
  readonly seed: number;
  readonly hosts: number;
  readonly hours: number;
  /** Scenario durations that the 20 ms floor lengthened; 0 in the simulator. */
  readonly floored: number;
  /** Hosts of each workload in the best split that never changes, chosen in hindsight. */
  readonly staticSplit: Readonly<Record<string, number>>;
  /** Part of the way from the static split to the clairvoyant bound; null until the bound is computed. */
  readonly gapClosed: null;
  readonly policies: Readonly<Record<PolicyName, PolicyPerformance>>;
  /** The same by workload. */
  readonly workloads: Readonly<Record<PolicyName, Readonly<Record<string, WorkloadPerformance>>>>;
}

/** What a caller adds to the two splits, which the report computes itself. */
export interface ReportInput {
  readonly scenario: Scenario;
  /** The demand of the whole run, in the scenario's order of workloads. */
  readonly series: readonly DemandSeries[];
  readonly floored: number;
  readonly greedy: Evaluation;
  readonly dynamic: Evaluation;
}

/** Computes the static policies and puts the report together. */
export function buildReport(input: ReportInput): Report {
  const { scenario, series } = input;
  const request = splitRequest(scenario, series);
  const best = bestStaticSplit(request);
  const fleet = { hosts: scenario.hosts, fleetCores: fleetCores(scenario.fleet), moveMs: [] };
  const evaluations: Readonly<Record<PolicyName, Evaluation>> = {
    static: fromTotals(best.totals, runMs(series), fleet),
    equalSplit: fromTotals(equalSplit(request).totals, runMs(series), fleet),
    greedy: input.greedy,
    dynamic: input.dynamic,
  };
  return {
    seed: scenario.seed,
    hosts: scenario.hosts,
    hours: scenario.hours,
    floored: input.floored,
    staticSplit: splitByWorkload(series, best),
    gapClosed: null,
    policies: byPolicy((name) => evaluations[name].total),
    workloads: byPolicy((name) => evaluations[name].workloads),
  };
}

/** The split that a scenario allows: its shapes, and each workload's limit where its role has one on `hosts`. */
export function splitRequest(scenario: Scenario, series: readonly DemandSeries[]): SplitRequest {
  return {
    series,
    groups: scenario.fleet.shapes.map((shape) => ({ hosts: shape.count, coresPerHost: shape.cpus })),
    hostsMax: series.map((one) => {
      const role = scenario.workloads.find((workload) => workload.name === one.workload)?.role;
      return scenario.roles.find((candidate) => candidate.path === role)?.limit['hosts'] ?? Number.POSITIVE_INFINITY;
    }),
  };
}

/** Hosts by workload, all shapes together. */
export function splitByWorkload(series: readonly DemandSeries[], split: StaticSplit): Readonly<Record<string, number>> {
  return Object.fromEntries(
    series.map((one, index) => [one.workload, (split.hosts[index] ?? []).reduce((sum, count) => sum + count, 0)]),
  );
}

/** The report as the bytes that are written: two spaces, a newline at the end. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function byPolicy<Value>(of: (name: PolicyName) => Value): Readonly<Record<PolicyName, Value>> {
  return { static: of('static'), equalSplit: of('equalSplit'), greedy: of('greedy'), dynamic: of('dynamic') };
}
