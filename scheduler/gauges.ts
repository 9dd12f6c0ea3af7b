import type { Core } from './core.js';
import type { TaskState } from './protocol.js';

/** Why a move runs: `reclaim` gives a role back what it is guaranteed, `planner` is any other planned move. */
export type MoveCause = 'reclaim' | 'planner' | 'operator' | 'framework' | 'maintenance';

/** Numbers that are cheap to read at any time (100,000 tasks are milliseconds); not linearizable, for metrics only. */
export interface Gauges {
  /** Declined pairs of framework and host. */
  readonly filters: number;
  /** Hosts that the next allocation passes look at. */
  readonly dirtyHosts: number;
  readonly movesByCause: Readonly<Record<MoveCause, number>>;
  /** Hosts that the breaker of mass failures holds back. */
  readonly heldBackHosts: number;
  /** Hosts out of use, by phase of their drain. */
  readonly outOfUse: Readonly<Record<'draining' | 'drained' | 'cordoned', number>>;
  readonly windows: number;
  /** Ended ones until their framework has acknowledged the end. */
  readonly tasksByState: Readonly<Record<TaskState, number>>;
}

export function gauges(core: Core): Gauges {
  const outOfUse = { draining: 0, drained: 0, cordoned: 0 };
  for (const { phase } of core.state.drains.values()) outOfUse[phase] += 1;
  return {
    filters: core.filters.size,
    dirtyHosts: core.dirtyHosts.size,
    movesByCause: movesByCause(core),
    heldBackHosts: core.massFailure.heldBack.size,
    outOfUse,
    windows: core.state.windows.size,
    tasksByState: tasksByState(core),
  };
}

function tasksByState(core: Core): Readonly<Record<TaskState, number>> {
  const counts = { staging: 0, running: 0, killing: 0, finished: 0, failed: 0, killed: 0, lost: 0 };
  for (const { state } of core.state.tasks.values()) counts[state] += 1;
  return counts;
}

function movesByCause(core: Core): Readonly<Record<MoveCause, number>> {
  const counts = { reclaim: 0, planner: 0, operator: 0, framework: 0, maintenance: 0 };
  for (const id of core.state.runningTransitions.get('running')) {
    const transition = core.state.transitions.get(id);
    if (transition !== undefined) counts[causeOf(transition.requestedBy, transition.reclaim)] += 1;
  }
  return counts;
}

function causeOf(requestedBy: string, reclaim: boolean): MoveCause {
  if (reclaim) return 'reclaim';
  if (requestedBy.startsWith('operator:')) return 'operator';
  if (requestedBy.startsWith('maintenance:')) return 'maintenance';
  return requestedBy.startsWith('framework:') ? 'framework' : 'planner';
}
