import { checkPort, startGrpcServer, type GrpcServer } from '../api/server.js';
import type { OperatorPort, WatchEnd } from '../api/operator-port.js';
import { parseAddress, type Address, type MosaicConfig } from '../config/index.js';
import { startHttpServer } from '../http/index.js';
import { combineObservers, createLog, loggingObserver, Metrics } from '../observability/index.js';
import { SystemClock, systemWallMs, type Clock, type Store } from '../ports/index.js';
import { SessionServer } from '../session/index.js';
import { LevelStore, MemoryStore } from '../store/index.js';
import { Loop } from './loop.js';
import { productVersion } from './product-version.js';
import { WatchHub, type WatchEnding } from './watch-hub.js';

/** A running master. */
export interface MasterDaemon {
  /** `HOST:PORT` of the gRPC server. */
  readonly grpcAddress: string;
  /** `HOST:PORT` of the HTTP server. */
  readonly httpAddress: string;
  readonly loop: Loop;
  /** Resolves when the master has ended by itself, with the reason. */
  readonly ended: Promise<Error>;
  /**
   * The last commit is awaited, the store is closed, peers are told to come back, streams end. Rejects when the store does
   * not close; everything else is closed then.
   */
  close(): Promise<void>;
}

/**
 * Puts a master together and starts it: the only place that sees every part. Nobody is served before it has all that it
 * needs: both ports are tried and the HTTP server listens ("not ready") before the store is opened, so that a busy port
 * costs nothing; peers and operators can connect last, when the store is held and the master leads.
 *
 * @param ports other than what the configuration says
 * @throws Error with a sentence that says what to do: a busy port, a store that cannot be opened
 */
export async function composeMaster(
  config: MosaicConfig,
  {
    clock = new SystemClock(),
    wallMs = systemWallMs,
    store = newStore(config),
  }: { readonly clock?: Clock; readonly wallMs?: () => number; readonly store?: Store } = {},
): Promise<MasterDaemon> {
  const log = await createLog({ name: 'master', ...config.log });
  const hub = new WatchHub();
  let servers: readonly { close(): Promise<void> }[] = [];
  let grpc: GrpcServer | null = null;
  let onEnded: (error: Error) => void = () => undefined;
  const ended = new Promise<Error>((resolve) => {
    onEnded = resolve;
  });
  const metrics: Metrics = new Metrics({
    leading: () => loop.leading,
    query: (query) => loop.query(query),
    gauges: () => loop.gauges(),
    stopwatchMs: () => performance.now(),
    nowMs: () => loop.nowMs(),
    sessions: () => ({ connections: sessions.connectionCount, open: sessions.openCount }),
    queueLength: () => loop.queueLength,
    watchers: () => hub.subscribers,
    commitAgeMs: () => loop.commitAgeMs,
    logDroppedCount: () => log.droppedCount,
  });
  const sessions: SessionServer = new SessionServer({
    clock,
    session: config.session,
    submit: (event) => {
      metrics.onEvent(event);
      loop.submit(event);
    },
  });
  const loop: Loop = new Loop({
    scheduler: config.scheduler,
    store,
    clock,
    wallMs,
    probe: metrics.probe,
    sessions: {
      open: (term) => {
        sessions.open(term);
      },
      execute: (effect) => {
        sessions.execute(effect);
        if (effect.kind === 'send') metrics.onSend(effect);
      },
      closeAll: (reason, reconnectAfterMs) => {
        sessions.closeAll(reason, reconnectAfterMs);
      },
    },
    observer: combineObservers(
      [
        loggingObserver(log.component('core')),
        hub,
        metrics.observer,
        {
          onLeading: () => grpc?.setServing(true),
          onReload: () => grpc?.setServing(false),
          onStall: () => grpc?.setServing(false),
          onStallEnded: () => grpc?.setServing(loop.leading),
          onEnded: (error) => {
            grpc?.setServing(false);
            if (error !== null) onEnded(error);
          },
        },
      ],
      (error) => {
        log.logger.error({ err: error }, 'an observer of the loop failed');
      },
    ),
  });
  const closeAll = async (): Promise<void> => {
    try {
      await loop.close();
    } finally {
      // Whatever became of the store: ports are given back, and what went wrong is in the log.
      await Promise.allSettled(servers.map((server) => server.close()));
      log.flush();
    }
  };
  try {
    const { host, port } = listenAddress(config.listen.grpc);
    await checkPort(host, port);
    const http = await startHttpServer({
      listen: config.listen.http,
      port: {
        version: productVersion(),
        query: (query) => loop.query(query),
        get leading() {
          return grpc !== null && loop.leading;
        },
        hub,
        metrics: () => metrics.text(),
        warn: (error, text) => {
          log.logger.warn({ err: error }, text);
        },
      },
    });
    servers = [http];
    await loop.start();
    grpc = await startGrpcServer({
      host,
      port,
      acceptor: sessions,
      operator: operatorPort(loop, hub),
      clock,
      log: log.component('grpc'),
    });
    servers = [grpc, http];
    grpc.setServing(loop.leading);
    return { grpcAddress: grpc.address, httpAddress: http.address, loop, ended, close: closeAll };
  } catch (error) {
    await closeAll().catch(() => undefined); // Why it could not start is what matters.
    throw error;
  }
}

function listenAddress(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(`listen.grpc is "${text}"; accepted is HOST:PORT`);
  return address;
}

function newStore(config: MosaicConfig): Store {
  return config.store === 'memory' ? new MemoryStore() : new LevelStore(config.data);
}

function operatorPort(loop: Loop, hub: WatchHub): OperatorPort {
  return {
    command: (principal, command) => loop.command(principal, command),
    query: (query) => loop.query(query),
    watch: async (request, signal, onItem) => watchEnd(await hub.watch(request, signal, onItem)),
  };
}

function watchEnd(ending: WatchEnding): WatchEnd {
  switch (ending.kind) {
    case 'closed':
      return { kind: 'aborted' };
    case 'resource_exhausted':
      return { kind: 'unavailable', message: ending.message };
    case 'out_of_range':
    case 'unavailable':
      return ending;
  }
}
