import { buildDemand, buildFleet, loadTraces, scaleScenario, type Traces } from '../../src/scenario/index.js';
import { runnerOptions, schedulerOptions } from '../../src/simulation/scenario-setup.js';
import { World } from '../../src/simulation/world.js';
import { Checkers, livenessProblems } from './checkers.js';
import { Coverage } from './coverage.js';
import { FaultInjector } from './faults.js';
import { RandomOperator } from './operator.js';
import { drawOptions, type SimOptions } from './options.js';
import { simScenario } from './sim-scenario.js';
import { RandomTaskFramework, TASK_ROLE } from './task-framework.js';

export interface SeedResult {
  readonly seed: number;
  /** Sentences about what went wrong; empty = passed. */
  readonly problems: readonly string[];
  readonly coverage: Coverage;
  readonly simulatedMs: number;
  /** Timers fired. */
  readonly events: number;
  readonly options: SimOptions;
}

const LIVENESS_SLICE_MS = 600_000;
let traces: Traces | null = null;

/** One world from its seed: faults and checks, then everything is healed and has to come right. */
export async function runSeed(
  seed: number,
  change: Partial<SimOptions> = {},
  onDecision?: (line: string) => void,
): Promise<SeedResult> {
  const options: SimOptions = { ...drawOptions(seed), ...change };
  const scenario = simScenario(options);
  const scaled = scaleScenario(scenario, 1);
  traces ??= loadTraces();
  const faults = new FaultInjector(options);
  const coverage = new Coverage();
  // Hooks are called only once the world runs; by then both are there.
  const parts: { checkers?: Checkers } = {};
  const world: World = new World({
    scaled,
    fleet: buildFleet(scenario),
    series: buildDemand(scenario, traces),
    seed,
    scheduler: {
      ...schedulerOptions(scaled, 'dynamic'),
      drainDeadlineMs: options.drainDeadlineMs,
      stepLeaseMs: options.stepLeaseMs,
      movesInFlightPerRackMax: 3,
    },
    session: { heartbeatMs: 10_000, ...(options.smallOutboxes ? { outboxMax: 24 } : {}) },
    runner: runnerOptions(scaled),
    conditionsOf: (peer) => faults.conditionsOf(peer),
    storeFaults: { onCommit: () => faults.onCommit() },
    hooks: {
      onStep: (kind) => {
        coverage.add(`event ${kind}`);
      },
      onEffect: (effect) => {
        coverage.add(`effect ${effect.kind}`);
        if (effect.kind === 'send') coverage.add(`sends ${effect.message.kind}`);
      },
      onCommitted: (atMs, decisions, mutations) => {
        coverage.add('effect decision', decisions.length);
        parts.checkers?.onCommitted(mutations);
        if (onDecision !== undefined)
          for (const { about, subject, text } of decisions)
            onDecision(`${new Date(atMs - world.startMs).toISOString().slice(11, 23)} ${about} ${subject}: ${text}`);
      },
      onReload: (reason) => {
        collectEdges(world, coverage);
        parts.checkers?.onReload(reason);
        onDecision?.(`-- reload: ${reason}`);
      },
      onMasterEnded: (error) => {
        parts.checkers?.onMasterEnded(error);
      },
      onLeading: (term) => {
        onDecision?.(`-- leading, term ${String(term)}`);
      },
      onMasterGone: () => {
        collectEdges(world, coverage);
      },
    },
  });
  const operator = new RandomOperator(options, world);
  const tasks = new RandomTaskFramework(options, world);
  const checkers = new Checkers(world, operator);
  parts.checkers = checkers;
  const step = (): void => {
    checkers.onEvent();
  };
  world.addRole(TASK_ROLE);
  world.start();
  tasks.start();
  faults.start(world);
  operator.start();
  await world.clock.runUntil(world.startMs + options.safetyMs, step);
  faults.heal();
  operator.heal();
  tasks.heal();
  const settled = await settle(world, options, faults, step);
  checkers.finish();
  collectEdges(world, coverage);
  coverage.merge([...faults.counts].map(([name, times]) => [`fault ${name}`, times] as const));
  coverage.merge([...operator.counts].map(([name, times]) => [`command ${name}`, times] as const));
  coverage.merge([...tasks.counts].map(([name, times]) => [`tasks send ${name}`, times] as const));
  return {
    seed,
    problems: [...checkers.problems, ...settled],
    coverage,
    simulatedMs: world.clock.nowMs() - world.startMs,
    events: world.clock.firedCount,
    options,
  };
}

/** Lets the healed world run until it has come right, at most `livenessMs`; what is wrong then, is wrong. */
async function settle(
  world: World,
  options: SimOptions,
  faults: FaultInjector,
  step: () => void,
): Promise<readonly string[]> {
  let problems: readonly string[] = [];
  for (let passedMs = 0; passedMs < options.livenessMs; passedMs += LIVENESS_SLICE_MS) {
    await world.clock.advance(LIVENESS_SLICE_MS, step);
    problems = livenessProblems(world, faults);
    if (problems.length === 0) return [];
  }
  return problems.map((problem) => `after ${String(options.livenessMs / 60_000)} healed minutes: ${problem}`);
}

function collectEdges(world: World, coverage: Coverage): void {
  const loop = world.loop;
  if (loop === null) return;
  for (const [edge, times] of loop.master.edges) coverage.add(`edge ${edge}`, times);
}
