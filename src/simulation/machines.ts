import type { Log } from '../../frameworks/contract/ports.js';
import {
  Agent,
  MemoryCheckpoint,
  parseMemory,
  SimulatedDriver,
  type Inventory,
  type KeptTask,
  type SimulatedHardware,
} from '../agent/index.js';
import type { Clock } from '../ports/index.js';
import type { FleetHost, ScaledScenario } from '../scenario/index.js';
import { SimulatedProcess } from './process.js';
import type { SeededRandom } from './seeded-random.js';
import { newHardware } from './simulated-agents.js';
import type { VirtualNetwork } from './virtual-network.js';

export interface MachinesOptions {
  readonly scaled: ScaledScenario;
  readonly fleet: readonly FleetHost[];
  readonly clock: Clock;
  readonly network: VirtualNetwork;
  /** Numbers for a new process; each call begins another stream. */
  readonly random: (label: string) => SeededRandom;
  readonly log: Log;
  /** Chance in thousandths that a wipe leaves something behind. @default 0 */
  readonly dirtyMilli?: number;
}

interface MachineSlot {
  readonly hardware: SimulatedHardware;
  readonly checkpoint: MemoryCheckpoint;
  process: SimulatedProcess | null;
  aheadMs: number;
  /** What the machine makes of what it has, when it lies or was changed. */
  inventoryNow: (built: Inventory) => Inventory;
}

/** The machines of a world, each with the agent's process that runs on it, or none. */
export class Machines {
  readonly #options: MachinesOptions;
  readonly #slots = new Map<string, MachineSlot>();

  constructor(options: MachinesOptions) {
    this.#options = options;
    for (const host of options.fleet) {
      const slot: MachineSlot = {
        hardware: newHardware({ ...options, inventoryNow: (built) => slot.inventoryNow(built) }, host),
        checkpoint: new MemoryCheckpoint(),
        process: null,
        aheadMs: 0,
        inventoryNow: (built) => built,
      };
      this.#slots.set(host.name, slot);
    }
  }

  get names(): readonly string[] {
    return [...this.#slots.keys()];
  }

  hardwareOf(name: string): SimulatedHardware {
    return this.#slot(name).hardware;
  }

  isUp(name: string): boolean {
    return this.#slot(name).process !== null;
  }

  start(name: string): void {
    const slot = this.#slot(name);
    if (slot.process !== null) return;
    const { clock, network, log } = this.#options;
    const process = new SimulatedProcess(clock, slot.aheadMs);
    const random = this.#options.random(`agent/${name}`);
    const agent = new Agent({
      dialer: process.dialer(network.dialer(`agent/${name}`)),
      clock: process.clock,
      random,
      driver: new SimulatedDriver(slot.hardware, process.clock, random),
      checkpoint: slot.checkpoint,
      log,
      version: 'simulated',
      onEnded: () => {
        if (slot.process === process) this.kill(name);
      },
    });
    slot.process = process;
    agent.start().catch((error: unknown) => {
      throw error instanceof Error ? error : new Error(String(error));
    });
  }

  kill(name: string): void {
    const slot = this.#slot(name);
    slot.process?.kill();
    slot.process = null;
    this.#options.network.crashPeer(`agent/${name}`);
  }

  pause(name: string, paused: boolean): void {
    const { process } = this.#slot(name);
    if (paused) process?.stop();
    else process?.resume();
  }

  leap(name: string, byMs: number): void {
    const slot = this.#slot(name);
    slot.aheadMs += byMs;
    slot.process?.leap(byMs);
  }

  /** Power is cut: its agent and its tasks are gone. */
  powerOff(name: string): void {
    this.kill(name);
    this.#slot(name).hardware.powerOff();
  }

  /** From the next look on the machine says this of itself; null: what it has. */
  change(name: string, inventoryNow: ((built: Inventory) => Inventory) | null): void {
    this.#slot(name).inventoryNow = inventoryNow ?? ((built): Inventory => built);
  }

  /** Somebody starts a task that no master launched; the agent finds it in its checkpoint at its next start. */
  async plantTask(name: string, task: KeptTask): Promise<void> {
    const { checkpoint, hardware } = this.#slot(name);
    const stored = await checkpoint.read();
    if (stored === null) return;
    const memory = parseMemory(stored);
    await checkpoint.write(JSON.stringify({ version: 1, ...memory, tasks: [...memory.tasks, task] }));
    hardware.run(task.taskKey, task.spec, () => undefined);
  }

  #slot(name: string): MachineSlot {
    const slot = this.#slots.get(name);
    if (slot === undefined) throw new Error(`no host is called "${name}"`);
    return slot;
  }
}
