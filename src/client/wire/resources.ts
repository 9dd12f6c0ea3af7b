import type {
  Constraint,
  FaultDomain,
  HostIdentity,
  PortRange,
  Quantities,
  Resources,
} from '../../../scheduler/index.js';
import { type Codec, type Input, type Output, list, message, verified } from './codec.js';
import * as limits from './limits.js';
import { count, dictionary, enumeration, integer, name, signed } from './scalars.js';
import { WireError, shown } from './wire-error.js';

/** Attributes and labels: words with dots, dashes and slashes (`kubernetes.io/arch`). */
const KEY_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;
export const key = name({ pattern: KEY_PATTERN });

/** Dimensions: `cpusMilli`, `fpga`, `hosts/standard`. */
const dimension = name({ pattern: /^[a-z][A-Za-z0-9_.-]{0,62}(\/[a-z0-9][A-Za-z0-9_.-]{0,62})?$/ });

const PORT_MAX = 65_535;

function amounts(
  amount: Codec<number, number, number>,
  dimensionsMax: number,
): Codec<Quantities, Input<'Quantities'>, Output<'Quantities'> | null | undefined> {
  const codec = dictionary(dimension, amount, dimensionsMax);
  return {
    encode: (value) => ({ amounts: codec.encode(value) }),
    decode: (wire) => (wire === null || wire === undefined ? {} : codec.decode(wire.amounts)),
    check: codec.check,
  };
}

/** What a peer states: nothing negative. */
export const quantities = amounts(count, limits.DIMENSIONS_MAX);
/** What is shown: free resources are negative where a host came back smaller than what is granted on it. */
export const shownQuantities = amounts(signed, limits.DIMENSIONS_SHOWN_MAX);

const portRange = message<'PortRange', PortRange>({ first: integer(1, PORT_MAX), last: integer(1, PORT_MAX) });
const anyPorts = list(portRange, { max: limits.PORT_RANGES_MAX });

function checkPorts(ranges: readonly PortRange[]): void {
  let before = -1;
  for (const [at, { first, last }] of ranges.entries()) {
    const problem =
      last < first
        ? `is ${first}-${last}; first may not be above last`
        : first <= before + 1
          ? `is ${first}-${last}; ranges must be sorted, disjoint and not adjacent`
          : '';
    if (problem !== '') throw new WireError(problem, `[${at}]`);
    before = last;
  }
}

const ports = verified(anyPorts, checkPorts);

const NO_RESOURCES: Resources = { quantities: {}, ports: [] };

/** Absent = nothing. */
export const resources = message<'Resources', Resources>({ quantities, ports }, NO_RESOURCES);
export const shownResources = message<'Resources', Resources>({ quantities: shownQuantities, ports }, NO_RESOURCES);

/** Required, and something in it: what a task or a slice uses. */
export const someResources = verified(message<'Resources', Resources>({ quantities, ports }), ({ quantities: has }) => {
  if (!Object.values(has).some((amount) => amount > 0))
    throw new WireError('holds nothing; at least one quantity must be above 0');
});

/** Absent = nothing is known. */
export const identity = message<'HostIdentity', HostIdentity>(
  { uuid: name(), serial: name(), macs: list(name({ required: true }), { max: limits.MACS_MAX }) },
  { uuid: '', serial: '', macs: [] },
);

export const faultDomain = message<'FaultDomain', FaultDomain>(
  { region: name(), zone: name(), rack: name() },
  { region: '', zone: '', rack: '' },
);

export const attributes = dictionary(key, name({ max: limits.ATTRIBUTE_CHARS_MAX }), limits.ATTRIBUTES_MAX);
export const labels = dictionary(key, name({ max: limits.VALUE_CHARS_MAX }), limits.LABELS_MAX);

const anyConstraint = message<'Constraint', Constraint>({
  attribute: name({ required: true }),
  op: enumeration('CONSTRAINT_OP', [
    'exists',
    'not_exists',
    'equals',
    'not_equals',
    'in',
    'glob',
    'lt',
    'le',
    'gt',
    'ge',
  ]),
  values: list(name({ max: limits.VALUE_CHARS_MAX }), { max: limits.CONSTRAINT_VALUES_MAX }),
});

const NUMERIC: readonly Constraint['op'][] = ['lt', 'le', 'gt', 'ge'];

function checkConstraint({ op, values }: Constraint): void {
  const has = values.length;
  if (op === 'exists' || op === 'not_exists') {
    if (has !== 0) throw new WireError(`has ${has} entries; ${op} takes none`, 'values');
  } else if (op === 'in') {
    if (has === 0) throw new WireError('is empty; in takes at least one', 'values');
  } else if (has !== 1) throw new WireError(`has ${has} entries; ${op} takes one`, 'values');
  else if (NUMERIC.includes(op) && !/^-?\d+(\.\d+)?$/.test(values[0] ?? ''))
    throw new WireError(`is ${shown(values[0])}; ${op} takes a decimal number`, 'values[0]');
}

const constraint = verified(anyConstraint, checkConstraint);

export const constraints = list(constraint, { max: limits.CONSTRAINTS_MAX });
/** As the master shows them: already checked. */
export const shownConstraints = list(anyConstraint, { max: Number.MAX_SAFE_INTEGER });
