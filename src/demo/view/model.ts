/**
 * Everything the demo's view shows at one moment, as plain data: `render.ts` turns it into lines, tests make their own.
 * Times are scenario milliseconds unless the name says otherwise; hosts and cores are whole numbers.
 */

/**
 * `serving` and `arriving` belong to the new owner, `leaving` still to the old one, `cleaning` to nobody yet. `draining`
 * serves, but is taken out of use for maintenance; `drained` is out of use.
 */
export const HOST_STATES = [
  'serving',
  'arriving',
  'leaving',
  'cleaning',
  'draining',
  'drained',
  'free',
  'unclaimed',
  'quarantined',
  'lost',
] as const;
export type HostState = (typeof HOST_STATES)[number];

export interface HostCell {
  readonly name: string;
  readonly rack: string;
  /** Index into `DemoModel.workloads`; -1: nobody's. */
  readonly owner: number;
  readonly state: HostState;
}

export interface WorkloadRow {
  /** `ovirt/prod` */
  readonly frameworkId: string;
  readonly connected: boolean;
  readonly hosts: number;
  readonly serving: number;
  readonly movingIn: number;
  readonly movingOut: number;
  readonly lost: number;
  /** Hosts asked for in all. */
  readonly wanted: number;
  readonly guarantee: number;
  /** -1: none. */
  readonly limit: number;
  /** The core's sentence: what it waits for. */
  readonly why: string;
  /** Cores that would serve everything wanted now, queue included. */
  readonly demandCores: number;
  /** Cores that serve now. */
  readonly supplyCores: number;
  /** Work waiting, in core-hours. */
  readonly queuedCoreHours: number;
  /** `demandCores` of the recent past, oldest first. */
  readonly history: readonly number[];
}

export interface MoveRow {
  readonly host: string;
  /** Framework ids; empty: nobody. */
  readonly from: string;
  readonly to: string;
  readonly step: string;
  /** 0..1000, of this step. */
  readonly progressMilli: number;
  /** Scenario time since the decision. */
  readonly elapsedMs: number;
  /** One of the five words: working, waits for time, waits for you, blocked, gave up. */
  readonly word: string;
  /** What the step says, or what blocks it. */
  readonly message: string;
}

export interface DecisionRow {
  readonly atMs: number;
  readonly text: string;
  readonly kind: 'begun' | 'done' | 'undone' | 'note';
}

export interface NeedRow {
  readonly message: string;
  /** The command to run; may be empty. */
  readonly remedy: string;
}

export interface RestartRow {
  readonly child: string;
  readonly count: number;
}

export interface DemoModel {
  readonly version: string;
  readonly scenario: string;
  readonly hosts: number;
  readonly seed: number;
  /** Scenario seconds per real second. */
  readonly speed: number;
  readonly phase: 'starting' | 'running' | 'stopping';
  /** What is being waited for while starting or stopping. */
  readonly phaseText: string;
  /** Scenario time since the start, and of the whole run. */
  readonly nowMs: number;
  readonly runMs: number;
  /** Time of day at which the run begins, in hours. */
  readonly startHour: number;
  /** Empty while not known. */
  readonly grpcAddress: string;
  readonly httpAddress: string;
  /** Commands to try in another terminal. */
  readonly commands: readonly string[];
  readonly cells: readonly HostCell[];
  /** Hosts without holder, by state. */
  readonly unheld: readonly { readonly state: HostState; readonly hosts: number }[];
  readonly workloads: readonly WorkloadRow[];
  readonly moves: readonly MoveRow[];
  readonly movesDone: number;
  /** Newest first. */
  readonly decisions: readonly DecisionRow[];
  readonly needs: readonly NeedRow[];
  readonly restarts: readonly RestartRow[];
  readonly frozen: boolean;
  /** Hosts that the person at the keyboard has killed. */
  readonly killed: readonly string[];
  /** Answer to the last key; empty when there is none. */
  readonly notice: string;
  readonly help: boolean;
}
