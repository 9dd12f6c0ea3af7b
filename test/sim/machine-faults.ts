import type { Inventory } from '../../src/agent/index.js';
import type { FaultClock } from './fault-clock.js';

const FAULT_MAX_MS = 600_000;
const RESTART_MAX_MS = 60_000;

/** Machines that come back different from what they were, say what cannot be, or run what nobody launched. */
export class MachineFaults {
  readonly #clock: FaultClock;
  /** At most one trouble for each machine at a time. */
  readonly #struck = new Set<string>();
  #tasks = 0;

  constructor(clock: FaultClock) {
    this.#clock = clock;
  }

  strike(host: string): void {
    if (this.#struck.has(host)) return;
    this.#clock.prng.pick([
      () => {
        this.#repair(host, 'machine comes back with another board', (built) => ({
          ...built,
          identity: { ...built.identity, uuid: `f${built.identity.uuid.slice(1)}` },
        }));
      },
      () => {
        this.#repair(host, 'machine comes back with less memory', (built) => ({
          ...built,
          resources: { ...built.resources, quantities: halved(built.resources.quantities) },
        }));
      },
      () => {
        this.#report(host, 'machine loses cores while it runs', (built) => ({
          ...built,
          resources: {
            ...built.resources,
            quantities: { ...built.resources.quantities, cpusMilli: 8_000 },
          },
        }));
      },
      () => {
        this.#report(host, 'agent reports what cannot be', (built) => ({
          ...built,
          resources: { ...built.resources, quantities: { ...built.resources.quantities, cpusMilli: -1 } },
        }));
      },
      () => {
        this.#strangeTask(host);
      },
    ])();
  }

  heal(): void {
    for (const host of this.#struck) this.#mend(host);
  }

  /** Off for a repair, back as something else, and later once more as it was. */
  #repair(host: string, name: string, change: (built: Inventory) => Inventory): void {
    const { world } = this.#clock;
    this.#clock.count(name);
    this.#struck.add(host);
    world.setPower(host, false);
    this.#clock.later(RESTART_MAX_MS, () => {
      world.changeMachine(host, change);
      world.setPower(host, true);
    });
    this.#clock.later(
      FAULT_MAX_MS,
      () => {
        this.#mend(host);
      },
      RESTART_MAX_MS,
    );
  }

  #report(host: string, name: string, change: (built: Inventory) => Inventory): void {
    this.#clock.count(name);
    this.#struck.add(host);
    this.#clock.world.changeMachine(host, change);
    this.#clock.later(FAULT_MAX_MS, () => {
      this.#mend(host);
    });
  }

  #mend(host: string): void {
    const { world } = this.#clock;
    world.setPower(host, false);
    world.changeMachine(host, null);
    world.setPower(host, true);
    this.#struck.delete(host);
  }

  /** Found in the agent's memory when it starts again: a master that was restored from a backup has forgotten it. */
  #strangeTask(host: string): void {
    const { world } = this.#clock;
    this.#clock.count('machine runs an unknown task');
    world.killAgent(host);
    this.#tasks += 1;
    const taskId = `stranger-${String(this.#tasks)}`;
    const spec = {
      taskId,
      name: taskId,
      resources: { quantities: { cpusMilli: 1_000 }, ports: [] },
      image: 'registry.example/stranger:1',
      command: [],
      env: {},
      killGraceMs: 1_000,
      labels: {},
    };
    void world
      .plantTask(host, { taskKey: taskId, spec, state: 'running', statusSeq: 2, message: '', exitCode: null })
      .then(() => {
        world.startAgent(host);
      });
  }
}

function halved(quantities: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(quantities).map(([name, amount]) => [name, Math.floor(amount / 2)]));
}
