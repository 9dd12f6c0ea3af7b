import { matchesConstraints } from '../state/constraints.js';
import type { Core } from '../core.js';
import { STANDARD_SHAPE } from '../quota/index.js';
import { fits } from '../resources/index.js';
import type { HostRecord, ShapeRecord } from '../state/records.js';

/** The first shape in order of rank (then name) whose constraints hold and whose minimum the host has. */
export function classifyShape(core: Core, host: HostRecord): string {
  return classifyAmong(core.state.shapes.values(), host);
}

/** The same among shapes that are not in force. */
export function classifyAmong(shapes: Iterable<ShapeRecord>, host: HostRecord): string {
  let best: ShapeRecord | null = null;
  for (const shape of shapes) {
    if (best !== null && !precedes(shape, best)) continue;
    if (fits(shape.minimum, host.resources.quantities) && matchesConstraints(host, shape.constraints)) best = shape;
  }
  return best?.shape ?? STANDARD_SHAPE;
}

function precedes(a: ShapeRecord, b: ShapeRecord): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.shape < b.shape);
}
