import type { FlagValue } from '../../config/load.js';
import type { MosaicConfig } from '../../config/schema.js';
import { badInput } from '../exit.js';
import { action, collect, describe, text, texts, type Options, type Program } from '../noun.js';
import { parseWhole } from '../parse/values.js';

export function registerMaster(program: Program): void {
  const master = program.root.command('master').helpGroup('Run:');
  describe(master, {
    summary: 'Run a master',
    more:
      'Frameworks, agents and operators connect to it. ' +
      'It listens on loopback unless told otherwise, keeps its state in ./mosaic-data, and stops cleanly on Ctrl-C.',
    examples: [
      'mosaic master',
      'mosaic master --config mosaic.yaml',
      'mosaic master --data /var/lib/mosaic --grpc 10.0.0.5:7600',
      'mosaic master --store memory --grpc-port 0 --http-port 0',
    ],
  });
  master
    .option('--grpc <host:port>', 'where frameworks, agents and operators connect')
    .option('--http <host:port>', 'where health, metrics and events are served')
    .option('--grpc-port <port>', 'the port alone (0 = any free one)')
    .option('--http-port <port>', 'the port alone (0 = any free one)')
    .option('--data <folder>', 'folder of the store')
    .option('--store <kind>', 'level (on disk) or memory')
    .option('--plan-mode <mode>', 'observe, approve or auto, until it is changed with mosaic plan mode')
    .option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent')
    .option('--log-format <format>', 'json or pretty')
    .option('--set <path=value>', 'any other setting: --set scheduler.planPeriodMs=30s', collect, []);
  action(program, master, async (session, _args, options) => {
    const { globals, io } = session;
    const { loadConfig } = await import('../../config/load.js');
    const inputs = { file: globals.config === '' ? undefined : globals.config, env: io.env, folder: io.folder };
    const profile: readonly FlagValue[] =
      globals.profile === '' ? [] : [{ path: 'client.profile', flag: '--profile', value: globals.profile }];
    // Ports alone keep the host that file and environment say.
    const base =
      options['grpcPort'] === undefined && options['httpPort'] === undefined ? null : loadConfig(inputs).config;
    const { config, warnings } = loadConfig({
      ...inputs,
      flags: [...profile, ...masterFlags(options), ...portFlags(options, base)],
    });
    for (const warning of warnings) session.note(`warning: ${warning}`);
    const { runMaster } = await import('../../daemon/run-master.js');
    session.io.handOver();
    return runMaster(config);
  });
}

const FLAGS = [
  ['grpc', '--grpc', 'listen.grpc'],
  ['http', '--http', 'listen.http'],
  ['data', '--data', 'data'],
  ['store', '--store', 'store'],
  ['planMode', '--plan-mode', 'scheduler.planMode'],
  ['logLevel', '--log-level', 'log.level'],
  ['logFormat', '--log-format', 'log.format'],
] as const;

/** The flags of the command line as settings; the same errors as in a file come from the schema. */
export function masterFlags(options: Options): readonly FlagValue[] {
  const named = FLAGS.flatMap(([name, flag, path]) =>
    options[name] === undefined ? [] : [{ path, flag, value: text(options, name) }],
  );
  const set = texts(options, 'set').map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0)
      throw badInput(`--set is ${JSON.stringify(pair)}; accepted is PATH=VALUE, such as scheduler.planPeriodMs=30s`);
    return { path: pair.slice(0, at), flag: '--set', value: pair.slice(at + 1) };
  });
  return [...named, ...set];
}

function portFlags(options: Options, base: MosaicConfig | null): readonly FlagValue[] {
  return (['grpc', 'http'] as const).flatMap((name) => {
    const given = text(options, `${name}Port`);
    if (base === null || given === '') return [];
    if (text(options, name) !== '')
      throw badInput(`--${name} and --${name}-port are both given; name the address once`);
    const port = parseWhole(`--${name}-port`, given, 0, 65_535);
    return [{ path: `listen.${name}`, flag: `--${name}-port`, value: base.listen[name].replace(/\d+$/, String(port)) }];
  });
}
