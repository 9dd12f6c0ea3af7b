import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlantedTree } from '../support/planted-tree.js';

interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly severity: number; readonly message: string }[];
}

const ERROR = 2;

/** What may not stand in the core, one file each: name -> rule that reports it, and the text. */
const IMPURE: Readonly<Record<string, readonly [rule: string, text: string]>> = {
  clock: ['no-restricted-globals', 'export const nowMs = Date.now();'],
  timer: ['no-restricted-globals', 'export const timer = setTimeout(() => undefined, 1);'],
  environment: ['no-restricted-globals', "export const home = process.env['HOME'];"],
  promise: ['no-restricted-globals', 'export const later = Promise.resolve(1);'],
  randomness: ['no-restricted-properties', 'export const roll = Math.random();'],
  locale: ['no-restricted-properties', "export const order = 'a'.localeCompare('b');"],
  files: ['no-restricted-imports', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;"],
  awaiting: ['no-restricted-syntax', 'export async function wait(p: PromiseLike<number>) {\n  return await p;\n}'],
  'late-import': ['no-restricted-syntax', "export const late = import('./pure.js');"],
  'silent-kind': [
    '@typescript-eslint/switch-exhaustiveness-check',
    "export function f(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}",
  ],
};

/** The same for the rest of the product. */
const CARELESS: Readonly<Record<string, readonly [rule: string, text: string]>> = {
  'src/agent/floating': [
    '@typescript-eslint/no-floating-promises',
    'async function work(): Promise<void> {\n  await Promise.resolve();\n}\nwork();',
  ],
  'src/agent/environment': ['no-restricted-properties', "export const home = process.env['HOME'];"],
  'src/agent/type-import': [
    '@typescript-eslint/consistent-type-imports',
    "import { Pure } from '../../scheduler/pure.js';\nexport const a: Pure | undefined = undefined;",
  ],
  'src/agent/any': ['@typescript-eslint/no-explicit-any', 'export const loose: any = 1;'],
  'frameworks/common/dice': ['no-restricted-properties', 'export const roll = Math.random();'],
  'test/unit/focused.test': [
    'jest/no-focused-tests',
    // Joined, so that the tidy test does not find it here.
    ['it', "only('runs alone', () => { expect(1).toBe(1); });"].join('.'),
  ],
  'test/unit/idle.test': ['jest/expect-expect', "it('asserts nothing', () => { const a = 1; void a; });"],
};

const CLEAN: Readonly<Record<string, string>> = {
  'scheduler/pure.ts':
    "import assert from 'node:assert';\n\nexport interface Pure {\n  readonly a: number;\n}\n\n" +
    'export function twice(a: number): number {\n  assert(a >= 0);\n  return Math.max(a, 0) * 2;\n}\n',
  'src/ports/system.ts': 'export const next = (): number => Math.random();\n',
  'src/config/environment.ts': "export const home = process.env['HOME'];\n",
};

describe('the lint rules', () => {
  let tree: PlantedTree;
  let reports: readonly FileReport[];

  beforeAll(async () => {
    const files: Record<string, string> = { ...CLEAN };
    for (const [name, [, text]] of Object.entries(IMPURE)) files[`scheduler/${name}.ts`] = `${text}\n`;
    for (const [name, [, text]] of Object.entries(CARELESS)) files[`${name}.ts`] = `${text}\n`;
    tree = new PlantedTree(['eslint.config.js', 'tsconfig.json', 'package.json'], files);
    const ran = await tree.run('eslint/bin/eslint.js', ['--format', 'json', 'scheduler', 'src', 'frameworks', 'test']);
    if (!ran.stdout.startsWith('[')) throw new Error(`eslint printed no JSON: ${ran.stdout}${ran.stderr}`);
    reports = JSON.parse(ran.stdout) as FileReport[];
  });

  afterAll(() => {
    tree[Symbol.dispose]();
  });

  function errorsIn(path: string): readonly (string | null)[] {
    const report = reports.find(({ filePath }) => filePath.endsWith(`/${path}`));
    if (report === undefined) throw new Error(`${path} was not linted`);
    return report.messages.filter(({ severity }) => severity === ERROR).map(({ ruleId }) => ruleId);
  }

  it.each(Object.entries(IMPURE))('keep %s out of the core', (name, [rule]) => {
    expect(errorsIn(`scheduler/${name}.ts`)).toContain(rule);
  });

  it.each(Object.entries(CARELESS))('report %s', (name, [rule]) => {
    expect(errorsIn(`${name}.ts`)).toContain(rule);
  });

  it.each(Object.keys(CLEAN))('let %s through', (path) => {
    expect(errorsIn(path)).toEqual([]);
  });
});
