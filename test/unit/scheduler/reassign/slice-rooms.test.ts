/** Reclaim of slices makes room for several units on one host at once. Words and figures as in `slices.test.ts`. */
import { describe, expect, it } from '@jest/globals';
import type { RoleChange } from '../../../../scheduler/index.js';
import type { DemandEntry } from '../../../../scheduler/protocol.js';
import { sliceClaims } from '../../../../scheduler/reassign/slices/claims.js';
import { draftSlices } from '../../../../scheduler/reassign/slices/draft.js';
import { slicesWanted } from '../../../support/core-harness.js';
import { task, World } from '../allocate/world.js';
import { borrowed, cpus, guarantee, HARD, NOTICE_MS, PERIOD_MS, SliceFleet, two } from './slice-fleet.js';

describe('room for several units on one host', () => {
  it('is made in one notice, and a task that makes room for many goes before many that make room for one each', () => {
    // n1: three tasks of 2, the youngest; n2: one of 6. Three units of 2 are owed.
    const fleet = new SliceFleet([6, 6]).roles({ '/lend': HARD, '/own': guarantee(6) });
    const large = fleet.framework('batch/l', '/lend');
    large.wants([slicesWanted('l', 1, cpus(6))]);
    fleet.advance(1_000);
    const small = fleet.framework('batch/s', '/lend');
    small.wants([slicesWanted('s', 3, two)]);
    fleet.advance(1_000);
    const owner = fleet.framework('web/w', '/own');
    owner.wants([slicesWanted('w', 3, two)]);
    fleet.advance(NOTICE_MS + 4 * PERIOD_MS);
    expect([small.noticed, large.noticed, owner.launched, fleet.used('/own')]).toEqual([[], ['t1'], 3, 6]);
  });

  it('is not made by a task that makes more room than the units left need, where a small one will do', () => {
    // The same, and one unit is owed: the youngest goes.
    const fleet = new SliceFleet([6, 6]).roles({ '/lend': HARD, '/own': guarantee(2) });
    const large = fleet.framework('batch/l', '/lend');
    large.wants([slicesWanted('l', 1, cpus(6))]);
    fleet.advance(1_000);
    const small = fleet.framework('batch/s', '/lend');
    small.wants([slicesWanted('s', 3, two)]);
    fleet.advance(1_000);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 3, two)]);
    fleet.advance(600_000);
    expect([small.noticed, large.noticed, fleet.used('/own')]).toEqual([['t3'], [], 2]);
  });

  it('a larger room may end other tasks than a smaller one: those that it does not need are not told', () => {
    // In order of age 8 and 4 and 1 of 13 CPUs; a unit is 4: for one that of 4 goes, for two that of 8 alone.
    const fleet = new SliceFleet([13]).roles({ '/lend': HARD, '/own': guarantee(8) });
    const peers = [8, 4, 1].map((size) => {
      const peer = fleet.framework(`batch/b${size}`, '/lend');
      peer.wants([slicesWanted('d', 1, cpus(size))]);
      fleet.advance(1_000);
      return peer;
    });
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 2, cpus(4))]);
    fleet.advance(3 * PERIOD_MS);
    expect(peers.map(({ noticed }) => noticed.length)).toEqual([1, 0, 0]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/lend')]).toEqual([8, 5]);
  });

  it('is made by those who borrow most at each unit, between siblings at every level of the tree', () => {
    // /a/x and /a/y borrow 6 together, /b 4, of 10: the first two units come from /a, then one from each in turn
    const fleet = new SliceFleet([10]).roles({
      '/a': {},
      '/a/x': HARD,
      '/a/y': HARD,
      '/b': HARD,
      '/own': guarantee(5),
    });
    const peers = ['/b', '/a/x', '/a/y'].map((role) => fleet.framework(`batch${role}`.replace('/a', ''), role));
    for (const [at, peer] of peers.entries()) {
      peer.wants([slicesWanted('d', at === 0 ? 4 : 3, cpus(1))]);
      fleet.advance(1_000);
    }
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 5, cpus(1))]);
    fleet.advance(NOTICE_MS + 4 * PERIOD_MS);
    expect(['/own', '/a', '/b'].map((role) => fleet.used(role))).toEqual([5, 2, 3]);
    expect(['/a/x', '/a/y'].map((role) => fleet.used(role))).toEqual([1, 1]);
  });

  it('is made for one alone where a demand wants distinct hosts', () => {
    const fleet = new SliceFleet([8, 8]).roles({ '/lend': HARD, '/own': guarantee(16) });
    const borrower = fleet.framework('batch/b', '/lend');
    borrower.wants([slicesWanted('b', 8, two)]);
    fleet.advance(1_000);
    const placement = [{ kind: 'distinct_hosts' as const, domain: 'rack' as const }];
    const owner = fleet.framework('web/w', '/own');
    owner.wants([slicesWanted('w', 4, two, { placement })]);
    fleet.advance(600_000);
    expect([owner.launched, fleet.used('/own'), borrower.noticed.length]).toEqual([2, 4, 2]);
  });

  it('shrinks when fewer units are needed: what is needed still goes in its time', () => {
    const { fleet, borrower, owner } = borrowed(4, 2);
    fleet.advance(3 * PERIOD_MS);
    expect(borrower.noticed).toEqual(['t4', 't3']);
    owner.wants([slicesWanted('w', 1, two)]);
    fleet.advance(PERIOD_MS);
    expect([borrower.cancelled, borrower.noticed.length]).toEqual([['t3'], 2]);
    fleet.advance(NOTICE_MS);
    expect([fleet.used('/own'), fleet.used('/lend'), borrower.notices.length]).toEqual([2, 6, 1]);
  });

  it('shrinks when some of the tasks must stay: the others are not told anew', () => {
    const fleet = new SliceFleet([8]).roles({ '/b': HARD, '/c': HARD, '/own': guarantee(4) });
    const [b, c] = (['b', 'c'] as const).map((name) => fleet.framework(`batch/${name}`, `/${name}`));
    for (const peer of [b!, c!]) peer.wants([slicesWanted('d', 2, two)]);
    fleet.advance(1_000);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 2, two)]);
    fleet.advance(3 * PERIOD_MS);
    expect([b!.noticed.length, c!.noticed.length]).toEqual([1, 1]);
    fleet.roles({ '/c': { reclaim: { ...HARD.reclaim!, kind: 'soft' } } });
    fleet.advance(NOTICE_MS);
    expect([c!.cancelled, b!.cancelled, fleet.used('/own'), fleet.used('/c')]).toEqual([c!.noticed, [], 2, 4]);
    fleet.advance(600_000);
    expect([b!.noticed.length, c!.noticed.length, fleet.used('/own')]).toEqual([2, 1, 4]);
  });

  it('is called off when too many must stay, and what the others would have lost is theirs for the rest of the round', () => {
    const on = (host: string) => ({ constraints: [{ attribute: 'host', op: 'equals' as const, values: [host] }] });
    const fleet = new SliceFleet([4, 4, 4]).roles({ '/b': HARD, '/c': HARD, '/own': guarantee(8) });
    const [b, c] = (['b', 'c'] as const).map((name) => fleet.framework(`batch/${name}`, `/${name}`));
    b!.wants([slicesWanted('d1', 1, two, on('n1')), slicesWanted('d2', 1, cpus(4), on('n2'))]);
    c!.wants([slicesWanted('d', 1, two, on('n1'))]);
    fleet.advance(1_000);
    expect([fleet.used('/b'), fleet.used('/c')]).toEqual([6, 2]);
    const wants = ['n1', 'n2'].map((host) => slicesWanted(`w-${host}`, 1, cpus(4), on(host)));
    fleet.framework('web/w', '/own').wants(wants);
    fleet.advance(3 * PERIOD_MS);
    expect([b!.noticed.length, c!.noticed.length]).toEqual([2, 1]);
    // c's task must stay now, so there is no room on n1; of b only that of 4 goes, and 2 are left of the 2 it is guaranteed.
    fleet.roles({ '/c': { reclaim: { ...HARD.reclaim!, kind: 'soft' } }, '/b': guarantee(2) });
    fleet.advance(PERIOD_MS);
    expect([b!.cancelled.length, c!.cancelled.length]).toEqual([1, 1]);
    fleet.advance(NOTICE_MS);
    expect(fleet.used('/own')).toBe(4);
  });

  it('does not wait for tasks with a longer notice: they are told when the first units have their room', () => {
    const slow: RoleChange = { reclaim: { ...HARD.reclaim!, deadlineMs: 300_000 } };
    const fleet = new SliceFleet([4]).roles({ '/slow': slow, '/fast': HARD, '/own': guarantee(4) });
    const [late, early] = (['slow', 'fast'] as const).map((name) => fleet.framework(`batch/${name}`, `/${name}`));
    for (const peer of [late!, early!]) {
      peer.wants([slicesWanted('d', 1, two)]);
      fleet.advance(1_000);
    }
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 2, two)]);
    fleet.advance(3 * PERIOD_MS);
    expect([early!.noticed, late!.noticed]).toEqual([['t1'], []]);
    fleet.advance(NOTICE_MS + 3 * PERIOD_MS);
    expect([fleet.used('/own'), late!.noticed]).toEqual([2, ['t1']]);
    fleet.advance(300_000);
    expect(fleet.used('/own')).toBe(4);
  });
});

describe('what lending limits keep free for others', () => {
  const KEEPER: RoleChange = { ...guarantee(4), lendingLimit: { cpusMilli: 0 } };

  /** /k keeps 4 of 12 CPUs; /b borrows the rest, that /own is guaranteed. */
  function keeping(changes: Readonly<Record<string, RoleChange>>, hosts: readonly number[] = [12]) {
    const fleet = new SliceFleet(hosts).roles({ '/b': HARD, '/k': KEEPER, '/own': guarantee(8), ...changes });
    const borrower = fleet.framework('batch/b', '/b');
    borrower.wants([slicesWanted('d', 6, two)]);
    fleet.advance(1_000);
    expect(fleet.used('/b')).toBe(8);
    return { fleet, borrower };
  }

  it('is no room for who is owed slices: a borrower makes it', () => {
    const { fleet } = keeping({});
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 4, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/b'), fleet.condition('/own')]).toEqual([8, 0, '']);
  });

  it('is no room on other hosts than those of the borrower, either', () => {
    const { fleet } = keeping({}, [4, 8]);
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 4, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/b'), fleet.condition('/own')]).toEqual([8, 0, '']);
  });

  it('does not hide that the guarantee is unmet when nobody makes room', () => {
    const { fleet, borrower } = keeping({ '/b': {} });
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 4, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), borrower.noticed]).toEqual([0, []]);
    expect(fleet.condition('/own')).toMatch(/SOFT_POLICY/);
  });

  it('counts as far as they lend: what may be had without a kill takes no task', () => {
    const { fleet, borrower } = keeping({});
    fleet.roles({ '/k': { lendingLimit: { cpusMilli: 2_000 } }, '/b': { limit: { cpusMilli: 8_000 } } });
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 4, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/b'), borrower.noticed.length]).toEqual([8, 2, 3]);
  });

  it('is theirs when they ask: no task goes for what they had free', () => {
    const { fleet, borrower } = keeping({});
    fleet.framework('web/w', '/own').wants([slicesWanted('w', 4, two)]);
    fleet.framework('web/k', '/k').wants([slicesWanted('k', 2, two)]);
    fleet.advance(600_000);
    expect([fleet.used('/own'), fleet.used('/k'), borrower.noticed.length]).toEqual([8, 4, 4]);
  });
});

describe('room that is free already', () => {
  /** n1 has 2 CPUs free, n2 none of 4: two tasks of 2 of /hard. What one look would start for the demands of /own, and why no more. */
  function look(...wants: readonly DemandEntry[]) {
    const world = new World();
    world.role('/hard', HARD);
    world.role('/own', guarantee(6));
    for (const name of ['batch/b', 'web/w']) world.framework(name, ['/hard', '/own']);
    world.host({ name: 'n1', mode: 'shared', resources: two });
    world.host({ name: 'n2', mode: 'shared', resources: cpus(4) });
    for (const id of ['t1', 't2']) world.runTask('n2', 'batch/b', '/hard', task(id, two));
    world.demand('web/w', '/own', wants);
    const { starts, notes } = draftSlices(world.core, sliceClaims(world.core), world.core.sliceMemory, true);
    return {
      starts: starts.map(({ claim, room }) => [claim.entry.demandId, room.host.name, room.units]),
      notes: [...notes].map(([key, note]) => [key, note.split(':')[0]]),
    };
  }

  it('takes its units off the need, and the search goes on for the others', () => {
    expect(look(slicesWanted('w', 3, two))).toEqual({ starts: [['w', 'n2', 2]], notes: [] });
    expect(look(slicesWanted('w', 1, two))).toEqual({ starts: [], notes: [['web/w|/own|w', 'OFFERED']] });
  });

  it('is there for one demand, not for each', () => {
    expect(look(slicesWanted('v', 1, two), slicesWanted('w', 1, two))).toEqual({
      starts: [['w', 'n2', 1]],
      notes: [['web/w|/own|v', 'OFFERED']],
    });
  });
});
