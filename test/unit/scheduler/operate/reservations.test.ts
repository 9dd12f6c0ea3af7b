// Reservations over the life of hosts, roles, frameworks and masters; operators' commands with their refusals.
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FrameworkEvent, Offer, OperatorCommand, OperatorReply, Resources } from '../../../../scheduler/index.js';
import {
  CoreHarness,
  GIB,
  resources,
  slicesWanted,
  type AgentPeer,
  type FrameworkPeer,
} from '../../../support/core-harness.js';
import { task } from '../allocate/world.js';

let harness: CoreHarness;
let node1: AgentPeer;
let batch: FrameworkPeer;
let other: FrameworkPeer;

const wet = { dryRun: false } as const;

beforeEach(() => {
  harness = new CoreHarness({ planner: 'off' });
  node1 = harness.agent('node1', { resources: resources(8, 16) });
  harness.must({ ...wet, kind: 'role_set', role: '/batch', change: {} });
  harness.must({ ...wet, kind: 'role_set', role: '/other', change: {} });
  batch = harness.framework('jobs/batch', ['/batch'], false);
  other = harness.framework('jobs/other', ['/other'], false);
  for (const framework of [batch, other]) framework.observes([]);
  harness.settle();
  harness.must({ ...wet, kind: 'host_admit', host: 'node1' });
  harness.must({ ...wet, kind: 'host_share', host: 'node1', shared: true });
  harness.advance(1_000);
});

function cpus(count: number, memoryGib = 0): Resources {
  return {
    quantities: { cpusMilli: count * 1_000, ...(memoryGib === 0 ? {} : { memoryBytes: memoryGib * GIB }) },
    ports: [],
  };
}

function reserving(change: Partial<Extract<OperatorCommand, { kind: 'reserve' }>> = {}): OperatorCommand {
  return { ...wet, kind: 'reserve', host: 'node1', role: '/batch', resources: cpus(4, 8), reason: '', ...change };
}

const ALL: Resources = { quantities: {}, ports: [] };

function reserved(change: Partial<Extract<OperatorCommand, { kind: 'reserve' }>> = {}): string {
  const reply = harness.command(reserving(change));
  if (!reply.ok) throw new Error(reply.message);
  return reply.ids[0]!;
}

/** The answer must be a refusal that changes nothing. */
function refusal(command: OperatorCommand): Extract<OperatorReply, { ok: false }> {
  const before = JSON.stringify(harness.master.dump());
  const reply = harness.command(command);
  expect(reply.ok).toBe(false);
  expect(JSON.stringify(harness.master.dump())).toBe(before);
  return reply as Extract<OperatorReply, { ok: false }>;
}

function offersOf(framework: FrameworkPeer): readonly Offer[] {
  const open = new Map<string, Offer>();
  for (const message of framework.received as readonly FrameworkEvent[]) {
    if (message.kind === 'resync') open.clear();
    if (message.kind === 'offers') for (const offer of message.offers) open.set(offer.offerId, offer);
    if (message.kind === 'rescind') for (const offerId of message.offerIds) open.delete(offerId);
  }
  return [...open.values()];
}

function views() {
  const page = { limit: 200, pageToken: '' };
  return harness.query({ kind: 'reservations', host: '', role: '', idle: false, page }).reservations;
}

/** A task of `count` CPUs on what is reserved. */
function runOnReservation(count: number, taskId = 't1'): void {
  batch.wants([slicesWanted('d', 1, cpus(count))]);
  harness.advance(100);
  const [offer] = offersOf(batch);
  const action = { kind: 'launch', tasks: [task(taskId, cpus(count))] } as const;
  batch.say({ kind: 'accept', commandId: batch.nextCommandId(), offerIds: [offer!.offerId], action });
  batch.wants([]);
  harness.advance(100);
}

describe('UpdateAvailableSuccess: an operator reserves', () => {
  it('what no task uses, and says so; a dry run says the same and changes nothing', () => {
    const dry = harness.command(reserving({ dryRun: true, reason: 'nightly reports' }));
    expect(dry).toEqual({
      ok: true,
      changes: ['node1 keeps cpus=4 memory=8GiB for role /batch'],
      remarks: [],
      ids: [],
    });
    expect(views()).toEqual([]);
    const id = reserved({ reason: 'nightly reports' });
    expect(views()).toEqual([
      {
        ...{ reservationId: id, hostName: 'node1', role: '/batch', by: 'operator:ana', reason: 'nightly reports' },
        ...{ resources: cpus(4, 8), idle: cpus(4, 8), tasks: 0, offers: 0, sinceMs: harness.nowMs },
      },
    ]);
    harness.assertSound();
  });

  it('counts bytes in whole MiB: keeps at least as much as was asked, and gives up as much', () => {
    const id = reserved({ resources: { quantities: { memoryBytes: 3_000_000 }, ports: [] } });
    expect(views()).toMatchObject([{ resources: { quantities: { memoryBytes: 3 * 2 ** 20 } } }]);
    const one = { quantities: { memoryBytes: 1_000_000 }, ports: [] };
    expect(harness.command({ ...wet, kind: 'unreserve', reservation: id, resources: one })).toMatchObject({ ok: true });
    expect(views()).toMatchObject([{ resources: { quantities: { memoryBytes: 2 * 2 ** 20 } } }]);
    harness.assertSound();
  });

  it('ReserveOfferedResources: rescinds the newest offers in the way, and only as many as that takes', () => {
    other.wants([slicesWanted('d', 4, cpus(2))]);
    harness.advance(100);
    const before = offersOf(other).map(({ offerId }) => offerId);
    expect(before).toHaveLength(4);
    const reply = harness.command(reserving({ resources: cpus(3) }));
    expect(reply).toMatchObject({
      ok: true,
      changes: ['node1 keeps cpus=3 for role /batch', '2 open offers are rescinded'],
    });
    expect(offersOf(other).map(({ offerId }) => offerId)).toEqual(before.slice(0, 2));
    harness.assertSound();
  });

  it('spares an offer that turns out not to be needed', () => {
    other.wants([slicesWanted('big', 1, cpus(6)), slicesWanted('small', 1, cpus(1))]);
    harness.advance(100);
    const [big, small] = ['big', 'small'].map((id) => offersOf(other).find(({ demandId }) => demandId === id)!.offerId);
    expect(harness.command(reserving({ resources: cpus(7) }))).toMatchObject({ ok: true });
    expect([big, small].map((id) => offersOf(other).some(({ offerId }) => offerId === id))).toEqual([false, true]);
  });

  it('counts offers of the role that are rescinded for it as room below its limit', () => {
    harness.must({ ...wet, kind: 'role_set', role: '/batch', change: { limit: { cpusMilli: 8_000 } } });
    batch.wants([slicesWanted('d', 4, cpus(2))]);
    harness.advance(100);
    expect(refusal(reserving({ resources: cpus(9) })).code).toBe('FAILED_PRECONDITION');
    expect(harness.command(reserving({ resources: cpus(8) }))).toMatchObject({ ok: true });
    harness.assertSound();
  });

  it('says when nobody of the role is there to use it', () => {
    harness.must({ ...wet, kind: 'role_set', role: '/empty', change: {} });
    expect(harness.command(reserving({ role: '/empty' }))).toMatchObject({
      remarks: ['no framework is registered for role /empty now; what is kept for it stays idle until one is'],
    });
  });
});

describe('UpdateAvailableFail: a reservation is refused', () => {
  it('where tasks use the capacity: they are left alone', () => {
    other.wants([slicesWanted('d', 1, cpus(6))]);
    harness.advance(100);
    const action = { kind: 'launch', tasks: [task('busy', cpus(6))] } as const;
    other.say({ kind: 'accept', commandId: 'c1', offerIds: [offersOf(other)[0]!.offerId], action });
    const { code, message } = refusal(reserving({ resources: cpus(3) }));
    expect(code).toBe('FAILED_PRECONDITION');
    expect(message).toMatch(
      /^node1 has no cpus=3 to keep: what is neither used nor reserved is cpus=2 memory=16GiB ports=/,
    );
  });

  it('above a limit of the role or of one above it', () => {
    harness.must({ ...wet, kind: 'role_set', role: '/batch', change: { limit: { cpusMilli: 3_000 } } });
    const { code, message } = refusal(reserving());
    expect([code, message]).toEqual([
      'OVER_LIMIT',
      'role /batch is at its limit cpusMilli=3000 (0 in use); cpus=4 memory=8GiB more would pass it',
    ]);
  });

  it.each([
    ['a host that does not exist', { host: 'nod1' }, 'NOT_FOUND', /there is no host "nod1"; did you mean node1\?/],
    ['a role that does not exist', { role: '/bath' }, 'NOT_FOUND', /there is no role "\/bath"; did you mean \/batch\?/],
    ['nothing', { resources: ALL }, 'INVALID_ARGUMENT', /resources is empty; name at least one amount above 0/],
    [
      'whole hosts',
      { resources: { quantities: { hosts: 1 }, ports: [] } },
      'INVALID_ARGUMENT',
      /a dimension named "hosts"/,
    ],
    [
      'half a milli-CPU',
      { resources: { quantities: { cpusMilli: 0.5 }, ports: [] } },
      'INVALID_ARGUMENT',
      /resources.cpusMilli is 0.5/,
    ],
    [
      'what the host has not',
      { resources: { quantities: { gpus: 1 }, ports: [] } },
      'FAILED_PRECONDITION',
      /node1 has no gpus=1 to keep/,
    ],
    [
      'ports that the host has not',
      { resources: { quantities: {}, ports: [{ first: 80, last: 80 }] } },
      'FAILED_PRECONDITION',
      /no ports=80 to keep/,
    ],
    ['a reason that is too long', { reason: 'x'.repeat(301) }, 'INVALID_ARGUMENT', /reason has 301 characters/],
  ] as const)('for %s', (_what, change, code, text) => {
    const reply = refusal(reserving(change));
    expect(reply.code).toBe(code);
    expect(reply.message).toMatch(text);
  });

  it('on hosts that are not shared, cordoned or lost', () => {
    harness.agent('node2');
    harness.must({ ...wet, kind: 'host_admit', host: 'node2' });
    expect(refusal(reserving({ host: 'node2' })).message).toBe(
      'node2 is free; only parts of shared hosts are reserved (mosaic host share node2)',
    );
    harness.must({ ...wet, kind: 'host_cordon', host: 'node1', reason: 'fans' });
    expect(refusal(reserving()).message).toBe('node1 is cordoned (ana: fans); first: mosaic host uncordon node1');
    harness.must({ ...wet, kind: 'host_uncordon', host: 'node1' });
    node1.disconnect();
    harness.advance(120_000);
    expect(refusal(reserving()).message).toMatch(/^node1 is lost/);
  });
});

describe('an operator ends a reservation', () => {
  it('by its id; tasks on it go on and are charged as any other', () => {
    const id = reserved();
    runOnReservation(2);
    expect(harness.query({ kind: 'tasks', frameworkId: '', page: { limit: 10, pageToken: '' } }).tasks).toMatchObject([
      { taskId: 't1', state: 'running', reservationId: id },
    ]);
    const reply = harness.command({ ...wet, kind: 'unreserve', reservation: id, resources: ALL });
    expect(reply).toEqual({
      ok: true,
      changes: [
        `${id} ends: node1 no longer keeps cpus=4 memory=8GiB for role /batch`,
        '1 task on it goes on, charged to role /batch as any other',
      ],
      ids: [id],
    });
    const role = harness.query({ kind: 'roles' }).roles.find(({ path }) => path === '/batch');
    expect(role).toMatchObject({ used: { cpusMilli: 2_000 }, reserved: {} });
    harness.assertSound();
  });

  it('in part, out of what no task uses, with offers of that rescinded', () => {
    const id = reserved({ resources: cpus(8) });
    runOnReservation(2);
    batch.wants([slicesWanted('more', 2, cpus(3))]);
    harness.advance(100);
    expect(offersOf(batch).filter(({ reservationId }) => reservationId === id)).toHaveLength(3);
    const tooMuch = refusal({ ...wet, kind: 'unreserve', reservation: id, resources: cpus(7) });
    expect(tooMuch.message).toBe(
      `${id} has no cpus=7 to give up: what no task uses is cpus=6; without amounts all of it ends`,
    );
    expect(harness.command({ ...wet, kind: 'unreserve', reservation: id, resources: cpus(3) })).toMatchObject({
      changes: ['node1 keeps cpus=3 less for role /batch', '1 open offer is rescinded'],
    });
    expect(views()).toMatchObject([{ resources: cpus(5), idle: cpus(3), tasks: 1, offers: 1 }]);
    harness.assertSound();
  });

  it('that does not exist: the answer names what is near', () => {
    const id = reserved();
    const wrong = `${id}0`;
    expect(refusal({ ...wet, kind: 'unreserve', reservation: wrong, resources: ALL })).toMatchObject({
      code: 'NOT_FOUND',
      message: `there is no reservation "${wrong}"; did you mean ${id}? see: mosaic reservations`,
    });
  });
});

describe('what a reservation outlives and what ends it', () => {
  it('outlives a restart of the master, with the tasks on it', () => {
    const id = reserved();
    runOnReservation(2);
    harness.restart();
    node1.connect();
    batch.connect();
    other.connect();
    harness.advance(1_000);
    expect(views()).toMatchObject([{ reservationId: id, tasks: 1, idle: cpus(2, 8) }]);
    other.wants([slicesWanted('d', 8, cpus(1))]);
    batch.wants([slicesWanted('d', 8, cpus(1))]);
    harness.advance(1_000);
    expect(offersOf(batch).filter(({ reservationId }) => reservationId === id)).toHaveLength(2);
    expect(offersOf(other).every(({ reservationId }) => reservationId === null)).toBe(true);
    harness.assertSound();
  });

  it('ends with the framework that made it, not with another one that uses it; an operator’s stays', () => {
    const kept = reserved({ resources: cpus(2) });
    batch.wants([slicesWanted('d', 1, cpus(4))]);
    harness.advance(100);
    batch.say({
      ...{ kind: 'accept', commandId: 'r', action: { kind: 'reserve' } },
      offerIds: [offersOf(batch).find(({ reservationId }) => reservationId === null)!.offerId],
    });
    expect(views()).toHaveLength(2);
    harness.must({ ...wet, kind: 'framework_teardown', frameworkId: 'jobs/other' });
    expect(views()).toHaveLength(2);
    harness.must({ ...wet, kind: 'framework_teardown', frameworkId: 'jobs/batch' });
    expect(views().map(({ reservationId }) => reservationId)).toEqual([kept]);
    harness.assertSound();
  });

  it('keeps a framework in the role in which it reserved something', () => {
    batch.wants([slicesWanted('d', 1, cpus(4))]);
    harness.advance(100);
    const offerIds = offersOf(batch).map(({ offerId }) => offerId);
    batch.say({ kind: 'accept', commandId: 'r', offerIds, action: { kind: 'reserve' } });
    batch.disconnect();
    const moved = harness.framework('jobs/batch', ['/other'], false);
    expect(moved.connected).toBe(false);
  });

  it('keeps its host shared: unsharing, moving and forgetting are refused by name', () => {
    const id = reserved();
    const why = `node1 has capacity reserved: ${id} (role /batch, by operator:ana); end it first: mosaic unreserve ${id}`;
    expect(refusal({ ...wet, kind: 'host_share', host: 'node1', shared: false }).message).toBe(why);
    const move = { ...wet, kind: 'move', host: 'node1', to: 'free', role: '', hard: false, reason: '' } as const;
    expect(refusal(move).message).toBe(why);
    harness.must({ ...wet, kind: 'host_quarantine', host: 'node1', reason: 'smoke' });
    expect(refusal({ ...wet, kind: 'host_release', host: 'node1' }).message).toBe(why);
    node1.disconnect();
    expect(refusal({ ...wet, kind: 'host_forget', host: 'node1' }).message).toBe(why);
    harness.assertSound();
  });

  it('ends when a lost host is confirmed off: capacity that is not there serves nobody', () => {
    const id = reserved();
    node1.disconnect();
    harness.advance(120_000);
    expect(views()).toHaveLength(1);
    expect(harness.must({ ...wet, kind: 'host_confirm_off', host: 'node1' })).toContain(`${id} of role /batch ends`);
    expect(views()).toEqual([]);
    harness.assertSound();
  });

  it('keeps its role: deleting it is refused by name', () => {
    harness.must({ ...wet, kind: 'role_set', role: '/empty', change: {} });
    const id = reserved({ role: '/empty' });
    expect(refusal({ ...wet, kind: 'role_delete', role: '/empty' }).message).toBe(
      `role /empty has 1 reservation (${id}); end it first: mosaic unreserve ${id}`,
    );
    harness.must({ ...wet, kind: 'unreserve', reservation: id, resources: ALL });
    harness.must({ ...wet, kind: 'role_delete', role: '/empty' });
  });

  it('shows a host that is smaller than what is reserved on it also after a restart, when nothing runs there', () => {
    const id = reserved({ resources: cpus(6) });
    node1.sendReport({ resources: resources(4, 16) });
    harness.settle();
    harness.restart();
    const conditions = harness.query({ kind: 'conditions' }).conditions;
    expect(conditions).toContainEqual(expect.objectContaining({ kind: 'OVERCOMMITTED', subject: 'node1' }));
    expect(conditions.find(({ kind }) => kind === 'OVERCOMMITTED')?.message).toContain(id);
    harness.assertSound();
  });

  it('UpdateSlaveTotalResources: a host that comes back smaller is overcommitted until something is given up', () => {
    const id = reserved({ resources: cpus(6) });
    runOnReservation(2);
    node1.sendReport({ resources: resources(4, 16) });
    harness.settle();
    const [condition] = harness.query({ kind: 'conditions' }).conditions;
    expect(condition).toMatchObject({ kind: 'OVERCOMMITTED', subject: 'node1' });
    expect(condition!.message).toContain(`${id} reserve there`);
    batch.wants([slicesWanted('d', 1, cpus(1))]);
    harness.advance(1_000);
    expect(offersOf(batch).filter(({ hostName }) => hostName === 'node1')).toHaveLength(1); // The one that was accepted.
    harness.must({ ...wet, kind: 'unreserve', reservation: id, resources: cpus(3) });
    expect(harness.query({ kind: 'conditions' }).conditions).toEqual([]);
    harness.assertSound();
  });
});

describe('what people see', () => {
  it('lists by host, role and idleness', () => {
    const first = reserved({ resources: cpus(2) });
    const second = reserved({ resources: cpus(1), role: '/other' });
    const listed = (change: object) =>
      harness
        .query({ kind: 'reservations', host: '', role: '', idle: false, page: { limit: 10, pageToken: '' }, ...change })
        .reservations.map(({ reservationId }) => reservationId);
    runOnReservation(1);
    expect(listed({})).toEqual([first, second]);
    expect(listed({ idle: true })).toEqual([second]);
    expect(listed({ role: 'other' })).toEqual([second]);
    expect(listed({ host: 'node1', role: '/batch' })).toEqual([first]);
    expect(
      harness.master.query({
        kind: 'reservations',
        host: 'nod1',
        role: '',
        idle: false,
        page: { limit: 1, pageToken: '' },
      }),
    ).toMatchObject({ kind: 'not_found' });
  });

  it('explains a host and a role with what is reserved', () => {
    const id = reserved({ reason: 'nightly reports' });
    harness.advance(3_600_000);
    const host = harness.why('node1');
    expect(host.reasons.map(({ text }) => text)).toContain(
      `keeps cpus=4 memory=8GiB for role /batch: ${id} by operator:ana, 1h old, idle (nightly reports)`,
    );
    expect(host.wouldChangeIt[0]).toBe(`mosaic unreserve ${id}`);
    expect(harness.why('/batch').reasons.map(({ text }) => text)).toContain(
      'cpus=4 memory=8GiB reserved for it on 1 host, charged whether used or not; cpus=4 memory=8GiB of it idle (mosaic reservations --role /batch)',
    );
    expect(harness.query({ kind: 'host', host: 'node1' }).host).toMatchObject({
      free: { quantities: { cpusMilli: 4_000, memoryBytes: 8 * GIB } },
      reservations: [{ reservationId: id }],
    });
  });
});
