/** The emulated fleet: hosts of two slots, and frameworks that want one slot for each task. */
import type { HostIdentity, Resources } from '../../../src/client/index.js';

export const SLOTS_PER_HOST = 2;
/** As many sessions share one HTTP/2 connection, as behind an agent gateway. */
export const STREAMS_PER_CONNECTION = 500;
/** Frameworks of one role. */
const FRAMEWORKS_PER_ROLE = 10;
const HOSTS_PER_RACK = 40;
const GIB = 2 ** 30;

/** What one task takes. */
export const SLOT: Resources = { quantities: { cpusMilli: 4_000, memoryBytes: 16 * GIB }, ports: [] };

export const HOST_RESOURCES: Resources = {
  quantities: {
    cpusMilli: SLOTS_PER_HOST * 4_000,
    memoryBytes: SLOTS_PER_HOST * 16 * GIB,
    diskBytes: 100 * GIB,
  },
  ports: [{ first: 31_000, last: 31_999 }],
};

export function hostName(index: number): string {
  return `bench${String(index).padStart(6, '0')}`;
}

export function hostIdentity(index: number): HostIdentity {
  const digits = index.toString(16).padStart(12, '0');
  return {
    uuid: `6f9619ff-8b86-4011-b42d-${digits}`,
    serial: `SN-${digits}`,
    macs: [`02${digits.slice(2)}`.replace(/(..)(?=.)/g, '$1:')],
  };
}

export function rackOf(index: number): string {
  return `rack${Math.floor(index / HOSTS_PER_RACK)}`;
}

export function roleOf(framework: number): string {
  return `/bench/r${Math.floor(framework / FRAMEWORKS_PER_ROLE)}`;
}
