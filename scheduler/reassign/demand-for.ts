import { matchesConstraints } from '../state/constraints.js';
import type { Core } from '../core.js';
import { isLive } from '../quota/index.js';
import type { Holder, HostRecord } from '../state/records.js';

/**
 * The demand of `holder` that this host would serve: its most urgent live entry for hosts of the shape whose constraints
 * the host meets. Null when there is none, or while the framework has declined this very host.
 */
export function demandFor(core: Core, holder: Holder, host: HostRecord): string | null {
  const record = core.state.demands.get(`${holder.frameworkId}|${holder.role}`);
  if (record === undefined) return null;
  if (core.filters.blocks(holder.frameworkId, holder.role, host.hostId)) return null;
  let demandId: string | null = null;
  let priority = -Infinity;
  for (const entry of record.entries) {
    if (entry.want.kind !== 'hosts' || entry.want.shape !== host.shape || entry.count === 0) continue;
    if (entry.priority <= priority || !isLive(core, record, entry) || !matchesConstraints(host, entry.constraints))
      continue;
    demandId = entry.demandId;
    priority = entry.priority;
  }
  return demandId;
}
