/** What a drain waits for: computed from what is so now, for the drain itself and for whoever asks why. */
import type { Core } from '../core.js';
import type { ErrorCode, WaitReason } from '../protocol.js';
import { Budgets, rackOf } from '../reassign/budgets.js';
import { checkMove, type MoveRequest } from '../reassign/start-move.js';
import { workloadOf } from '../reassign/steps.js';
import { liveTasksOf } from '../reconcile/task-views.js';
import type { DrainRecord, HostRecord } from '../state/records.js';
import { counted, duration } from '../words.js';

export interface DrainWait {
  readonly code: WaitReason;
  readonly text: string;
}

/** What is still on the host, in words; null when nothing is. */
export function leftOn(core: Core, host: HostRecord): string | null {
  if (host.transitionId !== null) return `its move ${host.transitionId}`;
  const lease = core.state.leases.get(host.leaseId ?? '');
  if (lease !== undefined) return `the lease of ${lease.frameworkId}`;
  const tasks = liveTasksOf(core, host.hostId).length;
  return tasks === 0 ? null : counted(tasks, 'task');
}

/** The move that takes a leased host out of use: to the free pool, where it stays cordoned. */
export function moveOutOf(core: Core, host: HostRecord, drain: DrainRecord): MoveRequest {
  const leftMs = drain.deadlineMs - core.nowMs;
  return {
    hostId: host.hostId,
    to: null,
    toMode: 'free',
    demandId: '',
    planId: null,
    reason: drain.reason,
    requestedBy: drain.by,
    hard: drain.hard,
    reclaim: false,
    // A host that could not leave by then gets the time of an ordinary drain for each further try.
    drainDeadlineMs: leftMs > 0 ? leftMs : core.options.drainDeadlineMs,
  };
}

/** Why the move of a leased host that is not moving cannot begin now, the binding reason first; null when it can. */
export function moveWait(core: Core, host: HostRecord, drain: DrainRecord): DrainWait | null {
  // What the calendar does by itself must not make a mass failure worse; what a person asks for is done.
  if (drain.window !== '' && core.state.isMassFailure)
    return { code: 'MASS_FAILURE', text: 'too many hosts have vanished at once; maintenance takes no more meanwhile' };
  if (drain.moveId !== '' && host.coolDownUntilMs > core.nowMs) {
    const text = `its holder could not leave it; the next try is in ${duration(host.coolDownUntilMs - core.nowMs)}`;
    return { code: 'COOL_DOWN', text };
  }
  const lease = core.state.leases.get(host.leaseId ?? '');
  const budgets = new Budgets(core);
  const rack = rackOf(host);
  const broken = budgets.broken(lease === undefined ? [] : [workloadOf(core, lease.frameworkId)], false);
  if (broken !== null) return { code: 'MOVE_BUDGET', text: broken };
  if (budgets.rackIsFull(rack)) return { code: 'MOVE_BUDGET', text: budgets.rackText(rack) };
  const refusal = checkMove(core, moveOutOf(core, host, drain));
  return refusal === null ? null : { code: reasonOf(refusal.code, core, host), text: refusal.message };
}

function reasonOf(code: ErrorCode, core: Core, host: HostRecord): WaitReason {
  if (code === 'UNAVAILABLE') return 'DISCONNECTED';
  const lease = core.state.leases.get(host.leaseId ?? '');
  const executes = lease === undefined || core.state.frameworks.get(lease.frameworkId)?.executesSteps === true;
  return executes ? 'FROZEN' : 'BLOCKED_DRAIN';
}
