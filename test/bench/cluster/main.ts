/**
 * `npm run bench:cluster`: a real master with its durable store, emulated hosts and frameworks in processes of their own, all
 * over gRPC on loopback, and tasks that keep the fleet full. What is measured stands in `launch-times.ts` and
 * `docs/performance.md`.
 */
import { FlagError, parseFlags, USAGE } from './flags.js';
import { ClusterRun } from './run.js';
import { table } from './table.js';

async function main(): Promise<number> {
  let flags;
  try {
    flags = parseFlags(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    process.stderr.write(`bench:cluster: ${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (flags === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  for (const hosts of flags.hosts) {
    const run = new ClusterRun(flags, hosts, (text) => process.stderr.write(`${hosts} hosts: ${text}\n`));
    const interrupted = (): void => {
      void run.close().finally(() => process.exit(130));
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    try {
      const figures = await run.run();
      process.stdout.write(flags.json ? `${JSON.stringify(figures)}\n` : table(figures));
    } finally {
      process.removeListener('SIGINT', interrupted);
      process.removeListener('SIGTERM', interrupted);
      await run.close();
    }
  }
  return 0;
}

process.exitCode = await main();
