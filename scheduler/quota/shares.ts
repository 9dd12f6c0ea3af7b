/**
 * Dominant shares: what part of the fleet a role borrows, in the dimension in which that part is largest. A share is kept
 * as the fraction `borrowed / whole` and, rounded, as a number; no rounding ever decides who goes first:
 *
 *   two weighted shares  b₁/(f₁·w₁) and b₂/(f₂·w₂)  are compared as  s₁·w₂  and  s₂·w₁, with s = b/f rounded;
 *   each product is off by less than 2⁻⁵¹ of itself, so a difference above that decides; below it the fractions do,
 *   exactly, because equal shares must be seen as equal or a tie would move a host.
 *
 * Dominant resource fairness: Ghodsi et al., NSDI 2011. Ours counts only what is *borrowed*: use above the guarantee.
 */
import { amount, type Quantities } from '../resources/index.js';

/** What shares in parts per billion are cut off at. */
export const SHARE_MAX = 4_000_000_000;
export const WEIGHT_MAX = 1_000_000;

/** Relative error of a rounded weighted share, with room to spare. */
const ROUNDING = 2 ** -50;

/** Above this, `rest * 1000` below could pass 2^53; such amounts (bytes) are counted in Mi instead. */
const EXACT_WHOLE_MAX = 2 ** 43;
const MEBI = 2 ** 20;

/** `⌊10⁹ · part / whole⌋` by long division in base 1000, exact for whole numbers; cut off at `SHARE_MAX`. */
export function partsPerBillion(part: number, whole: number): number {
  if (part <= 0) return 0;
  if (whole <= 0) return SHARE_MAX;
  let rest = part;
  let divisor = whole;
  if (divisor >= EXACT_WHOLE_MAX || rest >= 4 * EXACT_WHOLE_MAX) {
    rest = Math.floor(rest / MEBI);
    divisor = Math.max(1, Math.floor(divisor / MEBI));
  }
  let quotient = Math.floor(rest / divisor);
  if (quotient >= 4) return SHARE_MAX;
  for (let digits = 0; digits < 3; digits += 1) {
    rest = (rest % divisor) * 1000;
    quotient = quotient * 1000 + Math.floor(rest / divisor);
  }
  return quotient;
}

/** A dominant share: `borrowed / whole` of the dimension in which it is largest, and `share`, that number rounded. */
export interface DominantShare {
  share: number;
  borrowed: number;
  whole: number;
}

/**
 * Writes into `target` the dominant share of what is used above `own`; nothing is allocated, because every grant asks.
 * @param use what the role is charged
 * @param own what of that is its own by guarantee
 * @param total what the fleet has; dimensions that it does not have are not looked at
 */
export function dominantShareInto(target: DominantShare, use: Quantities, own: Quantities, total: Quantities): void {
  target.share = 0;
  target.borrowed = 0;
  target.whole = 1;
  for (const dimension in total) {
    const borrowed = amount(use, dimension) - amount(own, dimension);
    if (borrowed <= 0) continue;
    const whole = amount(total, dimension);
    const share = borrowed / whole;
    if (whole <= 0 || share <= target.share) continue;
    target.share = share;
    target.borrowed = borrowed;
    target.whole = whole;
  }
}

/** The dominant share of what is borrowed, in parts per billion. */
export function borrowedShare(use: Quantities, own: Quantities, total: Quantities): number {
  const found: DominantShare = { share: 0, borrowed: 0, whole: 1 };
  dominantShareInto(found, use, own, total);
  return partsPerBillion(found.borrowed, found.whole);
}

/** Negative when the first goes before the second, 0 at a tie. */
export function compareWeighted(a: DominantShare, weightA: number, b: DominantShare, weightB: number): number {
  const left = a.share * weightB;
  const right = b.share * weightA;
  const difference = left - right;
  if (Math.abs(difference) > (left + right) * ROUNDING) return difference;
  if (a.borrowed === 0 || b.borrowed === 0) return a.borrowed - b.borrowed;
  if (a.whole === b.whole && weightA === weightB) return a.borrowed - b.borrowed;
  // Seldom: nearly equal shares of different weights or resources. The products pass 2^53 by far.
  const exactLeft = BigInt(a.borrowed) * BigInt(b.whole) * BigInt(weightB);
  const exactRight = BigInt(b.borrowed) * BigInt(a.whole) * BigInt(weightA);
  return exactLeft < exactRight ? -1 : exactLeft > exactRight ? 1 : 0;
}
