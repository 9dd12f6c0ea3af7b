import { describe, expect, it } from '@jest/globals';
import { buildDemand } from '../../../src/scenario/demand/build.js';
import { evaluate, type Evaluation } from '../../../src/scenario/performance.js';
import { renderReport, timeText, verdict } from '../../../src/scenario/report-table.js';
import { buildReport, reportJson, type Report } from '../../../src/scenario/report.js';
import { loadScenario } from '../../../src/scenario/load-scenario.js';
import { loadTraces } from '../../../src/scenario/traces.js';

const scenario = loadScenario('', 'default');
const series = buildDemand(scenario, loadTraces());

/** A run in which each workload keeps `hosts`, and as many moves as given. */
function run(hosts: readonly number[], moveMs: readonly number[] = []): Evaluation {
  const trajectories = series.map((one, index) => ({
    workload: one.workload,
    steps: [{ atMs: 0, cores: (hosts[index] ?? 0) * 32 }],
  }));
  return evaluate({ series, trajectories, hosts: 60, fleetCores: 60 * 32, moveMs });
}

const report = buildReport({
  scenario,
  series,
  floored: 3,
  greedy: run([20, 20, 20]),
  dynamic: run([23, 18, 19], [600_000, 1_200_000]),
});

describe('buildReport', () => {
  it('has the fields of the contract in their order', () => {
    expect(Object.keys(report)).toEqual([
      'seed',
      'hosts',
      'hours',
      'floored',
      'staticSplit',
      'gapClosed',
      'policies',
      'workloads',
    ]);
    expect(Object.keys(report.policies)).toEqual(['static', 'equalSplit', 'greedy', 'dynamic']);
    for (const policy of Object.values(report.policies)) {
      expect(Object.keys(policy)).toEqual([
        'demandCoreHours',
        'servedCoreHours',
        'servedRatio',
        'meanWaitSeconds',
        'moves',
        'movesPerHostDay',
        'meanMoveSeconds',
        'utilization',
      ]);
    }
  });

  it('finds the static split itself; the same hosts without moves give the same figures', () => {
    const split = Object.values(report.staticSplit);
    expect(split.reduce((sum, hosts) => sum + hosts, 0)).toBe(60);
    expect(run(split).total).toEqual(report.policies.static);
    expect(report.policies.equalSplit).toEqual(report.policies.greedy);
    expect(report.policies.static.servedRatio).toBeGreaterThan(report.policies.equalSplit.servedRatio);
  });

  it('asks the same work of every policy', () => {
    expect(new Set(Object.values(report.policies).map((policy) => policy.demandCoreHours)).size).toBe(1);
  });

  it('keeps a workload within the limit of its role', () => {
    const tight = loadScenario(
      'roles: [{path: /production/vms}, {path: /production/pods}, {path: /research/hadoop, limit: {hosts: 4}}]',
      'f',
    );
    expect(
      buildReport({ scenario: tight, series, floored: 0, greedy: run([]), dynamic: run([]) }).staticSplit['hadoop'],
    ).toBe(4);
  });

  it('writes the same bytes for the same run', () => {
    const again = buildReport({
      scenario,
      series: buildDemand(scenario, loadTraces()),
      floored: 3,
      greedy: run([20, 20, 20]),
      dynamic: run([23, 18, 19], [600_000, 1_200_000]),
    });
    expect(reportJson(again)).toBe(reportJson(report));
    expect(JSON.parse(reportJson(report))).toEqual(report);
  });
});

describe('the table', () => {
  it('has a row for each policy with units, and the verdict last', () => {
    const text = renderReport(report);
    for (const words of [
      'best fixed split',
      'equal split',
      'greedy rule',
      'Mosaic (dynamic)',
      'fleet used',
      '15.0 min',
    ])
      expect(text).toContain(words);
    expect(text).toContain('60 hosts, 24 h, seed 7. Best fixed split, chosen in hindsight: ovirt ');
    expect(text).toContain('3 scaled durations were shorter than 20 ms');
    expect(text.split('\n').at(-1)).toBe(verdict(report));
    expect(text).not.toContain('\u001B[');
  });

  it('fits a terminal of 80 columns, in words that are not broken', () => {
    for (const colour of [false, true]) {
      const lines = renderReport(report, { colour, columns: 80 })
        .replaceAll(/\u001B\[\d*m/g, '')
        .split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
      expect(lines.join(' ')).toContain(verdict(report));
      expect(lines[0]).toMatch(/^policy +served +core-hours +wait +moves +move +used$/);
    }
    expect(renderReport(report, { columns: 120 }).split('\n')[0]).toContain('─');
  });

  it('has colours only when asked', () => {
    expect(renderReport(report, { colour: true })).toContain('\u001B[');
  });
});

describe('the verdict', () => {
  const withDynamic = (servedRatio: number, servedCoreHours: number, moves: number): Report => ({
    ...report,
    policies: {
      ...report.policies,
      static: { ...report.policies.static, servedRatio: 0.96, servedCoreHours: 40_000, meanWaitSeconds: 2_400 },
      dynamic: { ...report.policies.dynamic, servedRatio, servedCoreHours, moves, meanWaitSeconds: 60 },
    },
  });

  it('says more, less or the same in words', () => {
    expect(verdict(withDynamic(0.985, 41_042, 31))).toBe(
      'Moving hosts served 98.5 % of demand, 2.5 points more than the best fixed split (1,042 core-hours), mean wait 60 s against 40.0 min, with 31 moves.',
    );
    expect(verdict(withDynamic(0.95, 39_583, 1))).toContain(
      '1.0 points less than the best fixed split (417 core-hours), mean wait 60 s against 40.0 min, with 1 move.',
    );
    expect(verdict(withDynamic(0.9601, 40_004, 0))).toContain(
      'Moving hosts served as much as the best fixed split (96.0 %)',
    );
  });

  it('writes times in the unit that reads best', () => {
    expect([0, 99, 100, 5_999, 6_000].map(timeText)).toEqual(['0 s', '99 s', '1.7 min', '100.0 min', '1.7 h']);
  });
});
