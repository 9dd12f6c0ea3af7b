/** Where a command looks for its master, and how the address was found. */
import { profilePath, type Environment } from '../config/environment.js';
import { readProfile } from '../config/profile.js';
import { badInput, CliError, EXIT, exitCodeOf } from './exit.js';
import type { AccessError } from './operator-access.js';
import type { GlobalOptions } from './options.js';

export interface Target {
  /** `HOST:PORT` */
  readonly address: string;
  /** How it was found, for the error when nobody answers: `from the profile …`. */
  readonly origin: string;
}

const DEFAULT_ADDRESS = '127.0.0.1:7600';
const ADDRESS = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253}):([1-9]\d{0,4})$/;

/**
 * Flag over `MOSAIC_SERVER` over configuration file over profile over the default address.
 *
 * @param flag how the flag is called that `globals.server` came from
 */
export async function findTarget(
  globals: GlobalOptions,
  env: Environment,
  folder: string,
  flag = '--server',
): Promise<Target> {
  if (globals.server !== '') return checked(flag, globals.server, `as ${flag} says`);
  const variable = env['MOSAIC_SERVER'] ?? '';
  if (variable !== '') return checked('MOSAIC_SERVER', variable, 'as MOSAIC_SERVER says');
  const configured = await fromConfig(globals, env, folder);
  if (configured.server !== '') return checked('client.server', configured.server, 'as the configuration says');
  const path = [globals.profile, configured.profile].find((one) => one !== '') ?? profilePath(env);
  const read = readProfile(path);
  if (read.kind === 'found')
    return checked(`server in ${path}`, read.profile.server, `left in ${path} by ${read.profile.writtenBy}`);
  if (read.kind === 'unusable') throw new CliError(EXIT.badInput, read.message);
  if (globals.profile !== '')
    throw badInput(
      `--profile is ${JSON.stringify(path)}; there is no such file`,
      'leave the flag out, or name the master with --server HOST:PORT',
    );
  return { address: DEFAULT_ADDRESS, origin: 'the default address, because no profile names another' };
}

/** Loads the configuration only where one was named: it is not needed to talk to a master. */
async function fromConfig(
  globals: GlobalOptions,
  env: Environment,
  folder: string,
): Promise<{ readonly server: string; readonly profile: string }> {
  const file = globals.config === '' ? (env['MOSAIC_CONFIG'] ?? '') : globals.config;
  if (file === '') return { server: '', profile: '' };
  const { loadConfig } = await import('../config/load.js');
  return loadConfig({ file, env, folder }).config.client;
}

function checked(field: string, address: string, origin: string): Target {
  const match = ADDRESS.exec(address);
  if (match === null || Number(match[2]) > 65_535)
    throw badInput(`${field} is ${JSON.stringify(address)}; accepted is HOST:PORT, such as 127.0.0.1:7600`);
  return { address, origin };
}

/** What a failed call means to a person: where nobody answered, and what to do. */
export function accessFailure(error: AccessError, target: Target): CliError {
  if (error.answered) return new CliError(exitCodeOf(error.code), error.message);
  if (error.code !== 'UNAVAILABLE')
    return new CliError(exitCodeOf(error.code), `${target.address} (${target.origin}): ${error.message}`);
  return new CliError(EXIT.unreachable, `no master answers at ${target.address} (${target.origin})`, {
    hints: ['start one with `mosaic demo` or `mosaic master`, or name another with --server HOST:PORT'],
  });
}
