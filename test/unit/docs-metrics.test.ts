/**
 * The lists of docs/metrics.md are what the registry holds. After a change of the metrics write them anew with
 * `MOSAIC_WRITE_DOCS=1 npm run jest -- test/unit/docs-metrics.test.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Metrics } from '../../src/observability/index.js';

const FILE = new URL('../../docs/metrics.md', import.meta.url);

/** What the client library measures of the process depends on the platform: described, not listed. */
const PROCESS = 'mosaic_process_';

interface Shown {
  readonly name: string;
  readonly line: string;
}

function registered(): readonly Shown[] {
  const { registry } = new Metrics({
    leading: () => false,
    query: () => Promise.reject(new Error('nobody asks')),
    gauges: () => {
      throw new Error('nobody asks');
    },
    stopwatchMs: () => 0,
    nowMs: () => 0,
    sessions: () => ({ connections: 0, open: 0 }),
    queueLength: () => 0,
    watchers: () => 0,
    commitAgeMs: () => 0,
    logDroppedCount: () => 0,
  });
  return registry.getMetricsAsArray().map(({ name, help, type, ...rest }) => {
    const labels = (rest as { readonly labelNames?: readonly string[] }).labelNames ?? [];
    const shown = labels.length === 0 ? '' : `{${labels.join(', ')}}`;
    return { name, line: `- \`${name}${shown}\` (${String(type)}): ${help}` };
  });
}

/** The page with the lines between the marks of `section` replaced. */
function withLines(page: string, section: string, lines: readonly string[]): string {
  const [start, end] = [`<!-- ${section} -->\n`, `<!-- end of ${section} -->`];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/metrics.md lacks the marks of ${section}`);
  return `${before}${start}\n${lines.join('\n')}\n\n${end}${after}`;
}

describe('docs/metrics.md', () => {
  it('lists every metric of the registry, and no other', () => {
    const all = registered();
    const own = all.filter(({ name }) => !name.startsWith(PROCESS)).map(({ line }) => line);
    expect(own.length).toBeGreaterThan(20);
    const page = readFileSync(FILE, 'utf8');
    const expected = withLines(page, 'metrics', own);
    if (process.env['MOSAIC_WRITE_DOCS'] === '1') writeFileSync(FILE, expected);
    expect(readFileSync(FILE, 'utf8')).toBe(expected);
  });

  it('names only metrics that exist in its text and queries', () => {
    const names = registered().map(({ name }) => name);
    const used = [...readFileSync(FILE, 'utf8').matchAll(/\bmosaic_[a-z0-9_]+/g)].map(([name]) => name);
    const known = (name: string): boolean =>
      names.includes(name.replace(/_(bucket|sum|count)$/, '')) || names.includes(name);
    expect(used.filter((name) => !known(name) && name !== PROCESS)).toEqual([]);
  });
});
