// Native ESM through @swc/jest; types are checked apart, by `npm run typecheck`.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testSequencer: '<rootDir>/test/support/kind-sequencer.mjs',
  // Modules loaded as ESM are not fully released on Node 20, so a worker is replaced when it has grown this far.
  workerIdleMemoryLimit: '512MB',
  maxWorkers: 2,
  // Ends a test that hangs. Generous, because a busy machine is no failure; no test asserts how long something takes.
  testTimeout: 300_000,
  reporters: ['default', '<rootDir>/test/support/plain-line-reporter.mjs'],
};
