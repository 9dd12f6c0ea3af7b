/**
 * `npm run sim -- --seeds N [--from S]` runs many seeds and says what they met; `npm run sim -- --seed S [--log]` repeats
 * one, with its decisions. Exit code 1 when a seed fails.
 */
import { parseArgs } from 'node:util';
import { Coverage } from './coverage.js';
import { runSeed } from './run-seed.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    log: { type: 'boolean', default: false },
    coverage: { type: 'boolean', default: false },
  },
});

const from = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
if (!Number.isSafeInteger(from) || !Number.isSafeInteger(count) || count < 1) {
  console.error('usage: npm run sim -- [--seeds N] [--from S] | --seed S [--log] (whole numbers)');
  process.exit(2);
}

const coverage = new Coverage();
const failed: number[] = [];
let simulatedMs = 0;
let events = 0;
const started = performance.now();
const cpuStarted = process.cpuUsage();
for (let seed = from; seed < from + count; seed++) {
  const result = await runSeed(
    seed,
    {},
    values.log
      ? (line) => {
          console.log(line);
        }
      : undefined,
  );
  coverage.merge(result.coverage.counts);
  simulatedMs += result.simulatedMs;
  events += result.events;
  if (count === 1) console.log(JSON.stringify(result.options));
  if (result.problems.length === 0) continue;
  failed.push(seed);
  console.log(`seed ${String(seed)} failed; repeat it with: npm run sim -- --seed ${String(seed)} --log`);
  for (const problem of result.problems) console.log(`  ${problem}`);
}
const wallSeconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuStarted);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
console.log(
  `${String(count)} seeds, ${(simulatedMs / 3_600_000).toFixed(0)} simulated hours, ${String(events)} events in ${wallSeconds.toFixed(1)} s: ` +
    `${(simulatedMs / 1000 / wallSeconds).toFixed(0)} simulated seconds per second, ${(simulatedMs / 1000 / cpuSeconds).toFixed(0)} per CPU-second`,
);
if (values.coverage)
  for (const [name, times] of [...coverage.counts].sort()) console.log(`${String(times).padStart(9)} ${name}`);
const missing = coverage.missing();
if (missing.length > 0) {
  console.log(
    `met fewer than the required times: ${missing.map(({ name, times }) => `${name} (${String(times)})`).join(', ')}`,
  );
}
console.log(failed.length === 0 ? 'every seed passed' : `${String(failed.length)} seeds failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
