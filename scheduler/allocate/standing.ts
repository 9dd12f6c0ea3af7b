/**
 * How far each entry of a demand is met. For whole hosts `count` includes what is held, so held hosts are dealt out to
 * the entries of their shape, each to one. Offers and moves name their entry. Leases are dealt to entries with constraints
 * first (they can use the fewest hosts), then by priority, then in the framework's order; an entry that wants several at
 * once takes as many as are of use to it or none, so that hosts for others never fill half a group. What is left over
 * then counts for incomplete groups: the rest of a group that lost a host. For slices `count` is what is not launched yet: what was
 * launched after the demand was stated and what is under offer is subtracted. The message stream is ordered, so a demand
 * already knows of every accept that was sent before it, and counting starts again at 0 with each.
 */
import type { Core } from '../core.js';
import type { DemandEntry } from '../protocol.js';
import { Holdings, type HoldingKind } from '../quota/index.js';
import { sliceDemandKey } from '../state/cluster-state.js';
import type { DemandRecord, HostRecord } from '../state/records.js';
import { matchesConstraints } from '../state/constraints.js';

export interface Standing {
  granted: number;
  offered: number;
  movingIn: number;
}

/** One per entry, in the record's order. */
export function standings(core: Core, record: DemandRecord): readonly Standing[] {
  const found = record.entries.map((entry, index): Standing =>
    entry.want.kind === 'slices' ? sliceStanding(core, record, entry, index) : { granted: 0, offered: 0, movingIn: 0 },
  );
  // Most demands are for slices alone, and every pass asks for the standing of each: nothing is made that is not needed.
  if (record.entries.some(({ want }) => want.kind === 'hosts'))
    for (const [shape, indices] of indicesByShape(record)) dealOut(core, record, shape, indices, found);
  return found;
}

function sliceStanding(core: Core, record: DemandRecord, { demandId }: DemandEntry, index: number): Standing {
  const offered = core.state.sliceOffersByDemand.count(sliceKeysOf(record)[index] ?? '');
  return { granted: record.launchedSince.get(demandId) ?? 0, offered, movingIn: 0 };
}

function indicesByShape(record: DemandRecord): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, number[]>();
  for (const [index, { want }] of record.entries.entries()) {
    if (want.kind !== 'hosts') continue;
    const group = shapes.get(want.shape);
    if (group === undefined) shapes.set(want.shape, [index]);
    else group.push(index);
  }
  return shapes;
}

const sliceKeys = new WeakMap<DemandRecord, readonly string[]>();

/** Where slices under offer for the entries are counted; put together once per record. */
function sliceKeysOf(record: DemandRecord): readonly string[] {
  let keys = sliceKeys.get(record);
  if (keys === undefined) {
    keys = record.entries.map(({ demandId }) => sliceDemandKey(record, demandId));
    sliceKeys.set(record, keys);
  }
  return keys;
}

/** What the entry still wants. */
export function missing(entry: DemandEntry, standing: Standing): number {
  return Math.max(0, entry.count - standing.granted - standing.offered - standing.movingIn);
}

/** Whether several entries want hosts: only then a held host may count now here, now there. */
export function sharesHostsAmongEntries(record: DemandRecord): boolean {
  let entries = 0;
  for (const { want } of record.entries) if (want.kind === 'hosts') entries += 1;
  return entries > 1;
}

interface Holding {
  readonly host: HostRecord;
  readonly kind: HoldingKind;
  dealt: boolean;
}

function dealOut(
  core: Core,
  record: DemandRecord,
  shape: string,
  indices: readonly number[],
  found: readonly Standing[],
): void {
  const key = Holdings.key(record.frameworkId, record.role, shape);
  const [only = 0] = indices;
  if (indices.length === 1 && record.entries[only]?.constraints.length === 0) {
    const { granted, offered, movingIn } = core.ledger.holdings.counts(key);
    Object.assign(found[only] ?? {}, { granted, offered, movingIn });
    return;
  }
  const holdings: Holding[] = [];
  for (const [hostId, kind] of core.ledger.holdings.hosts(key)) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined) holdings.push({ host, kind, dealt: false });
  }
  const order = [...indices].sort((a, b) => pickiness(record, b) - pickiness(record, a) || a - b);
  const deal = (index: number, may: (holding: Holding) => boolean, least: number): void => {
    const entry = record.entries[index];
    const standing = found[index];
    if (entry === undefined || standing === undefined) return;
    const room = missing(entry, standing);
    const takes: Holding[] = [];
    for (const holding of holdings) {
      if (takes.length === room) break;
      if (!holding.dealt && may(holding) && matchesConstraints(holding.host, entry.constraints)) takes.push(holding);
    }
    if (entry.count - room + takes.length < least) return;
    for (const holding of takes) {
      holding.dealt = true;
      standing[holding.kind] += 1;
    }
  };
  for (const index of order) {
    const demandId = record.entries[index]?.demandId;
    deal(index, (holding) => demandOf(core, holding) === demandId, 0);
  }
  for (const index of order) deal(index, () => true, ofUse(record.entries[index]));
  for (const index of order) deal(index, () => true, 0);
}

/** The entry that an offer or a move was made for; leases do not say. */
function demandOf(core: Core, { host, kind }: Holding): string | undefined {
  if (kind === 'movingIn') return core.state.transitions.get(host.transitionId ?? '')?.demandId;
  if (kind === 'granted') return undefined;
  const [offerId = ''] = core.state.offersByHost.get(host.hostId);
  return core.state.offers.get(offerId)?.demandId;
}

/** How many the entry needs for any of them to be of use. */
function ofUse(entry: DemandEntry | undefined): number {
  if (entry === undefined) return 0;
  return entry.allOrNothing ? entry.count : entry.minimum;
}

/** Entries with more constraints first; priority decides among equals. Priorities are at most a million. */
function pickiness(record: DemandRecord, index: number): number {
  const entry = record.entries[index];
  return entry === undefined ? 0 : entry.constraints.length * 10_000_000 + entry.priority;
}
