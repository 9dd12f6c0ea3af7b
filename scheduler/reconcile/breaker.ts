/**
 * The breaker of mass failures. One silent host is a broken machine; a tenth of the fleet that falls silent within a minute
 * is a broken network, or a master that is cut off. Then no host counts as lost by time alone: leases and guarantees stand
 * as they are, nothing is replaced or reclaimed, and the planner takes no host from anyone. The breaker closes when the
 * hosts are back, or when an operator says that they are really gone.
 */
import type { Core } from '../core.js';
import { remedies } from '../explain/remedies.js';
import { nothingChanges, type OperatorReply } from '../operate/commands.js';
import type { HostRecord } from '../state/records.js';
import { counted, countedAre, duration } from '../words.js';
import { isExpected } from './expected-hosts.js';
import { loseHost } from './lose-host.js';

const SUBJECT = 'fleet';

/**
 * Whether a host that would count as lost now does not: too many vanished with it. Hosts that nobody expects to be there
 * (unclaimed, drained, lost before the master started) are lost as ever, and not counted.
 */
export function isHeldBack(core: Core, host: HostRecord): boolean {
  if (!isExpected(core, host)) return false;
  if (core.state.isMassFailure) {
    if (core.heldBackHosts.has(host.hostId)) return true;
    core.heldBackHosts.add(host.hostId);
    raise(core);
    return true;
  }
  const vanished = vanishedWith(core, host);
  const threshold = thresholdOf(core);
  if (vanished.length < threshold) return false;
  core.massFailureThreshold = threshold;
  for (const hostId of vanished) core.heldBackHosts.add(hostId);
  raise(core);
  return true;
}

/** A host that was held back is there again, or is no more: enough of them, and the rest counts as any other. */
export function noteBack(core: Core, hostId: string): void {
  if (!core.heldBackHosts.delete(hostId)) return;
  if (core.heldBackHosts.size >= core.massFailureThreshold) {
    raise(core);
    return;
  }
  close(core, `all but ${core.heldBackHosts.size} of the hosts that had vanished are back`);
}

/** An operator says that the hosts are gone: from now on they count as lost. */
export function resetBreaker(core: Core, principal: string, dryRun: boolean): OperatorReply {
  if (!core.state.isMassFailure) return nothingChanges('the breaker is closed: no mass failure is going on');
  const changes = [
    `${counted(core.heldBackHosts.size, 'host')} ${core.heldBackHosts.size === 1 ? 'counts' : 'count'} as lost from now on`,
    'planning and reclaim go on without them',
  ];
  if (!dryRun) close(core, `${principal} says that they are gone`);
  return { ok: true, changes, ids: [] };
}

function close(core: Core, why: string): void {
  const left = [...core.heldBackHosts];
  core.heldBackHosts.clear();
  core.clearCondition('MASS_FAILURE', SUBJECT);
  core.decide('condition', SUBJECT, `the breaker is closed: ${why}`, { lost: left.length });
  for (const hostId of left) loseHost(core, hostId);
}

function raise(core: Core): void {
  core.raise(
    'MASS_FAILURE',
    SUBJECT,
    `${countedAre(core.heldBackHosts.size, 'host')} silent that vanished within ${duration(core.options.massFailureWindowMs)} of each other; ` +
      `none counts as lost, and no host is moved to make up for them, until fewer than ${core.massFailureThreshold} are away`,
    `bring them back, or, if they are really gone: ${remedies.breakerReset}`,
  );
}

/** Silent hosts whose last word came within the window of this host's, itself included. */
function vanishedWith(core: Core, { hostId }: HostRecord): readonly string[] {
  const atMs = core.state.hostPresence.get(hostId)?.lastSeenMs ?? core.nowMs;
  const vanished: string[] = [];
  for (const presence of core.state.hostPresence.values()) {
    if (presence.connected || presence.lost) continue;
    if (Math.abs(presence.lastSeenMs - atMs) > core.options.massFailureWindowMs) continue;
    const host = core.state.hosts.get(presence.hostId);
    if (host !== undefined && isExpected(core, host)) vanished.push(host.hostId);
  }
  return vanished;
}

/** So many hosts at once are a mass failure. */
function thresholdOf(core: Core): number {
  let fleet = 0;
  for (const host of core.state.hosts.values()) if (isExpected(core, host)) fleet += 1;
  return Math.max(core.options.massFailureMinHosts, Math.ceil((fleet * core.options.massFailureHostsMilli) / 1_000));
}
