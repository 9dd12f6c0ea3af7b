import { reservedText, rescindHostOffers } from '../allocate/index.js';
import type { Core } from '../core.js';
import { counted } from '../words.js';
import type { ErrorCode } from '../protocol.js';
import { isLiveTask, wouldExceedLimit } from '../quota/index.js';
import type { Holder, HostRecord, TransitionRecord } from '../state/records.js';
import { advanceTransition } from './advance.js';
import { noteBelowGuarantee } from './below-guarantee.js';
import type { EdgeName } from './edges.js';
import { follow } from './follow.js';
import { frozenBy } from './frozen.js';
import { newTransition } from './new-transition.js';
import { isConnected, workloadsOf } from './steps.js';

export interface MoveRequest {
  readonly hostId: string;
  /** The new holder; null: to the free pool, or to the shared one when `toMode` says so. */
  readonly to: Holder | null;
  readonly toMode: TransitionRecord['toMode'];
  /** Demand of the new holder that the directed offer names; empty when nobody demanded it. */
  readonly demandId: string;
  readonly planId: string | null;
  readonly reason: string;
  /** `planner`, `framework:<id>`, `operator:<principal>` or `maintenance:<window>`. */
  readonly requestedBy: string;
  /** Workloads may be killed to meet the drain deadline. */
  readonly hard: boolean;
  /** The new holder's role is below its guarantee. */
  readonly reclaim: boolean;
  /** A person wants everything on the host wiped, also what was there before it was ours. */
  readonly wipe?: boolean;
  /** How long the drain may take. Absent: as the lender's policy or the configuration says. */
  readonly drainDeadlineMs?: number;
}

export type MoveRefusal = { readonly ok: false; readonly code: ErrorCode; readonly message: string };
export type MoveReply = { readonly ok: true; readonly transitionId: string } | MoveRefusal;

/**
 * Starts one host's move, or says in a sentence why not. Asks the first step at once.
 *
 * @param dryRun only says whether it would start; `transitionId` is empty then
 */
export function startMove(core: Core, request: MoveRequest, dryRun = false): MoveReply {
  const refusal = checkMove(core, request);
  if (refusal !== null) return refusal;
  if (dryRun) return { ok: true, transitionId: '' };
  const host = core.state.hosts.get(request.hostId);
  if (host === undefined) return notFound(request.hostId);
  const from = holderOf(core, host);
  // A host on its way must not be handed to someone else meanwhile.
  rescindHostOffers(core, host.hostId, `${host.name} is being moved: ${request.reason}`);
  const transition = newTransition(core, {
    ...request,
    from,
    leaseId: from === null ? null : host.leaseId,
    drainDeadlineMs: request.drainDeadlineMs ?? drainDeadlineMs(core, from, request.reclaim),
  });
  core.state.hosts.put({ ...host, transitionId: transition.transitionId });
  core.markDirty(host.hostId);
  core.clearCondition('TRANSITION_GAVE_UP', host.name);
  core.decide(
    'move',
    host.name,
    `${host.name} starts to move from ${sourceName(host, from)} to ${targetName(request)}: ${request.reason}`,
    {
      transitionId: transition.transitionId,
      requestedBy: request.requestedBy,
    },
  );
  follow(core, transition, firstEdge(host, from, request), request.reason);
  if (from !== null && /^(operator|maintenance):/.test(request.requestedBy))
    noteBelowGuarantee(core, from, request.to, host, request.requestedBy);
  advanceTransition(core, transition.transitionId);
  return { ok: true, transitionId: transition.transitionId };
}

/** Why `startMove` would refuse, or null; changes nothing. */
export function checkMove(core: Core, request: MoveRequest): MoveRefusal | null {
  const host = core.state.hosts.get(request.hostId);
  if (host === undefined) return notFound(request.hostId);
  return (
    checkHost(core, host, request) ??
    checkSource(core, host) ??
    checkTarget(core, host, request) ??
    checkFreeze(core, host, request)
  );
}

function checkHost(core: Core, host: HostRecord, request: MoveRequest): MoveRefusal | null {
  if (host.transitionId !== null)
    return refuse(
      'FAILED_PRECONDITION',
      `${host.name} is already moving (${host.transitionId}); cancel that move first or wait for it`,
    );
  const presence = core.state.hostPresence.get(host.hostId);
  if (presence?.connected !== true)
    return refuse(
      'UNAVAILABLE',
      `the agent of ${host.name} is not connected; the move needs it to clean and prepare the host`,
    );
  const goesNowhere =
    host.leaseId === null && request.to === null && host.clean && host.mode === 'free' && request.toMode === 'free';
  if (goesNowhere) return refuse('FAILED_PRECONDITION', `${host.name} is free and clean already`);
  if (host.mode === 'shared' && request.toMode === 'shared')
    return refuse('FAILED_PRECONDITION', `${host.name} is shared already`);
  if (host.mode === 'unclaimed' && (request.to !== null || request.toMode !== 'free'))
    return refuse('FAILED_PRECONDITION', `${host.name} is unclaimed; admit it first: mosaic host admit ${host.name}`);
  if (host.mode === 'quarantined' && host.quarantinedFrom === 'unclaimed' && request.wipe !== true)
    return refuse(
      'FAILED_PRECONDITION',
      `${host.name} was quarantined before it was ours, and a move would wipe what is on it; release it first: mosaic host release ${host.name}`,
    );
  const drain = core.state.drains.get(host.hostId);
  if (drain !== undefined && request.toMode !== 'free')
    return refuse(
      'FAILED_PRECONDITION',
      `${host.name} is kept out of use (${drain.reason}); mosaic host uncordon ${host.name} ends that`,
    );
  const tasks = liveTasks(core, host.hostId);
  if (tasks > 0)
    return refuse(
      'FAILED_PRECONDITION',
      `${host.name} still runs ${counted(tasks, 'task')}; end ${tasks === 1 ? 'it' : 'them'} first (mosaic host cordon ${host.name} keeps new ones away)`,
    );
  const reserved = reservedText(core, host);
  return reserved === null ? null : refuse('FAILED_PRECONDITION', reserved);
}

/** Ended tasks hold nothing; they only wait for their framework's acknowledgement. */
function liveTasks(core: Core, hostId: string): number {
  let live = 0;
  for (const key of core.state.tasksByHost.get(hostId)) {
    const task = core.state.tasks.get(key);
    if (task !== undefined && isLiveTask(task)) live += 1;
  }
  return live;
}

function checkSource(core: Core, host: HostRecord): MoveRefusal | null {
  if (host.leaseId === null) return null;
  const lease = core.state.leases.get(host.leaseId);
  if (lease === undefined) return null;
  const framework = core.state.frameworks.get(lease.frameworkId);
  if (framework?.executesSteps !== true)
    return refuse(
      'FAILED_PRECONDITION',
      `${lease.frameworkId} holds ${host.name} but executes no steps; it has to return the host itself`,
    );
  if (!isConnected(core, `framework/${lease.frameworkId}`))
    return refuse(
      'UNAVAILABLE',
      `${lease.frameworkId} holds ${host.name} and is not connected; only it can drain the host`,
    );
  return null;
}

function checkTarget(core: Core, host: HostRecord, request: MoveRequest): MoveRefusal | null {
  const { to } = request;
  if ((to === null) !== (request.toMode !== 'leased'))
    return refuse(
      'INVALID_ARGUMENT',
      `toMode is ${request.toMode}; a move to a framework is "leased", any other "free" or "shared"`,
    );
  if (to === null) return null;
  const framework = core.state.frameworks.get(to.frameworkId);
  if (framework === undefined || framework.tornDown)
    return refuse('NOT_FOUND', `there is no framework ${to.frameworkId} that takes hosts`);
  if (!framework.executesSteps)
    return refuse('FAILED_PRECONDITION', `${to.frameworkId} executes no steps, so it never gets whole hosts`);
  if (!framework.roles.includes(to.role))
    return refuse(
      'INVALID_ARGUMENT',
      `${to.frameworkId} is not in role ${to.role}; it is in ${framework.roles.join(', ')}`,
    );
  if (!isConnected(core, `framework/${to.frameworkId}`))
    return refuse('UNAVAILABLE', `${to.frameworkId} is not connected`);
  const from = holderOf(core, host);
  if (from?.frameworkId === to.frameworkId)
    return refuse('FAILED_PRECONDITION', `${to.frameworkId} holds ${host.name} already`);
  const charge = { ...host.resources.quantities, hosts: 1, [`hosts/${host.shape}`]: 1 };
  const over = wouldExceedLimit(core, to.role, charge, from?.role);
  if (over !== null)
    return refuse(
      'OVER_LIMIT',
      `${host.name} would take role ${over.role} over its limit of ${String(over.limit)} ${over.dimension}; ${String(over.used)} are used`,
    );
  return null;
}

function checkFreeze(core: Core, host: HostRecord, request: MoveRequest): MoveRefusal | null {
  const frozen = frozenBy(core, workloadsOf(core, { ...request, from: holderOf(core, host) }));
  if (frozen === null) return null;
  const scope = frozen.scope === '*' ? '' : ` --workload ${frozen.scope}`;
  return refuse(
    'FAILED_PRECONDITION',
    `${frozen.by} froze ${frozen.scope === '*' ? 'all moves' : frozen.scope} (${frozen.reason}); mosaic unfreeze${scope} ends it`,
  );
}

function holderOf(core: Core, host: HostRecord): Holder | null {
  const lease = host.leaseId === null ? undefined : core.state.leases.get(host.leaseId);
  return lease === undefined ? null : { frameworkId: lease.frameworkId, role: lease.role };
}

/**
 * Where a move begins. What nobody of ours put on a host is never wiped: admitting an unclaimed one only verifies; hosts
 * out of quarantine and out of the shared pool are wiped.
 */
function firstEdge(host: HostRecord, from: Holder | null, request: MoveRequest): EdgeName {
  if (from !== null) return 'start->forecast';
  if (host.mode === 'unclaimed') return 'start->verify_clean';
  if (host.mode !== 'free' || !host.clean) return 'start->wipe';
  return request.toMode === 'leased' ? 'start->offer' : 'start->prepare';
}

/** A reclaim move is bound by what the lender's policy promises; any other by the configured deadline. */
function drainDeadlineMs(core: Core, from: Holder | null, reclaim: boolean): number {
  const promisedMs = from === null ? 0 : (core.state.roles.get(from.role)?.reclaim.deadlineMs ?? 0);
  return reclaim && promisedMs > 0 ? promisedMs : core.options.drainDeadlineMs;
}

const SOURCES: Readonly<Record<HostRecord['mode'], string>> = {
  unclaimed: 'the unclaimed hosts',
  free: 'the free pool',
  leased: 'its holder',
  shared: 'the shared pool',
  quarantined: 'quarantine',
};

function sourceName(host: HostRecord, from: Holder | null): string {
  return from?.frameworkId ?? SOURCES[host.mode];
}

function targetName(request: MoveRequest): string {
  return request.to?.frameworkId ?? (request.toMode === 'shared' ? 'the shared pool' : 'the free pool');
}

function refuse(code: ErrorCode, message: string): MoveRefusal {
  return { ok: false, code, message };
}

function notFound(hostId: string): MoveRefusal {
  return refuse('NOT_FOUND', `there is no host ${hostId}`);
}
