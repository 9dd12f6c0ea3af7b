import { SLOTS_PER_HOST } from './fleet.js';
import type { ClusterFigures } from './figures.js';

/** The figures of one run for people. */
export function table(figures: ClusterFigures): string {
  const f = figures;
  const rows: readonly (readonly [string, string])[] = [
    ['load', `${f.tasksPerSecond} tasks/s, ${f.offersPerSecond} offers/s, ${f.fullPercent} % of slots run a task`],
    ['launch overhead', times(f.overheadP50Ms, f.overheadP99Ms)],
    ['  release to offer', times(f.releaseToOfferP50Ms, f.releaseToOfferP99Ms)],
    ['    within the master', times(f.masterOfferP50Ms, f.masterOfferP99Ms)],
    ['  offer to accept', times(f.offerToAcceptP50Ms, f.offerToAcceptP99Ms)],
    ['  accept to launch', times(f.acceptToLaunchP50Ms, f.acceptToLaunchP99Ms)],
    ['  launch to running', times(f.launchToRunningP50Ms, f.launchToRunningP99Ms)],
    ['fsync of 4 KiB', times(f.fsyncP50Ms, f.fsyncP99Ms)],
    ['commits', `${f.commitsPerSecond}/s, mean ${f.commitMeanMs} ms`],
    ['CPU', `master ${f.masterCpuPercent} %, agents ${f.agentsCpuPercent} %, frameworks ${f.frameworksCpuPercent} %`],
    ['memory', `master ${f.masterRssMb} MB, ${f.masterRssWithoutStreamsMb} MB without 13 kB a stream`],
    ['start', `agents connect in ${f.connectSeconds} s, slots fill in ${f.fillSeconds} s`],
    [
      'failover',
      `leads ${f.failoverLeadMs} ms, first offer ${f.failoverFirstOfferMs} ms, ` +
        `80 % reported ${f.failover80PercentMs} ms, all ${f.failoverAllMs} ms`,
    ],
    ['wrong', `${f.tasksLost} tasks lost, ${f.launchesRefused} launches refused`],
  ];
  const title =
    `${f.hosts} hosts, ${f.frameworks} frameworks, ${f.hosts * SLOTS_PER_HOST} slots, ` +
    `tasks of ${f.taskSeconds} s, ${f.launches} launches in ${f.seconds} s`;
  return `${title}\n${rows.map(([name, text]) => `  ${name.padEnd(21)}${text}\n`).join('')}`;
}

function times(p50Ms: number, p99Ms: number): string {
  return `p50 ${p50Ms} ms, p99 ${p99Ms} ms`;
}
