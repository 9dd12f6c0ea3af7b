import { describe, expect, it } from '@jest/globals';
import { hoursRun, Scoreboard } from '../../../src/demo/scoreboard.js';
import { buildFleet, INTERVAL_SECONDS, loadScenario, type DemandSeries } from '../../../src/scenario/index.js';

const SCENARIO = loadScenario('', 'test', { hosts: 6, hours: 1 });
const FLEET = buildFleet(SCENARIO);
const CORES = FLEET[0]!.cores;

/** 12 intervals in which `ovirt` wants two hosts' cores and `hadoop` queues one host's work. */
const SERIES: readonly DemandSeries[] = SCENARIO.workloads.map(({ name }) => ({
  workload: name,
  intervalSeconds: INTERVAL_SECONDS,
  points: Array.from({ length: 12 }, () => ({
    perishableCoreSeconds: name === 'ovirt' ? 2 * CORES * INTERVAL_SECONDS : 0,
    queueableCoreSeconds: name === 'hadoop' ? CORES * INTERVAL_SECONDS : 0,
  })),
}));

function scoreboard(): Scoreboard {
  return new Scoreboard({ scenario: SCENARIO, series: SERIES, fleet: FLEET });
}

describe('the scoreboard', () => {
  it('judges who served what, as the simulator does', () => {
    const board = scoreboard();
    board.serving('ovirt', 'node01', true, 0);
    board.serving('ovirt', 'node02', true, 1_800_000);
    const { total, workloads } = board.dynamic(1, [600_000, 1_200_000]);
    // One host of the two wanted for half an hour, both for the other half.
    expect(workloads['ovirt']?.servedRatio).toBe(0.75);
    expect(workloads['hadoop']?.servedCoreHours).toBe(0);
    expect(total.moves).toBe(2);
    expect(total.meanMoveSeconds).toBe(900);
  });

  it('believes the new owner when the old one is late to say that it has ended', () => {
    const board = scoreboard();
    board.serving('ovirt', 'node01', true, 0);
    board.serving('hadoop', 'node01', true, 600_000);
    board.serving('ovirt', 'node01', false, 599_000);
    expect(board.standing('hadoop').supplyCores).toBe(CORES);
    expect(board.standing('ovirt').supplyCores).toBe(0);
  });

  it('tells the same state again without an effect, as a restarted manager does', () => {
    const board = scoreboard();
    board.serving('ovirt', 'node01', true, 0);
    board.serving('ovirt', 'node01', true, 900_000);
    expect(board.dynamic(1, []).workloads['ovirt']?.servedRatio).toBe(0.5);
  });

  it('knows what is wanted, served and queued now, and keeps the past', () => {
    const board = scoreboard();
    board.serving('hadoop', 'node01', true, 0);
    for (let atMs = 0; atMs <= 1_800_000; atMs += 60_000) board.advance(atMs);
    board.serving('hadoop', 'node01', false, 1_800_000);
    board.advance(2_100_000);
    const hadoop = board.standing('hadoop');
    expect(hadoop.supplyCores).toBe(0);
    expect(Math.round(hadoop.queuedCoreHours * 12)).toBe(CORES);
    expect(hadoop.demandCores).toBeGreaterThan(CORES);
    expect(hadoop.history.length).toBeGreaterThan(20);
    expect(board.standing('ovirt').demandCores).toBe(2 * CORES);
  });

  it('reports a run that was cut short over what was run', () => {
    const board = scoreboard();
    board.serving('ovirt', 'node01', true, 0);
    board.serving('ovirt', 'node02', true, 0);
    const hours = hoursRun(1_000_000, SCENARIO, INTERVAL_SECONDS);
    expect(hours).toBe(0.25);
    const dynamic = board.dynamic(hours, []);
    const report = board.report(hours, 3, { dynamic, greedy: dynamic });
    expect(report.hours).toBe(0.25);
    expect(report.floored).toBe(3);
    expect(Object.keys(report.policies)).toEqual(['static', 'equalSplit', 'greedy', 'dynamic']);
    expect(report.workloads.dynamic['ovirt']?.servedRatio).toBe(1);
    expect(report.policies.static.demandCoreHours).toBe(report.policies.dynamic.demandCoreHours);
  });

  it('counts whole intervals, at least one and at most all', () => {
    expect(hoursRun(0, SCENARIO, INTERVAL_SECONDS)).toBe(1 / 12);
    expect(hoursRun(3_599_999, SCENARIO, INTERVAL_SECONDS)).toBe(11 / 12);
    expect(hoursRun(9_999_999, SCENARIO, INTERVAL_SECONDS)).toBe(1);
  });
});
