import { describe, expect, it } from '@jest/globals';
import { peerDisconnected, releaseHost, uncordonHost } from '../../../../scheduler/reconcile/index.js';
import { identityKeys, isJunkUuid, normaliseIdentity, relate } from '../../../../scheduler/state/identity.js';
import {
  agentHello,
  condition,
  connectAgent,
  connectFramework,
  hostOf,
  identity,
  joinAgent,
  lease,
  makeCore,
  open,
  restart,
  setMode,
} from './support.js';

describe('uuids that say nothing', () => {
  it.each([
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '03000200-0400-0500-0006-000700080009',
    '12345678-1234-5678-90ab-cddeefaabbcc',
    '11111111-1111-1111-1111-111111111111',
    'Not Settable',
    'To Be Filled By O.E.M.',
    'N/A',
    '',
  ])('%s', (uuid) => {
    expect(isJunkUuid(normaliseIdentity(identity(1, { uuid })).uuid)).toBe(true);
  });

  it.each(['4c4c4544-0042-4710-8057-b8c04f334432', '00000000-0000-4000-8000-000000000001'])('but %s does', (uuid) => {
    expect(isJunkUuid(uuid)).toBe(false);
  });
});

describe('a normalised identity', () => {
  it('is lower case, without blanks, with sorted MACs and no placeholders', () => {
    expect(
      normaliseIdentity({
        uuid: ' 4C4C4544-0042-4710-8057-B8C04F334432 ',
        serial: ' ABC 123 ',
        macs: ['52-54-00-00-00-02', '52:54:00:00:00:01', '00:00:00:00:00:00', 'FF:FF:FF:FF:FF:FF', '52:54:00:00:00:01'],
      }),
    ).toEqual({
      uuid: '4c4c4544-0042-4710-8057-b8c04f334432',
      serial: 'abc123',
      macs: ['52:54:00:00:00:01', '52:54:00:00:00:02'],
    });
  });

  it.each(['Not Specified', 'Default string', 'To be filled by O.E.M.', '0', '0000000', 'System Serial Number'])(
    'has no serial where firmware says %s',
    (serial) => {
      expect(normaliseIdentity(identity(1, { serial })).serial).toBe('');
    },
  );

  it('is found by each part that says something', () => {
    expect(identityKeys(normaliseIdentity(identity(7)))).toEqual([
      'mac/52:54:00:00:00:07',
      'serial/sn0007',
      'uuid/4c4c4544-0042-4710-8057-b8c04f330007',
    ]);
    expect(identityKeys({ uuid: 'notsettable', serial: '', macs: [] })).toEqual([]);
  });
});

describe('how two identities relate', () => {
  const known = identity(1);
  const junk = { uuid: '00000000-0000-0000-0000-000000000000' };
  it.each([
    ['the same in all parts', identity(1), false, 'same'],
    ['all network cards replaced, serial the same', identity(1, { macs: ['52:54:00:aa:aa:aa'] }), false, 'same'],
    ['serial now readable, a MAC the same', identity(1, { serial: 'other' }), false, 'same'],
    [
      'uuid the same, serial and MACs others',
      identity(1, { serial: 'other', macs: ['52:54:00:aa:aa:aa'] }),
      false,
      'duplicate',
    ],
    [
      'the same on the disk of the first',
      identity(1, { serial: 'other', macs: ['52:54:00:aa:aa:aa'] }),
      true,
      'changed',
    ],
    [
      'uuid the same, no serial, MACs others',
      identity(1, { serial: '', macs: ['52:54:00:aa:aa:aa'] }),
      false,
      'duplicate',
    ],
    [
      'uuid the same, no serial, MACs others, the known secret',
      identity(1, { serial: '', macs: ['52:54:00:aa:aa:aa'] }),
      true,
      'same',
    ],
    ['uuid only', identity(1, { serial: '', macs: [] }), false, 'same'],
    ['another machine', identity(2), false, 'unrelated'],
    ['the secret of the first on another machine', identity(2), true, 'changed'],
    ['a network card of the first in another machine', identity(2, { macs: identity(1).macs }), false, 'unrelated'],
    [
      'the same where only the uuid tells them apart',
      identity(2, { serial: '', macs: identity(1).macs }),
      false,
      'changed',
    ],
    ['firmware with a new uuid', identity(1, { uuid: identity(9).uuid }), true, 'renumbered'],
    ['a junk uuid, serial and MACs the same', identity(1, junk), false, 'same'],
    ['a junk uuid, another serial, a MAC the same', identity(1, { ...junk, serial: 'other' }), false, 'changed'],
    ['a junk uuid, another machine', identity(2, junk), false, 'unrelated'],
    ['a junk uuid with the secret of the first', identity(2, junk), true, 'changed'],
  ] as const)('%s', (_, seen, sameSecret, relation) => {
    expect(relate(known, seen, sameSecret)).toBe(relation);
  });
});

describe('a machine that says hello', () => {
  it('is one host over reconnects, restarts of the master and replaced network cards', () => {
    const core = makeCore();
    const hostId = connectAgent(core, 'node1', identity(1));
    expect(connectAgent(core, 'node1', identity(1))).toBe(hostId);
    const next = restart(core);
    expect(connectAgent(next, 'node1', identity(1, { macs: ['52:54:00:aa:aa:aa'] }))).toBe(hostId);
    expect(next.state.hosts.size).toBe(1);
    expect(hostOf(next, hostId).identity.macs).toEqual(['52:54:00:aa:aa:aa']);
  });

  it('is unclaimed, and its name is made unique', () => {
    const core = makeCore();
    const first = hostOf(core, connectAgent(core, 'localhost', identity(1)));
    const second = hostOf(core, connectAgent(core, 'localhost', identity(2), { secretHash: 'b' }));
    expect([first.name, second.name]).toEqual(['localhost', 'localhost-2']);
    expect([first.mode, second.mode]).toEqual(['unclaimed', 'unclaimed']);
  });

  it('with a junk uuid is accepted when serial and MACs name it, and found again', () => {
    const core = makeCore();
    const junk = { uuid: '03000200-0400-0500-0006-000700080009' };
    const a = connectAgent(core, 'node1', identity(1, junk));
    const b = connectAgent(core, 'node2', identity(2, junk));
    expect(a).not.toBe(b);
    expect(hostOf(core, a).mode).toBe('unclaimed');
    expect(connectAgent(core, 'node1', identity(1, junk))).toBe(a);
  });

  it('with a junk uuid and nothing else that names it is quarantined, and still one host', () => {
    const core = makeCore();
    const junk = identity(1, { uuid: 'Not Settable', serial: '', macs: [] });
    const hostId = connectAgent(core, 'node1', junk);
    expect(hostOf(core, hostId)).toMatchObject({
      mode: 'quarantined',
      quarantineReason: expect.stringMatching(/cannot be told from others/),
    });
    expect(condition(core, 'DUPLICATE_IDENTITY', 'node1')).toMatch(/no uuid of its own/);
    expect(connectAgent(core, 'node1', junk)).toBe(hostId);
    expect(core.state.hosts.size).toBe(1);
  });
});

describe('two machines with one uuid', () => {
  const twin = identity(2, { uuid: identity(1).uuid });

  it('are two hosts: the newcomer is quarantined, the first keeps serving without new grants', () => {
    const core = makeCore();
    const first = joinAgent(core, 1);
    connectFramework(core, 'ovirt/prod');
    lease(core, first, 'ovirt/prod');
    const second = connectAgent(core, 'node2', twin);
    expect(second).not.toBe(first);
    expect(hostOf(core, second).mode).toBe('quarantined');
    expect(hostOf(core, first)).toMatchObject({ mode: 'leased', cordoned: true });
    for (const name of ['node1', 'node2']) {
      expect(condition(core, 'DUPLICATE_IDENTITY', name)).toMatch(/sn0002/);
      expect(condition(core, 'DUPLICATE_IDENTITY', name)).toMatch(/sn0001/);
    }
  });

  it('are each found again by what tells them apart, and shown again after a restart', () => {
    const core = makeCore();
    const first = joinAgent(core, 1);
    const second = connectAgent(core, 'node2', twin);
    const next = restart(core);
    expect(condition(next, 'DUPLICATE_IDENTITY', 'node1')).toMatch(/has the uuid of node1/);
    expect(condition(next, 'DUPLICATE_IDENTITY', 'node2')).toMatch(/has the uuid of node1/);
    expect(connectAgent(next, 'node2', twin)).toBe(second);
    expect(connectAgent(next, 'node1', identity(1))).toBe(first);
    expect(next.state.hosts.size).toBe(2);
  });

  it('are accepted as two once a person has looked: nothing on the newcomer is touched', () => {
    const core = makeCore();
    const first = joinAgent(core, 1);
    const second = connectAgent(core, 'node2', twin);
    expect(releaseHost(core, 'ada', second, false)).toMatchObject({
      ok: true,
      changes: [expect.stringMatching(/nothing on it is touched/)],
    });
    expect(hostOf(core, second)).toMatchObject({ mode: 'unclaimed', quarantineReason: '', transitionId: null });
    expect(uncordonHost(core, 'ada', first, false)).toMatchObject({ ok: true });
    expect(condition(core, 'DUPLICATE_IDENTITY', 'node1')).toBeUndefined();
    expect(condition(core, 'DUPLICATE_IDENTITY', 'node2')).toBeUndefined();
    connectAgent(core, 'node2', twin);
    expect(hostOf(core, second).mode).toBe('unclaimed');
  });
});

describe('an identity that changed', () => {
  it('under the secret of a known host is another machine with its disk: quarantined, the known one untouched', () => {
    const core = makeCore();
    const first = joinAgent(core, 1);
    setMode(core, first, 'free');
    const second = connectAgent(core, 'node1', identity(2), { secretHash: 'secret of node1' });
    expect(second).not.toBe(first);
    expect(hostOf(core, second)).toMatchObject({ name: 'node1-2', mode: 'quarantined' });
    expect(condition(core, 'IDENTITY_CHANGED', 'node1-2')).toMatch(/brings the agent state of node1/);
    expect(hostOf(core, first)).toMatchObject({ mode: 'free', cordoned: false });
    // Each goes on with its own record.
    expect(connectAgent(core, 'node1', identity(2), { secretHash: 'secret of node1' })).toBe(second);
    expect(connectAgent(core, 'node1', identity(1))).toBe(first);
  });

  it('under the name of a host that is away may be its new board: quarantined', () => {
    const core = makeCore();
    const first = joinAgent(core, 1);
    peerDisconnected(core, `agent/${first}`, 'broken board');
    const second = connectAgent(core, 'node1', identity(2), { secretHash: 'new' });
    expect(hostOf(core, second).mode).toBe('quarantined');
    expect(condition(core, 'IDENTITY_CHANGED', 'node1-2')).toMatch(/has the name of node1 .* which is away/);
  });

  it('by a firmware update is the same host, set aside until a person has looked', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    const renumbered = identity(1, { uuid: identity(9).uuid });
    expect(connectAgent(core, 'node1', renumbered)).toBe(hostId);
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'quarantined', identity: { uuid: identity(9).uuid } });
    expect(condition(core, 'IDENTITY_CHANGED', 'node1')).toMatch(/it was uuid 4c4c4544-0042-4710-8057-b8c04f330001/);
  });

  it('of a serving host leaves it serving, without new grants', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    connectFramework(core, 'ovirt/prod');
    lease(core, hostId, 'ovirt/prod');
    connectAgent(core, 'node1', identity(1, { uuid: identity(9).uuid }));
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'leased', cordoned: true });
  });
});

describe('an agent hello of an unknown machine', () => {
  it('is answered with a host id that is used for its session', () => {
    const core = makeCore();
    const answer = open(core, agentHello('node1', identity(1)));
    expect(answer).toMatchObject({ kind: 'session_accepted', peerId: 'agent/h-1-1', assignedId: 'h-1-1' });
    expect(core.timers.dueMs('host-lost/h-1-1')).toBe(core.nowMs + core.options.hostLostAfterMs);
  });
});
