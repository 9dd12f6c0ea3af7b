import { describe, expect, it, jest } from '@jest/globals';
import {
  demandStatuses,
  makeDirectedOffer,
  renewOffers,
  rescindHostOffers,
} from '../../../../scheduler/allocate/index.js';
import { COMMANDS_KEPT_MAX, knownOutcome, outcomeOfOffer, recordOutcome } from '../../../../scheduler/commands-seen.js';
import type { TransitionRecord } from '../../../../scheduler/state/records.js';
import { cpus, hostsEntry, slicesEntry, targets, task, World } from './world.js';

function offered(): { readonly world: World; readonly offerId: string } {
  const world = new World();
  world.framework('ovirt/prod', ['/vms']);
  world.framework('kubernetes/east', ['/pods']);
  world.hosts(1);
  world.demand('ovirt/prod', '/vms', [hostsEntry('vms', 1)]);
  const [offer] = world.pass();
  return { world, offerId: offer!.offerId };
}

function sliced(count = 1): { readonly world: World; readonly offerIds: readonly string[] } {
  const world = new World();
  world.framework('batch/one', ['/batch']);
  world.hosts(1, 'h', { mode: 'shared' });
  world.demand('batch/one', '/batch', [slicesEntry('d', count, { ...cpus(2), ports: [{ first: 1, last: 2 }] })]);
  return { world, offerIds: world.pass().map(({ offerId }) => offerId) };
}

describe('amounts in bytes', () => {
  it('are offered and charged in whole MiB, rounded up from what is asked', () => {
    const world = new World();
    world.framework('batch/one', ['/batch']);
    world.hosts(1, 'h', { mode: 'shared' });
    const odd = { quantities: { cpusMilli: 1_001, memoryBytes: 500_000_000 }, ports: [] };
    const whole = { cpusMilli: 1_001, memoryBytes: 477 * 2 ** 20 };
    world.demand('batch/one', '/batch', [slicesEntry('d', 1, odd)]);
    const [offer] = world.pass();
    expect(offer?.resources.quantities).toEqual(whole);
    expect(world.accept('batch/one', [offer!.offerId], { kind: 'launch', tasks: [task('t', odd)] })).toMatchObject({
      ok: true,
    });
    expect(world.total('/', 'memoryBytes')).toBe(whole.memoryBytes);
    expect(world.core.state.tasks.get('batch/one/t')?.spec.resources.quantities).toEqual(whole);
  });

  it('of several tasks are rounded up one by one', () => {
    const world = new World({ openOfferShareMaxMilli: 1000 });
    world.framework('batch/one', ['/batch']);
    world.hosts(1, 'h', { mode: 'shared', resources: { quantities: { memoryBytes: 64 * 2 ** 20 }, ports: [] } });
    world.openOffers('batch/one', '/batch', true, { memoryBytes: 1 });
    const [offer] = world.pass();
    const half = { quantities: { memoryBytes: 2 ** 19 }, ports: [] };
    const tasks = Array.from({ length: 65 }, (_, index) => task(`t${index}`, half));
    const launch = (count: number): unknown =>
      world.accept('batch/one', [offer!.offerId], { kind: 'launch', tasks: tasks.slice(0, count) });
    expect(launch(65)).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message:
        'task t64 does not fit: the tasks up to it need more than the offers hold (bytes in whole MiB), or a port twice',
    });
    expect(launch(64)).toMatchObject({ ok: true });
  });
});

describe('claiming', () => {
  it('turns the offer into a lease', () => {
    const { world, offerId } = offered();
    const outcome = world.accept('ovirt/prod', [offerId]);
    expect(outcome).toEqual({ ok: true, ids: [world.core.state.hosts.get('h1')!.leaseId] });
    expect(world.core.state.offers.size).toBe(0);
    expect(world.total('/vms', 'hosts')).toBe(1);
  });

  it('is answered as before when repeated, with the same or with a new command id', () => {
    const { world, offerId } = offered();
    const first = world.accept('ovirt/prod', [offerId], { kind: 'claim' }, 'c1');
    expect(world.accept('ovirt/prod', [offerId], { kind: 'claim' }, 'c1')).toEqual(first);
    expect(world.accept('ovirt/prod', [offerId], { kind: 'claim' }, 'c2')).toEqual(first);
    expect(world.core.state.leases.size).toBe(1);
  });

  it('refuses a command id that was used for something else', () => {
    const { world, offerId } = offered();
    world.accept('ovirt/prod', ['o-1-99'], { kind: 'claim' }, 'c1');
    expect(world.accept('ovirt/prod', [offerId], { kind: 'claim' }, 'c1')).toMatchObject({
      ok: false,
      code: 'ALREADY_EXISTS',
    });
  });

  it('may be tried again after it was refused', () => {
    const { world, offerId } = offered();
    expect(world.accept('ovirt/prod', [offerId], { kind: 'launch', tasks: [task('t', cpus(1))] })).toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
    expect(world.accept('ovirt/prod', [offerId])).toMatchObject({ ok: true });
  });

  it.each([
    ['an offer of another framework', (offerId: string) => ({ by: 'kubernetes/east', ids: [offerId] }), 'OFFER_LOST'],
    ['an unknown offer', () => ({ by: 'ovirt/prod', ids: ['o-0-1'] }), 'OFFER_LOST'],
    ['no offer', () => ({ by: 'ovirt/prod', ids: [] }), 'INVALID_ARGUMENT'],
    ['an offer twice', (offerId: string) => ({ by: 'ovirt/prod', ids: [offerId, offerId] }), 'INVALID_ARGUMENT'],
  ] as const)('refuses %s and leaves the offer open', (_what, make, code) => {
    const { world, offerId } = offered();
    const { by, ids } = make(offerId);
    expect(world.accept(by, ids)).toMatchObject({ ok: false, code });
    expect(world.core.state.offers.has(offerId)).toBe(true);
  });

  it('refuses an offer whose time is over although nobody has ended it yet', () => {
    const { world, offerId } = offered();
    world.core.nowMs += 30_000;
    expect(world.accept('ovirt/prod', [offerId])).toMatchObject({ ok: false, code: 'OFFER_LOST' });
  });

  it.each(['reserve', 'unreserve'] as const)('refuses to %s a whole host, and the offer stays open', (kind) => {
    const { world, offerId } = offered();
    expect(world.accept('ovirt/prod', [offerId], { kind })).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(world.core.state.offers.has(offerId)).toBe(true);
  });
});

describe('launching', () => {
  it('starts tasks that fit the offers of one host and gives back what is left over', () => {
    const { world, offerIds } = sliced(2);
    const tasks = [task('t1', { ...cpus(3), ports: [{ first: 31_000, last: 31_000 }] })];
    expect(world.accept('batch/one', offerIds, { kind: 'launch', tasks })).toEqual({ ok: true, ids: ['t1'] });
    expect(world.launched).toEqual([{ frameworkId: 'batch/one', role: '/batch', hostId: 'h1', taskIds: ['t1'] }]);
    expect(world.total('/batch', 'cpusMilli')).toBe(3_000);
    expect(world.core.dirtyHosts.has('h1')).toBe(true);
  });

  it.each([
    [
      'more than the offer holds',
      [task('t1', cpus(1)), task('t2', cpus(2))],
      'INVALID_ARGUMENT',
      'task t2 does not fit',
    ],
    [
      'a port that was not offered',
      [task('t1', { ...cpus(1), ports: [{ first: 80, last: 80 }] })],
      'INVALID_ARGUMENT',
      'does not fit',
    ],
    [
      'a port twice',
      [
        task('t1', { ...cpus(1), ports: [{ first: 31_000, last: 31_000 }] }),
        task('t2', { ...cpus(1), ports: [{ first: 31_000, last: 31_000 }] }),
      ],
      'INVALID_ARGUMENT',
      'a port twice',
    ],
    ['a task id twice', [task('t1', cpus(1)), task('t1', cpus(1))], 'INVALID_ARGUMENT', 'names task t1 twice'],
    ['a task that exists', [task('old', cpus(1))], 'ALREADY_EXISTS', 'task old exists already'],
    ['no task', [], 'INVALID_ARGUMENT', 'launch.tasks has 0 members'],
    ['a task that needs nothing', [task('t1', { quantities: {}, ports: [] })], 'INVALID_ARGUMENT', 'is empty'],
    [
      'a negative quantity',
      [task('t1', { quantities: { cpusMilli: -1 }, ports: [] })],
      'INVALID_ARGUMENT',
      'cpusMilli is -1',
    ],
  ] as const)('refuses %s, and the offer stays open', (_what, tasks, code, text) => {
    const { world, offerIds } = sliced();
    world.runTask('h1', 'batch/one', '/batch', task('old', cpus(1)));
    const outcome = world.accept('batch/one', offerIds, { kind: 'launch', tasks });
    expect(outcome).toMatchObject({ ok: false, code });
    expect(outcome.ok ? '' : outcome.message).toContain(text);
    expect(world.launched).toEqual([]);
    expect(world.core.state.offers.has(offerIds[0]!)).toBe(true);
  });

  it('starts a group over several hosts, each task on the host of the offer in its place', () => {
    const world = new World();
    world.framework('batch/one', ['/batch']);
    world.hosts(3, 'h', { mode: 'shared', resources: cpus(4) });
    world.demand('batch/one', '/batch', [slicesEntry('gang', 5, cpus(2), { allOrNothing: true })]);
    const offers = world.pass();
    expect(new Set(offers.map(({ hostId }) => hostId)).size).toBe(3);
    const offerIds = offers.map(({ offerId }) => offerId);
    const tasks = offers.map((_, index) => task(`t${index}`, cpus(2)));

    const few = world.accept('batch/one', offerIds, { kind: 'launch', tasks: tasks.slice(1) });
    expect(few).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message:
        'the offers are of several hosts: name one task for each, in their order; there are 5 offers and 4 tasks',
    });
    expect(world.core.state.offers.size).toBe(5);

    const all = world.accept('batch/one', offerIds, { kind: 'launch', tasks });
    expect(all).toEqual({ ok: true, ids: tasks.map(({ taskId }) => taskId) });
    for (const [index, { hostId }] of offers.entries())
      expect(world.core.state.tasks.get(`batch/one/t${index}`)?.hostId).toBe(hostId);
    expect(demandStatuses(world.core, 'batch/one', '/batch')).toMatchObject([{ granted: 5, pending: 0 }]);
  });

  it('refuses a claim of a slice', () => {
    const { world, offerIds } = sliced();
    expect(world.accept('batch/one', offerIds)).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
  });
});

describe('renewing', () => {
  const renew = (world: World, frameworkId: string, offerIds: readonly string[]): void =>
    renewOffers(world.core, frameworkId, { kind: 'renew', offerIds });

  it('keeps an offer open for another term', () => {
    const { world, offerId } = offered();
    world.advance(20_000);
    renew(world, 'ovirt/prod', [offerId]);
    world.advance(20_000);
    expect(world.core.state.offers.has(offerId)).toBe(true);
    world.advance(10_000);
    expect(world.core.state.offers.has(offerId)).toBe(false);
  });

  it('is refused when another framework waits for such a host', () => {
    const { world, offerId } = offered();
    world.demand('kubernetes/east', '/pods', [hostsEntry('pods', 1)]);
    renew(world, 'ovirt/prod', [offerId]);
    expect(world.sent('error').at(-1)?.event.message).toContain('others wait');
    world.advance(30_000);
    expect(targets(world, world.pass())).toEqual(['kubernetes/east=h1']);
  });

  it('ends after twenty terms', () => {
    const { world, offerId } = offered();
    for (let term = 0; term < 30 && world.core.state.offers.has(offerId); term += 1) {
      renew(world, 'ovirt/prod', [offerId]);
      world.advance(29_000);
    }
    expect(world.core.state.offers.has(offerId)).toBe(false);
  });
});

describe('directed offers', () => {
  function moving(): { readonly world: World; readonly transition: TransitionRecord } {
    const world = new World();
    world.framework('ovirt/prod', ['/vms']);
    const host = world.host({ name: 'h1' });
    const transition = {
      transitionId: 't-1-1',
      hostId: 'h1',
      from: null,
      to: { frameworkId: 'ovirt/prod', role: '/vms' },
      toMode: 'leased',
      demandId: 'vms',
      direction: 'forward',
      step: 'offer',
      outcome: 'running',
    } as TransitionRecord;
    world.core.state.transitions.put(transition);
    world.core.state.hosts.put({ ...host, transitionId: 't-1-1' });
    return { world, transition };
  }

  it('go to the target alone and are charged once, as moving in', () => {
    const { world, transition } = moving();
    expect(makeDirectedOffer(world.core, transition)).toBe(true);
    expect(world.sent('offers')).toHaveLength(1);
    expect(world.core.ledger.account('/vms')).toMatchObject({
      movingIn: { hosts: 1 },
      offered: {},
      total: { hosts: 1 },
    });
    const [offer] = world.core.state.offers.values();
    expect(world.accept('ovirt/prod', [offer!.offerId])).toMatchObject({ ok: true });
    expect(world.total('/vms', 'hosts')).toBe(1);
  });

  it('are not made when the target is away or the host is not clean', () => {
    const away = moving();
    away.world.connect('ovirt/prod', false);
    expect(makeDirectedOffer(away.world.core, away.transition)).toBe(false);
    const dirty = moving();
    dirty.world.core.state.hosts.put({ ...dirty.world.core.state.hosts.get('h1')!, clean: false });
    expect(makeDirectedOffer(dirty.world.core, dirty.transition)).toBe(false);
  });

  it.each([
    ['declined', (world: World, offerId: string) => world.decline('ovirt/prod', [offerId])],
    ['did not answer', (world: World) => world.advance(30_000)],
    ['withdrawn', (world: World) => rescindHostOffers(world.core, 'h1', 'cordoned')],
  ] as const)('tell their transition when they are lost: %s', (word, lose) => {
    const { world, transition } = moving();
    makeDirectedOffer(world.core, transition);
    const [offer] = world.core.state.offers.values();
    lose(world, offer!.offerId);
    expect(world.landingsLost).toHaveLength(1);
    expect(world.landingsLost[0]).toContain(word);
  });
});

describe('a gang of thousands', () => {
  it('is accepted and renewed with a few looks at each member, not with one at every member for each', () => {
    const world = new World();
    world.host({ name: 'h1', mode: 'shared', resources: cpus(4_000) });
    world.framework('batch/one', ['/batch']);
    world.demand('batch/one', '/batch', [slicesEntry('all', 4_000, cpus(1), { allOrNothing: true })]);
    const offerIds = world.pass().map(({ offerId }) => offerId);
    expect(offerIds).toHaveLength(4_000);
    world.advance(1);
    const looks = jest.spyOn(world.core.state.offers, 'get');
    renewOffers(world.core, 'batch/one', { kind: 'renew', offerIds });
    const tasks = Array.from({ length: 1_000 }, (_, at) => task(`t${at}`, cpus(4)));
    expect(world.accept('batch/one', offerIds, { kind: 'launch', tasks })).toMatchObject({ ok: true });
    expect(looks.mock.calls.length).toBeLessThan(20 * offerIds.length);
  });
});

describe('a demand', () => {
  it.each(['constructor', '__proto__', 'toString'])('may be called %s', (demandId) => {
    const world = new World();
    world.host({ name: 'h1', mode: 'shared' });
    world.framework('batch/one', ['/batch']);
    world.demand('batch/one', '/batch', [slicesEntry(demandId, 2, cpus(1))]);
    const [first] = world.pass();
    expect(world.lastStatus('batch/one', demandId)).toMatchObject({ granted: 0, offered: 2, pending: 0 });
    world.accept('batch/one', [first!.offerId], { kind: 'launch', tasks: [task('t1', cpus(1))] });
    world.advance(1_000);
    world.pass();
    expect(world.lastStatus('batch/one', demandId)).toMatchObject({ granted: 1, offered: 1, pending: 0 });
  });
});

describe('outcomes of commands', () => {
  it('are kept for the last 500 of a session', () => {
    const world = new World();
    for (let number = 0; number <= COMMANDS_KEPT_MAX; number += 1)
      recordOutcome(world.core, 'framework/a/1', `c${number}`, 'body', { ok: true, ids: [] });
    expect(world.core.state.commands.size).toBe(COMMANDS_KEPT_MAX);
    expect(world.core.state.commands.has('framework/a/1#c0')).toBe(false);
    expect(world.core.state.commands.has(`framework/a/1#c${COMMANDS_KEPT_MAX}`)).toBe(true);
  });

  it.each([
    ['done', { ok: true, ids: ['t1'] }],
    ['refused', { ok: false, code: 'OFFER_LOST', message: 'it has gone' }],
  ] as const)('that was %s is answered again, from stores of earlier versions, too', (_, outcome) => {
    const { core } = new World();
    recordOutcome(core, 'framework/a/1', 'c1', 'body', outcome, 'o1');
    const kept = core.state.commands.get('framework/a/1#c1')!;
    for (const stored of [kept, { ...kept, outcome }]) {
      core.state.commands.put(stored);
      expect(knownOutcome(core, 'framework/a/1', 'c1', 'body')).toEqual(outcome);
      expect(knownOutcome(core, 'framework/a/1', 'c1', 'other')).toMatchObject({ ok: false, code: 'ALREADY_EXISTS' });
      expect(outcomeOfOffer(core, 'framework/a/1', 'o1', 'body')).toEqual(outcome);
      expect(outcomeOfOffer(core, 'framework/a/1', 'o1', 'other')).toBeNull();
      expect(outcomeOfOffer(core, 'framework/a/2', 'o1', 'body')).toBeNull();
    }
    // They had a second record of an accept, by its offer, and answered only from one that was done.
    core.state.commands.delete(kept.key);
    const { bodyHash, atMs } = kept;
    core.state.commands.put({ key: 'framework/a/1#offer:o1', bodyHash, outcome, atMs });
    expect(outcomeOfOffer(core, 'framework/a/1', 'o1', 'body')).toEqual(outcome.ok ? outcome : null);
    expect(outcomeOfOffer(core, 'framework/a/1', 'o1', 'other')).toBeNull();
  });
});

describe('an offer renewed without pause', () => {
  it('gets at most a tenth of its lease at a time, and takes no more than ten places among the ends for each lease', () => {
    const { world, offerId } = offered();
    const ends = jest.spyOn(world.core.offerEnds, 'add');
    for (let ms = 0; ms < 30_000; ms += 100) {
      world.advance(100);
      renewOffers(world.core, 'ovirt/prod', { kind: 'renew', offerIds: [offerId] });
    }
    expect(ends.mock.calls.length).toBeLessThanOrEqual(10);
    const { expiresMs } = world.core.state.offers.get(offerId)!;
    expect(expiresMs - world.core.nowMs).toBeGreaterThan(26_000);
  });
});
