/** Hosts that are of no use to a demand until it has enough of them are not taken from anyone. */
import { impossibility } from '../allocate/feasibility.js';
import type { Core } from '../core.js';
import type { DemandEntry } from '../protocol.js';
import { isLive } from '../quota/index.js';
import type { Stock } from './stock.js';

export interface Reach {
  /** How many of the hosts that the stock is owed its demand can put to use. */
  readonly hosts: number;
  /** The first entry that stays without because it needs more at once; null when none does. */
  readonly stays: { readonly demandId: string; readonly atLeast: number } | null;
}

/**
 * Deals what the stock is owed out to its entries, higher priority first. An entry that needs more at once than is left
 * for it, or than hosts of the fleet match it, gets none. What it holds already is not taken off: it may serve others.
 */
export function withinReach(core: Core, stock: Stock): Reach {
  const record = core.state.demands.get(`${stock.frameworkId}|${stock.role}`);
  if (record === undefined || !record.entries.some((entry) => atLeast(entry) > 1))
    return { hosts: stock.entitled, stays: null };
  let left = stock.entitled;
  let used = 0;
  let stays: Reach['stays'] = null;
  const entries = record.entries
    .filter(({ want }) => want.kind === 'hosts' && want.shape === stock.shape)
    .filter((entry) => isLive(core, record, entry))
    .sort((a, b) => b.priority - a.priority);
  for (const entry of entries) {
    const least = atLeast(entry);
    const isReachable = least <= left && (least <= 1 || impossibility(core, record, entry) === null);
    if (!isReachable) {
      stays ??= { demandId: entry.demandId, atLeast: least };
      continue;
    }
    const part = Math.min(entry.count, left);
    left -= part;
    used += part;
  }
  return { hosts: used, stays };
}

/** With how many hosts an entry begins to be of use. */
function atLeast(entry: DemandEntry): number {
  return entry.allOrNothing ? entry.count : Math.max(1, Math.min(entry.minimum, entry.count));
}
