import type { Candidate } from './candidates.js';
import type { Draft } from './draft.js';
import { freeSoon, type Stock } from './stock.js';

/**
 * The simple rule that the report compares with: each round, for the most starved role (largest wanted / held) take one
 * host from the one that holds most above what it wants. It looks at no share and no guarantee; limits, minimum hold and
 * budgets hold as ever.
 */
export function draftGreedy(draft: Draft): void {
  const starved = mostStarved(draft);
  if (starved === null) return;
  const to = draft.receiver(starved);
  const donor = largestSurplus(draft, starved);
  if (to === null || donor === null) {
    draft.explain(
      `NO_CAPACITY: ${starved.role} wants ${String(starved.wanted)} and holds ${String(starved.held)}; nobody holds more than it wants`,
    );
    return;
  }
  let best: Candidate | null = null;
  let broken: string | null = null;
  const { open, held } = draft.candidates(donor, to, false);
  for (const candidate of open) {
    const from = { frameworkId: candidate.lease.frameworkId, role: candidate.lease.role };
    const budget = draft.budgets.broken(candidate.host, draft.workloads(from, to), false);
    if (budget !== null) broken ??= budget;
    else if (best === null || cheaper(candidate, best)) best = candidate;
  }
  if (best !== null) {
    const reason = `${starved.role} holds ${String(starved.held)} of the ${String(starved.wanted)} it wants, ${donor.role} ${String(donor.held - donor.wanted)} more than it wants`;
    draft.add(donor, best, to, false, reason);
    return;
  }
  const [reason] = [...held.keys()].sort();
  draft.explain(
    broken !== null
      ? `MOVE_BUDGET: ${starved.role} waits; ${broken}`
      : `${reason ?? 'NO_CAPACITY'}: ${starved.role} waits; no host of ${donor.role} can be taken now`,
  );
}

/** Largest wanted/held among those that want more than they hold and that free hosts will not serve; ties by key. */
function mostStarved(draft: Draft): Stock | null {
  let most: Stock | null = null;
  const free = freeSoon(draft.core);
  for (const stock of draft.stocks.values()) {
    const unmet = stock.wanted - stock.held;
    if (
      unmet <= 0 ||
      unmet <= free.filter((host) => draft.couldUse(stock, host)).length ||
      draft.receiver(stock) === null
    )
      continue;
    // wanted/held compared by cross-multiplication: a role that holds nothing is starved most.
    if (most === null || stock.wanted * most.held > most.wanted * stock.held) most = stock;
  }
  return most;
}

function largestSurplus(draft: Draft, starved: Stock): Stock | null {
  let largest: Stock | null = null;
  for (const stock of draft.stocks.values()) {
    if (stock.shape !== starved.shape || stock.role === starved.role) continue;
    const surplus = stock.held - stock.wanted;
    if (surplus > 0 && stock.settled > 0 && (largest === null || surplus > largest.held - largest.wanted))
      largest = stock;
  }
  return largest;
}

function cheaper(a: Candidate, b: Candidate): boolean {
  if (a.leaveMs !== b.leaveMs) return a.leaveMs < b.leaveMs;
  if (a.units !== b.units) return a.units < b.units;
  return a.host.hostId < b.host.hostId;
}
