import { createServer, type Server as NetServer } from 'node:net';
import { Server, ServerCredentials, logVerbosity, setLogVerbosity, type ServiceDefinition } from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation } from 'grpc-health-check';
import { MESSAGE_BYTES_MAX } from '../client/wire/limits.js';
import { rawMethods } from '../client/wire/methods.js';
import { SERVICES, packageDefinition } from '../client/wire/proto.js';
import type { Acceptor, Clock } from '../ports/index.js';
import { CallCutter } from './call-cutter.js';
import { ConnectService } from './connect-service.js';
import { type ApiLog, SILENT_LOG, messageOf } from './log.js';
import type { OperatorPort } from './operator-port.js';
import { OperatorService } from './operator-service.js';

/** Notices peers that vanished without a word, on connections of their own or of a gateway. */
const KEEPALIVE_TIME_MS = 30_000;
const KEEPALIVE_TIMEOUT_MS = 15_000;
/** A connection that carries nothing is given back; clients open another one by themselves. */
const CONNECTION_IDLE_MS = 600_000;
/** One connection of a gateway carries up to this many agents; further ones would wait without a word. */
const STREAMS_PER_CONNECTION_MAX = 10_000;

/** For operators, their watches and checks of health, when each stream of a peer has a socket of its own. */
const CONNECTIONS_SPARE = 4_000;

export interface GrpcServerOptions {
  /** Address to listen on. @default '127.0.0.1' */
  readonly host?: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly acceptor: Acceptor;
  readonly operator: OperatorPort;
  readonly clock: Clock;
  /** @default none */
  readonly log?: ApiLog;
  /** TLS. @default insecure */
  readonly credentials?: ServerCredentials;
  /** Streams of frameworks and agents at once, about 13 kB each. @default 60000 */
  readonly streamsMax?: number;
  /** Sockets at once, with streams or without; one more is closed as it comes. @default `streamsMax` + 4000 */
  readonly connectionsMax?: number;
  /** A stream must say hello within this. @default 10000 */
  readonly helloTimeoutMs?: number;
  /** Bytes that may wait for a peer that does not read. @default 16777216 */
  readonly queuedBytesMax?: number;
  /** Operator calls at once, until their answers are read. @default 256 */
  readonly operatorCallsMax?: number;
  /** Watches at once. @default 1000 */
  readonly watchesMax?: number;
  /** A watcher, or a client with an answer, that takes nothing for this long is cut. @default 60000 */
  readonly watchStallMs?: number;
  /** Name of an operator in the record. @default `<user>@<peer address>`, user as the client says or `anonymous` */
  readonly principalOf?: (call: { readonly peer: string; readonly user: string }) => string;
}

export interface GrpcServer {
  /** The port that was bound. */
  readonly port: number;
  /** `127.0.0.1:7070`: what to give to `--master`. */
  readonly address: string;
  /** Streams of frameworks and agents. */
  readonly streamCount: number;
  /** What health checks are told. False until called: the master serves once it leads. */
  setServing(serving: boolean): void;
  /**
   * Takes no new work, tells peers to come back, ends streams and watches, and resolves when the port is free.
   * What has not ended after `graceMs` is cut.
   */
  close(options?: { readonly reconnectAfterMs?: number; readonly graceMs?: number }): Promise<void>;
}

/** Thrown by `startGrpcServer` when the port cannot be had; the message says what to do. */
export class ListenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
  }
}

/** Throws `ListenError` when the port cannot be had now. Nothing listens on it afterwards. */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new ListenError(listenProblem(host, port, messageOf(error)), { cause: error }));
    });
    server.listen({ host, port, exclusive: true }, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

/** Starts the server of frameworks, agents and operators. Resolves once it listens. Throws `ListenError`. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  const log = options.log ?? SILENT_LOG;
  const host = options.host ?? '127.0.0.1';
  const cutter = new CallCutter();
  const connect = new ConnectService({
    acceptor: options.acceptor,
    clock: options.clock,
    log,
    cutter,
    streamsMax: options.streamsMax ?? 60_000,
    limits: {
      helloTimeoutMs: options.helloTimeoutMs ?? 10_000,
      queuedBytesMax: options.queuedBytesMax ?? 16 * 1024 * 1024,
    },
  });
  const operator = new OperatorService({
    port: options.operator,
    clock: options.clock,
    log,
    cutter,
    callsMax: options.operatorCallsMax ?? 256,
    watchesMax: options.watchesMax ?? 1_000,
    stallMs: options.watchStallMs ?? 60_000,
    principalOf: options.principalOf ?? defaultPrincipal,
  });
  // Whatever it would print is answered or logged here in a sentence.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    interceptors: [cutter.interceptor],
    // Nobody asks for its counts, which it would keep message by message.
    'grpc.enable_channelz': 0,
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    'grpc.max_connection_idle_ms': CONNECTION_IDLE_MS,
    'grpc.max_concurrent_streams': STREAMS_PER_CONNECTION_MAX,
  });
  const methods = (service: (typeof SERVICES)[number]): ServiceDefinition => rawMethods(service);
  server.addService(methods('mosaic.v1.FrameworkService'), connect.frameworkService);
  server.addService(methods('mosaic.v1.AgentService'), connect.agentService);
  server.addService(methods('mosaic.v1.OperatorService'), operator.implementation);
  const health = new HealthImplementation();
  health.addToServer(server);
  new ReflectionService(oneOfEach(packageDefinition())).addToServer(server);

  const setServing = (serving: boolean): void => {
    for (const service of ['', ...SERVICES]) health.setStatus(service, serving ? 'SERVING' : 'NOT_SERVING');
  };
  setServing(false);
  const port = await listen(server, host, options.port, options.credentials ?? ServerCredentials.createInsecure());
  limitConnections(server, options.connectionsMax ?? (options.streamsMax ?? 60_000) + CONNECTIONS_SPARE);
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  log.info({ address }, `gRPC listens on ${address}`);

  let closing: Promise<void> | null = null;
  return {
    port,
    address,
    get streamCount() {
      return connect.streamCount;
    },
    setServing,
    close: ({ reconnectAfterMs = 1_000, graceMs = 5_000 } = {}) => {
      closing ??= closeServer({
        server,
        connect,
        operator,
        clock: options.clock,
        setServing,
        reconnectAfterMs,
        graceMs,
      });
      return closing;
    },
  };
}

/**
 * Every message carries the descriptors of the whole contract, and the reflection service would decode each copy: with one
 * message of them a start takes milliseconds instead of half a second.
 */
function oneOfEach(definition: PackageDefinition): PackageDefinition {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => name === 'mosaic.v1.Ack'));
}

function listen(server: Server, host: string, port: number, credentials: ServerCredentials): Promise<number> {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(new ListenError(listenProblem(host, port, messageOf(error)), { cause: error }));
    });
  });
}

/**
 * A socket without a stream costs memory and a file descriptor until it has been idle for `CONNECTION_IDLE_MS`. grpc-js has no
 * option for how many there may be; its servers of sockets are Node's, which do.
 */
function limitConnections(server: Server, most: number): void {
  const { http2Servers } = server as unknown as { readonly http2Servers?: ReadonlyMap<NetServer, unknown> };
  if (http2Servers === undefined) throw new Error('this version of grpc-js hides its sockets: they cannot be limited');
  for (const listening of http2Servers.keys()) listening.maxConnections = most;
}

function listenProblem(host: string, port: number, message: string): string {
  if (message.includes('EADDRINUSE'))
    return `port ${port} on ${host} is in use by another program; stop it, or choose another port (0 = any free one)`;
  if (message.includes('EACCES'))
    return `port ${port} on ${host} is not allowed for this user; choose a port above 1023 (0 = any free one)`;
  if (message.includes('EADDRNOTAVAIL'))
    return `${host} is not an address of this machine; choose one that is, 127.0.0.1 or 0.0.0.0`;
  return `cannot listen on ${host}, port ${port}: ${message}`;
}

async function closeServer(parts: {
  readonly server: Server;
  readonly connect: ConnectService;
  readonly operator: OperatorService;
  readonly clock: Clock;
  readonly setServing: (serving: boolean) => void;
  readonly reconnectAfterMs: number;
  readonly graceMs: number;
}): Promise<void> {
  parts.setServing(false);
  parts.operator.close();
  await new Promise<void>((resolve) => {
    const cancel = parts.clock.setTimer(parts.graceMs, () => {
      resolve();
    });
    const streams = parts.connect.goAway(parts.reconnectAfterMs);
    const calls = new Promise<void>((done) => {
      parts.server.tryShutdown(() => {
        done();
      });
    });
    void Promise.all([streams, calls]).then(() => {
      cancel();
      resolve();
    });
  });
  parts.server.forceShutdown();
}

function defaultPrincipal({ peer, user }: { readonly peer: string; readonly user: string }): string {
  const named = /^[\w.@+-]{1,64}$/.test(user) ? user : 'anonymous';
  return `${named}@${peer.replace(/:\d+$/, '')}`;
}
