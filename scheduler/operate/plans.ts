import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { approvePlan, rejectPlan, setPlanMode } from '../reassign/index.js';
import { versionProblem } from './arguments.js';
import type { OperatorCommand, OperatorReply } from './commands.js';

type PlanCommand = Extract<OperatorCommand, { readonly kind: `plan_${string}` }>;

/** What an operator says to the planner and to what it proposes. */
export function planCommand(core: Core, principal: string, command: PlanCommand): OperatorReply {
  switch (command.kind) {
    case 'plan_mode':
      return setPlanMode(core, principal, command.mode, command.dryRun);
    case 'plan_approve':
      return (
        versionProblem(command.version) ?? approvePlan(core, principal, command.planId, command.version, command.dryRun)
      );
    case 'plan_reject':
      return (
        versionProblem(command.version) ?? rejectPlan(core, principal, command.planId, command.version, command.dryRun)
      );
    default:
      return assertNever(command);
  }
}
