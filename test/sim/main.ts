/**
 * `npm run sim -- --seeds N [--from S] [--jobs J]` runs many seeds and says what they met; `npm run sim -- --seed S [--log]`
 * repeats one, with its decisions. `--coverage` lists how often everything happened. Exit code 1 when a seed fails.
 */
import { parseArgs } from 'node:util';
import { Coverage } from './coverage.js';
import { runSeed } from './run-seed.js';
import { runSeeds, runSeedsInProcesses } from './run-seeds.js';
import { repeatCommand, reportLines } from './seed-report.js';

const USAGE = 'usage: npm run sim -- [--seeds N] [--from S] [--jobs J] [--coverage] | --seed S [--log] (whole numbers)';

const values = parsed();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const from = Number(values.seed ?? values.from);
const count = Number(values.seeds);
const jobs = Number(values.jobs);
if (![from, count, jobs].every((value) => Number.isSafeInteger(value)) || count < 1 || jobs < 1) wrongUsage();

if (values.seed === undefined) await many();
else await one(from);

function parsed() {
  try {
    return parseArgs({
      options: {
        seeds: { type: 'string', default: '100' },
        from: { type: 'string', default: '1' },
        seed: { type: 'string' },
        jobs: { type: 'string', default: '1' },
        log: { type: 'boolean', default: false },
        coverage: { type: 'boolean', default: false },
        'until-failure': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function wrongUsage(message?: string): never {
  if (message !== undefined) console.error(message);
  console.error(USAGE);
  process.exit(2);
}

async function one(seed: number): Promise<void> {
  const say = (line: string): void => {
    console.log(line);
  };
  const result = await runSeed(seed, {}, values.log ? say : undefined);
  say(JSON.stringify(result.options));
  if (values.coverage) sayCounts(result.coverage);
  for (const problem of result.problems) say(`  ${problem}`);
  say(
    result.problems.length === 0
      ? `seed ${String(seed)} passed (${result.hash})`
      : `seed ${String(seed)} failed (${result.hash}); repeat it with: ${repeatCommand(seed)}`,
  );
  process.exitCode = result.problems.length === 0 ? 0 : 1;
}

async function many(): Promise<void> {
  const started = performance.now();
  const untilFailure = values['until-failure'];
  const report =
    jobs === 1
      ? await runSeeds({ from, count, untilFailure }, (seed) => {
          console.error(`seed ${String(seed)} failed; repeat it with: ${repeatCommand(seed)}`);
        })
      : await runSeedsInProcesses({ from, count, untilFailure, jobs });
  process.exitCode = report.failures.length === 0 ? 0 : 1;
  if (values.json) {
    console.log(JSON.stringify(report));
    return;
  }
  const coverage = new Coverage();
  coverage.merge(report.counts);
  if (values.coverage) sayCounts(coverage);
  for (const line of reportLines(report, coverage, (performance.now() - started) / 1000)) console.log(line);
}

function sayCounts(coverage: Coverage): void {
  for (const [name, times] of [...coverage.counts].sort()) console.log(`${String(times).padStart(9)} ${name}`);
}
