import jest from 'eslint-plugin-jest';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

const SYNCHRONOUS = 'core is synchronous';

export default defineConfig(
  { ignores: ['dist/**', 'coverage/**', 'node_modules/**', 'src/generated/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  ...ts.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A default case that calls assertNever counts as exhaustive; one that swallows new kinds does not.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },

  // Where the second noun hides (STYLE: past 400 lines); the tidy test refuses past 600.
  {
    files: ['scheduler/**/*.ts', 'src/**/*.ts', 'frameworks/**/*.ts'],
    rules: { 'max-lines': ['warn', { max: 400, skipBlankLines: true, skipComments: true }] },
  },

  // The core replays byte for byte: no clock, no randomness, no input or output, no await, no locale.
  {
    files: ['scheduler/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Date', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process', 'console', 'fetch'],
        ...['performance', 'crypto', 'globalThis', 'global', 'Promise', 'Intl', 'WeakRef', 'FinalizationRegistry'],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'use the injected Prng' },
        { property: 'localeCompare', message: 'order depends on the locale of the machine; compare with <' },
        { property: 'toLocaleString', message: 'text depends on the locale of the machine' },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', '!node:assert'], message: 'core is pure' }] },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'AwaitExpression', message: SYNCHRONOUS },
        { selector: ':function[async=true]', message: SYNCHRONOUS },
        { selector: 'ForOfStatement[await=true]', message: SYNCHRONOUS },
        { selector: 'ImportExpression', message: SYNCHRONOUS },
      ],
      'max-lines-per-function': ['warn', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },

  // Settings come in through one validated door.
  {
    files: ['src/**/*.ts', 'frameworks/**/*.ts'],
    ignores: ['src/config/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'the environment is read in src/config only' },
        { object: 'Math', property: 'random', message: 'take a random source as a port' },
      ],
    },
  },

  // Behind the random port stands the machine's own source.
  {
    files: ['src/ports/system.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'the environment is read in src/config only' },
      ],
    },
  },

  // Fakes answer without awaiting, and a test may assert what the types cannot know.
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['test/**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect', 'expect*', '*.expect*', 'assert*', '*.assert*', 'fc.assert', 'check*'] },
      ],
      'jest/no-conditional-expect': 'off',
      'jest/no-disabled-tests': 'error',
      'jest/no-standalone-expect': 'off',
      'jest/valid-title': ['error', { ignoreTypeOfDescribeName: true, ignoreTypeOfTestName: true }],
    },
  },

  // Scripts that run before anything is built are plain JavaScript and talk to a person.
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    ...ts.configs.disableTypeChecked,
    rules: { ...ts.configs.disableTypeChecked.rules, 'no-console': 'off' },
  },
);
