/**
 * A scenario after validation: every default filled in, every percentage turned into hosts. `load-scenario.ts` reads it
 * from YAML, `scale-scenario.ts` turns its
 * durations into real milliseconds. All times are scenario seconds unless the name says otherwise.
 */
import type { DemandKind, SyntheticShape } from './demand/synthetic.js';
import type { ManagerProfile, ProfileKind } from './profiles.js';

export interface Scenario {
  readonly name: string;
  /** Everything random is drawn from this. @default 7 */
  readonly seed: number;
  /** @default 60 */
  readonly hosts: number;
  /** Length of the run. @default 24 */
  readonly hours: number;
  /**
   * Scenario seconds per real second in the demo; the simulator runs at 1 on a virtual clock. @default 720: a day in
   * two minutes
   */
  readonly speed: number;
  /** Hour of each trace's day at which the run begins. @default 0 */
  readonly startHour: number;
  readonly fleet: FleetSpec;
  readonly roles: readonly RoleSpec[];
  readonly workloads: readonly WorkloadSpec[];
  readonly policies: { readonly dynamic: PolicySpec; readonly greedy: PolicySpec };
  readonly timings: TimingsSpec;
  readonly faults: readonly FaultSpec[];
}

export interface FleetSpec {
  /** Racks are spread over this many zones. @default 2 */
  readonly zones: number;
  readonly shapes: readonly ShapeSpec[];
}

/** A class of equal hosts. Defaults are the common host of the openb trace: 32 cores, 256 GiB. */
export interface ShapeSpec {
  readonly name: string;
  readonly count: number;
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly diskGiB: number;
  readonly gpus: number;
  readonly racks: number;
}

/** Host counts by dimension: `hosts` or `hosts/<shape>`. */
export type HostAmounts = Readonly<Record<string, number>>;

export interface RoleSpec {
  readonly path: string;
  readonly guarantee: HostAmounts;
  readonly limit: HostAmounts;
  readonly weight: number;
  readonly priority: number;
}

export interface WorkloadSpec {
  /** The workload, unique in a scenario; also the name of its demand series. */
  readonly name: string;
  /** The framework's own name; its full name is `name/framework`. */
  readonly framework: string;
  /** Path of the role it belongs to. */
  readonly role: string;
  readonly demand: DemandSpec;
  /** Hosts it holds at the start, by shape; the master adopts them. */
  readonly initialHosts: HostAmounts;
  readonly profile: ManagerProfile & { readonly kind: ProfileKind };
  readonly wanted: WantedSpec;
}

/**
 * Where a workload's demand comes from. `share` is the mean of its first 24 hours as a part (0 to 1) of the fleet's
 * cores.
 */
export type DemandSpec =
  | {
      readonly source: 'trace';
      readonly trace: TraceName;
      readonly share: number;
      readonly day: number | null;
      readonly shiftHours: number;
    }
  | {
      readonly source: 'synthetic';
      readonly shape: SyntheticShape;
      readonly kind: DemandKind;
      readonly share: number;
      readonly shiftHours: number;
    };

export const TRACE_NAMES = ['planetlab', 'openb', 'fb2010'] as const;
export type TraceName = (typeof TRACE_NAMES)[number];

/** How a framework turns load into hosts: see `wanted.ts`. */
export interface WantedSpec {
  /** Capacity kept above the perishable load. @default 5 */
  readonly headroomPercent: number;
  /** A queue should be worked off in this time. @default 3600 */
  readonly backlogDrainSeconds: number;
  /** A lower wish counts only after it has held this long. @default 900 */
  readonly scaleDownDelaySeconds: number;
  /** Never asks for fewer. @default 1 */
  readonly hostsMin: number;
}

/** What bounds a policy. All policies pay the same move costs; equal budgets make them comparable. */
export interface PolicySpec {
  /** @default 120 */
  readonly planPeriodSeconds: number;
  /** A host stays at least this long with a workload. @default 7200 */
  readonly minHoldSeconds: number;
  /** After a move into a workload, none out of it for this long, and the other way round. @default 900 */
  readonly coolDownSeconds: number;
  /** @default 4 */
  readonly maxMovesInFlight: number;
  /** @default 3 */
  readonly maxMovesInFlightPerWorkload: number;
  /** Per scenario hour, over the whole fleet. @default 6 */
  readonly maxMovesPerHour: number;
  /** A workload must miss more than this many hosts before one that its holder needs moves. @default 1 */
  readonly hysteresisHosts: number;
}

/** Real time: never divided by the speed. */
export interface TimingsSpec {
  /** @default 5 */
  readonly heartbeatSeconds: number;
  /** @default 30 */
  readonly offerLeaseSeconds: number;
}

/**
 * What can be made to go wrong. `target` is a host (`kill_host`), or a workload (the framework and manager faults); the
 * others take none.
 */
export const FAULT_KINDS = [
  'kill_host',
  'kill_master',
  'kill_agents',
  'kill_framework',
  'pause_framework',
  'pause_manager',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultSpec {
  /** Scenario seconds from the start. */
  readonly atSeconds: number;
  readonly kind: FaultKind;
  /** Host or workload name; null where the kind takes none. */
  readonly target: string | null;
  /** How long it lasts; 0: until something repairs it (a supervisor, an operator). */
  readonly forSeconds: number;
}

/** `workload/framework`, the framework's full name. */
export function frameworkName(workload: Pick<WorkloadSpec, 'name' | 'framework'>): string {
  return `${workload.name}/${workload.framework}`;
}

/** Cores of the whole fleet. */
export function fleetCores(fleet: FleetSpec): number {
  return fleet.shapes.reduce((sum, shape) => sum + shape.count * shape.cpus, 0);
}

/** The name of the n-th host (from 1) of a fleet: `node07`, with as many digits as the last one needs, at least two. */
export function hostName(number: number, hosts: number): string {
  return `node${String(number).padStart(Math.max(2, String(hosts).length), '0')}`;
}
