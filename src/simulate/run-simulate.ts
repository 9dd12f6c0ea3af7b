import { writeFile } from 'node:fs/promises';
import type { SimulateRunOptions } from '../config/index.js';
import {
  buildDemand,
  buildReport,
  loadTraces,
  renderReport,
  readScenario,
  reportFileProblem,
  reportJson,
  ScenarioError,
  type Report,
  type Scenario,
} from '../scenario/index.js';
import { simulatePolicy } from './simulate-policy.js';

export { simulatePolicy, type PolicyRun } from './simulate-policy.js';

/** `mosaic simulate`: exit code 0, or 2 with a sentence on standard error when the scenario or the report's place cannot be used. */
export async function runSimulate(options: SimulateRunOptions): Promise<number> {
  const unwritable = await reportFileProblem(options.reportFile);
  if (unwritable !== null) {
    process.stderr.write(`mosaic: ${unwritable}\n`);
    return 2;
  }
  let scenario: Scenario;
  try {
    scenario = await readScenario(options.scenarioFile, {
      hosts: options.hosts ?? undefined,
      hours: options.hours ?? undefined,
      seed: options.seed ?? undefined,
    });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    process.stderr.write(`mosaic: ${error.message}\n`);
    return 2;
  }
  const progress = progressLine(options.quiet || !process.stderr.isTTY);
  const report = await simulateScenario(scenario, progress.show);
  progress.clear();
  if (options.reportFile !== null) await writeFile(options.reportFile, reportJson(report));
  process.stdout.write(options.json ? reportJson(report) : `${renderReport(report, { columns: terminalColumns() })}\n`);
  return 0;
}

/** A file or a pipe is as wide as it needs to be. */
function terminalColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

/** Runs the scenario under `greedy` and `dynamic` and compares them with the static splits. */
export async function simulateScenario(scenario: Scenario, onProgress: (text: string) => void): Promise<Report> {
  const show = (policy: string) => (atMs: number) => {
    onProgress(`${policy}: ${(atMs / 3_600_000).toFixed(1)} of ${String(scenario.hours)} h`);
  };
  const greedy = await simulatePolicy(scenario, 'greedy', show('greedy'));
  const dynamic = await simulatePolicy(scenario, 'dynamic', show('dynamic'));
  return buildReport({
    scenario,
    series: buildDemand(scenario, loadTraces()),
    floored: 0,
    greedy: greedy.evaluation,
    dynamic: dynamic.evaluation,
  });
}

/** One line on a terminal's standard error, rewritten in place. */
function progressLine(silent: boolean): { readonly show: (text: string) => void; readonly clear: () => void } {
  if (silent) return { show: () => undefined, clear: () => undefined };
  return {
    show: (text) => process.stderr.write(`\r\u001b[K${text}`),
    clear: () => process.stderr.write('\r\u001b[K'),
  };
}
