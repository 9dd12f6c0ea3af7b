import { writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { processEnvironment, terminalWishes } from '../config/environment.js';
import type { DemoRunOptions } from '../config/run-options.js';
import { productVersion } from '../daemon/product-version.js';
import { SystemRandom } from '../ports/index.js';
import {
  buildDemand,
  buildFleet,
  folded,
  loadTraces,
  renderReport,
  readScenario,
  reportFileProblem,
  reportJson,
  scaleScenario,
  ScenarioError,
  type Scenario,
} from '../scenario/index.js';
import { Demo, type DemoEnd } from './demo.js';
import { portProblem } from './free-port.js';
import { DemoHousehold } from './household.js';
import { newClockOrigin, SharedClock } from './shared-clock.js';
import { INTERRUPTED, press } from './keys.js';
import { LineShow, ScreenShow, type Show } from './show.js';
import type { Key } from './view/terminal.js';

const LOOPBACK = '127.0.0.1';
/** Wrong input, as everywhere in the CLI. */
const BAD_INPUT = 2;
const FAILED = 1;
const SIGNALS = { SIGINT: INTERRUPTED, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * `mosaic demo`: runs to the end of the scenario, to `q` (exit code 0) or to Ctrl-C (130), and reports what was run either
 * way. A second Ctrl-C ends everything at once, without a report. Exit code 2 when it cannot begin (scenario, ports, report
 * file), 1 when it failed or its closing check found something wrong.
 */
export async function runDemo(options: DemoRunOptions): Promise<number> {
  let scenario: Scenario;
  try {
    scenario = await readScenario(options.scenarioFile, {
      hosts: options.hosts ?? undefined,
      hours: options.hours ?? undefined,
      seed: options.seed ?? undefined,
      speed: options.speed ?? undefined,
    });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return complain(error.message);
  }
  const problem = await startProblem(options);
  if (problem !== null) return complain(problem);
  return await play(options, scenario);
}

async function play(options: DemoRunOptions, scenario: Scenario): Promise<number> {
  const origin = newClockOrigin();
  const household = new DemoHousehold(options.profilePath);
  const demo = new Demo({
    scaled: scaleScenario(scenario),
    fleet: buildFleet(scenario),
    series: () => buildDemand(scenario, loadTraces()),
    household,
    clock: new SharedClock(origin),
    origin,
    random: new SystemRandom(),
    grpcPort: options.grpcPort,
    httpPort: options.httpPort,
    program: programName(process.argv[1] ?? ''),
    version: productVersion(),
  });
  let exitCode = 0;
  let asked = 0;
  const stop = (code: number): void => {
    asked += 1;
    exitCode = code;
    demo.stop();
    // The first wish is carried out in order; the second one cannot wait.
    if (asked > 1 && code !== 0) process.exit(code);
  };
  const show = newShow(options, (key) => press(key, demo, stop));
  const lastMoment = (): void => {
    show.stop((text) => writeSync(process.stdout.fd, text));
    demo.killAll();
    household.remove();
  };
  const onSignal = (signal: keyof typeof SIGNALS): void => stop(SIGNALS[signal]);
  process.once('exit', lastMoment);
  // The message of a crash belongs on the normal screen.
  process.once('uncaughtExceptionMonitor', lastMoment);
  for (const signal of Object.keys(SIGNALS)) process.on(signal, onSignal);
  try {
    show.start(() => demo.model());
    const end = await demo.run();
    show.refresh();
    show.stop();
    return await tell(end, options, scenario, exitCode);
  } finally {
    show.stop();
    household.remove();
    process.off('exit', lastMoment);
    process.off('uncaughtExceptionMonitor', lastMoment);
    for (const signal of Object.keys(SIGNALS)) process.off(signal, onSignal);
  }
}

/** The table, what the closing check says, and the report file. */
async function tell(end: DemoEnd, options: DemoRunOptions, scenario: Scenario, exitCode: number): Promise<number> {
  if (end.kind === 'stopped') {
    process.stderr.write('mosaic: stopped before scenario time began; there is nothing to report\n');
    return exitCode;
  }
  if (end.kind === 'failed') {
    process.stderr.write(`mosaic: the demo ended: ${end.message}\n`);
    return exitCode === 0 ? end.exitCode : exitCode;
  }
  const { report, hoursRun } = end;
  const { problems, checked } = end.check;
  const { isTTY, columns: terminalColumns } = process.stdout;
  const columns = isTTY ? terminalColumns : Number.POSITIVE_INFINITY;
  const lines = [renderReport(report, { colour: options.color && isTTY, columns })];
  if (hoursRun < scenario.hours)
    lines.push(
      folded(
        `Stopped early: the report covers the ${round(hoursRun)} of ${round(scenario.hours)} h that were run.`,
        columns,
      ),
    );
  if (checked !== '' && problems.length === 0) lines.push(folded(`Checked at the end: ${checked}.`, columns));
  process.stdout.write(`${lines.join('\n')}\n`);
  if (options.reportFile !== null) {
    await writeFile(options.reportFile, reportJson(report));
    process.stdout.write(`Report written to ${options.reportFile}\n`);
  }
  if (problems.length === 0) return exitCode;
  process.stderr.write(
    `mosaic: the closing check found what must not be:\n${problems.map((one) => `  ${one}\n`).join('')}`,
  );
  return exitCode === 0 ? FAILED : exitCode;
}

/** Why the demo cannot begin, in a sentence; null when it can. Found out now, not after two minutes. */
async function startProblem({ grpcPort, httpPort, reportFile }: DemoRunOptions): Promise<string | null> {
  if (grpcPort !== 0 && grpcPort === httpPort)
    return `--grpc-port and --http-port are both ${grpcPort}; accepted are two different ports, or 0 for any free one`;
  const taken =
    (await portProblem('--grpc-port', LOOPBACK, grpcPort)) ?? (await portProblem('--http-port', LOOPBACK, httpPort));
  return taken ?? reportFileProblem(reportFile);
}

function newShow(options: DemoRunOptions, onKeyPressed: (key: Key) => void): Show {
  const { stdin, stdout } = process;
  const wishes = terminalWishes(processEnvironment());
  if (!stdout.isTTY || processEnvironment()['TERM'] === 'dumb')
    return new LineShow((line) => void stdout.write(`${line}\n`));
  return new ScreenShow({
    screen: stdout,
    keyboard: stdin.isTTY ? stdin : null,
    style: { colour: options.color && wishes.color, unicode: !options.ascii && wishes.unicode },
    onKey: onKeyPressed,
  });
}

/** How the person calls us: by name when installed, through npx from a clone. */
function programName(path: string): string {
  return basename(path) === 'mosaic' && !path.includes('_npx') ? 'mosaic' : 'npx mosaic';
}

function complain(message: string): number {
  process.stderr.write(`mosaic: ${message}\n`);
  return BAD_INPUT;
}

function round(hours: number): number {
  return Math.round(hours * 100) / 100;
}
