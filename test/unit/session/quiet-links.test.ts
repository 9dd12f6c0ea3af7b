// What a session says when it has little to say: acknowledgements that wait for company, heartbeats of large fleets.
import { describe, expect, it } from '@jest/globals';
import type { Event, FrameworkEvent, FrameworkMessage, MasterMessage } from '../../../scheduler/index.js';
import type { AcceptedConnection, ConnectionHandler } from '../../../src/ports/index.js';
import type { Frame } from '../../../src/session/frames.js';
import { PeerSession, SessionServer } from '../../../src/session/index.js';
import { VirtualClock } from '../../../src/simulation/virtual-clock.js';
import { sfc32 } from '../../support/seeded-random.js';
import { HELLO } from './hello.js';

const NOTE: FrameworkMessage = { kind: 'reconcile', taskIds: [] };
const NEWS: MasterMessage = { kind: 'rescind', offerIds: [], reason: '' };

/** A server whose core accepts everybody and applies everything at once. */
function started(session: ConstructorParameters<typeof SessionServer>[0]['session'] = {}) {
  const clock = new VirtualClock(1_000_000);
  const submit = (event: Event): void => {
    if (event.kind === 'session_open')
      server.execute({
        kind: 'session_accepted',
        connectionId: event.connectionId,
        peerId: `framework/${event.connectionId}`,
        who: event.hello.who,
        assignedId: event.connectionId,
        resumeFromSeq: 1,
        newIncarnation: true,
      });
    if (event.kind === 'framework_message') server.execute({ kind: 'ack', peerId: event.peerId, seq: event.seq });
  };
  const server = new SessionServer({ clock, submit, session });
  server.open(1);
  return { clock, server };
}

function connected(server: SessionServer): { readonly frames: Frame[]; readonly handler: ConnectionHandler } {
  const frames: Frame[] = [];
  const connection: AcceptedConnection = {
    remote: 'test',
    send: (frame) => {
      frames.push(frame);
      return true;
    },
    close: () => undefined,
    setReading: () => undefined,
  };
  const handler = server.accept(connection);
  handler.onFrame(HELLO);
  return { frames, handler };
}

function say(handler: ConnectionHandler, from: number, to: number): void {
  for (let seq = from; seq <= to; seq += 1) handler.onFrame({ kind: 'peer_message', seq, ack: 0, message: NOTE });
}

function acks(frames: readonly Frame[]): readonly number[] {
  return frames.flatMap((frame) => (frame.kind === 'master_ack' ? [frame.ack] : []));
}

describe('acknowledgements of the master', () => {
  it('come soon for the first message of a connection, which brings the full state', async () => {
    const { clock, server } = started();
    const { frames, handler } = connected(server);
    say(handler, 1, 1);
    await clock.advance(100);
    expect(acks(frames)).toEqual([1]);
  });

  it('later wait for a message, or for a second', async () => {
    const { clock, server } = started();
    const { frames, handler } = connected(server);
    say(handler, 1, 1);
    await clock.advance(100);
    say(handler, 2, 4);
    await clock.advance(800);
    expect(acks(frames)).toEqual([1]);
    server.execute({ kind: 'send', peerId: 'framework/c1', message: NEWS });
    expect(frames.at(-1)).toMatchObject({ kind: 'master_message', ack: 4 });
    await clock.advance(3_000);
    expect(acks(frames)).toEqual([1]);
    say(handler, 5, 6);
    await clock.advance(1_100);
    expect(acks(frames)).toEqual([1, 6]);
  });

  it('come soon when many messages wait for one', async () => {
    const { clock, server } = started();
    const { frames, handler } = connected(server);
    say(handler, 1, 1);
    await clock.advance(100);
    say(handler, 2, 40);
    await clock.advance(100);
    expect(acks(frames)).toEqual([1, 40]);
  });

  it('are not sent to a connection that is gone', async () => {
    const { clock, server } = started();
    const { frames, handler } = connected(server);
    say(handler, 1, 3);
    handler.onClose('gone');
    await clock.advance(5_000);
    expect(acks(frames)).toEqual([]);
  });
});

describe('heartbeats', () => {
  const welcomed = (server: SessionServer): number => {
    const welcome = connected(server).frames.find((frame) => frame.kind === 'welcome');
    return welcome?.kind === 'welcome' ? welcome.heartbeatMs : 0;
  };

  it('are asked for less often, the more peers there are, up to a bound', () => {
    const { server } = started({ heartbeatMs: 1_000, heartbeatsPerSecondMax: 10 });
    const asked = Array.from({ length: 40 }, () => welcomed(server));
    expect(asked[9]).toBe(1_000);
    expect(asked[19]).toBe(2_000);
    expect(asked[39]).toBe(2_500);
  });

  it('that are asked for less often are also waited for longer', async () => {
    const { clock, server } = started({ heartbeatMs: 1_000, heartbeatsPerSecondMax: 1, heartbeatsMissedMax: 3 });
    connected(server);
    connected(server);
    await clock.advance(4_100);
    expect(server.connectionCount).toBe(1); // The first was told 1 s, the second 2 s.
    await clock.advance(4_000);
    expect(server.connectionCount).toBe(0);
  });
});

describe('a peer whose stream waits for its turn', () => {
  it('waits for the answer to its hello from the moment at which it is sent', async () => {
    const clock = new VirtualClock(0);
    const handlers: ConnectionHandler[] = [];
    const connection = { remote: 'test', isWaiting: true, send: () => true, close: () => undefined };
    const unreachable: string[] = [];
    const session = new PeerSession<FrameworkMessage, FrameworkEvent>({
      dialer: {
        dial: (handler) => {
          handlers.push(handler);
          return connection;
        },
      },
      clock,
      random: sfc32(1),
      who: { kind: 'framework', workload: 'batch', name: 'one', roles: ['/'], executesSteps: false },
      secret: 's',
      handlers: {
        onMessage: () => undefined,
        onConnected: () => undefined,
        onDisconnected: () => undefined,
        onUnreachable: (reason) => unreachable.push(reason),
        onRefused: () => undefined,
        onEnded: () => undefined,
      },
    });
    session.start();
    await clock.advance(60_000);
    expect(unreachable).toEqual([]);
    connection.isWaiting = false;
    handlers[0]?.onBegun?.();
    await clock.advance(9_900);
    expect(unreachable).toEqual([]);
    await clock.advance(200);
    expect(unreachable).toEqual(['the master did not answer the hello in time']);
    session.close();
  });
});
