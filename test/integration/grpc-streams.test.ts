// Real gRPC over loopback: the two Connect streams as connections of the session layer.
import { connect } from 'node:net';
import { Client, credentials, status, type ClientDuplexStream, type StatusObject } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ListenError, startGrpcServer } from '../../src/api/server.js';
import { GrpcDialer } from '../../src/client/grpc-dialer.js';
import { frameworkFrames } from '../../src/client/wire/frames.js';
import { MESSAGE_BYTES_MAX } from '../../src/client/wire/limits.js';
import { SystemClock } from '../../src/ports/system.js';
import type { MasterFrame, PeerFrame } from '../../src/session/frames.js';
import type { Offer } from '../../scheduler/index.js';
import { PeerEnd, SILENT_OPERATOR, startStubMaster, type StubMaster } from '../support/grpc-stub.js';

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function master(options: Parameters<typeof startStubMaster>[0] = {}): Promise<StubMaster> {
  const stub = await startStubMaster(options);
  closers.push(() => stub.server.close({ graceMs: 200 }));
  return stub;
}

function dialer(stub: StubMaster, peer: 'framework' | 'agent' = 'framework'): GrpcDialer {
  const made = new GrpcDialer({ address: stub.server.address, peer, clock: new SystemClock() });
  closers.push(() => made.close());
  return made;
}

const HELLO: PeerFrame = {
  kind: 'hello',
  secret: '0123456789abcdef',
  pagedResync: true,
  hello: {
    who: { kind: 'framework', workload: 'ovirt', name: 'prod', roles: ['/vms'], executesSteps: true },
    incarnation: 'first',
    secretHash: '',
    outboxFirstSeq: 1,
    appliedTerm: 0,
    appliedSeq: 0,
    highestTerm: 0,
  },
};

const WELCOME: MasterFrame = {
  kind: 'welcome',
  term: 3,
  peerId: 'framework/ovirt/prod',
  assignedId: 'ovirt/prod',
  resumeFromSeq: 1,
  resumed: false,
  heartbeatMs: 10_000,
};

function offer(at: number): Offer {
  return {
    offerId: `o-3-${at}`,
    role: '/vms',
    demandId: 'd1',
    hostId: `h-${at}`,
    hostName: `node${at}`,
    identity: { uuid: '4c4c4544-0042-3510-8052-b4c04f383732', serial: 'S1', macs: ['aa:bb:cc:dd:ee:ff'] },
    shape: 'standard',
    faultDomain: { region: 'r', zone: 'z', rack: 'r1' },
    attributes: { arch: 'x86_64' },
    resources: { quantities: { cpusMilli: 32_000, memoryBytes: 137_438_953_472 }, ports: [{ first: 1, last: 9 }] },
    wholeHost: true,
    transitionId: null,
    groupId: null,
    reservationId: null,
    validForMs: 30_000,
  };
}

/** A raw stream, for peers that do what our own client never would. */
function rawStream(stub: StubMaster): { call: ClientDuplexStream<Buffer, Buffer>; ended: Promise<StatusObject> } {
  const client = new Client(stub.server.address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 });
  closers.push(() => client.close());
  const same = (bytes: Buffer): Buffer => bytes;
  const call = client.makeBidiStreamRequest('/mosaic.v1.FrameworkService/Connect', same, same);
  call.on('error', () => undefined);
  const ended = new Promise<StatusObject>((resolve) => call.on('status', resolve));
  return { call, ended };
}

describe('a Connect stream', () => {
  it('carries frames both ways, in order', async () => {
    const stub = await master();
    const end = new PeerEnd();
    const connection = dialer(stub).dial(end);
    connection.send(HELLO);
    const stream = await stub.stream(0);
    await stream.until(({ frames }) => frames.length === 1);
    expect(stream.frames[0]).toEqual(HELLO);

    const sent: MasterFrame[] = [WELCOME];
    for (let seq = 1; seq <= 300; seq++)
      sent.push({ kind: 'master_message', seq, ack: 0, message: { kind: 'offers', offers: [offer(seq)] } });
    for (const frame of sent) stream.connection.send(frame);
    for (let seq = 1; seq <= 300; seq++)
      connection.send({
        kind: 'peer_message',
        seq,
        ack: seq,
        message: { kind: 'decline', offerIds: [`o-3-${seq}`], filterMs: 5_000, reason: '' },
      });
    await end.until(({ frames }) => frames.length === sent.length);
    await stream.until(({ frames }) => frames.length === 301);
    expect(end.frames).toEqual(sent);
    expect(stream.frames.slice(1).map((frame) => (frame.kind === 'peer_message' ? frame.seq : 0))).toEqual(
      Array.from({ length: 300 }, (_, at) => at + 1),
    );
    connection.close('done');
    await stream.until(({ closedWith }) => closedWith !== null);
    await end.until(({ closedWith }) => closedWith !== null);
    expect(end.closedWith).toBe('done');
  });

  it('serves agents on their own call', async () => {
    const stub = await master();
    const hello: PeerFrame = {
      ...HELLO,
      hello: {
        ...HELLO.hello,
        who: { kind: 'agent', name: 'node1', identity: { uuid: 'u1', serial: '', macs: [] } },
      },
    };
    dialer(stub, 'agent').dial(new PeerEnd()).send(hello);
    const stream = await stub.stream(0);
    await stream.until(({ frames }) => frames.length === 1);
    expect(stream.frames).toEqual([hello]);
  });

  it('tells a master that closes after a refusal apart from one that failed', async () => {
    const stub = await master({
      onAccept: (stream) => {
        stream.connection.send({ kind: 'refused', code: 'NOT_LEADER', message: 'not yet', retryAfterMs: 500 });
        stream.connection.close('refused');
      },
    });
    const end = new PeerEnd();
    dialer(stub).dial(end).send(HELLO);
    await end.until(({ closedWith }) => closedWith !== null);
    expect(end.frames).toEqual([{ kind: 'refused', code: 'NOT_LEADER', message: 'not yet', retryAfterMs: 500 }]);
    expect(end.closedWith).toBe('the master ended the stream');
    await (await stub.stream(0)).until(({ closedWith }) => closedWith !== null);
  });

  it('says that no master answers', async () => {
    const stub = await startStubMaster();
    const dial = dialer(stub);
    await stub.server.close({ graceMs: 100 });
    const end = new PeerEnd();
    dial.dial(end).send(HELLO);
    await end.until(({ closedWith }) => closedWith !== null);
    expect(end.frames).toEqual([]);
    expect(end.closedWith).toContain(`no master answers at ${stub.server.address}`);
  });
});

describe('what breaks the contract', () => {
  it('ends the stream with a sentence, and costs nobody else anything', async () => {
    const stub = await master();
    const good = new PeerEnd();
    const other = dialer(stub).dial(good);
    other.send(HELLO);
    await stub.stream(0);

    const { call, ended } = rawStream(stub);
    call.on('data', () => undefined);
    call.write(frameworkFrames.writePeer(HELLO));
    call.write(
      frameworkFrames.writePeer({
        kind: 'peer_message',
        seq: 1,
        ack: 0,
        message: { kind: 'accept', commandId: 'c1', offerIds: [], action: { kind: 'claim' } },
      }),
    );
    expect(await ended).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'accept.offer_ids is empty; it must name at least one offer',
    });
    const bad = await stub.stream(1);
    await bad.until(({ closedWith }) => closedWith !== null);
    expect(bad.closedWith).toBe('accept.offer_ids is empty; it must name at least one offer');
    expect(bad.frames).toHaveLength(1);

    other.send({ kind: 'peer_heartbeat', ack: 0 });
    const stream = await stub.stream(0);
    await stream.until(({ frames }) => frames.length === 2);
    expect(good.closedWith).toBeNull();
  });

  it('is told to the owner of a client as a refusal', async () => {
    const stub = await master();
    const end = new PeerEnd();
    const connection = dialer(stub).dial(end);
    connection.send(HELLO);
    connection.send({
      kind: 'peer_message',
      seq: 1,
      ack: 0,
      message: { kind: 'return_host', commandId: '', leaseId: 'l-1-1', reason: '' },
    });
    await end.until(({ closedWith }) => closedWith !== null);
    expect(end.frames).toEqual([
      {
        kind: 'refused',
        code: 'INVALID_ARGUMENT',
        message: 'return_host.command_id is empty; it is required',
        retryAfterMs: 30_000,
      },
    ]);
  });

  it('may be no protobuf at all', async () => {
    const stub = await master();
    const { call, ended } = rawStream(stub);
    call.on('data', () => undefined);
    call.write(Buffer.from('GET / HTTP/1.1'));
    const { code, details } = await ended;
    expect(code).toBe(status.INVALID_ARGUMENT);
    expect(details).toContain('is not a mosaic.v1.FrameworkServiceConnectRequest');
  });

  it('may be too large', async () => {
    const stub = await master();
    const { call, ended } = rawStream(stub);
    call.on('data', () => undefined);
    call.write(Buffer.alloc(MESSAGE_BYTES_MAX + 1));
    expect((await ended).code).toBe(status.RESOURCE_EXHAUSTED);
    await (await stub.stream(0)).until(({ closedWith }) => closedWith !== null);
  });

  it('may be silence', async () => {
    const stub = await master({ helloTimeoutMs: 50 });
    const { call, ended } = rawStream(stub);
    call.on('data', () => undefined);
    expect(await ended).toMatchObject({
      code: status.DEADLINE_EXCEEDED,
      details: 'no hello came within 50 ms',
    });
    await (await stub.stream(0)).until(({ closedWith }) => closedWith !== null);
  });

  it('may be one stream too many', async () => {
    const stub = await master({ streamsMax: 1 });
    dialer(stub).dial(new PeerEnd()).send(HELLO);
    await stub.stream(0);
    const { call, ended } = rawStream(stub);
    call.on('data', () => undefined);
    expect(await ended).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: 'this master serves 1 streams already; try again later',
    });
  });
});

describe('a peer that does not read', () => {
  const page = Array.from({ length: 100 }, (_, at) => offer(at));

  it('is told apart by send, and drains when it reads on', async () => {
    const stub = await master();
    const { call } = rawStream(stub);
    call.write(frameworkFrames.writePeer(HELLO));
    const stream = await stub.stream(0);
    let sent = 0;
    while (
      stream.connection.send({ kind: 'master_message', seq: ++sent, ack: 0, message: { kind: 'offers', offers: page } })
    );
    expect(sent).toBeLessThan(200);
    const read: number[] = [];
    call.on('data', (bytes: Buffer) => {
      const frame = frameworkFrames.readMaster(bytes);
      if (frame?.kind === 'master_message') read.push(frame.seq);
    });
    await stream.until(({ drains }) => drains > 0);
    expect(read).toEqual(Array.from({ length: read.length }, (_, at) => at + 1));
    expect(stream.closedWith).toBeNull();
  });

  it('is cut when too much waits for it', async () => {
    const stub = await master({ queuedBytesMax: 1_000_000 });
    const { call, ended } = rawStream(stub);
    call.write(frameworkFrames.writePeer(HELLO));
    // Reads no more after the first frame: the window of the stream fills up.
    call.once('data', () => call.pause());
    const stream = await stub.stream(0);
    stream.connection.send(WELCOME);
    for (let seq = 1; seq <= 1_000 && stream.closedWith === null; seq++) {
      stream.connection.send({ kind: 'master_message', seq, ack: 0, message: { kind: 'offers', offers: page } });
      if (seq % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await stream.until(({ closedWith }) => closedWith !== null);
    expect(stream.closedWith).toContain('the peer does not read');
    expect(stub.server.streamCount).toBe(0);
    call.on('data', () => undefined);
    call.resume();
    expect(await ended).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });
});

describe('a peer that is not read', () => {
  it('has to wait with what it says, and is heard in order when it is read again', async () => {
    const stub = await master();
    const { call } = rawStream(stub);
    call.on('data', () => undefined);
    call.write(frameworkFrames.writePeer(HELLO));
    const stream = await stub.stream(0);
    await stream.until(({ frames }) => frames.length === 1);
    stream.connection.setReading(false);
    const reason = 'x'.repeat(4_000);
    let seq = 0;
    // Windows and buffers take some of it; then the peer cannot write any more.
    const say = (): boolean => {
      const message = { kind: 'decline', offerIds: ['o-3-1'], filterMs: 0, reason } as const;
      return call.write(frameworkFrames.writePeer({ kind: 'peer_message', seq: ++seq, ack: 0, message }));
    };
    for (let refused = 0; refused < 50 && seq < 5_000; await new Promise((resolve) => setImmediate(resolve)))
      refused = say() ? 0 : refused + 1;
    expect(seq).toBeLessThan(5_000);
    expect(stream.frames).toHaveLength(1);
    stream.connection.setReading(true);
    await stream.until(({ frames }) => frames.length === seq + 1);
    const seqs = stream.frames.map((frame) => (frame.kind === 'peer_message' ? frame.seq : 0));
    expect(seqs).toEqual(Array.from({ length: seq + 1 }, (_, at) => at));
  });

  it('is still noticed to be gone when its stream breaks meanwhile', async () => {
    const stub = await master();
    const { call } = rawStream(stub);
    call.on('data', () => undefined);
    call.write(frameworkFrames.writePeer(HELLO));
    const stream = await stub.stream(0);
    await stream.until(({ frames }) => frames.length === 1);
    stream.connection.setReading(false);
    call.cancel();
    await stream.until(({ closedWith }) => closedWith !== null);
    expect(stub.server.streamCount).toBe(0);
  });
});

describe('many peers', () => {
  it('share one connection, 500 streams of it', async () => {
    const stub = await master({
      onAccept: (stream) => {
        stream.onEach = () => stream.connection.send(WELCOME);
      },
    });
    const dial = dialer(stub);
    const ends = Array.from({ length: 500 }, () => new PeerEnd());
    for (const end of ends) dial.dial(end).send(HELLO);
    await Promise.all(ends.map((end) => end.until(({ frames }) => frames.length === 1)));
    expect(ends.map((end) => end.frames)).toEqual(ends.map(() => [WELCOME]));
    expect(stub.server.streamCount).toBe(500);
    expect(new Set(stub.accepted.map(({ connection }) => connection.remote)).size).toBe(1);
  });
});

describe('two dialers', () => {
  it('have a connection each', async () => {
    const stub = await master();
    for (const dial of [dialer(stub), dialer(stub)]) dial.dial(new PeerEnd()).send(HELLO);
    await stub.stream(1);
    expect(new Set(stub.accepted.map(({ connection }) => connection.remote)).size).toBe(2);
  });

  it('send what was written before they are closed', async () => {
    const stub = await master();
    const dial = new GrpcDialer({ address: stub.server.address, peer: 'framework', clock: new SystemClock() });
    const connection = dial.dial(new PeerEnd());
    connection.send(HELLO);
    connection.send({ kind: 'peer_ack', ack: 3 });
    connection.close('done');
    dial.close();
    const stream = await stub.stream(0);
    await stream.until(({ closedWith }) => closedWith !== null);
    expect(stream.frames).toEqual([HELLO, { kind: 'peer_ack', ack: 3 }]);
    expect(stream.closedWith).toBe('the peer ended the stream');
  });
});

describe('the server', () => {
  it('tells every peer to come back before it stops', async () => {
    const stub = await startStubMaster();
    const dial = dialer(stub);
    const ends = [new PeerEnd(), new PeerEnd()];
    for (const end of ends) dial.dial(end).send(HELLO);
    await stub.stream(1);
    await stub.server.close({ reconnectAfterMs: 1_234 });
    for (const end of ends) {
      await end.until(({ closedWith }) => closedWith !== null);
      expect(end.frames).toEqual([{ kind: 'going_away', reconnectAfterMs: 1_234 }]);
    }
    expect(stub.server.streamCount).toBe(0);
  });

  it('stops although a peer never reads or ends', async () => {
    const stub = await startStubMaster();
    const { call } = rawStream(stub);
    call.write(frameworkFrames.writePeer(HELLO));
    await stub.stream(0);
    await stub.server.close({ graceMs: 100 });
    await stub.accepted[0]?.until(({ closedWith }) => closedWith !== null);
    expect(stub.accepted[0]?.closedWith).toBe('the master is going away');
  });

  it('takes a limited number of sockets, with streams or without', async () => {
    const stub = await master({ connectionsMax: 2 });
    const opened = await Promise.all(
      [1, 2, 3].map(async () => {
        const socket = connect(stub.server.port, '127.0.0.1');
        closers.push(() => void socket.destroy());
        socket.on('error', () => undefined);
        // The server speaks first when it takes a socket; otherwise it closes it.
        return new Promise<string>((resolve) => {
          socket.once('data', () => resolve('taken'));
          socket.once('close', () => resolve('closed'));
        });
      }),
    );
    expect(opened.sort()).toEqual(['closed', 'taken', 'taken']);
  });

  it('says which port is busy and what to do', async () => {
    const stub = await master();
    const second = startGrpcServer({
      port: stub.server.port,
      acceptor: { accept: () => new PeerEnd() },
      operator: SILENT_OPERATOR,
      clock: new SystemClock(),
    });
    await expect(second).rejects.toThrow(ListenError);
    await expect(second).rejects.toThrow(
      `port ${stub.server.port} on 127.0.0.1 is in use by another program; stop it, or choose another port (0 = any free one)`,
    );
  });
});
