export type { PortRange, Quantities, Resources } from './types.js';
export {
  add,
  addInto,
  amount,
  dropZeros,
  equal,
  fits,
  hasGpus,
  isZero,
  max,
  min,
  NO_QUANTITIES,
  scale,
  sortedKeys,
  subtract,
  subtractFloor,
  withoutZeros,
  type MutableQuantities,
} from './quantities.js';
export { BYTES_UNIT, floorToUnit, isBytes, roundedDown, roundedUp } from './byte-units.js';
export { containsPorts, countPorts, NO_PORTS, normalise, subtractPorts, takePorts, union } from './ranges.js';
export {
  addResources,
  coversDemand,
  cutForDemand,
  EMPTY,
  fitsResources,
  isEmpty,
  subtractResources,
  subtractResourcesFloor,
  timesCovered,
} from './resources.js';
export { DIMENSIONS_MAX, isDimensionName, portProblems, problems, quantityProblems } from './validate.js';
