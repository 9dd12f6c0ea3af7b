/**
 * Arithmetic on quantities. All results are new objects without zero entries; nothing here rounds. Sums are exact: amounts
 * in bytes are whole MiB (`byte-units.ts`), and what a host may have (`reconcile/limits.ts`) keeps sums over the largest
 * fleet below 2^53 of these and of everything else.
 */
import assert from 'node:assert';
import type { Quantities } from './types.js';

/** Quantities under construction; hand them out as `Quantities`. */
export type MutableQuantities = Record<string, number>;

export const NO_QUANTITIES: Quantities = Object.freeze({});

/** Amount of one dimension; absent means zero. */
export function amount(quantities: Quantities, dimension: string): number {
  return quantities[dimension] ?? 0;
}

export function hasGpus(quantities: Quantities): boolean {
  return (quantities['gpus'] ?? 0) > 0;
}

export function add(a: Quantities, b: Quantities): Quantities {
  const sum: MutableQuantities = { ...a };
  addInto(sum, b, 1);
  return sum;
}

/** `a − b`. Throws an assertion error when a dimension would fall below zero: take only what is there. */
export function subtract(a: Quantities, b: Quantities): Quantities {
  const rest: MutableQuantities = { ...a };
  for (const dimension in b) {
    const left = amount(a, dimension) - amount(b, dimension);
    assert(left >= 0, `${dimension} would become ${left}: ${amount(b, dimension)} taken from ${amount(a, dimension)}`);
    if (left === 0) Reflect.deleteProperty(rest, dimension);
    else rest[dimension] = left;
  }
  return rest;
}

/** `a − b`, where a dimension that would fall below zero becomes zero. */
export function subtractFloor(a: Quantities, b: Quantities): Quantities {
  const rest: MutableQuantities = {};
  for (const dimension in a) {
    const left = amount(a, dimension) - amount(b, dimension);
    if (left > 0) rest[dimension] = left;
  }
  return rest;
}

/** Adds `sign × b` to `target` in place; for accumulators that live long and must not be copied. Zeros stay. */
export function addInto(target: MutableQuantities, b: Quantities, sign: 1 | -1): void {
  for (const dimension in b) target[dimension] = (target[dimension] ?? 0) + sign * amount(b, dimension);
}

/** Deletes zeros of `dimensions` in place: names that nobody has any more must not pile up in what lives long. */
export function dropZeros(target: MutableQuantities, dimensions: Quantities): void {
  for (const dimension in dimensions) if (target[dimension] === 0) Reflect.deleteProperty(target, dimension);
}

/** Whether `inner` needs no more of anything than `outer` has. */
export function fits(inner: Quantities, outer: Quantities): boolean {
  for (const dimension in inner) if (amount(inner, dimension) > amount(outer, dimension)) return false;
  return true;
}

/** The larger of the two in every dimension. */
export function max(a: Quantities, b: Quantities): Quantities {
  const larger: MutableQuantities = { ...a };
  for (const dimension in b) larger[dimension] = Math.max(amount(a, dimension), amount(b, dimension));
  return withoutZeros(larger);
}

/** The smaller of the two in every dimension. */
export function min(a: Quantities, b: Quantities): Quantities {
  const smaller: MutableQuantities = {};
  for (const dimension in a) smaller[dimension] = Math.min(amount(a, dimension), amount(b, dimension));
  return withoutZeros(smaller);
}

export function isZero(quantities: Quantities): boolean {
  for (const dimension in quantities) if (amount(quantities, dimension) !== 0) return false;
  return true;
}

/** `times` whole copies. */
export function scale(quantities: Quantities, times: number): Quantities {
  const product: MutableQuantities = {};
  for (const dimension in quantities) product[dimension] = amount(quantities, dimension) * times;
  return withoutZeros(product);
}

export function withoutZeros(quantities: Quantities): Quantities {
  const kept: MutableQuantities = {};
  for (const dimension in quantities) {
    const value = amount(quantities, dimension);
    if (value !== 0) kept[dimension] = value;
  }
  return kept;
}

export function equal(a: Quantities, b: Quantities): boolean {
  return fits(a, b) && fits(b, a);
}

/** Dimensions in the one order in which they are shown and compared. */
export function sortedKeys(quantities: Quantities): readonly string[] {
  return Object.keys(quantities).sort();
}
