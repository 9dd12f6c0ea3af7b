import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WatchRequest } from '../client/wire/watch.js';
import { isEvent, type Subscription, type WatchEnding, type WatchEvent } from '../daemon/watch-hub.js';
import { parameters } from './parameters.js';
import { badField, ProblemError } from './problem.js';
import type { HttpPort } from './port.js';

export interface EventsOptions {
  readonly streamsMax: number;
  readonly heartbeatMs: number;
}

/** Browsers come back by themselves after this long. */
const RETRY_MS = 2_000;
const ABOUT_MAX = 32;
/** A reader whose connection has taken nothing for so many heartbeats is cut: it would keep its place for ever. */
const STALLED_HEARTBEATS_MAX = 4;

/**
 * `/events`: decisions as server-sent events. The id of each is `TERM:REVISION`; a reader that comes back with it in
 * `Last-Event-ID` (or `after=`) goes on where it stopped. A reader that is slower than the fleet is paused by its own
 * connection, and told so when the history has moved past it; one that does not read at all is cut.
 */
export function eventsRoute(app: FastifyInstance, port: HttpPort, { streamsMax, heartbeatMs }: EventsOptions): void {
  const open = new Set<Stream>();
  app.addHook('preClose', (done) => {
    for (const stream of [...open]) stream.end('the master stops');
    done();
  });
  app.get('/events', (request, reply) => {
    const watch = watchRequest(request);
    if (open.size >= streamsMax)
      throw new ProblemError({
        status: 503,
        title: 'Too many streams',
        detail: `${open.size} event streams are open already; try again later`,
      });
    const subscription = port.hub.subscribe(watch);
    if ('kind' in subscription) throw refusal(subscription);
    reply.hijack();
    const stream = new Stream(reply.raw, subscription, heartbeatMs);
    open.add(stream);
    void stream.run().finally(() => open.delete(stream));
  });
}

class Stream {
  readonly #response: ServerResponse;
  readonly #subscription: Subscription;
  readonly #heartbeatMs: number;

  constructor(response: ServerResponse, subscription: Subscription, heartbeatMs: number) {
    this.#response = response;
    this.#subscription = subscription;
    this.#heartbeatMs = heartbeatMs;
  }

  /** Resolves when the stream has ended, for whatever reason; never rejects. */
  async run(): Promise<void> {
    const response = this.#response;
    response.on('close', () => {
      this.#subscription.close();
    });
    // A broken connection reports itself here and as `close`; the latter ends the stream.
    response.on('error', () => undefined);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    const { term, revision } = this.#subscription.position;
    response.write(
      `retry: ${RETRY_MS}\nid: ${term}:${revision}\nevent: position\ndata: {"term":${term},"revision":${revision}}\n\n`,
    );
    let stalled = 0;
    response.on('drain', () => {
      stalled = 0;
    });
    const heartbeat = setInterval(() => {
      if (!response.writableNeedDrain) response.write(': still here\n\n');
      else if (++stalled >= STALLED_HEARTBEATS_MAX) response.destroy();
    }, this.#heartbeatMs);
    try {
      for (;;) {
        const item = await this.#subscription.next();
        if (!isEvent(item)) {
          if (item.kind !== 'closed') this.end(item.message);
          return;
        }
        if (!response.write(eventText(item))) await drained(response);
      }
    } finally {
      clearInterval(heartbeat);
    }
  }

  end(reason: string): void {
    this.#subscription.close();
    if (!this.#response.writableEnded) this.#response.end(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
  }
}

function eventText(event: WatchEvent): string {
  return `id: ${event.term}:${event.revision}\nevent: decision\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Until the connection takes more, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
    if (response.destroyed) done();
  });
}

function watchRequest(request: FastifyRequest): WatchRequest {
  const given = parameters(request.query as Readonly<Record<string, unknown>>, ['after', 'about', 'subject']);
  const about = (given['about'] ?? '').split(',').filter((kind) => kind !== '');
  if (about.length > ABOUT_MAX) throw badField('about', given['about'], `accepted are at most ${ABOUT_MAX} kinds`);
  const header = request.headers['last-event-id'];
  const after = given['after'];
  // What the browser remembers is newer than what the page first asked for.
  const position =
    typeof header === 'string' && header !== ''
      ? token('Last-Event-ID', header)
      : after === undefined
        ? null
        : token('after', after);
  return { after: position, about, subject: given['subject'] ?? '' };
}

function token(field: string, value: string): { readonly term: number; readonly revision: number } {
  const match = /^(\d{1,15}):(\d{1,15})$/.exec(value);
  if (match === null) throw badField(field, value, 'accepted is TERM:REVISION, the id of an event, such as 4:1207');
  return { term: Number(match[1]), revision: Number(match[2]) };
}

function refusal(ending: Exclude<WatchEnding, { readonly kind: 'closed' }>): ProblemError {
  // 410: the position is gone for good. A browser stops coming back on anything but 200, and its page reads anew.
  const status = ending.kind === 'out_of_range' ? 410 : 503;
  return new ProblemError({ status, title: status === 410 ? 'Gone' : 'Unavailable', detail: ending.message });
}
