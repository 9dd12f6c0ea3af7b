/** Loads the long-running parts only when they are run: they bring the whole daemon with them. */
import { CliError, EXIT } from './exit.js';

/** Answers the exit code of the program. */
export type Entry<Options> = (options: Options) => Promise<number>;

/**
 * @param path of the module, relative to `src`
 * @param name of the function it exports
 */
export async function loadEntry<Options>(path: string, name: string): Promise<Entry<Options>> {
  const module = (await import(new URL(`../${path}`, import.meta.url).href)) as Readonly<Record<string, unknown>>;
  const entry = module[name];
  if (typeof entry === 'function') return entry as Entry<Options>;
  throw new CliError(EXIT.failed, `this installation is damaged: ${path} has no ${name}; install mosaic again`);
}
