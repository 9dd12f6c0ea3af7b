import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import type { PlanView } from '../explain/views.js';
import type { ErrorCode, WaitReason } from '../protocol.js';
import { entitlements } from '../quota/index.js';
import { isRecovering } from '../reconcile/recovery.js';
import type { HostRecord, PlannedMove, PlanRecord } from '../state/records.js';
import { reviewBelowGuarantee } from './below-guarantee.js';
import { noteMoveStart } from './budgets.js';
import { heldBack } from './candidates.js';
import { demandFor } from './demand-for.js';
import { Draft } from './draft.js';
import { draftFair, showUnmetGuarantees } from './fair.js';
import { draftGreedy } from './greedy.js';
import { NOT_MOVED_KEPT } from './memory.js';
import { OwedGuard } from './owed-guard.js';
import { planModeOf } from './plan-mode.js';
import { outranks } from './priority.js';
import { SLICE_TIMER } from './slices/memory.js';
import { startMove, type MoveRequest } from './start-move.js';
import { stockKey } from './stock.js';

/** Plans kept for `mosaic plan`, the newest. */
export const PLANS_KEPT = 20;

/**
 * One planning round: compares what roles hold with what they are owed, and plans moves that mend it. `observe` shows the
 * plan, `approve` lets it wait for an operator, `auto` starts it at once.
 */
export function planRound(core: Core): void {
  const memory = core.planMemory;
  memory.rounds += 1;
  memory.notMoved = [];
  reviewBelowGuarantee(core);
  if (core.demandIndex.forSlices().size > 0) core.timers.setEarliest(SLICE_TIMER, core.nowMs);
  if (core.options.planner === 'off') return;
  if (isRecovering(core)) {
    memory.notMoved = ['RECOVERING: the planner waits until enough hosts have reported since the start'];
    return;
  }
  if (core.state.isMassFailure) {
    memory.notMoved = [
      'MASS_FAILURE: too many hosts have vanished at once; no host is taken until they are back or given up',
    ];
    return;
  }
  // Rounds that commands ask for come in between: hysteresis is a time, and two commands are not.
  const counts = core.nowMs - memory.countedMs >= core.options.planPeriodMs;
  if (counts) memory.countedMs = core.nowMs;
  const draft = new Draft(core, entitlements(core), counts);
  switch (core.options.planner) {
    case 'fair':
      showUnmetGuarantees(draft, draftFair(draft));
      break;
    case 'greedy':
      draftGreedy(draft);
      break;
    default:
      assertNever(core.options.planner);
  }
  memory.notMoved = draft.notMoved;
  settlePlan(core, draft.moves);
}

/** Turns the round's moves into the plan of the mode in force. */
function settlePlan(core: Core, moves: readonly PlannedMove[]): void {
  const mode = planModeOf(core);
  const proposed = proposedPlan(core);
  if (moves.length === 0) {
    if (proposed !== undefined) supersede(core, proposed, 'nothing needs to be moved any longer');
    return;
  }
  if (mode === 'auto') {
    if (proposed !== undefined) supersede(core, proposed, 'plans run by themselves now');
    const plan: PlanRecord = { ...newPlan(core, moves, mode), status: 'done', decidedBy: 'planner' };
    const { started, refused } = startMoves(core, plan);
    core.planMemory.notMoved = [...refused, ...core.planMemory.notMoved].slice(0, NOT_MOVED_KEPT);
    // A plan of which nothing could be started is no plan: it would come again every round.
    if (started.length > 0) keepPlan(core, { ...plan, moves: started });
    return;
  }
  if (proposed === undefined || proposed.mode !== mode) {
    if (proposed !== undefined) supersede(core, proposed, `the plan mode is ${mode} now`);
    const plan = newPlan(core, moves, mode);
    keepPlan(core, plan);
    core.decide(
      'plan',
      plan.planId,
      `a plan of ${count(moves.length)} ${mode === 'observe' ? 'is shown' : 'waits for approval'}`,
      { version: 1 },
    );
    return;
  }
  if (sameMoves(core, proposed.moves, moves)) return;
  const next: PlanRecord = { ...proposed, version: proposed.version + 1, moves };
  keepPlan(core, next);
  core.decide('plan', next.planId, `the plan changed: ${count(moves.length)} now`, { version: next.version });
}

export interface StartedMoves {
  readonly started: readonly PlannedMove[];
  /** Why the others could not be started, a sentence each. */
  readonly refused: readonly string[];
}

/**
 * Starts every move of a plan that can be started now.
 * @param dryRun only says which these are
 */
export function startMoves(core: Core, plan: PlanRecord, dryRun = false): StartedMoves {
  const guard = new OwedGuard(core, entitlements(core));
  const started: PlannedMove[] = [];
  const refused: string[] = [];
  for (const move of plan.moves) {
    const host = core.state.hosts.get(move.hostId);
    const why =
      host === undefined ? 'FAIR_SHARE: there is no such host' : startPlanned(core, plan, move, host, guard, dryRun);
    if (why === null) {
      started.push(move);
      continue;
    }
    const colon = why.indexOf(': ');
    refused.push(`${why.slice(0, colon)}: ${host?.name ?? move.hostId} was not moved${why.slice(colon)}`);
  }
  return { started, refused };
}

/** Starts one move; null, or why not: the reason from the closed set, a colon, a sentence. */
function startPlanned(
  core: Core,
  plan: PlanRecord,
  move: PlannedMove,
  host: HostRecord,
  guard: OwedGuard,
  dryRun: boolean,
): string | null {
  const stale = staleness(core, move, host);
  if (stale !== null) return stale;
  // I4 once more at the moment of the start, for the same reason.
  if (move.from !== null && guard.spare(move.from.role, move.to.role, host.shape) < 1)
    return `FAIR_SHARE: ${move.from.role} or a role above it would keep less than it is guaranteed and wants`;
  const donor = move.from === null ? undefined : core.state.roles.get(move.from.role);
  const request: MoveRequest = {
    hostId: move.hostId,
    to: move.to,
    toMode: 'leased',
    demandId: demandFor(core, move.to, host) ?? '',
    planId: plan.planId,
    reason: move.reason,
    requestedBy: 'planner',
    // Workloads are killed only to give back what was lent under a hard policy, and never those of a higher priority.
    hard: move.reclaim && donor?.reclaim.kind === 'hard' && !outranks(core, donor.path, move.to.role),
    reclaim: move.reclaim,
  };
  const reply = startMove(core, request, dryRun);
  if (!reply.ok) return `${waitReason(reply.code)}: ${reply.message}`;
  if (move.from !== null) guard.take(move.from.role, move.to.role, host.shape);
  if (dryRun) return null;
  noteMoveStart(core);
  core.planMemory.receivedMs.set(stockKey(move.to.frameworkId, move.to.role, host.shape), core.nowMs);
  return null;
}

/** What is no longer so since the plan was made: a plan that waits for approval may be minutes old. */
function staleness(core: Core, move: PlannedMove, host: HostRecord): string | null {
  const { from, to } = move;
  const lease = core.state.leases.get(host.leaseId ?? '');
  if (from !== null && (lease?.frameworkId !== from.frameworkId || lease.role !== from.role))
    return `FAIR_SHARE: it is not held by ${from.frameworkId} in ${from.role} any more`;
  const held = lease === undefined ? null : heldBack(core, host, lease, move.reclaim);
  if (held !== null) return `${held}: it may not be taken from ${lease?.frameworkId ?? 'its holder'} now`;
  if (demandFor(core, to, host) === null)
    return `NO_MATCH: ${to.frameworkId} in ${to.role} has no demand for it any more`;
  return null;
}

/** The refusal of a start as one of the closed set of reasons. */
function waitReason(code: ErrorCode): WaitReason {
  switch (code) {
    case 'OVER_LIMIT':
      return 'ROLE_LIMIT';
    case 'UNAVAILABLE':
      return 'DISCONNECTED';
    default:
      return 'FAIR_SHARE';
  }
}

function newPlan(core: Core, moves: readonly PlannedMove[], mode: PlanRecord['mode']): PlanRecord {
  return {
    planId: core.nextId('p'),
    version: 1,
    mode,
    status: 'proposed',
    moves,
    createdMs: core.nowMs,
    decidedBy: '',
  };
}

/** The plan that waits, at most one. */
export function proposedPlan(core: Core): PlanRecord | undefined {
  for (const plan of core.state.plans.values()) if (plan.status === 'proposed') return plan;
  return undefined;
}

function supersede(core: Core, plan: PlanRecord, why: string): void {
  keepPlan(core, { ...plan, status: 'superseded' });
  core.decide('plan', plan.planId, `the plan is dropped: ${why}`);
}

/** Puts the plan and forgets the oldest beyond `PLANS_KEPT`. */
export function keepPlan(core: Core, plan: PlanRecord): void {
  core.state.plans.put(plan);
  core.planMemory.lastPlan = plan;
  // A plan that waits, or waits no longer, is what its receivers are told (`AllocationMemory` notes whose they are).
  core.timers.setEarliest('allocate', core.nowMs + core.options.allocateBatchMs);
  while (core.state.plans.size > PLANS_KEPT) {
    let oldest: PlanRecord | undefined;
    for (const one of core.state.plans.values())
      if (one.planId !== plan.planId && (oldest === undefined || one.createdMs < oldest.createdMs)) oldest = one;
    if (oldest === undefined) return;
    core.state.plans.delete(oldest.planId);
  }
}

/** The newest plan with why no more was moved; a view without moves where only reasons are known; null before any round. */
export function lastPlan(core: Core): PlanView | null {
  const { notMoved, rounds } = core.planMemory;
  const plan = core.planMemory.lastPlan ?? newestPlan(core);
  if (plan === null) {
    if (rounds === 0) return null;
    return {
      planId: '',
      version: 0,
      mode: planModeOf(core),
      status: 'done',
      createdMs: 0,
      decidedBy: '',
      moves: [],
      notMoved,
    };
  }
  const { planId, version, mode, status, createdMs, decidedBy } = plan;
  const moves = plan.moves.map((move) => ({
    ...move,
    hostName: core.state.hosts.get(move.hostId)?.name ?? move.hostId,
  }));
  return { planId, version, mode, status, createdMs, decidedBy, moves, notMoved };
}

function newestPlan(core: Core): PlanRecord | null {
  let newest: PlanRecord | null = null;
  for (const plan of core.state.plans.values()) if (newest === null || plan.createdMs > newest.createdMs) newest = plan;
  return newest;
}

/**
 * Whether the new moves are those that wait for an answer: as many from and to the same holders. Which of a holder's hosts
 * is the cheapest to take changes with every look; the hosts that people have read are kept while they may be taken.
 */
function sameMoves(core: Core, waiting: readonly PlannedMove[], drafted: readonly PlannedMove[]): boolean {
  if (waiting.length !== drafted.length) return false;
  const kind = ({ from, to, reclaim }: PlannedMove): string =>
    [from?.frameworkId, from?.role, to.frameworkId, to.role, String(reclaim)].join('|');
  const hosts = new Set(drafted.map((move) => move.hostId));
  const kinds = drafted.map(kind).sort();
  if (
    waiting
      .map(kind)
      .sort()
      .some((one, at) => one !== kinds[at])
  )
    return false;
  return waiting.every((move) => {
    if (hosts.has(move.hostId)) return true;
    const host = core.state.hosts.get(move.hostId);
    return host !== undefined && staleness(core, move, host) === null;
  });
}

function count(moves: number): string {
  return `${String(moves)} ${moves === 1 ? 'move' : 'moves'}`;
}
