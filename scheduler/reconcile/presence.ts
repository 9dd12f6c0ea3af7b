/** Who is there: connections, last contact, and what it means when someone is away. No absence ends a lease. */
import { armDeadline } from '../allocate/demand.js';
import { forgetStatuses } from '../allocate/publish.js';
import { rescindFrameworkOffers } from '../allocate/rescind.js';
import type { Core } from '../core.js';
import { counted, duration } from '../words.js';
import type { PeerId } from '../protocol.js';
import { leaseMessage } from '../reassign/leases.js';
import { executorGone, resendSteps } from '../reassign/recover.js';
import { isReady } from '../reassign/steps.js';
import { isHeldBack, noteBack } from './breaker.js';
import { holdersAreServed, loseHost } from './lose-host.js';
import { statusOf } from './task-views.js';
import { shown } from './text.js';
import { tellFramework } from './unavailable.js';

/** The session layer wired a connection to the peer. `resumed` false: it gets the full state. */
export function peerConnected(core: Core, peerId: PeerId, resumed: boolean): void {
  core.openingPeers.delete(peerId);
  const [kind, id] = split(peerId);
  if (kind === 'agent') agentConnected(core, id, resumed);
  else frameworkConnected(core, id, resumed);
  // An agent that has to report first is asked again when it has (`onAgentReport`).
  if (isReady(core, peerId)) resendSteps(core, peerId, !resumed);
}

/** The peer's connection ended; it may come back at any time. */
export function peerDisconnected(core: Core, peerId: PeerId, reason: string): void {
  const [kind, id] = split(peerId);
  if (kind === 'agent') agentDisconnected(core, id);
  else frameworkDisconnected(core, id, reason);
  executorGone(core, peerId);
}

/** A message to the peer could not be kept: it gets the full state, or is asked for its own. */
export function resyncPeer(core: Core, peerId: PeerId): void {
  const [kind, id] = split(peerId);
  if (kind === 'agent') {
    requestReport(core, id);
    return;
  }
  sendState(core, id);
  resendSteps(core, peerId);
}

function agentConnected(core: Core, hostId: string, resumed: boolean): void {
  const host = core.state.hosts.get(hostId);
  const presence = core.state.hostPresence.get(hostId);
  if (host === undefined || presence === undefined) return;
  core.timers.clear(`host-lost/${hostId}`);
  core.state.hostPresence.put({
    ...presence,
    connected: true,
    lost: false,
    lastSeenMs: core.nowMs,
    connectedMs: core.nowMs,
  });
  noteBack(core, hostId);
  if (host.lostSinceMs !== undefined) {
    const { lostSinceMs: _, ...found } = host;
    core.state.hosts.put(found);
  }
  if (presence.lost) {
    holdersAreServed(core, host);
    core.clearCondition('HOST_LOST', host.name);
    core.decide('host', host.name, `${host.name} is back after ${duration(core.nowMs - presence.lastSeenMs)}`);
  }
  // An agent whose session starts over reports by itself; asked as well, it would do so twice.
  if (!resumed) awaitReport(core, hostId);
  else if (presence.synced !== true) requestReport(core, hostId);
  core.markDirty(hostId);
}

/** Until it has reported, commands are held back: they must not overtake those that the agent may have lost. */
function awaitReport(core: Core, hostId: string): void {
  const presence = core.state.hostPresence.get(hostId);
  if (presence !== undefined) core.state.hostPresence.put({ ...presence, synced: false });
}

function requestReport(core: Core, hostId: string): void {
  awaitReport(core, hostId);
  core.sendAgent(hostId, { kind: 'report_request' });
}

function agentDisconnected(core: Core, hostId: string): void {
  const presence = core.state.hostPresence.get(hostId);
  if (presence?.connected !== true) return;
  core.state.hostPresence.put({ ...presence, connected: false, lastSeenMs: core.nowMs });
  core.timers.set(`host-lost/${hostId}`, core.nowMs + core.options.hostLostAfterMs);
  core.markDirty(hostId);
}

/** An agent was away for too long: its host is lost, unless too many vanished with it (`breaker.ts`). */
export function declareHostLost(core: Core, hostId: string): void {
  const host = core.state.hosts.get(hostId);
  const presence = core.state.hostPresence.get(hostId);
  if (host === undefined || presence === undefined || presence.connected || presence.lost) return;
  if (!isHeldBack(core, host)) loseHost(core, hostId);
}

function frameworkConnected(core: Core, frameworkId: string, resumed: boolean): void {
  const presence = core.state.frameworkPresence.get(frameworkId);
  if (presence === undefined) return;
  core.state.frameworkPresence.put({ ...presence, connected: true, sinceMs: core.nowMs });
  core.timers.clear(`demand/${frameworkId}`);
  armDeadline(core, frameworkId);
  core.clearCondition('FRAMEWORK_DISCONNECTED', frameworkId);
  if (!presence.connected) core.decide('session', frameworkId, `${frameworkId} is connected`, { resumed });
  if (!resumed) sendState(core, frameworkId);
  // What it asked for before it went away is still asked for.
  if (core.state.demandsByFramework.count(frameworkId) > 0 || core.openClaims.of(frameworkId).size > 0)
    core.markAllDirty();
}

/** Everything a framework without memory needs; its open offers are gone and come again. */
function sendState(core: Core, frameworkId: string): void {
  rescindFrameworkOffers(core, frameworkId, `${frameworkId} starts over`);
  const leases = [...core.state.leasesByFramework.get(frameworkId)].flatMap((leaseId) => {
    const lease = core.state.leases.get(leaseId);
    const host = lease === undefined ? undefined : core.state.hosts.get(lease.hostId);
    return lease === undefined || host === undefined ? [] : [leaseMessage(host, lease)];
  });
  const tasks = [...core.state.tasksByFramework.get(frameworkId)].flatMap((taskKey) => {
    const task = core.state.tasks.get(taskKey);
    return task === undefined ? [] : [statusOf(task)];
  });
  core.sendFramework(frameworkId, { kind: 'resync', leases, tasks });
  forgetStatuses(core, frameworkId);
  tellFramework(core, frameworkId);
}

function frameworkDisconnected(core: Core, frameworkId: string, reason: string): void {
  const presence = core.state.frameworkPresence.get(frameworkId);
  if (presence?.connected !== true) return;
  core.state.frameworkPresence.put({ ...presence, connected: false, sinceMs: core.nowMs });
  core.timers.set(`demand/${frameworkId}`, core.nowMs + core.options.demandTtlMs);
  rescindFrameworkOffers(core, frameworkId, `${frameworkId} is away`);
  core.decide('session', frameworkId, `${frameworkId} is away: ${shown(reason)}`);
  raiseDisconnected(core, frameworkId);
}

/** Shown while a framework that holds something is away: nobody can drain its hosts meanwhile. */
export function raiseDisconnected(core: Core, frameworkId: string): void {
  const hosts = core.state.leasesByFramework.count(frameworkId);
  const tasks = core.state.tasksByFramework.count(frameworkId);
  if (hosts + tasks === 0) return;
  core.raise(
    'FRAMEWORK_DISCONNECTED',
    frameworkId,
    `${frameworkId} is away; it keeps its ${counted(hosts, 'host')} and ${counted(tasks, 'task')}`,
    'it clears when the framework connects again',
  );
}

function split(peerId: PeerId): readonly ['agent' | 'framework', string] {
  return peerId.startsWith('agent/')
    ? ['agent', peerId.slice('agent/'.length)]
    : ['framework', peerId.slice('framework/'.length)];
}
