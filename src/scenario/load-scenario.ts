import { readFile } from 'node:fs/promises';
import { errorCode, errorText } from '../config/error-text.js';
import { LocatedYaml, ScenarioError } from './located-yaml.js';
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

/**
 * The scenario of a file, or the shipped one.
 *
 * @param path null: the shipped scenario
 * @throws ScenarioError when the file cannot be read, or as `loadScenario` does
 */
export async function readScenario(path: string | null, overrides: ScenarioOverrides): Promise<Scenario> {
  if (path === null) return loadScenario('', 'the shipped scenario', overrides);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ScenarioError([unreadable(path, error)]);
  }
  return loadScenario(text, path, overrides);
}

function unreadable(path: string, error: unknown): string {
  const other = 'name a scenario file (YAML), or none for the shipped scenario';
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `there is no scenario file ${path}; ${other}`;
    case 'EISDIR':
      return `${path} is a folder, not a scenario file; ${other}`;
    case 'EACCES':
      return `the scenario file ${path} may not be read by this user; make it readable, or ${other}`;
    default:
      return `the scenario file ${path} cannot be read (${errorText(error)}); ${other}`;
  }
}
