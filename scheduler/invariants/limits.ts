import { FILTERS_MAX } from '../allocate/filters.js';
import { COMMANDS_KEPT_MAX } from '../commands-seen.js';
import type { Core } from '../core.js';
import { ENDED_TRANSITIONS_KEPT } from '../reassign/end.js';
import { PLANS_KEPT } from '../reassign/planner.js';
import { ENDED_TASKS_KEPT } from '../reconcile/limits.js';
import { isZero } from '../resources/index.js';
import { RESERVATIONS_MAX, RESERVATIONS_PER_HOST_MAX } from '../state/limits.js';
import { isLive } from './recount.js';
import type { Report } from './violation.js';

/** I8: tables that grow with what peers send stay below their named limits. */
export function checkLimits(core: Core, report: Report): void {
  const ended = core.state.runningTransitions.count('ended');
  if (ended > ENDED_TRANSITIONS_KEPT)
    report('I8', 'ended transitions', `are ${ended}; at most ${ENDED_TRANSITIONS_KEPT} are kept`);
  if (core.state.plans.size > PLANS_KEPT)
    report('I8', 'plans', `are ${core.state.plans.size}; at most ${PLANS_KEPT} are kept`);
  if (core.state.reservations.size > RESERVATIONS_MAX)
    report('I8', 'reservations', `are ${core.state.reservations.size}; at most ${RESERVATIONS_MAX} are kept`);
  for (const hostId of core.state.reservationsByHost.keys()) {
    const size = core.state.reservationsByHost.count(hostId);
    if (size > RESERVATIONS_PER_HOST_MAX)
      report('I8', `reservations of ${hostId}`, `are ${size}; at most ${RESERVATIONS_PER_HOST_MAX} are kept`);
  }
  for (const role of core.ledger.roles())
    if (!core.state.roles.has(role) && isZero(core.ledger.account(role).total))
      report('I8', `role ${role}`, 'is gone and charged nothing, but the ledger has an account of it');
  const perPeer = new Map<string, number>();
  for (const command of core.state.commands.values()) {
    const peer = command.key.slice(0, command.key.indexOf('#'));
    perPeer.set(peer, (perPeer.get(peer) ?? 0) + 1);
  }
  for (const [peer, count] of perPeer)
    if (count > COMMANDS_KEPT_MAX)
      report('I8', `commands of ${peer}`, `are ${count}; at most ${COMMANDS_KEPT_MAX} are kept`);
  const endedTasks = new Map<string, number>();
  for (const task of core.state.tasks.values())
    if (!isLive(task)) endedTasks.set(task.frameworkId, (endedTasks.get(task.frameworkId) ?? 0) + 1);
  for (const [frameworkId, count] of endedTasks)
    if (count > ENDED_TASKS_KEPT)
      report('I8', `ended tasks of ${frameworkId}`, `are ${count}; at most ${ENDED_TASKS_KEPT} are kept`);
  if (core.filters.size > FILTERS_MAX)
    report('I8', 'filters', `are ${core.filters.size}; at most ${FILTERS_MAX} are kept`);
}
