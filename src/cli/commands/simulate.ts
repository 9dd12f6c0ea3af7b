import { resolve } from 'node:path';
import { action, describe, type Program } from '../noun.js';
import { readScenarioFlags, scenarioFlags } from '../scenario-flags.js';

export function registerSimulate(program: Program): void {
  const simulate = program.root
    .command('simulate')
    .alias('sim')
    .helpGroup('Run:')
    .argument('[scenario]', 'scenario file (YAML); without one, the shipped one');
  describe(simulate, {
    summary: 'Play a scenario fast: same seed, same report',
    more: 'Under a virtual clock, deterministic: the same seed gives the same report, byte for byte.',
    examples: [
      'mosaic simulate',
      'mosaic simulate night-batch.yaml --hours 24 --seed 7',
      'mosaic simulate --hosts 200 --report report.json',
      'mosaic simulate -o json | jq .gapClosed',
    ],
  });
  scenarioFlags(simulate);
  action(program, simulate, async (session, [scenario], options) => {
    const { globals, io } = session;
    const { hosts, hours, seed, reportFile } = readScenarioFlags(options, io.folder);
    const { runSimulate } = await import('../../simulate/run-simulate.js');
    session.io.handOver();
    return runSimulate({
      scenarioFile: scenario === undefined ? null : resolve(io.folder, scenario),
      ...{ hosts, hours, seed, reportFile },
      json: globals.format === 'json' || globals.format === 'jsonl',
      quiet: globals.quiet,
    });
  });
}
