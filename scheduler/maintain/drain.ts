/**
 * Taking a host out of use and giving it back. A drain cordons its host and empties it: a leased host is moved to the free
 * pool by an ordinary transition (forecast, drain, leave, wipe, verify clean), the tasks of a shared one run out, or are
 * killed at the deadline where the drain is hard. `draining` becomes `drained` when nothing is left; the host stays
 * cordoned until the drain ends. Durable from the first moment; a drain can be cancelled at any time.
 */
import type { Core } from '../core.js';
import { cancelMove, divertToFree } from '../reassign/cancel.js';
import { cordon } from '../reconcile/hosts.js';
import { isEnded, liveTasksOf } from '../reconcile/task-views.js';
import { stopTask } from '../reconcile/tasks.js';
import { startMove } from '../reassign/start-move.js';
import { noteMoveStart } from '../reassign/budgets.js';
import { remedies } from '../explain/remedies.js';
import type { DrainRecord, HostRecord } from '../state/records.js';
import { counted, duration } from '../words.js';
import { leftOn, moveOutOf, moveWait } from './drain-wait.js';
import { tellDraining, tellOver } from '../reconcile/unavailable.js';

/** A drain that waits to move its host looks again this often: a budget or a freeze tells nobody that it has ended. */
const LOOK_AGAIN_MS = 5_000;

export type DrainStart = Pick<DrainRecord, 'by' | 'window' | 'reason' | 'empties' | 'hard' | 'graceMs' | 'deadlineMs'>;

/** Whatever changes on a host that is being drained lets its drain look again. Call it once. */
export function watchDrains(core: Core): void {
  const { drains, hosts, tasks, hostPresence } = core.state;
  hosts.observe((before, after) => {
    if (drains.size === 0 || after === undefined || !drains.has(after.hostId)) return;
    if (before?.leaseId !== after.leaseId || before.transitionId !== after.transitionId || before.mode !== after.mode)
      wake(core, after.hostId);
  });
  tasks.observe((before, after) => {
    const task = after ?? before;
    if (drains.size === 0 || task === undefined || !drains.has(task.hostId)) return;
    if (after === undefined || isEnded(after.state) || before === undefined) wake(core, task.hostId);
  });
  hostPresence.observe((before, after) => {
    if (drains.size === 0 || after === undefined || !drains.has(after.hostId)) return;
    if (before?.connected !== after.connected) wake(core, after.hostId);
  });
}

/** After a start every drain looks at its host. */
export function recoverDrains(core: Core): void {
  for (const drain of core.state.drains.values()) wake(core, drain.hostId);
}

/** Begins a drain, or changes the one that runs. */
export function beginDrain(core: Core, hostId: string, start: DrainStart): void {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) return;
  const before = core.state.drains.get(hostId);
  const drain: DrainRecord = {
    ...start,
    hostId,
    cordons: before?.cordons ?? !host.cordoned,
    phase: start.empties ? 'draining' : 'cordoned',
    sinceMs: before?.sinceMs ?? core.nowMs,
    moveId: before?.moveId ?? '',
  };
  core.state.drains.put(drain);
  core.clearCondition('DRAIN_OVERDUE', host.name);
  if (drain.cordons) cordon(core, host, drain.reason);
  core.decide('host', host.name, `${host.name} is ${drain.empties ? 'to be drained' : 'out of use'}: ${drain.reason}`, {
    by: drain.by,
    hard: drain.hard,
  });
  tellDraining(core, host, drain);
  // What is on its way there, or to somebody else, ends in the free pool instead.
  if (drain.empties && host.transitionId !== null) divertToFree(core, host.transitionId, drain.by);
  wake(core, hostId);
}

/** Ends a drain: its host may get grants again, unless somebody else has cordoned it. What it moves now goes back. */
export function endDrain(core: Core, hostId: string, why: string): void {
  const drain = core.state.drains.get(hostId);
  const host = core.state.hosts.get(hostId);
  if (drain === undefined || host === undefined) return;
  core.state.drains.delete(hostId);
  core.timers.clear(`drain/${hostId}`);
  core.clearCondition('DRAIN_OVERDUE', host.name);
  if (drain.cordons) {
    core.state.hosts.put({ ...host, cordoned: false, cordonReason: '' });
    core.markDirty(hostId);
  }
  core.decide('host', host.name, `${host.name} may get grants again: ${why}`);
  tellOver(core, host, why);
  const move = moveOf(core, host, drain);
  // Past turning back it ends in the free pool and is ordinary capacity there.
  if (move !== null) cancelMove(core, move, drain.by);
}

/** The running move that the drain has started, or null. */
export function moveOf(core: Core, host: HostRecord, drain: DrainRecord): string | null {
  const transition = core.state.transitions.get(host.transitionId ?? '');
  return transition !== undefined && transition.transitionId === drain.moveId ? drain.moveId : null;
}

/** Lets a drain go on as far as it can now, and sets its timer for the rest. */
export function advanceDrain(core: Core, hostId: string): void {
  const drain = core.state.drains.get(hostId);
  const host = core.state.hosts.get(hostId);
  if (drain === undefined || host === undefined || !drain.empties) return;
  const left = leftOn(core, host);
  if (left === null) {
    markDrained(core, host, drain);
    return;
  }
  // Something came back to it: a machine that was adopted meanwhile, say.
  if (drain.phase === 'drained') core.state.drains.put({ ...drain, phase: 'draining' });
  const isOverdue = core.nowMs >= drain.deadlineMs;
  if (isOverdue) raiseOverdue(core, host, drain, left);
  setTimer(core, host, drain, isOverdue);
  if (host.transitionId !== null) return;
  if (host.leaseId !== null) takeOut(core, host, drain);
  else if (drain.hard && isOverdue) killAll(core, host, drain);
}

function takeOut(core: Core, host: HostRecord, drain: DrainRecord): void {
  if (moveWait(core, host, drain) !== null) return;
  const reply = startMove(core, moveOutOf(core, host, drain));
  if (!reply.ok) return;
  noteMoveStart(core);
  const now = core.state.drains.get(host.hostId);
  if (now !== undefined) core.state.drains.put({ ...now, moveId: reply.transitionId });
}

function killAll(core: Core, host: HostRecord, drain: DrainRecord): void {
  const tasks = liveTasksOf(core, host.hostId).filter((task) => task.killSeq === 0);
  if (tasks.length === 0) return;
  core.decide(
    'task',
    host.name,
    `${counted(tasks.length, 'task')} on ${host.name} ${tasks.length === 1 ? 'is' : 'are'} killed: ${drain.reason}`,
  );
  for (const task of tasks) {
    const { killGraceMs } = task.spec;
    stopTask(core, task, drain.graceMs < 0 ? killGraceMs : Math.min(killGraceMs, drain.graceMs));
  }
}

function markDrained(core: Core, host: HostRecord, drain: DrainRecord): void {
  core.timers.clear(`drain/${host.hostId}`);
  core.clearCondition('DRAIN_OVERDUE', host.name);
  if (drain.phase === 'drained') return;
  core.state.drains.put({ ...drain, phase: 'drained' });
  core.decide(
    'host',
    host.name,
    `${host.name} is drained after ${duration(core.nowMs - drain.sinceMs)}: ${drain.reason}`,
    {
      by: drain.by,
    },
  );
}

function raiseOverdue(core: Core, host: HostRecord, drain: DrainRecord, left: string): void {
  if (drain.hard) return; // What is left is being killed.
  core.raise(
    'DRAIN_OVERDUE',
    host.name,
    `${host.name} should be empty by now (${drain.reason}), but ${left} is still on it`,
    remedies.hostDrainHard(host.name),
  );
}

/** The deadline, and the next look where nothing else would wake it: ends of tasks and moves do (`watchDrains`). */
function setTimer(core: Core, host: HostRecord, drain: DrainRecord, isOverdue: boolean): void {
  const looksAgain = host.leaseId !== null && host.transitionId === null;
  const lookMs = looksAgain ? core.nowMs + LOOK_AGAIN_MS : Infinity;
  const atMs = isOverdue ? lookMs : Math.min(drain.deadlineMs, lookMs);
  if (atMs < Infinity) core.timers.set(`drain/${host.hostId}`, atMs);
}

function wake(core: Core, hostId: string): void {
  core.timers.setEarliest(`drain/${hostId}`, core.nowMs);
}
