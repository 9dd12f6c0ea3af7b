/** Who is on a host hears when it will not be there: whoever holds it, and whoever has tasks on it. */
import { unavailabilityIn, windowOf } from '../calendar.js';
import type { Core } from '../core.js';
import type { FrameworkEvent } from '../protocol.js';
import { isLiveTask } from '../quota/index.js';
import type { DrainRecord, HostRecord, WindowRecord } from '../state/records.js';

type HostUnavailable = Extract<FrameworkEvent, { readonly kind: 'host_unavailable' }>;

export function tellDraining(core: Core, host: HostRecord, drain: DrainRecord): void {
  tell(core, host, drainingNow(core, host, drain));
}

export function tellAnnounced(core: Core, host: HostRecord, window: WindowRecord): void {
  tell(core, host, announced(core, host, window));
}

export function tellOver(core: Core, host: HostRecord, reason: string): void {
  const { hostId, name: hostName } = host;
  const unavailability = { startsInMs: 0, lastsMs: 0, reason };
  tell(core, host, { kind: 'host_unavailable', hostId, hostName, state: 'over', hard: false, unavailability });
}

/** Everything that a framework without memory has to know of the hosts that it is on. */
export function tellFramework(core: Core, frameworkId: string): void {
  if (core.state.drains.size === 0 && core.state.windows.size === 0) return;
  for (const hostId of hostsOf(core, frameworkId)) {
    const host = core.state.hosts.get(hostId);
    const drain = core.state.drains.get(hostId);
    const window = windowOf(core, hostId);
    if (host === undefined) continue;
    if (drain !== undefined) core.sendFramework(frameworkId, drainingNow(core, host, drain));
    else if (window !== undefined) core.sendFramework(frameworkId, announced(core, host, window));
  }
}

function tell(core: Core, host: HostRecord, message: HostUnavailable): void {
  for (const frameworkId of usersOf(core, host))
    if (core.state.frameworkPresence.get(frameworkId)?.connected === true) core.sendFramework(frameworkId, message);
}

function drainingNow(core: Core, host: HostRecord, drain: DrainRecord): HostUnavailable {
  const window = core.state.windows.get(drain.window);
  const startsInMs = Math.max(0, drain.deadlineMs - core.nowMs);
  const lastsMs = window === undefined ? 0 : unavailabilityIn(core, window).lastsMs;
  return {
    kind: 'host_unavailable',
    hostId: host.hostId,
    hostName: host.name,
    state: 'draining',
    hard: drain.hard,
    unavailability: { startsInMs, lastsMs, reason: drain.reason },
  };
}

function announced(core: Core, host: HostRecord, window: WindowRecord): HostUnavailable {
  return {
    kind: 'host_unavailable',
    hostId: host.hostId,
    hostName: host.name,
    state: 'announced',
    hard: window.drain && window.hard,
    unavailability: unavailabilityIn(core, window),
  };
}

function usersOf(core: Core, host: HostRecord): readonly string[] {
  const users = new Set<string>();
  const lease = core.state.leases.get(host.leaseId ?? '');
  if (lease !== undefined) users.add(lease.frameworkId);
  for (const key of core.state.tasksByHost.get(host.hostId)) {
    const task = core.state.tasks.get(key);
    if (task !== undefined && isLiveTask(task)) users.add(task.frameworkId);
  }
  return [...users];
}

function hostsOf(core: Core, frameworkId: string): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const leaseId of core.state.leasesByFramework.get(frameworkId)) {
    const lease = core.state.leases.get(leaseId);
    if (lease !== undefined) hosts.add(lease.hostId);
  }
  for (const key of core.state.tasksByFramework.get(frameworkId)) {
    const task = core.state.tasks.get(key);
    if (task !== undefined && isLiveTask(task)) hosts.add(task.hostId);
  }
  return hosts;
}

/** These windows name the host no longer; one that names no other goes with it. */
export function leaveWindows(core: Core, hostId: string, windows: Iterable<string>): void {
  const host = core.state.hosts.get(hostId)?.name ?? hostId;
  for (const name of [...windows]) {
    const window = core.state.windows.get(name);
    if (window === undefined) continue;
    const hostIds = window.hostIds.filter((id) => id !== hostId);
    if (hostIds.length === 0) core.state.windows.delete(name);
    else core.state.windows.put({ ...window, hostIds });
    core.decide('maintenance', name, `${host} is no part of window ${name} any longer`);
  }
}
