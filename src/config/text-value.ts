import type { z } from 'zod';
import { parse } from 'yaml';

/**
 * What a text from the environment or the command line stands for: the text itself where the schema takes it, otherwise
 * what YAML reads in it (`10`, `true`, `[a, b]`), otherwise a list split at commas. When nothing fits, the text itself, so
 * that the error shows what was typed.
 */
export function textValue(schema: z.ZodType, text: string): unknown {
  const readings = [text, yamlValue(text), text.split(',').map((part) => part.trim())];
  return readings.find((reading) => schema.safeParse(reading).success) ?? text;
}

function yamlValue(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 }) as unknown;
  } catch {
    return text;
  }
}
