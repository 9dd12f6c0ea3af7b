import type { Core } from '../core.js';
import type { Holder } from '../state/records.js';
import type { Candidate } from './candidates.js';
import type { Draft } from './draft.js';
import { freeSoon, stockKey, type Stock } from './stock.js';

/** A role that is owed more hosts than it has. */
interface Shortage {
  readonly stock: Stock;
  /** Hosts missing. */
  readonly missing: number;
  /** Of these, how many bring it to its guarantee: they override minimum hold and use the reclaim budget. */
  readonly reclaim: number;
}

interface Choice {
  readonly donor: Stock;
  readonly candidate: Candidate;
}

/**
 * Drafts the moves that bring holdings towards entitlements. Shortages that lasted `hysteresisRounds` are served in
 * order: below guarantee first (higher priority before lower), then the larger shortage; one host each in turn. What is
 * or soon will be free is left to the allocator. Donors give what they hold above their entitlement, hosts that nobody
 * wants first, then from lower priorities, the cheapest to leave first, spread over racks.
 */
export function draftFair(draft: Draft): void {
  const { core } = draft;
  const shortages = lastingShortages(draft);
  noteSurpluses(draft);
  let open = waitForFree(draft, shortages);
  // One host for each shortage in turn: no role is made whole while another still waits for its first.
  while (open.length > 0) {
    const still: Shortage[] = [];
    for (const shortage of open) {
      const reclaim = shortage.reclaim > 0;
      if (!draftOne(draft, shortage.stock, reclaim)) continue;
      const missing = shortage.missing - 1;
      if (missing > 0) still.push({ ...shortage, missing, reclaim: Math.max(0, shortage.reclaim - 1) });
    }
    open = still;
  }
  showUnmetGuarantees(core, draft, shortages);
}

function lastingShortages(draft: Draft): readonly Shortage[] {
  const { core } = draft;
  const { shortRounds, belowGuaranteeSinceMs } = core.planMemory;
  const shortages: Shortage[] = [];
  for (const [key, stock] of draft.stocks) {
    const missing = stock.entitled - stock.held;
    const below = Math.min(stock.floor, stock.entitled) - stock.held;
    if (below > 0) {
      if (!belowGuaranteeSinceMs.has(key)) belowGuaranteeSinceMs.set(key, core.nowMs);
    } else belowGuaranteeSinceMs.delete(key);
    // A few hosts short is noise unless they are guaranteed: chasing every one would move hosts for ever.
    const tolerated = below > 0 ? 0 : core.options.hysteresisHosts;
    if (missing <= tolerated) {
      shortRounds.delete(key);
      continue;
    }
    const rounds = (shortRounds.get(key) ?? 0) + 1;
    shortRounds.set(key, rounds);
    if (rounds >= core.options.hysteresisRounds) shortages.push({ stock, missing, reclaim: Math.max(0, below) });
    else
      draft.explain(
        `HYSTERESIS: ${stock.role} lacks ${hosts(missing, stock.shape)} for ${String(rounds)} of ${String(core.options.hysteresisRounds)} rounds`,
      );
  }
  forgetGone(shortRounds, draft);
  forgetGone(belowGuaranteeSinceMs, draft);
  const priority = (stock: Stock): number => core.state.roles.get(stock.role)?.priority ?? 0;
  return shortages.sort(
    (a, b) =>
      Number(b.reclaim > 0) - Number(a.reclaim > 0) ||
      (a.reclaim > 0 && b.reclaim > 0 ? priority(b.stock) - priority(a.stock) : 0) ||
      b.missing - a.missing ||
      (stockKey(a.stock.role, a.stock.shape) < stockKey(b.stock.role, b.stock.shape) ? -1 : 1),
  );
}

/** Roles and shapes that are no more are forgotten, so that the memory stays as large as what it is about. */
function forgetGone(map: Map<string, number>, draft: Draft): void {
  for (const key of [...map.keys()]) if (!draft.stocks.has(key)) map.delete(key);
}

/** A surplus must last as long as a shortage: demand that dips for a moment does not cost a role its hosts. */
function noteSurpluses(draft: Draft): void {
  const { surplusRounds } = draft.core.planMemory;
  for (const [key, stock] of draft.stocks) {
    if (stock.held > stock.entitled) surplusRounds.set(key, (surplusRounds.get(key) ?? 0) + 1);
    else surplusRounds.delete(key);
  }
  forgetGone(surplusRounds, draft);
}

/** Takes off what free hosts will cover, in order; the rest has to come from someone. */
function waitForFree(draft: Draft, shortages: readonly Shortage[]): Shortage[] {
  if (shortages.length === 0) return [];
  const free = new Set(freeSoon(draft.core));
  const rest: Shortage[] = [];
  for (const shortage of shortages) {
    const { stock, missing, reclaim } = shortage;
    let covered = 0;
    for (const host of free) {
      if (covered === missing) break;
      if (!draft.couldUse(stock, host)) continue;
      free.delete(host);
      covered += 1;
    }
    if (covered > 0)
      draft.explain(
        `OFFERED: ${stock.role} lacks ${hosts(missing, stock.shape)}; ${String(covered)} are free or soon will be`,
      );
    if (covered < missing) rest.push({ stock, missing: missing - covered, reclaim: Math.max(0, reclaim - covered) });
  }
  return rest;
}

function draftOne(draft: Draft, stock: Stock, reclaim: boolean): boolean {
  const to = draft.receiver(stock);
  if (to === null) {
    draft.explain(
      `DISCONNECTED: ${stock.role} lacks ${hosts(1, stock.shape)}, but no framework of it that wants one is connected and free to take it`,
    );
    return false;
  }
  const choice = choose(draft, stock, to, reclaim);
  if (choice === null) return false;
  const { donor, candidate } = choice;
  const why = donor.held - draft.taken(donor) > donor.wanted ? 'more than it wants' : 'more than its share';
  const kind = reclaim ? 'is below its guarantee' : 'is owed more';
  draft.add(
    donor,
    candidate,
    to,
    reclaim,
    `${stock.role} ${kind} (holds ${String(stock.held)} of ${String(stock.entitled)}), ${donor.role} has ${why} (holds ${String(donor.held)}, owed ${String(donor.entitled)}, wants ${String(donor.wanted)})`,
  );
  return true;
}

/** The best host to take for `stock`, or null with the reasons noted. */
function choose(draft: Draft, stock: Stock, to: Holder, reclaim: boolean): Choice | null {
  let best: Choice | null = null;
  let bestRank: readonly number[] = [];
  const why = new Map<string, number>();
  const note = (reason: string, count: number): void => void why.set(reason, (why.get(reason) ?? 0) + count);
  let budget: string | null = null;
  for (const donor of draft.stocks.values()) {
    if (donor.shape !== stock.shape || donor.role === stock.role) continue;
    const surplus = spare(draft, donor, reclaim);
    if (surplus <= 0) continue;
    const refusal = donorHeldBack(draft, donor, reclaim ? stock : null);
    if (refusal !== null) {
      note(refusal, surplus);
      continue;
    }
    const { open, held } = draft.candidates(donor, to, reclaim);
    for (const [reason, count] of held) note(reason, count);
    for (const candidate of open) {
      const from = { frameworkId: candidate.lease.frameworkId, role: candidate.lease.role };
      if (from.frameworkId === to.frameworkId) continue;
      const broken = draft.budgets.broken(candidate.host, draft.workloads(from, to), reclaim);
      if (broken !== null) {
        budget ??= broken;
        continue;
      }
      const rank = rankOf(draft, donor, candidate);
      if (best === null || before(rank, candidate, bestRank, best.candidate)) {
        best = { donor, candidate };
        bestRank = rank;
      }
    }
  }
  if (best === null) explainNone(draft, stock, why, budget);
  return best;
}

/** How many hosts the donor can still give: above its entitlement, never below what it is guaranteed and wants. */
function spare(draft: Draft, donor: Stock, reclaim: boolean): number {
  const taken = draft.taken(donor);
  const aboveShare = donor.held - taken - donor.entitled;
  const aboveFloor = donor.settled - taken - donor.floor;
  const limit = draft.core.state.roles.get(donor.role)?.reclaim.movesPerRound ?? 0;
  const perRound = reclaim && limit > 0 ? limit - taken : Infinity;
  return Math.min(aboveShare, aboveFloor, perRound);
}

/**
 * Why a donor as a whole does not give now.
 * @param reclaimFor the role below its guarantee that takes back, or null when it is only about shares
 */
function donorHeldBack(draft: Draft, donor: Stock, reclaimFor: Stock | null): string | null {
  const { planMemory, options, nowMs, state } = draft.core;
  const key = stockKey(donor.role, donor.shape);
  if (reclaimFor !== null) {
    const graceMs = state.roles.get(donor.role)?.reclaim.graceMs ?? 0;
    const sinceMs = planMemory.belowGuaranteeSinceMs.get(stockKey(reclaimFor.role, reclaimFor.shape)) ?? nowMs;
    return nowMs - sinceMs < graceMs ? 'HYSTERESIS' : null;
  }
  if ((planMemory.surplusRounds.get(key) ?? 0) < options.hysteresisRounds) return 'HYSTERESIS';
  const receivedMs = planMemory.receivedMs.get(key);
  if (receivedMs !== undefined && nowMs - receivedMs < options.hysteresisRounds * options.planPeriodMs)
    return 'HYSTERESIS';
  return null;
}

/** Smaller is taken first, compared from the left. */
function rankOf(draft: Draft, donor: Stock, candidate: Candidate): readonly number[] {
  const nobodyWants = donor.held - draft.taken(donor) > donor.wanted;
  const priority = draft.core.state.roles.get(donor.role)?.priority ?? 0;
  return [
    nobodyWants ? 0 : 1,
    nobodyWants ? 0 : priority,
    candidate.leaveMs,
    candidate.units,
    draft.budgets.rackLoad(candidate.host),
  ];
}

function before(a: readonly number[], hostA: Candidate, b: readonly number[], hostB: Candidate): boolean {
  for (let at = 0; at < a.length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return hostA.host.hostId < hostB.host.hostId;
}

function explainNone(draft: Draft, stock: Stock, why: ReadonlyMap<string, number>, budget: string | null): void {
  const lacks = `${stock.role} lacks ${hosts(1, stock.shape)}`;
  if (budget !== null) {
    draft.explain(`MOVE_BUDGET: ${lacks}; ${budget}`);
    return;
  }
  const reasons = [...why].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const first = reasons[0];
  if (first === undefined) draft.explain(`NO_CAPACITY: ${lacks}; nobody holds more than it is owed`);
  else
    draft.explain(
      `${first[0]}: ${lacks}; of the hosts above entitlement ${reasons.map(([reason, count]) => `${String(count)} are held by ${reason}`).join(', ')}`,
    );
}

/** A guarantee that is wanted, unmet, and not being mended is shown with what stands in its way. */
function showUnmetGuarantees(core: Core, draft: Draft, shortages: readonly Shortage[]): void {
  const unmet = new Set<string>();
  for (const { stock, reclaim } of shortages) {
    const drafted = draft.moves.filter((move) => move.to.role === stock.role).length;
    if (reclaim <= drafted || unmet.has(stock.role)) continue;
    unmet.add(stock.role);
    const why =
      draft.notMoved.find((sentence) => sentence.includes(`${stock.role} lacks`)) ?? 'no host can be taken now';
    core.raise(
      'GUARANTEE_UNMET',
      stock.role,
      `${stock.role} holds ${String(stock.held)} of ${String(stock.floor)} guaranteed ${stock.shape} hosts: ${why}`,
      `mosaic why ${stock.role}`,
    );
  }
  for (const condition of [...core.state.conditions.values()])
    if (condition.kind === 'GUARANTEE_UNMET' && !unmet.has(condition.subject))
      core.clearCondition('GUARANTEE_UNMET', condition.subject);
}

function hosts(count: number, shape: string): string {
  return `${String(count)} ${shape} ${count === 1 ? 'host' : 'hosts'}`;
}
