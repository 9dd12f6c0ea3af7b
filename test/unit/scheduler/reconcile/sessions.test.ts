import { describe, expect, it } from '@jest/globals';
import { DEFAULT_OPTIONS } from '../../../../scheduler/config.js';
import type { Event } from '../../../../scheduler/events.js';
import { Master } from '../../../../scheduler/master.js';
import {
  FRAMEWORKS_MAX,
  HOSTS_MAX,
  peerConnected,
  peerDisconnected,
  quarantinePeer,
} from '../../../../scheduler/reconcile/index.js';
import type { AgentMessage, FrameworkHello, PeerId, SessionHello } from '../../../../scheduler/protocol.js';
import {
  agentHello,
  connectAgent,
  connectFramework,
  frameworkHello,
  hostOf,
  identity,
  joinAgent,
  lease,
  makeCore,
  open,
  report,
  restart,
  setMode,
} from './support.js';

function withWho(change: Partial<FrameworkHello>): SessionHello {
  const base = frameworkHello('ovirt/prod');
  return { ...base, who: { ...(base.who as FrameworkHello), ...change } };
}

describe('a hello is checked field by field', () => {
  const cases: readonly (readonly [string, SessionHello, RegExp])[] = [
    ['a workload in capitals', withWho({ workload: 'oVirt' }), /workload is "oVirt"; it must be 1 to 63 lower case/],
    ['a name with a slash', withWho({ name: 'a/b' }), /name is "a\/b"/],
    ['a name that is too long', withWho({ name: 'a'.repeat(64) }), /name is "a{64}"/],
    ['no roles', withWho({ roles: [] }), /roles is empty/],
    ['a role twice', withWho({ roles: ['/prod', '/prod'] }), /names a role twice/],
    [
      'too many roles',
      withWho({ roles: Array.from({ length: 65 }, (_, n) => `/r${n}`) }),
      /roles has 65 entries; at most 64/,
    ],
    ['no incarnation', frameworkHello('ovirt/prod', ['/prod'], { incarnation: '' }), /incarnation is ""/],
    [
      'a control character',
      frameworkHello('ovirt/prod', ['/prod'], { incarnation: 'a\u001b[2J' }),
      /incarnation is "a\?\[2J"/,
    ],
    ['no secret', frameworkHello('ovirt/prod', ['/prod'], { secretHash: '' }), /secretHash is ""/],
    [
      'an outbox that begins at 0',
      frameworkHello('ovirt/prod', ['/prod'], { outboxFirstSeq: 0 }),
      /outboxFirstSeq is 0/,
    ],
    [
      'a sequence that is no number',
      frameworkHello('ovirt/prod', ['/prod'], { appliedSeq: Number.NaN }),
      /appliedSeq is NaN/,
    ],
    ['a host name with a blank', agentHello('my node', identity(1)), /name is "my node"/],
    ['no uuid', agentHello('node1', identity(1, { uuid: '' })), /identity\.uuid is empty/],
    ['a serial with a line break', agentHello('node1', identity(1, { serial: 'a\nb' })), /identity\.serial is "a\?b"/],
    [
      'too many MACs',
      agentHello('node1', identity(1, { macs: Array.from({ length: 65 }, (_, n) => `m${n}`) })),
      /identity\.macs has 65/,
    ],
  ];

  it.each(cases)('refuses %s and says what is accepted', (_, hello, message) => {
    const core = makeCore();
    const answer = open(core, hello);
    expect(answer).toMatchObject({ kind: 'session_refused', code: 'INVALID_ARGUMENT', retryAfterMs: 0 });
    expect(answer).toHaveProperty('message', expect.stringMatching(message));
    expect(core.state.takeMutations()).toEqual([]);
  });

  it('names a role that does not exist, and how to make it', () => {
    const answer = open(makeCore(), frameworkHello('ovirt/prod', ['/prod', '/nowhere']));
    expect(answer).toMatchObject({ kind: 'session_refused', code: 'NOT_FOUND' });
    expect(answer).toHaveProperty('message', expect.stringContaining('mosaic quota set /nowhere'));
  });

  it('refuses itself when the peer has seen a newer master', () => {
    const answer = open(makeCore({}, 3), frameworkHello('ovirt/prod', ['/prod'], { highestTerm: 4 }));
    expect(answer).toMatchObject({ kind: 'session_refused', code: 'STALE_TERM' });
    expect(answer).toHaveProperty('message', 'this master has term 3, but a newer one with term 4 was seen');
  });
});

describe('the secret of a session', () => {
  it('is kept from the first hello; a framework with another one is refused', () => {
    const core = makeCore();
    connectFramework(core, 'ovirt/prod');
    const answer = open(core, frameworkHello('ovirt/prod', ['/prod'], { secretHash: 'thief' }));
    expect(answer).toMatchObject({ kind: 'session_refused', code: 'PERMISSION_DENIED' });
    expect(core.state.sessions.get('framework/ovirt/prod')?.secretHash).toBe('secret of ovirt/prod');
  });

  it('of two agents on one machine: the second is told to keep its state folder', () => {
    const core = makeCore();
    connectAgent(core, 'node1', identity(1));
    const answer = open(core, agentHello('node1', identity(1), { secretHash: 'second' }));
    expect(answer).toMatchObject({ kind: 'session_refused', code: 'PERMISSION_DENIED' });
    expect(answer).toHaveProperty('message', expect.stringMatching(/while the first one is connected/));
  });

  it('of a machine installed anew is taken while the host is free, which makes it unclaimed', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    setMode(core, hostId, 'free');
    peerDisconnected(core, `agent/${hostId}`, 'reinstall');
    const answer = open(core, agentHello('node1', identity(1), { secretHash: 'new', incarnation: 'new' }));
    expect(answer).toMatchObject({ kind: 'session_accepted', assignedId: hostId, newIncarnation: true });
    expect(hostOf(core, hostId)).toMatchObject({ mode: 'unclaimed', clean: false });
    expect(core.state.sessions.get(`agent/${hostId}`)?.secretHash).toBe('new');
  });

  it('of a machine installed anew is refused while the host is leased, with what to do', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    connectFramework(core, 'ovirt/prod');
    lease(core, hostId, 'ovirt/prod');
    peerDisconnected(core, `agent/${hostId}`, 'reinstall');
    const answer = open(core, agentHello('node1', identity(1), { secretHash: 'new' }));
    expect(answer).toMatchObject({ kind: 'session_refused', code: 'PERMISSION_DENIED' });
    expect(answer).toHaveProperty(
      'message',
      expect.stringMatching(/mosaic host quarantine node1, then mosaic host release node1/),
    );
    expect(core.state.sessions.get(`agent/${hostId}`)?.secretHash).toBe('secret of node1');
  });
});

describe('where a session goes on', () => {
  it('begins at 1 for a new peer', () => {
    expect(open(makeCore(), frameworkHello('ovirt/prod'))).toMatchObject({
      kind: 'session_accepted',
      peerId: 'framework/ovirt/prod',
      assignedId: 'ovirt/prod',
      resumeFromSeq: 1,
      newIncarnation: true,
    });
  });

  it('goes on after the last message applied, durable or not', () => {
    const core = makeCore();
    open(core, frameworkHello('ovirt/prod'));
    const session = core.state.sessions.get('framework/ovirt/prod')!;
    core.state.sessions.put({ ...session, lastAppliedSeq: 4 });
    expect(open(core, frameworkHello('ovirt/prod'))).toMatchObject({ resumeFromSeq: 5, newIncarnation: false });
    const soft = new Map<PeerId, number>([['framework/ovirt/prod', 7]]);
    expect(open(core, frameworkHello('ovirt/prod'), soft)).toMatchObject({ resumeFromSeq: 8 });
  });

  it('skips what the peer no longer has: it was acknowledged', () => {
    const core = makeCore();
    open(core, frameworkHello('ovirt/prod'));
    expect(open(core, frameworkHello('ovirt/prod', ['/prod'], { outboxFirstSeq: 12 }))).toMatchObject({
      resumeFromSeq: 12,
    });
  });

  it('starts over with a new incarnation', () => {
    const core = makeCore();
    open(core, frameworkHello('ovirt/prod'));
    core.state.sessions.put({ ...core.state.sessions.get('framework/ovirt/prod')!, lastAppliedSeq: 4 });
    const soft = new Map<PeerId, number>([['framework/ovirt/prod', 7]]);
    const answer = open(core, frameworkHello('ovirt/prod', ['/prod'], { incarnation: 'second' }), soft);
    expect(answer).toMatchObject({ resumeFromSeq: 1, newIncarnation: true });
    expect(soft.has('framework/ovirt/prod')).toBe(false);
    expect(core.state.sessions.get('framework/ovirt/prod')?.lastAppliedSeq).toBe(0);
  });
});

describe('an agent of another incarnation', () => {
  it('is waited for: what still comes over the older connection counts for nothing', () => {
    const master = new Master(DEFAULT_OPTIONS);
    let nowMs = 1_000_000;
    const step = (event: Event) => master.step((nowMs += 1), event).effects;
    const hello = (incarnation: string) =>
      step({
        kind: 'session_open',
        connectionId: incarnation,
        hello: agentHello('node1', identity(1), { incarnation }),
      });
    const say = (seq: number, message: AgentMessage) =>
      step({ kind: 'agent_message', peerId: 'agent/h-1-1', seq, message });
    step({ kind: 'started', term: 1 });
    hello('one');
    step({ kind: 'peer_connected', peerId: 'agent/h-1-1', resumed: false });
    say(1, { kind: 'report', report: report() });
    hello('two');
    expect(say(2, { kind: 'report', report: report({ image: 'old' }) })).toEqual([]);
    step({ kind: 'peer_connected', peerId: 'agent/h-1-1', resumed: false });
    expect(say(1, { kind: 'report', report: report({ image: 'new' }) })).toContainEqual({
      kind: 'ack',
      peerId: 'agent/h-1-1',
      seq: 1,
    });
    expect(master.dump().find(([key]) => key === 'host/h-1-1')?.[1]).toMatchObject({ image: 'new' });
  });
});

describe('limits', () => {
  function full(table: object, size: number): void {
    Object.defineProperty(table, 'size', { get: () => size });
  }

  it('of hosts: one more is refused, known ones are not', () => {
    const core = makeCore();
    connectAgent(core, 'node1', identity(1));
    full(core.state.hosts, HOSTS_MAX);
    expect(open(core, agentHello('node2', identity(2)))).toMatchObject({
      kind: 'session_refused',
      code: 'RESOURCE_EXHAUSTED',
    });
    expect(open(core, agentHello('node1', identity(1)))).toMatchObject({ kind: 'session_accepted' });
  });

  it('of frameworks: one more is refused, known ones are not', () => {
    const core = makeCore();
    connectFramework(core, 'ovirt/prod');
    full(core.state.frameworks, FRAMEWORKS_MAX);
    expect(open(core, frameworkHello('hadoop/hdp'))).toMatchObject({
      kind: 'session_refused',
      code: 'RESOURCE_EXHAUSTED',
    });
    expect(open(core, frameworkHello('ovirt/prod'))).toMatchObject({ kind: 'session_accepted' });
  });
});

describe('registering a framework', () => {
  it('keeps a durable record with its roles', () => {
    const core = makeCore();
    connectFramework(core, 'ovirt/prod', ['/prod', '/test']);
    expect(core.state.frameworks.get('ovirt/prod')).toMatchObject({
      workload: 'ovirt',
      name: 'prod',
      roles: ['/prod', '/test'],
      tornDown: false,
    });
    expect(restart(core).state.frameworks.get('ovirt/prod')?.roles).toEqual(['/prod', '/test']);
  });

  it('lets roles be added and unused ones be dropped, with their demand', () => {
    const core = makeCore();
    connectFramework(core, 'ovirt/prod', ['/prod']);
    core.state.demands.put({
      key: 'ovirt/prod|/prod',
      frameworkId: 'ovirt/prod',
      role: '/prod',
      receivedMs: 0,
      entries: [],
      launchedSince: new Map(),
    });
    connectFramework(core, 'ovirt/prod', ['/prod', '/test']);
    expect(core.state.frameworks.get('ovirt/prod')?.roles).toEqual(['/prod', '/test']);
    connectFramework(core, 'ovirt/prod', ['/test']);
    expect(core.state.frameworks.get('ovirt/prod')?.roles).toEqual(['/test']);
    expect(core.state.demands.size).toBe(0);
  });

  it('refuses to drop a role in which it still holds a host', () => {
    const core = makeCore();
    connectFramework(core, 'ovirt/prod', ['/prod', '/test']);
    lease(core, joinAgent(core, 1), 'ovirt/prod', '/test');
    const answer = open(core, frameworkHello('ovirt/prod', ['/prod']));
    expect(answer).toMatchObject({ kind: 'session_refused', code: 'INVALID_ARGUMENT' });
    expect(answer).toHaveProperty(
      'message',
      'roles leaves out /test, in which ovirt/prod still holds hosts, tasks or reservations; give those back first',
    );
  });
});

describe('a peer that was set aside', () => {
  it('is disconnected and refused until an operator lets it back; everyone else goes on', () => {
    const core = makeCore();
    connectFramework(core, 'ovirt/prod');
    connectFramework(core, 'hadoop/hdp');
    quarantinePeer(core, 'framework/ovirt/prod', 'an assertion failed');
    expect(core.takeEffects()).toContainEqual(
      expect.objectContaining({ kind: 'disconnect', peerId: 'framework/ovirt/prod' }),
    );
    expect(open(core, frameworkHello('ovirt/prod'))).toMatchObject({ kind: 'session_refused', code: 'QUARANTINED' });
    expect(open(core, frameworkHello('hadoop/hdp'))).toMatchObject({ kind: 'session_accepted' });
    expect(core.state.frameworkPresence.get('ovirt/prod')?.connected).toBe(false);
  });

  it('may try again after a restart of the master', () => {
    const core = makeCore();
    connectFramework(core, 'ovirt/prod');
    quarantinePeer(core, 'framework/ovirt/prod', 'an assertion failed');
    expect(open(restart(core), frameworkHello('ovirt/prod'))).toMatchObject({ kind: 'session_accepted' });
  });

  it('cordons the host of an agent', () => {
    const core = makeCore();
    const hostId = joinAgent(core, 1);
    quarantinePeer(core, `agent/${hostId}`, 'an assertion failed');
    expect(hostOf(core, hostId)).toMatchObject({ cordoned: true });
    expect(open(core, agentHello('node1', identity(1)))).toMatchObject({ code: 'QUARANTINED' });
  });
});

describe('connections of peers nobody knows', () => {
  it('change nothing', () => {
    const core = makeCore();
    peerConnected(core, 'agent/h-9-9', false);
    peerConnected(core, 'framework/no/one', false);
    peerDisconnected(core, 'agent/h-9-9', 'gone');
    expect(core.state.takeMutations()).toEqual([]);
    expect(core.state.hostPresence.size).toBe(0);
  });
});
