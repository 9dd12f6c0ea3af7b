// The repository looks after itself: what a reviewer would otherwise have to notice again and again.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../support/planted-tree.js';

const LINE_CHARACTERS_MAX = 160;
const PRODUCT_LINES_MAX = 600;

const SKIPPED_FOLDERS = new Set(['node_modules', '.git', 'dist', 'coverage']);
/** Text that people write. Recorded traces, golden recordings and the lock file are data. */
const TEXT = new Set([
  '.ts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.json',
  '.yaml',
  '.yml',
  '.md',
  '.proto',
  '.lua',
  '.sh',
  '.html',
  '.css',
]);
const DATA = /^(package-lock\.json|src\/scenario\/traces\/|src\/generated\/|test\/sim\/corpus\/)/;

interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly lines: readonly string[];
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

const files: readonly SourceFile[] = filesBelow(projectRoot)
  .map((path) => relative(projectRoot, path).split(sep).join('/'))
  .filter((path) => TEXT.has(extname(path)) || path.startsWith('.ci/'))
  .filter((path) => !DATA.test(path))
  .sort()
  .map((path) => ({ path, lines: readFileSync(join(projectRoot, path), 'utf8').split('\n') }));

const isTypeScript = ({ path }: SourceFile): boolean => /\.(ts|tsx)$/.test(path);
const isTest = (file: SourceFile): boolean => isTypeScript(file) && file.path.startsWith('test/');
const isProduct = ({ path }: SourceFile): boolean => /^(scheduler|src|frameworks)\//.test(path);

/** `path:line: text` of every line that matches. */
function matches(searched: readonly SourceFile[], pattern: RegExp): string[] {
  return searched.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );
}

// The brackets keep these patterns from finding themselves.
const MARKERS = /\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\b/;
const FOCUSED = /\b(it|test|describe)[.]only\b|^\s*f(it|describe)\(/;
const MACHINE_PATHS = /\/[w]ork\/|\/[f]arm\/|\/[b]ash_jobs|\/home\/[a-z]+\/|\/Users\/[A-Za-z]+\/|[A-Z]:\\\\Users/;
const CONFLICTS = /^(<{7} |={7}$|>{7} )/;
const SUPPRESSIONS = /@ts-(ignore|nocheck)|@ts-expect-error(?!:? +\S)|eslint-disable(?!.* -- \S)|depcruise-ignore/;

describe('the patterns', () => {
  // Samples are joined here, so that this file does not hold what it forbids.
  it.each([
    [MARKERS, ['// TO', 'DO later'].join('')],
    [MARKERS, ['# FIX', 'ME'].join('')],
    [FOCUSED, ['it', "only('x')"].join('.')],
    [FOCUSED, ['  f', "it('x', () => {"].join('')],
    [MACHINE_PATHS, ['read ', 'work', 'main'].join('/')],
    [MACHINE_PATHS, ['', 'home', 'someone', 'mosaic'].join('/')],
    [CONFLICTS, `${'<'.repeat(7)} HEAD`],
    [SUPPRESSIONS, ['// @ts', 'ignore'].join('-')],
    [SUPPRESSIONS, ['// eslint', 'disable-next-line no-console'].join('-')],
  ])('%s finds %s', (pattern, line) => {
    expect(line).toMatch(pattern);
  });

  it.each([
    [MARKERS, 'todos'],
    [MACHINE_PATHS, 'https://example.org/networking/'],
    [SUPPRESSIONS, ['// eslint', 'disable-next-line no-console -- the view owns the terminal'].join('-')],
  ])('%s lets %s through', (pattern, line) => {
    expect(line).not.toMatch(pattern);
  });
});

describe('the repository', () => {
  it('is found', () => {
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['package.json', 'test/unit/tidy.test.ts']));
  });

  it('has no leftover markers', () => {
    expect(matches(files, MARKERS)).toEqual([]);
  });

  it('has no focused tests', () => {
    expect(matches(files.filter(isTest), FOCUSED)).toEqual([]);
  });

  it('names no path of the machine it was written on', () => {
    expect(matches(files, MACHINE_PATHS)).toEqual([]);
  });

  it('has no unresolved conflict', () => {
    expect(matches(files, CONFLICTS)).toEqual([]);
  });

  it('gives a reason beside every suppressed rule', () => {
    const written = files.filter(({ path }) => isTypeScript({ path, lines: [] }) && path !== 'test/unit/tidy.test.ts');
    expect(matches(written, SUPPRESSIONS)).toEqual([]);
  });

  it(`has no line over ${LINE_CHARACTERS_MAX} characters in TypeScript`, () => {
    const long = new RegExp(`^.{${LINE_CHARACTERS_MAX + 1},}$`, 'u');
    expect(matches(files.filter(isTypeScript), long)).toEqual([]);
  });

  it(`has no product file over ${PRODUCT_LINES_MAX} lines`, () => {
    const long = files.filter(
      (file) => isTypeScript(file) && isProduct(file) && file.lines.length - 1 > PRODUCT_LINES_MAX,
    );
    expect(long.map(({ path, lines }) => `${path}: ${lines.length - 1} lines`)).toEqual([]);
  });

  it('has no CommonJS and no enum in TypeScript', () => {
    expect(
      matches(files.filter(isTypeScript), /^\s*(export )?(declare )?(const )?enum \w|\bmodule\.exports\b/),
    ).toEqual([]);
  });

  it('names every package file it promises in package.json', () => {
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      license: string;
      engines: { node: string };
      devDependencies: Record<string, string>;
    };
    expect(manifest.license).toBe('Apache-2.0');
    // API that only a newer Node has must not type-check.
    expect(manifest.devDependencies['@types/node']).toMatch(/^[\^~]20\./);
    for (const name of ['LICENSE', 'CHANGELOG.md', 'CONTRIBUTING.md', '.ci/run']) {
      expect({ name, exists: existsSync(join(projectRoot, name)) }).toEqual({ name, exists: true });
    }
  });

  it('has an executable .ci/run that runs npm test and nothing weaker', () => {
    const text = readFileSync(join(projectRoot, '.ci/run'), 'utf8');
    expect(statSync(join(projectRoot, '.ci/run')).mode & 0o111).not.toBe(0);
    expect(text).toMatch(/^exec npm test < \/dev\/null$/m);
    expect(text).not.toMatch(/\|\| *true|passWithNoTests|set \+e/);
  });

  // npm drops packages of other platforms from the lock file when it cannot reach them, and then `npm ci` refuses it.
  it('locks the packages of every platform', () => {
    const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('carries no address in the lock file', () => {
    const lock = readFileSync(join(projectRoot, 'package-lock.json'), 'utf8');
    expect(lock).not.toContain('"resolved"');
  });
});

describe('the documentation', () => {
  const documented = ['scheduler', 'frameworks', ...adapterFolders(), 'docs/decisions', 'src/scenario/traces'].filter(
    (folder) => holdsSources(folder),
  );

  function adapterFolders(): string[] {
    const folder = join(projectRoot, 'frameworks');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['contract', 'common', 'runner'].includes(entry.name))
      .map((entry) => `frameworks/${entry.name}`);
  }

  function holdsSources(folder: string): boolean {
    return filesBelow(join(projectRoot, folder)).length > 0;
  }

  it.each(documented)('%s has a README beside the code', (folder) => {
    const path = join(projectRoot, folder, 'README.md');
    expect(existsSync(path) ? readFileSync(path, 'utf8').trim().length : 0).toBeGreaterThan(200);
  });

  it('lists every decision record', () => {
    const folder = join(projectRoot, 'docs/decisions');
    const index = readFileSync(join(folder, 'README.md'), 'utf8');
    const records = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const dead = files
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap(({ path, lines }) =>
        [...lines.join('\n').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
          .map((match) => match[1] ?? '')
          .filter((target) => !existsSync(join(projectRoot, path, '..', decodeURIComponent(target))))
          .map((target) => `${path}: ${target}`),
      );
    expect(dead).toEqual([]);
  });
});

describe('the wire contract', () => {
  const protos = files.filter(({ path }) => path.endsWith('.proto'));
  const declaration = /^\s*(message|enum|service|rpc|oneof)\s+\w+|^\s*(repeated |optional )?[\w.]+(<[^>]+>)? \w+ = \d+/;

  /** Declarations and fields without a comment above or beside them. Comments are the protocol's manual. */
  function undocumented({ path, lines }: SourceFile): string[] {
    return lines.flatMap((line, index) => {
      if (!declaration.test(line) || line.includes('//')) return [];
      const above = lines[index - 1]?.trim() ?? '';
      return above.startsWith('//') || above.endsWith('*/') ? [] : [`${path}:${index + 1}: ${line.trim()}`];
    });
  }

  it('knows a bare field from an explained one', () => {
    const path = 'planted.proto';
    expect(undocumented({ path, lines: ['message A {', '  // Why.', '  string b = 1;', '  string c = 2;'] })).toEqual([
      'planted.proto:1: message A {',
      'planted.proto:4: string c = 2;',
    ]);
  });

  it('explains every message, call, enum and field', () => {
    expect(protos.flatMap(undocumented)).toEqual([]);
  });
});
