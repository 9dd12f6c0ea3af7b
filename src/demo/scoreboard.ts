import {
  buildReport,
  evaluate,
  fleetCores,
  LoadMeter,
  TrajectoryRecorder,
  type DemandSeries,
  type Evaluation,
  type FleetHost,
  type Load,
  type Report,
  type Scenario,
} from '../scenario/index.js';

/** Points of the recent past that a sparkline can show. */
const HISTORY_POINTS = 96;

/** A workload's load at one moment. */
export interface Standing {
  readonly demandCores: number;
  readonly supplyCores: number;
  readonly queuedCoreHours: number;
  readonly history: readonly number[];
}

export interface ScoreboardOptions {
  readonly scenario: Scenario;
  readonly series: readonly DemandSeries[];
  readonly fleet: readonly FleetHost[];
}

/**
 * The demo's books: who serves what since when, told by the frameworks' processes, and what that was worth. Times are
 * scenario ms; they may come out of order between processes.
 */
export class Scoreboard {
  readonly #options: ScoreboardOptions;
  readonly #recorder: TrajectoryRecorder;
  readonly #cores: ReadonlyMap<string, number>;
  /** Which workload serves a host, as last told. */
  readonly #serving = new Map<string, string>();
  readonly #meters = new Map<string, LoadMeter>();
  readonly #history = new Map<string, number[]>();
  #sampledMs = -1;

  constructor(options: ScoreboardOptions) {
    this.#options = options;
    this.#recorder = new TrajectoryRecorder(options.series.map((one) => one.workload));
    this.#cores = new Map(options.fleet.map((host) => [host.name, host.cores]));
    for (const one of options.series) {
      this.#meters.set(one.workload, new LoadMeter(one));
      this.#history.set(one.workload, []);
    }
  }

  /** A host begins or ends to serve a workload. */
  serving(workload: string, host: string, serves: boolean, atMs: number): void {
    const before = this.#serving.get(host);
    // The old owner may tell its end after the new one has told its beginning.
    if (!serves && before !== workload) return;
    if (serves) this.#serving.set(host, workload);
    else this.#serving.delete(host);
    this.advance(atMs);
    this.#recorder.set(atMs, host, this.#cores.get(host) ?? 0, serves ? workload : null);
    for (const [name, meter] of this.#meters) meter.setCores(this.#recorder.cores(name));
  }

  /** Time passes: queues grow and shrink, and now and then a point of the past is kept. */
  advance(toMs: number): void {
    const lengthMs = this.#options.scenario.hours * 3_600_000;
    for (const meter of this.#meters.values()) meter.advance(Math.min(Math.round(toMs), lengthMs));
    const sample = Math.floor(toMs / (lengthMs / HISTORY_POINTS));
    if (sample <= this.#sampledMs) return;
    this.#sampledMs = sample;
    for (const [workload, points] of this.#history) {
      points.push(this.#demandCores(workload));
      if (points.length > HISTORY_POINTS) points.shift();
    }
  }

  standing(workload: string): Standing {
    const load = this.#load(workload);
    return {
      demandCores: this.#demandCores(workload),
      supplyCores: this.#recorder.cores(workload),
      queuedCoreHours: (load?.backlogCoreSeconds ?? 0) / 3_600,
      history: this.#history.get(workload) ?? [],
    };
  }

  /** The run as it was, cut to `hours`, which must be whole demand intervals. */
  dynamic(hours: number, moveMs: readonly number[]): Evaluation {
    const { scenario } = this.#options;
    return evaluate({
      series: this.#cut(hours),
      trajectories: this.#recorder.trajectories(),
      hosts: scenario.hosts,
      fleetCores: fleetCores(scenario.fleet),
      moveMs,
    });
  }

  report(
    hours: number,
    floored: number,
    evaluations: { readonly dynamic: Evaluation; readonly greedy: Evaluation },
  ): Report {
    // People read this number; the figures come from the intervals.
    const scenario: Scenario = { ...this.#options.scenario, hours: Math.round(hours * 100) / 100 };
    return buildReport({ scenario, series: this.#cut(hours), floored, ...evaluations });
  }

  #cut(hours: number): readonly DemandSeries[] {
    return this.#options.series.map((one) => ({
      ...one,
      points: one.points.slice(0, Math.max(1, Math.round((hours * 3_600) / one.intervalSeconds))),
    }));
  }

  #load(workload: string): Load | undefined {
    return this.#meters.get(workload)?.load();
  }

  /** Cores that would carry the load now and work the queue off in the time its owner wants. */
  #demandCores(workload: string): number {
    const load = this.#load(workload);
    const spec = this.#options.scenario.workloads.find((one) => one.name === workload)?.wanted;
    if (load === undefined || spec === undefined) return 0;
    return load.perishableCores + load.queueableCores + load.backlogCoreSeconds / spec.backlogDrainSeconds;
  }
}

/** Whole demand intervals of a run that ended early, in hours; at least one. */
export function hoursRun(nowMs: number, scenario: Scenario, intervalSeconds: number): number {
  const intervalMs = intervalSeconds * 1_000;
  const run = Math.max(1, Math.floor(Math.min(nowMs, scenario.hours * 3_600_000) / intervalMs));
  return nowMs >= scenario.hours * 3_600_000 ? scenario.hours : (run * intervalMs) / 3_600_000;
}
