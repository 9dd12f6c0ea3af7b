/** What the ports of Mesos' allocator tests share. Their agents are our hosts, their allocations our offers and leases. */
import type { PortRange, Resources } from '../../../../scheduler/resources/index.js';
import type { DemandEntry } from '../../../../scheduler/protocol.js';
import { hostsEntry, slicesEntry, type World } from '../allocate/world.js';

export const MIB = 2 ** 20;

/** `cpus:<cpus>;mem:<memoryMib>`, as Mesos writes it. */
export function agent(cpus: number, memoryMib: number, ports: readonly PortRange[] = []): Resources {
  const quantities = {
    ...(cpus > 0 ? { cpusMilli: cpus * 1000 } : {}),
    ...(memoryMib > 0 ? { memoryBytes: memoryMib * MIB } : {}),
  };
  return { quantities, ports };
}

/** A framework of the role that wants more whole hosts than there will ever be. */
export function greedy(world: World, frameworkId: string, role: string, more: Partial<DemandEntry> = {}): void {
  world.framework(frameworkId, [role]);
  world.demand(frameworkId, role, [hostsEntry('d', 100, more)]);
}

/** A framework of the role that wants `count` slices of shared hosts. */
export function wantsSlices(world: World, frameworkId: string, role: string, each: Resources, count = 1): void {
  world.framework(frameworkId, [role]);
  world.demand(frameworkId, role, [slicesEntry('d', count, each)]);
}

/** What was given out since the last look, as `framework host quantities`, in the order in which it was given. */
export function given(world: World): readonly string[] {
  const isNew = new Set(world.pass().map(({ offerId }) => offerId));
  const offers = [...world.core.state.offers.values()].filter(({ offerId }) => isNew.has(offerId));
  return offers.map(({ frameworkId, hostId, resources }) => {
    const { cpusMilli = 0, memoryBytes = 0 } = resources.quantities;
    return `${frameworkId} ${hostId} cpus=${cpusMilli / 1000} mem=${memoryBytes / MIB}`;
  });
}
