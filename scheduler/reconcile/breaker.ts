/**
 * The breaker of mass failures. One silent host is a broken machine; a tenth of the fleet that falls silent within a minute
 * is a broken network, or a master that is cut off. Then no host counts as lost by time alone: leases and guarantees stand
 * as they are, nothing is replaced or reclaimed, and the planner takes no host from anyone. The breaker closes when the
 * hosts are back, or when an operator says that they are really gone.
 *
 * A host that an operator confirms off or forgets is lost at once, but it is not back: it says nothing of the others. So it
 * goes on counting as away, and the breaker stays open for those that are left until they are back, or none is left.
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
  if (!isExpected(core.state, host)) return false;
  const { heldBack } = core.massFailure;
  if (core.state.isMassFailure) {
    if (heldBack.has(host.hostId)) return true;
    heldBack.add(host.hostId);
    raise(core);
    return true;
  }
  const atMs = core.state.hostPresence.get(host.hostId)?.lastSeenMs ?? core.nowMs;
  const firstMs = atMs - core.options.massFailureWindowMs;
  const lastMs = atMs + core.options.massFailureWindowMs;
  const threshold = thresholdOf(core);
  if (core.expectedHosts.silentBetween(firstMs, lastMs) < threshold) return false;
  core.massFailure.threshold = threshold;
  for (const hostId of core.expectedHosts.namesBetween(firstMs, lastMs)) heldBack.add(hostId);
  raise(core);
  return true;
}

/** A host is there again: once enough of them are, the rest counts like all others. */
export function noteBack(core: Core, hostId: string): void {
  const { heldBack, confirmedOff } = core.massFailure;
  if (heldBack.delete(hostId) || confirmedOff.delete(hostId)) review(core);
}

/** An operator is certain that the host is off: it is held back no longer, but away all the same. */
export function noteConfirmedOff(core: Core, hostId: string): void {
  const { heldBack, confirmedOff } = core.massFailure;
  if (!heldBack.delete(hostId)) return;
  confirmedOff.add(hostId);
  review(core);
}

/** The host's record goes: its machine will not come back under this id. */
export function noteForgotten(core: Core, hostId: string): void {
  const { heldBack, confirmedOff } = core.massFailure;
  if (!heldBack.delete(hostId) && !confirmedOff.delete(hostId)) return;
  core.massFailure.forgotten += 1;
  review(core);
}

/** An operator says that the hosts are gone: from now on they count as lost. */
export function resetBreaker(core: Core, principal: string, dryRun: boolean): OperatorReply {
  if (!core.state.isMassFailure) return nothingChanges('the breaker is closed: no mass failure is going on');
  const { heldBack } = core.massFailure;
  const changes = [
    `${counted(heldBack.size, 'host')} ${heldBack.size === 1 ? 'counts' : 'count'} as lost from now on`,
    'planning and reclaim go on without them',
  ];
  if (!dryRun) close(core, `${principal} says that they are gone`, () => true);
  return { ok: true, changes, ids: [] };
}

/** Fewer are away, or other ones: it closes when they make no mass failure, or when nobody is left to wait for. */
function review(core: Core): void {
  const { heldBack, away, threshold } = core.massFailure;
  const isDue = (hostId: string): boolean => core.timers.dueMs(`host-lost/${hostId}`) === null;
  if (heldBack.size === 0) close(core, 'every host that had vanished is back or confirmed off', isDue);
  else if (away < threshold) close(core, `all but ${away} of the hosts that had vanished are back`, isDue);
  else raise(core);
}

/** @param isGone which of those that are still held back are lost now; the others are when their own time is over */
function close(core: Core, why: string, isGone: (hostId: string) => boolean): void {
  const gone = core.massFailure.end().filter(isGone);
  core.clearCondition('MASS_FAILURE', SUBJECT);
  core.decide('condition', SUBJECT, `the breaker is closed: ${why}`, { lost: gone.length });
  for (const hostId of gone) loseHost(core, hostId);
}

function raise(core: Core): void {
  const { heldBack, away, threshold } = core.massFailure;
  const gone = away - heldBack.size;
  core.raise(
    'MASS_FAILURE',
    SUBJECT,
    `${countedAre(heldBack.size, 'host')} silent that vanished within ${duration(core.options.massFailureWindowMs)} of each other` +
      (gone === 0 ? '' : ` (${gone} more ${gone === 1 ? 'is' : 'are'} confirmed off)`) +
      `; none counts as lost, and no host is moved to make up for them, until fewer than ${threshold} are away`,
    `bring them back, or, if they are really gone: ${remedies.breakerReset}`,
  );
}

/** So many hosts at once are a mass failure. */
function thresholdOf(core: Core): number {
  const { massFailureHostsMilli, massFailureMinHosts } = core.options;
  return Math.max(massFailureMinHosts, Math.ceil((core.expectedHosts.size * massFailureHostsMilli) / 1_000));
}
