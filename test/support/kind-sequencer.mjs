import { createRequire } from 'node:module';

// @jest/test-sequencer is a dependency of jest, so it is found from there.
const requireFromJest = createRequire(createRequire(import.meta.url).resolve('@jest/core', { paths: jestPaths() }));
const Sequencer = requireFromJest('@jest/test-sequencer').default;

function jestPaths() {
  return [createRequire(import.meta.url).resolve('jest')];
}

/** The order in which kinds of tests run: what is cheap and points closest to the fault comes first. */
export const KINDS = ['unit', 'golden', 'property', 'sim', 'conformance', 'integration', 'e2e'];

/** The position of a test file's kind in KINDS; a folder that is not listed runs last. */
export function kindIndex(path) {
  const kind = /[\\/]test[\\/]([^\\/]+)[\\/]/.exec(path)?.[1];
  const index = KINDS.indexOf(kind ?? '');
  return index === -1 ? KINDS.length : index;
}

/** Keeps jest's own order (failed and slow files first) within each kind. */
export default class KindSequencer extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted
      .map((test, position) => ({ test, position }))
      .sort((a, b) => kindIndex(a.test.path) - kindIndex(b.test.path) || a.position - b.position)
      .map(({ test }) => test);
  }
}
