/**
 * Names of the ledger's own dimensions: whole hosts in all, and of one shape. All other dimensions are those of resources
 * (`cpusMilli`, `memoryBytes`, …).
 */
import type { Quantities } from '../resources/index.js';
import type { HostRecord } from '../state/records.js';

export const HOSTS = 'hosts';
const SHAPE_PREFIX = 'hosts/';

const names = new Map<string, string>();
/** Shapes are few, but a demand may name any: the cache is emptied rather than grown by a peer. */
const NAMES_MAX = 1_000;

/** `hosts/<shape>`. Remembered: it is asked for on every charge. */
export function shapeDimension(shape: string): string {
  const known = names.get(shape);
  if (known !== undefined) return known;
  if (names.size >= NAMES_MAX) names.clear();
  const name = SHAPE_PREFIX + shape;
  names.set(shape, name);
  return name;
}

/** The shape of a `hosts/<shape>` dimension, or null for any other. */
export function shapeOfDimension(dimension: string): string | null {
  return dimension.startsWith(SHAPE_PREFIX) ? dimension.slice(SHAPE_PREFIX.length) : null;
}

export function countsHosts(dimension: string): boolean {
  return dimension === HOSTS || dimension.startsWith(SHAPE_PREFIX);
}

const charges = new WeakMap<HostRecord, Quantities>();

/** What holding the whole host is charged: its resource vector, 1 `hosts` and 1 `hosts/<shape>`. One object per record. */
export function wholeHostCharge(host: HostRecord): Quantities {
  let charge = charges.get(host);
  if (charge === undefined) {
    charge = { ...host.resources.quantities, [HOSTS]: 1, [shapeDimension(host.shape)]: 1 };
    charges.set(host, charge);
  }
  return charge;
}
