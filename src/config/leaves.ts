import { z } from 'zod';
import { configSchema } from './schema.js';

/** One value that can be set. */
export interface Leaf {
  /** `['listen', 'grpc']` */
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  readonly description: string;
  readonly byDefault: unknown;
  /** `MOSAIC_LISTEN_GRPC` */
  readonly variable: string;
}

/** A group of values, in the order of the schema. */
export interface Section {
  readonly name: string;
  readonly description: string;
}

/** Everything that can be set, in the order of the schema. */
export const leaves: readonly Leaf[] = leavesOf(configSchema, []);

export const sections: readonly Section[] = Object.entries(configSchema.shape).flatMap(([name, schema]) =>
  objectIn(schema) === null ? [] : [{ name, description: schema.description ?? '' }],
);

/** `MOSAIC_SCHEDULER_PLAN_PERIOD_MS` for `scheduler.planPeriodMs`; what clients need has short names: `MOSAIC_SERVER`. */
export function variableOf(path: readonly string[]): string {
  const named = path[0] === 'client' ? path.slice(1) : path;
  return `MOSAIC_${named.map((part) => part.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()).join('_')}`;
}

export function leafAt(dotted: string): Leaf | undefined {
  return leaves.find((leaf) => leaf.path.join('.') === dotted);
}

function leavesOf(schema: z.ZodObject, above: readonly string[]): readonly Leaf[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const path = [...above, name];
    const inner = objectIn(field as z.ZodType);
    if (inner !== null) return leavesOf(inner, path);
    const leaf = field as z.ZodType;
    const byDefault: unknown = leaf instanceof z.ZodDefault ? leaf.def.defaultValue : undefined;
    return [{ path, schema: leaf, description: leaf.description ?? '', byDefault, variable: variableOf(path) }];
  });
}

/** The object behind a section, or null when the field is a value. */
function objectIn(field: z.ZodType): z.ZodObject | null {
  if (field instanceof z.ZodObject) return field;
  if (field instanceof z.ZodPrefault) return objectIn(field.def.innerType as z.ZodType);
  return null;
}
