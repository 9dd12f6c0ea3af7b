import type { Core } from '../core.js';
import { findFramework, findHost, findTransition, shown } from '../explain/lookup.js';
import { remedies } from '../explain/remedies.js';
import { listed } from '../words.js';
import { cancelMove, checkMove, retryMove, startMove, type MoveRequest } from '../reassign/index.js';
import { usersOf } from '../reconcile/drift.js';
import type { Holder, HostRecord, TransitionRecord } from '../state/records.js';
import { invalid, notFound, reasonProblem } from './arguments.js';
import type { Refusal } from './arguments.js';
import type { OperatorCommand, OperatorReply } from './commands.js';

type MoveCommand = Extract<OperatorCommand, { readonly kind: 'move' }>;

interface Target {
  readonly ok: true;
  readonly to: Holder | null;
  readonly toMode: TransitionRecord['toMode'];
  readonly text: string;
}

/** Moves a host to a framework, to the shared pool or to the free pool, because a person said so. */
export function moveHost(core: Core, principal: string, command: MoveCommand): OperatorReply {
  const host = findHost(core, command.host);
  if (!host.ok) return notFound(host.message);
  const target = targetOf(core, host.value, command);
  if (!target.ok) return target;
  const problem =
    reasonProblem(command.reason) ?? alreadyThere(core, host.value, target) ?? mayBeInUse(core, host.value);
  if (problem !== null) return problem;
  const request: MoveRequest = {
    hostId: host.value.hostId,
    to: target.to,
    toMode: target.toMode,
    demandId: '',
    planId: null,
    reason: command.reason === '' ? `asked for by ${principal}` : command.reason,
    requestedBy: `operator:${principal}`,
    hard: command.hard,
    reclaim: false,
  };
  const from = currentHolder(core, host.value);
  const changes = [`${host.value.name} moves from ${from} to ${target.text}`];
  if (command.hard) changes.push('what is left on it at the drain deadline is killed');
  if (command.dryRun) return checkMove(core, request) ?? { ok: true, changes, ids: [] };
  const started = startMove(core, request);
  return started.ok ? { ok: true, changes, ids: [started.transitionId] } : started;
}

/** Turns a running move back, or stops it where nothing was done yet. `transition` is an id or a host that is moving. */
export function cancelByOperator(core: Core, principal: string, transition: string, dryRun: boolean): OperatorReply {
  const found = findTransition(core, transition);
  return found.ok
    ? cancelMove(core, found.value.transitionId, `operator:${principal}`, dryRun)
    : notFound(found.message);
}

/** Tries the present step of a running move again now, without waiting for its back-off. */
export function retryByOperator(core: Core, transition: string, dryRun: boolean): OperatorReply {
  const found = findTransition(core, transition);
  return found.ok ? retryMove(core, found.value.transitionId, dryRun) : notFound(found.message);
}

function targetOf(core: Core, host: HostRecord, command: MoveCommand): Target | Refusal {
  if (command.to === 'free' || command.to === 'shared') {
    if (command.role !== '')
      return invalid(
        `role is "${shown(command.role)}", but a host that goes to ${command.to} is held in no role; leave it out`,
      );
    return { ok: true, to: null, toMode: command.to, text: `the ${command.to} pool` };
  }
  if (command.to === '')
    return invalid(
      `to is empty; name a framework, \`free\` or \`shared\`, as in: ${remedies.moveTo(host.name, 'free')}`,
    );
  const framework = findFramework(core, command.to);
  if (!framework.ok) return notFound(framework.message);
  const { frameworkId, roles } = framework.value;
  const role = command.role === '' && roles.length === 1 ? (roles[0] ?? '') : command.role;
  if (role === '')
    return invalid(`${frameworkId} has several roles; say in which one it takes the host: --role ${listed(roles)}`);
  if (!roles.includes(role))
    return invalid(`role is "${shown(role)}"; ${frameworkId} may hold hosts in ${listed(roles)}`);
  return { ok: true, to: { frameworkId, role }, toMode: 'leased', text: `${frameworkId} (role ${role})` };
}

function alreadyThere(core: Core, host: HostRecord, target: Target): Refusal | null {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  const there =
    target.to === null
      ? host.mode === target.toMode && host.transitionId === null
      : lease !== undefined &&
        lease.frameworkId === target.to.frameworkId &&
        lease.role === target.to.role &&
        lease.phase !== 'leaving';
  if (!there) return null;
  return {
    ok: false,
    code: 'FAILED_PRECONDITION',
    message: `${host.name} is with ${target.text} already; nothing to do (${remedies.why(host.name)})`,
  };
}

/** A move would wipe it; whether that may be is for the release to say, which looks at who uses it. */
function mayBeInUse(core: Core, host: HostRecord): Refusal | null {
  if (host.mode !== 'quarantined' || host.leaseId !== null || host.quarantinedFrom === 'unclaimed') return null;
  if (host.formerHolder === undefined && usersOf(core, host.hostId).length === 0) return null;
  return {
    ok: false,
    code: 'FAILED_PRECONDITION',
    message: `${host.name} is quarantined (${host.quarantineReason}); release it first: ${remedies.hostRelease(host.name)}`,
  };
}

function currentHolder(core: Core, host: HostRecord): string {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  return lease?.frameworkId ?? `the ${host.mode} hosts`;
}
