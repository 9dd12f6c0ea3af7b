import type { Offer } from '../../scheduler/index.js';

/** The offers of each group together, each other one alone, in their order. */
export function grouped(offers: readonly Offer[]): readonly (readonly Offer[])[] {
  const groups = new Map<string, Offer[]>();
  for (const offer of offers) {
    const key = offer.groupId ?? offer.offerId;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [offer]);
    else group.push(offer);
  }
  return [...groups.values()];
}
