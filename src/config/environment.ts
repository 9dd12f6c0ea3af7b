/** The one door to the process environment. Light on purpose: `mosaic --help` passes through it. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. */
export function processEnvironment(): Environment {
  return process.env;
}

/** What a terminal program takes from its environment. */
export interface TerminalWishes {
  /** False when `NO_COLOR` is set (to anything but an empty text) or the terminal is `dumb`. */
  readonly color: boolean;
  /** False when the locale does not say that its characters are UTF-8. */
  readonly unicode: boolean;
  /** Width asked for by `COLUMNS`, or null. */
  readonly columns: number | null;
}

export function terminalWishes(env: Environment): TerminalWishes {
  const columns = Number(env['COLUMNS'] ?? '');
  return {
    color: (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
    unicode: hasUnicode(env),
    columns: Number.isInteger(columns) && columns >= 20 && columns <= 1_000 ? columns : null,
  };
}

/** The first of the three that is set decides, as in every program of the C library. */
function hasUnicode(env: Environment): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined ? env['TERM'] !== 'linux' : /utf-?8/i.test(locale);
}

/** File in which a started master leaves its address, unless flags or configuration name another. */
export function profilePath(env: Environment): string {
  const named = env['MOSAIC_PROFILE'];
  if (named !== undefined && named !== '') return named;
  const folder = env['XDG_CONFIG_HOME'];
  return join(
    folder !== undefined && folder.startsWith('/') ? folder : join(homeFolder(env), '.config'),
    'mosaic',
    'profile.json',
  );
}

function homeFolder(env: Environment): string {
  const home = env['HOME'];
  return home === undefined || home === '' ? homedir() : home;
}
