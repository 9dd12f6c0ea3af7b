/** Checks of resources that came from outside: every problem is a sentence that names the field, the value and the rule. */
import type { PortRange, Quantities, Resources } from './types.js';

/** Names of dimensions are short words: `cpusMilli`, `fpga`, `licenses/matlab`. */
const DIMENSION_PATTERN = /^[a-z][A-Za-z0-9_.-]{0,62}(\/[a-z0-9][A-Za-z0-9_.-]{0,62})?$/;
/** A host with more kinds of resources than this is a mistake; every share computation walks them all. */
export const DIMENSIONS_MAX = 32;
/** 64 ranges describe any real port plan; more would make every cut slow. */
const PORT_RANGES_MAX = 64;
const PORT_MAX = 65_535;

/** Whether a dimension may be called so. Names such as `constructor` would find a function instead of an absent amount. */
export function isDimensionName(name: string): boolean {
  return DIMENSION_PATTERN.test(name) && !(name in Object.prototype);
}

/** @param path where the quantities stand in the message, e.g. `entries[0].resources` */
export function quantityProblems(quantities: Quantities, path: string): readonly string[] {
  const problems: string[] = [];
  const names = Object.keys(quantities);
  if (names.length > DIMENSIONS_MAX)
    problems.push(`${path} has ${names.length} dimensions; at most ${DIMENSIONS_MAX} are accepted`);
  for (const name of names.slice(0, DIMENSIONS_MAX)) {
    if (!isDimensionName(name))
      problems.push(
        `${path} has a dimension named ${JSON.stringify(name.slice(0, 80))}; names are letters, digits and -_. with at most one slash`,
      );
    const value: unknown = quantities[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      problems.push(`${path}.${name.slice(0, 80)} is ${String(value)}; it must be a whole number from 0 to 2^53 - 1`);
  }
  return problems;
}

export function portProblems(ports: readonly PortRange[], path: string): readonly string[] {
  const problems: string[] = [];
  if (ports.length > PORT_RANGES_MAX)
    return [`${path} has ${ports.length} ranges; at most ${PORT_RANGES_MAX} are accepted`];
  let before: PortRange | null = null;
  for (const [index, range] of ports.entries()) {
    const { first, last } = range;
    if (!isPort(first) || !isPort(last) || first > last)
      problems.push(`${path}[${index}] is ${first}-${last}; a range needs 1 <= first <= last <= ${PORT_MAX}`);
    else if (before !== null && first <= before.last + 1)
      problems.push(
        `${path}[${index}] is ${first}-${last}, but the range before ends at ${before.last}; ranges are sorted and do not touch`,
      );
    before = range;
  }
  return problems;
}

/** Everything wrong with resources from a peer; empty when they are valid. */
export function problems(resources: Resources, path: string): readonly string[] {
  const reserved = Object.keys(resources.quantities)
    .filter((name) => name === 'hosts' || name.startsWith('hosts/'))
    .map(
      (name) =>
        `${path} has a dimension named "${name.slice(0, 80)}"; that name counts whole hosts in quotas, choose another`,
    );
  return [
    ...quantityProblems(resources.quantities, path),
    ...reserved,
    ...portProblems(resources.ports, `${path}.ports`),
  ];
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= PORT_MAX;
}
