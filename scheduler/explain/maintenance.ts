import { phaseOf } from '../calendar.js';
import type { Core } from '../core.js';
import { leftOn, moveWait } from '../maintain/index.js';
import type { HostRecord, WindowRecord } from '../state/records.js';
import { naturalCompare } from './natural-order.js';
import type { DrainView, WindowView } from './views.js';

/** Maintenance windows, the one that starts first before others. */
export function windowViews(core: Core): readonly WindowView[] {
  return [...core.state.windows.values()]
    .sort((a, b) => a.startsMs - b.startsMs || naturalCompare(a.name, b.name))
    .map((window) => windowView(core, window));
}

function windowView(core: Core, window: WindowRecord): WindowView {
  const { hostIds, ...rest } = window;
  const drains = hostIds.flatMap((hostId) => core.state.drains.get(hostId) ?? []);
  return {
    ...rest,
    hosts: hostIds.map((hostId) => core.state.hosts.get(hostId)?.name ?? hostId),
    phase: phaseOf(core, window),
    hostsDraining: drains.filter((drain) => drain.phase === 'draining').length,
    hostsDrained: drains.filter((drain) => drain.phase === 'drained').length,
  };
}

export function drainView(core: Core, host: HostRecord): DrainView | null {
  const drain = core.state.drains.get(host.hostId);
  if (drain === undefined) return null;
  const { phase, by, reason, hard, sinceMs, deadlineMs } = drain;
  const waits = phase === 'draining' && host.leaseId !== null && host.transitionId === null;
  const wait = waits ? moveWait(core, host, drain) : null;
  return {
    ...{ phase, by, reason, hard, sinceMs, deadlineMs },
    left: phase === 'draining' ? (leftOn(core, host) ?? '') : '',
    waitsFor: wait === null ? '' : `${wait.code}: ${wait.text}`,
  };
}
