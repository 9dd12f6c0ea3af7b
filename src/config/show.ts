import { stringify } from 'yaml';
import { durationText } from './durations.js';
import { leafAt, leaves, sections } from './leaves.js';
import type { LoadedConfig } from './load.js';

/** Values with such names are secrets, whatever section they stand in. */
const SECRET_NAME = /(token|secret|password|passphrase|private_?key|credential)s?$/i;

/** What is shown in place of a secret. */
export const REDACTED = '(hidden)';

/** A copy in which every secret is `(hidden)`; empty ones stay empty, so that one sees whether they are set. */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) && inner !== '' && inner !== null && inner !== undefined ? REDACTED : redact(inner),
    ]),
  );
}

/** The configuration in force as YAML that can be used as a file again, with the source of each value that was set. */
export function configText({ config, sources }: LoadedConfig): string {
  const shown = redact(config);
  return rows((path) => {
    const source = sources.get(path.join('.'));
    return { value: valueAt(shown, path), comment: source === undefined ? '' : `from ${source}` };
  });
}

/** Sections that the commented file sets; the rest of it shows defaults to be uncommented. */
const WRITTEN = ['listen', 'data', 'store', 'log'];

/** A commented file with every setting and its default. */
export function initText(): string {
  const head = [
    '# Mosaic: configuration of the master. Use it with: mosaic master --config FILE',
    '# Flags win over MOSAIC_* variables, and those over this file. What is commented out shows the default.',
    '# Times are ms, or written as 500ms, 30s, 10m, 1h30m.',
    '',
  ];
  const body = rows((path) => ({ value: leafAt(path.join('.'))?.byDefault, comment: '' }), { commented: true });
  return [...head, body].join('\n');
}

interface Row {
  readonly value: unknown;
  readonly comment: string;
}

function rows(rowOf: (path: readonly string[]) => Row, { commented = false } = {}): string {
  const lines: string[] = [];
  let section = '';
  for (const leaf of leaves) {
    const [first = ''] = leaf.path;
    const indent = '  '.repeat(leaf.path.length - 1);
    if (leaf.path.length > 1 && first !== section) {
      const description = sections.find((one) => one.name === first)?.description ?? '';
      if (commented) lines.push('', `# ${description}.`);
      lines.push(`${first}:`);
    }
    section = first;
    const { value, comment } = rowOf(leaf.path);
    if (commented) lines.push(`${indent}# ${leaf.description}.`);
    const mark = commented && !WRITTEN.includes(first) ? '# ' : '';
    const name = leaf.path.at(-1) ?? '';
    lines.push(`${indent}${mark}${name}: ${valueText(leaf.path, value)}${comment === '' ? '' : `  # ${comment}`}`);
  }
  return `${lines.join('\n')}\n`;
}

function valueText(path: readonly string[], value: unknown): string {
  if (typeof value === 'number' && (path.at(-1) ?? '').endsWith('Ms')) return durationText(value);
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  let level = data;
  for (const part of path) level = (level as Readonly<Record<string, unknown>>)[part];
  return level;
}
