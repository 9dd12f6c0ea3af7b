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
import { BELOW_ALL, compareRanks, outranks, priorityRank } from '../priority.js';
import { workloadOf } from '../steps.js';
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
  readonly guard: SliceGuard;
  /** Tasks taken from each role in this round. */
  readonly taken: ReadonlyMap<string, number>;
  /** How long the claim has been unmet, ms. */
  readonly unmetForMs: number;
}

/** Of a host on which nothing has to go: before any on which offers or tasks do. */
const UNDISTURBED: readonly number[] = [...BELOW_ALL, -Infinity, ...BELOW_ALL, -Infinity];

interface Candidate {
  readonly task: TaskRecord | null;
  readonly offer: OfferRecord | null;
  readonly role: string;
  readonly resources: Resources;
  /** As `priorityRank` has it. */
  readonly priority: readonly number[];
  /** What part of the fleet its roles borrow when it is this one's turn, as `SliceGuard.borrowed` has it. */
  shares: readonly number[];
  readonly sinceMs: number;
  /** Of the launch, on this host: tells tasks of one moment apart. */
  readonly seq: number;
  readonly id: string;
}

/**
 * The room that ends least, or null when there is none.
 * @param bar called with why a task that would help must stay
 */
export function roomOn(
  core: Core,
  host: HostRecord,
  claim: SliceClaim,
  { free: freeNow, mayDisturb, before, needed }: Asked,
  rules: Rules,
  bar: (reason: WaitReason, role: string) => void,
): Room | null {
  const least = (before?.units ?? 0) + 1;
  const most = (before?.units ?? 0) + needed;
  let free = freeNow;
  const unitsNow = timesCovered(claim.unit, free);
  if (unitsNow >= least) return { host, units: Math.min(unitsNow, most), tasks: [], offers: [], rank: UNDISTURBED };
  if (!mayDisturb) return null;
  // Whoever is told for units already found on this host is not kept waiting for more of them.
  const noticeMsMax = before === null ? Infinity : longestNotice(core, before.tasks);
  const taken = new Map(rules.taken);
  const chosen: Candidate[] = [];
  const candidates = inOrder(candidatesOn(core, host, claim, bar), rules.guard);
  for (let next = candidates.shift(); next !== undefined; next = candidates.shift()) {
    if (!helps(next.resources, free, claim.unit, least)) continue;
    const reason = barred(core, next, claim, { ...rules, taken }, noticeMsMax);
    if (reason !== null) {
      bar(reason, next.role);
      continue;
    }
    rules.guard.take(next.role, next.resources.quantities);
    if (next.task !== null) taken.set(next.role, (taken.get(next.role) ?? 0) + 1);
    chosen.push(next);
    free = addResources(free, next.resources);
    if (timesCovered(claim.unit, free) >= least) break;
    inOrder(candidates, rules.guard);
  }
  for (const { role, resources } of chosen) rules.guard.take(role, resources.quantities, -1);
  if (timesCovered(claim.unit, free) < least) return null;
  const gone = fewest(chosen, ({ resources }) => resources, free, claim.unit, least);
  return roomOf(host, Math.min(most, timesCovered(claim.unit, gone.free)), gone.kept, before);
}

function candidatesOn(
  core: Core,
  host: HostRecord,
  claim: SliceClaim,
  bar: (reason: WaitReason, role: string) => void,
): Candidate[] {
  const found: Candidate[] = [];
  const consider = (
    role: string,
    resources: Resources,
    rest: Pick<Candidate, 'task' | 'offer' | 'sinceMs' | 'seq' | 'id'>,
  ) => {
    // What the owed role's own subtree uses is its own affair.
    if (isWithin(role, claim.guaranteed)) return;
    if (outranks(core, role, claim.role)) {
      bar('PRIORITY', role);
      return;
    }
    found.push({ role, resources, priority: priorityRank(core, role), shares: [], ...rest });
  };
  for (const offerId of core.state.offersByHost.get(host.hostId)) {
    const offer = core.state.offers.get(offerId);
    if (offer === undefined || offer.wholeHost || offer.groupId !== null) continue;
    // What is reserved becomes nobody else's by ending what is on it.
    if (offer.reservationId !== undefined) continue;
    consider(offer.role, offer.resources, { task: null, offer, sinceMs: offer.madeMs, seq: 0, id: offerId });
  }
  for (const key of core.state.tasksByHost.get(host.hostId)) {
    const task = core.state.tasks.get(key);
    if ((task?.state !== 'staging' && task?.state !== 'running') || task.reservationId !== undefined) continue;
    consider(task.role, task.spec.resources, {
      task,
      offer: null,
      sinceMs: task.launchedMs ?? 0,
      seq: task.launchSeq,
      id: key,
    });
  }
  return found;
}

/** Sorts them: each that goes makes its role borrow less. */
function inOrder(candidates: Candidate[], guard: SliceGuard): Candidate[] {
  for (const candidate of candidates) candidate.shares = guard.borrowed(candidate.role);
  return candidates.sort(
    (a, b) =>
      Number(a.task !== null) - Number(b.task !== null) ||
      compareRanks(a.priority, b.priority) ||
      compareRanks(b.shares, a.shares) ||
      b.sinceMs - a.sinceMs ||
      b.seq - a.seq ||
      (a.id < b.id ? -1 : 1),
  );
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

/** Why it must stay, binding rule first; null when it may go. */
function barred(
  core: Core,
  { task, role, resources }: Candidate,
  claim: SliceClaim,
  rules: Rules,
  noticeMsMax: number,
): WaitReason | null {
  if (!rules.guard.allows(role, claim.role, resources.quantities)) return 'FAIR_SHARE';
  if (task === null) return null;
  const policy = core.state.roles.get(role)?.reclaim ?? DEFAULT_RECLAIM;
  if (policy.kind !== 'hard') return 'SOFT_POLICY';
  if (core.state.frameworkPresence.get(task.frameworkId)?.connected !== true) return 'DISCONNECTED';
  if (isFrozen(core, workloadOf(core, task.frameworkId)) !== null) return 'FROZEN';
  if ((rules.taken.get(role) ?? 0) >= policy.movesPerRound) return 'MOVE_BUDGET';
  return rules.unmetForMs < policy.graceMs || noticeOf(core, task) > noticeMsMax ? 'HYSTERESIS' : null;
}

function longestNotice(core: Core, tasks: readonly TaskRecord[]): number {
  return tasks.length === 0 ? Infinity : Math.max(...tasks.map((task) => noticeOf(core, task)));
}

/** What counts in its rank is what goes in addition to `before`, by unit that it makes room for in addition. */
function roomOf(host: HostRecord, units: number, gone: readonly Candidate[], before: Room | null): Room {
  const tasks = gone.flatMap(({ task }) => task ?? []);
  const offers = gone.flatMap(({ offer }) => offer ?? []);
  const known = new Set(before?.tasks);
  const disturbed = gone.filter(({ task }) => task !== null && !known.has(task));
  const priorities = disturbed.map(({ priority }) => priority).sort(compareRanks);
  const [least] = disturbed.map(({ shares }) => shares).sort(compareRanks);
  const rank = [
    ...(priorities.at(-1) ?? BELOW_ALL),
    disturbed.length / (units - (before?.units ?? 0)),
    ...(least === undefined ? BELOW_ALL : least.map((share) => -share)),
    -Math.min(Infinity, ...disturbed.map(({ sinceMs }) => sinceMs)),
  ];
  return { host, units, tasks, offers, rank };
}

/** Negative when the first room is made before the second. */
export function compareRooms(a: Room, b: Room): number {
  const difference = compareRanks(a.rank, b.rank);
  if (difference !== 0) return difference;
  return a.host.hostId < b.host.hostId ? -1 : a.host.hostId === b.host.hostId ? 0 : 1;
}
