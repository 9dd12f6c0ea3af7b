/** DESIGN §4 in code: what must always be true, checked cheaply on what a step touched and fully on demand. */
import { AssertionError } from 'node:assert';
import type { Core } from './core.js';
import { checkHost } from './invariants/hosts.js';
import { checkIndices } from './invariants/indices.js';
import { checkLimits } from './invariants/limits.js';
import { checkLiveness } from './invariants/liveness.js';
import { checkDonor, checkHoldings, checkLedger, checkLimit } from './invariants/quota.js';
import { selfAndAncestors } from './invariants/recount.js';
import { checkLease, checkRemainingReferences, checkTask, checkTransition } from './invariants/references.js';
import { violationText, type Report, type Violation } from './invariants/violation.js';
import type { LeaseRecord, ReservationRecord, TaskRecord, TransitionRecord } from './state/records.js';

export { violationText, type Violation } from './invariants/violation.js';

/** A broken audit of a large fleet repeats itself; the first ones tell the story. */
const VIOLATIONS_REPORTED_MAX = 1_000;

/**
 * Checks the hosts, leases, tasks, reservations and transitions that the running step has changed, and the limits of roles that were granted
 * something in this step. Throws `AssertionError` at the first violation (I10: the shell then reloads from the store and
 * sets the event's peer aside).
 */
export function auditTouched(core: Core): void {
  const report: Report = (invariant, subject, message) => {
    throw new AssertionError({ message: violationText({ invariant, subject, message }) });
  };
  const hostIds = new Set<string>();
  const grantedRoles = new Set<string>();
  for (const key of core.state.changedKeys) {
    const slash = key.indexOf('/');
    const id = key.slice(slash + 1);
    switch (key.slice(0, slash)) {
      case 'host':
        hostIds.add(id);
        break;
      case 'lease':
        touchLease(core, core.state.leases.get(id), hostIds, grantedRoles, report);
        break;
      case 'task':
        touchTask(core, core.state.tasks.get(id), hostIds, grantedRoles, report);
        break;
      case 'reservation':
        touchReservation(core, core.state.reservations.get(id), hostIds, grantedRoles);
        break;
      case 'transition':
        touchTransition(core, core.state.transitions.get(id), hostIds, grantedRoles, report);
        break;
      default: // Other tables have nothing that one step could break.
    }
  }
  for (const hostId of hostIds) {
    const host = core.state.hosts.get(hostId);
    if (host !== undefined) checkHost(core, host, report);
  }
  const checked = new Set<string>();
  for (const role of grantedRoles)
    for (const path of selfAndAncestors(role)) {
      if (checked.has(path)) continue;
      checked.add(path);
      checkLimit(core, path, report);
    }
}

/** Everything, over the whole state. Empty when all is well. Slow: for the simulator, tests and `mosaic doctor`. */
export function auditAll(core: Core): readonly Violation[] {
  const violations: Violation[] = [];
  const report: Report = (invariant, subject, message) => {
    if (violations.length < VIOLATIONS_REPORTED_MAX) violations.push({ invariant, subject, message });
  };
  for (const host of core.state.hosts.values()) checkHost(core, host, report);
  for (const lease of core.state.leases.values()) checkLease(core, lease, report);
  for (const task of core.state.tasks.values()) checkTask(core, task, report);
  for (const transition of core.state.transitions.values()) checkTransition(core, transition, report);
  for (const role of core.state.roles.values()) checkLimit(core, role.path, report);
  checkRemainingReferences(core, report);
  checkLedger(core, report);
  checkHoldings(core, report);
  checkIndices(core, report);
  checkLimits(core, report);
  checkLiveness(core, report);
  return violations;
}

function touchLease(
  core: Core,
  lease: LeaseRecord | undefined,
  hostIds: Set<string>,
  roles: Set<string>,
  report: Report,
): void {
  if (lease === undefined) return;
  checkLease(core, lease, report);
  hostIds.add(lease.hostId);
  // Adopting takes over what is already so: it may lie above a limit, which the role's condition then says.
  if (lease.origin === 'claimed' && core.state.isMade(`lease/${lease.leaseId}`)) roles.add(lease.role);
}

function touchTask(
  core: Core,
  task: TaskRecord | undefined,
  hostIds: Set<string>,
  roles: Set<string>,
  report: Report,
): void {
  if (task === undefined) return;
  checkTask(core, task, report);
  hostIds.add(task.hostId);
  if (core.state.isMade(`task/${task.taskKey}`)) roles.add(task.role);
}

/** With its host everything on it is checked, the reservation too. */
function touchReservation(
  core: Core,
  reservation: ReservationRecord | undefined,
  hostIds: Set<string>,
  roles: Set<string>,
): void {
  if (reservation === undefined) return;
  hostIds.add(reservation.hostId);
  if (core.state.isMade(`reservation/${reservation.reservationId}`)) roles.add(reservation.role);
}

function touchTransition(
  core: Core,
  transition: TransitionRecord | undefined,
  hostIds: Set<string>,
  roles: Set<string>,
  report: Report,
): void {
  if (transition === undefined) return;
  checkTransition(core, transition, report);
  hostIds.add(transition.hostId);
  if (!core.state.isMade(`transition/${transition.transitionId}`)) return;
  checkDonor(core, transition, report);
  if (transition.to !== null && transition.outcome === 'running') roles.add(transition.to.role);
}
