/** Where intent and reality differ. Managers are other people's: a difference is shown, never fought (DESIGN §3.9). */
import type { Core } from '../core.js';
import type { HostRecord, LeaseRecord } from '../state/records.js';
import { makeUnclaimed } from './hosts.js';
import { shown, some } from './text.js';

/** An observation may have been made before the last change and arrive after it: younger changes are not judged by it. */
export const OBSERVATION_AGE_MAX_MS = 30_000;

/** Drift of a manager that once had the host and has it no more. */
const MISSING = 'missing';

/** Frameworks whose manager has the host, in a fixed order. */
export function claimantsOf(core: Core, hostId: string): readonly string[] {
  const claimants: string[] = [];
  for (const key of core.state.observationsByHost.get(hostId)) {
    const record = core.state.observations.get(key);
    if (record !== undefined && record.observed.drift !== MISSING) claimants.push(record.frameworkId);
  }
  return claimants.sort();
}

/** Of these, the ones in whose manager the host serves now. */
export function usersOf(core: Core, hostId: string): readonly string[] {
  return claimantsOf(core, hostId).filter(
    (frameworkId) => core.state.frameworkPresence.get(frameworkId)?.hosts.get(hostId)?.serving === true,
  );
}

/** Compares what a host should be with what its manager and its agent say. A move in progress explains any difference. */
export function reviewHost(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  if (host === undefined || host.transitionId !== null) return;
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  const claimants = claimantsOf(core, hostId);
  if (host.mode === 'free' && isInUse(core, host)) {
    makeUnclaimed(core, host, `${some(claimants)} uses it, although it was free`);
  }
  show(core, 'ADOPTION_CONFLICT', host, conflictOf(host, lease, claimants), 'take the host out of one of the managers');
  show(core, 'DRIFT', host, lease === undefined ? '' : driftOf(core, host, lease), `mosaic why ${host.name}`);
}

/** A free host that serves in some manager: someone put it there by hand. */
function isInUse(core: Core, host: HostRecord): boolean {
  return core.nowMs - host.modeSinceMs >= OBSERVATION_AGE_MAX_MS && usersOf(core, host.hostId).length > 0;
}

function conflictOf(host: HostRecord, lease: LeaseRecord | undefined, claimants: readonly string[]): string {
  if (lease !== undefined) {
    const others = claimants.filter((frameworkId) => frameworkId !== lease.frameworkId);
    return others.length === 0 ? '' : `${host.name} is leased to ${lease.frameworkId}, but ${some(others)} has it, too`;
  }
  if (host.mode === 'shared' && claimants.length > 0) return `${host.name} is shared, but ${some(claimants)} has it`;
  return claimants.length < 2 ? '' : `${claimants.join(' and ')} both have ${host.name}; neither adopts it`;
}

function driftOf(core: Core, host: HostRecord, lease: LeaseRecord): string {
  if (lease.phase !== 'serving') return '';
  const found: string[] = [];
  const manager = core.state.frameworkPresence.get(lease.frameworkId);
  const observed = manager?.hosts.get(host.hostId);
  const settled = core.nowMs - lease.servingSinceMs >= OBSERVATION_AGE_MAX_MS;
  if (observed !== undefined && observed.drift !== '')
    found.push(`${lease.frameworkId} says: ${shown(observed.drift)}`);
  else if (observed === undefined && manager?.observed === true && settled)
    found.push(`${MISSING}: ${lease.frameworkId} does not have ${host.name} any more`);
  const presence = core.state.hostPresence.get(host.hostId);
  const workload = core.state.frameworks.get(lease.frameworkId)?.workload;
  if (presence?.reported === true && presence.profile !== '' && presence.profile !== workload)
    found.push(`its agent has the profile of ${shown(presence.profile)}`);
  return found.join('; ');
}

function show(
  core: Core,
  kind: 'ADOPTION_CONFLICT' | 'DRIFT',
  host: HostRecord,
  message: string,
  remedy: string,
): void {
  if (message === '') core.clearCondition(kind, host.name);
  else core.raise(kind, host.name, message, remedy);
}
