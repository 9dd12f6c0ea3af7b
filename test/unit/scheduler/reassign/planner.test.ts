/** The planner by cases. Beside each case stand holdings / entitlement / demand of the roles as the planner sees them. */
import { describe, expect, it } from '@jest/globals';

import { auditTouched } from '../../../../scheduler/invariants.js';
import type { SchedulerOptions } from '../../../../scheduler/config.js';
import type { Blocker } from '../../../../scheduler/protocol.js';
import { usage } from '../../../../scheduler/quota/index.js';
import {
  approvePlan,
  freeze,
  lastPlan,
  planRound,
  rejectPlan,
  setPlanMode,
} from '../../../../scheduler/reassign/index.js';
import { Bench, KUBE, OVIRT } from './bench.js';

const HADOOP = 'hadoop/lake';
const NOW: Partial<SchedulerOptions> = { hysteresisRounds: 1, minHoldMs: 0 };

/** oVirt (role /vm) holds `vm` hosts, Kubernetes (role /pod) `pod`; each host in a rack of its own, leave costs by name. */
function fleet(vm: number, pod: number, options: Partial<SchedulerOptions> = {}): Bench {
  const bench = new Bench({ ...NOW, ...options });
  bench.role('/vm');
  bench.role('/pod');
  bench.framework(OVIRT, ['/vm']);
  bench.framework(KUBE, ['/pod']);
  for (let at = 1; at <= vm; at += 1) bench.host(`v${at}`, { heldBy: OVIRT, role: '/vm' });
  for (let at = 1; at <= pod; at += 1) bench.host(`p${at}`, { heldBy: KUBE, role: '/pod' });
  return bench;
}

function round(bench: Bench, passMs = 60_000): void {
  bench.pass(passMs);
  bench.core.state.takeMutations();
  planRound(bench.core);
  auditTouched(bench.core);
  bench.collect();
}

/** `v1>kubernetes/east` for each running move. */
function moving(bench: Bench): readonly string[] {
  return [...bench.core.state.transitions.values()]
    .filter((one) => one.outcome === 'running')
    .map((one) => `${one.hostId}>${one.to?.frameworkId ?? one.toMode}`);
}

function notMoved(bench: Bench): readonly string[] {
  return lastPlan(bench.core)?.notMoved ?? [];
}

describe('a limit of the role above', () => {
  it('that is full does not keep hosts from changing hands below it', () => {
    // held/owed/wanted: /eng/vm 4/2/4, /eng/pod 0/2/4; /eng 4 of at most 4
    const bench = new Bench(NOW);
    bench.role('/eng', { limit: { hosts: 4 } });
    bench.role('/eng/vm');
    bench.role('/eng/pod');
    bench.framework(OVIRT, ['/eng/vm']);
    bench.framework(KUBE, ['/eng/pod']);
    for (const at of [1, 2, 3, 4]) bench.host(`v${at}`, { heldBy: OVIRT, role: '/eng/vm' });
    bench.demand(OVIRT, '/eng/vm', 4);
    bench.demand(KUBE, '/eng/pod', 4);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
    expect(usage(bench.core, '/eng/pod').movingIn).toMatchObject({ hosts: 2 });
    expect(usage(bench.core, '/eng')).toMatchObject({ used: { hosts: 4 }, movingIn: {} });
  });
});

describe('fair planner', () => {
  it('moves the surplus to who is owed it, and no further', () => {
    // held/owed/wanted: /vm 4/2/2, /pod 0/2/6 (capacity 4, equal weights)
    const bench = fleet(4, 0);
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 6);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
    // /vm 2/2/2, /pod 2 (moving in)/2/6
    round(bench);
    expect(moving(bench)).toHaveLength(2);
  });

  it('does nothing when nobody wants what another has too much of', () => {
    // held/owed/wanted: /vm 4/0/0, /pod 0/0/0
    const bench = fleet(4, 0);
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 0);
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(lastPlan(bench.core)?.moves).toEqual([]);
  });

  it('takes a host that its holder needs only from more than hysteresisHosts missing ones on', () => {
    // held/owed/wanted: /vm 4/3/4, /pod 2/3/6 (capacity 6, equal weights): one host more would even it out
    const bench = fleet(4, 2, { hysteresisHosts: 1 });
    bench.demand(OVIRT, '/vm', 4);
    bench.demand(KUBE, '/pod', 6);
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)).toEqual([expect.stringMatching(/^HYSTERESIS: \/pod lacks 1 standard host/)]);
    // /vm 5/3/4, /pod 1/3/6: two are missing; the first host that /vm does not need goes at once
    const uneven = fleet(5, 1, { hysteresisHosts: 1 });
    uneven.demand(OVIRT, '/vm', 5);
    uneven.demand(KUBE, '/pod', 6);
    round(uneven);
    expect(moving(uneven)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
  });

  it('takes a host that nobody needs for a single missing one, whatever hysteresisHosts is', () => {
    // held/owed/wanted: /vm 4/3/3, /pod 2/3/3
    const bench = fleet(4, 2, { hysteresisHosts: 3 });
    bench.demand(OVIRT, '/vm', 3);
    bench.demand(KUBE, '/pod', 3);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
  });

  it('takes hosts that nobody wants before shared surplus, cheapest leave first', () => {
    const bench = fleet(3, 0);
    bench.role('/etl');
    bench.framework(HADOOP, ['/etl']);
    for (const at of [1, 2, 3]) bench.host(`h${at}`, { heldBy: HADOOP, role: '/etl' });
    const seen = (hostId: string, leaveEstimateMs: number) => ({
      identity: bench.hostRecord(hostId).identity,
      name: hostId,
      managerState: 'up',
      serving: true,
      units: 3,
      leaveEstimateMs,
      drift: '',
    });
    bench.presence(
      OVIRT,
      true,
      new Map([
        ['v1', seen('v1', 1)],
        ['v2', seen('v2', 1)],
        ['v3', seen('v3', 1)],
      ]),
    );
    bench.presence(
      HADOOP,
      true,
      new Map([
        ['h1', seen('h1', 900)],
        ['h2', seen('h2', 300)],
        ['h3', seen('h3', 500)],
      ]),
    );
    // held/owed/wanted: /vm 3/2/9, /etl 3/1/1, /pod 0/2/2 or so: /etl holds 2 more than it wants, dear as they are
    bench.demand(OVIRT, '/vm', 9);
    bench.demand(HADOOP, '/etl', 1);
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    expect(moving(bench)).toEqual([`h2>${KUBE}`, `h3>${KUBE}`]);
    expect(lastPlan(bench.core)?.moves.map((move) => move.costMs)).toEqual([300, 500]);
  });

  it('waits until a shortage has lasted hysteresisRounds', () => {
    const bench = fleet(2, 0, { hysteresisRounds: 3 });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)).toEqual(['HYSTERESIS: /pod lacks 1 standard host for 2 of 3 rounds']);
    // The demand goes away for one round: counting starts again.
    bench.demand(KUBE, '/pod', 0);
    round(bench);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    round(bench);
    expect(moving(bench)).toEqual([]);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
  });

  it('leaves a shortage to free hosts, and to hosts on their way to be free', () => {
    const bench = fleet(2, 0);
    bench.host('f1');
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 2);
    expect(bench.move('v1', null)).toMatchObject({ ok: true });
    round(bench, 0);
    expect(moving(bench)).toEqual(['v1>free']);
    expect(notMoved(bench)).toEqual(['OFFERED: /pod lacks 2 standard hosts; 2 are free or soon will be']);
  });

  it('does not wait for a free host that the demand cannot use', () => {
    const bench = fleet(2, 0);
    bench.host('f1', { rack: 'far' });
    const constraints = [{ attribute: 'rack', op: 'not_equals' as const, values: ['far'] }];
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1, { constraints });
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
  });

  it('does not wait for a free host that a lending limit keeps for others', () => {
    // held/owed/wanted: /vm 4/2/4, /pod 0/2/4; two more hosts are free and kept for /idle
    const bench = fleet(4, 0);
    bench.role('/idle', { guarantee: { hosts: 2 }, lendingLimit: { hosts: 0 } });
    bench.host('f1');
    bench.host('f2');
    bench.demand(OVIRT, '/vm', 4);
    bench.demand(KUBE, '/pod', 4);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
  });

  it('leaves free hosts to who can be given them, not to a framework that is frozen', () => {
    const bench = fleet(2, 0);
    bench.role('/etl');
    bench.framework(HADOOP, ['/etl']);
    bench.host('f1');
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(HADOOP, '/etl', 1);
    bench.demand(KUBE, '/pod', 1);
    freeze(bench.core, 'ann', 'hadoop', 'audit', false);
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)).toContain('OFFERED: /pod lacks 1 standard host; 1 are free or soon will be');
  });

  it('takes no host that the demand cannot use, or that its framework has just declined', () => {
    const bench = fleet(3, 0);
    const constraints = [{ attribute: 'host', op: 'not_equals' as const, values: ['v1'] }];
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 3, { constraints });
    bench.core.filters.add(KUBE, '/pod', 'v2', bench.core.nowMs + 3_600_000);
    round(bench);
    expect(moving(bench)).toEqual([`v3>${KUBE}`]);
  });

  it('never takes a role below what it is guaranteed and wants', () => {
    // /vm guaranteed 3 of 6: held/owed/wanted 6/4/9 (the tie for the first borrowed host goes to who has it);
    // /pod, of a hundred times its weight, 0/2/9
    const bench = fleet(6, 0);
    bench.role('/vm', { guarantee: { hosts: 3 } });
    bench.role('/pod', { weight: 100 });
    bench.demand(OVIRT, '/vm', 9);
    bench.demand(KUBE, '/pod', 9);
    for (let rounds = 0; rounds < 3; rounds += 1) round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
  });

  it('lends idle guarantee, and takes it back for its owner past the minimum hold', () => {
    const bench = fleet(0, 4, { minHoldMs: 3_600_000 });
    for (const at of [1, 2, 3, 4]) {
      const lease = bench.core.state.leases.get(`l-p${at}`);
      if (lease !== undefined)
        bench.core.state.leases.put({ ...lease, origin: 'claimed', servingSinceMs: bench.core.nowMs });
    }
    bench.role('/vm', { guarantee: { hosts: 2 } });
    // held/owed/wanted: /vm 0/0/0 (guarantee 2 idle), /pod 4/4/9: the lent hosts stay
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 9);
    round(bench);
    expect(moving(bench)).toEqual([]);
    // /vm 0/2/2: below its guarantee; minimum hold gives way
    bench.demand(OVIRT, '/vm', 2);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`, `p2>${OVIRT}`]);
    expect([...bench.core.state.transitions.values()].every((one) => one.reclaim && !one.hard)).toBe(true);
  });

  it('holds borrowed hosts back for their minimum time when no guarantee is at stake', () => {
    const bench = fleet(2, 0, { minHoldMs: 3_600_000 });
    for (const at of [1, 2]) {
      const lease = bench.core.state.leases.get(`l-v${at}`);
      if (lease !== undefined)
        bench.core.state.leases.put({ ...lease, origin: 'claimed', servingSinceMs: bench.core.nowMs });
    }
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)).toEqual([
      'MIN_HOLD: /pod lacks 1 standard host; hosts of who has more than its share are held back, 2 by MIN_HOLD (v1 of ovirt/prod)',
    ]);
    round(bench, 3_600_000);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
  });

  it('kills workloads only to give back what was lent under a hard policy, and keeps its promise in time', () => {
    const bench = fleet(0, 2);
    bench.role('/vm', { guarantee: { hosts: 1 } });
    const policy = { kind: 'hard', graceMs: 120_000, deadlineMs: 600_000, movesPerRound: 1, minHoldMs: -1 } as const;
    bench.role('/pod', { reclaim: policy });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 9);
    round(bench);
    round(bench);
    // The shortage is 60 s old; the lender's grace is 120 s.
    expect(moving(bench)).toEqual([]);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    expect(bench.transition('p1')).toMatchObject({ hard: true, reclaim: true, drainDeadlineMs: 600_000 });
  });

  it.each([
    [0, 'gives back none in a round'],
    [1, 'gives back at most 1 in a round'],
    [2, 'gives back at most 2 in a round'],
  ])('takes at most movesPerRound (%i) hosts of a lender in one round, of all shapes together', (limit, why) => {
    const bench = fleet(0, 4);
    bench.core.state.shapes.put({ shape: 'big', rank: 1, constraints: [], minimum: {} });
    for (const host of ['p3', 'p4']) bench.core.state.hosts.put({ ...bench.hostRecord(host), shape: 'big' });
    bench.role('/vm', { guarantee: { 'hosts/standard': 2, 'hosts/big': 1 } });
    bench.role('/pod', {
      reclaim: { kind: 'soft', graceMs: 0, deadlineMs: 0, movesPerRound: limit, minHoldMs: -1 },
    });
    bench.demand(OVIRT, '/vm', 2);
    const record = bench.core.state.demands.get(`${OVIRT}|/vm`)!;
    const big = { ...record.entries[0]!, demandId: 'big', want: { kind: 'hosts', shape: 'big' }, count: 1 } as const;
    bench.core.state.demands.put({ ...record, entries: [...record.entries, big] });
    bench.demand(KUBE, '/pod', 9);
    round(bench);
    expect(moving(bench)).toHaveLength(limit);
    expect(notMoved(bench)).toContainEqual(
      expect.stringContaining(`MOVE_BUDGET: /vm lacks 1 standard host; /pod ${why}`),
    );
  });

  it('shows a guarantee that is unmet with what stands in its way, until it is met', () => {
    const bench = fleet(0, 2);
    bench.role('/vm', { guarantee: { hosts: 1 } });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 9);
    bench.presence(KUBE, false);
    round(bench);
    expect(bench.core.state.conditions.get('GUARANTEE_UNMET|/vm')?.message).toBe(
      'ovirt/prod in /vm holds 0 of 1 guaranteed standard hosts: DISCONNECTED: /vm lacks 1 standard host; ' +
        'hosts of who has more than its share are held back, 2 by DISCONNECTED (p1 of kubernetes/east)',
    );
    bench.presence(KUBE, true);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    expect(bench.core.state.conditions.has('GUARANTEE_UNMET|/vm')).toBe(false);
  });

  it('serves the role below its guarantee first, then shortages in turn', () => {
    const bench = fleet(8, 0, { movesInFlightMax: 3, movesInFlightPerWorkloadMax: 9, reclaimInFlightMax: 0 });
    bench.role('/etl', { guarantee: { hosts: 1 } });
    bench.framework(HADOOP, ['/etl']);
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 5);
    bench.demand(HADOOP, '/etl', 1);
    // held/owed/wanted: /vm 8/2/2, /pod 0/5/5, /etl 0/1/1 (guaranteed)
    round(bench);
    expect(moving(bench)).toEqual([`v1>${HADOOP}`, `v2>${KUBE}`, `v3>${KUBE}`]);
    expect(notMoved(bench)).toEqual([
      'MOVE_BUDGET: /pod lacks 1 standard host; 3 moves are in flight; movesInFlightMax is 3',
    ]);
  });

  it('stays within its budgets per workload, per rack and per hour', () => {
    const perWorkload = fleet(6, 0, { movesInFlightPerWorkloadMax: 2 });
    const perRack = fleet(0, 0, { movesInFlightPerRackMax: 1 });
    for (const at of [1, 2, 3, 4]) perRack.host(`v${at}`, { heldBy: OVIRT, role: '/vm', rack: at < 4 ? 'r1' : 'r2' });
    const perHour = fleet(6, 0, { movesPerHourMax: 3 });
    for (const bench of [perWorkload, perRack, perHour]) {
      bench.demand(OVIRT, '/vm', 0);
      bench.demand(KUBE, '/pod', 6);
      round(bench);
    }
    expect(moving(perWorkload)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
    expect(moving(perRack)).toEqual([`v1>${KUBE}`, `v4>${KUBE}`]);
    expect(moving(perHour)).toHaveLength(3);
    for (const host of ['v1', 'v2', 'v3']) perHour.until(host, 'the end');
    round(perHour);
    expect(notMoved(perHour)[0]).toMatch(/^MOVE_BUDGET: .* 3 moves began within the hour/);
  });

  it('does not send back what just came', () => {
    const bench = fleet(2, 0, { minHoldMs: 3_600_000 });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    bench.until('v1', 'the end');
    expect(bench.place('v1')).toBe('completed');
    // The demand turns at once: the moved host is held for its minimum time, the other way round as well.
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 0);
    for (let rounds = 0; rounds < 10; rounds += 1) round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)[0]).toMatch(/^MIN_HOLD: /);
  });

  it('leaves a host alone for a while after an aborted move', () => {
    const bench = fleet(1, 0, { coolDownMs: 900_000 });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    bench.answer('v1', 'refused');
    expect(bench.place('v1')).toBe('cancelled');
    round(bench);
    expect(notMoved(bench)).toEqual([
      'COOL_DOWN: /pod lacks 1 standard host; ' +
        'hosts of who has more than its share are held back, 1 by COOL_DOWN (v1 of ovirt/prod: forecast was refused: refused)',
    ]);
    round(bench, 900_000);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
  });

  it('takes nothing from a framework that was not observed, whose host drifted, or that is frozen', () => {
    const bench = fleet(3, 0);
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 3);
    freeze(bench.core, 'ann', 'ovirt', 'change window', false);
    round(bench);
    expect(notMoved(bench)[0]).toMatch(/^FROZEN: /);
    bench.core.state.freezes.delete('ovirt');
    const drifted = {
      identity: bench.hostRecord('v1').identity,
      name: 'v1',
      managerState: 'up',
      serving: true,
      units: 0,
      leaveEstimateMs: 0,
      drift: 'activated by hand',
    };
    bench.presence(OVIRT, true, new Map([['v1', drifted]]));
    bench.core.state.hosts.put({ ...bench.hostRecord('v2'), cordoned: true });
    round(bench);
    expect(moving(bench)).toEqual([`v3>${KUBE}`]);
  });

  it('shares what a role is owed among its frameworks as the allocator would', () => {
    // /vm alone: oVirt holds 4 of it and wants 4, its second cluster holds 0 and wants 4; /vm owed 4 of 8: 2 each
    const bench = fleet(4, 0);
    const test = 'ovirt/test';
    bench.framework(test, ['/vm']);
    bench.demand(OVIRT, '/vm', 4);
    bench.demand(test, '/vm', 4);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${test}`, `v2>${test}`]);
    expect(lastPlan(bench.core)?.moves[0]?.reason).toBe(
      'ovirt/test in /vm is owed more (holds 0 of 2), ovirt/prod in /vm has more than its share (holds 4, owed 2, wants 4)',
    );
    round(bench);
    expect(moving(bench)).toHaveLength(2);
  });

  it("serves a role's higher priority before its lower one", () => {
    // The second cluster's demand is urgent: 3 of the 4 hosts, one stays
    const bench = fleet(4, 0);
    const test = 'ovirt/test';
    bench.framework(test, ['/vm']);
    bench.demand(OVIRT, '/vm', 4);
    bench.demand(test, '/vm', 3, { priority: 5 });
    round(bench);
    expect(moving(bench)).toEqual([`v1>${test}`, `v2>${test}`, `v3>${test}`]);
  });

  it('takes nothing from a framework that has not said what it wants since the start', () => {
    // /vm said nothing: it is taken to want the 3 it holds; held/owed/wanted 3/2/3, /pod 0/1/1
    const bench = fleet(3, 0);
    bench.role('/vm', { guarantee: { hosts: 3 } });
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    expect(moving(bench)).toEqual([]);
  });
});

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

describe('a lost host', () => {
  const lose = (bench: Bench, ...hosts: readonly string[]): void =>
    hosts.forEach((host) => bench.agent(host, false, true));

  it('serves nobody: its holder, guaranteed as many, is given another one, and stays charged for it', () => {
    // held/lost/owed/wanted: /vm 1/1/2/2 (guaranteed 2), /pod 2/0/1/9
    const bench = fleet(2, 2);
    bench.role('/vm', { guarantee: { hosts: 2 } });
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 9);
    round(bench);
    expect(moving(bench)).toEqual([]);
    lose(bench, 'v1');
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    expect(bench.transition('p1').reclaim).toBe(true);
    expect(usage(bench.core, '/vm')).toMatchObject({ used: { hosts: 2 }, movingIn: { hosts: 1 } });
    // It is back: nobody is taken anything for it any more.
    bench.agent('v1', true);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
  });

  it('counts for the limit of its holder, which beats the guarantee', () => {
    const bench = fleet(2, 2);
    bench.role('/vm', { guarantee: { hosts: 2 }, limit: { hosts: 2 } });
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 9);
    lose(bench, 'v1');
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(bench.core.state.conditions.get('GUARANTEE_UNMET|/vm')?.message).toMatch(/holds 1 of 2 .*ROLE_LIMIT/);
  });

  it('is no surplus of its holder, nor does it keep the guarantee: hosts that serve are not taken for it', () => {
    // held/lost/owed/wanted: /pod 2/2/2/2 (guaranteed 2), /vm 0/0/0/2
    const bench = fleet(0, 4);
    bench.role('/pod', { guarantee: { hosts: 2 } });
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 2);
    lose(bench, 'p1', 'p2');
    round(bench);
    expect(moving(bench)).toEqual([]);
    bench.agent('p1', true);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
  });

  it('that a move brings is not waited for: another one is moved meanwhile', () => {
    const bench = fleet(0, 3, { movesInFlightPerWorkloadMax: 9 });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    bench.until('p1', 'wipe');
    lose(bench, 'p1');
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`, `p2>${OVIRT}`]);
  });
});

describe('who wins when rules collide', () => {
  // /vm is guaranteed 1 and wants it; everything is with /pod, which wants more than there is: the guarantee pulls.
  function guaranteed(options: Partial<SchedulerOptions> = {}): Bench {
    const bench = fleet(0, 1, options);
    bench.role('/vm', { guarantee: { hosts: 1 } });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 9);
    return bench;
  }
  const unmet = (bench: Bench): string =>
    bench.core.state.conditions.get('GUARANTEE_UNMET|/vm')?.message.replace(/^.* held back, /, '') ?? '';
  function claimedNow(bench: Bench, hostId: string): void {
    const lease = bench.core.state.leases.get(`l-${hostId}`);
    if (lease === undefined) throw new Error(`${hostId} is not leased`);
    bench.core.state.leases.put({ ...lease, origin: 'claimed', servingSinceMs: bench.core.nowMs });
  }

  it('what is pinned beats a guarantee: a host that an admin keeps is not taken, and the condition says whose and why', () => {
    const bench = guaranteed();
    bench.core.state.hosts.put({ ...bench.hostRecord('p1'), cordoned: true, cordonReason: 'ada: keeps the registry' });
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(unmet(bench)).toBe('1 by FROZEN (p1 of kubernetes/east: ada: keeps the registry)');
  });

  it('fencing beats a hard policy: nothing is wiped before the attempt that may still work has ended', () => {
    const bench = guaranteed();
    bench.role('/pod', { reclaim: { kind: 'hard', graceMs: 0, deadlineMs: 60_000, movesPerRound: 9, minHoldMs: -1 } });
    round(bench);
    bench.until('p1', 'leave');
    bench.pass(bench.core.options.stepLeaseMs);
    expect(bench.place('p1')).toBe('leave asked');
    expect(bench.core.state.leases.has('l-p1')).toBe(true);
  });

  it('clean beats a hard policy: a host that cannot be proved clean is quarantined, whoever waits for it', () => {
    const bench = guaranteed();
    bench.role('/pod', { reclaim: { kind: 'hard', graceMs: 0, deadlineMs: 60_000, movesPerRound: 9, minHoldMs: -1 } });
    round(bench);
    bench.until('p1', 'verify_clean');
    bench.answer('p1', 'refused');
    expect(bench.place('p1')).toBe('quarantined');
    round(bench);
    expect(moving(bench)).toEqual([]);
  });

  it("a manager's refusal under soft policy beats a guarantee: the host stays, and the condition names what refused", () => {
    const bench = guaranteed();
    round(bench);
    bench.until('p1', 'drain');
    bench.answer('p1', 'refused', { message: 'pod db-0 must stay' });
    bench.answer('p1', 'done');
    expect(bench.place('p1')).toBe('rolled_back');
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(bench.core.state.conditions.get('GUARANTEE_UNMET|/vm')?.message).toMatch(
      /^ovirt\/prod in \/vm holds 0 of 1 guaranteed standard hosts: COOL_DOWN: /,
    );
    expect(unmet(bench)).toBe('1 by COOL_DOWN (p1 of kubernetes/east: drain was refused: pod db-0 must stay)');
  });

  it('a limit beats a guarantee below it', () => {
    const bench = guaranteed();
    bench.role('/prod', { limit: { hosts: 0 } });
    bench.role('/prod/vm', { guarantee: { hosts: 1 } });
    bench.framework('ovirt/lab', ['/prod/vm']);
    bench.demand(OVIRT, '/vm', 0);
    bench.demand('ovirt/lab', '/prod/vm', 1);
    round(bench);
    expect(moving(bench)).toEqual([]);
    bench.role('/prod', { limit: { hosts: 1 } });
    round(bench);
    expect(moving(bench)).toEqual(['p1>ovirt/lab']);
  });

  it('a guarantee beats the minimum hold', () => {
    const bench = guaranteed({ minHoldMs: 3_600_000 });
    claimedNow(bench, 'p1');
    round(bench, 1_000);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
  });

  it('a guarantee beats the minimum hold, also when it is that of a role above', () => {
    const bench = fleet(0, 2);
    bench.role('/eng', { guarantee: { hosts: 1 } });
    bench.role('/eng/vm');
    bench.framework(OVIRT, ['/eng/vm']);
    bench.role('/pod', {
      reclaim: { kind: 'soft', graceMs: 0, deadlineMs: 0, movesPerRound: 5, minHoldMs: 3_600_000 },
    });
    bench.demand(OVIRT, '/eng/vm', 1);
    bench.demand(KUBE, '/pod', 9);
    claimedNow(bench, 'p1');
    claimedNow(bench, 'p2');
    bench.presence(KUBE, false);
    round(bench);
    expect(bench.core.state.conditions.get('GUARANTEE_UNMET|/eng')?.message).toMatch(
      /^ovirt\/prod in \/eng\/vm: \/eng holds 0 of 1 guaranteed standard hosts: DISCONNECTED: /,
    );
    bench.presence(KUBE, true);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    expect(bench.transition('p1').reclaim).toBe(true);
    expect(bench.core.state.conditions.has('GUARANTEE_UNMET|/eng')).toBe(false);
  });

  it('hosts that change hands below a guarantee do not help to meet it: there the minimum hold stands', () => {
    // held/owed/wanted: /eng 2/3/3 (guaranteed 3), of these /eng/etl 2/1/1 and /eng/vm 0/2/2; /pod 1/0/9
    const bench = fleet(0, 1);
    const reclaim = { kind: 'soft', graceMs: 0, deadlineMs: 0, movesPerRound: 5, minHoldMs: 3_600_000 } as const;
    bench.role('/eng', { guarantee: { hosts: 3 } });
    bench.role('/eng/vm');
    bench.role('/eng/etl', { reclaim });
    bench.role('/pod', { reclaim });
    bench.framework(OVIRT, ['/eng/vm']);
    bench.framework(HADOOP, ['/eng/etl']);
    for (const at of [1, 2]) bench.host(`e${at}`, { heldBy: HADOOP, role: '/eng/etl' });
    for (const host of ['e1', 'e2', 'p1']) claimedNow(bench, host);
    bench.demand(OVIRT, '/eng/vm', 2);
    bench.demand(HADOOP, '/eng/etl', 1);
    bench.demand(KUBE, '/pod', 9);
    round(bench);
    expect(moving(bench)).toEqual([`p1>${OVIRT}`]);
    expect(notMoved(bench)).toEqual([
      'MIN_HOLD: /eng/vm lacks 1 standard host; hosts of who has more than its share are held back, 2 by MIN_HOLD (e1 of hadoop/lake)',
    ]);
  });

  it('the minimum hold beats budgets: it is what is named where both stand in the way', () => {
    const bench = fleet(2, 0, { minHoldMs: 3_600_000, movesPerHourMax: 1 });
    bench.core.planMemory.moveStartsMs.push(bench.core.nowMs);
    for (const host of ['v1', 'v2']) claimedNow(bench, host);
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 2);
    round(bench, 1_000);
    expect(notMoved(bench)[0]).toMatch(/^MIN_HOLD: /);
  });

  it('budgets beat hysteresis: they are what is named where both stand in the way', () => {
    const bench = fleet(2, 0, { movesPerHourMax: 1, hysteresisRounds: 2, planPeriodMs: 1_000 });
    bench.core.planMemory.moveStartsMs.push(bench.core.nowMs);
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 2);
    round(bench, 1_000);
    // The shortage has lasted; the surplus of /vm is new.
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 2);
    bench.core.planMemory.surplusRounds.clear();
    round(bench, 1_000);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)[0]).toMatch(/^MOVE_BUDGET: /);
  });

  it('hysteresis counts rounds of the plan period, not those that commands ask for in between', () => {
    const bench = fleet(2, 0, { hysteresisRounds: 3 });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    for (let command = 0; command < 9; command += 1) round(bench, 10_000);
    // Ten rounds in 90 s: two of them are a period apart.
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)[0]).toBe('HYSTERESIS: /pod lacks 2 standard hosts for 2 of 3 rounds');
    round(bench, 30_000);
    expect(moving(bench)).toHaveLength(2);
  });

  it('hysteresis holds where nothing above it does', () => {
    const bench = fleet(2, 0, { hysteresisRounds: 2 });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    expect(notMoved(bench)[0]).toMatch(/^HYSTERESIS: /);
    round(bench);
    expect(moving(bench)).toHaveLength(2);
  });
});

describe('a demand that needs several hosts at once', () => {
  it.each([
    ['a minimum above what its role is owed', { minimum: 3 }, []],
    ['all or nothing of more than its role is owed', { allOrNothing: true }, []],
    ['a minimum that it is owed', { minimum: 2 }, ['v1', 'v2']],
    ['no minimum', {}, ['v1', 'v2']],
  ] as const)('gets hosts only where that many can be reached: %s', (_what, given, hosts) => {
    // held/owed/wanted: /vm 4/2/4, /pod 0/2/6
    const bench = fleet(4, 0);
    bench.demand(OVIRT, '/vm', 4);
    bench.demand(KUBE, '/pod', 6, given);
    round(bench);
    expect(moving(bench)).toEqual(hosts.map((host) => `${host}>${KUBE}`));
    if (hosts.length === 0)
      expect(notMoved(bench)[0]).toMatch(
        /^FAIR_SHARE: \/pod lacks 2 standard hosts; its demand kubernetes\/east-hosts is of use from \d hosts on, and it is owed 2$/,
      );
  });

  it('gets none where too few hosts of the fleet match it', () => {
    const bench = fleet(6, 0);
    bench.demand(OVIRT, '/vm', 0);
    const constraints = [{ attribute: 'host', op: 'in' as const, values: ['v1', 'v2'] }];
    bench.demand(KUBE, '/pod', 4, { minimum: 3, constraints });
    round(bench);
    expect(moving(bench)).toEqual([]);
    bench.demand(KUBE, '/pod', 4, { minimum: 2, constraints });
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
  });
});

describe('what is owed (I4)', () => {
  it('holds for a role that is guaranteed hosts of any shape, and for the roles above the donor', () => {
    // /vm is guaranteed 3 of any shape and wants 4 small, 0 big ones; it holds 1 small and 3 big: keeping 3 leaves 1 to give
    const bench = fleet(1, 0);
    for (const at of [1, 2, 3]) bench.host(`b${at}`, { heldBy: OVIRT, role: '/vm', shape: 'big' });
    bench.role('/vm', { guarantee: { hosts: 3 } });
    bench.demand(OVIRT, '/vm', 4);
    bench.demand(KUBE, '/pod', 3, { want: { kind: 'hosts', shape: 'big' } });
    round(bench);
    expect(moving(bench)).toEqual([`b1>${KUBE}`]);
  });

  it('is looked at again when an approved plan starts', () => {
    const bench = fleet(3, 0, { planMode: 'approve' });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    const plan = lastPlan(bench.core);
    expect(plan?.moves).toHaveLength(2);
    // Meanwhile /vm is guaranteed 2 and wants them.
    bench.role('/vm', { guarantee: { hosts: 2 } });
    bench.demand(OVIRT, '/vm', 2);
    const reply = approvePlan(bench.core, 'ann', plan?.planId ?? '', 1, false);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
    expect(reply.ok ? reply.changes : []).toHaveLength(1);
    expect(reply.ok ? reply.remarks?.at(-1) : '').toBe(
      'FAIR_SHARE: v2 was not moved: /vm or a role above it would keep less than it is guaranteed and wants',
    );
  });
});

describe('an approved plan', () => {
  it.each<[string, (bench: Bench) => void, string]>([
    [
      'has changed hands',
      (bench) => {
        bench.framework(HADOOP, ['/vm']);
        const lease = bench.core.state.leases.get('l-v1');
        if (lease !== undefined) bench.core.state.leases.put({ ...lease, frameworkId: HADOOP });
      },
      'FAIR_SHARE: v1 was not moved: it is not held by ovirt/prod in /vm any more',
    ],
    [
      'is cordoned',
      (bench) => bench.core.state.hosts.put({ ...bench.hostRecord('v1'), cordoned: true }),
      'FROZEN: v1 was not moved: it may not be taken from ovirt/prod now',
    ],
    [
      'is wanted no longer',
      (bench) => bench.demand(KUBE, '/pod', 0),
      'NO_MATCH: v1 was not moved: kubernetes/east in /pod has no demand for it any more',
    ],
  ])('leaves a host alone that %s since it was made, and says only what it starts', (_what, change, refusal) => {
    const bench = fleet(2, 0, { planMode: 'approve' });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    change(bench);
    const planId = lastPlan(bench.core)?.planId ?? '';
    for (const dryRun of [true, false])
      expect(approvePlan(bench.core, 'ann', planId, 1, dryRun)).toMatchObject({
        ok: true,
        changes: [],
        remarks: [refusal],
      });
    expect(moving(bench)).toEqual([]);
  });
});

describe('greedy planner', () => {
  it('moves one host a round to the most starved, from who holds most above what it wants', () => {
    // held/wanted: /vm 4/1, /pod 0/2: starved without end; guarantee and share are not looked at
    const bench = fleet(4, 0, { planner: 'greedy' });
    bench.role('/vm', { guarantee: { hosts: 4 } });
    bench.demand(OVIRT, '/vm', 1);
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
    round(bench);
    expect(moving(bench)).toHaveLength(2);
  });

  it('takes nothing that its holder wants, and respects limits', () => {
    const bench = fleet(2, 0, { planner: 'greedy' });
    bench.demand(OVIRT, '/vm', 2);
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)[0]).toMatch(/^NO_CAPACITY: /);
    bench.demand(OVIRT, '/vm', 0);
    bench.role('/pod', { limit: { hosts: 0 } });
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)[0]).toMatch(/^ROLE_LIMIT: v1 was not moved: .* over its limit of 0 hosts/);
    expect(bench.core.state.plans.size).toBe(0);
  });
});

describe('plans', () => {
  function proposed(mode: 'approve' | 'observe'): { readonly bench: Bench; readonly planId: string } {
    const bench = fleet(3, 0, { planMode: mode });
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    round(bench);
    return { bench, planId: lastPlan(bench.core)?.planId ?? '' };
  }

  it('wait for approval of exactly the version that was looked at', () => {
    const { bench, planId } = proposed('approve');
    expect(moving(bench)).toEqual([]);
    expect(lastPlan(bench.core)).toMatchObject({ version: 1, status: 'proposed', moves: [{ hostName: 'v1' }] });
    round(bench);
    expect(lastPlan(bench.core)).toMatchObject({ planId, version: 1 });
    bench.demand(KUBE, '/pod', 2);
    round(bench);
    expect(lastPlan(bench.core)).toMatchObject({ planId, version: 2 });
    expect(approvePlan(bench.core, 'ann', planId, 1, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(approvePlan(bench.core, 'ann', planId, 2, true)).toMatchObject({ ok: true });
    expect(moving(bench)).toEqual([]);
    expect(approvePlan(bench.core, 'ann', planId, 2, false)).toMatchObject({ ok: true, ids: [planId] });
    expect(moving(bench)).toEqual([`v1>${KUBE}`, `v2>${KUBE}`]);
    expect(bench.transition('v1')).toMatchObject({ planId, demandId: `${KUBE}-hosts`, requestedBy: 'planner' });
    expect(lastPlan(bench.core)).toMatchObject({ status: 'done', decidedBy: 'ann' });
    expect(approvePlan(bench.core, 'ann', planId, 2, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
  });

  it('keep their version and their hosts while others would do as well, but not hosts that may not be taken', () => {
    const { bench, planId } = proposed('approve');
    const cheapest = (name: string): void => {
      const hosts = ['v1', 'v2', 'v3'].map((hostId) => ({
        identity: bench.hostRecord(hostId).identity,
        name: hostId,
        managerState: 'up',
        serving: true,
        units: 1,
        leaveEstimateMs: hostId === name ? 1 : 1_000,
        drift: '',
      }));
      bench.presence(OVIRT, true, new Map(hosts.map((one) => [one.name, one])));
      round(bench);
    };
    const present = () => lastPlan(bench.core);
    expect(present()).toMatchObject({ planId, version: 1, moves: [{ hostName: 'v1' }] });
    for (const name of ['v2', 'v3', 'v2']) {
      cheapest(name);
      expect(present()).toMatchObject({ planId, version: 1, moves: [{ hostName: 'v1' }] });
    }
    bench.core.state.hosts.put({ ...bench.hostRecord('v1'), cordoned: true });
    cheapest('v3');
    expect(present()).toMatchObject({ planId, version: 2, moves: [{ hostName: 'v3' }] });
  });

  it('can be rejected, and are dropped when nothing needs to move', () => {
    const { bench, planId } = proposed('approve');
    expect(rejectPlan(bench.core, 'ann', planId, 1, false)).toMatchObject({ ok: true });
    expect(lastPlan(bench.core)).toMatchObject({ status: 'rejected', decidedBy: 'ann' });
    round(bench);
    expect(lastPlan(bench.core)?.planId).not.toBe(planId);
    bench.demand(KUBE, '/pod', 0);
    round(bench);
    expect(lastPlan(bench.core)).toMatchObject({ status: 'superseded' });
    expect(moving(bench)).toEqual([]);
  });

  it('are only shown while observing, and run once the mode is auto', () => {
    const { bench, planId } = proposed('observe');
    expect(approvePlan(bench.core, 'ann', planId, 1, false)).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
    expect(setPlanMode(bench.core, 'ann', 'auto', true)).toMatchObject({
      ok: true,
      changes: ['the plan mode changes from observe to auto'],
    });
    round(bench);
    expect(moving(bench)).toEqual([]);
    setPlanMode(bench.core, 'ann', 'auto', false);
    for (const dryRun of [true, false])
      expect(setPlanMode(bench.core, 'ann', 'auto', dryRun)).toEqual({
        ok: true,
        changes: [],
        remarks: ['the plan mode is auto already'],
        ids: [],
      });
    round(bench);
    expect(moving(bench)).toEqual([`v1>${KUBE}`]);
  });

  it('are not made while the core recovers or the planner is off', () => {
    const bench = fleet(3, 0);
    bench.demand(OVIRT, '/vm', 0);
    bench.demand(KUBE, '/pod', 1);
    bench.core.raise('RECOVERING', 'master', 'hosts have not reported', 'wait');
    round(bench);
    expect(moving(bench)).toEqual([]);
    expect(notMoved(bench)).toEqual(['RECOVERING: the planner waits until enough hosts have reported since the start']);
    const off = fleet(3, 0, { planner: 'off' });
    off.demand(OVIRT, '/vm', 0);
    off.demand(KUBE, '/pod', 1);
    round(off);
    expect(moving(off)).toEqual([]);
  });
});
