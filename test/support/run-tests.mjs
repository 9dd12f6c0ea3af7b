// `npm test`: everything that must hold, in a clean clone and on one machine. Installs what is missing, runs each check with
// one line and its time, then all tests, the simulated worlds last; shows what failed at the end. The last line is `N passed, N failed, N skipped`,
// where a failed check counts as one failed. Arguments are passed to jest (a path, -t NAME).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  capture,
  exitCode,
  filesBelow,
  installProblem,
  nodeProblem,
  npm,
  packageBin,
  readJson,
  root,
  took,
} from '../../src/bootstrap/tools.mjs';

/** Checks that only read run two at a time; their lines still appear in this order. */
const CHECKS_AT_ONCE = 2;
const REDIS_INSTALL = 'apt-get install -y --no-install-recommends redis-server';

const failures = [];

function say(line) {
  writeSync(1, `${line}\n`);
}

/** One line for one check; `time` as took() writes it. */
function report(ok, label, time, note = '') {
  say(`${ok ? 'ok  ' : 'FAIL'}  ${label.padEnd(18)} ${time.padStart(8)}${note === '' ? '' : `  ${note}`}`);
}

function closingLine({ passed, failed, skipped }) {
  say(`\n${passed} passed, ${failed + failures.length} failed, ${skipped} skipped`);
}

function showFailures() {
  for (const { label, output } of failures) say(`\n--- ${label} failed ---\n${output.trimEnd()}`);
}

/** Ends before the tests could run: without packages or with the wrong Node there is nothing to check. */
function stop(label, output) {
  failures.push({ label, output });
  showFailures();
  closingLine({ passed: 0, failed: 0, skipped: 0 });
  process.exit(1);
}

async function installPackages() {
  const problem = nodeProblem(process.version, readJson(join(root, 'package.json')).engines.node);
  if (problem !== undefined) stop('node', problem);
  const missing = installProblem(root);
  if (missing === undefined) return;
  const startedMs = performance.now();
  const { code, output } = await capture(...npm('ci', '--ignore-scripts', '--no-audit', '--no-fund'));
  report(code === 0, 'install', took(startedMs), missing);
  if (code !== 0) stop('install', output);
}

function found(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Tests of the Redis store run against a real server; they skip themselves where there is none. */
async function installRedis() {
  const wanted = filesBelow(join(root, 'test')).some(
    (path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('redis-server'),
  );
  if (!wanted || found('redis-server')) return;
  if (process.getuid?.() !== 0 || !found('apt-get')) {
    say(`note  redis-server is not installed: the tests that need it are skipped. To run them: sudo ${REDIS_INSTALL}`);
    return;
  }
  const startedMs = performance.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [command, ...args] = REDIS_INSTALL.split(' ');
  let installed = await capture(command, args, { env });
  if (installed.code !== 0) {
    await capture('apt-get', ['update'], { env });
    installed = await capture(command, args, { env });
  }
  report(installed.code === 0, 'redis-server', took(startedMs), installed.code === 0 ? '' : 'its tests are skipped');
}

/** The command line of an npm script, run without a shell in between. */
function script(name) {
  return npm('run', '--silent', name);
}

function checks() {
  const list = [
    { label: 'format', command: script('format:check') },
    { label: 'lint', command: script('lint') },
    { label: 'types', command: script('typecheck') },
    { label: 'import rules', command: script('imports') },
  ];
  if (existsSync(join(root, 'proto'))) {
    list.push(
      { label: 'proto lint', command: script('proto:lint') },
      { label: 'proto format', command: script('proto:format') },
      { label: 'generated types', command: script('proto:check') },
      { label: 'proto breaking', command: script('proto:breaking') },
    );
  }
  return list;
}

/** Runs checks a few at a time and prints their lines in order. */
async function runChecks(list) {
  let next = 0;
  const results = list.map(() => {
    let resolve;
    const promise = new Promise((done) => (resolve = done));
    return { promise, resolve };
  });
  const worker = async () => {
    while (next < list.length) {
      const index = next++;
      const startedMs = performance.now();
      const { code, output } = await capture(...list[index].command, { env: { ...process.env, NO_COLOR: '1' } });
      results[index].resolve({ code, output, time: took(startedMs) });
    }
  };
  const workers = Array.from({ length: CHECKS_AT_ONCE }, worker);
  for (const [index, { label }] of list.entries()) {
    const { code, output, time } = await results[index].promise;
    report(code === 0, label, time);
    if (code !== 0) failures.push({ label, output });
  }
  await Promise.all(workers);
}

/**
 * The runs of jest: the simulated worlds take both cores for minutes and come last, so that tests in real time are not
 * starved beside them. With arguments there is one run of what they name.
 */
function jestRuns(args) {
  if (args.length > 0) return [{ label: 'tests', args }];
  return [
    { label: 'tests', args: ['--testPathIgnorePatterns', '/node_modules/', '/test/sim/'] },
    { label: 'simulated worlds', args: ['--runInBand', 'test/sim/'] },
  ];
}

/** One run of jest; its counts come back through a file. */
function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'mosaic-test-'));
  const countsFile = join(folder, 'counts.json');
  const [node, jest] = packageBin('jest');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const child = spawn(node, [...flags, ...jest, '--ci', ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, MOSAIC_TEST_COUNTS_FILE: countsFile },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.on('error', (error) => resolve({ code: 127, counts: undefined, time: took(startedMs), error }));
    child.on('close', (code, signal) => {
      const counts = existsSync(countsFile) ? readJson(countsFile) : undefined;
      rmSync(folder, { recursive: true, force: true });
      resolve({ code: exitCode(code, signal), counts, time: took(startedMs) });
    });
  });
}

await installPackages();
await installRedis();
await runChecks(checks());
await runChecks([{ label: 'build', command: script('build') }]);

const counts = { passed: 0, failed: 0, skipped: 0 };
let passedAll = true;
for (const { label, args } of jestRuns(process.argv.slice(2))) {
  const jest = await runJest(args);
  report(jest.code === 0, label, jest.time);
  passedAll &&= jest.code === 0;
  for (const kind of Object.keys(counts)) counts[kind] += jest.counts?.[kind] ?? 0;
  // A run that failed without a failed test: no test was found, the configuration is broken, or a signal ended it.
  if (jest.code !== 0 && (jest.counts?.failed ?? 0) === 0)
    failures.push({ label, output: `jest ended with exit code ${jest.code} without a failed test.` });
}
showFailures();
closingLine(counts);
process.exit(failures.length === 0 && passedAll ? 0 : 1);
