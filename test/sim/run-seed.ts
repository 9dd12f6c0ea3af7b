import type { Mutation, OperatorCommand, OperatorReply, SchedulerOptions } from '../../scheduler/index.js';
import type { TransitionRecord } from '../../scheduler/state/records.js';
import { buildDemand, buildFleet, loadTraces, Prng, scaleScenario, type Traces } from '../../src/scenario/index.js';
import { runnerOptions, schedulerOptions } from '../../src/simulation/scenario-setup.js';
import { World } from '../../src/simulation/world.js';
import { carelessSpeech } from './careless-speech.js';
import { Checkers } from './checkers.js';
import { Coverage } from './coverage.js';
import { EffectHash } from './effect-hash.js';
import { FaultInjector } from './faults.js';
import { livenessProblems } from './liveness.js';
import { Maintainer } from './maintainer.js';
import { MoveWatch } from './move-watch.js';
import { RandomOperator } from './operator.js';
import { drawOptions, type SimOptions } from './options.js';
import { Peers } from './peers.js';
import { simScenario } from './sim-scenario.js';
import { RandomTaskFramework, TASK_ROLE, URGENT_ROLE } from './task-framework.js';

export interface SeedResult {
  readonly seed: number;
  /** Sentences about what went wrong; empty = passed. */
  readonly problems: readonly string[];
  readonly coverage: Coverage;
  readonly simulatedMs: number;
  /** Timers fired. */
  readonly events: number;
  readonly options: SimOptions;
  /** Of every effect in order, every committed record and the disk at the end. */
  readonly hash: string;
}

/** Grace of step leases in the default options. */
const LEASE_GRACE_MS = 10_000;
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
  const watch = new MoveWatch();
  const hash = new EffectHash();
  const reclaimed = new Set<string>();
  const fleet = buildFleet(scenario);
  const ownerless = new Prng(seed, 'ownerless');
  const speech = new Prng(seed, 'speech');
  const unowned = new Set(Array.from({ length: options.ownerless }, () => ownerless.pick(fleet).name));
  // Hooks are called only once the world runs; by then both are there.
  const parts: { checkers?: Checkers } = {};
  const scheduler: SchedulerOptions = {
    ...schedulerOptions(scaled, 'dynamic'),
    drainDeadlineMs: options.drainDeadlineMs,
    stepLeaseMs: options.stepLeaseMs,
    movesInFlightPerRackMax: 3,
  };
  const world: World = new World({
    scaled,
    fleet: fleet.map((host) => (unowned.has(host.name) ? { ...host, owner: null, ownerFramework: null } : host)),
    series: buildDemand(scenario, traces),
    seed,
    scheduler,
    session: { heartbeatMs: 10_000, ...(options.smallOutboxes ? { outboxMax: 24 } : {}) },
    runner: runnerOptions(scaled),
    conditionsOf: (peer) => faults.conditionsOf(peer),
    storeFaults: { onCommit: () => faults.onCommit() },
    dirtyMilli: options.dirtyMilli,
    speech: carelessSpeech(speech, options.stutterMilli, (name) => {
      coverage.add(`fault ${name}`);
    }),
    hooks: {
      onStep: (kind) => {
        coverage.add(`event ${kind}`);
      },
      onEffect: (effect) => {
        coverage.add(`effect ${effect.kind}`);
        hash.add('effect', effect);
        parts.checkers?.onEffect(effect);
        if (effect.kind === 'send') coverage.add(`sends ${effect.message.kind}`);
      },
      onCommitted: (atMs, decisions, mutations) => {
        coverage.add('effect decision', decisions.length);
        for (const { about, text } of decisions)
          if (about === 'condition') coverage.add(`condition ${text.split(/[: ]/, 1)[0] ?? ''}`);
        hash.add('commit', mutations);
        parts.checkers?.onCommitted(mutations);
        watch.onCommitted(mutations);
        countReclaims(mutations, reclaimed, coverage);
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
        parts.checkers?.onLeading();
        onDecision?.(`-- leading, term ${String(term)}`);
      },
      onMasterGone: () => {
        collectEdges(world, coverage);
      },
    },
  });
  const onReply = (command: OperatorCommand, reply: OperatorReply): void => {
    coverage.add('effect operator_reply');
    if (reply.ok && !command.dryRun) coverage.add(`done ${command.kind}`);
    parts.checkers?.onReply(command, reply);
  };
  const operator = new RandomOperator(options, world, onReply);
  const maintainer = new Maintainer(options, world, onReply);
  const checkers = new Checkers(world, {
    confirmedOff: operator.confirmedOff,
    handled: () => faults.handledHosts,
    masterLeaptMs: () => faults.masterLeaptMs,
    leaseMs: options.stepLeaseMs + LEASE_GRACE_MS,
    seed,
    scheduler,
  });
  parts.checkers = checkers;
  const tasks = new RandomTaskFramework(options, world, checkers.tasks);
  const peers = new Peers({ options, world, ledger: checkers.tasks, report: checkers.report }, onReply);
  const step = (): void => {
    checkers.onEvent();
  };
  world.addRole(TASK_ROLE, {
    reclaim: { kind: 'hard', graceMs: 0, deadlineMs: 20_000, movesPerRound: 8, minHoldMs: -1 },
  });
  world.addRole(URGENT_ROLE, { guarantee: { cpusMilli: 32_000 }, force: true });
  world.start();
  tasks.start();
  peers.start();
  faults.start(world, watch);
  operator.start(watch);
  maintainer.start(watch, (peer, forMs) => {
    faults.partition(peer, forMs);
  });
  await world.clock.runUntil(world.startMs + options.safetyMs, step);
  faults.heal();
  operator.heal();
  maintainer.heal();
  tasks.heal();
  peers.heal();
  const settled = await settle(
    world,
    options,
    () => [...livenessProblems(world, checkers.leases, faults.handledHosts), ...peers.livenessProblems()],
    step,
  );
  checkers.finish();
  hash.add('disk', [...world.disk.records]);
  collectEdges(world, coverage);
  coverage.merge([...faults.counts].map(([name, times]) => [`fault ${name}`, times] as const));
  coverage.merge([...operator.counts].map(([name, times]) => [`command ${name}`, times] as const));
  coverage.merge([...maintainer.counts].map(([name, times]) => [`command ${name}`, times] as const));
  coverage.merge([...tasks.counts].map(([name, times]) => [`tasks ${name}`, times] as const));
  coverage.merge(peers.counts.map(([name, times]) => [`peers ${name}`, times] as const));
  coverage.merge([...tasks.outcomes].map(([name, times]) => [`tasks ${name}`, times] as const));
  return {
    seed,
    problems: [...checkers.problems, ...settled],
    coverage,
    simulatedMs: world.clock.nowMs() - world.startMs,
    events: world.clock.firedCount,
    options,
    hash: hash.digest(),
  };
}

/** Hosts that were taken back for a role below its guarantee, each move once. */
function countReclaims(mutations: readonly Mutation[], counted: Set<string>, coverage: Coverage): void {
  for (const { key, value } of mutations) {
    if (!key.startsWith('transition/') || value === null || counted.has(key)) continue;
    const { reclaim, outcome } = value as TransitionRecord;
    if (!reclaim || outcome !== 'completed') continue;
    counted.add(key);
    coverage.add('reclaimed host');
  }
}

/** Lets the healed world run until it has come right, at most `livenessMs`; what is wrong then, is wrong. */
async function settle(
  world: World,
  options: SimOptions,
  check: () => readonly string[],
  step: () => void,
): Promise<readonly string[]> {
  let problems: readonly string[] = [];
  for (let passedMs = 0; passedMs < options.livenessMs; passedMs += LIVENESS_SLICE_MS) {
    await world.clock.advance(LIVENESS_SLICE_MS, step);
    problems = check();
    if (problems.length === 0) return [];
  }
  return problems.map((problem) => `after ${String(options.livenessMs / 60_000)} healed minutes: ${problem}`);
}

function collectEdges(world: World, coverage: Coverage): void {
  const loop = world.loop;
  if (loop === null) return;
  for (const [edge, times] of loop.master.edges) coverage.add(`edge ${edge}`, times);
}
