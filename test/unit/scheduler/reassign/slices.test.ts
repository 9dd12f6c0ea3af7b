/**
 * Slices are taken back by the laws of whole hosts. Beside each case stand use / guarantee in CPUs. A shared host has 8 CPUs
 * unless the case says otherwise; a task asks for 2.
 */
import { describe, expect, it } from '@jest/globals';
import type { OperatorCommand, RoleChange, SchedulerOptions } from '../../../../scheduler/index.js';
import { slicesWanted } from '../../../support/core-harness.js';
import { sliceClaims } from '../../../../scheduler/reassign/slices/claims.js';
import { draftSlices } from '../../../../scheduler/reassign/slices/draft.js';
import { task, World } from '../allocate/world.js';
import { borrowed, cpus, guarantee, HARD, NOTICE_MS, PERIOD_MS, SliceFleet, two } from './slice-fleet.js';

describe('YuniKorn: preemption of tasks', () => {
  it('law: a role below its guarantee with standing demand gets room, and no more than its guarantee', () => {
    // /own 0/4 wants 6, /lend 8/0
    const { fleet, borrower, owner } = borrowed(4, 3);
    fleet.advance(4 * PERIOD_MS);
    expect(borrower.notices).toMatchObject([{ taskIds: ['t4', 't3'], killAfterMs: NOTICE_MS }]);
    fleet.advance(NOTICE_MS + 2 * PERIOD_MS);
    expect([fleet.used('/own'), fleet.used('/lend'), owner.launched]).toEqual([4, 4, 2]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/lend'), borrower.noticed.length]).toEqual([4, 4, 2]);
  });

  it('law: nothing is taken below the guarantee of who loses it', () => {
    // /own 0/4, /lend 8/6: only one task of two CPUs is borrowed
    const { fleet, borrower } = borrowed(2, 2, { ...HARD, ...guarantee(6) });
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/lend'), borrower.noticed.length]).toEqual([2, 6, 1]);
  });

  it('law: what was told to go already counts as lost to who loses it, in the rounds after as well', () => {
    // /own 0/4; /lend 8/6 on two hosts: one task of two CPUs is borrowed; /keep 8/0 keeps what it has
    const fleet = new SliceFleet([8, 8]).roles({
      '/lend': { ...HARD, ...guarantee(6) },
      '/keep': {},
      '/own': guarantee(4),
    });
    const borrower = fleet.framework('batch/b', '/lend');
    const keeper = fleet.framework('batch/k', '/keep');
    for (const count of [2, 2]) {
      borrower.wants([slicesWanted('b', count, two)]);
      keeper.wants([slicesWanted('k', count, two)]);
      fleet.advance(1_000);
    }
    expect([fleet.used('/lend'), fleet.used('/keep')]).toEqual([8, 8]);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 2, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/lend')]).toEqual([2, 6]);
    expect([borrower.noticed.length, borrower.cancelled.length]).toEqual([1, 0]);
  });

  it('law: the guarantee of a role above who loses it holds, too', () => {
    const fleet = new SliceFleet([8]).roles({
      '/dept': guarantee(6),
      '/dept/a': HARD,
      '/own': { ...guarantee(2), ...HARD },
    });
    const borrower = fleet.framework('batch/b', '/dept/a');
    borrower.wants([slicesWanted('b', 4, two)]);
    fleet.advance(1_000);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 4, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/dept')]).toEqual([2, 6]);
  });

  it('law: what a sibling is guaranteed and leaves idle is nobody else’s guarantee: who borrows it loses it', () => {
    // /a/x 0/6, /a/y 6/0, /z 6/0 with a soft policy; /own 0/6 wants 6
    const fleet = new SliceFleet([12]).roles({
      '/a': {},
      '/a/x': guarantee(6),
      '/a/y': HARD,
      '/z': {},
      '/own': guarantee(6),
    });
    for (const role of ['/a/y', '/z']) {
      fleet.framework(`batch/${role.at(-1)}`, role).wants([slicesWanted('d', 3, two)]);
      fleet.advance(1_000);
    }
    expect([fleet.used('/a/y'), fleet.used('/z')]).toEqual([6, 6]);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 3, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/z'), fleet.condition('/own')]).toEqual([6, 6, '']);
  });

  it('law: what a sibling is guaranteed and leaves idle does not make who uses it borrow less', () => {
    // /a/x 0/6, /a/y 8/0, /z 4/0; /own 0/4 wants 4: y borrows most
    const fleet = new SliceFleet([12]).roles({
      '/a': {},
      '/a/x': guarantee(6),
      '/a/y': HARD,
      '/z': HARD,
      '/own': guarantee(4),
    });
    for (const [role, count] of [
      ['/a/y', 4],
      ['/z', 2],
    ] as const) {
      fleet.framework(`batch/${role.at(-1)}`, role).wants([slicesWanted('d', count, two)]);
      fleet.advance(1_000);
    }
    expect([fleet.used('/a/y'), fleet.used('/z')]).toEqual([8, 4]);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 2, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/a/y'), fleet.used('/z')]).toEqual([4, 4, 4]);
  });

  it('law: nothing is taken from a higher priority', () => {
    const { fleet, borrower } = borrowed(4, 2, { ...HARD, priority: 1 });
    fleet.advance(600_000);
    expect([fleet.used('/own'), borrower.noticed]).toEqual([0, []]);
    expect(fleet.condition('/own')).toMatch(
      /lacks 2 slices of what \/own is guaranteed: PRIORITY: .*by PRIORITY \(one of \/lend\)/,
    );
  });

  it('law: the lowest priority goes first, then who borrows most, then the youngest task', () => {
    // /low 2 and /b 4 and /c 6 of 12 CPUs, nothing guaranteed
    const fleet = new SliceFleet([12]).roles({
      '/low': { ...HARD, priority: -1 },
      '/b': HARD,
      '/c': HARD,
      '/own': guarantee(6),
    });
    const [low, b, c] = (['low', 'b', 'c'] as const).map((name) => fleet.framework(`batch/${name}`, `/${name}`));
    for (const [peer, count] of [
      [low!, 1],
      [b!, 2],
      [c!, 3],
    ] as const) {
      peer.wants([slicesWanted('d', count, two)]);
      fleet.advance(1_000);
    }
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 9, two)]);
    const order: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      fleet.advance(NOTICE_MS + 4 * PERIOD_MS);
      for (const peer of [low!, b!, c!])
        for (const taskId of peer.noticed)
          if (!order.includes(`${peer.name} ${taskId}`)) order.push(`${peer.name} ${taskId}`);
    }
    expect(order).toEqual(['batch/low t1', 'batch/c t3', 'batch/c t2']);
    expect(fleet.used('/own')).toBe(6);
  });

  it('law: nobody is preempted within the role that is owed: its own tasks make no room for it', () => {
    const fleet = new SliceFleet([8]).roles({ '/dept': guarantee(8), '/dept/a': HARD, '/dept/b': guarantee(4) });
    const a = fleet.framework('batch/a', '/dept/a');
    a.wants([slicesWanted('d', 4, two)]);
    fleet.advance(1_000);
    fleet.framework('web/b', '/dept/b').wants([slicesWanted('w', 2, two)]);
    fleet.advance(600_000);
    // The guarantee of /dept is met by /dept/a; that of /dept/b is not, and /dept/a is no part of it.
    expect([fleet.used('/dept/b'), a.noticed.length]).toEqual([4, 2]);
  });

  it('law: tasks on a reservation stay: what is reserved becomes nobody else’s by ending them', () => {
    // /own 0/4 wants 4, /lend 8/0 of which 6 are reserved for it: one task of two CPUs is borrowed
    const fleet = new SliceFleet([8]).roles({ '/lend': HARD, '/own': guarantee(4) });
    const amounts = { quantities: { cpusMilli: 6_000 }, ports: [] };
    const kept = { kind: 'reserve', host: 'n1', role: '/lend', resources: amounts, reason: '', dryRun: false } as const;
    fleet.harness.must(kept);
    const borrower = fleet.framework('batch/b', '/lend');
    borrower.wants([slicesWanted('b', 4, two)]);
    fleet.advance(1_000);
    expect(fleet.used('/lend')).toBe(2);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 2, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/lend'), borrower.noticed.length]).toEqual([2, 0, 1]);
  });

  it('law: no more than needed, on one host: the fewest tasks that make room, none where there is room', () => {
    // n1: one task of 6; n2: three of 2. The unit is 4.
    const fleet = new SliceFleet([6, 6]).roles({ '/lend': HARD, '/own': guarantee(4) });
    const small = fleet.framework('batch/s', '/lend');
    small.wants([slicesWanted('s', 3, two)]);
    fleet.advance(1_000);
    const large = fleet.framework('batch/l', '/lend');
    large.wants([slicesWanted('l', 1, cpus(6))]);
    fleet.advance(1_000);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 1, cpus(4))]);
    fleet.advance(NOTICE_MS + 4 * PERIOD_MS);
    expect([small.noticed, large.noticed, fleet.used('/own')]).toEqual([[], ['t1'], 4]);
  });
});

describe('YARN: damping', () => {
  it('max_wait_before_kill: the framework is told first, the kill goes out when the notice is over, with its reason', () => {
    const { fleet, borrower } = borrowed(2, 1);
    fleet.advance(2 * PERIOD_MS + 100);
    expect(borrower.notices).toMatchObject([
      {
        taskIds: ['t4'],
        killAfterMs: NOTICE_MS,
        reason: '/own is below its guarantee and web/w in /own needs the room',
      },
    ]);
    fleet.advance(NOTICE_MS - 2 * PERIOD_MS);
    expect(fleet.used('/lend')).toBe(8);
    fleet.advance(2 * PERIOD_MS);
    const kill = fleet.harness.peer('n1').received.find((message) => message.kind === 'kill');
    expect(kill).toMatchObject({ reason: 'reclaimed: /own was below its guarantee' });
    const ended = borrower.received.flatMap((message) => (message.kind === 'task_status' ? [message.status] : []));
    expect(ended.at(-1)).toMatchObject({ state: 'killed', message: 'reclaimed: /own was below its guarantee' });
  });

  it('the deadline of the borrower’s policy is its notice', () => {
    const policy = { kind: 'hard', graceMs: 0, deadlineMs: 90_000, movesPerRound: 9, minHoldMs: -1 } as const;
    const { fleet, borrower } = borrowed(2, 1, { reclaim: policy });
    fleet.advance(3 * PERIOD_MS);
    expect(borrower.notices).toMatchObject([{ killAfterMs: 90_000 }]);
  });

  it('a shortage must last: one that ends before its rounds are over takes nothing', () => {
    const { fleet, borrower, owner } = borrowed(2, 1, HARD, { hysteresisRounds: 4 });
    fleet.advance(3 * PERIOD_MS);
    owner.wants([]);
    fleet.advance(600_000);
    expect(borrower.notices).toEqual([]);
  });

  it('the grace of the borrower’s policy is waited for', () => {
    const policy = { kind: 'hard', graceMs: 120_000, deadlineMs: 0, movesPerRound: 9, minHoldMs: -1 } as const;
    const { fleet, borrower } = borrowed(2, 1, { reclaim: policy });
    fleet.advance(110_000);
    expect(borrower.notices).toEqual([]);
    fleet.advance(30_000);
    expect(borrower.noticed).toEqual(['t4']);
  });

  it('natural ends are subtracted: a task that ends by itself makes the kill needless, and it is called off', () => {
    const { fleet, borrower } = borrowed(2, 1);
    fleet.advance(3 * PERIOD_MS);
    expect(borrower.noticed).toEqual(['t4']);
    fleet.agents[0]?.setTask('batch/b/t1', 'finished');
    fleet.advance(1_000);
    expect([borrower.cancelled, fleet.used('/own'), fleet.used('/lend')]).toEqual([['t4'], 2, 6]);
    fleet.advance(600_000);
    expect(fleet.used('/lend')).toBe(6);
  });

  it('an end where room is made begins nothing else: the next tasks are told in the next round', () => {
    const policy = { kind: 'hard', graceMs: 0, deadlineMs: 0, movesPerRound: 1, minHoldMs: -1 } as const;
    const fleet = new SliceFleet([2, 2]).roles({ '/lend': { reclaim: policy }, '/own': guarantee(4) });
    const borrower = fleet.framework('batch/b', '/lend');
    borrower.wants([slicesWanted('b', 2, two)]);
    fleet.advance(1_000);
    for (const name of ['web/v', 'web/w']) fleet.framework(name, '/own').wants([slicesWanted('d', 1, two)]);
    fleet.advance(2 * PERIOD_MS + 100);
    expect(borrower.noticed).toHaveLength(1);
    for (const agent of fleet.agents) agent.setTask(`batch/b/${borrower.noticed[0]}`, 'finished');
    fleet.advance(1_000);
    expect([borrower.noticed.length, fleet.used('/own')]).toEqual([1, 2]);
    // As of the last round: that web/v has not used the room yet that has just been made for it says nothing.
    expect(fleet.condition('/own')).toMatch(/web\/w in \/own lacks 1 slice .*: MOVE_BUDGET/);
    fleet.advance(PERIOD_MS);
    expect(borrower.noticed).toHaveLength(2);
  });

  it('a kill that nobody needs any more is called off', () => {
    const { fleet, borrower, owner } = borrowed(4, 2);
    fleet.advance(3 * PERIOD_MS);
    owner.wants([]);
    fleet.advance(NOTICE_MS * 2);
    expect([borrower.cancelled, fleet.used('/lend')]).toEqual([borrower.noticed, 8]);
  });

  it('total_preemption_per_round: a budget in all, and one of the role that loses', () => {
    const hosts = [2, 2, 2, 2];
    const after = (options: Partial<SchedulerOptions>, movesPerRound: number): number => {
      const policy = { kind: 'hard', graceMs: 0, deadlineMs: 0, movesPerRound, minHoldMs: -1 } as const;
      const fleet = new SliceFleet(hosts, options).roles({ '/lend': { reclaim: policy }, '/own': guarantee(8) });
      const borrower = fleet.framework('batch/b', '/lend');
      borrower.wants([slicesWanted('b', 4, two)]);
      fleet.advance(1_000);
      fleet.framework('web/w', '/own').wants([slicesWanted('w', 4, two)]);
      fleet.advance(2 * PERIOD_MS + 100);
      return borrower.noticed.length;
    };
    expect(after({}, 9)).toBe(4);
    expect(after({}, 1)).toBe(1);
    expect(after({ taskReclaimsPerRoundMax: 3 }, 9)).toBe(3);
    expect(after({ taskReclaimsPerRoundMax: 0 }, 9)).toBe(0);
    expect(after({}, 0)).toBe(0);
  });

  it('room that was made and not used is not made again until the cool-down is over', () => {
    const { fleet, borrower, owner } = borrowed(2, 1, HARD, { coolDownMs: 300_000 });
    owner.launches = false;
    borrower.wants([slicesWanted('b', 4, two)]);
    fleet.advance(280_000);
    expect(borrower.noticed).toHaveLength(1);
  });
});

describe('who wins', () => {
  it('soft policy: no task is killed, the unmet guarantee is shown', () => {
    const { fleet, borrower } = borrowed(4, 2, {});
    fleet.advance(600_000);
    expect([borrower.notices, fleet.used('/lend')]).toEqual([[], 8]);
    expect(fleet.condition('/own')).toMatch(/SOFT_POLICY: tasks that would make room must stay/);
    fleet.roles({ '/lend': HARD });
    fleet.advance(300_000);
    expect([fleet.used('/own'), fleet.condition('/own')]).toEqual([4, '']);
  });

  it('a policy that turns soft during the notice calls the kill off', () => {
    const { fleet, borrower } = borrowed(2, 1);
    fleet.advance(3 * PERIOD_MS);
    fleet.roles({ '/lend': { reclaim: { ...HARD.reclaim!, kind: 'soft' } } });
    fleet.advance(NOTICE_MS * 2);
    expect([borrower.cancelled, fleet.used('/lend')]).toEqual([['t4'], 8]);
  });

  it('limit: who is at its limit gets no room', () => {
    const { fleet, borrower } = borrowed(4, 2);
    fleet.roles({ '/own': { limit: { cpusMilli: 4_000 }, guarantee: { cpusMilli: 4_000 } } });
    fleet.roles({ '/own': { limit: { cpusMilli: 1_000 }, guarantee: { cpusMilli: 1_000 } } });
    fleet.advance(600_000);
    expect(borrower.noticed).toEqual([]);
  });

  it.each<[string, OperatorCommand]>([
    ['plan mode observe', { kind: 'plan_mode', mode: 'observe', dryRun: false }],
    ['plan mode approve', { kind: 'plan_mode', mode: 'approve', dryRun: false }],
    ['a freeze of the borrower', { kind: 'freeze', scope: 'batch', reason: '', dryRun: false }],
    ['a cordoned host', { kind: 'host_cordon', host: 'n1', reason: '', dryRun: false }],
  ])('%s: nothing is told, and what was told is called off', (_what, command) => {
    const { fleet, borrower } = borrowed(2, 1);
    fleet.advance(3 * PERIOD_MS);
    expect(borrower.noticed).toEqual(['t4']);
    fleet.harness.must(command);
    fleet.advance(NOTICE_MS * 3);
    expect([borrower.cancelled, fleet.used('/lend')]).toEqual([['t4'], 8]);
    const before = borrowed(2, 1);
    before.fleet.harness.must(command);
    before.fleet.advance(NOTICE_MS * 3);
    expect(before.borrower.notices).toEqual([]);
  });

  it('a mass failure: nothing is told until the hosts are back', () => {
    const { fleet, borrower } = borrowed(2, 1, HARD, { massFailureMinHosts: 2, hostLostAfterMs: 1_000 });
    const others = ['x1', 'x2'].map((name) => fleet.harness.agent(name));
    for (const { name } of others) fleet.harness.must({ kind: 'host_admit', host: name, dryRun: false });
    for (const other of others) other.disconnect();
    fleet.advance(NOTICE_MS * 3);
    expect(borrower.notices).toEqual([]);
    for (const other of others) other.connect();
    fleet.advance(NOTICE_MS);
    expect(borrower.noticed).toEqual(['t4']);
  });

  it('who asks for tasks that are of use only together is not served by kills', () => {
    const { fleet, borrower, owner } = borrowed(4, 2);
    owner.wants([slicesWanted('w', 2, two, { allOrNothing: true })]);
    fleet.advance(600_000);
    expect(borrower.noticed).toEqual([]);
  });

  it('hosts that a role is guaranteed protect the tasks that it runs instead', () => {
    const fleet = new SliceFleet([8, 8]).roles(
      { '/lend': { ...HARD, guarantee: { hosts: 1 } }, '/own': guarantee(4) },
      true,
    );
    const borrower = fleet.framework('batch/b', '/lend');
    borrower.wants([slicesWanted('b', 8, two)]);
    fleet.advance(1_000);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 2, two)]);
    fleet.advance(600_000);
    // No whole host is left, so an average one has no size: nothing is protected by it.
    expect(fleet.used('/own')).toBe(4);
  });

  it('offers to borrowers go before tasks, at once and without notice', () => {
    const fleet = new SliceFleet([8]).roles({ '/lend': {}, '/own': guarantee(4) });
    const borrower = fleet.framework('batch/b', '/lend');
    borrower.launches = false;
    borrower.wants([slicesWanted('b', 4, two)]);
    fleet.advance(1_000);
    const owner = fleet.framework('web/w', '/own');
    owner.wants([slicesWanted('w', 2, two)]);
    fleet.advance(3 * PERIOD_MS + 1_000);
    expect([fleet.used('/own'), borrower.noticed]).toEqual([4, []]);
  });

  it('takes effect at once: a guarantee that is raised is looked at in the same moment, not at the next timer', () => {
    const { fleet, borrower } = borrowed(0, 2, HARD, {
      hysteresisRounds: 1,
      taskReclaimPeriodMs: 3_600_000,
      planPeriodMs: 3_600_000,
    });
    fleet.roles({ '/own': guarantee(4) });
    fleet.harness.settle();
    expect(borrower.noticed).toEqual(['t4', 't3']);
  });

  it('after a restart the notice is given anew, and what is being killed stays so', () => {
    const { fleet, borrower, owner } = borrowed(2, 1);
    fleet.advance(3 * PERIOD_MS);
    fleet.harness.restart();
    fleet.agents[0]?.connect();
    fleet.agents[0]?.sendReport();
    for (const peer of [borrower, owner]) peer.connect();
    fleet.advance(fleet.harness.options.recoveryBoundMs + NOTICE_MS + 4 * PERIOD_MS);
    expect([borrower.noticed, fleet.used('/own'), fleet.used('/lend')]).toEqual([['t4', 't4'], 2, 6]);
  });
});

describe('why is no room made?', () => {
  const binding = (fleet: SliceFleet, thing: string): string => {
    const { reasons } = fleet.harness.why(thing);
    return `${reasons[0]?.code}: ${reasons[0]?.text}`;
  };

  it.each<[string, RoleChange, Partial<SchedulerOptions>, OperatorCommand | null, RegExp]>([
    ['a soft policy', {}, {}, null, /^SOFT_POLICY: .*4 by SOFT_POLICY \(one of \/lend\)/],
    ['a higher priority', { ...HARD, priority: 2 }, {}, null, /^PRIORITY: .*by PRIORITY \(one of \/lend\)/],
    ['hysteresis', HARD, { hysteresisRounds: 50 }, null, /^HYSTERESIS: .*short of it for \d+ of 50 rounds/],
    ['budgets', HARD, { taskReclaimsPerRoundMax: 0 }, null, /^MOVE_BUDGET: .*taskReclaimsPerRoundMax/],
    [
      'plan mode',
      HARD,
      {},
      { kind: 'plan_mode', mode: 'observe', dryRun: false },
      /^AWAITING_APPROVAL: .*it is observe/,
    ],
    ['a freeze', HARD, {}, { kind: 'freeze', scope: 'batch', reason: '', dryRun: false }, /^FROZEN: .*by FROZEN/],
    ['the planner being off', HARD, { planner: 'off' }, null, /^FROZEN: .*the planner is off/],
  ])('%s, for demand, framework and role', (_what, lend, options, command, text) => {
    const { fleet } = borrowed(4, 2, lend, options);
    if (command !== null) fleet.harness.must(command);
    fleet.advance(60_000);
    expect(binding(fleet, 'web/w/w')).toMatch(text);
    const code = text.source.slice(1, text.source.indexOf(':'));
    for (const thing of ['web/w', '/own']) expect(fleet.harness.why(thing).reasons[0]?.code).toBe(code);
    expect(fleet.harness.why('web/w/w').wouldChangeIt.length).toBeGreaterThan(0);
  });

  it('the guarantee of who has the room', () => {
    const fleet = new SliceFleet([8]).roles({ '/lend': { ...HARD, ...guarantee(7) }, '/own': guarantee(1) });
    fleet.framework('batch/b', '/lend').wants([slicesWanted('b', 4, two)]);
    fleet.advance(1_000);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 1, cpus(1))]);
    fleet.advance(60_000);
    expect(binding(fleet, 'web/w/w')).toMatch(/^FAIR_SHARE: .*tasks that would make room must stay, .*by FAIR_SHARE/);
  });

  it('not below a guarantee', () => {
    const { fleet } = borrowed(0, 2);
    fleet.advance(60_000);
    expect(binding(fleet, 'web/w/w')).toMatch(/^FAIR_SHARE: .*\/own is not below a guarantee/);
  });

  it('room is being made: how many tasks, where, and by when', () => {
    const { fleet } = borrowed(2, 1);
    fleet.advance(3 * PERIOD_MS);
    expect(binding(fleet, 'web/w/w')).toMatch(/^PROGRESS: 1 task on n1 must go within \d+s to make room/);
  });
});

describe('a change of quota says before what it takes', () => {
  it('which tasks make room for whom, or why none does', () => {
    const { fleet, borrower } = borrowed(0, 2);
    const raise: OperatorCommand = { kind: 'role_set', role: '/own', change: guarantee(4), dryRun: true };
    const text = /^2 tasks of batch\/b in \/lend must make room for web\/w in \/own: told at least 30s before/;
    expect(fleet.harness.command(raise)).toMatchObject({ remarks: [expect.stringMatching(text)] });
    fleet.roles({ '/lend': { reclaim: { ...HARD.reclaim!, kind: 'soft' } } });
    expect(fleet.harness.command(raise)).toMatchObject({
      remarks: [expect.stringMatching(/^no task is taken: SOFT_POLICY: .*\(slices for \/own\)/)],
    });
    expect(borrower.notices).toEqual([]);
  });
});

describe('what a round looks at is bounded', () => {
  it('demands beyond the limit of a round come in the next: those that nobody makes room for do not keep them out', () => {
    // n1: tasks of a soft policy; n2: of a hard one. 20 demands can only use n1, the last only n2.
    const on = (host: string) => ({ constraints: [{ attribute: 'host', op: 'equals' as const, values: [host] }] });
    const fleet = new SliceFleet([2, 2]).roles({ '/soft': {}, '/hard': HARD, '/own': guarantee(4) });
    for (const [role, host] of [
      ['/soft', 'n1'],
      ['/hard', 'n2'],
    ] as const)
      fleet.framework(`batch${role}`, role).wants([slicesWanted('d', 1, two, on(host))]);
    fleet.advance(1_000);
    expect([fleet.used('/soft'), fleet.used('/hard')]).toEqual([2, 2]);
    const hopeless = Array.from({ length: 20 }, (_, index) => slicesWanted(`w${index}`, 1, cpus(0.1), on('n1')));
    fleet.framework('web/w', '/own').wants([...hopeless, slicesWanted('w', 1, two, on('n2'))]);
    fleet.advance(600_000);
    expect(fleet.used('/own')).toBe(2);
  });

  it('hosts beyond it come in the next: each claim is looked at with all of them', () => {
    // 500 hosts of 40 tasks each; five claims with a unit that no host has room for, and one that only the last host fits.
    const world = new World();
    for (const role of ['/soft', '/hard']) world.role(role, role === '/hard' ? HARD : {});
    world.role('/own', guarantee(400));
    for (const name of ['web/w', 'batch/b']) world.framework(name, ['/own', '/soft', '/hard']);
    for (let host = 1; host <= 500; host += 1) {
      const record = world.host({ name: `h${host}`, mode: 'shared', resources: cpus(40) });
      const role = host < 500 ? '/soft' : '/hard';
      for (let at = 0; at < 40; at += 1) world.runTask(record.name, 'batch/b', role, task(`t${host}-${at}`, cpus(1)));
    }
    const wants = Array.from({ length: 6 }, (_, index) => slicesWanted(`w${index}`, 1, cpus(index < 5 ? 41 : 1)));
    world.demand('web/w', '/own', wants);
    const rounds: (readonly [readonly string[], string | undefined])[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { starts, resume } = draftSlices(world.core, sliceClaims(world.core), world.core.sliceMemory, true);
      rounds.push([starts.map(({ room }) => room.host.name), resume?.claimKey]);
      world.core.sliceMemory.resume = resume;
    }
    expect(rounds).toEqual([
      [[], 'web/w|/own|w4'],
      [['h500'], 'web/w|/own|w3'],
      [['h500'], 'web/w|/own|w2'],
    ]);
  });
});
