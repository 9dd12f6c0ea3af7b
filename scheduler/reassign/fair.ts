import { choose, type Choice } from './choose.js';
import type { Draft } from './draft.js';
import { hosts, lastingShortages, noteSurpluses, waitForFree, type Shortage } from './shortages.js';

/**
 * Drafts the moves that bring holdings towards entitlements: those of roles as quota says, divided among the frameworks
 * of a role as the allocator would. Lasting shortages get one host each in turn, so that no one is made whole while
 * another still waits for its first. What is or soon will be free is left to the allocator.
 *
 * @returns the lasting shortages, whether they are mended or not
 */
export function draftFair(draft: Draft): readonly Shortage[] {
  const shortages = lastingShortages(draft);
  noteSurpluses(draft);
  let open = waitForFree(draft, shortages);
  while (open.length > 0) {
    const still: Shortage[] = [];
    for (const shortage of open) {
      const choice = draftOne(draft, shortage);
      if (choice === null || shortage.missing === 1) continue;
      const reclaim = shortage.reclaim - Number(choice.mends);
      still.push({ ...shortage, missing: shortage.missing - 1, reclaim: Math.max(0, reclaim) });
    }
    open = still;
  }
  return shortages;
}

function draftOne(draft: Draft, { stock, missing, reclaim, unmet }: Shortage): Choice | null {
  const away = draft.cannotReceive(stock);
  if (away !== null) {
    draft.explain(
      `${away}: ${stock.name} lacks ${hosts(missing, stock.shape)}, but ${stock.frameworkId} cannot be given any now`,
    );
    return null;
  }
  const choice = choose(draft, stock, missing, reclaim > 0 ? unmet : []);
  if (choice === null) return null;
  const { donor, candidate, mends } = choice;
  const has = donor.held - draft.taken(donor) > donor.wanted ? 'more than it wants' : 'more than its share';
  const is = mends ? 'is below its guarantee' : 'is owed more';
  draft.add(
    donor,
    candidate,
    stock,
    mends,
    `${stock.name} ${is} (holds ${String(stock.held)} of ${String(stock.entitled)}), ` +
      `${donor.name} has ${has} (holds ${String(donor.held)}, owed ${String(donor.entitled)}, wants ${String(donor.wanted)})`,
  );
  return choice;
}

/** A guarantee that is wanted, unmet, and not being mended is shown with what stands in its way. */
export function showUnmetGuarantees(draft: Draft, shortages: readonly Shortage[]): void {
  const { core } = draft;
  const unmet = new Set<string>();
  for (const { stock, reclaim, unmet: guarantees } of shortages) {
    const drafted = draft.moves.filter(
      (move) => move.to.frameworkId === stock.frameworkId && move.to.role === stock.role,
    ).length;
    if (reclaim <= drafted) continue;
    const why = draft.notMoved.find((sentence) => sentence.includes(`${stock.name} lacks`));
    for (const { role, shape, held, floor } of guarantees) {
      if (unmet.has(role)) continue;
      unmet.add(role);
      const of = role === stock.role ? role : `${stock.role}: ${role}`;
      core.raise(
        'GUARANTEE_UNMET',
        role,
        `${stock.frameworkId} in ${of} holds ${String(held)} of ${String(floor)} guaranteed ${shape} hosts: ` +
          (why ?? 'no host can be taken now'),
        `mosaic why ${role}`,
      );
    }
  }
  for (const condition of [...core.state.conditions.values()])
    if (
      condition.kind === 'GUARANTEE_UNMET' &&
      !unmet.has(condition.subject) &&
      !core.sliceMemory.unmet.has(condition.subject)
    )
      core.clearCondition('GUARANTEE_UNMET', condition.subject);
}
