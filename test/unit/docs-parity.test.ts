/** Every test that the pages on the tests of others name is there, under that name. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Below which files without `test/` in front are. */
const FOLDER = 'test/unit/scheduler';

interface Named {
  readonly file: string;
  /** Null where the page means the whole file. */
  readonly title: string | null;
}

function named(page: string): readonly Named[] {
  return [...page.matchAll(/`([\w./-]+\.test\.ts)`(?: "([^"]+)")?/g)].map(([, file = '', title]) => ({
    file: file.startsWith('test/') ? file : `${FOLDER}/${file}`,
    title: title ?? null,
  }));
}

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

describe.each([
  ['docs/mesos-parity.md', 100],
  ['docs/kueue-yunikorn.md', 70],
])('%s', (path, testsMin) => {
  const page = readFileSync(join(ROOT, path), 'utf8');

  it('names tests that exist', () => {
    const tests = named(page);
    expect(tests.length).toBeGreaterThan(testsMin);
    expect(tests.filter((test) => !isThere(test))).toEqual([]);
  });

  it('says something in every row', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    const empty = rows.filter((row) =>
      row
        .split('|')
        .slice(1, -1)
        .some((cell) => cell.trim() === ''),
    );
    expect(empty).toEqual([]);
  });
});
