import { compareCandidates, type Candidate } from './candidates.js';
import type { Draft } from './draft.js';
import { freeSoon, type Stock } from './stock.js';

/**
 * The simple rule that the report compares with: each round, for the most starved framework (largest wanted / held) take
 * one host from the one that holds most above what it wants. It looks at no share and no guarantee; limits, minimum hold
 * and budgets hold as ever.
 */
export function draftGreedy(draft: Draft): void {
  const starved = mostStarved(draft);
  if (starved === null) return;
  const donor = largestSurplus(draft, starved);
  const wants = `${starved.name} wants ${String(starved.wanted)} and holds ${String(starved.held)}`;
  if (donor === null) {
    draft.explain(`NO_CAPACITY: ${wants}; nobody holds more than it wants`);
    return;
  }
  const broken = draft.budgets.broken(draft.workloads(donor, starved), false);
  if (broken !== null) {
    draft.explain(`MOVE_BUDGET: ${wants}; ${broken}`);
    return;
  }
  const { racks, held } = draft.pool(donor, false);
  let best: Candidate | null = null;
  let full: string | null = null;
  for (const [name, rack] of racks) {
    const candidate = draft.firstUsable(rack, starved);
    if (candidate === undefined) continue;
    if (draft.budgets.rackIsFull(name)) full ??= name;
    else if (best === null || compareCandidates(candidate, best) < 0) best = candidate;
  }
  if (best !== null) {
    const more = String(donor.held - donor.wanted);
    draft.add(donor, best, starved, false, `${wants}, ${donor.name} holds ${more} more than it wants`);
    return;
  }
  const [reason] = [...held.keys()].sort();
  if (full !== null) draft.explain(`MOVE_BUDGET: ${wants}; ${draft.budgets.rackText(full)}`);
  else draft.explain(`${reason ?? 'NO_MATCH'}: ${wants}; no host of ${donor.name} can be taken now`);
}

/** Largest wanted/held among those that want more than they hold and that free hosts will not serve; ties by key. */
function mostStarved(draft: Draft): Stock | null {
  let most: Stock | null = null;
  const free = freeSoon(draft.core, draft.closing);
  for (const stock of draft.stocks.values()) {
    const unmet = stock.wanted - stock.held;
    if (unmet <= 0 || draft.cannotReceive(stock) !== null) continue;
    if (unmet <= free.filter((host) => draft.couldUse(stock, host)).length) continue;
    // wanted/held compared by cross-multiplication: who holds nothing is starved most.
    if (most === null || stock.wanted * most.held > most.wanted * stock.held) most = stock;
  }
  return most;
}

function largestSurplus(draft: Draft, starved: Stock): Stock | null {
  let largest: Stock | null = null;
  for (const stock of draft.stocks.values()) {
    if (stock.shape !== starved.shape || stock.frameworkId === starved.frameworkId) continue;
    const surplus = stock.held - stock.wanted;
    if (surplus <= 0 || stock.settled === 0) continue;
    if (largest === null || surplus > largest.held - largest.wanted) largest = stock;
  }
  return largest;
}
