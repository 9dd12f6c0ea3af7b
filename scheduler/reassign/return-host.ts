import { knownOutcome, recordOutcome } from '../commands-seen.js';
import type { Core } from '../core.js';
import type { CommandOutcome, FrameworkMessage } from '../protocol.js';
import { cancelMove } from './cancel.js';
import { startMove } from './start-move.js';

type ReturnHost = Extract<FrameworkMessage, { readonly kind: 'return_host' }>;

/** A framework gives a host up unasked: it leaves as in any move, is wiped, and ends free. Idempotent by command id. */
export function returnHost(core: Core, frameworkId: string, message: ReturnHost): void {
  const peerId = `framework/${frameworkId}`;
  const body = JSON.stringify([message.leaseId, message.reason]);
  const outcome = knownOutcome(core, peerId, message.commandId, body) ?? giveUp(core, frameworkId, message);
  recordOutcome(core, peerId, message.commandId, body, outcome);
  core.sendFramework(frameworkId, { kind: 'result', commandId: message.commandId, outcome });
}

function giveUp(core: Core, frameworkId: string, message: ReturnHost): CommandOutcome {
  const lease = core.state.leases.get(message.leaseId);
  if (lease?.frameworkId !== frameworkId)
    return { ok: false, code: 'NOT_FOUND', message: `${frameworkId} has no lease ${message.leaseId}` };
  const host = core.state.hosts.get(lease.hostId);
  const running = core.state.transitions.get(host?.transitionId ?? '');
  if (running !== undefined) {
    // It is on its way out already: nothing more is needed. On its way in: it turns back.
    const leaving = running.direction === 'rollback' ? running.left : running.from?.frameworkId === frameworkId;
    if (leaving) return { ok: true, ids: [running.transitionId] };
    const reply = cancelMove(core, running.transitionId, `framework:${frameworkId}`);
    return reply.ok ? { ok: true, ids: [running.transitionId] } : reply;
  }
  const reply = startMove(core, {
    hostId: lease.hostId,
    to: null,
    toMode: 'free',
    demandId: '',
    planId: null,
    reason: message.reason === '' ? `${frameworkId} gives it up` : `${frameworkId} gives it up: ${message.reason}`,
    requestedBy: `framework:${frameworkId}`,
    hard: false,
    reclaim: false,
  });
  return reply.ok ? { ok: true, ids: [reply.transitionId] } : reply;
}
