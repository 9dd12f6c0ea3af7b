import { demandStatuses } from '../allocate/index.js';
import type { Core } from '../core.js';
import type { DemandEntry, DemandStatus } from '../protocol.js';
import type { DemandRecord } from '../state/records.js';
import { naturalCompare } from './natural-order.js';
import type { DemandView } from './views.js';
import { quantitiesText } from '../words.js';

/** Every standing request with what became of it, by framework, role and id. */
export function demandViews(core: Core): readonly DemandView[] {
  const views = [...core.state.demands.values()].flatMap((record) => demandViewsOf(core, record));
  return views.sort(
    (a, b) =>
      naturalCompare(a.frameworkId, b.frameworkId) ||
      naturalCompare(a.role, b.role) ||
      b.priority - a.priority ||
      naturalCompare(a.demandId, b.demandId),
  );
}

export function demandViewsOf(core: Core, record: DemandRecord): readonly DemandView[] {
  const statuses = new Map(
    demandStatuses(core, record.frameworkId, record.role).map((status) => [status.demandId, status]),
  );
  return record.entries.map((entry) => ({
    frameworkId: record.frameworkId,
    role: record.role,
    demandId: entry.demandId,
    want: wantText(entry),
    count: entry.count,
    priority: entry.priority,
    constraints: entry.constraints,
    evidence: entry.evidence,
    receivedMs: record.receivedMs,
    status: statuses.get(entry.demandId) ?? unknownStatus(entry),
  }));
}

export function wantText(entry: DemandEntry): string {
  return entry.want.kind === 'hosts'
    ? `hosts of shape ${entry.want.shape}`
    : `slices of ${quantitiesText(entry.want.resources.quantities)}`;
}

/** Hosts that a framework asks for in a role, what it holds included. */
export function wantedHosts(core: Core, frameworkId: string, role: string): number {
  const record = core.state.demands.get(`${frameworkId}|${role}`);
  let wanted = 0;
  for (const entry of record?.entries ?? []) if (entry.want.kind === 'hosts') wanted += entry.count;
  return wanted;
}

/** An entry that the allocator has not looked at yet. */
function unknownStatus(entry: DemandEntry): DemandStatus {
  return {
    demandId: entry.demandId,
    granted: 0,
    offered: 0,
    movingIn: 0,
    pending: entry.count,
    unmetReason: 'NO_CAPACITY',
    message: 'not looked at yet; the allocator runs within milliseconds',
  };
}
