import { DEFAULT_OPTIONS, type OperatorCommand, type SchedulerOptions } from '../../scheduler/index.js';
import type { RunnerOptions } from '../../frameworks/runner/index.js';
import {
  frameworkName,
  largestRemainder,
  type HostAmounts,
  type ScaledScenario,
  type Scenario,
  type ShapeSpec,
} from '../scenario/index.js';

const GIB = 1024 ** 3;
/** How often adapters ask for demand and look at their manager, in scenario ms. */
const DEMAND_PERIOD_SCENARIO_MS = 60_000;
const OBSERVE_PERIOD_SCENARIO_MS = 300_000;
const PERIOD_FLOOR_MS = 50;

/** The commands that give a master the scenario's shapes and roles, parents first. Repeating them changes nothing. */
export function setupCommands(scenario: Scenario): readonly OperatorCommand[] {
  const commands: OperatorCommand[] = [];
  const shapes = [...scenario.fleet.shapes].filter((shape) => shape.name !== 'standard');
  // The biggest first: a host has the first shape that it satisfies.
  shapes.sort((a, b) => b.gpus - a.gpus || b.cpus - a.cpus || b.memoryGiB - a.memoryGiB);
  for (const [rank, shape] of shapes.entries()) {
    const minimum = {
      cpusMilli: shape.cpus * 1000,
      memoryBytes: shape.memoryGiB * GIB,
      ...(shape.gpus > 0 ? { gpus: shape.gpus } : {}),
    };
    commands.push({ kind: 'shape_set', dryRun: false, shape: shape.name, rank: rank + 1, constraints: [], minimum });
  }
  const declared = new Set(scenario.roles.map((role) => role.path));
  const paths = new Set<string>();
  for (const role of scenario.roles) {
    const parts = role.path.split('/').slice(1);
    for (let depth = 1; depth <= parts.length; depth++) paths.add(`/${parts.slice(0, depth).join('/')}`);
  }
  const byDepth = [...paths].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  for (const path of byDepth) {
    const role = scenario.roles.find((candidate) => candidate.path === path);
    if (!declared.has(path) || role === undefined)
      commands.push({ kind: 'role_set', dryRun: false, role: path, change: {} });
    else {
      const { limit, weight, priority } = role;
      const guarantee = guaranteeByShape(role.guarantee, scenario.fleet.shapes);
      // At the first start no host has reported yet: guarantees cannot be held against capacity.
      commands.push({
        kind: 'role_set',
        dryRun: false,
        role: path,
        change: { guarantee, limit, weight, priority, force: true },
      });
    }
  }
  return commands;
}

/**
 * The core takes a plain number of guaranteed hosts only while `standard` is the one shape there is. In other fleets it is
 * divided over the shapes that the role does not name itself, in proportion to their hosts.
 */
export function guaranteeByShape(guarantee: HostAmounts, shapes: readonly ShapeSpec[]): HostAmounts {
  const { hosts, ...named } = guarantee;
  if (hosts === undefined || shapes.every((shape) => shape.name === 'standard')) return guarantee;
  const rest = shapes.filter((shape) => named[`hosts/${shape.name}`] === undefined);
  const left = Math.max(0, hosts - Object.values(named).reduce((sum, count) => sum + count, 0));
  const counts = largestRemainder(
    rest.map((shape) => shape.count),
    left,
  );
  return { ...named, ...Object.fromEntries(rest.map((shape, index) => [`hosts/${shape.name}`, counts[index] ?? 0])) };
}

/** The core's options for a scenario under one of its policies. */
export function schedulerOptions(scaled: ScaledScenario, policy: 'dynamic' | 'greedy'): SchedulerOptions {
  const {
    planPeriodMs,
    minHoldMs,
    coolDownMs,
    maxMovesInFlight,
    maxMovesInFlightPerWorkload,
    maxMovesPerHour,
    moveHourMs,
    hysteresisHosts,
  } = scaled.policies[policy];
  return {
    ...DEFAULT_OPTIONS,
    offerLeaseMs: scaled.timings.offerLeaseMs,
    planner: policy === 'greedy' ? 'greedy' : 'fair',
    planPeriodMs,
    minHoldMs,
    coolDownMs,
    movesInFlightMax: maxMovesInFlight,
    movesInFlightPerWorkloadMax: maxMovesInFlightPerWorkload,
    movesPerHourMax: maxMovesPerHour,
    movesHourMs: moveHourMs,
    hysteresisHosts,
    hysteresisRounds: 1,
    // A scenario's racks are few: the fleet budget is the one that binds.
    movesInFlightPerRackMax: maxMovesInFlight,
    autoAdopt: true,
    autoAdmit: true,
    expectedFrameworks: scaled.scenario.workloads.map(frameworkName),
  };
}

/** The runner's options for a scenario: it asks and looks as often as the scenario's time makes sense. */
export function runnerOptions(scaled: ScaledScenario): Pick<RunnerOptions, 'demandPeriodMs' | 'observePeriodMs'> {
  const period = (scenarioMs: number): number => Math.max(PERIOD_FLOOR_MS, Math.round(scenarioMs / scaled.speed));
  return { demandPeriodMs: period(DEMAND_PERIOD_SCENARIO_MS), observePeriodMs: period(OBSERVE_PERIOD_SCENARIO_MS) };
}
