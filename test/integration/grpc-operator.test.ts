// Real gRPC over loopback: operators' calls, the watch, reflection and health.
import { connect, constants } from 'node:http2';
import { Client, Metadata, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { OperatorPort, WatchItem, WatchRequest } from '../../src/api/operator-port.js';
import { ClientError } from '../../src/client/client-error.js';
import { OperatorClient } from '../../src/client/operator-client.js';
import { rawMethods } from '../../src/client/wire/methods.js';
import type { Clock } from '../../src/ports/index.js';
import type { OperatorCommand, OperatorReply, Query, QueryResult } from '../../scheduler/index.js';
import { sfc32 } from '../support/seeded-random.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { SILENT_OPERATOR, startStubMaster, type StubMaster } from '../support/grpc-stub.js';

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function master(
  operator: Partial<OperatorPort>,
  options: Parameters<typeof startStubMaster>[0] = {},
): Promise<StubMaster> {
  const stub = await startStubMaster({ ...options, operator: { ...SILENT_OPERATOR, ...operator } });
  closers.push(() => stub.server.close({ graceMs: 200 }));
  return stub;
}

function client(stub: StubMaster, options: { user?: string; timeoutMs?: number; clock?: Clock } = {}): OperatorClient {
  const made = new OperatorClient({ address: stub.server.address, ...options });
  closers.push(() => made.close());
  return made;
}

/** Calls a method with bytes as they are; resolves with the status that it ended with. */
function rawCall(stub: StubMaster, path: string, request: Buffer, metadata = new Metadata()): Promise<ServiceError> {
  const raw = new Client(stub.server.address, credentials.createInsecure());
  closers.push(() => raw.close());
  const same = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve, reject) => {
    raw.makeUnaryRequest(path, same, same, request, metadata, (error) => {
      if (error === null) reject(new Error('the call was answered'));
      else resolve(error);
    });
  });
}

describe('a command', () => {
  const admit: OperatorCommand = { kind: 'host_admit', dryRun: true, host: 'node1' };

  it('arrives with who asked, and its reply comes back', async () => {
    const seen: [string, OperatorCommand][] = [];
    const stub = await master({
      command: (principal, command) => {
        seen.push([principal, command]);
        return Promise.resolve({
          ok: true,
          changes: ['node1 would be admitted'],
          remarks: ['it is cordoned'],
          ids: ['t-1-1'],
        });
      },
    });
    const change: OperatorCommand = {
      kind: 'role_set',
      dryRun: false,
      role: '/research/hadoop',
      change: { guarantee: { hosts: 10 }, limit: {}, weight: 2, reclaim: RECLAIM },
    };
    expect(await client(stub, { user: 'ann' }).command(admit)).toEqual({
      ok: true,
      changes: ['node1 would be admitted'],
      remarks: ['it is cordoned'],
      ids: ['t-1-1'],
    });
    await client(stub).command(change);
    expect(seen).toEqual([
      ['ann@127.0.0.1', admit],
      ['anonymous@127.0.0.1', change],
    ]);
  });

  it.each<Extract<OperatorReply, { ok: false }>>([
    { ok: false, code: 'OVER_LIMIT', message: 'hosts of /research would be 21, the limit is 20' },
    { ok: false, code: 'FAILED_PRECONDITION', message: 'node1 is leased' },
    { ok: false, code: 'ABORTED', message: 'the plan has version 4 – read it again' },
    { ok: false, code: 'OFFER_LOST', message: 'gone' },
  ])('is refused with its exact code: $code', async (reply) => {
    const stub = await master({ command: () => Promise.resolve(reply) });
    expect(await client(stub).command(admit)).toEqual(reply);
  });

  it('is no answer while the master does not lead, and no wrong question either', async () => {
    const message = 'this master does not lead right now; try again in a moment';
    const stub = await master({ query: () => Promise.resolve({ kind: 'unavailable', message }) });
    await expect(client(stub).query({ kind: 'overview' })).rejects.toMatchObject({ code: 'UNAVAILABLE', message });
  });

  it('is refused before it is sent when the master would refuse it', async () => {
    const stub = await master({});
    expect(await client(stub).command({ ...admit, host: '' })).toEqual({
      ok: false,
      code: 'INVALID_ARGUMENT',
      message: 'host is empty; it is required',
    });
    expect(await rawCall(stub, '/mosaic.v1.OperatorService/AdmitHost', Buffer.alloc(0))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'host is empty; it is required',
    });
    expect(await rawCall(stub, '/mosaic.v1.OperatorService/AdmitHost', Buffer.from('#!/bin/sh'))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringContaining('is not a mosaic.v1.AdmitHostRequest'),
    });
  });

  it('fails with an error when no leading master answers', async () => {
    const stub = await master({});
    await expect(client(stub).command(admit)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'nobody is here' });
    const gone = await startStubMaster();
    await gone.server.close({ graceMs: 100 });
    const calling = client(gone).command(admit);
    await expect(calling).rejects.toThrow(ClientError);
    await expect(calling).rejects.toThrow(
      `no master answers at ${gone.server.address}; start one with "mosaic master" or pass --server`,
    );
  });

  it('gives up after its time', async () => {
    const stub = await master({ command: () => new Promise(() => undefined) });
    await expect(client(stub, { timeoutMs: 50 }).command(admit)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: `the master at ${stub.server.address} did not answer in time`,
    });
  });

  it('is refused when too many are being answered', async () => {
    let answer = (_reply: OperatorReply): void => undefined;
    const stub = await master(
      { command: () => new Promise<OperatorReply>((resolve) => (answer = resolve)) },
      { operatorCallsMax: 1 },
    );
    const operator = client(stub, { timeoutMs: 600_000 });
    const first = operator.command(admit);
    // Calls of one connection arrive in the order in which they were made.
    expect(await operator.command(admit)).toMatchObject({ ok: false, code: 'RESOURCE_EXHAUSTED' });
    answer({ ok: true, changes: [], ids: [] });
    expect(await first).toMatchObject({ ok: true });
  });

  it('that makes the master fail costs only itself', async () => {
    let calls = 0;
    const stub = await master({
      command: () => {
        calls += 1;
        return calls === 1
          ? Promise.reject(new Error('assertion'))
          : Promise.resolve({ ok: true, changes: [], ids: [] });
      },
    });
    const operator = client(stub);
    await expect(operator.command(admit)).rejects.toThrow('the master could not answer; its log says why');
    expect(await operator.command(admit)).toEqual({ ok: true, changes: [], remarks: [], ids: [] });
  });
});

const RECLAIM = { kind: 'hard', graceMs: 60_000, deadlineMs: 0, movesPerRound: 2, minHoldMs: -1 } as const;

describe('a query', () => {
  it('arrives with its filters, and its answer comes back', async () => {
    const asked: Query[] = [];
    const answers: Partial<Record<Query['kind'], QueryResult>> = {
      conditions: {
        kind: 'conditions',
        conditions: [{ kind: 'HOST_LOST', subject: 'node1', sinceMs: 5, message: 'node1 is lost', remedy: 'wait' }],
      },
      hosts: { kind: 'hosts', hosts: [], total: 7, nextPageToken: 'node7' },
      plan: { kind: 'plan', plan: null },
    };
    const stub = await master({
      query: (query) => {
        asked.push(query);
        return Promise.resolve(answers[query.kind] ?? { kind: 'invalid', message: 'not prepared' });
      },
    });
    const operator = client(stub);
    const hosts: Query = {
      kind: 'hosts',
      owner: 'ovirt/prod',
      state: 'moving',
      rack: '',
      name: '',
      page: { limit: 5, pageToken: 'node2' },
    };
    expect(await operator.query({ kind: 'conditions' })).toEqual(answers.conditions);
    expect(await operator.query(hosts)).toEqual(answers.hosts);
    expect((await operator.get({ kind: 'plan' })).plan).toBeNull();
    expect(asked).toEqual([{ kind: 'conditions' }, hosts, { kind: 'plan' }]);
    expect(await operator.query({ ...hosts, page: { limit: 1_001, pageToken: '' } })).toEqual({
      kind: 'invalid',
      message: 'page.limit is 1001; it must be a whole number from 0 to 1000',
    });
  });

  it('keeps its place until its answer is read, and is cut when it never is', async () => {
    const owners = Array.from({ length: 40_000 }, (_, at) => ({
      kind: 'HOST_LOST' as const,
      subject: `node${at}`,
      sinceMs: 5,
      message: 'it is lost, and this sentence about it is long enough to fill the window of a stream',
      remedy: 'wait',
    }));
    const clock = new VirtualClock();
    const stub = await master(
      { query: () => Promise.resolve({ kind: 'conditions', conditions: owners }) },
      { operatorCallsMax: 1, watchStallMs: 500, clock },
    );
    // Reads nothing: the answer stays where it is.
    const session = connect(`http://${stub.server.address}`);
    closers.push(() => session.destroy());
    const stuck = session.request({
      ':method': 'POST',
      ':path': '/mosaic.v1.OperatorService/ListConditions',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stuck.on('error', () => undefined);
    stuck.end(Buffer.alloc(5));
    await new Promise((resolve) => stuck.once('response', resolve));
    const reset = new Promise((resolve) => stuck.once('close', () => resolve(stuck.rstCode)));
    const operator = client(stub);
    await clock.advance(499);
    await expect(operator.query({ kind: 'conditions' })).rejects.toThrow('answering 1 calls already');
    await clock.advance(1);
    const answer = await operator.query({ kind: 'conditions' });
    expect(answer).toMatchObject({ kind: 'conditions', conditions: { length: 40_000 } });
    expect(await reset).toBe(constants.NGHTTP2_CANCEL);
    // What is read gives its place back at once.
    expect((await operator.query({ kind: 'conditions' })).kind).toBe('conditions');
  });

  it('for what is not there says so', async () => {
    const stub = await master({
      query: () => Promise.resolve({ kind: 'not_found', message: 'no host is named nod1; near is node1' }),
    });
    const operator = client(stub);
    expect(await operator.query({ kind: 'host', host: 'nod1' })).toEqual({
      kind: 'not_found',
      message: 'no host is named nod1; near is node1',
    });
    await expect(operator.get({ kind: 'host', host: 'nod1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a watch', () => {
  const item = (revision: number, text = `event ${revision}`): WatchItem => ({
    kind: 'decision',
    token: { term: 2, revision },
    atMs: 1_000 + revision,
    decision: { about: 'move', subject: 'node1', text, fields: { hosts: 3, ratio: 0.5, hard: true, to: 'free' } },
  });
  it('is asked for at growing distances when it is accepted and ended at once', async () => {
    let watches = 0;
    const stub = await master({
      watch: async (_request, _signal, onItem) => {
        watches += 1;
        // The fifth brings something, which shows that the master is well.
        await onItem(bookmark);
        if (watches === 5) await onItem(item(1));
        return { kind: 'unavailable', message: 'this master does not lead' };
      },
    });
    const pauses: number[] = [];
    const stop = new AbortController();
    const clock: Clock = {
      nowMs: () => 1_000_000,
      setTimer: (delayMs, fire) => {
        pauses.push(delayMs);
        setImmediate(pauses.length === 9 ? () => stop.abort() : fire);
        return () => undefined;
      },
    };
    for await (const _item of client(stub, { clock }).watch({}, { signal: stop.signal }));
    expect(pauses).toEqual([200, 400, 800, 1_600, 200, 400, 800, 1_600, 3_200]);
  });

  const bookmark: WatchItem = { kind: 'bookmark', token: { term: 2, revision: 0 } };

  it('shows what happens until it is ended', async () => {
    const asked: WatchRequest[] = [];
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const stub = await master({
      watch: async (request, signal, onItem) => {
        asked.push(request);
        for (const each of [bookmark, item(1), item(2)]) await onItem(each);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        end();
        return { kind: 'aborted' };
      },
    });
    const stop = new AbortController();
    const seen: WatchItem[] = [];
    for await (const each of client(stub).watch({ about: ['move'], subject: 'node1' }, { signal: stop.signal })) {
      seen.push(each);
      if (seen.length === 3) stop.abort();
    }
    expect(seen).toEqual([bookmark, item(1), item(2)]);
    expect(asked).toEqual([{ after: null, about: ['move'], subject: 'node1' }]);
    await ended;
  });

  it('goes on after its last position when it breaks', async () => {
    const asked: WatchRequest[] = [];
    const stub = await master({
      watch: (request, _signal, onItem) => {
        asked.push(request);
        void onItem(item(asked.length));
        return Promise.resolve({ kind: 'unavailable', message: 'the master is stopping' });
      },
    });
    const seen: number[] = [];
    for await (const { token } of client(stub).watch()) if (seen.push(token.revision) === 3) break;
    expect(seen).toEqual([1, 2, 3]);
    expect(asked.map(({ after }) => after?.revision ?? null)).toEqual([null, 1, 2]);
  });

  it('from a position that is not kept any more ends with OUT_OF_RANGE', async () => {
    const stub = await master({
      watch: () => Promise.resolve({ kind: 'out_of_range', message: 'the history begins at 2.400' }),
    });
    const watching = client(stub).watch({ after: { term: 1, revision: 3 } });
    await expect(watching.next()).rejects.toMatchObject({
      code: 'OUT_OF_RANGE',
      message: 'the history begins at 2.400',
    });
  });

  it('that is read slowly is told everything, a little at a time', async () => {
    let sent = 0;
    const stub = await master({
      watch: async (_request, signal, onItem) => {
        while (sent < 3_000) await onItem(item(++sent, 'x'.repeat(1_000)));
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { kind: 'aborted' };
      },
    });
    let seen = 0;
    for await (const { token } of client(stub).watch()) {
      expect(token.revision).toBe(++seen);
      if (seen === 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(sent).toBeLessThan(1_000);
      }
      if (seen === 3_000) break;
    }
  });

  it('that is not read is cut, and gives its place to another', async () => {
    let sent = 0;
    let isCut = false;
    const clock = new VirtualClock();
    const stub = await master(
      {
        watch: async (_request, signal, onItem) => {
          for (let n = 1; !signal.aborted; n++) {
            sent = n;
            await onItem(item(n, 'x'.repeat(1_000)));
          }
          isCut = true;
          return { kind: 'aborted' };
        },
      },
      { watchesMax: 1, watchStallMs: 50, clock },
    );
    const watching = client(stub).watch({}, { resume: false });
    await watching.next();
    // Some more is taken by buffers on the way; then nothing, and only then time passes.
    while (!isCut) {
      const before = sent;
      await new Promise((resolve) => setImmediate(resolve));
      if (sent === before) await clock.advance(50);
    }
    expect(sent).toBeLessThan(1_000);
    const other = client(stub).watch();
    expect((await other.next()).value).toMatchObject({ token: { revision: 1 } });
    await other.return();
    const drain = async (): Promise<void> => {
      for (;;) if ((await watching.next()).done === true) return;
    };
    await expect(drain()).rejects.toBeInstanceOf(ClientError);
  });

  it('is one of a limited number', async () => {
    const stub = await master(
      {
        watch: (_request, signal, onItem) => {
          void onItem(bookmark);
          return new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve({ kind: 'aborted' }));
          });
        },
      },
      { watchesMax: 1 },
    );
    const first = client(stub).watch();
    expect((await first.next()).value).toEqual(bookmark);
    await expect(client(stub).watch().next()).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED' });
    await first.return();
  });
});

describe('the server', () => {
  it('answers UNIMPLEMENTED for what is in the contract only', async () => {
    const stub = await master({});
    for (const call of ['ListHostProfiles', 'SetHostProfile'])
      expect(await rawCall(stub, `/mosaic.v1.OperatorService/${call}`, Buffer.alloc(0))).toMatchObject({
        code: status.UNIMPLEMENTED,
        details: `${call} is part of the contract, but not of this master`,
      });
  });

  it('survives bytes of any kind on every call', async () => {
    const stub = await master({});
    const raw = new Client(stub.server.address, credentials.createInsecure());
    closers.push(() => raw.close());
    const same = (bytes: Buffer): Buffer => bytes;
    const random = sfc32(7);
    const codes = new Set<status>();
    const calls = Object.values(rawMethods('mosaic.v1.OperatorService')).flatMap(({ path, responseStream }) =>
      Array.from({ length: 5 }, async (_, length) => {
        const bytes = Buffer.from(Array.from({ length: length * 7 }, () => Math.floor(random.next() * 256)));
        const ended = await new Promise<{ readonly code: status }>((resolve) => {
          const call = responseStream
            ? raw.makeServerStreamRequest(path, same, same, bytes).on('data', () => undefined)
            : raw.makeUnaryRequest(path, same, same, bytes, () => undefined);
          call.on('error', () => undefined);
          call.on('status', resolve);
        });
        codes.add(ended.code);
      }),
    );
    await Promise.all(calls);
    const expected = [status.INVALID_ARGUMENT, status.UNAVAILABLE, status.UNIMPLEMENTED];
    expect([...codes].sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b));
    expect(await client(stub).query({ kind: 'overview' })).toMatchObject({ kind: 'invalid' });
  });

  it('lists its services by reflection', async () => {
    const stub = await master({});
    const raw = new Client(stub.server.address, credentials.createInsecure());
    closers.push(() => raw.close());
    // The one field of the request and of the answer that are needed here, without the proto files.
    const call = raw.makeBidiStreamRequest<Buffer, string>(
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      (bytes) => bytes,
      (bytes) => bytes.toString('latin1'),
    );
    const answer = await new Promise<string>((resolve, reject) => {
      call.on('data', resolve);
      call.on('error', reject);
      call.write(Buffer.from([0x3a, 0x01, 0x2a])); // list_services: "*"
    });
    call.end();
    for (const service of ['AgentService', 'FrameworkService', 'OperatorService'])
      expect(answer).toContain(`mosaic.v1.${service}`);
  });

  it('is healthy once it serves, and not before', async () => {
    const stub = await master({});
    const raw = new Client(stub.server.address, credentials.createInsecure());
    closers.push(() => raw.close());
    const check = (): Promise<number> =>
      new Promise((resolve, reject) => {
        raw.makeUnaryRequest(
          '/grpc.health.v1.Health/Check',
          (bytes: Buffer) => bytes,
          (bytes: Buffer) => bytes[1] ?? 0,
          Buffer.alloc(0),
          (error, value) => {
            if (error === null) resolve(value ?? 0);
            else reject(error);
          },
        );
      });
    const [SERVING, NOT_SERVING] = [1, 2];
    expect(await check()).toBe(NOT_SERVING);
    stub.server.setServing(true);
    expect(await check()).toBe(SERVING);
  });

  it('has proto files that any loader can read', () => {
    expect(() => loadSync('mosaic/v1/operator.proto', { includeDirs: ['proto'] })).not.toThrow();
  });
});
