/**
 * Divides `total` whole things in proportion to `weights` by largest remainder; of equal remainders the earlier wins.
 * All zero when the weights are.
 */
export function largestRemainder(weights: readonly number[], total: number): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (weight * total) / sum);
  const counts = exact.map(Math.floor);
  const order = exact.map((value, index) => ({ index, remainder: value - Math.floor(value) }));
  order.sort((left, right) => right.remainder - left.remainder || left.index - right.index);
  let left = total - counts.reduce((all, count) => all + count, 0);
  for (const { index } of order) {
    if (left <= 0) break;
    counts[index] = (counts[index] ?? 0) + 1;
    left -= 1;
  }
  return counts;
}
