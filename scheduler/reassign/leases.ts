import { strict as assert } from 'node:assert';

import type { Core } from '../core.js';
import type { HostLease } from '../protocol.js';
import type { HostRecord, LeaseRecord, TransitionRecord } from '../state/records.js';

/** The host of a running transition; it cannot be missing. */
export function hostOf(core: Core, transition: TransitionRecord): HostRecord {
  const host = core.state.hosts.get(transition.hostId);
  assert(host !== undefined, `transition ${transition.transitionId} moves a host that does not exist`);
  return host;
}

/** Whether the executor of an aborted move may still act on the host. */
export function isFenced(core: Core, host: HostRecord): boolean {
  return core.nowMs < (host.fencedUntilMs ?? 0);
}

export function leaseMessage(host: HostRecord, lease: LeaseRecord): HostLease {
  return {
    leaseId: lease.leaseId,
    hostId: host.hostId,
    hostName: host.name,
    identity: host.identity,
    role: lease.role,
    origin: lease.origin,
    phase: lease.phase,
  };
}

/** Changes the phase of a lease and tells its holder; nothing when it is so already. */
export function setLeasePhase(core: Core, leaseId: string, phase: LeaseRecord['phase'], reason: string): void {
  const lease = core.state.leases.get(leaseId);
  if (lease === undefined || lease.phase === phase) return;
  const servingSinceMs = phase === 'serving' && lease.servingSinceMs === 0 ? core.nowMs : lease.servingSinceMs;
  const after: LeaseRecord = { ...lease, phase, servingSinceMs };
  core.state.leases.put(after);
  const host = core.state.hosts.get(lease.hostId);
  if (host !== undefined)
    core.sendFramework(lease.frameworkId, {
      kind: 'lease',
      lease: leaseMessage(host, after),
      change: 'changed',
      reason,
    });
}

/** Deletes a lease, uncharges its holder and tells it. The host is free but not clean until it was wiped and verified. */
export function endLease(core: Core, leaseId: string, reason: string): void {
  const lease = core.state.leases.get(leaseId);
  if (lease === undefined) return;
  const host = core.state.hosts.get(lease.hostId);
  if (host !== undefined) {
    const mode = host.mode === 'leased' ? 'free' : host.mode;
    core.state.hosts.put({
      ...host,
      mode,
      modeSinceMs: mode === host.mode ? host.modeSinceMs : core.nowMs,
      leaseId: null,
      clean: false,
    });
    core.sendFramework(lease.frameworkId, { kind: 'lease', lease: leaseMessage(host, lease), change: 'ended', reason });
    core.markDirty(host.hostId);
  }
  core.state.leases.delete(leaseId);
  core.decide(
    'lease',
    lease.frameworkId,
    `${lease.frameworkId} no longer holds ${host?.name ?? lease.hostId}: ${reason}`,
    {
      leaseId,
    },
  );
}
