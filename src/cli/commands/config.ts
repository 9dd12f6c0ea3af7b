import { resolve } from 'node:path';
import { errorCode, errorText } from '../../config/error-text.js';
import { badInput, CliError, EXIT } from '../exit.js';
import { action, describe, flag, noun, type Program } from '../noun.js';
import type { Session } from '../session.js';
import type { LoadedConfig } from '../../config/load.js';

export function registerConfig(program: Program): void {
  const config = noun(
    program,
    'config',
    '',
    {
      summary: 'Write, check and show the configuration',
      more: 'Flags win over MOSAIC_* variables, those over the file (--config FILE or MOSAIC_CONFIG), that over defaults.',
      examples: [
        'mosaic config init mosaic.yaml',
        'mosaic config check --config mosaic.yaml',
        'mosaic config show --config mosaic.yaml',
      ],
    },
    'Other:',
  );
  action(
    program,
    describe(config.command('show'), {
      summary: 'The configuration in force, with the source of each value; secrets are hidden',
      examples: ['mosaic config show', 'mosaic config show -o json'],
    }),
    async (session) => {
      const loaded = await load(session);
      const { configText, redact } = await import('../../config/show.js');
      const data = redact(loaded.config);
      await session.show({ data, items: [data], names: [], text: () => configText(loaded), notes: warnings(loaded) });
      return EXIT.done;
    },
  );
  action(
    program,
    describe(config.command('check'), {
      summary: 'Check the configuration; every problem is named (exit 2)',
      examples: ['mosaic config check --config mosaic.yaml'],
    }),
    async (session) => {
      const loaded = await load(session);
      await session.show({
        data: { valid: true, warnings: loaded.warnings },
        items: [{ valid: true, warnings: loaded.warnings }],
        names: [],
        text: ({ style }) =>
          `${style.good(style.done)} the configuration is valid: ${loaded.sources.size} values set, the others have their defaults\n`,
        notes: warnings(loaded),
      });
      return EXIT.done;
    },
  );
  const init = describe(config.command('init').argument('[file]', 'file to write', 'mosaic.yaml'), {
    summary: 'Write a commented file with every setting and its default',
    more: 'A file that exists already is left alone.',
    examples: ['mosaic config init', 'mosaic config init /etc/mosaic.yaml', 'mosaic config init --stdout'],
  }).option('--stdout', 'print it instead');
  action(program, init, async (session, [file = 'mosaic.yaml'], options) => {
    const { initText } = await import('../../config/show.js');
    if (flag(options, 'stdout')) {
      session.io.out(initText());
      return EXIT.done;
    }
    const path = resolve(session.io.folder, file);
    await writeNew(path, initText());
    session.io.out(`${path}\n`);
    session.note(`use it with: mosaic master --config ${file}`);
    return EXIT.done;
  });
}

async function load(session: Session): Promise<LoadedConfig> {
  const { loadConfig } = await import('../../config/load.js');
  const { globals, io } = session;
  const flags = globals.server === '' ? [] : [{ path: 'client.server', flag: '--server', value: globals.server }];
  return loadConfig({
    file: globals.config === '' ? undefined : globals.config,
    env: io.env,
    folder: io.folder,
    flags,
  });
}

function warnings(loaded: LoadedConfig): readonly string[] {
  return loaded.warnings.map((text) => `warning: ${text}`);
}

async function writeNew(path: string, content: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new CliError(EXIT.refused, `${path} exists already and is left as it is`, {
        hints: ['name another file, or remove that one first'],
      });
    throw badInput(`${path} cannot be written (${errorText(error)})`);
  }
}
