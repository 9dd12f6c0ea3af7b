import type { Draft } from './draft.js';
import { withinReach } from './minimum.js';
import { compareRanks, priorityRank } from './priority.js';
import { freeSoon, stockKey, type Stock } from './stock.js';
import { unmetFor, unmetGuarantees, type UnmetGuarantee } from './unmet-guarantees.js';

/** A framework that is owed more hosts than it has. */
export interface Shortage {
  readonly stock: Stock;
  /** Hosts missing. */
  readonly missing: number;
  /** Of these, how many bring a role to its guarantee: they override minimum hold and use the reclaim budget. */
  readonly reclaim: number;
  /** The guarantees that these help to meet: of its role, and of roles above it. */
  readonly unmet: readonly UnmetGuarantee[];
}

/**
 * Shortages that have lasted `hysteresisRounds`, in the order they are served: below guarantee first (higher priority
 * before lower), then the larger shortage, then by key.
 */
export function lastingShortages(draft: Draft): readonly Shortage[] {
  const { core } = draft;
  const { shortRounds } = draft.memory;
  const allUnmet = unmetGuarantees(draft);
  const shortages: Shortage[] = [];
  for (const [key, stock] of draft.stocks) {
    const reach = stock.entitled > stock.held ? withinReach(core, stock) : null;
    const missing = (reach?.hosts ?? stock.entitled) - stock.held;
    if (reach !== null && reach.stays !== null && missing < stock.entitled - stock.held)
      draft.explain(
        `FAIR_SHARE: ${stock.name} lacks ${hosts(stock.entitled - stock.held, stock.shape)}; ` +
          `its demand ${reach.stays.demandId} is of use from ${String(reach.stays.atLeast)} hosts on, and it is owed ${String(stock.entitled)}`,
      );
    const unmet = unmetFor(allUnmet, stock);
    const reclaim = Math.min(Math.max(0, missing), Math.max(0, ...unmet.map((one) => one.missing)));
    if (missing <= 0) {
      // Hosts whose forecast may still end their move do not end the shortage: its rounds stand until that is known.
      if (missing + stock.uncertain <= 0) shortRounds.delete(key);
      continue;
    }
    for (const one of unmet) one.missing = Math.max(0, one.missing - reclaim);
    const rounds = roundsNow(draft, shortRounds, key);
    shortRounds.set(key, rounds);
    if (rounds >= core.options.hysteresisRounds) shortages.push({ stock, missing, reclaim, unmet });
    else
      draft.explain(
        `HYSTERESIS: ${stock.name} lacks ${hosts(missing, stock.shape)} for ${String(rounds)} of ${String(core.options.hysteresisRounds)} rounds`,
      );
  }
  forgetGone(shortRounds, draft.stocks);
  const priority = ({ stock }: Shortage): readonly number[] => priorityRank(core, stock.role);
  // The sort is stable and the stocks come in order of their keys.
  return shortages.sort(
    (a, b) =>
      Number(b.reclaim > 0) - Number(a.reclaim > 0) ||
      (a.reclaim > 0 && b.reclaim > 0 ? compareRanks(priority(b), priority(a)) : 0) ||
      b.missing - a.missing,
  );
}

/** Rounds in which it was so, this one included: the first counts in any case, others where the round does. */
function roundsNow(draft: Draft, memory: ReadonlyMap<string, number>, key: string): number {
  const before = memory.get(key) ?? 0;
  return before === 0 || draft.counts ? before + 1 : before;
}

/** A surplus must last as long as a shortage: demand that dips for a moment does not cost anyone its hosts. */
export function noteSurpluses(draft: Draft): void {
  const { surplusRounds, receivedMs } = draft.memory;
  for (const [key, stock] of draft.stocks) {
    if (stock.held > stock.entitled) surplusRounds.set(key, roundsNow(draft, surplusRounds, key));
    else if (stock.held + stock.mayStay <= stock.entitled) surplusRounds.delete(key);
  }
  forgetGone(surplusRounds, draft.stocks);
  forgetGone(receivedMs, draft.stocks);
}

/**
 * Takes off what free hosts will cover, in order; the rest has to come from someone. A free host covers nothing for a role
 * at its limit: there only a host that changes hands below the limit helps. Nor does one that a lending limit keeps for
 * other roles, or for a framework that can be given none now: the allocator would not give it.
 */
export function waitForFree(draft: Draft, shortages: readonly Shortage[]): readonly Shortage[] {
  if (shortages.length === 0) return [];
  const free = new Set(freeSoon(draft.core, draft.closing));
  const freeOf = new Map<string, number>();
  for (const { shape } of free) freeOf.set(shape, (freeOf.get(shape) ?? 0) + 1);
  const rest: Shortage[] = [];
  for (const shortage of shortages) {
    const { stock, missing, reclaim } = shortage;
    if (draft.cannotReceive(stock) !== null) {
      rest.push(shortage);
      continue;
    }
    const kept = draft.room.keptFrom(stock.role, stock.shape);
    let left = freeOf.get(stock.shape) ?? 0;
    let covered = 0;
    for (const host of free) {
      if (covered === missing || left <= kept) break;
      if (!draft.couldUse(stock, host)) continue;
      if (draft.room.hit(stock.role, host, null) !== null) break;
      draft.room.take(stock.role, host, null);
      free.delete(host);
      left -= 1;
      covered += 1;
    }
    freeOf.set(stock.shape, left);
    if (covered > 0)
      draft.explain(
        `OFFERED: ${stock.name} lacks ${hosts(missing, stock.shape)}; ${String(covered)} are free or soon will be`,
      );
    if (covered < missing)
      rest.push({ ...shortage, missing: missing - covered, reclaim: Math.max(0, reclaim - covered) });
  }
  return rest;
}

/** When a stock last received a host by a planned move, or undefined. */
export function receivedMsOf(draft: Draft, stock: Stock): number | undefined {
  return draft.memory.receivedMs.get(stockKey(stock.frameworkId, stock.role, stock.shape));
}

export function hosts(count: number, shape: string): string {
  return `${String(count)} ${shape} ${count === 1 ? 'host' : 'hosts'}`;
}

/** What is no more is forgotten, so that the memory stays as large as what it is about. */
function forgetGone(memory: Map<string, number>, known: ReadonlyMap<string, unknown>): void {
  for (const key of [...memory.keys()]) if (!known.has(key)) memory.delete(key);
}
