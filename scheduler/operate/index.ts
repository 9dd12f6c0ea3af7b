/** Operator commands: checks what was typed, finds what was named, hands over to the part that does it. */
import { assertNever } from '../assert-never.js';
import type { Core } from '../core.js';
import { findFramework, findHost, findPeer, findRole } from '../explain/lookup.js';
import { cancelDrain, deleteWindow, drainHost, setWindow, uncordon } from '../maintain/index.js';
import { deleteRole } from '../quota/index.js';
import { approvePlan, freeze, rejectPlan, setPlanMode, unfreeze } from '../reassign/index.js';
import {
  admitHost,
  adopt,
  confirmOff,
  cordonHost,
  forgetHost,
  quarantineHost,
  releaseHost,
  releasePeer,
  resetBreaker,
  setShape,
  shareHost,
  teardownByOperator,
} from '../reconcile/index.js';
import { notFound, reasonProblem, scopeProblem, shapeProblem, versionProblem } from './arguments.js';
import type { OperatorCommand, OperatorReply } from './commands.js';
import { changeQuota } from './quota.js';
import { cancelByOperator, moveHost, retryByOperator } from './moves.js';
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
    case 'adopt': {
      const framework = findFramework(core, command.frameworkId);
      return framework.ok
        ? adopt(core, principal, framework.value.frameworkId, command.dryRun)
        : notFound(framework.message);
    }
    case 'framework_teardown': {
      const framework = findFramework(core, command.frameworkId);
      return framework.ok
        ? teardownByOperator(core, principal, framework.value.frameworkId, command.dryRun)
        : notFound(framework.message);
    }
    case 'peer_release': {
      const peer = findPeer(core, command.peer);
      return peer.ok ? releasePeer(core, principal, peer.value, command.dryRun) : notFound(peer.message);
    }
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

type PlanCommand = Extract<OperatorCommand, { readonly kind: `plan_${string}` }>;

function planCommand(core: Core, principal: string, command: PlanCommand): OperatorReply {
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

type HostCommand = Extract<OperatorCommand, { readonly kind: `host_${string}` }>;

function hostCommand(core: Core, principal: string, command: HostCommand): OperatorReply {
  const found = findHost(core, command.host);
  if (!found.ok) return notFound(found.message);
  const { hostId } = found.value;
  const { dryRun } = command;
  switch (command.kind) {
    case 'host_admit':
      return admitHost(core, principal, hostId, dryRun);
    case 'host_cordon':
      return reasonProblem(command.reason) ?? cordonHost(core, principal, hostId, command.reason, dryRun);
    case 'host_uncordon':
      return uncordon(core, principal, hostId, dryRun);
    case 'host_drain':
      return reasonProblem(command.reason) ?? drainHost(core, principal, hostId, command);
    case 'host_drain_cancel':
      return cancelDrain(core, principal, hostId, dryRun);
    case 'host_quarantine':
      return reasonProblem(command.reason) ?? quarantineHost(core, principal, hostId, command.reason, dryRun);
    case 'host_release':
      return releaseHost(core, principal, hostId, dryRun, command.wipe === true);
    case 'host_confirm_off':
      return confirmOff(core, principal, hostId, dryRun);
    case 'host_forget':
      return forgetHost(core, principal, hostId, dryRun);
    case 'host_share':
      return shareHost(core, principal, hostId, command.shared, dryRun);
    default:
      return assertNever(command);
  }
}
