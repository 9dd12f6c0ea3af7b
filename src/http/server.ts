import { fastify, type FastifyInstance } from 'fastify';
import { addressText, errorCode, errorText, parseAddress } from '../config/index.js';
import { eventsRoute } from './events.js';
import { healthRoutes } from './health.js';
import { indexRoute } from './index-page.js';
import type { HttpPort } from './port.js';
import { problemOf, sendProblem } from './problem.js';
import { queryRoutes } from './queries.js';

export interface HttpServerOptions {
  readonly port: HttpPort;
  /** `HOST:PORT`; port 0 = any free one. */
  readonly listen: string;
  /** Streams of `/events` at once; one more is answered 503. @default 200 */
  readonly eventStreamsMax?: number;
  /** A quiet stream of `/events` says something this often. @default 15000 */
  readonly eventHeartbeatMs?: number;
  /** Connections that have not ended so long after `close` are cut. @default 5000 */
  readonly closeGraceMs?: number;
}

export interface HttpServer {
  /** `127.0.0.1:7680`, with the port that was really taken. */
  readonly address: string;
  /** Ends streams, lets answers finish, then closes; who does not read or never ends its request is cut. */
  close(): Promise<void>;
}

/** The address cannot be listened on; the message says why and what to do. */
export class ListenError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ListenError';
  }
}

/** Reads need no body; what is larger is a mistake. */
const BODY_BYTES_MAX = 16_384;
/** Names of hosts and frameworks are far shorter. */
const URL_PARAMETER_MAX = 512;
/** Connections at once; one more is closed as it comes. */
const CONNECTIONS_MAX = 2_000;
/** A request that is not there by then was never meant. */
const REQUEST_TIMEOUT_MS = 30_000;
const EVENT_STREAMS_MAX = 200;
const EVENT_HEARTBEAT_MS = 15_000;
const CLOSE_GRACE_MS = 5_000;

/** No route has a schema; loading the library's compilers for them would be a sixth of the master's start. */
function noSchemas(): never {
  throw new Error('routes have no schemas here');
}

/** The routes without a socket, for tests and for `startHttpServer`. */
export function buildHttpServer(options: Omit<HttpServerOptions, 'listen' | 'closeGraceMs'>): FastifyInstance {
  const { port, eventStreamsMax = EVENT_STREAMS_MAX, eventHeartbeatMs = EVENT_HEARTBEAT_MS } = options;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: URL_PARAMETER_MAX, ignoreTrailingSlash: true },
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error)),
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  app.server.maxConnections = CONNECTIONS_MAX;
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    done(null, payload);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, {
      status: 404,
      title: 'Not found',
      detail: `there is no ${request.method} ${request.url.slice(0, 200)}; all addresses are listed at /`,
    }),
  );
  app.setErrorHandler((error, _request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) port.warn(error, 'an HTTP request failed');
    return sendProblem(reply, problem);
  });
  indexRoute(app, port);
  healthRoutes(app, port);
  queryRoutes(app, port);
  eventsRoute(app, port, { streamsMax: eventStreamsMax, heartbeatMs: eventHeartbeatMs });
  return app;
}

/** @throws ListenError when the address is in use, not of this machine, or not allowed */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const wanted = parseAddress(options.listen);
  if (wanted === null)
    throw new ListenError(
      `listen.http is ${JSON.stringify(options.listen)}; accepted is HOST:PORT, such as 127.0.0.1:7680`,
      null,
    );
  const app = buildHttpServer(options);
  try {
    await app.listen({ host: wanted.host, port: wanted.port });
  } catch (error) {
    await app.close();
    throw new ListenError(listenProblem(options.listen, error), error);
  }
  const bound = app.server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : wanted.port;
  return {
    address: addressText({ host: wanted.host, port }),
    close: () => closeWithin(app, options.closeGraceMs ?? CLOSE_GRACE_MS),
  };
}

/** Node waits for every connection that is in a request, however long it takes: a peer could keep the master from stopping. */
async function closeWithin(app: FastifyInstance, graceMs: number): Promise<void> {
  const cut = setTimeout(() => {
    app.server.closeAllConnections();
  }, graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

function listenProblem(address: string, error: unknown): string {
  const code = errorCode(error);
  const other = 'choose another with --http-port (0 = any free port) or listen.http';
  if (code === 'EADDRINUSE') return `${address} is in use by another program: stop that one, or ${other}`;
  if (code === 'EACCES')
    return `${address} may not be listened on by this user: ports below 1024 need more rights; ${other}`;
  if (code === 'EADDRNOTAVAIL') return `${address} is no address of this machine; ${other}`;
  return `${address} cannot be listened on (${errorText(error)}); ${other}`;
}
