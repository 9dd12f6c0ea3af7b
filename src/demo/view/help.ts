import { span, TONES, type Line } from './text.js';

/** The screen behind `?`. */
export const HELP_LINES: readonly Line[] = [
  [span('What you see', TONES.bold)],
  [],
  [span('A resource master moves whole hosts between managers of VMs, pods and')],
  [span('Hadoop as their demand changes. Master, agents and frameworks are processes')],
  [span('that talk gRPC; managers and machines are simulated, and scenario time runs')],
  [span('faster than life.')],
  [],
  [span('map      one cell a host, always in the same place: its letter is its owner,')],
  [span('         capital when it serves, small while it arrives')],
  [span('cores    what the workload wants now (queue included) against what serves it')],
  [span('moving   host, way, step, progress of the step, scenario time since the decision')],
  [],
  [span('Keys', TONES.bold)],
  [],
  [span('k'), span('   kill a host at random: its agent falls silent, its work is lost')],
  [span('r'), span('   revive the host killed last')],
  [span('f'), span('   freeze or thaw: no new steps of any move (mosaic freeze)')],
  [span('q'), span('   quit: stops everything, prints the table, writes the report of what was run')],
  [span('?'), span('   this page; any key closes it')],
];
