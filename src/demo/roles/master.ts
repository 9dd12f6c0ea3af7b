import { composeMaster } from '../../daemon/compose.js';
import { configSchema, type MosaicConfig } from '../../config/schema.js';
import { scaleScenario } from '../../scenario/index.js';
import { schedulerOptions } from '../../simulation/scenario-setup.js';
import type { RoleStart } from '../messages.js';
import { FatalError, type Role, type Send } from './role.js';

/** Heartbeats are real; a host that misses so many of them counts as lost while someone still watches. */
const HEARTBEATS_LOST = 4;
const LOOPBACK = '127.0.0.1';

type MasterStart = Extract<RoleStart, { role: 'master' }>;

/** A real master on the embedded store, set to the scenario's policy in the scenario's time. */
export async function startMaster(start: MasterStart, send: Send): Promise<Role> {
  const master = await composeMaster(masterConfig(start)).catch((error: unknown) => {
    throw portTaken(error) ? new FatalError(2, error.message, { cause: error }) : error;
  });
  send({ kind: 'listening', grpcAddress: master.grpcAddress, httpAddress: master.httpAddress });
  send({ kind: 'ready' });
  void master.ended.then((error) => {
    // It cannot go on with what it has in memory; the next life begins from what is durable.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  return { onMessage: () => undefined, close: () => master.close() };
}

export function masterConfig(start: MasterStart): MosaicConfig {
  const scaled = scaleScenario(start.scenario);
  const { heartbeatMs } = scaled.timings;
  return configSchema.parse({
    listen: { grpc: `${LOOPBACK}:${start.grpcPort}`, http: `${LOOPBACK}:${start.httpPort}` },
    data: start.data,
    store: 'level',
    session: { heartbeatMs },
    scheduler: { ...schedulerOptions(scaled, 'dynamic'), hostLostAfterMs: heartbeatMs * HEARTBEATS_LOST },
    log: { level: 'warn', format: 'json' },
  });
}

function portTaken(error: unknown): error is Error {
  return error instanceof Error && /EADDRINUSE|EACCES|address already in use|is taken|in use/i.test(error.message);
}
