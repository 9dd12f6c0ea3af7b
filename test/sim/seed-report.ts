import { OCCURRENCES_MIN, type Coverage } from './coverage.js';

/** What many seeds came to. Plain JSON, so that processes can hand it to each other. */
export interface SeedsReport {
  readonly seeds: number;
  readonly failures: readonly { readonly seed: number; readonly problems: readonly string[] }[];
  readonly counts: readonly (readonly [string, number])[];
  readonly simulatedMs: number;
  readonly events: number;
  readonly cpuSeconds: number;
}

/** The one command that repeats a seed with everything that was decided in it. */
export function repeatCommand(seed: number): string {
  return `npm run sim -- --seed ${String(seed)} --log`;
}

/** Faults of all kinds per simulated hour, speed, and what failed, for people. */
export function reportLines(report: SeedsReport, coverage: Coverage, wallSeconds: number): readonly string[] {
  const hours = report.simulatedMs / 3_600_000;
  const lines: string[] = [];
  for (const { seed, problems } of report.failures) {
    lines.push(`seed ${String(seed)} failed; repeat it with: ${repeatCommand(seed)}`);
    for (const problem of problems) lines.push(`  ${problem}`);
  }
  const faults = [...coverage.counts].filter(([name]) => name.startsWith('fault ')).sort();
  lines.push('faults per simulated hour, over all seeds:');
  for (const [name, times] of faults)
    lines.push(`  ${(times / hours).toFixed(2).padStart(8)}  ${name.slice('fault '.length)}`);
  lines.push(
    `${String(report.seeds)} seeds, ${hours.toFixed(0)} simulated hours, ${String(report.events)} events in ${wallSeconds.toFixed(0)} s: ` +
      `${(report.simulatedMs / 1000 / wallSeconds).toFixed(0)} simulated seconds per wall second, ` +
      `${(report.simulatedMs / 1000 / report.cpuSeconds).toFixed(0)} per second of one core`,
  );
  const missing = coverage.missing();
  if (missing.length > 0)
    lines.push(
      `met less often than ${String(OCCURRENCES_MIN)} times: ${missing.map(({ name, times }) => `${name} (${String(times)})`).join(', ')}`,
    );
  const failed = report.failures.map(({ seed }) => String(seed));
  lines.push(failed.length === 0 ? 'every seed passed' : `${String(failed.length)} seeds failed: ${failed.join(', ')}`);
  return lines;
}
