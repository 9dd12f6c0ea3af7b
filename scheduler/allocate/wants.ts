/**
 * The entries of one role that want the same kind of thing in a pass, in the order in which the role serves them: higher
 * priority first, then the smaller part of its count met (by cross-multiplication), then who waits longer, then the
 * framework's id and the entry's place. A binary heap: after a grant only its top has changed.
 */
import type { Core } from '../core.js';
import { heapify, siftDown, takeFirst } from '../heap.js';
import type { DemandEntry } from '../protocol.js';
import { isLive } from '../quota/index.js';
import type { DemandRecord, FrameworkRecord } from '../state/records.js';
import type { FilterPair } from './filters.js';
import { hasRoom } from './offer-book.js';
import type { Terms } from './offer-terms.js';
import { missing, standings } from './standing.js';

export interface Want {
  /** Of the demand it is part of. */
  readonly key: string;
  readonly frameworkId: string;
  readonly role: string;
  readonly entry: DemandEntry;
  /** Since when it is waited for, ms; the framework's own waiting included. */
  readonly sinceMs: number;
  readonly index: number;
  /** What this framework declined in this role; null when nothing. */
  readonly filtered: FilterPair | null;
  /** Granted, offered or moving in so far. */
  has: number;
  missing: number;
  /** Wants of one class want the same of a host; what does not suit one of them suits none (`host-finder.ts`). */
  readonly hostClass: string;
  /** Where the search for a host goes on (`host-finder.ts`), one place per bucket; null before the first search. */
  cursors: Map<string, number> | null;
}

/** Fewer than this at once are of no use to the entry as it stands: the size of the next grant. */
export function grantSize(want: Want): number {
  if (want.entry.allOrNothing) return want.missing;
  return Math.max(1, Math.min(want.missing, want.entry.minimum - want.has));
}

/** What an offer to the want says of whom it is for; a single one, of what anybody may have. */
export function termsOf(core: Core, { frameworkId, role, entry: { demandId } }: Want): Omit<Terms, 'wholeHost'> {
  const ofFramework = core.state.offersByFramework.roll(frameworkId);
  return { frameworkId, role, demandId, groupId: null, transitionId: null, reservationId: undefined, ofFramework };
}

/** The wants of all demands in `keys` for what `selects` says, by role. Frameworks that cannot take offers are left out. */
export function collectWants(
  core: Core,
  keys: Iterable<string>,
  selects: (entry: DemandEntry, framework: FrameworkRecord) => boolean,
): ReadonlyMap<string, WantQueue> {
  const queues = new Map<string, Want[]>();
  for (const key of keys) {
    const record = core.state.demands.get(key);
    if (record === undefined) continue;
    const framework = core.state.frameworks.get(record.frameworkId);
    if (framework === undefined || !canTakeOffers(core, framework)) continue;
    let queue = queues.get(record.role);
    if (queue === undefined) queues.set(record.role, (queue = []));
    addWants(core, record, framework, selects, queue);
  }
  const filled = new Map<string, WantQueue>();
  for (const [role, wants] of queues) if (wants.length > 0) filled.set(role, new WantQueue(wants));
  return filled;
}

/** Whether offers to the framework make sense now. */
function canTakeOffers(core: Core, framework: FrameworkRecord): boolean {
  const { frameworkId } = framework;
  return (
    !framework.tornDown &&
    core.state.frameworkPresence.get(frameworkId)?.connected === true &&
    hasRoom(core, frameworkId)
  );
}

function addWants(
  core: Core,
  record: DemandRecord,
  framework: FrameworkRecord,
  selects: (entry: DemandEntry, framework: FrameworkRecord) => boolean,
  wants: Want[],
): void {
  const found = standings(core, record);
  const { frameworkId, role } = record;
  const filtered = core.filters.pair(frameworkId, role);
  let index = -1;
  for (const entry of record.entries) {
    index += 1;
    const standing = found[index];
    if (standing === undefined || !selects(entry, framework) || !isLive(core, record, entry)) continue;
    const lacks = missing(entry, standing);
    if (lacks === 0) continue;
    const sinceMs = record.receivedMs - entry.ageMs;
    const has = entry.count - lacks;
    wants.push({
      key: record.key,
      frameworkId,
      role,
      entry,
      sinceMs,
      index,
      filtered,
      has,
      missing: lacks,
      hostClass: hostClassOf(entry),
      cursors: null,
    });
  }
}

const hostClasses = new WeakMap<DemandEntry, string>();

/** What the entry asks of a host, as text; found once per entry. */
function hostClassOf(entry: DemandEntry): string {
  let found = hostClasses.get(entry);
  if (found === undefined) {
    found = JSON.stringify([entry.want, entry.constraints]);
    hostClasses.set(entry, found);
  }
  return found;
}

export class WantQueue {
  readonly #heap: Want[];

  constructor(wants: readonly Want[]) {
    this.#heap = [...wants];
    heapify(this.#heap, before);
  }

  get next(): Want | undefined {
    return this.#heap[0];
  }

  /** All that are left, in no order. */
  get wants(): readonly Want[] {
    return this.#heap;
  }

  /** The next one got `count`; it leaves when it wants nothing more. */
  granted(count: number): void {
    const top = this.#heap[0];
    if (top === undefined) return;
    top.has += count;
    top.missing -= count;
    if (top.missing <= 0) this.drop();
    else siftDown(this.#heap, 0, before);
  }

  /** The next one can get nothing more in this pass. */
  drop(): void {
    takeFirst(this.#heap, before);
  }
}

function before(a: Want, b: Want): boolean {
  if (a.entry.priority !== b.entry.priority) return a.entry.priority > b.entry.priority;
  // has/count of a < has/count of b; counts are at most a million.
  const need = a.has * b.entry.count - b.has * a.entry.count;
  if (need !== 0) return need < 0;
  if (a.sinceMs !== b.sinceMs) return a.sinceMs < b.sinceMs;
  if (a.frameworkId !== b.frameworkId) return a.frameworkId < b.frameworkId;
  return a.index < b.index;
}
