/** Links inside README.md and docs/ lead to files and headings that exist, and pictures are small. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const IMAGE_BYTES_MAX = 300 * 1024;

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const PAGES = [join(ROOT, 'README.md'), join(ROOT, 'CONTRIBUTING.md'), ...markdownBelow(join(ROOT, 'docs'))];

/** Names that `#...` may have on a page: of headings, as they are shown on the web, and of anchors that are set. */
function anchors(path: string): ReadonlySet<string> {
  const text = readFileSync(path, 'utf8').replace(/^```.*?^```/gms, '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  const set = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...set]);
}

function brokenLinks(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8').replace(/^```.*?^```/gms, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^https?:/.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page : resolve(dirname(page), file);
    if (!existsSync(path)) return true;
    return anchor !== undefined && !anchors(path).has(anchor);
  });
}

describe('documentation', () => {
  it.each(PAGES.map((page) => relative(ROOT, page)))('%s links only to what exists', (page) => {
    expect(brokenLinks(join(ROOT, page))).toEqual([]);
  });

  it('has every page of docs reachable from the README or its index', () => {
    const linked =
      readFileSync(join(ROOT, 'README.md'), 'utf8') + readFileSync(join(ROOT, 'docs/decisions/README.md'), 'utf8');
    const unlinked = PAGES.filter((page) => page.includes('/docs/') && !linked.includes(page.split('/').pop()!));
    expect(unlinked).toEqual([]);
  });

  it('has small pictures', () => {
    const images = readdirSync(join(ROOT, 'docs/images'));
    expect(images.length).toBeGreaterThan(0);
    const large = images.filter((name) => statSync(join(ROOT, 'docs/images', name)).size > IMAGE_BYTES_MAX);
    expect(large).toEqual([]);
  });
});
