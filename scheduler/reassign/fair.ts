import { choose } from './choose.js';
import type { Draft } from './draft.js';
import { hosts, lastingShortages, noteSurpluses, waitForFree, type Shortage } from './shortages.js';
import type { Stock } from './stock.js';

/**
 * Drafts the moves that bring holdings towards entitlements: those of roles as quota says, divided among the frameworks
 * of a role as the allocator would. Lasting shortages get one host each in turn, so that no one is made whole while
 * another still waits for its first. What is or soon will be free is left to the allocator.
 */
export function draftFair(draft: Draft): void {
  const shortages = lastingShortages(draft);
  noteSurpluses(draft);
  let open = waitForFree(draft, shortages);
  while (open.length > 0) {
    const still: Shortage[] = [];
    for (const { stock, missing, reclaim } of open) {
      if (!draftOne(draft, stock, reclaim > 0) || missing === 1) continue;
      still.push({ stock, missing: missing - 1, reclaim: Math.max(0, reclaim - 1) });
    }
    open = still;
  }
  showUnmetGuarantees(draft, shortages);
}

function draftOne(draft: Draft, stock: Stock, reclaim: boolean): boolean {
  const away = draft.cannotReceive(stock);
  if (away !== null) {
    draft.explain(
      `${away}: ${stock.name} lacks ${hosts(1, stock.shape)}, but ${stock.frameworkId} cannot be given any now`,
    );
    return false;
  }
  const choice = choose(draft, stock, reclaim);
  if (choice === null) return false;
  const { donor, candidate } = choice;
  const has = donor.held - draft.taken(donor) > donor.wanted ? 'more than it wants' : 'more than its share';
  const is = reclaim ? 'is below its guarantee' : 'is owed more';
  draft.add(
    donor,
    candidate,
    stock,
    reclaim,
    `${stock.name} ${is} (holds ${String(stock.held)} of ${String(stock.entitled)}), ` +
      `${donor.name} has ${has} (holds ${String(donor.held)}, owed ${String(donor.entitled)}, wants ${String(donor.wanted)})`,
  );
  return true;
}

/** A guarantee that is wanted, unmet, and not being mended is shown with what stands in its way. */
function showUnmetGuarantees(draft: Draft, shortages: readonly Shortage[]): void {
  const { core } = draft;
  const unmet = new Set<string>();
  for (const { stock, reclaim } of shortages) {
    const { role, shape, held, floor } = stock.whole;
    const drafted = draft.moves.filter(
      (move) => move.to.frameworkId === stock.frameworkId && move.to.role === role,
    ).length;
    if (reclaim <= drafted || unmet.has(role)) continue;
    unmet.add(role);
    const why = draft.notMoved.find((sentence) => sentence.includes(`${stock.name} lacks`));
    core.raise(
      'GUARANTEE_UNMET',
      role,
      `${stock.frameworkId} in ${role} holds ${String(held)} of ${String(floor)} guaranteed ${shape} hosts: ${why ?? 'no host can be taken now'}`,
      `mosaic why ${role}`,
    );
  }
  for (const condition of [...core.state.conditions.values()])
    if (condition.kind === 'GUARANTEE_UNMET' && !unmet.has(condition.subject))
      core.clearCondition('GUARANTEE_UNMET', condition.subject);
}
