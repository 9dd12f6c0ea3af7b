import type { Log } from '../../frameworks/contract/ports.js';
import {
  Agent,
  MemoryCheckpoint,
  SimulatedDriver,
  SimulatedHardware,
  type Checkpoint,
  type Inventory,
  type SimulatedTimings,
} from '../agent/index.js';
import type { Clock, Dialer, Random } from '../ports/index.js';
import type { FleetHost, ScaledScenario } from '../scenario/index.js';

export interface SimulatedAgentsOptions {
  readonly scaled: ScaledScenario;
  readonly fleet: readonly FleetHost[];
  readonly dialerOf: (host: FleetHost) => Dialer;
  readonly clock: Clock;
  readonly randomOf: (host: FleetHost) => Random;
  /** @default a checkpoint in memory, kept as long as this object */
  readonly checkpointOf?: (host: FleetHost) => Checkpoint;
  readonly log: Log;
  readonly version: string;
}

interface Machine {
  readonly host: FleetHost;
  readonly hardware: SimulatedHardware;
  readonly checkpoint: Checkpoint;
  readonly random: Random;
  agent: Agent | null;
}

/** A fleet of simulated machines, each with a real agent. Machines outlive their agents: power can be cut and come back. */
export class SimulatedAgents {
  readonly #options: SimulatedAgentsOptions;
  readonly #machines = new Map<string, Machine>();

  constructor(options: SimulatedAgentsOptions) {
    this.#options = options;
    for (const host of options.fleet) {
      const random = options.randomOf(host);
      this.#machines.set(host.name, {
        host,
        random,
        hardware: newHardware(options, host),
        checkpoint: options.checkpointOf?.(host) ?? new MemoryCheckpoint(),
        agent: null,
      });
    }
  }

  async start(): Promise<void> {
    for (const machine of this.#machines.values()) await this.#boot(machine);
  }

  get connectedCount(): number {
    let count = 0;
    for (const machine of this.#machines.values()) if (machine.agent?.connected === true) count += 1;
    return count;
  }

  names(): readonly string[] {
    return [...this.#machines.keys()];
  }

  isUp(name: string): boolean {
    return this.#machine(name).agent !== null;
  }

  /** Cuts the machine's power: its agent is gone without a word. */
  async killHost(name: string): Promise<void> {
    const machine = this.#machine(name);
    const agent = machine.agent;
    machine.agent = null;
    machine.hardware.powerOff();
    await agent?.close();
  }

  async reviveHost(name: string): Promise<void> {
    const machine = this.#machine(name);
    if (machine.agent === null) await this.#boot(machine);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#machines.values()].map(async ({ agent }) => agent?.close()));
  }

  async #boot(machine: Machine): Promise<void> {
    const { clock, log, version, dialerOf } = this.#options;
    const { host, hardware, checkpoint, random } = machine;
    const agent = new Agent({
      dialer: dialerOf(host),
      clock,
      random,
      driver: new SimulatedDriver(hardware, clock, random),
      checkpoint,
      log,
      version,
      onEnded: (reason) => {
        log.warn({ host: host.name, reason }, 'an agent ended');
        if (machine.agent === agent) machine.agent = null;
      },
    });
    machine.agent = agent;
    await agent.start();
  }

  #machine(name: string): Machine {
    const machine = this.#machines.get(name);
    if (machine === undefined) throw new Error(`no host is called "${name}"`);
    return machine;
  }
}

const AT_ONCE = { minMs: 0, maxMs: 0 };
const NO_TIMINGS: SimulatedTimings = Object.freeze({
  prepare: AT_ONCE,
  wipe: AT_ONCE,
  verifyClean: AT_ONCE,
  prepareFailMilli: 0,
  wipeFailMilli: 0,
  dirtyMilli: 0,
});

/** The machine of a fleet host. Its wipe and prepare take as long as the profile of the workload says. */
export function newHardware(
  options: Pick<SimulatedAgentsOptions, 'scaled' | 'clock'> & {
    /** Chance in thousandths that a wipe leaves something behind. @default 0 */
    readonly dirtyMilli?: number;
    /** What the machine says of itself now, given what it has. @default what it has */
    readonly inventoryNow?: (built: Inventory) => Inventory;
  },
  host: FleetHost,
): SimulatedHardware {
  const inventoryNow = options.inventoryNow ?? ((built): Inventory => built);
  const timings = new Map<string, SimulatedTimings>();
  for (const { name, profile } of options.scaled.workloads) {
    timings.set(name, {
      prepare: profile.prepare,
      wipe: profile.wipe, // The profile's wipe includes its verification.
      verifyClean: AT_ONCE,
      prepareFailMilli: Math.round(profile.failureChance.prepare * 1000),
      wipeFailMilli: Math.round(profile.failureChance.wipe * 1000),
      dirtyMilli: options.dirtyMilli ?? 0,
    });
  }
  const built = inventoryOf(host);
  return new SimulatedHardware(
    {
      taskStartMs: 10,
      timingsOf: (workload) => timings.get(workload) ?? NO_TIMINGS,
      get inventory() {
        return inventoryNow(built);
      },
    },
    options.clock,
  );
}

function inventoryOf(host: FleetHost): Inventory {
  return {
    name: host.name,
    identity: { uuid: host.uuid, serial: host.serial, macs: host.macs },
    resources: {
      quantities: {
        cpusMilli: host.cpusMilli,
        memoryBytes: host.memoryBytes,
        diskBytes: host.diskBytes,
        ...(host.gpus > 0 ? { gpus: host.gpus } : {}),
      },
      ports: host.ports.map(({ begin, end }) => ({ first: begin, last: end })),
    },
    attributes: {},
    faultDomain: { region: host.region, zone: host.zone, rack: host.rack },
    image: '',
  };
}
