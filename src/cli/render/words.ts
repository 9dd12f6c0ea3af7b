import type { Quantities, Resources } from '../operator-access.js';

/** `45s`, `9m30s`, `2h05m`, `3d4h`: a span for people, at most two units, rounded down. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes < 10 && seconds % 60 > 0 ? `${minutes}m${two(seconds % 60)}s` : `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 > 0 ? `${hours}h${two(minutes % 60)}m` : `${hours}h`;
  return hours % 24 > 0 ? `${Math.floor(hours / 24)}d${hours % 24}h` : `${Math.floor(hours / 24)}d`;
}

/** `10:07:31`, in UTC with a `Z`. */
export function timeOfDay(atMs: number, utc: boolean): string {
  return utc ? `${new Date(atMs).toISOString().slice(11, 19)}Z` : localParts(atMs).time;
}

/** `10:07:31` for times of today, `2026-08-21 10:07` for others. */
export function moment(atMs: number, nowMs: number, utc: boolean): string {
  if (utc) {
    const iso = new Date(atMs).toISOString();
    return iso.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10)
      ? `${iso.slice(11, 19)}Z`
      : `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
  }
  const at = localParts(atMs);
  return at.date === localParts(nowMs).date ? at.time : `${at.date} ${at.time.slice(0, 5)}`;
}

function localParts(atMs: number): { readonly date: string; readonly time: string } {
  const at = new Date(atMs);
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `1 host`, `12 hosts`, `1,000 hosts`. */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1,000` */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `hosts=3 cpus=1.5 memory=2GiB` as the CLI takes them back; `-` when there is nothing. */
export function quantitiesText(quantities: Quantities): string {
  const parts = Object.entries(quantities)
    .filter(([, value]) => value !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dimension, value]) => `${dimensionName(dimension)}=${amountText(dimension, value)}`);
  return parts.length === 0 ? '-' : parts.join(' ');
}

/** `cpus=2 memory=4GiB ports=8000-8009`; `-` when there is nothing. */
export function resourcesText({ quantities, ports }: Resources): string {
  const ranges = ports.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
  const amounts = quantitiesText(quantities);
  if (ranges === '') return amounts;
  return amounts === '-' ? `ports=${ranges}` : `${amounts} ports=${ranges}`;
}

/** `cpus` for `cpusMilli`, `memory` for `memoryBytes`. */
export function dimensionName(dimension: string): string {
  if (dimension === 'cpusMilli') return 'cpus';
  return dimension.endsWith('Bytes') ? dimension.slice(0, -'Bytes'.length) : dimension;
}

/** `1.5` CPUs, `64GiB`, `3`. */
export function amountText(dimension: string, value: number): string {
  if (dimension === 'cpusMilli') return decimals(value / 1_000);
  return dimension.endsWith('Bytes') ? bytesText(value) : String(value);
}

const BYTE_UNITS = [
  ['TiB', 1024 ** 4],
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
] as const;

export function bytesText(value: number): string {
  for (const [unit, size] of BYTE_UNITS) if (value >= size) return `${decimals(value / size)}${unit}`;
  return `${value}B`;
}

function decimals(value: number): string {
  return String(Math.round(value * 100) / 100);
}
