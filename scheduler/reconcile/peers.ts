/** Peers set aside after they made an assertion fail or sent what cannot be (I10). Soft: a new start gives them another try. */
import { rescindFrameworkOffers } from '../allocate/rescind.js';
import type { Core } from '../core.js';
import { remedies } from '../explain/remedies.js';
import type { OperatorReply } from '../operate/commands.js';
import type { PeerId } from '../protocol.js';
import { cordon } from './hosts.js';
import { MESSAGE_LENGTH_MAX } from './limits.js';
import { peerDisconnected } from './presence.js';
import { shown, some } from './text.js';

export function isPeerQuarantined(core: Core, peerId: PeerId): boolean {
  return core.state.conditions.has(`PEER_QUARANTINED|${peerId}`);
}

/** Ends the peer's connection and refuses it until an operator lets it back; what it holds stays. */
export function quarantinePeer(core: Core, peerId: PeerId, reason: string): void {
  const why = shown(reason, MESSAGE_LENGTH_MAX);
  const host = hostOf(core, peerId);
  core.raise(
    'PEER_QUARANTINED',
    peerId,
    `${host?.name ?? peerId} was set aside: ${why}`,
    host === undefined
      ? remedies.frameworkRelease(peerId.slice('framework/'.length))
      : remedies.hostUncordon(host.name),
  );
  if (host !== undefined && !host.cordoned) cordon(core, host, `its agent was set aside: ${why}`);
  if (peerId.startsWith('framework/'))
    rescindFrameworkOffers(core, peerId.slice('framework/'.length), `${peerId} was set aside`);
  core.emit({ kind: 'disconnect', peerId, reason: `set aside: ${why}` });
  // The session layer says so too, later; offers must not be made in between.
  peerDisconnected(core, peerId, 'set aside');
}

/** Lets a peer back in. For hosts `uncordonHost` does it, too. */
export function releasePeer(core: Core, principal: string, peerId: PeerId, dryRun: boolean): OperatorReply {
  if (!isPeerQuarantined(core, peerId))
    return {
      ok: false,
      code: 'FAILED_PRECONDITION',
      message: `${nameOf(core, peerId)} is not set aside; ${setAsideText(core)}`,
    };
  const changes = [`${nameOf(core, peerId)} may connect again`];
  if (dryRun) return { ok: true, changes, ids: [peerId] };
  core.clearCondition('PEER_QUARANTINED', peerId);
  core.decide('session', peerId, `${principal} lets ${peerId} connect again`);
  return { ok: true, changes, ids: [peerId] };
}

/** As people know it: the framework's id, the host's name. */
function nameOf(core: Core, peerId: PeerId): string {
  return hostOf(core, peerId)?.name ?? shown(peerId.replace(/^framework\//, ''));
}

function setAsideText(core: Core): string {
  const names = [...core.state.conditions.values()]
    .filter(({ kind }) => kind === 'PEER_QUARANTINED')
    .map(({ subject }) => nameOf(core, subject));
  return names.length === 0 ? 'nobody is' : `set aside: ${some(names.sort())}`;
}

function hostOf(core: Core, peerId: PeerId) {
  return peerId.startsWith('agent/') ? core.state.hosts.get(peerId.slice('agent/'.length)) : undefined;
}
