import type { WaitReason } from '../protocol.js';
import type { Candidate } from './candidates.js';
import type { Core } from '../core.js';
import { DEFAULT_RECLAIM, isWithin } from '../quota/index.js';
import type { HostRecord, TransitionRecord } from '../state/records.js';
import type { Draft, Held, Pool } from './draft.js';
import { BELOW_ALL, compareRanks, priorityRank } from './priority.js';
import { hosts, receivedMsOf } from './shortages.js';
import { roleKey, stockKey, type Stock } from './stock.js';
import { turnedBecause } from './turned.js';
import type { UnmetGuarantee } from './unmet-guarantees.js';

export interface Choice {
  readonly donor: Stock;
  readonly candidate: Candidate;
  /** It helps to meet a guarantee. */
  readonly mends: boolean;
}

interface Ranked extends Choice {
  /** Smaller is taken first, compared from the left. */
  readonly rank: readonly number[];
}

/**
 * The best host to take for `stock`, or null with the reasons noted. Hosts that their holder does not want go first, then
 * those of lower priority; then the cheapest to leave, fewest units, the rack with the fewest moves, and the id.
 *
 * @param missing hosts that the stock still lacks, for the reason
 * @param unmet guarantees that a host for the stock may help to meet; one that a role below them gives does not
 */
export function choose(draft: Draft, stock: Stock, missing: number, unmet: readonly UnmetGuarantee[]): Choice | null {
  let best: Ranked | null = null;
  const why = new Map<WaitReason, Held>();
  const note = (reason: WaitReason, count: number, example: HostRecord | null = null): void => {
    const before = why.get(reason);
    why.set(reason, { count: (before?.count ?? 0) + count, example: before?.example ?? example });
  };
  // What holds some of a donor's hosts stands in the way only where none of its others can be taken.
  const heldOf = ({ held }: Pool): void => {
    for (const [reason, { count, example }] of held) note(reason, count, example);
  };
  let budget: string | null = null;
  for (const donor of draft.stocks.values()) {
    if (donor.shape !== stock.shape || donor.frameworkId === stock.frameworkId) continue;
    const mended = unmet.filter(({ role }) => !isWithin(donor.role, role));
    const reclaim = mended.length > 0;
    const surplus = spare(draft, donor, stock);
    if (surplus <= 0) continue;
    if (reclaim && perRoundLeft(draft, donor) <= 0) {
      budget ??= perRoundText(draft, donor);
      continue;
    }
    // In the order in which rules win: what holds the host itself, then budgets, then hysteresis.
    const pool = draft.pool(donor, reclaim);
    if (pool.racks.size === 0) {
      heldOf(pool);
      continue;
    }
    const broken = draft.budgets.broken(draft.workloads(donor, stock), reclaim);
    if (broken !== null) {
      budget ??= broken;
      continue;
    }
    const refusal = donorHeldBack(draft, donor, stock, mended);
    if (refusal !== null) {
      note(refusal, surplus);
      continue;
    }
    const found = cheapest(draft, donor, stock, pool, reclaim);
    if (found.isUnusable) note('NO_MATCH', surplus);
    if (found.fullRack !== null) budget ??= draft.budgets.rackText(found.fullRack);
    if (found.choice === null) {
      heldOf(pool);
      continue;
    }
    // A donor below the same limit may still give where one outside must not.
    if (draft.room.hit(stock.role, found.choice.candidate.host, donor.role) !== null) {
      note('ROLE_LIMIT', surplus, found.choice.candidate.host);
      continue;
    }
    if (best === null || before(found.choice, best)) best = found.choice;
  }
  if (best === null) explainNone(draft, `${stock.name} lacks ${hosts(missing, stock.shape)}`, why, budget);
  return best;
}

/** The cheapest of a donor's hosts that rack budget and demand allow; among equally cheap ones that in the quietest rack. */
function cheapest(
  draft: Draft,
  donor: Stock,
  stock: Stock,
  pool: Pool,
  mends: boolean,
): { readonly choice: Ranked | null; readonly fullRack: string | null; readonly isUnusable: boolean } {
  let choice: Ranked | null = null;
  let fullRack: string | null = null;
  let isUnusable = false;
  for (const [name, rack] of pool.racks) {
    if (draft.budgets.rackIsFull(name)) {
      fullRack ??= name;
      continue;
    }
    const candidate = draft.firstUsable(rack, stock);
    if (candidate === undefined) {
      isUnusable ||= rack.from < rack.candidates.length;
      continue;
    }
    const ranked: Ranked = { donor, candidate, mends, rank: rankOf(draft, donor, candidate) };
    if (choice === null || before(ranked, choice)) choice = ranked;
  }
  return { choice, fullRack, isUnusable };
}

/** How many hosts the donor can still give: above its part, and never below what its role and those above are owed. */
function spare(draft: Draft, donor: Stock, receiver: Stock): number {
  const taken = draft.taken(donor);
  const byOthers = draft.guard.spare(donor.role, receiver.role, donor.shape);
  return Math.min(donor.held - taken - donor.entitled, donor.settled - taken, byOthers);
}

/** How many more hosts the donor's role gives to guarantees in this round; its policy may say none at all. */
function perRoundLeft(draft: Draft, donor: Stock): number {
  const limit = draft.core.state.roles.get(donor.role)?.reclaim.movesPerRound ?? DEFAULT_RECLAIM.movesPerRound;
  return limit - draft.takenFromRole(donor.role);
}

function perRoundText(draft: Draft, donor: Stock): string {
  const limit = draft.core.state.roles.get(donor.role)?.reclaim.movesPerRound ?? DEFAULT_RECLAIM.movesPerRound;
  return `${donor.role} gives back ${limit === 0 ? 'none' : `at most ${String(limit)}`} in a round (reclaim.movesPerRound)`;
}

/**
 * Why a donor as a whole does not give now.
 * @param mended guarantees that its host would help to meet; empty when it is only about shares
 */
function donorHeldBack(draft: Draft, donor: Stock, stock: Stock, mended: readonly UnmetGuarantee[]): WaitReason | null {
  const { options, nowMs, state } = draft.core;
  const { memory } = draft;
  if (mended.length > 0) {
    const graceMs = state.roles.get(donor.role)?.reclaim.graceMs ?? 0;
    const lasts = mended.some(({ role, shape }) => {
      const sinceMs = memory.belowGuaranteeSinceMs.get(roleKey(role, shape)) ?? nowMs;
      return nowMs - sinceMs >= graceMs;
    });
    return lasts ? null : 'HYSTERESIS';
  }
  // A host that its holder needs serves nobody while it moves: to even out a few hosts that way costs more than it brings.
  if (isWanted(draft, donor) && stock.entitled - stock.held <= options.hysteresisHosts) return 'HYSTERESIS';
  const rounds = memory.surplusRounds.get(stockKey(donor.frameworkId, donor.role, donor.shape)) ?? 0;
  if (rounds < options.hysteresisRounds) return 'HYSTERESIS';
  const receivedMs = receivedMsOf(draft, donor);
  if (receivedMs !== undefined && nowMs - receivedMs < options.hysteresisRounds * options.planPeriodMs)
    return 'HYSTERESIS';
  return null;
}

/** Whether the donor's demand needs every host that it still has in this draft. */
function isWanted(draft: Draft, donor: Stock): boolean {
  return donor.held - draft.taken(donor) <= donor.wanted;
}

function rankOf(draft: Draft, donor: Stock, candidate: Candidate): readonly number[] {
  const nobodyWants = !isWanted(draft, donor);
  return [
    nobodyWants ? 0 : 1,
    ...(nobodyWants ? BELOW_ALL : priorityRank(draft.core, donor.role)),
    candidate.leaveMs,
    candidate.units,
    draft.budgets.rackLoad(candidate.rack),
  ];
}

function before(a: Ranked, b: Ranked): boolean {
  const difference = compareRanks(a.rank, b.rank);
  return difference === 0 ? a.candidate.host.hostId < b.candidate.host.hostId : difference < 0;
}

function explainNone(draft: Draft, lacks: string, why: ReadonlyMap<WaitReason, Held>, budget: string | null): void {
  if (budget !== null) {
    draft.explain(`MOVE_BUDGET: ${lacks}; ${budget}`);
    return;
  }
  const reasons = [...why].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
  const [first] = reasons;
  if (first === undefined) {
    draft.explain(`NO_CAPACITY: ${lacks}; nobody holds more than it is owed`);
    return;
  }
  const counts = reasons.map(([reason, { count, example }]) => heldText(draft.core, reason, count, example)).join(', ');
  draft.explain(`${first[0]}: ${lacks}; hosts of who has more than its share are held back, ${counts}`);
}

/** `2 by COOL_DOWN (p1 of kubernetes/east: drain was refused: vm db2 is pinned)` */
function heldText(core: Core, reason: WaitReason, count: number, example: HostRecord | null): string {
  const text = `${String(count)} by ${reason}`;
  if (example === null) return text;
  const holder = core.state.leases.get(example.leaseId ?? '')?.frameworkId ?? 'nobody';
  const blocked = blockedText(core, reason, example, holder);
  return `${text} (${example.name} of ${holder}${blocked === '' ? '' : `: ${blocked}`})`;
}

/** What stands behind the reason, where it is known. */
function blockedText(core: Core, reason: WaitReason, host: HostRecord, holder: string): string {
  switch (reason) {
    case 'COOL_DOWN': {
      let last: TransitionRecord | undefined;
      for (const id of core.state.runningTransitions.get('ended')) {
        const one = core.state.transitions.get(id);
        if (one?.hostId === host.hostId && (last === undefined || one.endedMs >= last.endedMs)) last = one;
      }
      return last === undefined ? '' : turnedBecause(last);
    }
    case 'BLOCKED_DRAIN':
      return core.state.frameworkPresence.get(holder)?.hosts.get(host.hostId)?.drift ?? '';
    case 'NOT_CLEAN':
      return host.quarantineReason;
    case 'FROZEN':
      return host.cordonReason;
    default:
      return '';
  }
}
