/**
 * Which hosts may be meant. Constraints are ANDed over the host's attributes and a few of its own facts, which win over
 * attributes of the same name: `host`, `shape`, `image`, `rack`, `zone`, `region`. An absent attribute satisfies only
 * `not_exists` and `not_equals`; a fact that is empty is absent.
 */
import { assertNever } from '../assert-never.js';
import type { Constraint } from '../protocol.js';
import type { HostRecord } from './records.js';

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

export function matchesConstraints(host: HostRecord, constraints: readonly Constraint[]): boolean {
  for (const constraint of constraints) if (!matches(attributeOf(host, constraint.attribute), constraint)) return false;
  return true;
}

/** What is wrong with a constraint, as a sentence, or null. */
export function constraintProblem(constraint: Constraint, path: string): string | null {
  const { attribute, op, values } = constraint;
  if (attribute === '') return `${path}.attribute is empty; name an attribute such as rack`;
  switch (op) {
    case 'exists':
    case 'not_exists':
      return values.length === 0 ? null : `${path}.values has ${values.length} values; ${op} takes none`;
    case 'in':
      return values.length > 0 ? null : `${path}.values is empty; in takes at least one`;
    case 'equals':
    case 'not_equals':
    case 'glob':
      return values.length === 1 ? null : `${path}.values has ${values.length} values; ${op} takes exactly one`;
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return values.length === 1 && decimal(values[0]) !== null
        ? null
        : `${path}.values must be one decimal number for ${op}`;
    default:
      return assertNever(op);
  }
}

function attributeOf(host: HostRecord, name: string): string | undefined {
  switch (name) {
    case 'host':
      return host.name;
    case 'shape':
      return host.shape;
    case 'image':
      return presentOrAbsent(host.image);
    case 'rack':
    case 'zone':
    case 'region':
      return presentOrAbsent(host.faultDomain[name]);
    default:
      return Object.hasOwn(host.attributes, name) ? host.attributes[name] : undefined;
  }
}

function presentOrAbsent(fact: string): string | undefined {
  return fact === '' ? undefined : fact;
}

function matches(value: string | undefined, constraint: Constraint): boolean {
  const { op, values } = constraint;
  const [wanted = ''] = values;
  switch (op) {
    case 'exists':
      return value !== undefined;
    case 'not_exists':
      return value === undefined;
    case 'equals':
      return value === wanted;
    case 'not_equals':
      return value !== wanted;
    case 'in':
      return value !== undefined && values.includes(value);
    case 'glob':
      return value !== undefined && matchesGlob(wanted, value);
    case 'lt':
      return compares(value, wanted, (a, b) => a < b);
    case 'le':
      return compares(value, wanted, (a, b) => a <= b);
    case 'gt':
      return compares(value, wanted, (a, b) => a > b);
    case 'ge':
      return compares(value, wanted, (a, b) => a >= b);
    default:
      return assertNever(op);
  }
}

/** False unless both are decimal numbers. */
function compares(value: string | undefined, wanted: string, holds: (a: number, b: number) => boolean): boolean {
  const a = decimal(value);
  const b = decimal(wanted);
  return a !== null && b !== null && holds(a, b);
}

function decimal(text: string | undefined): number | null {
  return text !== undefined && DECIMAL.test(text) ? Number(text) : null;
}

/**
 * `*` any text, `?` any one character. Two pointers with a single point to go back to, so that no pattern of a peer can
 * make it slow: at most pattern × text steps.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let starText = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      starText = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      starText += 1;
      t = starText;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
