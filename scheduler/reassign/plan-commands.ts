import type { Core } from '../core.js';
import { nothingChanges, type OperatorReply } from '../operate/commands.js';
import type { PlanRecord } from '../state/records.js';
import { planModeOf } from './plan-mode.js';
import { keepPlan, startMoves } from './planner.js';

/** Says whether plans are only shown, wait for approval, or run. Durable. */
export function setPlanMode(core: Core, principal: string, mode: PlanRecord['mode'], dryRun: boolean): OperatorReply {
  const before = planModeOf(core);
  const meta = core.state.meta.get('meta');
  if (meta === undefined)
    return { ok: false, code: 'UNAVAILABLE', message: 'the master has not started yet; try again' };
  if (before === mode) return nothingChanges(`the plan mode is ${mode} already`);
  const changes = [`the plan mode changes from ${before} to ${mode}`];
  if (dryRun) return { ok: true, changes, ids: [] };
  core.state.meta.put({ ...meta, planMode: mode });
  core.decide('plan', 'mode', `${principal} set the plan mode from ${before} to ${mode}`, { mode });
  core.timers.setEarliest('plan', core.nowMs);
  return { ok: true, changes, ids: [] };
}

/** Starts the moves of a proposed plan, if it is still the version that was looked at. */
export function approvePlan(
  core: Core,
  principal: string,
  planId: string,
  version: number,
  dryRun: boolean,
): OperatorReply {
  const found = open(core, planId, version);
  if ('ok' in found) return found;
  const approved: PlanRecord = { ...found, status: 'done', decidedBy: principal };
  if (!dryRun) {
    keepPlan(core, approved);
    core.decide('plan', planId, `${principal} approved version ${String(version)} of the plan`, { version });
  }
  const { started, refused } = startMoves(core, approved, dryRun);
  const moves = started.map((move) => `${nameOf(core, move.hostId)} moves to ${move.to.frameworkId}: ${move.reason}`);
  return { ok: true, changes: moves, remarks: refused, ids: [planId] };
}

/** Drops a proposed plan; the next round may propose again. */
export function rejectPlan(
  core: Core,
  principal: string,
  planId: string,
  version: number,
  dryRun: boolean,
): OperatorReply {
  const found = open(core, planId, version);
  if ('ok' in found) return found;
  const changes = [`no move of plan ${planId} is started (${String(found.moves.length)} in all)`];
  if (dryRun) return { ok: true, changes, ids: [planId] };
  keepPlan(core, { ...found, status: 'rejected', decidedBy: principal });
  core.decide('plan', planId, `${principal} rejected version ${String(version)} of the plan`, { version });
  return { ok: true, changes, ids: [planId] };
}

/** The plan if it still waits for exactly this decision, else the refusal. */
function open(
  core: Core,
  planId: string,
  version: number,
): PlanRecord | Extract<OperatorReply, { readonly ok: false }> {
  const plan = core.state.plans.get(planId);
  if (plan === undefined)
    return { ok: false, code: 'NOT_FOUND', message: `there is no plan ${planId}; mosaic plan shows the newest` };
  const refuse = (message: string) => ({ ok: false, code: 'FAILED_PRECONDITION', message }) as const;
  if (plan.status !== 'proposed')
    return refuse(`plan ${planId} is ${plan.status}; only a proposed plan can be decided`);
  if (plan.mode !== 'approve')
    return refuse(
      `plan ${planId} was made to be shown only; set the plan mode to approve first: mosaic plan mode approve`,
    );
  if (plan.version !== version)
    return refuse(
      `plan ${planId} is at version ${String(plan.version)}, not ${String(version)}; look at it again: mosaic plan`,
    );
  return plan;
}

function nameOf(core: Core, hostId: string): string {
  return core.state.hosts.get(hostId)?.name ?? hostId;
}
