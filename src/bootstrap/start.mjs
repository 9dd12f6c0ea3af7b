// `npm start -- ARGS` on a fresh clone, with Node and npm alone: installs what is missing, builds what is old, then runs
// `mosaic demo ARGS`. One line for each phase that has something to do.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProblem, capture, exitCode, installProblem, nodeProblem, npm, readJson, root, took } from './tools.mjs';

/**
 * Copies of one signal that arrive this close together are one wish: Ctrl-C reaches npm and this process alike, and npm
 * passes its copy on.
 */
const SIGNAL_COPIES_WITHIN_MS = 300;
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** Runs one phase: a line before, a line after, and all it printed only when it failed. */
async function phase(label, why, command, args, hint) {
  const startedMs = performance.now();
  process.stdout.write(`mosaic: ${label} (${why}) ...\n`);
  const { code, output } = await capture(command, args);
  if (code !== 0) fail(`${output.trimEnd()}\nmosaic: ${label} failed with exit code ${code}. ${hint}`, code);
  process.stdout.write(`mosaic: ${label} done in ${took(startedMs)}\n`);
}

async function prepare() {
  const problem = nodeProblem(process.version, readJson(join(root, 'package.json')).engines.node);
  if (problem !== undefined) fail(problem);

  const install = installProblem(root);
  if (install !== undefined) {
    const [command, args] = npm('ci', '--ignore-scripts', '--no-audit', '--no-fund');
    await phase('installing packages', install, command, args, 'Check the network and the npm registry settings.');
  }

  const build = buildProblem(root);
  if (build !== undefined) {
    const script = join(root, 'src', 'bootstrap', 'build.mjs');
    await phase('building', build, process.execPath, [script], 'The messages above name the file and line.');
  }
}

/**
 * Runs the demo and ends as it ends. The child has a process group of its own, so a Ctrl-C in the terminal reaches it once,
 * through us, and never its children behind its back; the price is that we also pass on changes of the window's size.
 */
function run(entry, args) {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: process.cwd(),
    stdio: 'inherit',
    detached: process.platform !== 'win32',
  });
  const lastMs = new Map();
  for (const signal of FORWARDED_SIGNALS) {
    process.on(signal, () => {
      const nowMs = performance.now();
      const copy = nowMs - (lastMs.get(signal) ?? -Infinity) < SIGNAL_COPIES_WITHIN_MS;
      if (copy) return;
      lastMs.set(signal, nowMs);
      child.kill(signal);
    });
  }
  if (process.platform !== 'win32') process.on('SIGWINCH', () => child.kill('SIGWINCH'));
  child.on('error', (error) => fail(`mosaic: could not start ${entry}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(exitCode(code, signal)));
}

await prepare();
const entry = join(root, 'dist', 'src', 'cli', 'main.js');
try {
  readFileSync(entry);
} catch {
  fail(`mosaic: the build left no ${entry}. Remove the dist folder and run the command again.`);
}
run(entry, ['demo', ...process.argv.slice(2)]);
