import type { Core } from '../../core.js';
import type { WaitReason } from '../../protocol.js';
import type { HostRecord, LeaseRecord } from '../../state/records.js';
import { duration } from '../words.js';
import type { Reason } from './reason.js';

/** Minimum hold of hosts that a role holds, in ms. */
export function minHoldOf(core: Core, role: string): number {
  const own = core.state.roles.get(role)?.reclaim.minHoldMs ?? -1;
  return own < 0 ? core.options.minHoldMs : own;
}

/** When the reason ends by itself, or null when it does not. */
export function holdEndsMs(core: Core, host: HostRecord, lease: LeaseRecord, code: WaitReason): number | null {
  if (code === 'MIN_HOLD' && lease.servingSinceMs > 0) return lease.servingSinceMs + minHoldOf(core, lease.role);
  if (code === 'COOL_DOWN') return host.coolDownUntilMs;
  return null;
}

/** Why a leased host is not taken from its holder now, in a sentence. */
export function holdText(core: Core, host: HostRecord, lease: LeaseRecord, code: WaitReason): Reason {
  const endsMs = holdEndsMs(core, host, lease, code);
  const left = endsMs === null || endsMs <= core.nowMs ? '' : `, ${duration(endsMs - core.nowMs)} more`;
  const sinceMs = lease.servingSinceMs > 0 ? lease.servingSinceMs : lease.sinceMs;
  return { code, text: `not moved: ${HOLD_WORDS[code]}${left}`, sinceMs };
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
  MOVING_IN: 'it is moving already',
  OFFERED: 'it is offered',
  FROZEN: 'its workload is frozen',
  AWAITING_APPROVAL: 'the plan that moves it waits for approval',
  BLOCKED_DRAIN: 'its drain is blocked',
  RECOVERING: 'the master is still recovering',
  DISCONNECTED: 'its manager or agent is away',
  NOT_CLEAN: 'it is not clean',
  DEADLINE_PASSED: 'the demand is past its deadline',
  HYSTERESIS: 'the shortage must last longer',
};
