import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Effect, Event, FrameworkEvent, FrameworkMessage } from '../../../scheduler/index.js';
import type { Random } from '../../../src/ports/index.js';
import { sfc32 } from '../../support/seeded-random.js';
import { HELLO } from './hello.js';
import { PeerSession, SessionServer, type MasterFrame } from '../../../src/session/index.js';
import { CALM, VirtualNetwork, type NetworkConditions } from '../../../src/simulation/virtual-network.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const PEER = 'framework/ovirt/prod';

const note = (n: number): FrameworkMessage => ({ kind: 'renew', offerIds: [`n${String(n)}`] });
const news = (n: number): FrameworkEvent => ({ kind: 'rescind', offerIds: [`n${String(n)}`], reason: '' });
const numberOf = (message: FrameworkMessage | FrameworkEvent): number =>
  'offerIds' in message ? Number(message.offerIds[0]?.slice(1)) : NaN;

/** Stands in for the core: accepts sessions, applies each sequence once, acknowledges after a commit delay. */
class TinyCore {
  readonly received: number[] = [];
  readonly events: Event[] = [];
  incarnation = '';
  applied = 0;
  execute: (
    effect: Extract<Effect, { kind: 'send' | 'ack' | 'session_accepted' | 'session_refused' | 'disconnect' }>,
  ) => void = () => undefined;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  readonly submit = (event: Event): void => {
    this.events.push(event);
    if (event.kind === 'session_open') {
      const newIncarnation = event.hello.incarnation !== this.incarnation;
      if (newIncarnation) this.applied = 0;
      this.incarnation = event.hello.incarnation;
      this.execute({
        kind: 'session_accepted',
        connectionId: event.connectionId,
        peerId: PEER,
        who: event.hello.who,
        assignedId: 'ovirt/prod',
        resumeFromSeq: Math.max(this.applied + 1, event.hello.outboxFirstSeq),
        newIncarnation,
      });
    }
    if (event.kind === 'framework_message') {
      const { seq } = event;
      if (seq > this.applied) {
        this.applied = seq;
        this.received.push(numberOf(event.message));
      }
      this.#clock.setTimer(3, () => {
        this.execute({ kind: 'ack', peerId: PEER, seq });
      });
    }
  };
}

function world(
  seed: number,
  conditions: () => NetworkConditions = () => CALM,
  outboxMax?: number,
  unacknowledgedMax?: number,
) {
  const clock = new VirtualClock(1_000_000);
  const random: Random = sfc32(seed);
  const network = new VirtualNetwork({ clock, random, conditionsOf: conditions });
  const core = new TinyCore(clock);
  const server = new SessionServer({
    clock,
    submit: core.submit,
    session: {
      heartbeatMs: 1_000,
      ...(outboxMax === undefined ? {} : { outboxMax }),
      ...(unacknowledgedMax === undefined ? {} : { unacknowledgedMax }),
    },
  });
  core.execute = (effect) => {
    server.execute(effect);
  };
  server.open(7);
  network.listen(server);
  const newPeer = (name: string, options: { outboxMax?: number; highestTerm?: number } = {}) => {
    const log = { got: [] as number[], connects: [] as boolean[], disconnects: 0, refused: [] as string[], ended: '' };
    const peer = new PeerSession<FrameworkMessage, FrameworkEvent>({
      dialer: network.dialer(name),
      clock,
      random,
      who: { kind: 'framework', workload: 'ovirt', name: 'prod', roles: ['/prod'], executesSteps: true },
      secret: 's',
      ...options,
      handlers: {
        onMessage: (message) => log.got.push(numberOf(message)),
        onConnected: ({ resumed }) => {
          if (!resumed) log.got.length = 0;
          log.connects.push(resumed);
        },
        onDisconnected: () => (log.disconnects += 1),
        onRefused: (code) => log.refused.push(code),
        onEnded: (reason) => (log.ended = reason),
      },
    });
    return { peer, log };
  };
  return { clock, network, core, server, newPeer };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('a session', () => {
  it('delivers in order, both ways, and frees the outbox by acknowledgements', async () => {
    const { clock, core, server, newPeer } = world(1);
    const { peer, log } = newPeer('p');
    for (const n of upTo(3)) peer.send(note(n));
    peer.start();
    await clock.advance(100);
    for (const n of upTo(3)) server.execute({ kind: 'send', peerId: PEER, message: news(n) });
    await clock.advance(100);
    expect(core.received).toEqual([0, 1, 2]);
    expect(log.got).toEqual([0, 1, 2]);
    expect(peer.unacknowledged).toBe(0);
    expect(log.connects).toEqual([false]);
  });

  it('loses and doubles nothing over connections that break at any frame', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2 ** 31 }),
        fc.integer({ min: 20, max: 250 }),
        async (seed, breakMilli) => {
          let conditions: NetworkConditions = {
            delayMinMs: 1,
            delayMaxMs: 30,
            breakMilli,
            partitioned: false,
            lateCloseMilli: 300,
            lateCloseMs: 500,
          };
          const { clock, core, server, newPeer } = world(seed, () => conditions);
          const { peer, log } = newPeer('p');
          peer.start();
          await clock.advance(2_000);
          const count = 40;
          let sentDown = 0;
          let sentWhileConnected = 0;
          for (const n of upTo(count)) {
            peer.send(note(n));
            if (peer.connected) sentWhileConnected += 1;
            server.execute({ kind: 'send', peerId: PEER, message: news(n) });
            sentDown += 1;
            await clock.advance(50);
          }
          conditions = CALM;
          await clock.advance(60_000);
          expect(core.received).toEqual(upTo(count));
          expect(peer.connected).toBe(true);
          expect(peer.unacknowledged).toBe(0);
          // Down: what was sent before the very first connection is lost by design (a full state follows); then nothing is.
          expect(log.got).toEqual(upTo(sentDown).slice(sentDown - log.got.length));
          if (log.connects.every((resumed, at) => resumed || at === 0))
            expect(log.got.length).toBeGreaterThanOrEqual(sentWhileConnected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('notices a silent partition by missing heartbeats and resumes after it', async () => {
    let partitioned = false;
    const { clock, core, newPeer } = world(3, () => ({ ...CALM, partitioned }));
    const { peer, log } = newPeer('p');
    peer.start();
    await clock.advance(500);
    partitioned = true;
    peer.send(note(0));
    await clock.advance(20_000);
    expect(log.disconnects).toBe(1);
    expect(core.events.some((event) => event.kind === 'peer_disconnected')).toBe(true);
    partitioned = false;
    await clock.advance(30_000);
    expect(core.received).toEqual([0]);
    expect(log.connects).toEqual([false, true]);
  });

  it('lets the newest of two processes win and tells the older one', async () => {
    const { clock, newPeer } = world(4);
    const first = newPeer('a');
    first.peer.start();
    await clock.advance(500);
    const second = newPeer('b');
    second.peer.start();
    await clock.advance(500);
    expect(first.log.ended).toBe('superseded');
    expect(second.peer.connected).toBe(true);
    await clock.advance(60_000);
    expect(second.log.disconnects).toBe(0);
  });

  it('does not leave a process unheard when another took its session and was gone at once', async () => {
    const { clock, core, server, newPeer } = world(4);
    const first = newPeer('a');
    first.peer.start();
    await clock.advance(500);
    // The core decides on the second hello, but its process is gone before the commit has ended.
    core.execute = (effect) => {
      if (effect.kind === 'session_accepted') clock.setTimer(200, () => server.execute(effect));
      else server.execute(effect);
    };
    const { incarnation } = core;
    const second = newPeer('b');
    second.peer.start();
    while (core.incarnation === incarnation) await clock.advance(1);
    second.peer.close();
    await clock.advance(5_000);
    expect(first.log).toMatchObject({ connects: [false, false], ended: '' });
    expect(core.incarnation).toBe(incarnation);
  });

  it('begins anew when the core has sent the peer away', async () => {
    const { clock, core, newPeer } = world(4);
    const { peer, log } = newPeer('p');
    peer.start();
    await clock.advance(500);
    core.execute({ kind: 'disconnect', peerId: PEER, reason: 'it was set aside' });
    core.execute({ kind: 'send', peerId: PEER, message: news(1) });
    await clock.advance(5_000);
    expect(log).toMatchObject({ connects: [false, false], got: [] });
  });

  it('starts over with the full state when the peer cannot keep its messages', async () => {
    const { clock, network, core, server, newPeer } = world(5);
    const { peer, log } = newPeer('p', { outboxMax: 5 });
    peer.start();
    await clock.advance(500);
    network.listen(null);
    for (const n of upTo(9)) peer.send(note(n));
    network.listen(server);
    await clock.advance(30_000);
    expect(log.connects).toEqual([false, false]);
    // The sixth message overflowed and took the five before it along: only what came after is owed.
    expect(core.received).toEqual([6, 7, 8]);
  });

  it('gives a peer its full state when the master could not keep its messages', async () => {
    const { clock, network, server, newPeer } = world(6, () => CALM, 5);
    const { peer, log } = newPeer('p');
    peer.start();
    await clock.advance(500);
    network.crashPeer('p');
    for (const n of upTo(9)) server.execute({ kind: 'send', peerId: PEER, message: news(n) });
    await clock.advance(30_000);
    expect(log.connects).toEqual([false, false]);
    expect(log.got).toEqual([]);
  });

  it('refuses a master of a lower term than it has seen', async () => {
    const { clock, newPeer } = world(7);
    const { peer, log } = newPeer('p', { highestTerm: 8 });
    peer.start();
    await clock.advance(5_000);
    expect(log.connects).toEqual([]);
    expect(peer.connected).toBe(false);
  });

  it('ends a connection whose peer acknowledges what was never sent', async () => {
    const { clock, core, server } = world(8);
    const frames: MasterFrame[] = [];
    let closed = '';
    const handler = server.accept({
      remote: 'liar',
      send: (frame) => (frames.push(frame as MasterFrame), true),
      close: (reason) => (closed = reason),
      setReading: () => undefined,
    });
    handler.onFrame(HELLO);
    handler.onFrame({ kind: 'peer_heartbeat', ack: 99 });
    await clock.advance(10);
    expect(frames[0]?.kind).toBe('welcome');
    expect(closed).toMatch(/99 was acknowledged but never sent/);
    expect(core.events.at(-1)).toEqual({ kind: 'peer_disconnected', peerId: PEER, reason: closed });
  });

  it('ends a connection that skips a sequence, speaks before hello, or says hello twice', async () => {
    const { clock, server } = world(9);
    const reasons: string[] = [];
    const open = () =>
      server.accept({
        remote: 'x',
        send: () => true,
        close: (reason) => reasons.push(reason),
        setReading: () => undefined,
      });
    open().onFrame({ kind: 'peer_heartbeat', ack: 0 });
    const twice = open();
    twice.onFrame(HELLO);
    twice.onFrame(HELLO);
    const skips = open();
    skips.onFrame(HELLO);
    skips.onFrame({ kind: 'peer_message', seq: 2, ack: 0, message: note(0) });
    await clock.advance(10);
    expect(reasons).toEqual(['a peer_heartbeat before the welcome', 'a second hello', 'message 2 came after 0']);
  });

  it('closes a connection that never says hello', async () => {
    const { clock, server } = world(10);
    let closed = '';
    server.accept({
      remote: 'mute',
      send: () => true,
      close: (reason) => (closed = reason),
      setReading: () => undefined,
    });
    await clock.advance(15_000);
    expect(closed).toMatch(/silent for/);
    expect(server.connectionCount).toBe(0);
  });

  it('stops writing to a slow reader until it drains, and keeps the order', async () => {
    const { clock, core, server } = world(11);
    const frames: MasterFrame[] = [];
    let full = false;
    const handler = server.accept({
      remote: 'slow',
      send: (frame) => (frames.push(frame as MasterFrame), !full),
      close: () => undefined,
      setReading: () => undefined,
    });
    handler.onFrame(HELLO);
    await clock.advance(5);
    full = true;
    for (const n of upTo(4)) core.execute({ kind: 'send', peerId: PEER, message: news(n) });
    const written = () => frames.filter((frame) => frame.kind === 'master_message').map((frame) => frame.seq);
    expect(written()).toEqual([1]); // The transport took the one that filled it; the rest waits.
    full = false;
    handler.onDrain();
    expect(written()).toEqual([1, 2, 3, 4]);
  });

  it('takes no more from a peer than the limit while nothing of it becomes durable, and goes on when it does', async () => {
    const { clock, network, core, server } = world(13, () => CALM, undefined, 8);
    let durable = false;
    const held: (() => void)[] = [];
    core.execute = (effect) => {
      const go = (): void => server.execute(effect);
      if (effect.kind !== 'ack' || durable) go();
      else held.push(go);
    };
    let closed = '';
    // It waits for no acknowledgement and has no outbox that would stop it.
    const connection = network.dialer('careless').dial({
      onFrame: () => undefined,
      onClose: (reason) => (closed = reason),
      onDrain: () => undefined,
    });
    connection.send(HELLO);
    await clock.advance(100);
    for (const n of upTo(100)) connection.send({ kind: 'peer_message', seq: n + 1, ack: 0, message: note(n) });
    await clock.advance(60_000);
    expect(core.received).toEqual(upTo(8));
    // It may well have spoken: silence is held against nobody who is not listened to.
    expect(closed).toBe('');
    durable = true;
    for (const go of held) go();
    await clock.advance(1_000);
    expect(core.received).toEqual(upTo(100));
    expect(closed).toBe('');
  });

  it('waits longer each time when every session breaks right after its welcome, until one has lasted', async () => {
    let unreadable = true;
    const { clock, network, server, newPeer } = world(14);
    const { peer, log } = newPeer('p');
    // What the master says next after the welcome is such that the connection breaks.
    const breaker = {
      accept: (connection: Parameters<typeof server.accept>[0]) =>
        server.accept({
          ...connection,
          send: (frame) => {
            if (unreadable && frame.kind === 'welcome') clock.setTimer(10, () => connection.close('cannot be read'));
            return connection.send(frame);
          },
          close: (reason) => connection.close(reason),
          setReading: (reading) => connection.setReading(reading),
        }),
    };
    network.listen(breaker);
    peer.start();
    await clock.advance(600_000);
    // Some 50 pauses of up to 15 s; beginning anew with each welcome they would be thousands.
    expect(log.disconnects).toBeGreaterThan(30);
    expect(log.disconnects).toBeLessThan(100);
    unreadable = false;
    await clock.advance(30_000);
    expect(peer.connected).toBe(true);
    network.crashPeer('p');
    await clock.advance(500);
    expect(peer.connected).toBe(true);
  });

  it('is back within a quarter of a second when a master is started again, and within 15 s when it was long away', async () => {
    const { clock, network, server, newPeer } = world(16);
    const { peer } = newPeer('p');
    peer.start();
    /** How long the peer stays away after the master is back. */
    const lateMs = async (awayMs: number): Promise<number> => {
      await clock.advance(60_000);
      expect(peer.connected).toBe(true);
      network.listen(null);
      await clock.advance(awayMs);
      network.listen(server);
      const backMs = clock.nowMs();
      await clock.advanceUntil(() => peer.connected, 20_000);
      return clock.nowMs() - backMs;
    };
    for (const awayMs of [1_900, 5_000, 12_345]) expect(await lateMs(awayMs)).toBeLessThanOrEqual(300);
    const late = [];
    for (const awayMs of [120_000, 150_000, 190_000]) late.push(await lateMs(awayMs));
    expect(Math.max(...late)).toBeGreaterThan(300);
    expect(Math.max(...late)).toBeLessThanOrEqual(15_100);
  });

  it('sends a large state in pages, and hands it over whole although the connection broke between two of them', async () => {
    const { clock, network, core, server } = world(15);
    const lease = (n: number) => ({
      leaseId: `l-1-${String(n)}`,
      hostId: 'h',
      hostName: 'node',
      identity: { uuid: 'u', serial: '', macs: [] },
      role: '/prod',
      origin: 'claimed' as const,
      phase: 'serving' as const,
    });
    const status = (n: number) => ({
      taskId: `t${String(n)}`,
      hostId: 'h',
      state: 'running' as const,
      statusSeq: 1,
      message: '',
      exitCode: null,
    });
    const state = { kind: 'resync' as const, leases: upTo(301).map(lease), tasks: upTo(1_700).map(status) };
    const got: FrameworkEvent[] = [];
    const frames: MasterFrame[] = [];
    let breakAfter = 2;
    const dialer = network.dialer('p');
    const peer = new PeerSession<FrameworkMessage, FrameworkEvent>({
      dialer: {
        dial: (handler) =>
          dialer.dial({
            ...handler,
            onFrame: (frame) => {
              if (frame.kind === 'master_message') frames.push(frame);
              handler.onFrame(frame);
              if (frame.kind === 'master_message' && --breakAfter === 0) network.crashPeer('p');
            },
          }),
      },
      clock,
      random: sfc32(3),
      who: { kind: 'framework', workload: 'ovirt', name: 'prod', roles: ['/prod'], executesSteps: true },
      secret: 's',
      handlers: {
        onMessage: (message) => got.push(message),
        onConnected: () => undefined,
        onDisconnected: () => undefined,
        onRefused: () => undefined,
        onEnded: () => undefined,
      },
    });
    peer.start();
    await clock.advance(500);
    core.execute({ kind: 'send', peerId: PEER, message: state });
    core.execute({ kind: 'send', peerId: PEER, message: news(1) });
    await clock.advance(60_000);
    expect(got).toEqual([state, news(1)]);
    const pages = frames.flatMap((frame) =>
      frame.kind === 'master_message' && 'more' in frame.message ? [frame.message] : [],
    );
    expect(pages.map(({ more }) => more)).toEqual([true, true, true, false]);
    // A peer that does not say that it knows pages gets it in one.
    const connection = server.accept({
      remote: 'older',
      send: (frame) => (frames.push(frame as MasterFrame), true),
      close: () => undefined,
      setReading: () => undefined,
    });
    const who = { kind: 'framework' as const, workload: 'ovirt', name: 'prod', roles: ['/prod'], executesSteps: true };
    const opening = { secretHash: '', outboxFirstSeq: 1, appliedTerm: 0, appliedSeq: 0, highestTerm: 0 };
    connection.onFrame({
      kind: 'hello',
      secret: 's',
      pagedResync: false,
      hello: { who, incarnation: 'older', ...opening },
    });
    frames.length = 0;
    core.execute({ kind: 'send', peerId: PEER, message: state });
    expect(frames).toMatchObject([{ kind: 'master_message', seq: 1, message: { ...state, more: false } }]);
  });

  it('tells peers when the master goes away and takes them back later', async () => {
    const { clock, server, newPeer } = world(12);
    const { peer, log } = newPeer('p');
    peer.start();
    await clock.advance(500);
    server.closeAll('stopping', 2_000);
    await clock.advance(100);
    expect(log.disconnects).toBe(1);
    server.open(8);
    await clock.advance(5_000);
    expect(log.connects).toEqual([false, false]);
  });
});
