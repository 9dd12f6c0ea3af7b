/** One run in numbers; the fields are explained in `docs/performance.md` under the same names. */
export interface ClusterFigures {
  readonly bench: 'cluster';
  readonly hosts: number;
  readonly frameworks: number;
  readonly seconds: number;
  readonly taskSeconds: number;
  readonly tasksPerSecond: number;
  readonly offersPerSecond: number;
  readonly fullPercent: number;
  readonly launches: number;
  readonly tasksLost: number;
  readonly launchesRefused: number;
  readonly overheadP50Ms: number;
  readonly overheadP99Ms: number;
  readonly releaseToOfferP50Ms: number;
  readonly releaseToOfferP99Ms: number;
  readonly offerToAcceptP50Ms: number;
  readonly offerToAcceptP99Ms: number;
  readonly acceptToLaunchP50Ms: number;
  readonly acceptToLaunchP99Ms: number;
  readonly launchToRunningP50Ms: number;
  readonly launchToRunningP99Ms: number;
  readonly masterOfferP50Ms: number;
  readonly masterOfferP99Ms: number;
  readonly fsyncP50Ms: number;
  readonly fsyncP99Ms: number;
  readonly commitMeanMs: number;
  readonly commitsPerSecond: number;
  readonly masterCpuPercent: number;
  readonly agentsCpuPercent: number;
  readonly frameworksCpuPercent: number;
  readonly masterRssMb: number;
  readonly masterRssWithoutStreamsMb: number;
  readonly connectSeconds: number;
  readonly fillSeconds: number;
  readonly failoverLeadMs: number;
  readonly failoverFirstOfferMs: number;
  readonly failover80PercentMs: number;
  readonly failoverAllMs: number;
}

/** The value that `share` (0 to 1) of the values do not exceed; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Two digits after the point: more would only be noise. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
