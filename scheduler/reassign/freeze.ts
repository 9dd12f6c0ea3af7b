import type { Core } from '../core.js';
import { nothingChanges, type OperatorReply } from '../operate/commands.js';
import { advanceTransition } from './advance.js';
import { FREEZE_ALL } from './frozen.js';
import { stepDeadlineMs, workloadsOf } from './steps.js';

const WORKLOAD_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Freezes at once are few; a list without end would hide the one that holds. */
export const FREEZES_MAX = 100;

/**
 * No new step with an effect is asked for the workload, or for any (`*`). Steps that run go on; a move in the middle waits
 * at the end of its step. Durable, and shown as a condition.
 */
export function freeze(core: Core, principal: string, scope: string, reason: string, dryRun: boolean): OperatorReply {
  const problem = scopeProblem(scope);
  if (problem !== null) return { ok: false, code: 'INVALID_ARGUMENT', message: problem };
  const before = core.state.freezes.get(scope);
  if (before === undefined && core.state.freezes.size >= FREEZES_MAX)
    return {
      ok: false,
      code: 'RESOURCE_EXHAUSTED',
      message: `there are ${String(FREEZES_MAX)} freezes already; freeze everything with scope * instead`,
    };
  if (before !== undefined && (reason === '' || reason === before.reason))
    return nothingChanges(`${scopeWords(scope)} is frozen already (${before.by}: ${before.reason})`);
  const changes = [
    before === undefined
      ? `new steps of ${scopeWords(scope)} are no longer started; running ones go on`
      : `the reason for the freeze of ${scopeWords(scope)} is "${reason}" (was "${before.reason}")`,
  ];
  if (dryRun) return { ok: true, changes, ids: [] };
  core.state.freezes.put({ scope, reason, by: principal, sinceMs: before?.sinceMs ?? core.nowMs });
  raiseFrozen(core);
  core.decide('freeze', scope, `${principal} froze ${scopeWords(scope)}: ${reason}`);
  core.markAllDirty();
  return { ok: true, changes, ids: [] };
}

/** Ends the freeze of exactly this scope; waiting moves go on, each with the full time of the step it waited at. */
export function unfreeze(core: Core, principal: string, scope: string, reason: string, dryRun: boolean): OperatorReply {
  const problem = scopeProblem(scope);
  if (problem !== null) return { ok: false, code: 'INVALID_ARGUMENT', message: problem };
  if (!core.state.freezes.has(scope)) {
    const scopes = [...core.state.freezes.values()].map((freeze) => freeze.scope).sort();
    const asked = scope === FREEZE_ALL ? 'not every workload is frozen' : `${scope} is not frozen`;
    const message = scopes.length === 0 ? 'nothing is frozen' : `${asked}; frozen are: ${scopes.join(', ')}`;
    return { ok: false, code: 'NOT_FOUND', message };
  }
  const changes = [`steps of ${scopeWords(scope)} go on`];
  if (dryRun) return { ok: true, changes, ids: [] };
  core.state.freezes.delete(scope);
  core.clearCondition('FROZEN', scope);
  core.decide(
    'freeze',
    scope,
    `${principal} ended the freeze of ${scopeWords(scope)}${reason === '' ? '' : `: ${reason}`}`,
  );
  core.markAllDirty();
  for (const id of [...core.state.runningTransitions.get('running')]) {
    const transition = core.state.transitions.get(id);
    if (transition?.stepPhase !== 'pending') continue;
    const concerned = scope === FREEZE_ALL || workloadsOf(core, transition).includes(scope);
    if (!concerned) continue;
    const lastsMs = transition.deadlineMs === 0 ? 0 : stepDeadlineMs(core, transition, transition.step);
    if (lastsMs > 0) core.state.transitions.put({ ...transition, deadlineMs: core.nowMs + lastsMs });
    advanceTransition(core, id);
  }
  return { ok: true, changes, ids: [] };
}

/** Shows every freeze as a condition; again after a start, since conditions are soft. */
export function raiseFrozen(core: Core): void {
  for (const one of core.state.freezes.values()) {
    const flag = one.scope === FREEZE_ALL ? '' : ` --workload ${one.scope}`;
    core.raise(
      'FROZEN',
      one.scope,
      `${one.by} froze ${scopeWords(one.scope)}: ${one.reason}`,
      `mosaic unfreeze${flag}`,
    );
  }
}

function scopeProblem(scope: string): string | null {
  if (scope === FREEZE_ALL || WORKLOAD_NAME.test(scope)) return null;
  return `scope is ${JSON.stringify(scope)}; it must be * or the name of a workload such as ovirt`;
}

function scopeWords(scope: string): string {
  return scope === FREEZE_ALL ? 'every workload' : scope;
}
