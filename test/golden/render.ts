// Messages and effects as one line each, for people to review.
import type {
  AgentCommand,
  Decision,
  Effect,
  FrameworkEvent,
  MasterMessage,
  Offer,
  PeerMessage,
  StepUpdate,
  TaskStatus,
} from '../../scheduler/index.js';
import { quantitiesText } from '../../scheduler/explain/words.js';

/** What a peer said; null for what would only be noise (acknowledged reports). */
export function saidLine(name: string, message: PeerMessage): string {
  return `${name}: ${said(message)}`;
}

function said(message: PeerMessage): string {
  switch (message.kind) {
    case 'demand':
      return `demand in ${message.role}: ${message.entries.map((entry) => `${entry.demandId} x ${entry.count}`).join(', ') || 'none'}`;
    case 'accept':
      return `accept ${message.offerIds.join(' ')} (${message.action.kind}) as ${message.commandId}`;
    case 'decline':
      return `decline ${message.offerIds.join(' ')} for ${message.filterMs} ms: ${message.reason}`;
    case 'renew':
      return `renew ${message.offerIds.join(' ')}`;
    case 'open_offers':
      return `open offers ${message.enabled ? 'on' : 'off'} in ${message.role}`;
    case 'kill_task':
      return `kill ${message.taskId} as ${message.commandId}`;
    case 'task_ack':
      return `ack ${message.taskId} #${message.statusSeq}`;
    case 'reconcile':
      return `reconcile ${message.taskIds.join(' ') || 'everything'}`;
    case 'step_update':
      return updateText(message.update);
    case 'return_host':
      return `return lease ${message.leaseId}: ${message.reason}`;
    case 'observation':
      return `observes ${message.hosts.map((host) => host.name).join(' ') || 'nothing'}${message.complete ? '' : ' (incomplete)'}`;
    case 'teardown':
      return `tear me down, as ${message.commandId}`;
    case 'report':
      return `report ${quantitiesText(message.report.resources.quantities)}, ${message.report.tasks.length} tasks`;
    case 'task_status':
      return `status ${statusText(message.status)}`;
  }
}

/** One effect in one line, or several for what carries several things; empty for acknowledgements. */
export function effectLines(effect: Effect, nameOf: (peerId: string) => string): readonly string[] {
  switch (effect.kind) {
    case 'ack':
      return [];
    case 'send':
      return messageTexts(effect.message).map((text) => `-> ${nameOf(effect.peerId)} ${text}`);
    case 'session_accepted':
      return [`accepted ${effect.peerId}, resume from ${effect.resumeFromSeq}${effect.newIncarnation ? ', new' : ''}`];
    case 'session_refused':
      return [`refused ${effect.code}: ${effect.message}`];
    case 'disconnect':
      return [`disconnect ${nameOf(effect.peerId)}: ${effect.reason}`];
    case 'operator_reply':
      return effect.reply.ok
        ? ['ok', ...effect.reply.changes.map((change) => `  ${change}`)]
        : [`${effect.reply.code}: ${effect.reply.message}`];
    case 'decision':
      return [decisionLine(effect.decision)];
  }
}

function decisionLine(decision: Decision): string {
  return `* ${decision.about} ${decision.subject}: ${decision.text}`;
}

function messageTexts(message: MasterMessage): readonly string[] {
  const event = message as FrameworkEvent | AgentCommand;
  switch (event.kind) {
    case 'resync':
      return [`resync: ${event.leases.length} leases, ${event.tasks.length} tasks`];
    case 'offers':
      return event.offers.map(offerText);
    case 'rescind':
      return [`rescind ${event.offerIds.join(' ')}: ${event.reason}`];
    case 'result':
      return [
        event.outcome.ok
          ? `result ${event.commandId}: ok ${event.outcome.ids.join(' ')}`.trimEnd()
          : `result ${event.commandId}: ${event.outcome.code}: ${event.outcome.message}`,
      ];
    case 'demand_status':
      return event.statuses.map(
        (status) =>
          `demand ${status.demandId}: ${status.granted} granted, ${status.offered} offered, ${status.movingIn} moving in, ${status.pending} pending ${status.unmetReason}${status.message === '' ? '' : ` (${status.message})`}`,
      );
    case 'lease':
      return [
        `lease ${event.lease.leaseId} on ${event.lease.hostName} ${event.change} (${event.lease.origin}, ${event.lease.phase}): ${event.reason}`,
      ];
    case 'task_status':
      return [`status ${statusText(event.status)}`];
    case 'step_request':
      return [
        `step ${event.request.transitionId} ${event.request.step}#${event.request.attempt} ${event.request.hostName} (${event.request.workload || 'no workload'}${event.request.policy.hard ? ', hard' : ''})`,
      ];
    case 'step_renew':
      return [
        `renew ${event.renew.transitionId} ${event.renew.step}#${event.renew.attempt} after update ${event.renew.updateNo}`,
      ];
    case 'step_cancel':
      return [`cancel ${event.transitionId} ${event.step}#${event.attempt}`];
    case 'error':
      return [`error ${event.code}: ${event.message}`];
    case 'launch':
      return [`launch ${event.task.taskId} as command ${event.commandSeq}`];
    case 'kill':
      return [`kill ${event.taskId} as command ${event.commandSeq}`];
    case 'task_ack':
      return [`ack ${event.taskId} #${event.statusSeq}`];
    case 'report_request':
      return ['report again'];
  }
}

function offerText(offer: Offer): string {
  const what = offer.wholeHost ? 'whole' : quantitiesText(offer.resources.quantities);
  const directed = offer.transitionId === null ? '' : `, for ${offer.transitionId}`;
  const group = offer.groupId === null ? '' : `, group ${offer.groupId}`;
  return `offer ${offer.offerId}: ${offer.hostName} ${what} for ${offer.demandId || 'no demand'}${directed}${group}`;
}

function updateText(update: StepUpdate): string {
  const blockers = update.blockedBy.map((blocker) => `${blocker.object} ${blocker.reason}`).join(', ');
  const message = update.message === '' ? '' : `: ${update.message}`;
  return `${update.step}#${update.attempt} ${update.state}${blockers === '' ? '' : ` by ${blockers}`}${message}`;
}

function statusText(status: TaskStatus): string {
  return `${status.taskId} ${status.state} #${status.statusSeq}${status.message === '' ? '' : `: ${status.message}`}`;
}
