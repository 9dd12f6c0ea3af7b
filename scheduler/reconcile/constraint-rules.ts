import { assertNever } from '../assert-never.js';
import type { Constraint } from '../protocol.js';

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

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
      return values.length === 1 && isDecimal(values[0]) ? null : `${path}.values must be one decimal number for ${op}`;
    default:
      return assertNever(op);
  }
}

function isDecimal(text: string | undefined): boolean {
  return text !== undefined && DECIMAL.test(text);
}
