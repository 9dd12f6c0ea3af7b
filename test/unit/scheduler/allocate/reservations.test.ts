import { describe, expect, it } from '@jest/globals';
import { filterHost } from '../../../../scheduler/allocate/decline.js';
import { renewOffers } from '../../../../scheduler/allocate/index.js';
import { filterRole } from '../../../../scheduler/allocate/reservations.js';
import { auditAll, violationText } from '../../../../scheduler/invariants.js';
import { handleOperatorCommand } from '../../../../scheduler/operate/index.js';
import type { CommandOutcome, Offer } from '../../../../scheduler/protocol.js';
import type { Resources } from '../../../../scheduler/resources/index.js';
import { cpus, GIB, slicesEntry, targets, task, World, type HostSpec } from './world.js';

const EIGHT: Resources = {
  quantities: { cpusMilli: 8_000, memoryBytes: 16 * GIB },
  ports: [{ first: 8_000, last: 8_009 }],
};

/** `/a` and `/b` with one framework each, on shared hosts of 8 CPUs. */
function shared(hosts = 1, spec: Omit<HostSpec, 'name'> = {}): World {
  const world = new World();
  world.framework('batch/a', ['/a']);
  world.framework('batch/b', ['/b']);
  world.hosts(hosts, 'h', { mode: 'shared', resources: EIGHT, ...spec });
  return world;
}

function reserve(world: World, host: string, role: string, resources: Resources) {
  const command = { kind: 'reserve', host, role, resources, reason: '', dryRun: false } as const;
  return handleOperatorCommand(world.core, 'anna', command);
}

function reserved(world: World, host: string, role: string, resources: Resources): string {
  const reply = reserve(world, host, role, resources);
  if (!reply.ok) throw new Error(reply.message);
  return reply.ids[0]!;
}

function idOf(outcome: CommandOutcome): string {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.ids[0]!;
}

/** Everything the audit says but what needs a started master. */
function violations(world: World): readonly string[] {
  return auditAll(world.core)
    .filter(({ subject }) => subject !== 'the planner')
    .map(violationText);
}

/** Offers of the host by framework. */
function countOn(world: World, offers: readonly Offer[], hostId: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const offer of offers) {
    const frameworkId = world.core.state.offers.get(offer.offerId)!.frameworkId;
    if (offer.hostId === hostId) counts[frameworkId] = (counts[frameworkId] ?? 0) + 1;
  }
  return counts;
}

function cpusOf(offers: readonly Offer[]): readonly (readonly [string | null, number])[] {
  return offers.map(({ reservationId, resources }) => [reservationId, resources.quantities['cpusMilli'] ?? 0] as const);
}

describe('reserving what was offered', () => {
  it('UpdateAllocation: keeps what the offers hold for their role, and charges no more than the offers did', () => {
    const world = shared();
    world.demand('batch/a', '/a', [slicesEntry('d', 2, cpus(2, 1))]);
    const offerIds = world.pass().map(({ offerId }) => offerId);
    expect(world.total('/a', 'cpusMilli')).toBe(4_000);
    const id = idOf(world.accept('batch/a', offerIds, { kind: 'reserve' }));
    expect(world.core.state.reservations.get(id)).toEqual({
      reservationId: id,
      hostId: 'h1',
      role: '/a',
      resources: cpus(4, 2),
      by: 'framework:batch/a',
      reason: '',
      sinceMs: world.core.nowMs,
    });
    expect(world.core.ledger.account('/a')).toMatchObject({
      reserved: { cpusMilli: 4_000 },
      offered: { cpusMilli: 0 },
      total: { cpusMilli: 4_000 },
    });
    expect(violations(world)).toEqual([]);
  });

  it('serves standing demand from the reservation first; the task on it charges nothing more', () => {
    const world = shared();
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(2, 1))]);
    const id = idOf(world.accept('batch/a', [world.pass()[0]!.offerId], { kind: 'reserve' }));
    const [offer, ...more] = world.pass();
    expect([offer!.reservationId, more]).toEqual([id, []]);
    expect(world.total('/a', 'cpusMilli')).toBe(2_000);
    world.accept('batch/a', [offer!.offerId], { kind: 'launch', tasks: [task('t1', cpus(1, 1))] });
    expect(world.core.state.tasks.get('batch/a/t1')).toMatchObject({ reservationId: id });
    expect(world.core.ledger.account('/a')).toMatchObject({
      total: { cpusMilli: 2_000 },
      used: {},
      reserved: { cpusMilli: 2_000 },
    });
    expect(violations(world)).toEqual([]);
  });

  it('gives capacity of an ended task back to the reservation, not to everybody', () => {
    const world = shared();
    const id = reserved(world, 'h1', '/a', cpus(8, 16));
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(8, 16))]);
    world.accept('batch/a', [world.pass()[0]!.offerId], { kind: 'launch', tasks: [task('t1', cpus(8, 16))] });
    world.demand('batch/b', '/b', [slicesEntry('d', 1, cpus(1))]);
    world.endTask('batch/a/t1');
    world.demand('batch/a', '/a', [slicesEntry('d2', 1, cpus(8, 16))]);
    expect(cpusOf(world.pass())).toEqual([[id, 8_000]]);
  });

  it('grows what the framework reserved on the host before, so that one task can use all of it', () => {
    const world = shared();
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(2))]);
    const first = idOf(world.accept('batch/a', [world.pass()[0]!.offerId], { kind: 'reserve' }));
    world.demand('batch/a', '/a', [slicesEntry('big', 1, cpus(5))]);
    const again = world.pass();
    expect(cpusOf(again)).toEqual([[null, 5_000]]);
    expect(world.accept('batch/a', [again[0]!.offerId], { kind: 'reserve' })).toEqual({ ok: true, ids: [first] });
    world.demand('batch/a', '/a', [slicesEntry('bigger', 1, cpus(7))]);
    expect(cpusOf(world.pass())).toEqual([[first, 7_000]]);
  });

  it('refuses what is reserved already, and an accept that mixes what is charged apart', () => {
    const world = shared();
    const id = reserved(world, 'h1', '/a', cpus(2));
    world.demand('batch/a', '/a', [slicesEntry('d', 2, cpus(2))]);
    const offers = world.pass();
    expect(cpusOf(offers)).toEqual([
      [id, 2_000],
      [null, 2_000],
    ]);
    const [onIt, beside] = offers.map(({ offerId }) => offerId) as [string, string];
    const again = world.accept('batch/a', [onIt], { kind: 'reserve' });
    expect(again).toMatchObject({
      ok: false,
      code: 'INVALID_ARGUMENT',
      message: `offer ${onIt} holds what ${id} reserves already`,
    });
    const mixed = world.accept('batch/a', [onIt, beside], { kind: 'launch', tasks: [task('t', cpus(3))] });
    expect(mixed).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(mixed.ok ? '' : mixed.message).toContain(`offers ${onIt} (of ${id}) and ${beside} (not reserved)`);
    expect(world.core.state.offers.size).toBe(2);
  });

  it('reserves on several hosts at once, one reservation on each', () => {
    const world = shared(2);
    world.demand('batch/a', '/a', [slicesEntry('d', 2, cpus(8), { allOrNothing: true })]);
    const outcome = world.accept(
      'batch/a',
      world.pass().map(({ offerId }) => offerId),
      { kind: 'reserve' },
    );
    expect(outcome.ok && outcome.ids.length).toBe(2);
    expect([...world.core.state.reservations.values()].map(({ hostId }) => hostId).sort()).toEqual(['h1', 'h2']);
  });
});

describe('giving reserved capacity up', () => {
  it('UpdateAllocationRemoveResources: shrinks by what the offer held, and anybody may have it again', () => {
    const world = shared();
    world.demand('batch/a', '/a', [slicesEntry('d', 2, cpus(4))]);
    const id = idOf(
      world.accept(
        'batch/a',
        world.pass().map(({ offerId }) => offerId),
        { kind: 'reserve' },
      ),
    );
    world.demand('batch/a', '/a', [slicesEntry('one', 1, cpus(3))]);
    const [offer] = world.pass();
    expect(world.accept('batch/a', [offer!.offerId], { kind: 'unreserve' })).toEqual({ ok: true, ids: [id] });
    expect(world.core.state.reservations.get(id)?.resources.quantities).toEqual({ cpusMilli: 5_000 });
    expect(world.total('/a', 'cpusMilli')).toBe(5_000);
    world.demand('batch/a', '/a', []);
    world.demand('batch/b', '/b', [slicesEntry('d', 1, cpus(3))]);
    expect(targets(world, world.pass())).toEqual(['batch/b=h1']);
    expect(violations(world)).toEqual([]);
  });

  it('is gone with the last of it', () => {
    const world = shared();
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(4))]);
    world.accept('batch/a', [world.pass()[0]!.offerId], { kind: 'reserve' });
    world.accept('batch/a', [world.pass()[0]!.offerId], { kind: 'unreserve' });
    expect(world.core.state.reservations.size).toBe(0);
    expect(world.total('/a', 'cpusMilli')).toBe(0);
  });

  it('is for who reserved it: others of the role, and what an operator reserved, are refused', () => {
    const world = shared();
    world.framework('batch/a2', ['/a']);
    const id = reserved(world, 'h1', '/a', cpus(2));
    world.demand('batch/a2', '/a', [slicesEntry('d', 1, cpus(2))]);
    const [offer] = world.pass();
    const refusal = world.accept('batch/a2', [offer!.offerId], { kind: 'unreserve' });
    expect(refusal).toMatchObject({ ok: false, code: 'PERMISSION_DENIED' });
    expect(refusal.ok ? '' : refusal.message).toContain(`${id}, which operator:anna made`);
    expect(world.core.state.offers.has(offer!.offerId)).toBe(true);
  });

  it('refuses an offer of nothing reserved', () => {
    const world = shared();
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(2))]);
    const [offer] = world.pass();
    expect(world.accept('batch/a', [offer!.offerId], { kind: 'unreserve' })).toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});

describe('who is offered reserved capacity', () => {
  it('Reservations: exactly the role, whoever else is hungry', () => {
    const world = shared();
    world.framework('batch/below', ['/a/x']);
    reserved(world, 'h1', '/a', cpus(8, 16));
    world.demand('batch/b', '/b', [slicesEntry('d', 1, cpus(1))]);
    expect(world.pass()).toEqual([]);
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(1))]);
    expect(targets(world, world.pass())).toEqual(['batch/a=h1']);
  });

  it('OfferAncestorReservationsToDescendantChild: not the roles below, unlike Mesos; one level says whose it is', () => {
    const world = shared();
    world.framework('batch/below', ['/a/x']);
    reserved(world, 'h1', '/a', cpus(8, 16));
    world.demand('batch/below', '/a/x', [slicesEntry('d', 1, cpus(1))]);
    expect(world.pass()).toEqual([]);
  });

  it('NonScalarReservationTracking: reserved ports are kept apart, and come with the reserved offer', () => {
    const world = shared();
    const wanted = { ...cpus(1), ports: [{ first: 1, last: 5 }] };
    reserved(world, 'h1', '/a', { ...cpus(1), ports: [{ first: 8_000, last: 8_004 }] });
    world.demand('batch/b', '/b', [slicesEntry('d', 2, wanted)]);
    expect(world.pass().map(({ resources }) => resources.ports)).toEqual([[{ first: 8_005, last: 8_009 }]]);
    world.demand('batch/a', '/a', [slicesEntry('d', 1, wanted)]);
    expect(world.pass().map(({ resources }) => resources.ports)).toEqual([[{ first: 8_000, last: 8_004 }]]);
    expect(violations(world)).toEqual([]);
  });

  it('serves a group from reserved and other capacity together, and takes nothing when both are too little', () => {
    const world = shared(3);
    world.runTask('h3', 'batch/b', '/b', task('busy', cpus(8)));
    const id = reserved(world, 'h2', '/a', cpus(6));
    world.demand('batch/a', '/a', [slicesEntry('gang', 3, cpus(6), { allOrNothing: true })]);
    expect(world.pass()).toEqual([]);
    expect(world.lastStatus('batch/a', 'gang')).toMatchObject({ unmetReason: 'GROUP_INCOMPLETE' });
    world.demand('batch/a', '/a', [slicesEntry('gang', 2, cpus(6), { allOrNothing: true })]);
    const offers = world.pass();
    expect(offers.map(({ hostId, reservationId }) => [hostId, reservationId])).toEqual([
      ['h2', id],
      ['h1', null],
    ]);
    expect(offers[0]!.groupId).not.toBeNull();
    expect(world.total('/a', 'cpusMilli')).toBe(12_000);
  });

  it('gives open claims of the role what is reserved, stated demand of the role first', () => {
    const world = shared();
    world.framework('batch/open', ['/a']);
    const id = reserved(world, 'h1', '/a', cpus(6, 8));
    world.openOffers('batch/open', '/a');
    world.openOffers('batch/b', '/b');
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(2, 2))]);
    const offers = world.pass();
    const told = offers.map(({ offerId, reservationId, resources }) => [
      world.core.state.offers.get(offerId)!.frameworkId,
      reservationId,
      resources.quantities['cpusMilli'],
    ]);
    expect(told.filter(([, reservationId]) => reservationId !== null)).toEqual([
      ['batch/a', id, 2_000],
      ['batch/open', id, 4_000],
    ]);
    expect(told.filter(([, reservationId]) => reservationId === null)).toHaveLength(1);
    expect(world.total('/a', 'cpusMilli')).toBe(
      6_000 + (told.find(([to, on]) => to === 'batch/open' && on === null) ? 2_000 : 0),
    );
    expect(violations(world)).toEqual([]);
  });

  it('deals reserved rests out to the open claims of a role by their share, and no further once all have declined', () => {
    const world = shared(4);
    world.framework('batch/a2', ['/a']);
    for (const host of ['h1', 'h2', 'h3', 'h4']) reserved(world, host, '/a', cpus(8, 16));
    world.openOffers('batch/a', '/a');
    world.openOffers('batch/a2', '/a');
    const offers = world.pass();
    expect(targets(world, offers)).toEqual(['batch/a=h1', 'batch/a2=h2', 'batch/a=h3', 'batch/a2=h4']);
    for (const { offerId } of offers)
      world.decline(world.core.state.offers.get(offerId)!.frameworkId, [offerId], 60_000);
    expect(targets(world, world.pass())).toEqual(['batch/a2=h1', 'batch/a=h2', 'batch/a2=h3', 'batch/a=h4']);
  });

  it('counts what an open claim gets of reserved capacity as any other: without what is left out of shares', () => {
    const world = new World({ shareExcludedResources: ['gpus'] });
    world.framework('batch/a', ['/a']);
    world.host({ name: 'h1', mode: 'shared', resources: { quantities: { cpusMilli: 8_000, gpus: 2 }, ports: [] } });
    reserved(world, 'h1', '/a', { quantities: { cpusMilli: 2_000, gpus: 2 }, ports: [] });
    world.openOffers('batch/a', '/a', true, { gpus: 1 });
    expect(cpusOf(world.pass())).toEqual([['r-1-1', 2_000]]);
    expect(world.core.openClaims.get('batch/a', '/a')).toMatchObject({ borrowed: 2_000, whole: 8_000 });
  });

  it('offers reserved GPUs to an open claim that names none: nobody else may have them', () => {
    const world = new World();
    world.framework('batch/a', ['/a']);
    const gpuHost = { quantities: { cpusMilli: 8_000, memoryBytes: 16 * GIB, gpus: 2 }, ports: [] };
    world.hosts(2, 'h', { mode: 'shared', resources: gpuHost });
    reserved(world, 'h1', '/a', { quantities: { cpusMilli: 2_000, gpus: 2 }, ports: [] });
    world.openOffers('batch/a', '/a');
    // Not so what is not reserved: the rest of h1 has no GPU left, h2 has.
    expect(cpusOf(world.pass())).toEqual([
      ['r-1-1', 2_000],
      [null, 6_000],
    ]);
    expect(violations(world)).toEqual([]);
  });

  it('offers reserved GPUs first to the open claims of the role that name them, to others what these leave', () => {
    const world = new World();
    for (const name of ['batch/a', 'batch/gpu']) world.framework(name, ['/a']);
    const gpuHost = { quantities: { cpusMilli: 8_000, memoryBytes: 16 * GIB, gpus: 2 }, ports: [] };
    world.hosts(2, 'h', { mode: 'shared', resources: gpuHost });
    for (const host of ['h1', 'h2']) reserved(world, host, '/a', gpuHost);
    world.openOffers('batch/a', '/a');
    world.openOffers('batch/gpu', '/a', true, { gpus: 1 });
    filterHost(world.core, 'batch/gpu', filterRole('/a', true), 'h2', 3_600_000);
    expect(targets(world, world.pass())).toEqual(['batch/gpu=h1', 'batch/a=h2']);
  });

  it('asks each open claim once about each reserved rest, however many others take', () => {
    const world = shared(40);
    for (const name of ['batch/a2', 'batch/a3']) world.framework(name, ['/a']);
    for (let host = 1; host <= 40; host += 1) reserved(world, `h${host}`, '/a', cpus(8, 16));
    for (const name of ['batch/a', 'batch/a2']) {
      world.openOffers(name, '/a');
      for (let host = 1; host <= 40; host += 1)
        filterHost(world.core, name, filterRole('/a', true), `h${host}`, 3_600_000);
    }
    world.openOffers('batch/a3', '/a');
    const { filters } = world.core;
    const blocks = filters.blocks.bind(filters);
    let asked = 0;
    filters.blocks = (...about) => {
      asked += 1;
      return blocks(...about);
    };
    expect(world.pass()).toHaveLength(40);
    expect(asked).toBe(3 * 40);
  });

  it('keeps declines of reserved and of other capacity of a host apart', () => {
    const world = shared();
    const id = reserved(world, 'h1', '/a', cpus(4));
    world.demand('batch/a', '/a', [slicesEntry('d', 2, cpus(4))]);
    const [onIt, beside] = world.pass();
    expect([onIt!.reservationId, beside!.reservationId]).toEqual([id, null]);
    world.decline('batch/a', [beside!.offerId], 60_000);
    world.demand('batch/a', '/a', [slicesEntry('d', 2, cpus(4))]);
    expect(world.pass()).toEqual([]);
    world.decline('batch/a', [onIt!.offerId], 1_000);
    expect(world.pass()).toEqual([]);
    world.advance(1_000);
    expect(cpusOf(world.pass())).toEqual([[id, 4_000]]);
  });

  it('renews an offer of reserved capacity while only other roles wait', () => {
    const world = shared();
    reserved(world, 'h1', '/a', cpus(8, 16));
    world.framework('batch/a2', ['/a']);
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(8, 16))]);
    const [offer] = world.pass();
    world.demand('batch/b', '/b', [slicesEntry('d', 1, cpus(1))]);
    const renewed = (): number | undefined => {
      world.core.nowMs += 5_000;
      renewOffers(world.core, 'batch/a', { kind: 'renew', offerIds: [offer!.offerId] });
      return world.core.state.offers.get(offer!.offerId)?.expiresMs;
    };
    const later = renewed();
    expect(later).toBe(world.core.nowMs + world.core.options.offerLeaseMs);
    world.demand('batch/a2', '/a', [slicesEntry('d', 1, cpus(1))]);
    expect(renewed()).toBe(later);
  });
});

describe('quota and reservations', () => {
  it('ReservationUnallocated: what is reserved and idle counts as served of the guarantee', () => {
    const world = shared(2);
    world.role('/a', { guarantee: { cpusMilli: 8_000 } });
    const id = reserved(world, 'h1', '/a', cpus(8));
    world.demand('batch/b', '/b', [slicesEntry('d', 8, cpus(1))]);
    world.demand('batch/a', '/a', [slicesEntry('d', 16, cpus(1))]);
    const offers = world.pass();
    expect(offers.filter(({ reservationId }) => reservationId === id)).toHaveLength(8);
    // Nothing is owed to /a beside it: neither has borrowed, so h2 is halved.
    expect(countOn(world, offers, 'h2')).toEqual({ 'batch/a': 4, 'batch/b': 4 });
  });

  it('ReservationAllocated: a task on a reservation is not counted beside it', () => {
    const world = shared(2);
    world.role('/a', { guarantee: { cpusMilli: 12_000 } });
    reserved(world, 'h1', '/a', cpus(8));
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(8))]);
    world.accept('batch/a', [world.pass()[0]!.offerId], { kind: 'launch', tasks: [task('t', cpus(8))] });
    expect(world.core.ledger.served('/a')).toMatchObject({ cpusMilli: 8_000 });
    world.demand('batch/b', '/b', [slicesEntry('d', 8, cpus(1))]);
    world.demand('batch/a', '/a', [slicesEntry('more', 8, cpus(1))]);
    // 4 more are owed to /a before anybody borrows, then the other 4 are halved.
    expect(countOn(world, world.pass(), 'h2')).toEqual({ 'batch/a': 6, 'batch/b': 2 });
  });

  it('NonQuotaRoleReservationWithQuotaRole, QuotaSetAsideReservedResources: what others reserve is no part of what is kept', () => {
    const world = shared();
    world.role('/a', { guarantee: { cpusMilli: 4_000 }, lendingLimit: { cpusMilli: 0 } });
    reserved(world, 'h1', '/b', cpus(4));
    world.demand('batch/b', '/b', [slicesEntry('d', 8, cpus(1))]);
    // /b gets its own 4, and nothing of the 4 that are kept for /a.
    expect(world.pass().every(({ reservationId }) => reservationId !== null)).toBe(true);
    expect(world.core.state.offers.size).toBe(4);
    world.demand('batch/a', '/a', [slicesEntry('d', 8, cpus(1))]);
    // /a gets the 4 that were kept, and nothing of what is reserved for /b.
    expect(targets(world, world.pass())).toEqual(['batch/a=h1', 'batch/a=h1', 'batch/a=h1', 'batch/a=h1']);
  });

  it('QuotaAccountingReserveAllocatedResources, QuotaAccountingUnreserveAllocatedResources: the charge stays what it was', () => {
    const world = shared();
    const id = reserved(world, 'h1', '/a', cpus(6));
    world.demand('batch/a', '/a', [slicesEntry('d', 1, cpus(4))]);
    world.accept('batch/a', [world.pass()[0]!.offerId], { kind: 'launch', tasks: [task('t', cpus(4))] });
    expect(world.total('/a', 'cpusMilli')).toBe(6_000);
    const done = handleOperatorCommand(world.core, 'anna', {
      ...{ kind: 'unreserve', reservation: id, resources: { quantities: {}, ports: [] }, dryRun: false },
    });
    expect(done).toMatchObject({ ok: true });
    expect(world.core.state.tasks.get('batch/a/t')).not.toHaveProperty('reservationId');
    expect(world.core.ledger.account('/a')).toMatchObject({
      used: { cpusMilli: 4_000 },
      reserved: { cpusMilli: 0 },
      total: { cpusMilli: 4_000 },
    });
    expect(violations(world)).toEqual([]);
  });

  it('QuotaHeadroomWhenReservationsExceedQuota: more reserved than guaranteed keeps nothing more from others', () => {
    const world = shared(2);
    world.role('/a', { guarantee: { cpusMilli: 4_000 }, lendingLimit: { cpusMilli: 0 } });
    reserved(world, 'h1', '/a', cpus(8));
    world.demand('batch/b', '/b', [slicesEntry('d', 8, cpus(1))]);
    expect(targets(world, world.pass())).toEqual(Array.from({ length: 8 }, () => 'batch/b=h2'));
  });

  it('ReservationWithinQuota: a role at its limit is still offered what it reserved within it, and nothing more', () => {
    const world = shared();
    world.role('/a', { limit: { cpusMilli: 4_000 } });
    const id = reserved(world, 'h1', '/a', cpus(4));
    world.demand('batch/a', '/a', [slicesEntry('d', 8, cpus(1))]);
    expect(cpusOf(world.pass())).toEqual(Array.from({ length: 4 }, () => [id, 1_000]));
    expect(reserve(world, 'h1', '/a', cpus(1))).toMatchObject({ ok: false, code: 'OVER_LIMIT' });
  });

  it('ReservationWithinQuota: so is an open claim of it', () => {
    const world = shared(2);
    world.role('/a', { limit: { cpusMilli: 4_000 } });
    const id = reserved(world, 'h1', '/a', cpus(4, 8));
    world.openOffers('batch/a', '/a');
    expect(cpusOf(world.pass())).toEqual([[id, 4_000]]);
    expect(violations(world)).toEqual([]);
  });

  it('QuotaWithAncestorReservations, QuotaWithNestedRoleReservation: a reservation counts in every role above its own', () => {
    const world = shared();
    world.role('/a', { limit: { cpusMilli: 6_000 } });
    world.framework('batch/below', ['/a/x']);
    reserved(world, 'h1', '/a/x', cpus(4));
    expect([world.total('/a', 'cpusMilli'), world.total('/', 'cpusMilli')]).toEqual([4_000, 4_000]);
    expect(world.core.ledger.account('/a').own).toEqual({});
    const refusal = reserve(world, 'h1', '/a', cpus(3));
    expect(refusal).toMatchObject({ ok: false, code: 'OVER_LIMIT' });
    expect(refusal.ok ? '' : refusal.message).toContain('role /a is at its limit');
  });

  it('ReservedDRF: the role that reserves is behind in the surplus by what it reserved', () => {
    const world = shared(2);
    reserved(world, 'h1', '/a', cpus(4, 8));
    world.demand('batch/a', '/a', [slicesEntry('d', 16, cpus(1, 1))]);
    world.demand('batch/b', '/b', [slicesEntry('d', 16, cpus(1, 1))]);
    world.pass();
    // 16 CPUs: 8 each, 4 of /a's reserved.
    expect([world.total('/a', 'cpusMilli'), world.total('/b', 'cpusMilli')]).toEqual([8_000, 8_000]);
  });

  it('takes no offer of reserved capacity back when a limit is lowered: it charges nothing', () => {
    const world = shared();
    reserved(world, 'h1', '/a', cpus(4));
    world.demand('batch/a', '/a', [slicesEntry('d', 8, cpus(1))]);
    world.pass();
    const lowered = handleOperatorCommand(world.core, 'anna', {
      ...{ kind: 'role_set', role: '/a', change: { limit: { cpusMilli: 4_000 } }, dryRun: false },
    });
    expect(lowered).toMatchObject({ ok: true });
    expect([...world.core.state.offers.values()].map(({ reservationId }) => reservationId !== undefined)).toEqual(
      Array.from({ length: 4 }, () => true),
    );
  });
});
