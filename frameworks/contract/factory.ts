import type { Clock, Log, Random } from './ports.js';
import type { FrameworkAdapter } from './types.js';

export interface AdapterPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Builds an adapter from its part of the configuration, without touching the manager yet. `config` is plain data from a
 * file: the factory checks it and throws `AdapterError('invalid')` with a sentence that names the field, the value and what
 * is accepted.
 */
export type AdapterFactory = (config: unknown, ports: AdapterPorts) => FrameworkAdapter;
