/** What operators do with drains. Each answers what it did, or with `dryRun` what it would do; refusals change nothing. */
import { isInForce } from '../calendar.js';
import type { Core } from '../core.js';
import { remedies } from '../explain/remedies.js';
import { invalid, notFound, type Refusal } from '../operate/arguments.js';
import { nothingChanges, type OperatorCommand, type OperatorReply } from '../operate/commands.js';
import { cancelMove } from '../reassign/cancel.js';
import { uncordonHost } from '../reconcile/operator-hosts.js';
import { liveTasksOf } from '../reconcile/task-views.js';
import { leaveWindows } from '../reconcile/unavailable.js';
import type { DrainRecord, HostRecord } from '../state/records.js';
import { counted, countedAre, duration } from '../words.js';
import { moveWait } from './drain-wait.js';
import { beginDrain, endDrain, moveOf, type DrainStart } from './drain.js';
import { DRAIN_DEADLINE_MAX_MS } from './limits.js';

type DrainCommand = Extract<OperatorCommand, { readonly kind: 'host_drain' }>;

/** Cordons and empties a host. One that is being drained already is drained as this says from now on. */
export function drainHost(core: Core, principal: string, hostId: string, command: DrainCommand): OperatorReply {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return notFound(`there is no host ${hostId}; mosaic host list shows them`);
  const problem =
    spanProblem('deadlineMs', command.deadlineMs) ?? spanProblem('graceMs', command.graceMs) ?? modeProblem(host);
  if (problem !== null) return problem;
  const { hard, graceMs = -1, deadlineMs = core.options.drainDeadlineMs, reason } = command;
  const start: DrainStart = {
    by: `operator:${principal}`,
    window: '',
    reason: `${principal}: ${reason === '' ? 'no reason given' : reason}`,
    empties: true,
    hard,
    graceMs,
    deadlineMs: core.nowMs + deadlineMs,
  };
  const before = core.state.drains.get(hostId);
  if (before?.phase === 'drained' && before.reason === start.reason)
    return nothingChanges(`${host.name} is drained already (${before.reason})`, [hostId]);
  const changes = [`${host.name} gets no new grants (${start.reason})`, leavesText(core, host, start, deadlineMs)];
  const remarks = remarksOn(core, host, before, start);
  if (!command.dryRun) beginDrain(core, hostId, start);
  return { ok: true, changes, remarks, ids: [hostId] };
}

/** Ends a drain as cleanly as it can be ended; what cannot be called back is said. */
export function cancelDrain(core: Core, principal: string, hostId: string, dryRun: boolean): OperatorReply {
  const host = core.state.hosts.get(hostId);
  const drain = core.state.drains.get(hostId);
  if (host === undefined) return notFound(`there is no host ${hostId}; mosaic host list shows them`);
  if (drain === undefined)
    return {
      ok: false,
      code: 'FAILED_PRECONDITION',
      message: `${host.name} is not being drained${host.cordoned ? `; it is cordoned: ${remedies.hostUncordon(host.name)}` : ''}`,
    };
  const { changes, remarks } = endText(core, host, drain);
  if (dryRun) return { ok: true, changes, remarks, ids: [hostId] };
  // The calendar would begin anew what it still names.
  leaveWindows(core, hostId, windowsInForce(core, hostId));
  endDrain(core, hostId, `${principal} ends the drain`);
  return { ok: true, changes, remarks, ids: [hostId] };
}

/** Grants are welcome again, whatever kept them away: a drain ends with the cordon. */
export function uncordon(core: Core, principal: string, hostId: string, dryRun: boolean): OperatorReply {
  const drain = core.state.drains.get(hostId);
  if (drain === undefined) return uncordonHost(core, principal, hostId, dryRun);
  const ended = cancelDrain(core, principal, hostId, dryRun);
  if (!ended.ok || drain.cordons) return ended;
  const opened = uncordonHost(core, principal, hostId, dryRun);
  return opened.ok ? { ...ended, changes: [...ended.changes, ...opened.changes] } : opened;
}

function windowsInForce(core: Core, hostId: string): readonly string[] {
  return [...core.state.windowsByHost.get(hostId)].filter((name) => {
    const window = core.state.windows.get(name);
    return window !== undefined && isInForce(core, window);
  });
}

function spanProblem(field: string, value: number | undefined): Refusal | null {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0 && value <= DRAIN_DEADLINE_MAX_MS)) return null;
  return invalid(`${field} is ${value}; it must be a whole number of ms from 0 to ${DRAIN_DEADLINE_MAX_MS} (30 days)`);
}

function modeProblem(host: HostRecord): Refusal | null {
  const refuse = (message: string): Refusal => ({ ok: false, code: 'FAILED_PRECONDITION', message });
  if (host.mode === 'unclaimed')
    return refuse(`${host.name} is unclaimed: nothing is granted on it, and what is on it is not ours to drain`);
  if (host.mode === 'quarantined')
    return refuse(
      `${host.name} is quarantined (${host.quarantineReason}): nothing is granted on it; ${remedies.hostRelease(host.name)} empties it`,
    );
  return null;
}

/** What becomes of what is on the host. */
function leavesText(core: Core, host: HostRecord, { hard }: DrainStart, deadlineMs: number): string {
  const when = deadlineMs === 0 ? 'at once' : `within ${duration(deadlineMs)}`;
  const lease = core.state.leases.get(host.leaseId ?? '');
  if (lease !== undefined) {
    const left = hard ? '; what is left then is killed' : '';
    return `${lease.frameworkId} is asked to leave it ${when}${left}; then it is wiped, verified clean, and stays free and cordoned`;
  }
  const tasks = liveTasksOf(core, host.hostId).length;
  if (tasks === 0)
    return host.transitionId === null ? 'nothing is on it' : `its move ${host.transitionId} ends in the free pool`;
  const told = `${counted(tasks, 'task')} on it should end ${when}, and their frameworks are told so`;
  return hard ? `${told}; what is left then is killed` : `${told}; nothing is killed`;
}

function remarksOn(
  core: Core,
  host: HostRecord,
  before: DrainRecord | undefined,
  start: DrainStart,
): readonly string[] {
  const remarks: string[] = [];
  if (before !== undefined) remarks.push(`it is being drained already (${before.reason}); this takes its place`);
  if (host.leaseId === null || host.transitionId !== null) return remarks;
  const planned: DrainRecord = {
    ...start,
    hostId: host.hostId,
    cordons: true,
    phase: 'draining',
    sinceMs: core.nowMs,
    moveId: before?.moveId ?? '',
  };
  const wait = moveWait(core, host, planned);
  if (wait !== null) remarks.push(`it cannot be left yet: ${wait.text}`);
  return remarks;
}

function endText(
  core: Core,
  host: HostRecord,
  drain: DrainRecord,
): { readonly changes: readonly string[]; readonly remarks: readonly string[] } {
  const changes = [
    drain.cordons ? `${host.name} may get grants again` : `${host.name} is drained no longer, but stays cordoned`,
  ];
  const remarks: string[] = [];
  const move = moveOf(core, host, drain);
  const turn = move === null ? null : cancelMove(core, move, drain.by, true);
  if (turn?.ok === true) changes.push(...turn.changes);
  else if (turn !== null)
    remarks.push(`it is past turning back and ends in the free pool, where it is offered: ${turn.message}`);
  const killed = liveTasksOf(core, host.hostId).filter((task) => task.killSeq > 0).length;
  if (killed > 0) remarks.push(`${countedAre(killed, 'task')} being killed already; that cannot be called back`);
  return { changes, remarks };
}
