/** Operator commands: checks what was typed, finds what was named, hands over to the part that does it. */
import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { findRole } from '../explain/lookup.js';
import { deleteWindow, setWindow } from '../maintain/index.js';
import { deleteRole } from '../quota/index.js';
import { freeze, unfreeze } from '../reassign/index.js';
import { resetBreaker, setShape } from '../reconcile/index.js';
import { notFound, reasonProblem, scopeProblem, shapeProblem } from './arguments.js';
import type { OperatorCommand, OperatorReply } from './commands.js';
import { hostCommand } from './hosts.js';
import { cancelByOperator, moveHost, retryByOperator } from './moves.js';
import { peerCommand } from './peers.js';
import { planCommand } from './plans.js';
import { changeQuota } from './quota.js';
import { reservationCommand } from './reservations.js';

/**
 * Executes one operator command, or with `dryRun` says what it would do. Every refusal is a sentence that says what to
 * do next; a refused command changes nothing.
 *
 * @param principal who asks, as authenticated at the edge; shown in decisions and freezes
 */
export function handleOperatorCommand(core: Core, principal: string, command: OperatorCommand): OperatorReply {
  switch (command.kind) {
    case 'host_admit':
    case 'host_cordon':
    case 'host_uncordon':
    case 'host_quarantine':
    case 'host_release':
    case 'host_confirm_off':
    case 'host_share':
    case 'host_forget':
    case 'host_drain':
    case 'host_drain_cancel':
      return hostCommand(core, principal, command);
    case 'breaker_reset':
      return resetBreaker(core, principal, command.dryRun);
    case 'maintenance_set':
      return setWindow(core, principal, command.window, command.dryRun);
    case 'maintenance_delete':
      return deleteWindow(core, principal, command.name, command.dryRun);
    case 'adopt':
    case 'framework_teardown':
    case 'peer_release':
      return peerCommand(core, principal, command);
    case 'role_set':
      return changeQuota(core, principal, [command], false, command.dryRun);
    case 'quota_apply':
      return changeQuota(core, principal, command.roles, command.force === true, command.dryRun);
    case 'role_delete': {
      const role = findRole(core, command.role);
      return role.ok ? deleteRole(core, principal, role.value.path, command.dryRun) : notFound(role.message);
    }
    case 'shape_set': {
      const { shape, rank, constraints, minimum, dryRun } = command;
      return (
        shapeProblem(shape, rank, constraints.length) ??
        setShape(core, principal, shape, rank, constraints, minimum, dryRun)
      );
    }
    case 'move':
      return moveHost(core, principal, command);
    case 'move_cancel':
      return cancelByOperator(core, principal, command.transition, command.dryRun);
    case 'move_retry':
      return retryByOperator(core, command.transition, command.dryRun);
    case 'plan_mode':
    case 'plan_approve':
    case 'plan_reject':
      return planCommand(core, principal, command);
    case 'reserve':
    case 'unreserve':
      return reservationCommand(core, principal, command);
    case 'freeze':
      return (
        scopeProblem(command.scope) ??
        reasonProblem(command.reason) ??
        freeze(core, principal, command.scope, command.reason, command.dryRun)
      );
    case 'unfreeze':
      return scopeProblem(command.scope) ?? unfreeze(core, principal, command.scope, '', command.dryRun);
    default:
      return assertNever(command);
  }
}
