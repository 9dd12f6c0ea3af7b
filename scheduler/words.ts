import type { Quantities, Resources } from './resources/types.js';

/** `45s`, `14m`, `2h05m`, `3d4h`: a span for people, at most two units, rounded down. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes < 10 && seconds % 60 > 0 ? `${minutes}m${pad(seconds % 60)}s` : `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 > 0 ? `${hours}h${pad(minutes % 60)}m` : `${hours}h`;
  return hours % 24 > 0 ? `${Math.floor(hours / 24)}d${hours % 24}h` : `${Math.floor(hours / 24)}d`;
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** `1 host`, `12 hosts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1 host is`, `12 hosts are`. */
export function countedAre(count: number, noun: string): string {
  return `${counted(count, noun)} ${count === 1 ? 'is' : 'are'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1] ?? ''}`;
}

/** `hosts=3 cpus=1.5 memory=2GiB`, dimensions in alphabetical order; `nothing` when all are zero. */
export function quantitiesText(quantities: Quantities): string {
  const parts = Object.keys(quantities)
    .sort()
    .flatMap((dimension) => {
      const value = quantities[dimension] ?? 0;
      return value === 0 ? [] : [quantityText(dimension, value)];
    });
  return parts.length === 0 ? 'nothing' : parts.join(' ');
}

/** `cpus=2 memory=4GiB ports=8000-8009,9000`; `nothing` when there is none of anything. */
export function resourcesText({ quantities, ports }: Resources): string {
  const ranges = ports.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
  const amounts = quantitiesText(quantities);
  if (ranges === '') return amounts;
  return amounts === 'nothing' ? `ports=${ranges}` : `${amounts} ports=${ranges}`;
}

/** One dimension as the CLI takes it. */
export function quantityText(dimension: string, value: number): string {
  if (dimension === 'cpusMilli') return `cpus=${decimals(value / 1000)}`;
  if (dimension.endsWith('Bytes')) return `${dimension.slice(0, -'Bytes'.length)}=${bytes(value)}`;
  return `${dimension}=${value}`;
}

const BYTE_UNITS: readonly (readonly [string, number])[] = [
  ['TiB', 1024 ** 4],
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
];

function bytes(value: number): string {
  for (const [unit, size] of BYTE_UNITS) if (value >= size) return `${decimals(value / size)}${unit}`;
  return `${value}B`;
}

function decimals(value: number): string {
  return String(Math.round(value * 100) / 100);
}
