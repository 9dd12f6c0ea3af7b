import { badInput } from '../exit.js';
import type { OperatorCommand } from '../operator-access.js';

type Constraint = Extract<OperatorCommand, { readonly kind: 'shape_set' }>['constraints'][number];

const ATTRIBUTE = '[A-Za-z][A-Za-z0-9_./-]{0,127}';

/** The longer operators first, so that `>=` is not read as `>`. */
const OPERATORS = [
  ['>=', 'ge'],
  ['<=', 'le'],
  ['!=', 'not_equals'],
  ['>', 'gt'],
  ['<', 'lt'],
  ['~', 'glob'],
  ['=', 'equals'],
] as const;

/**
 * Reads `gpu`, `!gpu`, `arch=x86_64`, `arch=x86_64,aarch64` (one of them), `arch!=arm`, `model~R6*`, `disks>=4`.
 *
 * @param field the flag, for the message
 */
export function parseConstraint(field: string, text: string): Constraint {
  const exists = new RegExp(`^(!?)(${ATTRIBUTE})$`).exec(text);
  if (exists !== null)
    return { attribute: exists[2] ?? '', op: exists[1] === '!' ? 'not_exists' : 'exists', values: [] };
  const match = new RegExp(`^(${ATTRIBUTE})(>=|<=|!=|>|<|~|=)(.+)$`).exec(text);
  const op = OPERATORS.find(([sign]) => sign === match?.[2])?.[1];
  const value = match?.[3] ?? '';
  const numeric = op === 'ge' || op === 'le' || op === 'gt' || op === 'lt';
  if (match === null || op === undefined || (numeric && !/^-?\d+(\.\d+)?$/.test(value)))
    throw badInput(
      `${field} is ${JSON.stringify(text)}; accepted are NAME, !NAME, NAME=VALUE, NAME=VALUE,VALUE, NAME!=VALUE, NAME~PATTERN and NAME>=NUMBER (also <=, >, <)`,
    );
  const values = op === 'equals' ? value.split(',') : [value];
  return { attribute: match[1] ?? '', op: op === 'equals' && values.length > 1 ? 'in' : op, values };
}
