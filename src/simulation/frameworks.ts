import { FakeAdapter } from '../../frameworks/fake/index.js';
import type { Log } from '../../frameworks/contract/ports.js';
import type { RunnerOptions } from '../../frameworks/runner/index.js';
import type { FrameworkMessage } from '../../scheduler/index.js';
import type { Clock } from '../ports/index.js';
import type { DemandSeries, FleetHost, ScaledScenario, WorkloadSpec } from '../scenario/index.js';
import { FrameworkProcess } from './framework-process.js';
import { ManagedWorkload } from './managed-workload.js';
import { SimulatedProcess } from './process.js';
import { SeededRandom } from './seeded-random.js';
import type { VirtualNetwork } from './virtual-network.js';

export interface FrameworksOptions {
  readonly scaled: ScaledScenario;
  readonly fleet: readonly FleetHost[];
  readonly series: readonly DemandSeries[];
  readonly seed: number;
  readonly startMs: number;
  readonly clock: Clock;
  readonly network: VirtualNetwork;
  /** Numbers for a new process; each call begins another stream. */
  readonly random: (label: string) => SeededRandom;
  readonly log: Log;
  readonly runner?: Partial<RunnerOptions>;
  /** What is sent instead of a message: itself, something more, nothing. For executors that are no model. @default itself */
  readonly speech?: (message: FrameworkMessage) => readonly FrameworkMessage[];
  readonly onServing?: (workload: string, host: string, serving: boolean, atScenarioMs: number) => void;
}

interface FrameworkSlot {
  readonly spec: WorkloadSpec;
  readonly workload: ManagedWorkload;
  readonly secret: string;
  process: SimulatedProcess | null;
  /** Earlier processes that still run beside it, until the master has told them that they are superseded. */
  readonly doubles: Set<SimulatedProcess>;
  aheadMs: number;
}

/** The frameworks of a world: managers that outlive everything, and the process of the adapter of each, or none, or two. */
export class Frameworks {
  readonly #options: FrameworksOptions;
  readonly #slots = new Map<string, FrameworkSlot>();

  constructor(options: FrameworksOptions) {
    this.#options = options;
    for (const spec of options.scaled.scenario.workloads) this.#add(spec);
  }

  get names(): readonly string[] {
    return [...this.#slots.keys()];
  }

  /** Every workload with its manager. */
  get workloads(): readonly ManagedWorkload[] {
    return [...this.#slots.values()].map(({ workload }) => workload);
  }

  workload(name: string): ManagedWorkload {
    return this.#slot(name).workload;
  }

  isUp(name: string): boolean {
    return this.#slot(name).process !== null;
  }

  start(name: string): void {
    const slot = this.#slot(name);
    if (slot.process !== null) return;
    const { clock, network, log, runner, speech } = this.#options;
    const process = new SimulatedProcess(clock, slot.aheadMs);
    const random = this.#options.random(`framework/${name}`);
    const { workload, spec } = slot;
    const framework = new FrameworkProcess({
      frameworkId: workload.frameworkId,
      roles: [spec.role],
      adapter: new FakeAdapter({
        manager: workload.manager,
        clock: process.clock,
        random,
        demandSource: workload.demand,
      }),
      dialer: process.dialer(network.dialer(`framework/${name}`)),
      clock: process.clock,
      random,
      secret: slot.secret,
      log,
      ...(runner === undefined ? {} : { runner }),
      ...(speech === undefined ? {} : { speech }),
      onEnded: () => {
        process.kill();
        slot.doubles.delete(process);
        if (slot.process !== process) return;
        slot.process = [...slot.doubles].at(-1) ?? null;
        if (slot.process !== null) slot.doubles.delete(slot.process);
      },
    });
    slot.process = process;
    framework.start();
  }

  /** One more process with the same session, as when a service manager starts a second copy. */
  double(name: string): void {
    const slot = this.#slot(name);
    if (slot.process === null) return;
    slot.doubles.add(slot.process);
    slot.process = null;
    this.start(name);
  }

  kill(name: string): void {
    const slot = this.#slot(name);
    for (const process of [slot.process, ...slot.doubles]) process?.kill();
    slot.process = null;
    slot.doubles.clear();
    this.#options.network.crashPeer(`framework/${name}`);
  }

  pause(name: string, paused: boolean): void {
    const slot = this.#slot(name);
    for (const process of [slot.process, ...slot.doubles]) {
      if (paused) process?.stop();
      else process?.resume();
    }
  }

  leap(name: string, byMs: number): void {
    const slot = this.#slot(name);
    slot.aheadMs += byMs;
    for (const process of [slot.process, ...slot.doubles]) process?.leap(byMs);
  }

  #add(spec: WorkloadSpec): void {
    const { scaled, fleet, series, seed, clock, startMs, onServing } = this.#options;
    const own = series.find((candidate) => candidate.workload === spec.name);
    if (own === undefined) throw new Error(`workload ${spec.name} has no demand series`);
    const workload = new ManagedWorkload({
      scaled,
      workload: spec,
      series: own,
      fleet,
      clock,
      random: new SeededRandom(seed, `manager/${spec.name}`),
      startMs,
      onServing: (host, serving, atScenarioMs) => onServing?.(spec.name, host, serving, atScenarioMs),
    });
    const secret = new SeededRandom(seed, `secret/${spec.name}`).hex128();
    this.#slots.set(spec.name, { spec, workload, secret, process: null, doubles: new Set(), aheadMs: 0 });
  }

  #slot(name: string): FrameworkSlot {
    const slot = this.#slots.get(name);
    if (slot === undefined) throw new Error(`no workload is called "${name}"`);
    return slot;
  }
}
