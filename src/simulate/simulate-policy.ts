import { runnerOptions, schedulerOptions } from '../simulation/scenario-setup.js';
import { World } from '../simulation/world.js';
import {
  buildDemand,
  buildFleet,
  evaluate,
  fleetCores,
  loadTraces,
  scaleScenario,
  TrajectoryRecorder,
  type Evaluation,
  type Scenario,
} from '../scenario/index.js';
import { MoveLog } from './move-log.js';
import { scheduleFaults } from './scenario-faults.js';

/** Scenario minutes between two calls of `onProgress`. */
const PROGRESS_STEP_MS = 900_000;

export interface PolicyRun {
  readonly evaluation: Evaluation;
  /** Events of the virtual world: timers fired. */
  readonly events: number;
  /** What an admin would have read, one line each, with its scenario time. At most `DECISIONS_MAX`, the last ones. */
  readonly decisions: readonly string[];
}

/**
 * Heartbeats of the simulated sessions. At life's speed the scenario's own (made for a day in two minutes) would be most
 * of what happens, and nobody here waits for their silence.
 */
const HEARTBEAT_MS = 30_000;

/** Enough to read what happened in a day; the report needs none of it. */
const DECISIONS_MAX = 5_000;

/**
 * Runs a whole scenario on a virtual clock under one policy: the production loop, sessions, agents and runners on
 * simulated machines, managers, network and disk. The same scenario and policy give the same result, byte for byte.
 *
 * @param onProgress told the scenario time now and then, ms
 */
export async function simulatePolicy(
  scenario: Scenario,
  policy: 'dynamic' | 'greedy',
  onProgress: (atScenarioMs: number) => void = () => undefined,
): Promise<PolicyRun> {
  const scaled = scaleScenario(scenario, 1);
  const fleet = buildFleet(scenario);
  const series = buildDemand(scenario, loadTraces());
  const recorder = new TrajectoryRecorder(series.map((one) => one.workload));
  const cores = new Map(fleet.map((host) => [host.name, host.cores]));
  const moves = new MoveLog();
  const decisions: string[] = [];
  const world: World = new World({
    scaled,
    fleet,
    series,
    seed: scenario.seed,
    scheduler: schedulerOptions(scaled, policy),
    session: { heartbeatMs: HEARTBEAT_MS },
    runner: runnerOptions(scaled),
    hooks: {
      onServing: (workload, host, serving, atMs) => {
        recorder.set(atMs, host, cores.get(host) ?? 0, serving ? workload : null);
      },
      onCommitted: (atMs, made, mutations) => {
        moves.observe(mutations);
        for (const decision of made)
          decisions.push(`${timeOfDay(atMs - world.startMs)} ${decision.about} ${decision.subject}: ${decision.text}`);
        if (decisions.length > 2 * DECISIONS_MAX) decisions.splice(0, decisions.length - DECISIONS_MAX);
      },
    },
  });
  world.start();
  scheduleFaults(world, scaled.faults);
  for (let atMs = 0; atMs < scaled.runMs; atMs += PROGRESS_STEP_MS) {
    await world.clock.runUntil(world.startMs + Math.min(scaled.runMs, atMs + PROGRESS_STEP_MS));
    onProgress(Math.min(scaled.runMs, atMs + PROGRESS_STEP_MS));
  }
  const evaluation = evaluate({
    series,
    trajectories: recorder.trajectories(),
    hosts: scenario.hosts,
    fleetCores: fleetCores(scenario.fleet),
    moveMs: moves.durationsMs,
  });
  return { evaluation, events: world.clock.firedCount, decisions: decisions.slice(-DECISIONS_MAX) };
}

function timeOfDay(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${part(Math.floor(seconds / 3600))}:${part(Math.floor((seconds % 3600) / 60))}:${part(seconds % 60)}`;
}
