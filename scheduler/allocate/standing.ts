/**
 * How far each entry of a demand is met. For whole hosts `count` includes what is held, so held hosts are dealt out to
 * the entries of their shape: entries with constraints first (they can use the fewest hosts), then by priority, then in
 * the framework's order; each host counts for one entry. For slices `count` is what is not launched yet: what was
 * launched after the demand was stated and what is under offer is subtracted. The message stream is ordered, so a demand
 * already knows of every accept that was sent before it, and counting starts again at 0 with each.
 */
import type { Core } from '../core.js';
import type { DemandEntry } from '../protocol.js';
import { Holdings, type HoldingKind } from '../quota/index.js';
import type { DemandRecord } from '../state/records.js';
import { matchesConstraints } from '../reconcile/constraints.js';

export interface Standing {
  granted: number;
  offered: number;
  movingIn: number;
}

/** One per entry, in the record's order. */
export function standings(core: Core, record: DemandRecord): readonly Standing[] {
  const found = record.entries.map((): Standing => ({ granted: 0, offered: 0, movingIn: 0 }));
  const shapes = new Map<string, number[]>();
  let slices = false;
  for (const [index, entry] of record.entries.entries()) {
    if (entry.want.kind === 'slices') {
      slices = true;
      continue;
    }
    const group = shapes.get(entry.want.shape);
    if (group === undefined) shapes.set(entry.want.shape, [index]);
    else group.push(index);
  }
  for (const [shape, indices] of shapes) dealOut(core, record, shape, indices, found);
  if (slices) countSlices(core, record, found);
  return found;
}

/** What the entry still wants. */
export function missing(entry: DemandEntry, standing: Standing): number {
  return Math.max(0, entry.count - standing.granted - standing.offered - standing.movingIn);
}

/** Whether several entries want hosts and one of them is picky: only then a held host may count now here, now there. */
export function sharesHostsAmongEntries(record: DemandRecord): boolean {
  let entries = 0;
  let picky = false;
  for (const { want, constraints } of record.entries) {
    if (want.kind !== 'hosts') continue;
    entries += 1;
    picky ||= constraints.length > 0;
  }
  return picky && entries > 1;
}

function dealOut(
  core: Core,
  record: DemandRecord,
  shape: string,
  indices: readonly number[],
  found: readonly Standing[],
): void {
  const key = Holdings.key(record.frameworkId, record.role, shape);
  const { holdings } = core.ledger;
  const [only = 0] = indices;
  if (indices.length === 1 && record.entries[only]?.constraints.length === 0) {
    const { granted, offered, movingIn } = holdings.counts(key);
    Object.assign(found[only] ?? {}, { granted, offered, movingIn });
    return;
  }
  const order = [...indices].sort((a, b) => pickiness(record, b) - pickiness(record, a) || a - b);
  for (const [hostId, kind] of holdings.hosts(key)) count(core, record, hostId, kind, order, found);
}

function count(
  core: Core,
  record: DemandRecord,
  hostId: string,
  kind: HoldingKind,
  order: readonly number[],
  found: readonly Standing[],
): void {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return;
  for (const index of order) {
    const entry = record.entries[index];
    const standing = found[index];
    if (entry === undefined || standing === undefined || missing(entry, standing) === 0) continue;
    if (!matchesConstraints(host, entry.constraints)) continue;
    standing[kind] += 1;
    return;
  }
}

/** Entries with more constraints first; priority decides among equals. Priorities are at most a million. */
function pickiness(record: DemandRecord, index: number): number {
  const entry = record.entries[index];
  return entry === undefined ? 0 : entry.constraints.length * 10_000_000 + entry.priority;
}

function countSlices(core: Core, record: DemandRecord, found: readonly Standing[]): void {
  const byDemand = new Map<string, Standing>();
  for (const [index, entry] of record.entries.entries()) {
    const standing = found[index];
    if (entry.want.kind !== 'slices' || standing === undefined) continue;
    standing.granted = record.launchedSince[entry.demandId] ?? 0;
    byDemand.set(entry.demandId, standing);
  }
  for (const offerId of core.state.offersByFramework.get(record.frameworkId)) {
    const offer = core.state.offers.get(offerId);
    if (offer === undefined || offer.wholeHost || offer.role !== record.role) continue;
    const standing = byDemand.get(offer.demandId);
    if (standing !== undefined) standing.offered += 1;
  }
}
