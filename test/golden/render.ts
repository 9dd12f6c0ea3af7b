// Messages and effects as one line each, for people to review.
import type {
  Decision,
  DemandStatus,
  Effect,
  MasterMessage,
  Offer,
  PeerMessage,
  StepRequest,
  StepUpdate,
  TaskStatus,
} from '../../scheduler/index.js';
import { quantitiesText } from '../../scheduler/words.js';

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
        ? [
            'ok',
            ...effect.reply.changes.map((change) => `  ${change}`),
            ...(effect.reply.remarks ?? []).map((remark) => `  note: ${remark}`),
          ]
        : [`${effect.reply.code}: ${effect.reply.message}`];
    case 'decision':
      return [decisionLine(effect.decision)];
  }
}

function decisionLine(decision: Decision): string {
  return `* ${decision.about} ${decision.subject}: ${decision.text}`;
}

function messageTexts(message: MasterMessage): readonly string[] {
  switch (message.kind) {
    case 'resync':
      return [`resync: ${message.leases.length} leases, ${message.tasks.length} tasks`];
    case 'offers':
      return message.offers.map(offerText);
    case 'rescind':
      return [`rescind ${message.offerIds.join(' ')}: ${message.reason}`];
    case 'result':
      return [
        message.outcome.ok
          ? `result ${message.commandId}: ok ${message.outcome.ids.join(' ')}`.trimEnd()
          : `result ${message.commandId}: ${message.outcome.code}: ${message.outcome.message}`,
      ];
    case 'demand_status':
      return message.statuses.map(demandText);
    case 'lease':
      return [
        `lease ${message.lease.leaseId} on ${message.lease.hostName} ${message.change} (${message.lease.origin}, ${message.lease.phase}): ${message.reason}`,
      ];
    case 'task_status':
      return [`status ${statusText(message.status)}`];
    case 'task_reclaim':
      return [`tasks ${message.taskIds.join(' ')} are killed after ${message.killAfterMs} ms: ${message.reason}`];
    case 'task_reclaim_cancelled':
      return [`tasks ${message.taskIds.join(' ')} may stay: ${message.reason}`];
    case 'step_request':
      return [requestText(message.request)];
    case 'step_renew':
      return [
        `renew ${message.renew.transitionId} ${message.renew.step}#${message.renew.attempt} after update ${message.renew.updateNo}`,
      ];
    case 'host_unavailable': {
      const { startsInMs, lastsMs, reason } = message.unavailability;
      const when =
        message.state === 'over'
          ? ''
          : ` in ${startsInMs / 1_000} s for ${lastsMs === 0 ? 'good' : `${lastsMs / 1_000} s`}`;
      return [`${message.hostName} unavailable: ${message.state}${message.hard ? ', hard' : ''}${when}: ${reason}`];
    }
    case 'step_cancel':
      return [`cancel ${message.transitionId} ${message.step}#${message.attempt}`];
    case 'error':
      return [`error ${message.code}: ${message.message}`];
    case 'launch':
      return [`launch ${message.task.taskId} as command ${message.commandSeq}`];
    case 'kill':
      return [`kill ${message.taskId} as command ${message.commandSeq}`];
    case 'task_ack':
      return [`ack ${message.taskId} #${message.statusSeq}`];
    case 'report_request':
      return ['report again'];
  }
}

function demandText(status: DemandStatus): string {
  const { demandId, granted, offered, movingIn, pending, unmetReason, message } = status;
  const counts = `${granted} granted, ${offered} offered, ${movingIn} moving in, ${pending} pending`;
  return `demand ${demandId}: ${counts} ${unmetReason}${message === '' ? '' : ` (${message})`}`;
}

function requestText({ transitionId, step, attempt, hostName, workload, policy }: StepRequest): string {
  return `step ${transitionId} ${step}#${attempt} ${hostName} (${workload || 'no workload'}${policy.hard ? ', hard' : ''})`;
}

function offerText(offer: Offer): string {
  const what = offer.wholeHost ? 'whole' : quantitiesText(offer.resources.quantities);
  const directed = offer.transitionId === null ? '' : `, for ${offer.transitionId}`;
  const group = offer.groupId === null ? '' : `, group ${offer.groupId}`;
  const gone = offer.unavailability;
  const leaves = gone === undefined ? '' : `, unavailable in ${gone.startsInMs / 1_000} s`;
  const reserved = offer.reservationId === null ? '' : `, of ${offer.reservationId}`;
  return `offer ${offer.offerId}: ${offer.hostName} ${what} for ${offer.demandId || 'no demand'}${directed}${group}${leaves}${reserved}`;
}

function updateText(update: StepUpdate): string {
  const blockers = update.blockedBy.map((blocker) => `${blocker.object} ${blocker.reason}`).join(', ');
  const message = update.message === '' ? '' : `: ${update.message}`;
  return `${update.step}#${update.attempt} ${update.state}${blockers === '' ? '' : ` by ${blockers}`}${message}`;
}

function statusText(status: TaskStatus): string {
  return `${status.taskId} ${status.state} #${status.statusSeq}${status.message === '' ? '' : `: ${status.message}`}`;
}
