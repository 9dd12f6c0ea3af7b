// A real master in this process, on a free port, with machines that are simulated and agents that are not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, MemoryCheckpoint, SimulatedDriver, SimulatedHardware } from '../../src/agent/index.js';
import { GrpcDialer } from '../../src/client/grpc-dialer.js';
import { OperatorClient } from '../../src/client/operator-client.js';
import { loadConfig } from '../../src/config/index.js';
import { composeMaster, type MasterDaemon } from '../../src/daemon/compose.js';
import { SystemClock, SystemRandom } from '../../src/ports/index.js';
import type { OperatorCommand } from '../../scheduler/index.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

const AT_ONCE = { minMs: 0, maxMs: 0 };
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
export const PAGE = { limit: 10, pageToken: '' };
const ANY_HOST = { owner: '', state: '', rack: '', name: '', page: PAGE };

/** Everything that a test has opened, closed in reverse order. */
export class Openings {
  readonly #closers: (() => Promise<void> | void)[] = [];

  add(close: () => Promise<void> | void): void {
    this.#closers.push(close);
  }

  async closeAll(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'mosaic-e2e-'));
    this.add(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }
}

export async function startMaster(openings: Openings, data: string, address: string): Promise<MasterDaemon> {
  const { config } = loadConfig({
    env: {},
    flags: [
      { path: 'data', flag: '--data', value: data },
      { path: 'listen.grpc', flag: '--grpc', value: address },
      { path: 'listen.http', flag: '--http', value: '127.0.0.1:0' },
      { path: 'scheduler.recoveryBoundMs', flag: '--recovery', value: 1 },
      { path: 'log.level', flag: '--log', value: 'fatal' },
    ],
  });
  const master = await composeMaster(config);
  openings.add(() => master.close());
  return master;
}

export async function startMachine(openings: Openings, address: string, name: string): Promise<void> {
  const clock = new SystemClock();
  const random = new SystemRandom();
  const hardware = new SimulatedHardware(
    {
      taskStartMs: 0,
      timingsOf: () => ({
        prepare: AT_ONCE,
        wipe: AT_ONCE,
        verifyClean: AT_ONCE,
        prepareFailMilli: 0,
        wipeFailMilli: 0,
        dirtyMilli: 0,
      }),
      inventory: {
        name,
        identity: { uuid: '4c4c4544-0042-3510-8052-b4c04f383732', serial: 'S1', macs: ['52:54:00:00:00:01'] },
        resources: { quantities: { cpusMilli: 1_000, memoryBytes: 2 ** 30, diskBytes: 2 ** 34 }, ports: [] },
        attributes: {},
        faultDomain: { region: 'r', zone: 'z', rack: 'r1' },
        image: '',
      },
    },
    clock,
  );
  const dialer = new GrpcDialer({ address, peer: 'agent', clock });
  const agent = new Agent({
    dialer,
    clock,
    random,
    driver: new SimulatedDriver(hardware, clock, random),
    checkpoint: new MemoryCheckpoint(),
    log: SILENT,
    version: 'test',
    onEnded: () => undefined,
  });
  openings.add(async () => {
    await agent.close();
    dialer.close();
  });
  await agent.start();
}

/** Repeats the question whenever the master has decided something, until the answer will do. */
export async function eventually(operator: OperatorClient, ask: () => Promise<boolean>): Promise<void> {
  const stop = new AbortController();
  for await (const _item of operator.watch({}, { signal: stop.signal })) if (await ask()) stop.abort();
}

/** Throws when the command is refused. */
export async function done(operator: OperatorClient, command: OperatorCommand): Promise<void> {
  const reply = await operator.command(command);
  if (!reply.ok) throw new Error(`${command.kind}: ${reply.message}`);
}

export interface SmallFleet {
  readonly master: MasterDaemon;
  /** Folder of its store. */
  readonly data: string;
  readonly operator: OperatorClient;
}

/** A master with the role `/batch` and one machine, `node1`, admitted and free. */
export async function freeHost(openings: Openings): Promise<SmallFleet> {
  const data = openings.temporaryFolder();
  const master = await startMaster(openings, data, `127.0.0.1:${await freePort()}`);
  const operator = new OperatorClient({ address: master.grpcAddress, user: 'test' });
  openings.add(() => operator.close());
  await done(operator, { kind: 'role_set', dryRun: false, role: '/batch', change: {} });
  await startMachine(openings, master.grpcAddress, 'node1');
  // The master decides nothing when a host reports, and admits none that has not.
  await until('node1 has reported', async () => {
    const { hosts } = await operator.get({ kind: 'hosts', ...ANY_HOST });
    return hosts[0]?.reported === true;
  });
  await done(operator, { kind: 'host_admit', dryRun: false, host: 'node1' });
  await eventually(operator, async () => {
    const { host } = await operator.get({ kind: 'host', host: 'node1' });
    return host.mode === 'free' && host.clean && host.transition === null;
  });
  return { master, data, operator };
}
