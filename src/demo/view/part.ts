import type { Line } from './text.js';

/** A block of the screen that can do with more or fewer lines. */
export interface Part {
  /** Lines below which it is of no use; 0 for a part with nothing to say. */
  readonly min: number;
  /** Lines beyond which it has nothing more to say. */
  readonly max: number;
  /** Lower goes first when lines are short. */
  readonly rank: number;
  /** Draws at most `lines` lines. */
  draw(lines: number): readonly Line[];
}

/**
 * Lines for each part, in their order, at most `rows` in all: first everyone's least, by rank (what does not fit is left
 * out), then more, by rank.
 */
export function share(parts: readonly Part[], rows: number): readonly number[] {
  const given = parts.map(() => 0);
  let left = rows;
  const byRank = parts.map((part, index) => ({ part, index })).sort((a, b) => a.part.rank - b.part.rank);
  for (const { part, index } of byRank) {
    if (part.max === 0 || part.min > left) continue;
    given[index] = part.min;
    left -= part.min;
  }
  for (const { part, index } of byRank) {
    const has = given[index] ?? 0;
    if (has === 0 && part.min > 0) continue;
    const more = Math.min(part.max - has, left);
    given[index] = has + more;
    left -= more;
  }
  return given;
}

/** A part that is one fixed block. */
export function block(lines: readonly Line[], rank: number): Part {
  return { min: lines.length, max: lines.length, rank, draw: (count) => lines.slice(0, count) };
}
