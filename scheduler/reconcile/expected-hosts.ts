import type { Core } from '../core.js';
import type { HostRecord } from '../state/records.js';

/**
 * Whether the host's agent is expected to be there: the host is of the fleet, was not lost already, and was not emptied so
 * that it can be switched off. Only such hosts are waited for after a start, and only their silence can be a mass failure.
 */
export function isExpected(core: Core, host: HostRecord): boolean {
  return (
    host.mode !== 'unclaimed' &&
    host.lostSinceMs === undefined &&
    core.state.drains.get(host.hostId)?.phase !== 'drained'
  );
}
