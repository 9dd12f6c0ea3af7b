/**
 * Dominant shares in whole numbers. A share is counted in parts per billion of the fleet and two weighted shares are
 * compared by cross-multiplication, so that no rounding of floating point ever decides who goes first:
 *
 *   share   s ≤ 4 · 10⁹      (a role may use more than the fleet has while hosts are lost; it is cut off at four times)
 *   weight  w ≤ 10⁶
 *   s₁/w₁ < s₂/w₂  ⇔  s₁·w₂ < s₂·w₁,  products ≤ 4 · 10¹⁵ < 2⁵³
 *
 * One part per billion is a thousandth of a CPU in a fleet of a million; what is closer than that is a tie.
 * Dominant resource fairness: Ghodsi et al., NSDI 2011. Ours counts only what is *borrowed*: use above the guarantee.
 */
import { amount, type Quantities } from '../resources/index.js';

export const SHARE_WHOLE = 1_000_000_000;
export const SHARE_MAX = 4 * SHARE_WHOLE;
export const WEIGHT_MAX = 1_000_000;

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

/**
 * Dominant share of what is used above `own`: the largest share of any resource of the fleet.
 * @param use what the role is charged
 * @param own what of that is its own by guarantee
 * @param total what the fleet has; dimensions that it does not have are not looked at
 */
export function borrowedShare(use: Quantities, own: Quantities, total: Quantities): number {
  let dominant = 0;
  for (const dimension in total) {
    const borrowed = amount(use, dimension) - amount(own, dimension);
    if (borrowed <= 0) continue;
    const share = partsPerBillion(borrowed, amount(total, dimension));
    if (share > dominant) dominant = share;
  }
  return dominant;
}

/** Negative when the first goes before the second, 0 at a tie. */
export function compareWeighted(shareA: number, weightA: number, shareB: number, weightB: number): number {
  return shareA * weightB - shareB * weightA;
}
