/** Resources and demand in the sizes that most tests need. */
import { type DemandEntry, type Resources } from '../../scheduler/index.js';

export const GIB = 1024 ** 3;

/** `cpus` whole CPUs, `memoryGib` GiB, and the task ports. */
export function resources(cpus = 16, memoryGib = 64): Resources {
  return {
    quantities: { cpusMilli: cpus * 1000, memoryBytes: memoryGib * GIB },
    ports: [{ first: 31_000, last: 31_999 }],
  };
}

export function hostsWanted(demandId: string, count: number, change: Partial<DemandEntry> = {}): DemandEntry {
  return {
    demandId,
    want: { kind: 'hosts', shape: 'standard' },
    count,
    minimum: 0,
    allOrNothing: false,
    constraints: [],
    placement: [],
    priority: 0,
    deadlineMs: 0,
    ageMs: 0,
    evidence: '',
    ...change,
  };
}

export function slicesWanted(
  demandId: string,
  count: number,
  each: Resources,
  change: Partial<DemandEntry> = {},
): DemandEntry {
  return { ...hostsWanted(demandId, count), want: { kind: 'slices', resources: each }, ...change };
}
