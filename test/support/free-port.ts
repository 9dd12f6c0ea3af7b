import { createServer } from 'node:net';

/** Ports below those that the system gives to outgoing connections: none of these can take one of ours meanwhile. */
const FIRST_PORT = 20_000;
/** Of each of jest's workers, so that no two of them choose the same. */
const PORTS_PER_WORKER = 1_000;
const WORKERS = 10;
/** So that two that are asked for together differ. */
const given = new Set<number>();

/** Attempts at a port; where none of so many can be had, the machine has no loopback or forbids it. */
const ATTEMPTS_MAX = 200;

/** A port of this machine that the system gives to nobody by itself between two lives of who listens there. */
export async function freePort(): Promise<number> {
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 0) % WORKERS;
  let reason = '';
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const port = FIRST_PORT + worker * PORTS_PER_WORKER + Math.floor(Math.random() * PORTS_PER_WORKER);
    if (given.has(port)) continue;
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', (error) => {
        reason = error.message;
        resolve(false);
      });
      server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
    });
    if (!free) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no port could be had in ${ATTEMPTS_MAX} attempts: ${reason}`);
}
