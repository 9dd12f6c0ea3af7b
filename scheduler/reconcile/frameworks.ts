import { endReservation, filterRole, rescindFrameworkOffers } from '../allocate/index.js';
import { knownOutcome, recordOutcome, sweepCommands as sweepOutcomes } from '../commands-seen.js';
import type { Core } from '../core.js';
import { countedAre } from '../words.js';
import type { FrameworkHello, RefusalCode } from '../protocol.js';
import type { OperatorReply } from '../operate/commands.js';
import { targetGone } from '../reassign/cancel.js';
import { startMove } from '../reassign/start-move.js';
import type { FrameworkRecord, ReservationRecord } from '../state/records.js';
import { endOvercommitment } from './capacity.js';
import { FRAMEWORKS_MAX } from './limits.js';
import { isEnded } from './task-views.js';
import { stopTask } from './tasks.js';
import { shown, some } from './text.js';

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** 0: it will not change by itself, do not come back. */
  readonly retryAfterMs: number;
}

/** What only an admin can change is asked for again at this pace. */
export const REFUSED_RETRY_MS = 30_000;
/** Time that tasks of a framework that goes away get to stop. */
const TEARDOWN_KILL_GRACE_MS = 30_000;

export function frameworkIdOf(who: FrameworkHello): string {
  return `${who.workload}/${who.name}`;
}

/** Whether the framework may be registered as it says it is; null when it may. */
export function registrationRefusal(core: Core, who: FrameworkHello): Refusal | null {
  const frameworkId = frameworkIdOf(who);
  const missing = who.roles.filter((role) => !core.state.roles.has(role));
  if (missing.length > 0)
    return {
      code: 'NOT_FOUND',
      message: `roles names ${some(missing.map((role) => shown(role)))}, which does not exist; make it with: mosaic quota set ${shown(missing[0] ?? '')}`,
      retryAfterMs: REFUSED_RETRY_MS,
    };
  const before = core.state.frameworks.get(frameworkId);
  if (before === undefined) {
    if (core.state.frameworks.size < FRAMEWORKS_MAX) return null;
    return {
      code: 'RESOURCE_EXHAUSTED',
      message: `${FRAMEWORKS_MAX} frameworks are registered already; tear some down`,
      retryAfterMs: REFUSED_RETRY_MS,
    };
  }
  if (before.tornDown) {
    // While it still holds something it is needed to hand that back.
    if (holdsAnything(core, frameworkId)) return null;
    return {
      code: 'PERMISSION_DENIED',
      message: `${frameworkId} was torn down; register under another name`,
      retryAfterMs: 0,
    };
  }
  const left = before.roles.filter((role) => !who.roles.includes(role));
  if (left.length === 0) return null;
  const held = rolesInUse(core, frameworkId);
  const dropped = left.filter((role) => held.has(role));
  if (dropped.length === 0) return null;
  return {
    code: 'INVALID_ARGUMENT',
    message: `roles leaves out ${some(dropped)}, in which ${frameworkId} still holds hosts, tasks or reservations; give those back first`,
    retryAfterMs: REFUSED_RETRY_MS,
  };
}

/** Registers the framework or takes over what changed. Call only when `registrationRefusal` had nothing to say. */
export function registerFramework(core: Core, who: FrameworkHello): FrameworkRecord {
  const frameworkId = frameworkIdOf(who);
  const before = core.state.frameworks.get(frameworkId);
  if (before === undefined) {
    const made: FrameworkRecord = {
      frameworkId,
      workload: who.workload,
      name: who.name,
      roles: [...who.roles],
      executesSteps: who.executesSteps,
      registeredMs: core.nowMs,
      tornDown: false,
    };
    core.state.frameworks.put(made);
    putAbsence(core, frameworkId);
    core.decide('session', frameworkId, `${frameworkId} is registered for ${made.roles.join(', ')}`);
    return made;
  }
  const sameRoles =
    before.roles.length === who.roles.length && before.roles.every((role, at) => role === who.roles[at]);
  if (before.tornDown || (sameRoles && before.executesSteps === who.executesSteps)) return before;
  const after: FrameworkRecord = { ...before, roles: [...who.roles], executesSteps: who.executesSteps };
  core.state.frameworks.put(after);
  const dropped = before.roles.filter((role) => !who.roles.includes(role));
  for (const role of dropped) {
    core.state.demands.delete(`${frameworkId}|${role}`);
    core.openClaims.delete(frameworkId, role);
    core.filters.clearPair(frameworkId, role);
    core.filters.clearPair(frameworkId, filterRole(role, true));
  }
  rescindFrameworkOffers(core, frameworkId, `${frameworkId} registers anew for ${after.roles.join(', ')}`);
  core.decide('session', frameworkId, `${frameworkId} is now registered for ${after.roles.join(', ')}`, {
    executesSteps: after.executesSteps,
  });
  return after;
}

/** Soft state of a framework that has not connected since this start. */
export function putAbsence(core: Core, frameworkId: string): void {
  core.state.frameworkPresence.put({
    frameworkId,
    connected: false,
    sinceMs: core.nowMs,
    observed: false,
    hosts: core.state.observedHosts.of(frameworkId),
  });
}

function rolesInUse(core: Core, frameworkId: string): ReadonlySet<string> {
  const roles = new Set<string>();
  for (const leaseId of core.state.leasesByFramework.get(frameworkId)) {
    const lease = core.state.leases.get(leaseId);
    if (lease !== undefined) roles.add(lease.role);
  }
  for (const taskKey of core.state.tasksByFramework.get(frameworkId)) {
    const task = core.state.tasks.get(taskKey);
    if (task !== undefined && !isEnded(task.state)) roles.add(task.role);
  }
  for (const reservation of reservationsBy(core, frameworkId)) roles.add(reservation.role);
  for (const transitionId of core.state.runningTransitions.get('running')) {
    const to = core.state.transitions.get(transitionId)?.to;
    if (to?.frameworkId === frameworkId) roles.add(to.role);
  }
  return roles;
}

/** Leases, live tasks, or moves that name it. */
export function holdsAnything(core: Core, frameworkId: string): boolean {
  if (core.state.leasesByFramework.count(frameworkId) > 0) return true;
  for (const taskKey of core.state.tasksByFramework.get(frameworkId)) {
    const task = core.state.tasks.get(taskKey);
    if (task !== undefined && !isEnded(task.state)) return true;
  }
  for (const transitionId of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(transitionId);
    if (transition?.to?.frameworkId === frameworkId || transition?.from?.frameworkId === frameworkId) return true;
  }
  return false;
}

/** A framework unregisters itself. Repeats get the same answer. */
export function teardownFramework(core: Core, frameworkId: string, commandId: string): void {
  const peerId = `framework/${frameworkId}`;
  let outcome = knownOutcome(core, peerId, commandId, 'teardown');
  if (outcome === null) {
    tearDown(core, frameworkId, `framework:${frameworkId}`);
    outcome = { ok: true, ids: [frameworkId] };
    recordOutcome(core, peerId, commandId, 'teardown', outcome);
  }
  core.sendFramework(frameworkId, { kind: 'result', commandId, outcome });
}

/** An operator unregisters a framework: tasks are killed, hosts go back to the free pool through ordinary moves. */
export function teardownByOperator(core: Core, principal: string, frameworkId: string, dryRun: boolean): OperatorReply {
  const framework = core.state.frameworks.get(frameworkId);
  if (framework === undefined)
    return { ok: false, code: 'NOT_FOUND', message: `there is no framework "${shown(frameworkId)}"` };
  const hosts = core.state.leasesByFramework.count(frameworkId);
  const changes = [
    `${frameworkId} gets no more grants and is refused once it holds nothing`,
    `${countedAre(core.state.tasksByFramework.count(frameworkId), 'task')} killed`,
    `${countedAre(hosts, 'host')} drained and ${hosts === 1 ? 'goes' : 'go'} back to the free pool`,
  ];
  if (hosts > 0 && core.state.frameworkPresence.get(frameworkId)?.connected !== true)
    changes.push(
      `${frameworkId} is away: its hosts wait until it returns to hand them over, or for mosaic host confirm-off`,
    );
  if (dryRun) return { ok: true, changes, ids: [] };
  const ids = tearDown(core, frameworkId, `operator:${principal}`);
  return { ok: true, changes, ids };
}

/** @returns the transitions started */
function tearDown(core: Core, frameworkId: string, requestedBy: string): readonly string[] {
  const framework = core.state.frameworks.get(frameworkId);
  if (framework === undefined) return [];
  if (!framework.tornDown) {
    core.state.frameworks.put({ ...framework, tornDown: true });
    core.decide('session', frameworkId, `${frameworkId} is torn down by ${requestedBy}`);
  }
  for (const role of framework.roles) core.state.demands.delete(`${frameworkId}|${role}`);
  core.openClaims.deleteFramework(frameworkId);
  rescindFrameworkOffers(core, frameworkId, `${frameworkId} is torn down`);
  endReservationsOf(core, frameworkId);
  targetGone(core, frameworkId);
  for (const taskKey of [...core.state.tasksByFramework.get(frameworkId)]) {
    const task = core.state.tasks.get(taskKey);
    if (task === undefined) continue;
    if (isEnded(task.state)) core.state.tasks.delete(taskKey);
    else stopTask(core, task, TEARDOWN_KILL_GRACE_MS);
  }
  return handBack(core, frameworkId, requestedBy);
}

/** What it reserved for its role serves nobody's intent any more. What operators reserved for the role stays. */
function endReservationsOf(core: Core, frameworkId: string): void {
  for (const reservation of reservationsBy(core, frameworkId)) {
    endReservation(core, reservation, `${frameworkId}, which reserved it, is torn down`);
    endOvercommitment(core, reservation.hostId);
  }
}

function reservationsBy(core: Core, frameworkId: string): readonly ReservationRecord[] {
  const by = `framework:${frameworkId}`;
  return [...core.state.reservations.values()].filter((reservation) => reservation.by === by);
}

/** Starts moving the framework's hosts to the free pool; one that cannot start now is tried again by the sweep. */
function handBack(core: Core, frameworkId: string, requestedBy: string): readonly string[] {
  const started: string[] = [];
  for (const leaseId of [...core.state.leasesByFramework.get(frameworkId)]) {
    const lease = core.state.leases.get(leaseId);
    const host = lease === undefined ? undefined : core.state.hosts.get(lease.hostId);
    if (host?.mode !== 'leased' || host.transitionId !== null) continue;
    const move = startMove(core, {
      hostId: host.hostId,
      to: null,
      toMode: 'free',
      demandId: '',
      planId: null,
      reason: `${frameworkId} is torn down`,
      requestedBy,
      hard: false,
      reclaim: false,
    });
    if (move.ok) started.push(move.transitionId);
  }
  return started;
}

/** Housekeeping on the sweep timer: outcomes of commands, hosts of torn down frameworks, and those frameworks themselves. */
export function sweepCommands(core: Core): void {
  sweepOutcomes(core);
  for (const framework of [...core.state.frameworks.values()]) {
    if (!framework.tornDown) continue;
    const { frameworkId } = framework;
    if (holdsAnything(core, frameworkId)) {
      handBack(core, frameworkId, `framework:${frameworkId}`);
      continue;
    }
    forgetFramework(core, frameworkId);
  }
}

/** Its last lease and task are gone: the record goes, and the name is free again. */
function forgetFramework(core: Core, frameworkId: string): void {
  for (const taskKey of [...core.state.tasksByFramework.get(frameworkId)]) core.state.tasks.delete(taskKey);
  for (const key of [...core.state.demandsByFramework.get(frameworkId)]) core.state.demands.delete(key);
  core.emit({ kind: 'disconnect', peerId: `framework/${frameworkId}`, reason: `${frameworkId} was torn down` });
  core.timers.clear(`demand/${frameworkId}`);
  core.clearCondition('FRAMEWORK_DISCONNECTED', frameworkId);
  core.clearCondition('NO_AGENT', frameworkId);
  // Whoever takes the name next is another.
  core.clearCondition('PEER_QUARANTINED', `framework/${frameworkId}`);
  core.openingPeers.delete(`framework/${frameworkId}`);
  core.openClaims.deleteFramework(frameworkId);
  core.filters.clearFramework(frameworkId);
  for (const hostId of [...core.state.observedHosts.of(frameworkId).keys()])
    core.state.observations.delete(`${frameworkId}|${hostId}`);
  for (const key of [...core.state.strangersByFramework.get(frameworkId)]) core.state.observations.delete(key);
  core.state.observedHosts.forget(frameworkId);
  core.state.frameworkPresence.delete(frameworkId);
  core.state.sessions.delete(`framework/${frameworkId}`);
  core.state.frameworks.delete(frameworkId);
  core.decide('session', frameworkId, `${frameworkId} holds nothing any more and is forgotten`);
}
