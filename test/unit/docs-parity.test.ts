/** Every test that `docs/mesos-parity.md` names is there, under that name. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/mesos-parity.md'), 'utf8');
/** Below which files without `test/` in front are. */
const FOLDER = 'test/unit/scheduler';

interface Named {
  readonly file: string;
  /** Null where the page means the whole file. */
  readonly title: string | null;
}

const NAMED: readonly Named[] = [...PAGE.matchAll(/`([\w./-]+\.test\.ts)`(?: "([^"]+)")?/g)].map(
  ([, file = '', title]) => ({
    file: file.startsWith('test/') ? file : `${FOLDER}/${file}`,
    title: title ?? null,
  }),
);

/** Whether a test of the file has the title; of a table of tests, the title with its placeholders or a row that fills one. */
function isThere({ file, title }: Named): boolean {
  const path = join(ROOT, file);
  if (!existsSync(path)) return false;
  if (title === null) return true;
  const text = readFileSync(path, 'utf8');
  const quoted = ["'", '"', '`'].map(
    (quote) => `${quote}${title.replaceAll("'", quote === "'" ? "\\'" : "'")}${quote}`,
  );
  return quoted.some((each) => text.includes(each));
}

describe('docs/mesos-parity.md', () => {
  it('names tests that exist', () => {
    expect(NAMED.length).toBeGreaterThan(100);
    expect(NAMED.filter((named) => !isThere(named))).toEqual([]);
  });

  it('says something in every row', () => {
    const rows = PAGE.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    const empty = rows.filter((row) =>
      row
        .split('|')
        .slice(1, -1)
        .some((cell) => cell.trim() === ''),
    );
    expect(empty).toEqual([]);
  });
});
