import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Decision, Query, QueryResult } from '../../../scheduler/index.js';
import type { QueryAnswer } from '../../../src/ports/index.js';
import { WatchHub } from '../../../src/daemon/watch-hub.js';
import {
  buildHttpServer,
  ListenError,
  startHttpServer,
  type HttpPort,
  type HttpServer,
} from '../../../src/http/index.js';
import * as views from '../cli/views.js';

/** What runs is closed after each test. */
const closing: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

interface Fake extends HttpPort {
  leading: boolean;
  readonly queries: Query[];
  readonly warnings: string[];
  answer: (query: Query) => QueryAnswer;
}

function fakePort(change: Partial<Fake> = {}): Fake {
  const hub = new WatchHub({ historyMax: 100 });
  hub.onLeading(4);
  const port: Fake = {
    version: '1.2.3',
    leading: true,
    queries: [],
    warnings: [],
    hub,
    answer: answerOf,
    query: async (query) => {
      port.queries.push(query);
      return port.answer(query);
    },
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'mosaic_leading 1\n' }),
    warn: (_error, text) => void port.warnings.push(text),
    ...change,
  };
  return port;
}

function answerOf(query: Query): QueryResult {
  switch (query.kind) {
    case 'overview':
      return { kind: 'overview', overview: views.overview() };
    case 'hosts':
      return { kind: 'hosts', hosts: [views.host()], total: 1, nextPageToken: '' };
    case 'host':
      return query.host === 'node17'
        ? { kind: 'host', host: views.host() }
        : { kind: 'not_found', message: `there is no host "${query.host}"; see: mosaic host list` };
    case 'frameworks':
      return { kind: 'frameworks', frameworks: [views.framework] };
    case 'roles':
      return { kind: 'roles', roles: [views.role()] };
    case 'offers':
      return { kind: 'offers', offers: [views.offer], total: 1, nextPageToken: '' };
    case 'demands':
      return { kind: 'demands', demands: [views.demand()] };
    case 'reservations':
      return { kind: 'reservations', reservations: [views.reservation()], total: 1, nextPageToken: '' };
    case 'tasks':
      return { kind: 'tasks', tasks: [views.task], total: 1, nextPageToken: '' };
    case 'transitions':
      return { kind: 'transitions', transitions: [views.move()], total: 1, nextPageToken: '' };
    case 'transition':
      return { kind: 'transition', transition: views.move() };
    case 'maintenance':
      return { kind: 'maintenance', windows: [views.window()] };
    case 'plan':
      return { kind: 'plan', plan: null };
    case 'conditions':
      return { kind: 'conditions', conditions: [views.condition] };
    case 'freezes':
      return { kind: 'freezes', freezes: [] };
    case 'why':
      return { kind: 'why', why: views.why };
    case 'audit':
      return { kind: 'audit', violations: [] };
  }
}

function app(port: HttpPort): FastifyInstance {
  const built = buildHttpServer({ port });
  closing.push(built);
  return built;
}

async function get(
  port: HttpPort,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; type: string; body: string; json: () => unknown }> {
  const answer = await app(port).inject({ method: 'GET', url, headers });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    body: answer.body,
    json: () => JSON.parse(answer.body) as unknown,
  };
}

describe('health', () => {
  it('is the process, readiness is that it leads and commits', async () => {
    expect((await get(fakePort(), '/healthz')).json()).toEqual({ status: 'ok', version: '1.2.3' });
    expect(await get(fakePort(), '/readyz')).toMatchObject({ status: 200, body: '{"status":"ready"}' });
    expect((await get(fakePort({ leading: false }), '/healthz')).status).toBe(200);
    expect(await get(fakePort({ leading: false }), '/readyz')).toMatchObject({ status: 503 });
    const stuck = fakePort({ answer: () => ({ kind: 'unavailable', message: 'this master does not lead' }) });
    expect(await get(stuck, '/readyz')).toMatchObject({
      status: 503,
      body: expect.stringContaining('does not take commits'),
    });
  });

  it('has metrics as Prometheus reads them', async () => {
    expect(await get(fakePort(), '/metrics')).toMatchObject({
      status: 200,
      type: 'text/plain; version=0.0.4',
      body: 'mosaic_leading 1\n',
    });
  });
});

describe('reading', () => {
  it.each<readonly [string, Query]>([
    ['overview', { kind: 'overview' }],
    ['hosts', { kind: 'hosts', owner: '', state: '', rack: '', name: '', page: { limit: 200, pageToken: '' } }],
    [
      'hosts?owner=ovirt%2Fprod&state=moving&rack=r7&name=node*&limit=5&page=node2',
      {
        kind: 'hosts',
        owner: 'ovirt/prod',
        state: 'moving',
        rack: 'r7',
        name: 'node*',
        page: { limit: 5, pageToken: 'node2' },
      },
    ],
    ['host/node17', { kind: 'host', host: 'node17' }],
    ['frameworks?workload=ovirt', { kind: 'frameworks', workload: 'ovirt' }],
    ['roles', { kind: 'roles' }],
    ['offers?limit=1', { kind: 'offers', page: { limit: 1, pageToken: '' } }],
    ['demands', { kind: 'demands' }],
    ['tasks?framework=batch/main', { kind: 'tasks', frameworkId: 'batch/main', page: { limit: 200, pageToken: '' } }],
    ['moves?ended=true', { kind: 'transitions', ended: true, page: { limit: 200, pageToken: '' } }],
    ['moves?ended=false', { kind: 'transitions', ended: false, page: { limit: 200, pageToken: '' } }],
    ['move/t-4-31', { kind: 'transition', transition: 't-4-31' }],
    ['plan', { kind: 'plan' }],
    ['conditions', { kind: 'conditions' }],
    ['freezes', { kind: 'freezes' }],
    ['why?thing=%2Fresearch%2Fhadoop', { kind: 'why', thing: '/research/hadoop' }],
    ['audit', { kind: 'audit' }],
  ])('/api/v1/query/%s', async (path, query) => {
    const port = fakePort();
    const answer = await get(port, `/api/v1/query/${path}`);
    expect(answer).toMatchObject({ status: 200, type: expect.stringMatching(/^application\/json/) });
    expect(port.queries).toEqual([query]);
    expect(answer.json()).toBeInstanceOf(Object);
  });

  it('answers the same views as the command line', async () => {
    expect((await get(fakePort(), '/api/v1/query/host/node17')).json()).toEqual(views.host());
    expect((await get(fakePort(), '/api/v1/query/moves')).json()).toEqual({
      moves: [views.move()],
      total: 1,
      nextPageToken: '',
    });
    expect((await get(fakePort(), '/api/v1/query/plan')).json()).toEqual({ plan: null });
  });

  it.each<readonly [string, number, object]>([
    ['hosts?limit=0', 400, { field: 'limit', detail: 'limit is "0"; accepted is a whole number from 1 to 1000' }],
    ['hosts?limit=1001', 400, { field: 'limit' }],
    ['hosts?limit=1e2', 400, { field: 'limit' }],
    [
      'hosts?ower=x',
      400,
      {
        field: 'ower',
        detail: 'ower is "x"; it is not known here; accepted are owner, state, rack, name, limit, page',
      },
    ],
    ['hosts?owner=a&owner=b', 400, { field: 'owner', detail: expect.stringContaining('given several times') }],
    ['overview?x=1', 400, { field: 'x', detail: 'x is "1"; this address takes no parameters' }],
    ['moves?ended=perhaps', 400, { field: 'ended' }],
    [
      'why',
      400,
      { field: 'thing', detail: expect.stringMatching(/^thing is missing; accepted is the name of a host/) },
    ],
    ['host/nope', 404, { detail: 'there is no host "nope"; see: mosaic host list' }],
    ['nope', 404, { detail: 'there is no GET /api/v1/query/nope; all addresses are listed at /' }],
    ['hosts?name=%', 200, { total: 1 }],
    ['host/%zz', 400, {}],
  ])('%s is %d', async (path, status, body) => {
    const answer = await get(fakePort(), `/api/v1/query/${path}`);
    expect({ status: answer.status, body: answer.json() }).toMatchObject({ status, body });
    if (status !== 200)
      expect({ type: answer.type, problem: answer.json() }).toMatchObject({
        type: expect.stringMatching(/^application\/problem\+json/),
        problem: { status, title: expect.any(String) },
      });
  });

  it('takes no names of any length', async () => {
    expect((await get(fakePort(), `/api/v1/query/host/${'n'.repeat(600)}`)).json()).toMatchObject({ status: 414 });
  });

  it('names the field that the core refused', async () => {
    const port = fakePort({
      answer: () => ({ kind: 'invalid', message: 'state is "x"; it must be one of free, leased' }),
    });
    expect((await get(port, '/api/v1/query/hosts?state=x')).json()).toEqual({
      type: 'about:blank',
      status: 400,
      title: 'Bad request',
      detail: 'state is "x"; it must be one of free, leased',
      field: 'state',
    });
  });

  it('is 503 while the master does not lead', async () => {
    expect(await get(fakePort({ leading: false }), '/api/v1/query/overview')).toMatchObject({ status: 503 });
    const port = fakePort();
    port.answer = () => {
      port.leading = false;
      return { kind: 'unavailable', message: 'this master does not lead' };
    };
    expect(await get(port, '/api/v1/query/overview')).toMatchObject({ status: 503 });
  });

  it('tells clients nothing of what failed inside', async () => {
    const port = fakePort({
      answer: () => {
        throw new Error('the password is 1234');
      },
    });
    const answer = await get(port, '/api/v1/query/overview');
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('1234');
    expect(port.warnings).toEqual(['an HTTP request failed']);
  });

  it('takes no other methods', async () => {
    const answer = await app(fakePort()).inject({ method: 'POST', url: '/api/v1/query/overview', payload: { x: 1 } });
    expect(answer.statusCode).toBe(404);
  });
});

describe('the page at /', () => {
  it('lists every address, and runs nothing', async () => {
    const answer = await app(fakePort({ version: '<b>1</b>' })).inject('/');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    });
    for (const path of [
      '/healthz',
      '/readyz',
      '/metrics',
      '/events',
      '/api/v1/query/overview',
      '/api/v1/query/host/:host',
      '/api/v1/query/audit',
    ])
      expect(answer.body).toContain(`<code>${path}</code>`);
    expect(answer.body).toContain('&lt;b&gt;1&lt;/b&gt;');
    expect(answer.body).not.toContain('<script');
  });
});

// ---------------------------------------------------------------------------------------------------------------------

async function listening(
  port: HttpPort,
  options: { eventStreamsMax?: number; eventHeartbeatMs?: number; closeGraceMs?: number } = {},
): Promise<HttpServer> {
  const server = await startHttpServer({ port, listen: '127.0.0.1:0', ...options });
  closing.push(server);
  return server;
}

interface Stream {
  readonly status: number;
  /** Resolves once the text received so far holds `text`. */
  until(text: string): Promise<string>;
  /** Resolves with everything when the server ends it. */
  readonly ended: Promise<string>;
  readonly response: IncomingMessage;
  close(): void;
}

function open(server: HttpServer, path: string, headers: Record<string, string> = {}): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asked = request(`http://${server.address}${path}`, { headers }, (response) => {
      let text = '';
      let look = (): void => undefined;
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        look();
      });
      response.on('error', () => undefined);
      resolve({
        status: response.statusCode ?? 0,
        until: (wanted) =>
          new Promise((found) => {
            look = () => {
              if (text.includes(wanted)) found(text);
            };
            look();
          }),
        ended: new Promise((done) => response.on('end', () => done(text))),
        response,
        close: () => asked.destroy(),
      });
    });
    asked.on('error', reject);
    asked.end();
    closing.push({ close: () => asked.destroy() });
  });
}

/** A peer that sends this and reads nothing of what comes. */
async function mute(server: HttpServer, text: string): Promise<Socket> {
  const colon = server.address.lastIndexOf(':');
  const socket = connect({
    host: server.address.slice(0, colon),
    port: Number(server.address.slice(colon + 1)),
    // Not even the first bytes are taken off the connection.
    onread: { buffer: Buffer.alloc(1), callback: () => false },
  });
  socket.on('error', () => undefined);
  closing.push({ close: () => socket.destroy() });
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(text);
  return socket;
}

/** More than the connection of a peer that does not read can buffer. */
async function muchHappens(port: Fake): Promise<void> {
  const text = 'x'.repeat(100_000);
  for (let n = 1; n <= 90; n++) {
    port.hub.onCommitted(n, [{ ...decided(n), text }]);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function decided(n: number): Decision {
  return {
    about: n % 2 === 0 ? 'move' : 'offer',
    subject: `node${String(n)}`,
    text: `decision ${String(n)}`,
    fields: {},
  };
}

describe('/events', () => {
  it('streams decisions as they happen, each with its id', async () => {
    const port = fakePort();
    const stream = await open(await listening(port), '/events');
    expect(stream.status).toBe(200);
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    await stream.until('event: position\ndata: {"term":4,"revision":0}\n\n');
    port.hub.onCommitted(10, [decided(1)]);
    expect(await stream.until('decision 1')).toContain(
      'id: 4:1\nevent: decision\ndata: {"term":4,"revision":1,"atMs":10,"about":"offer","subject":"node1","text":"decision 1","fields":{}}\n\n',
    );
  });

  it('goes on after Last-Event-ID, or after=, and filters', async () => {
    const port = fakePort();
    for (let n = 1; n <= 5; n++) port.hub.onCommitted(n, [decided(n)]);
    const server = await listening(port);
    const resumed = await (await open(server, '/events?after=4:0', { 'last-event-id': '4:3' })).until('id: 4:5');
    expect(resumed.match(/^id: .*/gm)).toEqual(['id: 4:3', 'id: 4:4', 'id: 4:5']);
    const moves = await (await open(server, '/events?after=4:0&about=move,plan')).until('id: 4:4');
    expect(moves.match(/^id: .*/gm)).toEqual(['id: 4:0', 'id: 4:2', 'id: 4:4']);
    const one = await (await open(server, '/events?after=4:0&subject=node3')).until('node3');
    expect(one.match(/^id: .*/gm)).toEqual(['id: 4:0', 'id: 4:3']);
  });

  it.each<readonly [string, Record<string, string>, number, object]>([
    [
      '/events?after=yesterday',
      {},
      400,
      { field: 'after', detail: expect.stringContaining('accepted is TERM:REVISION') },
    ],
    ['/events', { 'last-event-id': 'x' }, 400, { field: 'Last-Event-ID' }],
    ['/events?abot=move', {}, 400, { field: 'abot' }],
    [`/events?about=${'a,'.repeat(40)}`, {}, 400, { field: 'about' }],
    ['/events?after=3:1', {}, 410, { detail: expect.stringContaining('read the state anew') }],
    ['/events?after=4:9', {}, 410, { detail: expect.stringContaining('still to come') }],
  ])('%s is refused', async (path, headers, status, problem) => {
    const answer = await get(fakePort(), path, headers);
    expect({ status: answer.status, problem: answer.json() }).toMatchObject({ status, problem });
  });

  it('refuses one stream too many, and takes it when another has gone', async () => {
    const port = fakePort();
    const server = await listening(port, { eventStreamsMax: 1 });
    const first = await open(server, '/events');
    await first.until('retry');
    expect((await open(server, '/events')).status).toBe(503);
    first.close();
    while (port.hub.subscribers > 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await open(server, '/events')).status).toBe(200);
  });

  it('says from time to time that it is still there', async () => {
    const stream = await open(await listening(fakePort(), { eventHeartbeatMs: 5 }), '/events');
    expect(await stream.until(': still here\n\n: still here\n\n')).toMatch(/^retry: 2000\n/);
  });

  it('tells a reader that did not keep up, and holds back nobody meanwhile', async () => {
    const port = fakePort();
    const server = await listening(port);
    const slow = await open(server, '/events');
    slow.response.pause();
    // Far more than any socket buffers: the server stops writing, and the history moves past the reader.
    const text = 'x'.repeat(100_000);
    for (let n = 1; n <= 400; n++) {
      port.hub.onCommitted(n, [{ ...decided(n), text }]);
      if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    slow.response.resume();
    const all = await slow.ended;
    expect(all).toMatch(
      /event: end\ndata: \{"reason":"the watcher did not keep up: the history has moved past its position \d+"\}\n\n$/,
    );
    expect(port.hub.subscribers).toBe(0);
  });

  it('gives the place of a reader that takes nothing to another', async () => {
    const port = fakePort();
    const server = await listening(port, { eventStreamsMax: 1, eventHeartbeatMs: 20 });
    await mute(server, 'GET /events HTTP/1.1\r\nhost: x\r\n\r\n');
    while (port.hub.subscribers === 0) await new Promise((resolve) => setImmediate(resolve));
    await muchHappens(port);
    while (port.hub.subscribers > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await open(server, '/events')).status).toBe(200);
  });

  it('ends with the reason when the master stops leading, and when the server closes', async () => {
    const port = fakePort();
    const server = await listening(port);
    const stream = await open(server, '/events');
    await stream.until('retry');
    port.hub.onReload('the disk is full');
    expect(await stream.ended).toContain(
      'event: end\ndata: {"reason":"the master loads its state again: the disk is full"}',
    );
    expect((await open(server, '/events')).status).toBe(503);
    port.hub.onLeading(5);
    const other = await open(server, '/events');
    await other.until('retry');
    await server.close();
    expect(await other.ended).toContain('event: end\ndata: {"reason":"the master stops"}');
  });
});

describe('listening', () => {
  it('takes a free port when it is asked for port 0, and says which', async () => {
    const server = await listening(fakePort());
    expect(server.address).toMatch(/^127\.0\.0\.1:[1-9]\d*$/);
    const stream = await open(server, '/healthz');
    expect(await stream.ended).toContain('"ok"');
  });

  it('ends in time although one peer does not read its events and another never ends its request', async () => {
    const port = fakePort();
    const server = await listening(port, { closeGraceMs: 50 });
    await mute(server, 'GET /events HTTP/1.1\r\nhost: x\r\n\r\n');
    await mute(server, 'GET /healthz HTTP/1.1\r\nhost:');
    while (port.hub.subscribers === 0) await new Promise((resolve) => setImmediate(resolve));
    await muchHappens(port);
    await server.close();
    await expect(open(server, '/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  it('names a busy port and the flag', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    closing.push({ close: () => other.close() });
    const { port } = other.address() as AddressInfo;
    const started = startHttpServer({ port: fakePort(), listen: `127.0.0.1:${String(port)}` });
    await expect(started).rejects.toThrow(ListenError);
    await expect(started).rejects.toThrow(
      `127.0.0.1:${String(port)} is in use by another program: stop that one, or choose another with --http-port (0 = any free port) or listen.http`,
    );
  });

  it.each([
    ['192.0.2.1:0', 'is no address of this machine'],
    ['nowhere', 'listen.http is "nowhere"; accepted is HOST:PORT'],
  ])('refuses %s in a sentence', async (listen, message) => {
    await expect(startHttpServer({ port: fakePort(), listen })).rejects.toThrow(message);
  });
});
