/**
 * Sets of ports as sorted, disjoint, non-adjacent inclusive ranges. Every function returns that form; every argument but
 * `normalise`'s must have it.
 */
import assert from 'node:assert';
import type { PortRange } from './types.js';

export const NO_PORTS: readonly PortRange[] = Object.freeze([]);

/** Sorts, and joins ranges that touch or overlap. */
export function normalise(ranges: readonly PortRange[]): readonly PortRange[] {
  const sorted = [...ranges].sort((a, b) => a.first - b.first);
  const joined: PortRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && range.first <= last.last + 1) {
      joined[joined.length - 1] = { first: last.first, last: Math.max(last.last, range.last) };
    } else {
      joined.push(range);
    }
  }
  return joined;
}

export function union(a: readonly PortRange[], b: readonly PortRange[]): readonly PortRange[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  return normalise([...a, ...b]);
}

/** Ports of `a` that are not in `b`. */
export function subtractPorts(a: readonly PortRange[], b: readonly PortRange[]): readonly PortRange[] {
  if (a.length === 0 || b.length === 0) return a;
  const rest: PortRange[] = [];
  let at = 0;
  for (const range of a) {
    let first = range.first;
    // Cuts that end before this range end before every later one, too.
    while ((b[at]?.last ?? Infinity) < first) at += 1;
    for (let cut = b[at], next = at; cut !== undefined && cut.first <= range.last; next += 1, cut = b[next]) {
      if (cut.first > first) rest.push({ first, last: cut.first - 1 });
      first = Math.max(first, cut.last + 1);
    }
    if (first <= range.last) rest.push({ first, last: range.last });
  }
  return rest;
}

export function containsPorts(outer: readonly PortRange[], inner: readonly PortRange[]): boolean {
  let at = 0;
  for (const range of inner) {
    while ((outer[at]?.last ?? Infinity) < range.first) at += 1;
    const around = outer[at];
    if (around === undefined || around.first > range.first || around.last < range.last) return false;
  }
  return true;
}

/** Number of single ports. */
export function countPorts(ranges: readonly PortRange[]): number {
  let count = 0;
  for (const range of ranges) count += range.last - range.first + 1;
  return count;
}

/** The lowest `count` ports. Throws an assertion error when there are fewer. */
export function takePorts(ranges: readonly PortRange[], count: number): readonly PortRange[] {
  const taken: PortRange[] = [];
  let left = count;
  for (const range of ranges) {
    if (left === 0) break;
    const last = Math.min(range.last, range.first + left - 1);
    taken.push({ first: range.first, last });
    left -= last - range.first + 1;
  }
  assert(left === 0, `${count} ports wanted where there are ${count - left}`);
  return taken;
}
