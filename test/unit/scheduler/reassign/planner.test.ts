/** The planner by cases. Beside each case stand holdings / entitlement / demand of the roles as the planner sees them. */
import { describe, expect, it } from '@jest/globals';
import { usage } from '../../../../scheduler/quota/index.js';
import { freeze, lastPlan } from '../../../../scheduler/reassign/index.js';
import { Bench, KUBE, OVIRT } from './bench.js';
import { fleet, HADOOP, moving, notMoved, NOW, round } from './planner-fleet.js';

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
      expect.stringContaining(
        `MOVE_BUDGET: /vm lacks ${limit === 0 ? '2 standard hosts' : '1 standard host'}; /pod ${why}`,
      ),
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
      'MOVE_BUDGET: /pod lacks 3 standard hosts; 3 moves are in flight; movesInFlightMax is 3',
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
