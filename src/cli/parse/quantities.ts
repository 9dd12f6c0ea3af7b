import { badInput } from '../exit.js';
import type { Quantities } from '../operator-access.js';

const BYTE_UNITS: Readonly<Record<string, number>> = {
  ...{ B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4, PiB: 1024 ** 5 },
  ...{ kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 },
};

/** Names that people use for dimensions of the ledger. */
const DIMENSION_OF: Readonly<Record<string, string>> = {
  cpus: 'cpusMilli',
  cpu: 'cpusMilli',
  memory: 'memoryBytes',
  mem: 'memoryBytes',
  disk: 'diskBytes',
  gpu: 'gpus',
  host: 'hosts',
};

const NAME = /^[a-z][A-Za-z0-9_.-]{0,62}(\/[a-z0-9][A-Za-z0-9_.-]{0,62})?$/;

const ACCEPTED =
  'accepted are NAME=AMOUNT pairs such as hosts=10, hosts/standard=3, cpus=8, memory=64GiB, gpus=2, or the word none';

/**
 * Reads `hosts=10`, `cpus=7.5,memory=64GiB` (several texts are joined) as integer quantities; `none` alone is the empty set.
 *
 * @param field the flag, for the message: `--guarantee`
 */
export function parseQuantities(field: string, texts: readonly string[]): Quantities {
  const parts = texts.flatMap((text) => text.split(',')).map((part) => part.trim());
  if (parts.length === 1 && parts[0] === 'none') return {};
  const quantities: Record<string, number> = {};
  for (const part of parts) {
    const at = part.indexOf('=');
    const name = part.slice(0, at);
    if (at <= 0 || !NAME.test(name) || name in Object.prototype)
      throw badInput(`${field} is ${JSON.stringify(part)}; ${ACCEPTED}`);
    const dimension = DIMENSION_OF[name] ?? name;
    if (dimension in quantities) throw badInput(`${field} names ${name} twice; name each dimension once`);
    quantities[dimension] = amount(field, dimension, part, part.slice(at + 1));
  }
  return quantities;
}

function amount(field: string, dimension: string, whole: string, text: string): number {
  const value = dimension === 'cpusMilli' ? milli(text) : dimension.endsWith('Bytes') ? bytes(text) : wholeNumber(text);
  if (value !== null) return value;
  const accepted =
    dimension === 'cpusMilli'
      ? 'a number of CPUs with at most three decimals, such as 8 or 0.5'
      : dimension.endsWith('Bytes')
        ? 'a size with its unit, such as 64GiB, 512MiB or 2TB'
        : 'a whole number';
  throw badInput(`${field} has ${JSON.stringify(whole)}; accepted is ${accepted}, from 0 up`);
}

function milli(text: string): number | null {
  return /^\d{1,12}(\.\d{1,3})?$/.test(text) ? safe(Math.round(Number(text) * 1_000)) : null;
}

function bytes(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,6})?)([A-Za-z]{1,3})?$/.exec(text);
  if (match === null) return null;
  // Bare numbers are bytes, but whoever writes memory=64 means something else: only large ones are believed.
  if (match[2] === undefined) return Number(match[1]) === 0 || Number(match[1]) >= 1024 ? safe(Number(match[1])) : null;
  const unit = BYTE_UNITS[match[2]];
  return unit === undefined ? null : safe(Math.round(Number(match[1]) * unit));
}

function wholeNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? safe(Number(text)) : null;
}

function safe(value: number): number | null {
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}
