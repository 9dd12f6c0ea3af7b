import type { OfferRecord } from '../state/records.js';
import { isWithin } from '../quota/index.js';
import type { Draft } from './draft.js';
import { lastingShortages, waitForFree } from './shortages.js';
import { stockKey, type Stock } from './stock.js';

/**
 * Open offers of whole hosts to borrowers that a role below its guarantee could use, the newest first, and no more than
 * it lacks beyond what is free: taking back an offer disrupts nobody, taking back a host does. Groups go as one.
 *
 * @param draft one whose memory says that every shortage has lasted
 */
export function offersInTheWay(draft: Draft): readonly string[] {
  const { core } = draft;
  const found = new Set<string>();
  const left = new Map<string, number>();
  const surplusOf = (stock: Stock): number => left.get(keyOf(stock)) ?? stock.held - stock.entitled;
  const offers = [...core.state.offers.values()].filter(isBorrowable).reverse();
  for (const { stock, missing, reclaim, unmet } of waitForFree(draft, lastingShortages(draft))) {
    if (draft.cannotReceive(stock) !== null) continue;
    let needed = Math.min(missing, reclaim);
    for (const offer of offers) {
      if (needed <= 0) break;
      if (found.has(offer.offerId) || draft.closing.has(offer.offerId)) continue;
      const host = core.state.hosts.get(offer.hostId);
      if (host === undefined || !draft.couldUse(stock, host)) continue;
      const owner = draft.stocks.get(stockKey(offer.frameworkId, offer.role, host.shape));
      if (owner === undefined || unmet.every(({ role }) => isWithin(offer.role, role))) continue;
      const group = offer.groupId === null ? [offer.offerId] : [...core.state.offersByGroup.get(offer.groupId)];
      if (surplusOf(owner) < group.length) continue;
      left.set(keyOf(owner), surplusOf(owner) - group.length);
      for (const offerId of group) found.add(offerId);
      needed -= group.length;
    }
  }
  return [...found];
}

function isBorrowable(offer: OfferRecord): boolean {
  return offer.wholeHost && offer.transitionId === null;
}

function keyOf({ frameworkId, role, shape }: Stock): string {
  return stockKey(frameworkId, role, shape);
}
