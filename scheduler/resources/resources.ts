/** Quantities and ports together: what a host has, an offer holds, a task uses. */
import { add, amount, fits, isZero, NO_QUANTITIES, subtract, subtractFloor } from './quantities.js';
import { containsPorts, countPorts, NO_PORTS, subtractPorts, takePorts, union } from './ranges.js';
import type { Resources } from './types.js';

export const EMPTY: Resources = Object.freeze({ quantities: NO_QUANTITIES, ports: NO_PORTS });

export function addResources(a: Resources, b: Resources): Resources {
  return { quantities: add(a.quantities, b.quantities), ports: union(a.ports, b.ports) };
}

/** `a − b`; throws an assertion error when a quantity would fall below zero. Ports not in `a` are ignored. */
export function subtractResources(a: Resources, b: Resources): Resources {
  return { quantities: subtract(a.quantities, b.quantities), ports: subtractPorts(a.ports, b.ports) };
}

/** `a − b`, never below nothing: for a host that came back smaller than what runs on it. */
export function subtractResourcesFloor(a: Resources, b: Resources): Resources {
  return { quantities: subtractFloor(a.quantities, b.quantities), ports: subtractPorts(a.ports, b.ports) };
}

/** Whether `inner`, with exactly its ports, is contained in `outer`. */
export function fitsResources(inner: Resources, outer: Resources): boolean {
  return fits(inner.quantities, outer.quantities) && containsPorts(outer.ports, inner.ports);
}

/** Whether `free` has the quantities of `wanted` and as many ports, whichever they are. */
export function coversDemand(wanted: Resources, free: Resources): boolean {
  return fits(wanted.quantities, free.quantities) && countPorts(wanted.ports) <= countPorts(free.ports);
}

/** How many times `free` has what is wanted, counted as `coversDemand` does; Infinity for nothing at all. */
export function timesCovered(wanted: Resources, free: Resources): number {
  let times = Infinity;
  for (const dimension in wanted.quantities) {
    const each = amount(wanted.quantities, dimension);
    if (each > 0) times = Math.min(times, Math.floor(amount(free.quantities, dimension) / each));
  }
  const ports = countPorts(wanted.ports);
  return ports === 0 ? times : Math.min(times, Math.floor(countPorts(free.ports) / ports));
}

/**
 * Cuts what a demand asks for out of `free`: its quantities, and the lowest free ports, as many as its ranges count.
 * A demand's port ranges are read as "this many ports": whoever needs one certain port cannot know on which host it is
 * free, and the ports that were got stand in the offer.
 */
export function cutForDemand(wanted: Resources, free: Resources): Resources {
  return { quantities: wanted.quantities, ports: takePorts(free.ports, countPorts(wanted.ports)) };
}

export function isEmpty(resources: Resources): boolean {
  return resources.ports.length === 0 && isZero(resources.quantities);
}
