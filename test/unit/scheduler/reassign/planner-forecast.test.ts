/** The forecast of a planned move may end it before anything was done. */
import { describe, expect, it } from '@jest/globals';
import type { SchedulerOptions } from '../../../../scheduler/config.js';
import type { Blocker } from '../../../../scheduler/protocol.js';
import { type Bench, KUBE, OVIRT } from './bench.js';
import { fleet, moving, notMoved, round } from './planner-fleet.js';

describe('the forecast of a planned move', () => {
  const forecast = (durationLowMs: number, blockers: readonly Blocker[] = []) => ({
    forecast: { durationLowMs, durationHighMs: durationLowMs, units: 1, wouldKill: [], blockers },
  });
  const pinned = { object: 'vm db2', reason: 'PINNED', sinceMs: 0, message: 'it has a GPU' };
  const effects = (bench: Bench): readonly string[] =>
    bench
      .sent(`framework/${OVIRT}`)
      .flatMap((one) => (one.kind === 'step_request' && one.request.step !== 'forecast' ? [one.request.step] : []));

  function shortOfTwo(options: Partial<SchedulerOptions> = {}): Bench {
    const bench = fleet(6, 0, { hysteresisRounds: 3, ...options });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 2);
    for (let rounds = 0; rounds < 3; rounds += 1) round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
    return bench;
  }

  it.each([
    ['takes longer than the drain deadline', forecast(1_800_001), /^leaving would take at least 30m, longer than/],
    ['finds blockers', forecast(1, [pinned]), /^leaving would be blocked by vm db2 \(PINNED\): it has a GPU$/],
  ])('that %s ends it before any effect, and the next round takes the next cheapest', (_what, says, why) => {
    const bench = shortOfTwo();
    bench.answer('v1', 'done', says);
    expect(bench.place('v1')).toBe('cancelled');
    expect(bench.core.state.progress.get(bench.transition('v1').transitionId)).toBeUndefined();
    const told = bench.effects.flatMap((one) => (one.kind === 'decision' ? [one.decision.text] : []));
    expect(
      told
        .findLast((text) => text.startsWith('v1 stays with'))
        ?.split(': ')
        .slice(1)
        .join(': '),
    ).toMatch(why);
    expect(bench.hostRecord('v1').coolDownUntilMs).toBe(bench.core.nowMs + bench.core.options.coolDownMs);
    expect(bench.core.state.leases.get('l-v1')?.phase).toBe('serving');
    // The very next round, whatever the hysteresis: the shortage has lasted all the time.
    round(bench, 10_000);
    expect(moving(bench)).toEqual([`v2>${KUBE}`, `v3>${KUBE}`]);
    expect(effects(bench)).toEqual([]);
  });

  it('that finds blockers does not end a move that may kill them, or that a person asked for', () => {
    const bench = fleet(2, 0);
    const to = { frameworkId: KUBE, role: '/pod' };
    bench.move('v1', KUBE, { to, requestedBy: 'planner', hard: true });
    bench.move('v2', KUBE, { to });
    for (const host of ['v1', 'v2']) {
      bench.answer(host, 'done', forecast(1, [pinned]));
      expect(bench.place(host)).toBe('drain asked');
    }
  });

  it('is asked of no more hosts than budgets let move at once, round after round', () => {
    const bench = fleet(9, 0, { movesInFlightMax: 2 });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 4);
    const asked: string[] = [];
    for (let rounds = 0; rounds < 5; rounds += 1) {
      round(bench, 10_000);
      const hosts = moving(bench).map((one) => one.slice(0, 2));
      expect(hosts.length).toBeLessThanOrEqual(2);
      for (const host of hosts) {
        asked.push(host);
        bench.answer(host, 'done', forecast(1, [pinned]));
      }
    }
    // Each once: those that cannot leave are in cool-down, and the last round has one left.
    expect(asked).toEqual(['v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8', 'v9']);
    expect(notMoved(bench)[0]).toMatch(/COOL_DOWN|MOVE_BUDGET|NO_MATCH/);
  });

  it('keeps the grace of a guarantee counting while it is out', () => {
    const bench = fleet(0, 3);
    const policy = { kind: 'soft', graceMs: 120_000, deadlineMs: 0, movesPerRound: 1, minHoldMs: -1 } as const;
    bench.role('/vm', { guarantee: { hosts: 1 } });
    bench.role('/pod', { reclaim: policy });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 9);
    for (let rounds = 0; rounds < 3; rounds += 1) round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    bench.answer('p1', 'done', forecast(1, [pinned]));
    round(bench, 1_000);
    expect(moving(bench)).toEqual([`p2>${OVIRT}`]);
  });
});
