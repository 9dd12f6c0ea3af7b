import { resolve } from 'node:path';
import { findTarget } from '../connect.js';
import { badInput } from '../exit.js';
import { action, collect, describe, text, texts, type Program } from '../noun.js';
import { parsePairs, parseWord } from '../parse/values.js';

const NAME = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

export function registerAgent(program: Program): void {
  const agent = program.root.command('agent').helpGroup('Run:');
  describe(agent, {
    summary: 'Run the agent of this machine',
    more: 'The machine joins the fleet and stays unclaimed until it is admitted (mosaic host admit) or adopted (mosaic adopt).',
    examples: [
      'mosaic agent --master 10.0.0.5:7600',
      'mosaic agent --master 10.0.0.5:7600 --zone z1 --rack r7',
      'mosaic agent --master 10.0.0.5:7600 --state /var/lib/mosaic-agent',
    ],
  });
  agent
    .option('--master <host:port>', 'the master to join (default: what the profile says)')
    .option('--state <folder>', 'folder of its checkpoint', './mosaic-agent')
    .option('--driver <driver>', 'what runs tasks and host steps', 'simulated')
    .option('--name <name>', 'name of the host, instead of what the machine says')
    .option('--region <region>', 'fault domain: region', '')
    .option('--zone <zone>', 'fault domain: zone', '')
    .option('--rack <rack>', 'fault domain: rack', '')
    .option('--attribute <name=value>', 'an attribute beside what the machine reports', collect, [])
    .option('--log-level <level>', 'trace, debug, info, warn, error, fatal or silent')
    .option('--log-format <format>', 'json or pretty');
  action(program, agent, async (session, _args, options) => {
    const { globals, io } = session;
    const name = text(options, 'name');
    if (name !== '' && !NAME.test(name))
      throw badInput(`--name is ${JSON.stringify(name)}; accepted is a host name of letters, digits, dots and dashes`);
    const driver = parseWord('--driver', text(options, 'driver'), ['simulated']);
    const attributes = parsePairs('--attribute', texts(options, 'attribute'));
    const master = text(options, 'master');
    const target =
      master === ''
        ? await findTarget(globals, io.env, io.folder)
        : await findTarget({ ...globals, server: master }, io.env, io.folder, '--master');
    const { loadConfig } = await import('../../config/load.js');
    const flags = [
      ...(options['logLevel'] === undefined
        ? []
        : [{ path: 'log.level', flag: '--log-level', value: text(options, 'logLevel') }]),
      ...(options['logFormat'] === undefined
        ? []
        : [{ path: 'log.format', flag: '--log-format', value: text(options, 'logFormat') }]),
    ];
    const { config } = loadConfig({
      file: globals.config === '' ? undefined : globals.config,
      env: io.env,
      folder: io.folder,
      flags,
    });
    const { runAgent } = await import('../../daemon/run-agent.js');
    session.io.handOver();
    return runAgent({
      master: target.address,
      stateFolder: resolve(io.folder, text(options, 'state')),
      driver,
      name,
      faultDomain: { region: text(options, 'region'), zone: text(options, 'zone'), rack: text(options, 'rack') },
      attributes,
      log: config.log,
    });
  });
}
