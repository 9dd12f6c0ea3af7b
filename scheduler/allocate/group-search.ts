/**
 * Finds hosts that together stay below limits, where those that fit best do not: hosts of one shape differ in size, and a
 * group that takes the best-fitting ones may pass a limit that others would not.
 */
import { amount, type Quantities } from '../resources/index.js';

/** Looks at a host that the searches of one pass may make; a search that needs more finds nothing. */
export const GROUP_LOOKS_MAX = 100_000;

/** The looks that are left; shared by the searches of a pass. */
export interface Looks {
  left: number;
}

/**
 * The first `count` of `charges`, by index and in lexicographic order, whose sum is at most `room` in every dimension that
 * `room` names; null when there are none or the looks run out.
 */
export function firstWithin(
  charges: readonly Quantities[],
  count: number,
  room: Quantities,
  looks: Looks,
): readonly number[] | null {
  const dimensions = Object.keys(room);
  const least = leastFrom(charges, dimensions);
  const left = dimensions.map((dimension) => amount(room, dimension));
  const chosen: number[] = [];
  /** Whether `needed` hosts from `at` on could still stay below, were each as small as the smallest of them. */
  const isHopeless = (at: number, needed: number): boolean =>
    at + needed > charges.length || left.some((rest, index) => (least[index]?.[at] ?? 0) * needed > rest);
  const take = (at: number, sign: 1 | -1): void => {
    for (const [index, dimension] of dimensions.entries())
      left[index] = (left[index] ?? 0) - sign * amount(charges[at] ?? {}, dimension);
  };
  for (let at = 0; chosen.length < count;) {
    looks.left -= 1;
    if (looks.left < 0) return null;
    if (!isHopeless(at, count - chosen.length)) {
      take(at, 1);
      if (left.every((rest) => rest >= 0)) chosen.push(at);
      else take(at, -1);
      at += 1;
      continue;
    }
    // Without the last one chosen, nor any that takes the same.
    const last = chosen.pop();
    if (last === undefined) return null;
    take(last, -1);
    at = last + 1;
    while (at < charges.length && isSame(charges[at] ?? {}, charges[last] ?? {}, dimensions)) {
      at += 1;
      looks.left -= 1;
    }
  }
  return chosen;
}

/** By dimension and index: the least that any host from there on takes. */
function leastFrom(charges: readonly Quantities[], dimensions: readonly string[]): readonly Float64Array[] {
  return dimensions.map((dimension) => {
    const least = new Float64Array(charges.length + 1).fill(Infinity);
    for (let at = charges.length - 1; at >= 0; at -= 1)
      least[at] = Math.min(least[at + 1] ?? Infinity, amount(charges[at] ?? {}, dimension));
    return least;
  });
}

function isSame(a: Quantities, b: Quantities, dimensions: readonly string[]): boolean {
  return dimensions.every((dimension) => amount(a, dimension) === amount(b, dimension));
}

/** The largest part that it takes of what is left in any dimension: above 1 it does not fit, Infinity where nothing is left. */
export function partOf(charge: Quantities, room: Quantities): number {
  let part = 0;
  for (const dimension in room) {
    const takes = amount(charge, dimension);
    if (takes > 0) part = Math.max(part, takes / amount(room, dimension));
  }
  return part;
}
