/**
 * Which tasks make room on a host for one unit of a claim: nobody's of the role that is owed it, none of a higher priority,
 * none that takes a role below its guarantee, none whose role has a soft policy. The lowest priority goes first, then the
 * role that borrows most, then the youngest task; and no more than what the unit needs on that one host.
 */
import { freeResources } from '../../allocate/offerable.js';
import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { borrowedShare, DEFAULT_RECLAIM, isWithin } from '../../quota/index.js';
import { addResources, amount, coversDemand, countPorts, type Resources } from '../../resources/index.js';
import type { HostRecord, OfferRecord, TaskRecord } from '../../state/records.js';
import { isFrozen } from '../frozen.js';
import { BELOW_ALL, compareRanks, outranks, priorityRank } from '../priority.js';
import { workloadOf } from '../steps.js';
import type { SliceClaim } from './claims.js';
import type { SliceGuard } from './guard.js';

/** Room for one unit on one host, and what has to go for it. */
export interface Room {
  readonly host: HostRecord;
  readonly tasks: readonly TaskRecord[];
  /** Open offers to borrowers: taken back at once, since nobody is disturbed. */
  readonly offers: readonly OfferRecord[];
  /** Smaller is taken first, compared from the left. */
  readonly rank: readonly number[];
}

export interface Rules {
  readonly guard: SliceGuard;
  /** Tasks taken from each role in this round. */
  readonly taken: ReadonlyMap<string, number>;
  /** How long the claim has been unmet, ms. */
  readonly unmetForMs: number;
}

/** Of a host on which nothing has to go: before any on which offers or tasks do. */
const UNDISTURBED: readonly number[] = [...BELOW_ALL, -Infinity, -Infinity, -Infinity];

interface Candidate {
  readonly task: TaskRecord | null;
  readonly offer: OfferRecord | null;
  readonly role: string;
  readonly resources: Resources;
  /** As `priorityRank` has it. */
  readonly priority: readonly number[];
  readonly share: number;
  readonly sinceMs: number;
  /** Of the launch, on this host: tells tasks of one moment apart. */
  readonly seq: number;
  readonly id: string;
}

/** @param bar called with why a task that would help must stay */
export function roomOn(
  core: Core,
  host: HostRecord,
  claim: SliceClaim,
  rules: Rules,
  bar: (reason: WaitReason, role: string) => void,
): Room | null {
  const chosen: Candidate[] = [];
  let free = freeResources(core, host.hostId);
  if (coversDemand(claim.unit, free)) return { host, tasks: [], offers: [], rank: UNDISTURBED };
  const taken = new Map(rules.taken);
  for (const candidate of candidatesOn(core, host, claim, bar)) {
    if (!helps(candidate.resources, free, claim.unit)) continue;
    const reason = barred(core, candidate, claim, { ...rules, taken });
    if (reason !== null) {
      bar(reason, candidate.role);
      continue;
    }
    rules.guard.take(candidate.role, candidate.resources.quantities);
    if (candidate.task !== null) taken.set(candidate.role, (taken.get(candidate.role) ?? 0) + 1);
    chosen.push(candidate);
    free = addResources(free, candidate.resources);
    if (coversDemand(claim.unit, free)) break;
  }
  for (const { role, resources } of chosen) rules.guard.take(role, resources.quantities, -1);
  return coversDemand(claim.unit, free) ? roomOf(host, needed(core, host, claim, chosen)) : null;
}

function candidatesOn(
  core: Core,
  host: HostRecord,
  claim: SliceClaim,
  bar: (reason: WaitReason, role: string) => void,
): readonly Candidate[] {
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
    const own = core.quota.node(role)?.own ?? {};
    const share = borrowedShare(core.ledger.served(role), own, core.capacity.inShares);
    found.push({ role, resources, priority: priorityRank(core, role), share, ...rest });
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
  return found.sort(
    (a, b) =>
      Number(a.task !== null) - Number(b.task !== null) ||
      compareRanks(a.priority, b.priority) ||
      b.share - a.share ||
      b.sinceMs - a.sinceMs ||
      b.seq - a.seq ||
      (a.id < b.id ? -1 : 1),
  );
}

/** Whether it has any of what is still lacking. */
function helps(has: Resources, free: Resources, unit: Resources): boolean {
  for (const dimension in unit.quantities)
    if (
      amount(free.quantities, dimension) < amount(unit.quantities, dimension) &&
      amount(has.quantities, dimension) > 0
    )
      return true;
  return countPorts(free.ports) < countPorts(unit.ports) && countPorts(has.ports) > 0;
}

/** Why it must stay, binding rule first; null when it may go. */
function barred(core: Core, { task, role, resources }: Candidate, claim: SliceClaim, rules: Rules): WaitReason | null {
  if (!rules.guard.allows(role, claim.role, resources.quantities)) return 'FAIR_SHARE';
  if (task === null) return null;
  const policy = core.state.roles.get(role)?.reclaim ?? DEFAULT_RECLAIM;
  if (policy.kind !== 'hard') return 'SOFT_POLICY';
  if (core.state.frameworkPresence.get(task.frameworkId)?.connected !== true) return 'DISCONNECTED';
  if (isFrozen(core, workloadOf(core, task.frameworkId)) !== null) return 'FROZEN';
  if ((rules.taken.get(role) ?? 0) >= policy.movesPerRound) return 'MOVE_BUDGET';
  return rules.unmetForMs < policy.graceMs ? 'HYSTERESIS' : null;
}

/** Without those that the unit does not need after all, the most valuable ones spared first. */
function needed(core: Core, host: HostRecord, claim: SliceClaim, chosen: readonly Candidate[]): readonly Candidate[] {
  let kept = [...chosen];
  for (const candidate of [...chosen].reverse()) {
    const rest = kept.filter((one) => one !== candidate);
    let free = freeResources(core, host.hostId);
    for (const { resources } of rest) free = addResources(free, resources);
    if (coversDemand(claim.unit, free)) kept = rest;
  }
  return kept;
}

function roomOf(host: HostRecord, chosen: readonly Candidate[]): Room {
  const tasks = chosen.flatMap(({ task }) => task ?? []);
  const offers = chosen.flatMap(({ offer }) => offer ?? []);
  const disturbed = chosen.filter(({ task }) => task !== null);
  const priorities = disturbed.map(({ priority }) => priority).sort(compareRanks);
  const rank = [
    ...(priorities.at(-1) ?? BELOW_ALL),
    tasks.length,
    -Math.min(Infinity, ...disturbed.map(({ share }) => share)),
    -Math.min(Infinity, ...disturbed.map(({ sinceMs }) => sinceMs)),
  ];
  return { host, tasks, offers, rank };
}

/** Negative when the first room is made before the second. */
export function compareRooms(a: Room, b: Room): number {
  const difference = compareRanks(a.rank, b.rank);
  if (difference !== 0) return difference;
  return a.host.hostId < b.host.hostId ? -1 : a.host.hostId === b.host.hostId ? 0 : 1;
}
