import type { DemoModel } from './model.js';
import { block, type Part } from './part.js';
import { joined, shorten, span, TONES, width, type Line } from './text.js';
import { counted, timeOfDay } from './words.js';

/** What runs, at what time of the scenario's day, and whether anything is out of the ordinary. */
export function titlePart(model: DemoModel, columns: number): Part {
  const time = timeOfDay(model.nowMs, model.startHour);
  const hours = `${(model.nowMs / 3_600_000).toFixed(1)} of ${Math.round(model.runMs / 360_000) / 10} h`;
  const state: Line =
    model.phase === 'starting'
      ? [span('starting', TONES.warn)]
      : model.phase === 'stopping'
        ? [span('stopping', TONES.warn)]
        : model.frozen
          ? [span('FROZEN: no new steps', '30;43')]
          : [];
  const parts: readonly Line[] = [
    [span('mosaic demo', TONES.bold)],
    [span(time, TONES.bold), span(` ${hours}`)],
    state,
    [span(`${Math.round(model.speed)}x life`)],
    [span(counted(model.hosts, 'host'))],
    [span(`seed ${model.seed}`, TONES.dim)],
    model.scenario === 'default' ? [] : [span(`scenario ${model.scenario}`, TONES.dim)],
    [span(model.version, TONES.dim)],
  ];
  return block([joined(parts, columns, ' · ')], 0);
}

/** Where the master listens and what to type in another terminal. */
export function addressPart(model: DemoModel, columns: number): Part {
  if (model.grpcAddress === '') {
    return block([[span(model.phaseText === '' ? 'starting the master' : model.phaseText, TONES.dim)]], 1);
  }
  // The master is going: nothing can be asked of it any more, and what takes its time is what one wants to know.
  if (model.phase === 'stopping')
    return block(
      [
        [span(shorten(model.phaseText, columns), TONES.warn)],
        [span('Ctrl-C again ends it at once, without a report', TONES.dim)],
      ],
      1,
    );
  const addresses: readonly Line[] = [
    [span('gRPC '), span(model.grpcAddress, TONES.bold)],
    model.httpAddress === '' ? [] : [span('HTTP '), span(model.httpAddress, TONES.bold)],
    model.phase === 'running' ? [] : [span(model.phaseText, TONES.warn)],
  ];
  const commands = model.commands.map((command): Line => [span(command, TONES.bold)]);
  const label = span(columns < 100 ? 'try ' : 'try in another terminal: ', TONES.dim);
  const gap = '  |  ';
  const oneLine: Line = [label, ...joined(commands, Number.POSITIVE_INFINITY, gap)];
  if (width(oneLine) <= columns) return block([joined(addresses, columns), oneLine], 1);
  const [first = [], ...others] = commands;
  return block([joined([...addresses, [label, ...first]], columns), joined(others, columns, gap)], 1);
}
