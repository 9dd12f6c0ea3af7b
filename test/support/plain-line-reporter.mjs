import { writeFileSync, writeSync } from 'node:fs';

/** When set, the counts go to this file as JSON and the caller prints the closing line (see run-tests.mjs). */
const countsFile = process.env.MOSAIC_TEST_COUNTS_FILE;

let line = '';
// On exit: after Jest's own summary, and also with --forceExit.
process.on('exit', () => {
  if (line !== '') writeSync(1, `\n${line}\n`);
});

/** Ends a run with the plain line `N passed, N failed, N skipped`, which machines read. */
export default class PlainLineReporter {
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    // A file that cannot load has no failed test of its own, and would otherwise read "0 failed".
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    if (countsFile !== undefined && countsFile !== '') {
      writeFileSync(countsFile, JSON.stringify({ passed, failed, skipped }));
      return;
    }
    line = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  }
}
