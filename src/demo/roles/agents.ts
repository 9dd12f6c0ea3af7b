import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkpoint } from '../../agent/index.js';
import { GrpcDialer } from '../../client/index.js';
import { SystemRandom } from '../../ports/index.js';
import { makeFolder } from '../../ports/make-folder.js';
import { buildFleet, scaleScenario, type FleetHost } from '../../scenario/index.js';
import { SimulatedAgents } from '../../simulation/simulated-agents.js';
import type { RoleStart } from '../messages.js';
import { SharedClock } from '../shared-clock.js';
import type { Role, Send } from './role.js';
import { STDERR_LOG } from './stderr-log.js';

/** As many sessions share a connection; an agent gateway does the same. */
const AGENTS_PER_CONNECTION = 250;

type AgentsStart = Extract<RoleStart, { role: 'agents' }>;

/** All machines of the fleet, each with a real agent on a simulated driver. */
export function startAgents(start: AgentsStart, send: Send): Role {
  const { scenario, data } = start;
  const clock = new SharedClock(start.clock);
  const scaled = scaleScenario(scenario);
  const fleet = buildFleet(scenario);
  const off = new Set(start.off);
  const dialers: GrpcDialer[] = [];
  const machines = new Map<string, SimulatedAgents>();
  makeFolder(data);

  const run = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      throw error instanceof Error ? error : new Error(String(error));
    });
  };
  const boot = (host: FleetHost, index: number, address: string): SimulatedAgents => {
    const connection = Math.floor(index / AGENTS_PER_CONNECTION);
    const dialer = (dialers[connection] ??= new GrpcDialer({ address, peer: 'agent', clock }));
    return new SimulatedAgents({
      scaled,
      fleet: [host],
      clock,
      dialerOf: () => dialer,
      randomOf: () => new SystemRandom(),
      checkpointOf: () => new PlainFileCheckpoint(join(data, `${host.name}.json`)),
      log: STDERR_LOG,
      version: 'demo',
    });
  };
  let address = '';
  const connect = (master: string): void => {
    if (address !== '') return;
    address = master;
    for (const [index, host] of fleet.entries()) {
      machines.set(host.name, boot(host, index, address));
      if (!off.has(host.name)) run(machines.get(host.name)?.start() ?? Promise.resolve());
    }
    send({ kind: 'ready' });
  };
  const setPower = (host: string, on: boolean): void => {
    const machine = machines.get(host);
    if (on === !off.has(host)) return;
    if (on) off.delete(host);
    else off.add(host);
    if (machine !== undefined) run(on ? machine.reviveHost(host) : machine.killHost(host));
  };

  if (start.master !== null) connect(start.master);
  return {
    onMessage: (message) => {
      if (message.kind === 'master') connect(message.address);
      if (message.kind === 'power') setPower(message.host, message.on);
    },
    close: async () => {
      await Promise.all([...machines.values()].map((machine) => machine.close()));
      for (const dialer of dialers) dialer.close();
    },
  };
}

/**
 * A checkpoint that outlives its process, not its machine: there is no sync, because a demo survives `kill -9` and is gone
 * after a power cut anyhow.
 */
class PlainFileCheckpoint implements Checkpoint {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(): Promise<string | null> {
    try {
      return Promise.resolve(readFileSync(this.#path, 'utf8'));
    } catch {
      return Promise.resolve(null);
    }
  }

  write(content: string): Promise<void> {
    writeFileSync(`${this.#path}.new`, content);
    renameSync(`${this.#path}.new`, this.#path);
    return Promise.resolve();
  }
}
