import { readFileSync } from 'node:fs';

/** The package's version, from the `package.json` beside the compiled or the source tree. */
export function productVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        readonly name?: string;
        readonly version?: string;
      };
      if (name === 'mosaic' && version !== undefined) return version;
    } catch {
      continue; // Compiled and source trees lie at different depths.
    }
  }
  return 'unknown';
}
