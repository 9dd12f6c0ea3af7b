/** Which rule wins where rules collide, in the planner; a test for each step of the order. */
import { describe, expect, it } from '@jest/globals';
import type { SchedulerOptions } from '../../../../scheduler/config.js';
import { approvePlan, lastPlan } from '../../../../scheduler/reassign/index.js';
import { type Bench, KUBE, OVIRT } from './bench.js';
import { fleet, HADOOP, moving, notMoved, round } from './planner-fleet.js';

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
