import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The folder `name` of the files that ship beside this module (`traces`, `scenarios`). Compiled code runs from
 * `dist/src/scenario`, and the
 * compiler copies no data files, so the second place is the source folder of the same package.
 */
export function assetFolder(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}/`, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../../../src/scenario/${name}/`, import.meta.url));
}

/** The text of the scenario file that describes the default demo, with a comment on every field. */
export function defaultScenarioText(): string {
  return readFileSync(`${assetFolder('scenarios')}/default.yaml`, 'utf8');
}
