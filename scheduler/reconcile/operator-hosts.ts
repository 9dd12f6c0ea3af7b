/** What operators do with single hosts. Each answers what it did, or with `dryRun` what it would do; refusals change nothing. */
import { rescindHostOffers } from '../allocate/rescind.js';
import { endReservation, reservationsOn, reservedText } from '../allocate/reservations.js';
import type { Core } from '../core.js';
import { remedies } from '../explain/remedies.js';
import { counted, countedAre } from '../words.js';
import { nothingChanges, type OperatorReply } from '../operate/commands.js';
import type { ErrorCode } from '../protocol.js';
import { abortMove } from '../reassign/cancel.js';
import { frozenBy } from '../reassign/frozen.js';
import { endLease } from '../reassign/leases.js';
import { checkMove, startMove, type MoveRequest } from '../reassign/start-move.js';
import type { HostRecord } from '../state/records.js';
import { unseenText } from './admission.js';
import { claimantsOf, OBSERVATION_AGE_MAX_MS, usersOf } from './drift.js';
import { noteConfirmedOff } from './breaker.js';
import { cordon, makeUnclaimed, setAside } from './hosts.js';
import { loseHost } from './lose-host.js';
import { isPeerQuarantined, releasePeer } from './peers.js';
import { liveTasksOf } from './task-views.js';
import { endTask } from './tasks.js';
import { shown, some } from './text.js';

/** No new grants on the host; what is there stays. */
export function cordonHost(
  core: Core,
  principal: string,
  hostId: string,
  reason: string,
  dryRun: boolean,
): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return unknown(hostId);
  const why = `${principal}: ${reason === '' ? 'no reason given' : reason}`;
  if (host.cordoned && host.cordonReason === why)
    return nothingChanges(`${host.name} is cordoned already (${why})`, [hostId]);
  if (!dryRun) {
    cordon(core, host, why);
    // Whatever else keeps the host out of use may end: this cordon stays.
    const drain = core.state.drains.get(hostId);
    if (drain !== undefined) core.state.drains.put({ ...drain, cordons: false });
  }
  return done(`${host.name} gets no new grants (${why}); what is on it stays`, host);
}

/** Grants are welcome again; an agent that was set aside may connect. */
export function uncordonHost(core: Core, principal: string, hostId: string, dryRun: boolean): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return unknown(hostId);
  const peerId = `agent/${hostId}`;
  const setAsideToo = isPeerQuarantined(core, peerId);
  if (!host.cordoned && !setAsideToo) return refuse('FAILED_PRECONDITION', `${host.name} is not cordoned`);
  if (!dryRun) {
    core.state.hosts.put({ ...host, cordoned: false, cordonReason: '' });
    core.clearCondition('DUPLICATE_IDENTITY', host.name);
    core.clearCondition('IDENTITY_CHANGED', host.name);
    if (setAsideToo) releasePeer(core, principal, peerId, false);
    core.markDirty(hostId);
    core.decide('host', host.name, `${principal} says that ${host.name} may get grants again`);
  }
  return done(`${host.name} may get grants again${setAsideToo ? ', and its agent may connect' : ''}`, host);
}

/** Takes a host out of use with a reason. Its lease and tasks stay charged until they end. */
export function quarantineHost(
  core: Core,
  principal: string,
  hostId: string,
  reason: string,
  dryRun: boolean,
): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return unknown(hostId);
  if (host.mode === 'quarantined')
    return refuse('FAILED_PRECONDITION', `${host.name} is quarantined already: ${host.quarantineReason}`);
  const why = `${principal}: ${reason === '' ? 'no reason given' : reason}`;
  const changes = [
    `${host.name} is quarantined (${why}); nothing is granted on it until: mosaic host release ${host.name}`,
  ];
  if (host.transitionId !== null) changes.push(`its move ${host.transitionId} ends where it stands`);
  if (host.leaseId !== null) changes.push(`lease ${host.leaseId} stays with its holder`);
  if (dryRun) return { ok: true, changes, ids: [hostId] };
  if (host.transitionId !== null) abortMove(core, host.transitionId, why, false);
  const now = core.state.hosts.get(hostId);
  // The move's end has set the mode already; what counts is where the host was before.
  if (now !== undefined) setAside(core, { ...now, mode: host.mode }, why);
  return { ok: true, changes, ids: [hostId] };
}

/**
 * Ends a quarantine. What was never ours (quarantined from `unclaimed`) goes back unclaimed and is not touched, and so does
 * what nobody holds but a manager uses: a machine that was confirmed off may have come back as it was. Whether it has is
 * told by an observation from after its return only. Any other host is drained if someone holds it, wiped, verified clean,
 * and free.
 *
 * @param wipe a person wants everything on it wiped, whoever put it there; never while a manager uses it
 */
export function releaseHost(
  core: Core,
  principal: string,
  hostId: string,
  dryRun: boolean,
  wipe = false,
): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return unknown(hostId);
  if (host.mode !== 'quarantined')
    return refuse('FAILED_PRECONDITION', `${host.name} is ${host.mode}; only quarantined hosts are released`);
  const reserved = reservedText(core, host);
  if (reserved !== null) return refuse('FAILED_PRECONDITION', reserved);
  const live = liveTasksOf(core, hostId);
  const users = host.leaseId === null && live.length === 0 ? usersOf(core, hostId) : [];
  const wasNeverOurs = host.quarantinedFrom === 'unclaimed' && host.leaseId === null;
  if (wipe) {
    const refusal = checkWipeOfAll(core, host, wasNeverOurs);
    if (refusal !== null) return refusal;
  } else if (wasNeverOurs || users.length > 0) {
    if (!dryRun) {
      clearTrouble(core, host);
      makeUnclaimed(core, host, `${principal} released it`);
    }
    const next = users.length > 0 ? `${some(users)} uses it: adopt it, or take it out there` : 'adopt or admit it next';
    return done(`${host.name} is unclaimed again; nothing on it is touched (${next})`, host);
  }
  const orphan = isOrphan(core, host);
  const request = { ...moveOf(host, 'free', principal, `${principal} releases ${host.name} from quarantine`), wipe };
  const refusal =
    live.length > 0
      ? tasksLeft(host, live.length)
      : orphan
        ? checkWipe(core, host)
        : (checkMove(core, request) ?? (wipe ? null : checkFormerHolder(core, host)));
  if (refusal !== null) return refusal;
  const changes = [
    wipe
      ? `everything on ${host.name} is wiped, whoever put it there${foundOn(core, host)}; then it is verified clean, and is free`
      : `${host.name} is wiped and verified clean, and is free then`,
  ];
  if (orphan) changes.unshift(`lease ${host.leaseId ?? ''} ends: its framework was torn down and cannot hand it over`);
  if (dryRun) return { ok: true, changes, ids: [] };
  if (orphan && host.leaseId !== null) endLease(core, host.leaseId, `${principal} released the host`);
  clearTrouble(core, host);
  const move = startMove(core, request);
  return move.ok ? { ok: true, changes, ids: [move.transitionId] } : move;
}

/**
 * A person says that a lost machine is off: what was on it has certainly stopped, so lease, tasks and move end, and with
 * them what was reserved: capacity that is not there must not count as served.
 */
export function confirmOff(core: Core, principal: string, hostId: string, dryRun: boolean): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return unknown(hostId);
  if (!core.state.isLost(hostId) && !core.massFailure.heldBack.has(hostId))
    return refuse(
      'FAILED_PRECONDITION',
      `${host.name} is not lost; only hosts whose agent has been away for long are confirmed off`,
    );
  const tasks = liveTasksOf(core, hostId);
  const why = `${principal} confirms that ${host.name} is off`;
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  const changes: string[] = [];
  if (host.transitionId !== null) changes.push(`move ${host.transitionId} ends`);
  if (lease !== undefined) changes.push(`${lease.frameworkId} loses its lease ${lease.leaseId}`);
  if (tasks.length > 0) changes.push(`${countedAre(tasks.length, 'task')} lost`);
  const reservations = reservationsOn(core, hostId);
  for (const { reservationId, role } of reservations) changes.push(`${reservationId} of role ${role} ends`);
  if (host.mode !== 'unclaimed')
    changes.push(`${host.name} is quarantined until it is back and released: mosaic host release ${host.name}`);
  if (changes.length === 0) changes.push(`${host.name} counts as off; nothing is on it that could end`);
  if (dryRun) return { ok: true, changes, ids: [hostId] };
  core.decide('host', host.name, why);
  // The breaker may still hold its loss back; this one is certain.
  noteConfirmedOff(core, hostId);
  loseHost(core, hostId);
  if (host.transitionId !== null) abortMove(core, host.transitionId, why, true);
  if (lease !== undefined && core.state.leases.has(lease.leaseId)) endLease(core, lease.leaseId, why);
  for (const task of tasks) endTask(core, task, 'lost', why);
  for (const reservation of reservations) endReservation(core, reservation, why);
  const now = core.state.hosts.get(hostId);
  // Whatever it held is no longer its holder's, so a release has to wipe it.
  if (now !== undefined && host.mode !== 'unclaimed')
    setAside(core, lease === undefined ? now : { ...withoutOrigin(now), formerHolder: lease.frameworkId }, why);
  core.clearCondition('HOST_LOST', host.name);
  core.clearCondition('TRANSITION_GAVE_UP', host.name);
  core.clearCondition('DRIFT', host.name);
  return { ok: true, changes, ids: [hostId] };
}

/** Gives a free host to the pool that is cut into slices, or takes an empty one back. */
export function shareHost(
  core: Core,
  principal: string,
  hostId: string,
  shared: boolean,
  dryRun: boolean,
): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return unknown(hostId);
  const from = shared ? 'free' : 'shared';
  if (host.mode !== from)
    return refuse('FAILED_PRECONDITION', `${host.name} is ${host.mode}; only ${from} hosts can do this`);
  const live = liveTasksOf(core, hostId);
  if (live.length > 0) return tasksLeft(host, live.length);
  const request = moveOf(
    host,
    shared ? 'shared' : 'free',
    principal,
    `${principal} ${shared ? 'shares' : 'takes back'} ${host.name}`,
  );
  const refusal = checkMove(core, request);
  if (refusal !== null) return refusal;
  const change = shared
    ? `${host.name} gets the shared profile and is offered in slices then`
    : `${host.name} is wiped and verified clean, and is free then`;
  if (dryRun) return { ok: true, changes: [change], ids: [] };
  rescindHostOffers(core, hostId, request.reason);
  const move = startMove(core, request);
  return move.ok ? { ok: true, changes: [change], ids: [move.transitionId] } : move;
}

/** Its holder was torn down and is gone: nobody is left who could drain it. */
function isOrphan(core: Core, host: HostRecord): boolean {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  if (lease === undefined) return false;
  return (
    core.state.frameworks.get(lease.frameworkId)?.tornDown === true &&
    core.state.frameworkPresence.get(lease.frameworkId)?.connected !== true
  );
}

function checkWipe(core: Core, host: HostRecord): OperatorReply | null {
  if (host.transitionId !== null) return refuse('FAILED_PRECONDITION', `${host.name} is moving (${host.transitionId})`);
  const freeze = frozenBy(core, []);
  if (freeze !== null)
    return refuse(
      'FAILED_PRECONDITION',
      `${freeze.by} froze all moves (${freeze.reason}); ${remedies.unfreeze(freeze.scope)} ends it`,
    );
  if (core.state.hostPresence.get(host.hostId)?.connected === true) return null;
  return refuse('UNAVAILABLE', `the agent of ${host.name} is not connected; only it can wipe the host`);
}

/** A machine that is back may serve its former holder again, though the last observation was made while it was away. */
function checkFormerHolder(core: Core, host: HostRecord): OperatorReply | null {
  const holder = core.state.frameworks.get(host.formerHolder ?? '');
  if (holder === undefined || holder.tornDown) return null;
  const observedMs = core.state.frameworkPresence.get(holder.frameworkId)?.observedMs ?? -Infinity;
  const backMs = core.state.hostPresence.get(host.hostId)?.connectedMs ?? core.nowMs;
  // The observation may have been made before it arrived.
  if (observedMs >= backMs + OBSERVATION_AGE_MAX_MS) return null;
  return refuse(
    'FAILED_PRECONDITION',
    `${holder.frameworkId} held ${host.name} until it was confirmed off, and its manager was not observed since the machine ` +
      'is back: it may use it again, and a release would wipe it; try again when it has told its hosts, or have everything ' +
      `on it wiped: ${remedies.hostWipe(host.name)}`,
  );
}

/** What a manager has is not wiped even where a person asks for it: taking it out there is a word away. */
function checkWipeOfAll(core: Core, host: HostRecord, wasNeverOurs: boolean): OperatorReply | null {
  const inUse = host.leaseId !== null ? [] : wasNeverOurs ? claimantsOf(core, host.hostId) : usersOf(core, host.hostId);
  if (inUse.length > 0)
    return refuse(
      'FAILED_PRECONDITION',
      `${some(inUse)} has ${host.name}; take it out there first, then it can be wiped`,
    );
  const unseen = wasNeverOurs ? unseenText(core, host) : null;
  return unseen === null ? null : refuse('FAILED_PRECONDITION', unseen);
}

/** What its agent last said is on it. */
function foundOn(core: Core, host: HostRecord): string {
  const presence = core.state.hostPresence.get(host.hostId);
  const found: string[] = [];
  if (presence !== undefined && presence.profile !== '') found.push(`the profile of ${shown(presence.profile)}`);
  if (presence !== undefined && presence.cleanliness !== '') found.push(presence.cleanliness);
  return found.length === 0 ? '' : ` (its agent says: ${found.join(', ')})`;
}

function clearTrouble(core: Core, host: HostRecord): void {
  for (const kind of ['DUPLICATE_IDENTITY', 'IDENTITY_CHANGED', 'HOST_DIRTY'] as const)
    core.clearCondition(kind, host.name);
}

function withoutOrigin(host: HostRecord): HostRecord {
  const { quarantinedFrom: _, ...rest } = host;
  return rest;
}

function moveOf(host: HostRecord, toMode: 'free' | 'shared', principal: string, reason: string): MoveRequest {
  return {
    hostId: host.hostId,
    to: null,
    toMode,
    demandId: '',
    planId: null,
    reason,
    requestedBy: `operator:${principal}`,
    hard: false,
    reclaim: false,
  };
}

function tasksLeft(host: HostRecord, count: number): OperatorReply {
  return refuse(
    'FAILED_PRECONDITION',
    `${host.name} still runs ${counted(count, 'task')}; mosaic host cordon ${host.name} keeps new ones away meanwhile`,
  );
}

function unknown(hostId: string): OperatorReply {
  return refuse('NOT_FOUND', `there is no host ${hostId}; mosaic host list shows them`);
}

function refuse(code: ErrorCode, message: string): OperatorReply {
  return { ok: false, code, message };
}

function done(change: string, host: HostRecord): OperatorReply {
  return { ok: true, changes: [change], ids: [host.hostId] };
}
