import { resolve } from 'node:path';
import { profilePath } from '../../config/environment.js';
import { action, describe, text, type Program } from '../noun.js';
import type { DemoRunOptions } from '../options.js';
import { parseWhole } from '../parse/values.js';
import { readScenarioFlags, scenarioFlags } from '../scenario-flags.js';

export function registerDemo(program: Program): void {
  const demo = program.root.command('demo').helpGroup('Run:');
  describe(demo, {
    summary: 'A fleet on this machine that moves hosts on real demand',
    more:
      'VMs, pods and Hadoop jobs come from recorded traces. A master, agents and three frameworks run ' +
      'as processes of their own, with simulated machines; nothing is left behind.',
    examples: [
      'mosaic demo',
      'mosaic demo --hosts 24 --hours 6 --speed 600 --report report.json',
      'mosaic demo --http-port 0 --grpc-port 0',
    ],
  });
  scenarioFlags(demo)
    .option('--speed <n>', 'how many times faster than life (1 to 100000)')
    .option('--scenario <file>', 'scenario file (YAML) instead of the shipped one')
    .option('--grpc-port <port>', 'port of the master (0 = any free one)', '7600')
    .option('--http-port <port>', 'port of health, metrics and events (0 = any free one)', '7680');
  action(program, demo, async (session, _args, options) => {
    const { globals, io } = session;
    const scenario = text(options, 'scenario');
    const checked: DemoRunOptions = {
      ...readScenarioFlags(options, io.folder),
      grpcPort: parseWhole('--grpc-port', text(options, 'grpcPort'), 0, 65_535),
      httpPort: parseWhole('--http-port', text(options, 'httpPort'), 0, 65_535),
      scenarioFile: scenario === '' ? null : resolve(io.folder, scenario),
      profilePath: globals.profile === '' ? profilePath(io.env) : resolve(io.folder, globals.profile),
      color: globals.color,
      ascii: globals.ascii,
    };
    const { runDemo } = await import('../../demo/run-demo.js');
    session.io.handOver();
    return runDemo(checked);
  });
}
