import { waitingPlans } from '../../allocate/waiting-plan.js';
import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { entitlements, lineage } from '../../quota/index.js';
import { holdReasons, lastPlan } from '../../reassign/index.js';
import { roleKey, stockKey, takeStock, type Stock, type Stocks } from '../../reassign/stock.js';
import type { LeaseRecord } from '../../state/records.js';
import { counted, duration, listed } from '../../words.js';
import { HOLD_WORDS, holdEndsMs, waitReason } from './hold.js';
import type { Reason } from './reason.js';

/** Hosts of one donor looked at; a larger donor is described by this many. */
const HOSTS_EXAMINED_MAX = 500;
const DONORS_SHOWN_MAX = 5;
const NOTES_SHOWN_MAX = 5;

/** Who misses hosts: a role, and where it is known its framework and the shape. */
export interface Claim {
  readonly role: string;
  readonly frameworkId: string | null;
  readonly shape: string | null;
}

export interface Reclaim {
  /** Why no plan brings hosts, the binding reason first; never empty. */
  readonly reasons: readonly Reason[];
  /** When the first of the held hosts may be taken, or null. */
  readonly earliestMs: number | null;
  /** One of the hosts of others, to act on: one that may be taken, else one that is held back. */
  readonly example: string | null;
  /** Why the planner would bring it nothing, whatever others hold; null when it would. One of `reasons`. */
  readonly own: Reason | null;
}

/**
 * Why nothing is taken from others for a claim: a plan that waits for people, what the last planning round noted about
 * it, and for everyone who holds more than they are owed, how many of their hosts are held back and by what.
 */
export function whyNotReclaimed(core: Core, claim: Claim): Reclaim {
  const stocks = takeStock(core, entitlements(core));
  const donors = donorsFor(core, claim, stocks);
  const own = ownReason(core, claim, stocks, donors);
  const notes = plannerNotes(core, claim);
  const reasons = [
    ...planReasons(core, claim),
    ...(own === null ? [] : [own]),
    ...notes.about,
    ...donors.map((donor) => donorReason(core, donor)).slice(0, DONORS_SHOWN_MAX),
    ...notes.others,
  ];
  if (reasons.length === 0)
    reasons.push({
      code: 'FAIR_SHARE',
      text: 'nobody else holds more than they are entitled to, so there is nothing to take back',
      sinceMs: 0,
    });
  const waits = donors.flatMap((donor) => donor.earliestMs ?? []);
  return {
    reasons,
    earliestMs: waits.length === 0 ? null : Math.min(...waits),
    example: donors.find((donor) => donor.example !== null)?.example ?? null,
    own,
  };
}

/** The planner gives to who is owed more than it has, and takes hosts that their holders need only for more than a few. */
function ownReason(core: Core, claim: Claim, stocks: Stocks, donors: readonly Donor[]): Reason | null {
  if (core.options.planner !== 'fair' || claim.frameworkId === null || claim.shape === null) return null;
  const { role, shape } = claim;
  const stock = stocks.get(stockKey(claim.frameworkId, role, shape));
  const missing = stock === undefined ? 0 : stock.entitled - stock.held;
  if (missing <= 0)
    return {
      code: 'FAIR_SHARE',
      text: `${stock?.name ?? role} has ${counted(stock?.held ?? 0, 'host')} and is owed ${stock?.entitled ?? 0} now, so nothing is taken from others for it`,
      sinceMs: 0,
    };
  const most = core.options.hysteresisHosts;
  const isGuaranteed = lineage(role).some((path) => core.planMemory.belowGuaranteeSinceMs.has(roleKey(path, shape)));
  const areNeeded = donors.length > 0 && donors.every(({ stock: { held, wanted } }) => held <= wanted);
  if (missing > most || isGuaranteed || !areNeeded) return null;
  return {
    code: 'HYSTERESIS',
    text:
      `${stock?.name ?? role} lacks ${counted(missing, 'host')}; ` +
      `for so few (hysteresisHosts is ${most}) nobody has to give a host that it needs, unless a guarantee is not met`,
    sinceMs: 0,
  };
}

/** Hosts of a stock by what holds them back; `NONE` may be taken. */
interface Donor {
  readonly stock: Stock;
  readonly counts: ReadonlyMap<WaitReason, number>;
  readonly earliestMs: number | null;
  readonly example: string | null;
}

/** Those who hold more than they are owed, of the claim's shape, the largest surplus first. */
function donorsFor(core: Core, claim: Claim, all: Stocks): readonly Donor[] {
  const surplus = (stock: Stock): number => stock.held - stock.entitled;
  const stocks = [...all.values()]
    .filter((stock) => surplus(stock) > 0 && stock.held > 0)
    .filter((stock) => claim.shape === null || stock.shape === claim.shape)
    .filter(
      (stock) => stock.role !== claim.role || (claim.frameworkId !== null && stock.frameworkId !== claim.frameworkId),
    )
    .sort((a, b) => surplus(b) - surplus(a));
  if (stocks.length === 0) return [];
  const leases = new Map<string, LeaseRecord[]>();
  for (const lease of core.state.leases.values()) {
    const key = `${lease.frameworkId}|${lease.role}`;
    const group = leases.get(key);
    if (group === undefined) leases.set(key, [lease]);
    else group.push(lease);
  }
  return stocks.map((stock) => examine(core, stock, leases.get(`${stock.frameworkId}|${stock.role}`) ?? []));
}

function examine(core: Core, stock: Stock, leases: readonly LeaseRecord[]): Donor {
  const counts = new Map<WaitReason, number>();
  let earliestMs: number | null = null;
  let held: string | null = null;
  let open: string | null = null;
  for (const lease of leases.slice(0, HOSTS_EXAMINED_MAX)) {
    const host = core.state.hosts.get(lease.hostId);
    if (host?.shape !== stock.shape) continue;
    const code = holdReasons(core, lease.hostId)[0] ?? 'NONE';
    counts.set(code, (counts.get(code) ?? 0) + 1);
    if (code === 'NONE') open ??= host.name;
    else held ??= host.name;
    const endsMs = holdEndsMs(core, host, lease, code);
    if (endsMs !== null && endsMs > core.nowMs && (earliestMs === null || endsMs < earliestMs)) earliestMs = endsMs;
  }
  // The hosts that may be taken do not wait for those that are held.
  return { stock, counts, earliestMs: open === null ? earliestMs : null, example: open ?? held };
}

function donorReason(core: Core, donor: Donor): Reason {
  const { stock, counts, earliestMs } = donor;
  const parts = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([code, count]) => `${count} ${code === 'NONE' ? 'may be taken' : HOLD_WORDS[code]}`);
  const when = earliestMs === null ? '' : `; the first may go in ${duration(earliestMs - core.nowMs)}`;
  const surplus = stock.held - stock.entitled;
  return {
    // What holds some of the hosts does not bind while others may be taken.
    code: counts.has('NONE') ? 'HYSTERESIS' : (commonest(counts) ?? 'HYSTERESIS'),
    text: `${stock.name} holds ${counted(stock.held, 'host')}, ${surplus} more than it is entitled to: ${listed(parts)}${when}`,
    sinceMs: 0,
  };
}

function commonest(counts: ReadonlyMap<WaitReason, number>): WaitReason | null {
  let best: WaitReason | null = null;
  for (const [code, count] of counts)
    if (code !== 'NONE' && (best === null || count > (counts.get(best) ?? 0))) best = code;
  return best;
}

/** A plan that would bring hosts, but that nobody has approved. */
function planReasons(core: Core, claim: Claim): readonly Reason[] {
  return waitingPlans(core, claim.role, claim.frameworkId).map(({ plan, text }) => ({
    code: 'AWAITING_APPROVAL',
    text,
    sinceMs: plan.createdMs,
  }));
}

/** What the last planning round noted, as `CODE: sentence`, apart for the claim and for others. */
function plannerNotes(
  core: Core,
  claim: Claim,
): { readonly about: readonly Reason[]; readonly others: readonly Reason[] } {
  const names = claim.frameworkId === null ? [claim.role] : [`${claim.frameworkId} in ${claim.role}`, claim.role];
  const about: Reason[] = [];
  const others: Reason[] = [];
  for (const note of lastPlan(core)?.notMoved ?? []) {
    const colon = note.indexOf(': ');
    const code = waitReason(note.slice(0, colon)) ?? 'PROGRESS';
    const text = code === 'PROGRESS' ? note : note.slice(colon + 2);
    const reason: Reason = { code, text: `the planner says: ${text}`, sinceMs: 0 };
    if (names.some((name) => text.startsWith(`${name} `))) about.push(reason);
    else others.push(reason);
  }
  return { about: about.slice(0, NOTES_SHOWN_MAX), others: others.slice(0, NOTES_SHOWN_MAX) };
}
