import { LocatedYaml } from './located-yaml.js';
import { resolveScenario } from './resolve.js';
import type { Scenario } from './scenario.js';
import { scenarioSchema } from './schema.js';
import { describeIssues } from './zod-problems.js';

/** Values from the command line that win over the file's. */
export interface ScenarioOverrides {
  /** A fleet whose shapes have counts keeps their proportions. */
  readonly hosts?: number | undefined;
  readonly hours?: number | undefined;
  readonly seed?: number | undefined;
  readonly speed?: number | undefined;
}

/**
 * Reads a scenario from YAML. The empty text is the default scenario.
 *
 * @param fileName only for messages.
 * @throws ScenarioError with one sentence per mistake: file, line, field, value, what is accepted.
 */
export function loadScenario(yamlText: string, fileName: string, overrides: ScenarioOverrides = {}): Scenario {
  const yaml = new LocatedYaml(yamlText, fileName);
  const fileData = yaml.data;
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const data = typeof fileData === 'object' && !Array.isArray(fileData) ? { ...fileData, ...given } : fileData;
  const parsed = scenarioSchema.safeParse(data, { reportInput: false });
  if (!parsed.success) throw yaml.refuse(describeIssues(parsed.error.issues, scenarioSchema, data));
  const resolved = resolveScenario(parsed.data, overrides.hosts);
  if ('problems' in resolved) throw yaml.refuse(resolved.problems);
  return resolved.scenario;
}
