import { writeFile } from 'node:fs/promises';
import {
  buildDemand,
  buildReport,
  loadTraces,
  renderReport,
  reportJson,
  type Report,
  type Scenario,
} from '../scenario/index.js';
import { simulatePolicy, type PolicyRun } from './simulate-policy.js';

export { simulatePolicy, type PolicyRun } from './simulate-policy.js';

export interface SimulateOptions {
  readonly scenario: Scenario;
  /** Where the JSON report goes; null = nowhere. */
  readonly reportPath: string | null;
  /** Where the decisions of the dynamic run go, one line each; null = nowhere. */
  readonly decisionsPath: string | null;
  readonly write: (text: string) => void;
  /** Told how far the run is, for people who wait; absent when nobody looks. */
  readonly progress?: (text: string) => void;
}

/** Runs the scenario under `greedy` and `dynamic`, compares them with the static splits, prints and writes the report. */
export async function runSimulate(options: SimulateOptions): Promise<number> {
  const { scenario, progress } = options;
  const run = (policy: 'greedy' | 'dynamic'): Promise<PolicyRun> =>
    simulatePolicy(scenario, policy, (atMs) =>
      progress?.(`${policy}: ${(atMs / 3_600_000).toFixed(2)} of ${String(scenario.hours)} h`),
    );
  const greedy = await run('greedy');
  const dynamic = await run('dynamic');
  const report = simulationReport(scenario, greedy, dynamic);
  if (options.reportPath !== null) await writeFile(options.reportPath, reportJson(report));
  if (options.decisionsPath !== null) await writeFile(options.decisionsPath, `${dynamic.decisions.join('\n')}\n`);
  options.write(`${renderReport(report)}\n`);
  return 0;
}

function simulationReport(scenario: Scenario, greedy: PolicyRun, dynamic: PolicyRun): Report {
  return buildReport({
    scenario,
    series: buildDemand(scenario, loadTraces()),
    floored: 0,
    greedy: greedy.evaluation,
    dynamic: dynamic.evaluation,
  });
}
