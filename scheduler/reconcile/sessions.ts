import type { Core } from '../core.js';
import type { Event } from '../events.js';
import type { AgentHello, PeerId } from '../protocol.js';
import type { HostRecord } from '../state/records.js';
import { frameworkIdOf, REFUSED_RETRY_MS, registerFramework, registrationRefusal, type Refusal } from './frameworks.js';
import { helloProblem } from './hello-rules.js';
import { cordon, makeUnclaimed, registerHost, setAside } from './hosts.js';
import { identityText, normaliseIdentity, sameIdentity } from '../state/identity.js';
import { HOSTS_MAX } from './limits.js';
import { isPeerQuarantined } from './peers.js';
import { resolveHost } from './identity.js';
import { liveTasksOf } from './task-views.js';
import { endTask } from './tasks.js';

type SessionOpen = Extract<Event, { readonly kind: 'session_open' }>;

/** A stale master's peers find the newer one by their own list of addresses; soon. */
const STALE_RETRY_MS = 1_000;

/**
 * Answers a hello: who it is, whether it may, and from which message on it goes on. A refused hello changes nothing.
 *
 * Secrets: the first one seen for a peer is kept. A framework with another one is refused. An agent with another one has
 * lost its checkpoint (the machine was installed anew): it is taken back only where nothing depends on what it forgot,
 * that is while the host is unclaimed, free or quarantined, not moving, and its old agent is not connected. A free host is
 * unclaimed again then, because whoever installed it may have put it to use.
 *
 * @param appliedSeq sequences applied but not yet durable, by peer; a new incarnation starts over
 */
export function openSession(core: Core, event: SessionOpen, appliedSeq: Map<PeerId, number>): void {
  const { hello, connectionId } = event;
  const problem = helloProblem(hello);
  const refusal: Refusal | null =
    hello.highestTerm > core.term
      ? {
          code: 'STALE_TERM',
          message: `this master has term ${core.term}, but a newer one with term ${hello.highestTerm} was seen`,
          retryAfterMs: STALE_RETRY_MS,
        }
      : problem !== null
        ? { code: 'INVALID_ARGUMENT', message: problem, retryAfterMs: 0 }
        : openFor(core, event, appliedSeq);
  if (refusal !== null) core.emit({ kind: 'session_refused', connectionId, ...refusal });
}

function openFor(core: Core, event: SessionOpen, appliedSeq: Map<PeerId, number>): Refusal | null {
  const { who, secretHash } = event.hello;
  if (who.kind === 'agent') return openAgent(core, event, who, appliedSeq);
  const frameworkId = frameworkIdOf(who);
  const peerId = `framework/${frameworkId}`;
  const session = core.state.sessions.get(peerId);
  if (session !== undefined && session.secretHash !== secretHash)
    return {
      code: 'PERMISSION_DENIED',
      message: `${frameworkId} has a session with another secret; start it with the secret it had, or take another name`,
      retryAfterMs: 0,
    };
  const refusal = setAsideRefusal(core, peerId) ?? registrationRefusal(core, who);
  if (refusal !== null) return refusal;
  registerFramework(core, who);
  accept(core, event, peerId, frameworkId, appliedSeq);
  return null;
}

function openAgent(core: Core, event: SessionOpen, who: AgentHello, appliedSeq: Map<PeerId, number>): Refusal | null {
  const { secretHash } = event.hello;
  const identity = normaliseIdentity(who.identity);
  const found = resolveHost(core, who.name, identity, secretHash);
  if (found.kind === 'new') {
    if (core.state.hosts.size >= HOSTS_MAX)
      return {
        code: 'RESOURCE_EXHAUSTED',
        message: `${HOSTS_MAX} hosts are known already, which is as many as one master takes`,
        retryAfterMs: REFUSED_RETRY_MS,
      };
    const host = registerHost(core, who.name, identity, found.trouble);
    for (const twin of found.twins) noteTwin(core, twin, host);
    accept(core, event, `agent/${host.hostId}`, host.hostId, appliedSeq);
    return null;
  }
  const { host } = found;
  const peerId = `agent/${host.hostId}`;
  const session = core.state.sessions.get(peerId);
  const reinstalled = session !== undefined && session.secretHash !== secretHash;
  const refusal = setAsideRefusal(core, peerId) ?? (reinstalled ? reinstallRefusal(core, host) : null);
  if (refusal !== null) return refusal;
  if (reinstalled) takeBack(core, host);
  updateIdentity(core, host.hostId, who, found.renumbered);
  accept(core, event, peerId, host.hostId, appliedSeq);
  return null;
}

function accept(
  core: Core,
  event: SessionOpen,
  peerId: PeerId,
  assignedId: string,
  appliedSeq: Map<PeerId, number>,
): void {
  const { hello, connectionId } = event;
  const before = core.state.sessions.get(peerId);
  const newIncarnation = before?.incarnation !== hello.incarnation || before.secretHash !== hello.secretHash;
  if (newIncarnation) {
    appliedSeq.delete(peerId);
    core.openingPeers.add(peerId);
    core.state.sessions.put({
      peerId,
      incarnation: hello.incarnation,
      secretHash: hello.secretHash,
      lastAppliedSeq: 0,
    });
  }
  const applied = newIncarnation ? 0 : Math.max(before.lastAppliedSeq, appliedSeq.get(peerId) ?? 0);
  core.emit({
    kind: 'session_accepted',
    connectionId,
    peerId,
    who: hello.who,
    assignedId,
    // Messages below the peer's outbox were acknowledged: their effects were soft, or are in the store.
    resumeFromSeq: Math.max(applied + 1, hello.outboxFirstSeq),
    newIncarnation,
  });
}

function setAsideRefusal(core: Core, peerId: PeerId): Refusal | null {
  if (!isPeerQuarantined(core, peerId)) return null;
  const why = core.state.conditions.get(`PEER_QUARANTINED|${peerId}`);
  return {
    code: 'QUARANTINED',
    message: `${why?.message ?? peerId}; ${why?.remedy ?? ''}`,
    retryAfterMs: REFUSED_RETRY_MS,
  };
}

function reinstallRefusal(core: Core, host: HostRecord): Refusal | null {
  const deny = (message: string): Refusal => ({ code: 'PERMISSION_DENIED', message, retryAfterMs: REFUSED_RETRY_MS });
  const says = `an agent on ${host.name} presents another secret than before`;
  if (core.state.hostPresence.get(host.hostId)?.connected === true)
    return deny(`${says} while the first one is connected; run one agent per machine, with its state folder kept`);
  if (host.transitionId !== null)
    return deny(
      `${says} while ${host.name} is moving; restore the agent's state folder, or stop the move: mosaic move cancel ${host.transitionId}`,
    );
  if (host.mode === 'leased' || host.mode === 'shared')
    return deny(
      `${says}, but ${host.name} is in use (${host.mode}); ` +
        `restore the agent's state folder, or, if the machine was installed anew: mosaic host quarantine ${host.name}, then mosaic host release ${host.name}`,
    );
  return null;
}

/** The machine was installed anew: what the old agent knew is gone. */
function takeBack(core: Core, host: HostRecord): void {
  core.decide('session', host.name, `the agent of ${host.name} was installed anew; its new secret is kept`);
  for (const task of liveTasksOf(core, host.hostId)) endTask(core, task, 'lost', `${host.name} was installed anew`);
  if (host.mode === 'free') makeUnclaimed(core, host, 'it was installed anew and may be in use');
}

/** Takes over a part of the identity that changed (a replaced network card); another uuid is shown and set aside. */
function updateIdentity(core: Core, hostId: string, who: AgentHello, renumbered: boolean): void {
  const host = core.state.hosts.get(hostId);
  const identity = normaliseIdentity(who.identity);
  if (host === undefined || sameIdentity(host.identity, identity)) return;
  const was = identityText(host.identity);
  const after: HostRecord = { ...host, identity };
  core.state.hosts.put(after);
  core.decide('host', host.name, `${host.name} now is ${identityText(identity)}; it was ${was}`);
  if (!renumbered) return;
  const reason = `${host.name} came back as ${identityText(identity)}; it was ${was}`;
  const inUse = host.leaseId !== null || host.mode === 'shared' || host.transitionId !== null;
  core.raise('IDENTITY_CHANGED', host.name, reason, `mosaic host ${inUse ? 'uncordon' : 'release'} ${host.name}`);
  if (inUse) cordon(core, after, reason);
  else setAside(core, after, reason);
}

/** A second machine with its uuid appeared: what it serves goes on, but nothing new comes until a person has looked. */
function noteTwin(core: Core, twin: HostRecord, newcomer: HostRecord): void {
  const reason = `${newcomer.name} (${identityText(newcomer.identity)}) has the uuid of ${twin.name} (${identityText(twin.identity)})`;
  core.raise('DUPLICATE_IDENTITY', twin.name, reason, `mosaic host uncordon ${twin.name}`);
  const now = core.state.hosts.get(twin.hostId);
  if (now !== undefined && !now.cordoned) cordon(core, now, reason);
}
