import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { entitlements } from '../../quota/index.js';
import { holdReasons, lastPlan } from '../../reassign/index.js';
import type { LeaseRecord } from '../../state/records.js';
import { naturalCompare } from '../natural-order.js';
import { hostsOver } from '../roles.js';
import { counted, duration, listed } from '../words.js';
import { HOLD_WORDS, holdEndsMs } from './hold.js';
import type { Reason } from './reason.js';

/** Hosts of one donor looked at; the count says so when there were more. */
const HOSTS_EXAMINED_MAX = 500;
const DONORS_SHOWN_MAX = 5;

export interface Reclaim {
  readonly reasons: readonly Reason[];
  /** When the first of the held hosts may be taken, or null. */
  readonly earliestMs: number | null;
  /** The commonest binding reason over all donors. */
  readonly binding: WaitReason | null;
  /** One of the hosts that are held back, to act on. */
  readonly example: string | null;
}

/**
 * Why nothing is taken from others for `role`: for every role that holds more than it is owed, how many of its hosts
 * are held back and by what, and what the last planning round said.
 */
export function whyNotReclaimed(core: Core, role: string): Reclaim {
  const entitled = entitlements(core);
  const byRole = new Map<string, LeaseRecord[]>();
  for (const lease of core.state.leases.values()) {
    if (lease.role === role) continue;
    const group = byRole.get(lease.role);
    if (group === undefined) byRole.set(lease.role, [lease]);
    else group.push(lease);
  }
  const reasons: Reason[] = [];
  const counts = new Map<WaitReason, number>();
  let earliestMs: number | null = null;
  let example: string | null = null;
  for (const donor of [...byRole.keys()].sort(naturalCompare)) {
    const leases = byRole.get(donor) ?? [];
    const owed = hostsOver(core, (shape) => entitled.of(donor, shape));
    const surplus = leases.length - owed;
    if (surplus <= 0) continue;
    const holds = examine(core, leases);
    for (const [code, count] of holds.counts) counts.set(code, (counts.get(code) ?? 0) + count);
    if (holds.earliestMs !== null && (earliestMs === null || holds.earliestMs < earliestMs))
      earliestMs = holds.earliestMs;
    example ??= holds.example;
    if (reasons.length < DONORS_SHOWN_MAX) reasons.push(donorReason(core, donor, leases, surplus, holds));
  }
  reasons.push(...plannerNotes(core, role));
  if (reasons.length === 0)
    reasons.push({
      code: 'FAIR_SHARE',
      text: 'no other role holds more than it is entitled to, so there is nothing to take back',
      sinceMs: 0,
    });
  return { reasons, earliestMs, binding: commonest(counts), example };
}

/** What the last planning round noted, as `CODE: sentence`; what names the role goes first. */
function plannerNotes(core: Core, role: string): readonly Reason[] {
  const notes = (lastPlan(core)?.notMoved ?? []).map((note) => {
    const colon = note.indexOf(': ');
    const code = REASON_CODES.find((one) => one === note.slice(0, colon));
    return code === undefined
      ? { code: 'PROGRESS' as const, text: `the planner says: ${note}`, sinceMs: 0 }
      : { code, text: `the planner says: ${note.slice(colon + 2)}`, sinceMs: 0 };
  });
  const named = (reason: Reason): boolean => reason.text.includes(`${role} `);
  return [...notes.filter(named), ...notes.filter((reason) => !named(reason))];
}

const REASON_CODES = Object.keys(HOLD_WORDS) as readonly WaitReason[];

interface Holds {
  readonly counts: ReadonlyMap<WaitReason, number>;
  readonly earliestMs: number | null;
  readonly example: string | null;
}

function examine(core: Core, leases: readonly LeaseRecord[]): Holds {
  const counts = new Map<WaitReason, number>();
  let earliestMs: number | null = null;
  let example: string | null = null;
  for (const lease of leases.slice(0, HOSTS_EXAMINED_MAX)) {
    const host = core.state.hosts.get(lease.hostId);
    if (host === undefined) continue;
    const code = holdReasons(core, lease.hostId)[0] ?? 'NONE';
    counts.set(code, (counts.get(code) ?? 0) + 1);
    if (code !== 'NONE') example ??= host.name;
    const endsMs = holdEndsMs(core, host, lease, code);
    if (endsMs !== null && endsMs > core.nowMs && (earliestMs === null || endsMs < earliestMs)) earliestMs = endsMs;
  }
  return { counts, earliestMs, example };
}

function donorReason(core: Core, donor: string, leases: readonly LeaseRecord[], surplus: number, holds: Holds): Reason {
  const parts = [...holds.counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([code, count]) => (code === 'NONE' ? `${count} may be taken` : `${count}: ${HOLD_WORDS[code]}`));
  const when =
    holds.earliestMs === null ? '' : `; the first is free to go in ${duration(holds.earliestMs - core.nowMs)}`;
  const code = commonest(holds.counts) ?? 'FAIR_SHARE';
  return {
    code,
    text: `${donor} holds ${counted(leases.length, 'host')}, ${surplus} more than it is entitled to; of these ${listed(parts)}${when}`,
    sinceMs: 0,
  };
}

function commonest(counts: ReadonlyMap<WaitReason, number>): WaitReason | null {
  let best: WaitReason | null = null;
  for (const [code, count] of counts)
    if (code !== 'NONE' && (best === null || count > (counts.get(best) ?? 0))) best = code;
  return best;
}
