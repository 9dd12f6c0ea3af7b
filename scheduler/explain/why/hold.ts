import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import { minHoldMs } from '../../reassign/index.js';
import type { HostRecord, LeaseRecord } from '../../state/records.js';
import { remedies } from '../remedies.js';
import { duration } from '../../words.js';
import { remediesFor, type Reason } from './reason.js';

/** When the reason ends by itself, or null when it does not. */
export function holdEndsMs(core: Core, host: HostRecord, lease: LeaseRecord, code: WaitReason): number | null {
  if (code === 'MIN_HOLD' && lease.servingSinceMs > 0) return lease.servingSinceMs + minHoldMs(core, lease.role);
  if (code === 'COOL_DOWN') return host.coolDownUntilMs;
  return null;
}

/** Why a leased host is not taken from its holder by a plan now, in a sentence. */
export function holdText(core: Core, host: HostRecord, lease: LeaseRecord, code: WaitReason): Reason {
  const endsMs = holdEndsMs(core, host, lease, code);
  const left = endsMs === null || endsMs <= core.nowMs ? '' : `, ${duration(endsMs - core.nowMs)} more`;
  const sinceMs = lease.servingSinceMs > 0 ? lease.servingSinceMs : lease.sinceMs;
  return { code, text: `not moved: ${particulars(core, host, lease, code) ?? HOLD_WORDS[code]}${left}`, sinceMs };
}

/** What would let a plan take the host, or bring it away by hand. */
export function holdRemedies(core: Core, host: HostRecord, lease: LeaseRecord, code: WaitReason): readonly string[] {
  const endsMs = holdEndsMs(core, host, lease, code);
  if (endsMs !== null) return [remedies.moveTo(host.name, 'free'), `wait ${duration(endsMs - core.nowMs)}`];
  if (code === 'FROZEN' && host.cordoned) return [remedies.hostUncordon(host.name)];
  if (code === 'RECOVERING') return [`wait until ${lease.frameworkId} has reported its hosts completely`];
  if (code === 'DISCONNECTED')
    return [remedies.frameworkList, `wait until ${lease.frameworkId} and the agent of ${host.name} are connected`];
  if (code === 'BLOCKED_DRAIN') return [`wait until ${lease.frameworkId} reports ${host.name} without drift`];
  return remediesFor(core, code, { host: host.name, role: lease.role });
}

/** What is special about this host, where its record tells more than the reason's own words. */
function particulars(core: Core, host: HostRecord, lease: LeaseRecord, code: WaitReason): string | null {
  const presence = core.state.frameworkPresence.get(lease.frameworkId);
  if (code === 'FROZEN' && host.cordoned) return `cordoned${host.cordonReason === '' ? '' : `: ${host.cordonReason}`}`;
  if (code === 'DISCONNECTED')
    return presence?.connected === true
      ? 'its agent is away'
      : `${lease.frameworkId} is away and only it can drain the host`;
  if (code !== 'BLOCKED_DRAIN') return null;
  const drift = presence?.hosts.get(host.hostId)?.drift ?? '';
  if (drift !== '') return `${lease.frameworkId} reports a change that was not ours: ${drift}`;
  return `${lease.frameworkId} executes no steps, so only it can return the host`;
}

/** Every reason of the closed set, as it reads behind "not moved:" or a count of hosts. */
export const HOLD_WORDS: Readonly<Record<WaitReason, string>> = {
  NONE: 'nobody needs it more',
  NO_CAPACITY: 'there is nothing to replace it with',
  ROLE_LIMIT: 'who wants it is at its limit',
  FAIR_SHARE: 'its holder is entitled to it',
  NO_MATCH: 'it matches no standing demand',
  GROUP_INCOMPLETE: 'too few hosts could be moved together',
  MIN_HOLD: 'in minimum hold',
  COOL_DOWN: 'in cool-down after an aborted move',
  MOVE_BUDGET: 'the budget of moves is used up',
  MOVING_IN: 'moving already',
  OFFERED: 'offered',
  FROZEN: 'frozen or cordoned',
  AWAITING_APPROVAL: 'in a plan that waits for approval',
  BLOCKED_DRAIN: 'changed by hand, or its manager cannot drain it',
  RECOVERING: 'its manager has not been observed completely since the start',
  DISCONNECTED: 'its manager or agent is away',
  NOT_CLEAN: 'quarantined or not clean',
  DEADLINE_PASSED: 'the demand is past its deadline',
  HYSTERESIS: 'the shortage must last longer',
  PRIORITY: 'its holder has the higher priority',
  SOFT_POLICY: 'the reclaim policy of its role is soft',
  MASS_FAILURE: 'too many hosts have vanished at once',
};

const REASON_CODES = Object.keys(HOLD_WORDS) as readonly WaitReason[];

/** The reason of the closed set with that name, or null. */
export function waitReason(code: string): WaitReason | null {
  return REASON_CODES.find((one) => one === code) ?? null;
}
