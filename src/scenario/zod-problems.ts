import type { z } from 'zod';
import { nearestName, pathText, type DataPath, type Problem } from './located-yaml.js';

/** Values longer than this are cut in messages. */
const VALUE_LENGTH_MAX = 60;

/**
 * Turns what zod found into sentences that name the field, its value and what is accepted, with the nearest name for an
 * unknown key.
 */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  schema: z.core.$ZodType,
  data: unknown,
): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey(path, key, knownKeys(schema, path)));
    const value = valueAt(data, path);
    if (issue.code === 'invalid_key')
      return [
        {
          path,
          text: `${pathText(path.slice(0, -1))} has the key "${String(path.at(-1))}"; ${issue.issues[0]?.message ?? issue.message}`,
        },
      ];
    if (issue.code === 'invalid_type' && issue.expected === 'object')
      return [
        {
          path,
          text: `${pathText(path)} is ${show(value)}; accepted is a map of ${knownKeys(schema, path).join(', ')}`,
        },
      ];
    if (issue.code === 'invalid_type' && issue.expected === 'array')
      return [{ path, text: `${pathText(path)} is ${show(value)}; accepted is a list` }];
    if (value === undefined) return [{ path, text: `${pathText(path)} is missing; ${issue.message}` }];
    return [{ path, text: `${pathText(path)} is ${show(value)}; ${issue.message}` }];
  });
}

function unknownKey(path: DataPath, key: string, known: readonly string[]): Problem {
  const near = nearestName(key, known);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return {
    path: [...path, key],
    text: `${pathText([...path, key])} is not a known field${hint}; accepted are ${known.join(', ')}`,
  };
}

/** A value as JSON, cut to a readable length. */
export function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'missing';
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text;
}

function valueAt(data: unknown, path: DataPath): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value;
}

/** The field names a schema has at `path`: of all alternatives together where there are several. */
function knownKeys(schema: z.core.$ZodType, path: DataPath): readonly string[] {
  let level: readonly z.core.$ZodType[] = [schema];
  for (const part of path) level = level.flatMap(unwrap).flatMap((one) => child(one, part));
  return [
    ...new Set(level.flatMap(unwrap).flatMap((one) => (isDef(one, 'object') ? Object.keys(one._zod.def.shape) : []))),
  ];
}

function child(schema: z.core.$ZodType, part: string | number): readonly z.core.$ZodType[] {
  if (isDef(schema, 'array')) return [schema._zod.def.element];
  if (isDef(schema, 'record')) return [schema._zod.def.valueType];
  const field = isDef(schema, 'object') ? schema._zod.def.shape[String(part)] : undefined;
  return field === undefined ? [] : [field];
}

/** Looks through defaults, optionals, pipes and alternatives. */
function unwrap(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (isDef(schema, 'default') || isDef(schema, 'prefault') || isDef(schema, 'optional') || isDef(schema, 'nullable'))
    return unwrap(schema._zod.def.innerType);
  if (isDef(schema, 'pipe')) return [...unwrap(schema._zod.def.in), ...unwrap(schema._zod.def.out)];
  if (isDef(schema, 'union')) return schema._zod.def.options.flatMap(unwrap);
  return [schema];
}

/** The schema classes this file looks into. */
interface ByType {
  object: z.core.$ZodObject;
  array: z.core.$ZodArray;
  record: z.core.$ZodRecord;
  default: z.core.$ZodDefault;
  prefault: z.core.$ZodPrefault;
  optional: z.core.$ZodOptional;
  nullable: z.core.$ZodNullable;
  pipe: z.core.$ZodPipe;
  union: z.core.$ZodUnion;
}

function isDef<Type extends keyof ByType>(schema: z.core.$ZodType, type: Type): schema is ByType[Type] {
  return schema._zod.def.type === type;
}
