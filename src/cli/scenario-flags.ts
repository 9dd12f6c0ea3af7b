/** Flags that `demo` and `simulate` share: they win over the scenario file. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { text, type Options } from './noun.js';
import { parseNumber, parseWhole } from './parse/values.js';

export interface ScenarioFlags {
  readonly hosts: number | null;
  readonly hours: number | null;
  readonly seed: number | null;
  readonly speed: number | null;
  readonly reportFile: string | null;
}

export function scenarioFlags(command: Command): Command {
  return command
    .option('--hosts <n>', 'how many hosts (3 to 100000)')
    .option('--hours <n>', 'hours of demand to play (up to 744)')
    .option('--seed <n>', 'what everything random comes from (0 to 4294967295)')
    .option('--report <file>', 'write the report there, as JSON');
}

export function readScenarioFlags(options: Options, folder: string): ScenarioFlags {
  const whole = (name: string, min: number, max: number): number | null => {
    const given = text(options, name);
    return given === '' ? null : parseWhole(`--${name}`, given, min, max);
  };
  const hours = text(options, 'hours');
  const speed = text(options, 'speed').replace(/x$/, '');
  const report = text(options, 'report');
  return {
    hosts: whole('hosts', 3, 100_000),
    hours: hours === '' ? null : parseNumber('--hours', hours, 0.1, 744),
    seed: whole('seed', 0, 4_294_967_295),
    speed: speed === '' ? null : parseNumber('--speed', speed, 1, 100_000),
    reportFile: report === '' ? null : resolve(folder, report),
  };
}
