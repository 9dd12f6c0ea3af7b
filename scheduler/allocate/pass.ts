/**
 * The allocation pass. Events mark hosts dirty; a few milliseconds after the first mark one pass runs over the dirty
 * hosts, at most 1,000 of them, and comes again at once for the rest. It only gives, and only free, clean capacity;
 * taking is the planner's. What was looked at and not wanted is not looked at again until it changes, or until somebody
 * wants more (`demand.ts`), a filter ends (`decline.ts`), or a role gets room below its limit (here).
 */
import type { Core } from '../core.js';
import { counted } from '../words.js';
import { reviewOverLimitConditions } from '../quota/index.js';
import { amount } from '../resources/index.js';
import type { OfferRecord } from '../state/records.js';
import { lookAgainWhereKept } from './kept.js';
import { isOpenOffer, OfferBatch } from './offer-book.js';
import { markOfferable, mayOfferSlices, mayOfferWhole } from './offerable.js';
import type { PassHost } from './pass-hosts.js';
import { publishAfterPass, publishIfOverdue } from './publish.js';
import { missing, sharesHostsAmongEntries, standings } from './standing.js';
import { allocateSlices } from './slices.js';
import { allocateHosts } from './whole-hosts.js';

/** One step must stay short: other events wait for it. */
const HOSTS_PER_PASS_MAX = 1_000;

/** Runs a pass. With no dirty host it gives nothing, and only tells statuses that changed. */
export function allocate(core: Core): void {
  if (core.allocationMemory.ledgerVersion !== core.ledger.version) lookAgainBelowLimits(core);
  if (core.allocationMemory.capacityVersion !== core.capacity.version) lookAgainWhereKept(core);
  markAllOf(core);
  const { shared, free } = takeDirty(core);
  const batch = new OfferBatch(core, core.dirtySinceMs ?? core.nowMs);
  for (const [shape, hosts] of free) allocateHosts(core, shape, hosts, batch);
  if (shared.length > 0) allocateSlices(core, shared, batch);
  batch.send();
  if (batch.offers.length > 0) describe(core, batch.offers);
  lookAgainAfterDealing(core);
  core.allocationMemory.ledgerVersion = core.ledger.version;
  core.allocationMemory.capacityVersion = core.capacity.version;
  // The rest not in this moment: the step ends, and what others sent meanwhile goes first. Statuses come at the end.
  if (core.dirtyHosts.size > 0 || core.allocationMemory.lookAtAll.size > 0) {
    core.timers.setEarliest('allocate', core.nowMs + 1);
    publishIfOverdue(core);
  } else publishAfterPass(core);
}

/** Carries out what `markOfferable` asked for since the last pass. */
function markAllOf(core: Core): void {
  for (const what of core.allocationMemory.lookAtAll)
    for (const hostId of core.state.hostsByMode.get(what === 'hosts' ? 'free' : 'shared')) core.dirtyHosts.add(hostId);
  core.allocationMemory.lookAtAll.clear();
}

interface Dirty {
  /** Free hosts by shape, special shapes first: who needs a rare shape takes it before it competes for common ones. */
  readonly free: ReadonlyMap<string, readonly PassHost[]>;
  readonly shared: readonly PassHost[];
}

function takeDirty(core: Core): Dirty {
  const free = new Map<string, PassHost[]>();
  const shared: PassHost[] = [];
  for (const known of core.dirtyHosts.take(HOSTS_PER_PASS_MAX)) {
    if (mayOfferSlices(core, known)) shared.push(known);
    else if (mayOfferWhole(known)) {
      const { shape } = known.host;
      const ofShape = free.get(shape);
      if (ofShape === undefined) free.set(shape, [known]);
      else ofShape.push(known);
    }
  }
  return { free: free.size < 2 ? free : byRank(core, free), shared };
}

function byRank(core: Core, free: ReadonlyMap<string, PassHost[]>): ReadonlyMap<string, PassHost[]> {
  const rank = (shape: string): number => core.state.shapes.get(shape)?.rank ?? Number.MAX_SAFE_INTEGER;
  return new Map([...free].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}

/**
 * Roles that were refused something at a limit, and are charged less since, may now have what lies idle. A refusal is
 * noted anew when it happens again, so each change makes at most one more look.
 */
function lookAgainBelowLimits(core: Core): void {
  reviewOverLimitConditions(core);
  const { refusedAt } = core.allocationMemory;
  for (const [role, dimensions] of refusedAt) {
    const { total } = core.ledger.account(role);
    for (const [dimension, used] of dimensions) {
      if (amount(total, dimension) >= used) continue;
      refusedAt.clear();
      markOfferable(core, 'hosts');
      markOfferable(core, 'slices');
      return;
    }
  }
}

/**
 * Held hosts are dealt out to entries anew whenever they change (`standing.ts`). A host that one entry got may then count
 * for a pickier one, and the first lacks a host that was looked at before it did.
 */
function lookAgainAfterDealing(core: Core): void {
  const { redealtDemands } = core.allocationMemory;
  for (const key of redealtDemands) {
    const record = core.state.demands.get(key);
    if (record === undefined || !sharesHostsAmongEntries(record)) continue;
    const found = standings(core, record);
    const lacks = record.entries.some((entry, index) => {
      const standing = found[index];
      return entry.want.kind === 'hosts' && standing !== undefined && missing(entry, standing) > 0;
    });
    if (!lacks) continue;
    markOfferable(core, 'hosts');
    break;
  }
  // Cleared, so that this pass is the cause of one more at most.
  redealtDemands.clear();
}

/** Subject of what is decided for more than one framework. */
const SEVERAL = 'frameworks';

/** One line per framework and pass, not one per offer; open offers, which many get in every pass, in one line for all. */
function describe(core: Core, offers: readonly OfferRecord[]): void {
  const byFramework = new Map<string, { hosts: number; slices: number; role: string }>();
  let rests = 0;
  let taker = '';
  for (const offer of offers) {
    const { frameworkId, role, wholeHost } = offer;
    if (isOpenOffer(offer)) {
      rests += 1;
      if (taker === '') taker = frameworkId;
      else if (taker !== frameworkId) taker = SEVERAL;
      continue;
    }
    let counts = byFramework.get(frameworkId);
    if (counts === undefined) byFramework.set(frameworkId, (counts = { hosts: 0, slices: 0, role }));
    if (wholeHost) counts.hosts += 1;
    else counts.slices += 1;
  }
  for (const [frameworkId, { hosts, slices, role }] of byFramework) {
    const parts = [hosts > 0 ? counted(hosts, 'host') : '', slices > 0 ? counted(slices, 'slice') : ''].filter(
      (part) => part !== '',
    );
    core.decide('offer', frameworkId, `offered ${parts.join(' and ')} to ${frameworkId}`, { hosts, slices, role });
  }
  if (rests === 0) return;
  const to = taker === SEVERAL ? 'frameworks that take open offers' : taker;
  core.decide('offer', taker, `offered what is left on ${counted(rests, 'shared host')} to ${to}`, { rests });
}
