import type { WantedHosts as WantedEntry } from '../../frameworks/contract/index.js';
import { FakeManager, type FakeManagerSnapshot, type FakeProfile } from '../../frameworks/fake/index.js';
import type { Clock, Random } from '../ports/index.js';
import {
  frameworkName,
  LoadMeter,
  WantedHosts,
  type CoresStep,
  type DemandSeries,
  type FleetHost,
  type ScaledScenario,
  type ScaledTimings,
  type WorkloadSpec,
} from '../scenario/index.js';
import { ShapeParts } from './shape-parts.js';

/** How often an adapter looks at what it has ordered, in scenario ms: managers are polled every 3 to 5 s in life. */
const POLL_SCENARIO_MS = 5_000;
const POLL_FLOOR_MS = 20;

export interface ManagedWorkloadOptions {
  readonly scaled: ScaledScenario;
  readonly workload: WorkloadSpec;
  readonly series: DemandSeries;
  readonly fleet: readonly FleetHost[];
  /** The world's clock: the manager goes on while the process of its adapter is stopped or dead. */
  readonly clock: Clock;
  readonly random: Pick<Random, 'next'>;
  /** Clock time at which scenario time begins. */
  readonly startMs: number;
  /** A host begins or ends to serve, in scenario ms. */
  readonly onServing?: (host: string, serving: boolean, atScenarioMs: number) => void;
  /** Told after every change worth keeping: `snapshot()` now differs. */
  readonly onChange?: () => void;
  /** Goes on where another process ended, instead of with the fleet's first owners. */
  readonly restored?: ManagedWorkloadSnapshot;
}

/** A workload for the process that takes its place: its manager, and the cores that served so far. Plain JSON. */
export interface ManagedWorkloadSnapshot {
  readonly manager: FakeManagerSnapshot;
  readonly steps: readonly CoresStep[];
}

/**
 * One workload as the data center sees it: a fake manager with its hosts, the load on it, and how many hosts it asks for
 * because of that load. It knows the present and the past of its demand, never the future.
 */
export class ManagedWorkload {
  readonly manager: FakeManager;
  readonly frameworkId: string;
  readonly #options: ManagedWorkloadOptions;
  readonly #meter: LoadMeter;
  readonly #wanted: WantedHosts;
  readonly #coresOf: ReadonlyMap<string, number>;
  readonly #shapes: ShapeParts;
  readonly #coresPerHost: number;
  readonly #guaranteed: number;
  readonly #serving = new Set<string>();
  /** Hosts that are powered off: whatever the manager believes, they serve nobody. */
  readonly #down = new Set<string>();
  /** What the meter was told, so that another process's meter can be told the same. */
  readonly #steps: CoresStep[] = [];

  constructor(options: ManagedWorkloadOptions) {
    this.#options = options;
    const { scaled, workload, fleet, series } = options;
    this.frameworkId = frameworkName(workload);
    this.#meter = new LoadMeter(series);
    this.#wanted = new WantedHosts(workload.wanted);
    this.#coresOf = new Map(fleet.map((host) => [host.name, host.cores]));
    this.#shapes = new ShapeParts(scaled.scenario.fleet.shapes);
    this.#coresPerHost = this.#shapes.common.cpus;
    const role = scaled.scenario.roles.find((candidate) => candidate.path === workload.role);
    this.#guaranteed = role?.guarantee['hosts'] ?? role?.guarantee[`hosts/${this.#shapes.common.name}`] ?? 0;
    const timings = scaled.workloads.find((candidate) => candidate.name === workload.name)?.profile;
    if (timings === undefined) throw new Error(`workload ${workload.name} is not in the scaled scenario`);
    this.manager = new FakeManager({
      profile: fakeProfile(workload.name, timings, scaled.speed),
      clock: options.clock,
      random: options.random,
      onServingChange: (machine, serving) => {
        this.#onServing(machine, serving);
      },
      ...(options.onChange === undefined ? {} : { onChange: options.onChange }),
      ...(options.restored === undefined ? {} : { restored: this.#replayed(options.restored) }),
    });
    if (options.restored !== undefined) return;
    for (const host of fleet) if (host.ownerFramework === this.frameworkId) this.manager.place(machineOf(host));
  }

  snapshot(): ManagedWorkloadSnapshot {
    return { manager: this.manager.snapshot(), steps: [...this.#steps] };
  }

  /** Tells the meter the past, so that it knows what has queued up since. */
  #replayed(restored: ManagedWorkloadSnapshot): FakeManagerSnapshot {
    for (const step of restored.steps) this.#setCores(step.atMs, step.cores);
    return restored.manager;
  }

  /** What the manager asks of Mosaic now. */
  readonly demand = (): readonly WantedEntry[] => {
    const atMs = this.#scenarioMs();
    this.#meter.advance(atMs);
    const load = this.#meter.load();
    this.manager.setLoad(Math.round(this.#meter.utilization() * 1000));
    const servingCores = this.#servingCores();
    const wanted = this.#wanted.update(Math.floor(atMs / 1000), load, {
      coresPerHost: this.#coresPerHost,
      hostsServing: servingCores / this.#coresPerHost,
      hostsGuaranteed: this.#guaranteed,
    });
    const why = evidence(load.perishableCores + load.queueableCores, load.backlogCoreSeconds, servingCores);
    return this.#shapes.divide(wanted.hostsWanted * this.#coresPerHost).map(({ shape, hosts }) => ({
      demandId: shape === this.#shapes.common.name ? 'hosts' : `hosts-${shape}`,
      role: this.#options.workload.role,
      shape,
      count: hosts,
      minimum: 0,
      priority: 0,
      evidence: why,
    }));
  };

  /** Hosts that serve now. */
  get hostsServing(): number {
    return this.#serving.size;
  }

  /** A machine of the fleet loses or gets back its power. */
  setPower(host: string, on: boolean): void {
    const serves = this.manager.stateOf(host) === 'up';
    if (on) this.#down.delete(host);
    else this.#down.add(host);
    if (serves) this.#onServing(host, on);
  }

  #onServing(host: string, serving: boolean): void {
    const serves = serving && !this.#down.has(host);
    if (serves === this.#serving.has(host)) return;
    const atMs = this.#scenarioMs();
    if (serves) this.#serving.add(host);
    else this.#serving.delete(host);
    this.#setCores(atMs, this.#servingCores());
    this.#options.onServing?.(host, serves, atMs);
  }

  #servingCores(): number {
    let cores = 0;
    for (const name of this.#serving) cores += this.#coresOf.get(name) ?? 0;
    return cores;
  }

  #setCores(atMs: number, cores: number): void {
    this.#meter.advance(atMs);
    this.#meter.setCores(cores);
    if (this.#steps.at(-1)?.atMs === atMs) this.#steps.pop();
    this.#steps.push({ atMs, cores });
  }

  #scenarioMs(): number {
    const { clock, startMs, scaled } = this.#options;
    return Math.max(0, Math.round((clock.nowMs() - startMs) * scaled.speed));
  }
}

/** A fleet host as managers and adapters name it. The manager needs no host id of Mosaic's. */
export function machineOf(host: FleetHost): {
  readonly hostId: string;
  readonly name: string;
  readonly identity: { readonly uuid: string; readonly serial: string; readonly macs: readonly string[] };
} {
  return { hostId: host.name, name: host.name, identity: { uuid: host.uuid, serial: host.serial, macs: host.macs } };
}

function evidence(loadCores: number, backlogCoreSeconds: number, servingCores: number): string {
  const load = `load ${loadCores.toFixed(0)} of ${String(servingCores)} cores`;
  return backlogCoreSeconds > 0 ? `${load}, ${(backlogCoreSeconds / 3600).toFixed(0)} core-hours queued` : load;
}

const BLOCK_REASONS: Readonly<Record<string, string>> = { VM: 'PINNED', pod: 'PDB', container: 'RUNNING_JOB' };

function fakeProfile(workload: string, timings: ScaledTimings, speed: number): FakeProfile {
  const range = ({ minMs, maxMs }: { readonly minMs: number; readonly maxMs: number }) => ({ min: minMs, max: maxMs });
  const milli = (chance: number): number => Math.round(chance * 1000);
  return {
    workload,
    unitName: timings.unitName.toLowerCase(),
    blockReason: BLOCK_REASONS[timings.unitName] ?? 'BUSY',
    answerMs: { min: 0, max: 0 },
    forecastMs: range(timings.forecast),
    joinMs: range(timings.join),
    verifyMs: range(timings.verify),
    drainUnitMs: range(timings.drainUnit),
    drainParallel: timings.drainParallelism,
    blockedMs: range(timings.blockedUnit),
    leaveMs: range(timings.leave),
    pollMs: Math.max(POLL_FLOOR_MS, Math.round(POLL_SCENARIO_MS / speed)),
    unitsAtFullLoad: timings.unitsAtFullLoad,
    blockedChanceMilli: milli(timings.blockedUnitChance),
    refuseChanceMilli: 0,
    joinFailChanceMilli: milli(timings.failureChance.join),
    drainFailChanceMilli: milli(timings.failureChance.drain),
    leaveFailChanceMilli: milli(timings.failureChance.leave),
  };
}
