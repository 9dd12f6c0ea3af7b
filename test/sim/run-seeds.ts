import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Coverage } from './coverage.js';
import { runSeed } from './run-seed.js';
import type { SeedsReport } from './seed-report.js';

/** Seeds that one process takes at a time: the last ones end at about the same time. */
const BATCH = 10;
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

export interface SeedsOptions {
  readonly from: number;
  readonly count: number;
  /** Stop at the first seed that fails. @default false */
  readonly untilFailure?: boolean;
}

/** Runs seeds one after the other in this process. */
export async function runSeeds(options: SeedsOptions, onFailure?: (seed: number) => void): Promise<SeedsReport> {
  const coverage = new Coverage();
  const failures: { seed: number; problems: readonly string[] }[] = [];
  let simulatedMs = 0;
  let events = 0;
  let seeds = 0;
  const started = process.cpuUsage();
  for (let seed = options.from; seed < options.from + options.count; seed++) {
    const result = await runSeed(seed);
    seeds += 1;
    coverage.merge(result.coverage.counts);
    simulatedMs += result.simulatedMs;
    events += result.events;
    if (result.problems.length === 0) continue;
    failures.push({ seed, problems: result.problems });
    onFailure?.(seed);
    if (options.untilFailure === true) break;
  }
  const cpu = process.cpuUsage(started);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  return { seeds, failures, counts: [...coverage.counts], simulatedMs, events, cpuSeconds };
}

/** Runs seeds in `jobs` processes. A process is replaced after each batch, so that none grows. */
export async function runSeedsInProcesses(
  options: SeedsOptions & { readonly jobs: number },
  onReport?: (done: SeedsReport) => void,
): Promise<SeedsReport> {
  const batches: SeedsOptions[] = [];
  for (let from = options.from; from < options.from + options.count; from += BATCH)
    batches.push({ from, count: Math.min(BATCH, options.from + options.count - from) });
  let merged = emptyReport();
  const worker = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const report = await runBatch(batch);
      merged = merge(merged, report);
      onReport?.(merged);
      if (options.untilFailure === true && merged.failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  return { ...merged, failures: [...merged.failures].sort((a, b) => a.seed - b.seed) };
}

function runBatch({ from, count }: SeedsOptions): Promise<SeedsReport> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', MAIN, '--from', String(from), '--seeds', String(count), '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    let report: SeedsReport | null = null;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) report = JSON.parse(line) as SeedsReport;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (report !== null) resolve(report);
      else reject(new Error(`seeds from ${String(from)} ended with code ${String(code)} and no report`));
    });
  });
}

function emptyReport(): SeedsReport {
  return { seeds: 0, failures: [], counts: [], simulatedMs: 0, events: 0, cpuSeconds: 0 };
}

function merge(a: SeedsReport, b: SeedsReport): SeedsReport {
  const coverage = new Coverage();
  coverage.merge(a.counts);
  coverage.merge(b.counts);
  return {
    seeds: a.seeds + b.seeds,
    failures: [...a.failures, ...b.failures],
    counts: [...coverage.counts],
    simulatedMs: a.simulatedMs + b.simulatedMs,
    events: a.events + b.events,
    cpuSeconds: a.cpuSeconds + b.cpuSeconds,
  };
}
