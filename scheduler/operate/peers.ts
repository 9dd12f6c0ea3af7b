import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { findFramework, findPeer } from '../explain/lookup.js';
import { adopt, releasePeer, teardownByOperator } from '../reconcile/index.js';
import { notFound } from './arguments.js';
import type { OperatorCommand, OperatorReply } from './commands.js';

type PeerCommand = Extract<OperatorCommand, { readonly kind: 'adopt' | 'framework_teardown' | 'peer_release' }>;

/** What an operator does about one framework, or about a peer that was set aside. */
export function peerCommand(core: Core, principal: string, command: PeerCommand): OperatorReply {
  const { dryRun } = command;
  if (command.kind === 'peer_release') {
    const peer = findPeer(core, command.peer);
    return peer.ok ? releasePeer(core, principal, peer.value, dryRun) : notFound(peer.message);
  }
  const found = findFramework(core, command.frameworkId);
  if (!found.ok) return notFound(found.message);
  const { frameworkId } = found.value;
  switch (command.kind) {
    case 'adopt':
      return adopt(core, principal, frameworkId, dryRun);
    case 'framework_teardown':
      return teardownByOperator(core, principal, frameworkId, dryRun);
    default:
      return assertNever(command);
  }
}
