/**
 * How many whole hosts of each shape every framework wants in every role. What a framework has said stands until it says
 * something else or is away for `demandTtlMs`. One that has said nothing (or was away too long) is taken to want what it
 * holds: nothing more, and no reason to take anything from it.
 */
import type { Core } from '../core.js';
import type { DemandEntry } from '../protocol.js';
import type { DemandRecord, FrameworkRecord } from '../state/records.js';

export interface HostDemand {
  readonly frameworkId: string;
  readonly role: string;
  readonly shape: string;
  /** Total wanted, held ones included. */
  readonly wanted: number;
}

/** In order of framework registration, then of its roles, then of its entries. */
export function hostDemand(core: Core): readonly HostDemand[] {
  const demands: HostDemand[] = [];
  const silentHolders = new Map<string, HostDemand & { wanted: number }>();
  for (const framework of core.state.frameworks.values()) {
    if (framework.tornDown || !framework.executesSteps) continue;
    for (const key of core.state.demandsByFramework.get(framework.frameworkId)) {
      const record = core.state.demands.get(key);
      if (record !== undefined) addStated(core, record, demands);
    }
    addSilent(core, framework, silentHolders);
  }
  demands.push(...silentHolders.values());
  return demands;
}

/** Hosts that the framework has in the role: leased and not leaving, offered, or moving in. */
export function held(core: Core, frameworkId: string, role: string, shape: string): number {
  const counts = core.ledger.holdings.counts(`${frameworkId}|${role}|${shape}`);
  return counts.granted + counts.offered + counts.movingIn;
}

/** Whether the entry is still of use: its deadline, counted from receipt, has not passed. */
export function isLive(core: Core, record: DemandRecord, entry: DemandEntry): boolean {
  return entry.deadlineMs === 0 || core.nowMs < record.receivedMs + entry.deadlineMs;
}

function addStated(core: Core, record: DemandRecord, demands: HostDemand[]): void {
  const byShape = new Map<string, number>();
  for (const entry of record.entries) {
    if (entry.want.kind !== 'hosts' || !isLive(core, record, entry)) continue;
    byShape.set(entry.want.shape, (byShape.get(entry.want.shape) ?? 0) + entry.count);
  }
  for (const [shape, wanted] of byShape)
    demands.push({ frameworkId: record.frameworkId, role: record.role, shape, wanted });
}

function addSilent(
  core: Core,
  framework: FrameworkRecord,
  holders: Map<string, HostDemand & { wanted: number }>,
): void {
  const { frameworkId } = framework;
  for (const leaseId of core.state.leasesByFramework.get(frameworkId)) {
    const lease = core.state.leases.get(leaseId);
    const shape = lease === undefined ? undefined : core.state.hosts.get(lease.hostId)?.shape;
    if (lease === undefined || shape === undefined || lease.phase === 'leaving') continue;
    // It wants what serves it: for one that is lost nobody else has to give.
    if (core.state.servesNobody(lease.hostId)) continue;
    if (core.state.demands.has(`${frameworkId}|${lease.role}`)) continue;
    const key = `${frameworkId}|${lease.role}|${shape}`;
    const demand = holders.get(key);
    if (demand === undefined) holders.set(key, { frameworkId, role: lease.role, shape, wanted: 1 });
    else holders.set(key, { ...demand, wanted: demand.wanted + 1 });
  }
}
