import type { Core } from '../core.js';
import type { WaitReason } from '../protocol.js';
import type { HostRecord, LeaseRecord } from '../state/records.js';
import { rackOf } from './budgets.js';
import { isFrozen } from './frozen.js';
import { workloadOf } from './steps.js';

/** A host that a plan may take from its holder. */
export interface Candidate {
  readonly host: HostRecord;
  readonly lease: LeaseRecord;
  /** Cheap estimate of its manager, ms. */
  readonly leaveMs: number;
  /** VMs, pods or containers that would move. */
  readonly units: number;
  /** As `rackOf` names it. */
  readonly rack: string;
}

/**
 * Why this leased host must not be taken by a plan now, binding rule first (the first of the order in DESIGN §3); null
 * when it may.
 *
 * @param reclaim the new holder is below its guarantee, which overrides the minimum hold
 */
export function heldBack(core: Core, host: HostRecord, lease: LeaseRecord, reclaim: boolean): WaitReason | null {
  if (host.transitionId !== null) return 'MOVING_IN';
  if (host.mode === 'quarantined') return 'NOT_CLEAN';
  const presence = core.state.hostPresence.get(host.hostId);
  const holder = core.state.frameworkPresence.get(lease.frameworkId);
  if (presence?.connected !== true || presence.lost || holder?.connected !== true) return 'DISCONNECTED';
  if (!holder.observed) return 'RECOVERING';
  // What the manager or an admin changed under us is looked at by people first.
  const seen = holder.hosts.get(host.hostId);
  if (seen !== undefined && seen.drift !== '') return 'BLOCKED_DRAIN';
  if (core.state.frameworks.get(lease.frameworkId)?.executesSteps !== true) return 'BLOCKED_DRAIN';
  if (host.cordoned) return 'FROZEN';
  if (isFrozen(core, workloadOf(core, lease.frameworkId)) !== null) return 'FROZEN';
  if (lease.phase !== 'serving') return 'MOVING_IN';
  if (host.coolDownUntilMs > core.nowMs) return 'COOL_DOWN';
  if (!reclaim && inMinHold(core, lease)) return 'MIN_HOLD';
  return null;
}

/** An adopted host served its holder long before Mosaic knew of it: the minimum hold is over. */
function inMinHold(core: Core, lease: LeaseRecord): boolean {
  return lease.origin !== 'adopted' && core.nowMs < lease.servingSinceMs + minHoldMs(core, lease.role);
}

/** How long a host lent to the role stays with it at least. */
export function minHoldMs(core: Core, role: string): number {
  const own = core.state.roles.get(role)?.reclaim.minHoldMs ?? -1;
  return own >= 0 ? own : core.options.minHoldMs;
}

/** The price of taking a host, as its manager estimates it without being asked. */
export function candidateOf(core: Core, host: HostRecord, lease: LeaseRecord): Candidate {
  const seen = core.state.frameworkPresence.get(lease.frameworkId)?.hosts.get(host.hostId);
  return { host, lease, leaveMs: seen?.leaveEstimateMs ?? 0, units: seen?.units ?? 0, rack: rackOf(host) };
}

/** Cheapest first: by leave estimate, then units, then id. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return a.leaveMs - b.leaveMs || a.units - b.units || (a.host.hostId < b.host.hostId ? -1 : 1);
}

/**
 * Why a host is not moved now, binding rule first, from the closed set of reasons. Empty: nothing of its own holds it.
 */
export function holdReasons(core: Core, hostId: string): readonly WaitReason[] {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return [];
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  if (lease === undefined) {
    if (host.transitionId !== null) return ['MOVING_IN'];
    return host.mode === 'free' && host.clean ? [] : ['NOT_CLEAN'];
  }
  const reasons: WaitReason[] = [];
  const binding = heldBack(core, host, lease, false);
  if (binding !== null) reasons.push(binding);
  if (binding !== 'COOL_DOWN' && host.coolDownUntilMs > core.nowMs) reasons.push('COOL_DOWN');
  if (binding !== 'MIN_HOLD' && lease.phase === 'serving' && inMinHold(core, lease)) reasons.push('MIN_HOLD');
  return reasons;
}
