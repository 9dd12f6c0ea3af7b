/**
 * Which tasks make room on a host for units of a claim: nobody's of the role that is owed it, none of a higher priority,
 * none that takes a role below its guarantee, none whose role has a soft policy. The lowest priority goes first, then the
 * role that borrows most, then the youngest task; and no more than what the units need on that one host.
 */
import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { DEFAULT_RECLAIM, isWithin } from '../../quota/index.js';
import { addResources, amount, countPorts, timesCovered, type Resources } from '../../resources/index.js';
import type { HostRecord, OfferRecord, TaskRecord } from '../../state/records.js';
import { isFrozen } from '../frozen.js';
import { BELOW_ALL, compareRanks, outranks } from '../priority.js';
import { workloadOf } from '../steps.js';
import { compareCandidates, type Candidate, type HostCandidates, type RoleCandidates } from './candidates.js';
import type { SliceClaim } from './claims.js';
import { fewest } from './fewest.js';
import type { SliceGuard } from './guard.js';
import { noticeOf } from './telling.js';

/** Room for units of a claim on one host, and what has to go for it. */
export interface Room {
  readonly host: HostRecord;
  /** How many units find room then, no more than are needed; at least 1. */
  readonly units: number;
  readonly tasks: readonly TaskRecord[];
  /** Open offers to borrowers: taken back at once, since nobody is disturbed. */
  readonly offers: readonly OfferRecord[];
  /** Smaller is taken first, compared from the left. */
  readonly rank: readonly number[];
}

/** What is looked for on a host. */
export interface Asked {
  /** What of the host is free for the claim before anything goes. */
  readonly free: Resources;
  /** Whether anything may go. */
  readonly mayDisturb: boolean;
  /** Room that was found there before; not noted in the rules. What is looked for has at least one unit more. */
  readonly before: Room | null;
  /** How many units are needed beside those of `before`; at least 1. */
  readonly needed: number;
}

export interface Rules {
  readonly candidates: HostCandidates;
  readonly guard: SliceGuard;
  /** Tasks taken from each role in this round. */
  readonly taken: ReadonlyMap<string, number>;
  /** How long the claim has been unmet, ms. */
  readonly unmetForMs: number;
}

/** Of a host on which nothing has to go: before any on which offers or tasks do. */
const UNDISTURBED: readonly number[] = [...BELOW_ALL, -Infinity, ...BELOW_ALL, -Infinity];

/** What is chosen to go. */
interface Goer {
  readonly candidate: Candidate;
  readonly priority: readonly number[];
  /** What part of the fleet its roles borrowed when it was its turn, as `SliceGuard.borrowed` has it. */
  readonly shares: readonly number[];
}

/** What one role has on the host and was not looked at. */
interface Queue {
  readonly of: RoleCandidates;
  at: number;
  /** Tasks chosen of it. */
  tasks: number;
  shares: readonly number[];
}

/**
 * The room that ends least, or null when there is none.
 * @param bar called with why so many tasks of a role that would help must stay
 */
export function roomOn(
  core: Core,
  host: HostRecord,
  claim: SliceClaim,
  { free: freeNow, mayDisturb, before, needed }: Asked,
  rules: Rules,
  bar: (reason: WaitReason, role: string, count: number) => void,
): Room | null {
  const least = (before?.units ?? 0) + 1;
  const most = (before?.units ?? 0) + needed;
  let free = freeNow;
  const unitsNow = timesCovered(claim.unit, free);
  if (unitsNow >= least) return { host, units: Math.min(unitsNow, most), tasks: [], offers: [], rank: UNDISTURBED };
  if (!mayDisturb) return null;
  // Whoever is told for units already found on this host is not kept waiting for more of them.
  const noticeMsMax = before === null ? Infinity : longestNotice(core, before.tasks);
  const chosen: Goer[] = [];
  const queues = queuesOn(core, host, claim, rules, bar);
  for (let queue = firstOf(queues); queue !== null; queue = firstOf(queues)) {
    const { of, shares } = queue;
    const candidate = of.candidates[queue.at];
    queue.at += 1;
    if (candidate === undefined || !helps(candidate.resources, free, claim.unit, least)) continue;
    const reason = barred(core, candidate, claim, rules, queue.tasks, noticeMsMax);
    if (reason !== null) {
      bar(reason, of.role, 1);
      continue;
    }
    rules.guard.take(of.role, candidate.resources.quantities);
    if (candidate.task !== null) queue.tasks += 1;
    chosen.push({ candidate, priority: of.priority, shares });
    free = addResources(free, candidate.resources);
    if (timesCovered(claim.unit, free) >= least) break;
    // Each that goes makes its role borrow less.
    for (const other of queues) other.shares = rules.guard.borrowed(other.of.role);
  }
  for (const { candidate } of chosen) rules.guard.take(candidate.role, candidate.resources.quantities, -1);
  if (timesCovered(claim.unit, free) < least) return null;
  const gone = fewest(chosen, ({ candidate }) => candidate.resources, free, claim.unit, least);
  return roomOf(host, Math.min(most, timesCovered(claim.unit, gone.free)), gone.kept, before);
}

function queuesOn(
  core: Core,
  host: HostRecord,
  claim: SliceClaim,
  { candidates, guard }: Rules,
  bar: (reason: WaitReason, role: string, count: number) => void,
): readonly Queue[] {
  const queues: Queue[] = [];
  for (const of of candidates.on(host.hostId)) {
    // What the owed role's own subtree uses is its own affair.
    if (isWithin(of.role, claim.guaranteed)) continue;
    if (outranks(core, of.role, claim.role)) bar('PRIORITY', of.role, of.candidates.length);
    else queues.push({ of, at: 0, tasks: 0, shares: guard.borrowed(of.role) });
  }
  return queues;
}

/** Of the role whose next candidate is next of all; null when none has any. */
function firstOf(queues: readonly Queue[]): Queue | null {
  let first: Queue | null = null;
  let head: Candidate | null = null;
  for (const queue of queues) {
    const next = queue.of.candidates[queue.at];
    if (next === undefined) continue;
    if (first !== null && head !== null && !isBefore(queue, next, first, head)) continue;
    first = queue;
    head = next;
  }
  return first;
}

function isBefore(a: Queue, headOfA: Candidate, b: Queue, headOfB: Candidate): boolean {
  const order =
    Number(headOfA.task !== null) - Number(headOfB.task !== null) ||
    compareRanks(a.of.priority, b.of.priority) ||
    compareRanks(b.shares, a.shares) ||
    compareCandidates(headOfA, headOfB);
  return order < 0;
}

/** Whether it has any of what is still lacking for that many units. */
function helps(has: Resources, free: Resources, unit: Resources, units: number): boolean {
  for (const dimension in unit.quantities)
    if (
      amount(free.quantities, dimension) < units * amount(unit.quantities, dimension) &&
      amount(has.quantities, dimension) > 0
    )
      return true;
  return countPorts(free.ports) < units * countPorts(unit.ports) && countPorts(has.ports) > 0;
}

/**
 * Why it must stay, binding rule first; null when it may go.
 * @param tasksOfRole tasks of its role that go from this host, too
 */
function barred(
  core: Core,
  { task, role, resources }: Candidate,
  claim: SliceClaim,
  rules: Rules,
  tasksOfRole: number,
  noticeMsMax: number,
): WaitReason | null {
  if (!rules.guard.allows(role, claim.role, resources.quantities)) return 'FAIR_SHARE';
  if (task === null) return null;
  const policy = core.state.roles.get(role)?.reclaim ?? DEFAULT_RECLAIM;
  if (policy.kind !== 'hard') return 'SOFT_POLICY';
  if (core.state.frameworkPresence.get(task.frameworkId)?.connected !== true) return 'DISCONNECTED';
  if (isFrozen(core, workloadOf(core, task.frameworkId)) !== null) return 'FROZEN';
  if ((rules.taken.get(role) ?? 0) + tasksOfRole >= policy.movesPerRound) return 'MOVE_BUDGET';
  return rules.unmetForMs < policy.graceMs || noticeOf(core, task) > noticeMsMax ? 'HYSTERESIS' : null;
}

function longestNotice(core: Core, tasks: readonly TaskRecord[]): number {
  return tasks.length === 0 ? Infinity : Math.max(...tasks.map((task) => noticeOf(core, task)));
}

/** What counts in its rank is what goes in addition to `before`, by unit that it makes room for in addition. */
function roomOf(host: HostRecord, units: number, gone: readonly Goer[], before: Room | null): Room {
  const tasks = gone.flatMap(({ candidate }) => candidate.task ?? []);
  const offers = gone.flatMap(({ candidate }) => candidate.offer ?? []);
  const known = new Set(before?.tasks);
  const disturbed = gone.filter(({ candidate: { task } }) => task !== null && !known.has(task));
  const priorities = disturbed.map(({ priority }) => priority).sort(compareRanks);
  const [least] = disturbed.map(({ shares }) => shares).sort(compareRanks);
  const rank = [
    ...(priorities.at(-1) ?? BELOW_ALL),
    disturbed.length / (units - (before?.units ?? 0)),
    ...(least === undefined ? BELOW_ALL : least.map((share) => -share)),
    -Math.min(Infinity, ...disturbed.map(({ candidate }) => candidate.sinceMs)),
  ];
  return { host, units, tasks, offers, rank };
}

/** Negative when the first room is made before the second. */
export function compareRooms(a: Room, b: Room): number {
  const difference = compareRanks(a.rank, b.rank);
  if (difference !== 0) return difference;
  return a.host.hostId < b.host.hostId ? -1 : a.host.hostId === b.host.hostId ? 0 : 1;
}
