/**
 * After a start the core knows what it granted but not what is. Offers start host by host as each reports; the planner and
 * reclaim wait until most hosts in use have reported or a bound has passed (DESIGN §3.11).
 */
import type { Core } from '../core.js';
import { counted, duration } from '../words.js';
import type { HostRecord } from '../state/records.js';
import { isJunkUuid } from '../state/identity.js';
import { reviewCapacity } from './capacity.js';
import { isExpected } from './expected-hosts.js';
import { putAbsence } from './frameworks.js';
import { raiseLost } from './lose-host.js';
import { raiseDisconnected } from './presence.js';

const SUBJECT = 'master';

/** First part of a start: everyone is away until it connects, and what was shown before is shown again. */
export function recoverPeers(core: Core): void {
  for (const host of core.state.hosts.values()) {
    // What was lost stays lost until it is back: else its holder would seem to have it again for a while.
    const isLost = host.lostSinceMs !== undefined;
    core.state.hostPresence.put({
      hostId: host.hostId,
      connected: false,
      reported: false,
      lastSeenMs: host.lostSinceMs ?? core.nowMs,
      lost: isLost,
      profile: '',
      cleanliness: '',
      synced: false,
    });
    if (isLost) raiseLost(core, host);
    else core.timers.set(`host-lost/${host.hostId}`, core.nowMs + core.options.hostLostAfterMs);
    if (isExpected(core.state, host)) core.awaitedHosts.add(host.hostId);
    raiseAgain(core, host);
    if (core.state.tasksByHost.count(host.hostId) + core.state.reservationsByHost.count(host.hostId) > 0)
      reviewCapacity(core, host.hostId);
  }
  for (const framework of core.state.frameworks.values()) putAbsence(core, framework.frameworkId);
  core.awaitedAtStart = core.awaitedHosts.size;
  if (core.awaitedAtStart > 0)
    core.raise(
      'RECOVERING',
      SUBJECT,
      `${counted(core.awaitedAtStart, 'host')} in use at the start; moves wait until most such hosts have reported`,
      `it ends at ${core.options.recoveryHostsMilli / 10} % of the hosts, or ${duration(core.options.recoveryBoundMs)} after the start`,
    );
  endIfEnough(core);
}

/** Conditions are soft: those that records tell are raised again. */
function raiseAgain(core: Core, host: HostRecord): void {
  const held = host.mode === 'quarantined' ? host.quarantineReason : host.cordonReason;
  const { uuid } = host.identity;
  if (held === '' || isJunkUuid(uuid) || core.state.hostsByUuid.count(uuid) < 2) return;
  const remedy = host.mode === 'quarantined' ? 'release' : 'uncordon';
  core.raise('DUPLICATE_IDENTITY', host.name, held, `mosaic host ${remedy} ${host.name}`);
}

/** Whether the planner and reclaim still wait for hosts to report. */
export function isRecovering(core: Core): boolean {
  return core.state.conditions.has(`RECOVERING|${SUBJECT}`);
}

/** A host has reported in full. */
export function noteReported(core: Core, hostId: string): void {
  if (core.awaitedHosts.delete(hostId)) endIfEnough(core);
}

function endIfEnough(core: Core): void {
  if (!isRecovering(core)) return;
  const reported = core.awaitedAtStart - core.awaitedHosts.size;
  if (reported * 1_000 >= core.options.recoveryHostsMilli * core.awaitedAtStart) finish(core);
}

/** The bound has passed: whoever has not come back by now is shown as away. */
export function endRecovery(core: Core): void {
  for (const framework of core.state.frameworks.values())
    if (core.state.frameworkPresence.get(framework.frameworkId)?.connected !== true)
      raiseDisconnected(core, framework.frameworkId);
  finish(core);
}

function finish(core: Core): void {
  if (!isRecovering(core)) return;
  const missing = core.awaitedHosts.size;
  core.clearCondition('RECOVERING', SUBJECT);
  core.decide(
    'plan',
    SUBJECT,
    `moves may start: of ${counted(core.awaitedAtStart, 'host')} in use ${core.awaitedAtStart - missing} reported`,
    { missing },
  );
  core.awaitedHosts.clear();
}
