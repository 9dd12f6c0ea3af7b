import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { defaultScenarioText } from '../../../src/scenario/assets.js';
import { buildFleet } from '../../../src/scenario/fleet.js';
import { loadScenario } from '../../../src/scenario/load-scenario.js';
import { ScenarioError } from '../../../src/scenario/located-yaml.js';
import { scaleScenario } from '../../../src/scenario/scale-scenario.js';

type Data = Record<string | number, unknown>;

/** Every path in a tree of maps and lists. */
function pathsOf(data: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof data !== 'object' || data === null) return [path];
  const keys = Array.isArray(data) ? data.map((_, index) => index) : Object.keys(data);
  return [path, ...keys.flatMap((key) => pathsOf((data as Data)[key], [...path, key]))].filter((one) => one.length > 0);
}

function withValue(data: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(data);
  const parent = path.slice(0, -1).reduce<unknown>((node, key) => (node as Data)[key], copy) as Data;
  parent[path.at(-1)!] = value;
  return copy;
}

const standard = parse(defaultScenarioText()) as Data;
standard['faults'] = [{ at: '2h', kind: 'kill_host', target: 'node07', for: '1h' }];
standard['hosts'] = 12;
const paths = pathsOf(standard);
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    -1,
    0,
    1e300,
    Number.NaN,
    '',
    '-1',
    '__proto__',
    'constructor',
    [],
    {},
    [[]],
    { constructor: 1 },
    true,
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.double(),
  fc.integer({ min: 1, max: 40 }),
);

describe('a scenario with one value replaced by anything', () => {
  it('either runs or is refused in sentences that name the file', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), odd, (path, value) => {
        const text = stringify(withValue(standard, path, value), { aliasDuplicateObjects: false });
        try {
          const scenario = loadScenario(text, 'fuzz.yaml');
          expect(buildFleet(scenario)).toHaveLength(scenario.hosts);
          expect(scaleScenario(scenario).floored).toBeGreaterThanOrEqual(0);
          accepted += 1;
        } catch (error) {
          if (!(error instanceof ScenarioError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          for (const problem of error.problems) expect(problem).toMatch(/^fuzz\.yaml(:\d+)?: .+/);
        }
      }),
      { numRuns: 400, seed: 1 },
    );
    expect(accepted).toBeGreaterThan(5);
  });

  it('refuses any text with a ScenarioError or reads it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        try {
          expect(loadScenario(text, 'fuzz.yaml').hosts).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
