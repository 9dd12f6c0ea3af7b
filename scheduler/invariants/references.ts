import type { Core } from '../core.js';
import type { LeaseRecord, OfferRecord, TaskRecord, TransitionRecord } from '../state/records.js';
import { isLive } from './recount.js';
import type { Report } from './violation.js';

/** I2 from the lease's side, and its references. */
export function checkLease(core: Core, lease: LeaseRecord, report: Report): void {
  const subject = `lease ${lease.leaseId}`;
  const host = core.state.hosts.get(lease.hostId);
  if (host === undefined) report('REF', subject, `is on host ${lease.hostId}, which does not exist`);
  else if (host.leaseId !== lease.leaseId)
    report('I2', subject, `is on host ${host.name}, which has lease ${host.leaseId ?? 'none'}`);
  if (!core.state.frameworks.has(lease.frameworkId))
    report('REF', subject, `belongs to framework ${lease.frameworkId}, which does not exist`);
  if (!core.state.roles.has(lease.role))
    report('REF', subject, `is charged to role ${lease.role}, which does not exist`);
}

/** I2 from the transition's side, and its references; ended ones are history and may name what is gone. */
export function checkTransition(core: Core, transition: TransitionRecord, report: Report): void {
  const subject = `transition ${transition.transitionId}`;
  if (transition.outcome !== 'running') {
    if (transition.endedMs === 0) report('REF', subject, `has ended ${transition.outcome} at no time`);
    return;
  }
  const host = core.state.hosts.get(transition.hostId);
  if (host === undefined) report('REF', subject, `moves host ${transition.hostId}, which does not exist`);
  else if (host.transitionId !== transition.transitionId)
    report('I2', subject, `runs on host ${host.name}, which is in transition ${host.transitionId ?? 'none'}`);
  for (const holder of [transition.from, transition.to]) {
    if (holder === null) continue;
    if (!core.state.frameworks.has(holder.frameworkId))
      report('REF', subject, `names framework ${holder.frameworkId}, which does not exist`);
    if (!core.state.roles.has(holder.role)) report('REF', subject, `names role ${holder.role}, which does not exist`);
  }
  if (transition.toMode === 'leased' && transition.to === null) report('REF', subject, 'ends leased to nobody');
  if (transition.leaseId !== null && !core.state.leases.has(transition.leaseId))
    report('REF', subject, `names lease ${transition.leaseId}, which does not exist`);
  if (transition.stepPhase === 'pending' && transition.leaseUntilMs !== 0)
    report('I2', subject, 'has no attempt out but a running step lease');
}

export function checkTask(core: Core, task: TaskRecord, report: Report): void {
  const subject = `task ${task.taskKey}`;
  if (!core.state.hosts.has(task.hostId)) report('REF', subject, `is on host ${task.hostId}, which does not exist`);
  if (!core.state.frameworks.has(task.frameworkId))
    report('REF', subject, `belongs to framework ${task.frameworkId}, which does not exist`);
  // An ended task is charged to nobody; its role may be gone before its framework has acknowledged the end.
  if (isLive(task) && !core.state.roles.has(task.role))
    report('REF', subject, `is charged to role ${task.role}, which does not exist`);
  checkReservationOf(core, subject, task, report);
  if (task.taskKey !== `${task.frameworkId}/${task.taskId}`)
    report('REF', subject, `has the key of another task than ${task.frameworkId}/${task.taskId}`);
}

/** A reservation that a task or an offer names is on its host and for its role. */
function checkReservationOf(core: Core, subject: string, record: TaskRecord | OfferRecord, report: Report): void {
  const { reservationId, hostId, role } = record;
  if (reservationId === undefined) return;
  const reservation = core.state.reservations.get(reservationId);
  if (reservation === undefined) report('REF', subject, `names reservation ${reservationId}, which does not exist`);
  else if (reservation.hostId !== hostId || reservation.role !== role)
    report('REF', subject, `names reservation ${reservationId} of another host or role`);
}

/** References of everything that the functions above do not see. */
export function checkRemainingReferences(core: Core, report: Report): void {
  const { hosts, frameworks, roles, shapes, offers, demands, transitions, progress, hostPresence, frameworkPresence } =
    core.state;
  const need = (known: boolean, subject: string, what: string): void => {
    if (!known) report('REF', subject, `names ${what}, which does not exist`);
  };
  for (const host of hosts.values()) need(shapes.has(host.shape), `host ${host.name}`, `shape ${host.shape}`);
  for (const framework of frameworks.values())
    for (const role of framework.roles) need(roles.has(role), `framework ${framework.frameworkId}`, `role ${role}`);
  for (const role of roles.values())
    if (role.path !== '/') need(roles.has(parentOf(role.path)), `role ${role.path}`, `parent ${parentOf(role.path)}`);
  for (const offer of offers.values()) {
    need(hosts.has(offer.hostId), `offer ${offer.offerId}`, `host ${offer.hostId}`);
    need(frameworks.has(offer.frameworkId), `offer ${offer.offerId}`, `framework ${offer.frameworkId}`);
    need(roles.has(offer.role), `offer ${offer.offerId}`, `role ${offer.role}`);
    checkReservationOf(core, `offer ${offer.offerId}`, offer, report);
    if (offer.transitionId !== null)
      need(
        transitions.get(offer.transitionId)?.outcome === 'running',
        `offer ${offer.offerId}`,
        `running transition ${offer.transitionId}`,
      );
  }
  for (const demand of demands.values())
    need(frameworks.has(demand.frameworkId), `demand ${demand.key}`, `framework ${demand.frameworkId}`);
  for (const drain of core.state.drains.values()) {
    const host = hosts.get(drain.hostId);
    need(host !== undefined, `drain of ${drain.hostId}`, 'its host');
    if (host !== undefined && !host.cordoned) report('REF', `host ${host.name}`, 'is drained but not cordoned');
  }
  for (const window of core.state.windows.values())
    for (const hostId of window.hostIds) need(hosts.has(hostId), `window ${window.name}`, `host ${hostId}`);
  for (const one of progress.values())
    need(transitions.has(one.transitionId), `progress ${one.transitionId}`, 'its transition');
  for (const presence of hostPresence.values())
    need(hosts.has(presence.hostId), `presence ${presence.hostId}`, 'its host');
  for (const presence of frameworkPresence.values())
    need(frameworks.has(presence.frameworkId), `presence ${presence.frameworkId}`, 'its framework');
}

function parentOf(path: string): string {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return parent === '' ? '/' : parent;
}
