// Shared by the scripts that run before anything is built: Node and npm alone, no packages.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project: the folder of package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folders whose TypeScript is compiled into dist/. */
export const sourceFolders = ['src', 'scheduler', 'frameworks'];

/** Paths below the root that are neither compiled nor copied into dist/: scripts, and web sources with a build of their own. */
export const notBuilt = ['src/bootstrap', 'src/web'];

/** Written last by a build that succeeded; sources newer than it mean that dist/ is old. */
export const buildStamp = join(root, 'dist', '.built');

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * Why this Node cannot run Mosaic, or undefined when it can. `range` is `engines.node`, of the form `>=MAJOR.MINOR`.
 */
export function nodeProblem(version, range) {
  const wanted = /^>=\s*(\d+)\.(\d+)/.exec(range);
  const have = /^v?(\d+)\.(\d+)/.exec(version);
  if (wanted === null || have === null) return undefined;
  const [wantedMajor, wantedMinor] = [Number(wanted[1]), Number(wanted[2])];
  const [major, minor] = [Number(have[1]), Number(have[2])];
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  return (
    `Mosaic needs Node ${wantedMajor}.${wantedMinor} or newer (package.json engines.node is "${range}"), ` +
    `but this is Node ${version.replace(/^v/, '')}. Install a newer Node from https://nodejs.org and run the command again.`
  );
}

/**
 * Why `npm ci` must run, or undefined when node_modules holds what package-lock.json asks for. Contents are compared, not
 * times: a checkout gives every file a new time, and an install that changed nothing should not run again.
 */
export function installProblem(rootFolder) {
  const installedPath = join(rootFolder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return 'node_modules is missing';
  const wanted = readJson(join(rootFolder, 'package-lock.json')).packages;
  const installed = readJson(installedPath).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link === true) continue;
    const have = installed[path];
    // Optional packages are absent where the platform does not fit.
    if (have === undefined && (entry.optional === true || entry.devOptional === true || entry.peer === true)) continue;
    if (have?.version !== entry.version) return 'node_modules is older than package-lock.json';
  }
  return undefined;
}

/** Why a build must run, or undefined when dist/ is newer than everything it is made from. */
export function buildProblem(rootFolder) {
  const stamp = join(rootFolder, 'dist', '.built');
  if (!existsSync(stamp)) return 'dist is missing';
  const builtMs = statSync(stamp).mtimeMs;
  const inputs = ['package.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(rootFolder, name));
  for (const folder of sourceFolders) inputs.push(...filesBelow(join(rootFolder, folder)));
  for (const path of inputs) {
    if (existsSync(path) && statSync(path).mtimeMs > builtMs) return `dist is older than ${relative(rootFolder, path)}`;
  }
  return undefined;
}

/** Every file below a folder, sorted; an absent folder has none. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const files = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') files.push(...filesBelow(path));
    } else if (entry.isFile()) files.push(path);
  }
  return files.sort();
}

/** `path` relative to the root with `/` between folders on every platform. */
export function fromRoot(path) {
  return relative(root, path).split(sep).join('/');
}

/** The command line of npm: the copy that started us when there is one, so that no shell is needed on Windows. */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) return [process.execPath, [cli, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

/** The command line of a package's program in node_modules. */
export function packageBin(packageName, program = packageName) {
  const folder = join(root, 'node_modules', ...packageName.split('/'));
  const manifestPath = join(folder, 'package.json');
  if (!existsSync(manifestPath)) throw new Error(`${packageName} is not installed: run \`npm ci --ignore-scripts\`.`);
  const { bin } = readJson(manifestPath);
  const entry = typeof bin === 'string' ? bin : bin[program];
  return [process.execPath, [join(folder, entry)]];
}

/** Runs a command and collects what it prints. `code` is 128 + signal number when a signal ended it, as in a shell. */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const chunks = [];
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}\n` }));
    child.on('close', (code, signal) =>
      resolve({ code: exitCode(code, signal), output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}

/** The exit code a shell would show. */
export function exitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/** `12.3 s` or `850 ms`. */
export function took(startedMs) {
  const ms = Math.round(performance.now() - startedMs);
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
