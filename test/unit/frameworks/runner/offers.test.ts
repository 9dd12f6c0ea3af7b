import { describe, expect, it } from '@jest/globals';
import { AdapterError } from '../../../../frameworks/contract/types.js';
import type { HostLease, Offer } from '../../../../frameworks/contract/protocol.js';
import { Rig } from './rig.js';

const offer = (number: number, fields: Partial<Offer> = {}): Offer => ({
  offerId: `o${number}`,
  role: '/a',
  demandId: 'd1',
  hostId: `h${number}`,
  hostName: `node${number}`,
  identity: { uuid: `u${number}`, serial: '', macs: [] },
  shape: 'standard',
  faultDomain: { region: '', zone: '', rack: '' },
  attributes: {},
  resources: {} as Offer['resources'],
  wholeHost: true,
  transitionId: null,
  groupId: null,
  reservationId: null,
  validForMs: 30_000,
  ...fields,
});

const lease = (number: number, role = '/a'): HostLease => ({
  leaseId: `l${number}`,
  hostId: `h${number}`,
  hostName: `node${number}`,
  identity: { uuid: `u${number}`, serial: '', macs: [] },
  role,
  origin: 'claimed',
  phase: 'joining',
});

/** A runner whose framework wants `count` hosts in `/a`. */
async function wanting(count: number): Promise<Rig> {
  const rig = new Rig();
  const entry = { demandId: 'd1', role: '/a', shape: 'standard', minimum: 0, priority: 0, evidence: '' };
  rig.adapter.wanted = () => Promise.resolve(count === 0 ? [] : [{ ...entry, count }]);
  return await rig.start();
}

const give = (rig: Rig, ...offers: readonly Offer[]): void => rig.runner.onEvent({ kind: 'offers', offers });
const claimed = (rig: Rig): readonly string[] => rig.sent('accept').flatMap((message) => message.offerIds);
const declined = (rig: Rig): readonly string[] => rig.sent('decline').flatMap((message) => message.offerIds);

describe('offers', () => {
  it('that match demand are claimed, up to what is wanted', async () => {
    const rig = await wanting(2);
    give(rig, offer(1), offer(2), offer(3));
    expect(rig.sent('accept')).toMatchObject([
      { offerIds: ['o1'], action: { kind: 'claim' } },
      { offerIds: ['o2'], action: { kind: 'claim' } },
    ]);
    expect(rig.sent('accept')[0]!.commandId).not.toBe(rig.sent('accept')[1]!.commandId);
    expect(rig.sent('decline')).toEqual([
      { kind: 'decline', offerIds: ['o3'], filterMs: 30_000, reason: '2 of 2 hosts wanted are held or claimed' },
    ]);
  });

  it('count against what is held, not twice against a claim that was granted', async () => {
    const rig = await wanting(3);
    rig.runner.onEvent({ kind: 'resync', leases: [lease(8), lease(9, '/b')], tasks: [] });
    give(rig, offer(1));
    rig.runner.onEvent({ kind: 'lease', lease: lease(1), change: 'granted', reason: '' });
    const { commandId } = rig.sent('accept')[0]!;
    rig.runner.onEvent({ kind: 'result', commandId, outcome: { ok: true, ids: ['l1'] } });
    give(rig, offer(2), offer(3));
    expect(claimed(rig)).toEqual(['o1', 'o2']);
    rig.runner.onEvent({ kind: 'lease', lease: lease(8), change: 'ended', reason: '' });
    give(rig, offer(4));
    expect(claimed(rig)).toEqual(['o1', 'o2', 'o4']);
  });

  it('may replace a host that is about to leave', async () => {
    const rig = await wanting(1);
    rig.runner.onEvent({ kind: 'lease', lease: { ...lease(8), phase: 'serving' }, change: 'granted', reason: '' });
    rig.runner.onEvent({ kind: 'lease', lease: { ...lease(8), phase: 'leaving' }, change: 'changed', reason: '' });
    give(rig, offer(1));
    expect(claimed(rig)).toEqual(['o1']);
  });

  it('make room again when a claim fails or the offer is rescinded', async () => {
    const rig = await wanting(1);
    give(rig, offer(1));
    const { commandId } = rig.sent('accept')[0]!;
    rig.runner.onEvent({ kind: 'result', commandId, outcome: { ok: false, code: 'OFFER_LOST', message: 'gone' } });
    give(rig, offer(2));
    rig.runner.onEvent({ kind: 'rescind', offerIds: ['o2'], reason: 'host lost' });
    give(rig, offer(3));
    expect(claimed(rig)).toEqual(['o1', 'o2', 'o3']);
  });

  it('for demand that is no longer stated are declined', async () => {
    const rig = await wanting(5);
    give(rig, offer(1, { demandId: 'gone' }));
    expect(rig.sent('decline')).toMatchObject([{ reason: 'demand gone is no longer stated' }]);
  });

  it('at the end of a move are claimed whatever the demand says', async () => {
    const rig = await wanting(0);
    give(rig, offer(1, { transitionId: 't1', demandId: 'gone' }));
    expect(claimed(rig)).toEqual(['o1']);
  });

  it('of one group are taken together or not at all', async () => {
    const rig = await wanting(3);
    const group = (groupId: string, ...numbers: readonly number[]): readonly Offer[] =>
      numbers.map((number) => offer(number, { groupId }));
    give(rig, ...group('g1', 1, 2), ...group('g2', 3, 4));
    expect(rig.sent('accept')).toMatchObject([{ offerIds: ['o1', 'o2'] }]);
    expect(rig.sent('decline')).toMatchObject([{ offerIds: ['o3', 'o4'] }]);
  });

  it('of slices are declined: a managed framework runs no tasks', async () => {
    const rig = await wanting(3);
    give(rig, offer(1, { wholeHost: false }));
    expect(declined(rig)).toEqual(['o1']);
  });

  it('are declined before demand is known, and while the manager is down', async () => {
    const early = new Rig();
    early.adapter.wanted = () => new Promise(() => undefined);
    await early.start();
    give(early, offer(1));
    expect(early.sent('decline')).toMatchObject([{ reason: 'demand is not known yet' }]);

    const rig = await wanting(3);
    const down = (): Promise<never> => Promise.reject(new AdapterError('unavailable', 'down'));
    rig.adapter.wanted = down;
    rig.adapter.observed = down;
    await rig.clock.advance(70_000);
    give(rig, offer(1), offer(2, { transitionId: 't1' }));
    expect(rig.sent('decline')).toMatchObject([{ offerIds: ['o1'], reason: 'the manager does not answer' }]);
    expect(claimed(rig)).toEqual(['o2']);
  });
});

describe('events that are not for it', () => {
  it('change nothing', async () => {
    const rig = await wanting(1);
    const before = rig.messages.length;
    const status = { taskId: 't', hostId: 'h', state: 'running', statusSeq: 1, message: '', exitCode: null } as const;
    rig.runner.onEvent({ kind: 'task_status', status });
    rig.runner.onEvent({ kind: 'demand_status', role: '/a', statuses: [] });
    rig.runner.onEvent({ kind: 'error', code: 'NOT_FOUND', message: 'no such transition' });
    rig.runner.onEvent({ kind: 'result', commandId: 'unknown', outcome: { ok: true, ids: [] } });
    expect(rig.messages).toHaveLength(before);
    expect(rig.logged).toContain('the master reports: no such transition');
  });
});
