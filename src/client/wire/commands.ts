import type {
  OperatorCommand,
  OperatorReply,
  RoleChange,
  ReclaimPolicy,
  WindowChange,
} from '../../../scheduler/index.js';
import { type Codec, type Input, type MessageName, type Output, list, message, optional } from './codec.js';
import * as limits from './limits.js';
import { constraints, quantities, resources } from './resources.js';
import { count, durationMs, enumeration, flag, integer, plain, presentFlag, signed } from './scalars.js';
import { anyName, required, words } from './steps.js';

export type CommandKind = OperatorCommand['kind'];
type Command<K extends CommandKind> = Omit<Extract<OperatorCommand, { kind: K }>, 'kind'>;
/** Calls of OperatorService by the stem that their request and answer share. */
type Call = { [N in MessageName]: N extends `${infer C}Request` ? C : never }[MessageName];

/** One command of the domain and the call that carries it. */
export interface CommandCall<K extends CommandKind = CommandKind> {
  readonly kind: K;
  readonly call: Call;
  readonly codec: Codec<Command<K>, unknown, unknown>;
}

function command<K extends CommandKind, C extends Call>(
  kind: K,
  call: C,
  codec: Codec<Command<K>, Input<`${C}Request` & MessageName>, Output<`${C}Request` & MessageName> | null | undefined>,
): CommandCall<K> {
  return { kind, call, codec: codec as Codec<Command<K>, unknown, unknown> };
}

type RoleEdit = Command<'quota_apply'>['roles'][number];

/** Edits in one call: as many as there may be roles. */
const ROLES_MAX = 10_000;
const INT32_MAX = 2_147_483_647;
const dryRun = flag;

export const reclaimPolicy = message<'ReclaimPolicy', ReclaimPolicy>({
  kind: enumeration('RECLAIM_KIND', ['soft', 'hard']),
  graceMs: durationMs,
  deadlineMs: durationMs,
  movesPerRound: count,
  minHoldMs: integer(-1, limits.DURATION_MS_MAX),
});

const roleChange = message<'RoleChange', RoleChange>({
  guarantee: optional(quantities),
  limit: optional(quantities),
  lendingLimit: optional(quantities),
  borrowingLimit: optional(quantities),
  weight: optional(integer(1, 1_000_000)),
  priority: optional(integer(-INT32_MAX, INT32_MAX)),
  reclaim: optional(reclaimPolicy),
  force: presentFlag,
});

const windowChange = message<'MaintenanceWindow', WindowChange>({
  name: required,
  hosts: list(required, { max: limits.WINDOW_HOSTS_MAX, atLeastOne: 'it must name at least one host' }),
  startsMs: count,
  endsMs: count,
  reason: words,
  drain: flag,
  hard: flag,
  drainBeforeMs: optional(durationMs),
  keepCordoned: flag,
});

const host = { dryRun, host: required };
const framework = { dryRun, frameworkId: required };
const move = { dryRun, transition: required };
const decided = { dryRun, planId: required, version: count };

/** Every command with its call: a command without one does not compile. */
export const COMMAND_CALLS: { readonly [K in CommandKind]: CommandCall<K> } = {
  host_admit: command('host_admit', 'AdmitHost', message<'AdmitHostRequest', Command<'host_admit'>>(host)),
  host_cordon: command(
    'host_cordon',
    'CordonHost',
    message<'CordonHostRequest', Command<'host_cordon'>>({ ...host, reason: words }),
  ),
  host_uncordon: command(
    'host_uncordon',
    'UncordonHost',
    message<'UncordonHostRequest', Command<'host_uncordon'>>(host),
  ),
  host_quarantine: command(
    'host_quarantine',
    'QuarantineHost',
    message<'QuarantineHostRequest', Command<'host_quarantine'>>({ ...host, reason: words }),
  ),
  host_release: command(
    'host_release',
    'ReleaseHost',
    message<'ReleaseHostRequest', Command<'host_release'>>({ ...host, wipe: presentFlag }),
  ),
  host_confirm_off: command(
    'host_confirm_off',
    'ConfirmHostOff',
    message<'ConfirmHostOffRequest', Command<'host_confirm_off'>>(host),
  ),
  host_share: command(
    'host_share',
    'ShareHost',
    message<'ShareHostRequest', Command<'host_share'>>({ ...host, shared: flag }),
  ),
  host_drain: command(
    'host_drain',
    'DrainHost',
    message<'DrainHostRequest', Command<'host_drain'>>({
      ...host,
      reason: words,
      hard: flag,
      deadlineMs: optional(durationMs),
      graceMs: optional(durationMs),
    }),
  ),
  host_drain_cancel: command(
    'host_drain_cancel',
    'CancelDrain',
    message<'CancelDrainRequest', Command<'host_drain_cancel'>>(host),
  ),
  breaker_reset: command(
    'breaker_reset',
    'ResetBreaker',
    message<'ResetBreakerRequest', Command<'breaker_reset'>>({ dryRun }),
  ),
  maintenance_set: command(
    'maintenance_set',
    'SetMaintenanceWindow',
    message<'SetMaintenanceWindowRequest', Command<'maintenance_set'>>({ dryRun, window: windowChange }),
  ),
  maintenance_delete: command(
    'maintenance_delete',
    'DeleteMaintenanceWindow',
    message<'DeleteMaintenanceWindowRequest', Command<'maintenance_delete'>>({ dryRun, name: required }),
  ),
  host_forget: command('host_forget', 'ForgetHost', message<'ForgetHostRequest', Command<'host_forget'>>(host)),
  adopt: command('adopt', 'Adopt', message<'AdoptRequest', Command<'adopt'>>(framework)),
  role_set: command(
    'role_set',
    'SetRole',
    message<'SetRoleRequest', Command<'role_set'>>({ dryRun, role: required, change: roleChange }),
  ),
  quota_apply: command(
    'quota_apply',
    'ApplyQuota',
    message<'ApplyQuotaRequest', Command<'quota_apply'>>({
      dryRun,
      roles: list(message<'RoleEdit', RoleEdit>({ role: required, change: roleChange }), { max: ROLES_MAX }),
      force: presentFlag,
    }),
  ),
  role_delete: command(
    'role_delete',
    'DeleteRole',
    message<'DeleteRoleRequest', Command<'role_delete'>>({ dryRun, role: required }),
  ),
  shape_set: command(
    'shape_set',
    'SetShape',
    message<'SetShapeRequest', Command<'shape_set'>>({
      dryRun,
      shape: required,
      rank: signed,
      constraints,
      minimum: quantities,
    }),
  ),
  move: command(
    'move',
    'MoveHost',
    message<'MoveHostRequest', Command<'move'>>({ ...host, to: required, role: anyName, hard: flag, reason: words }),
  ),
  move_cancel: command('move_cancel', 'CancelMove', message<'CancelMoveRequest', Command<'move_cancel'>>(move)),
  move_retry: command('move_retry', 'RetryMove', message<'RetryMoveRequest', Command<'move_retry'>>(move)),
  plan_mode: command(
    'plan_mode',
    'SetPlanMode',
    message<'SetPlanModeRequest', Command<'plan_mode'>>({
      dryRun,
      mode: enumeration('PLAN_MODE', ['observe', 'approve', 'auto']),
    }),
  ),
  plan_approve: command('plan_approve', 'ApprovePlan', message<'ApprovePlanRequest', Command<'plan_approve'>>(decided)),
  plan_reject: command('plan_reject', 'RejectPlan', message<'RejectPlanRequest', Command<'plan_reject'>>(decided)),
  reserve: command(
    'reserve',
    'ReserveCapacity',
    message<'ReserveCapacityRequest', Command<'reserve'>>({
      ...host,
      role: required,
      resources,
      reason: words,
    }),
  ),
  unreserve: command(
    'unreserve',
    'UnreserveCapacity',
    message<'UnreserveCapacityRequest', Command<'unreserve'>>({ dryRun, reservation: required, resources }),
  ),
  freeze: command(
    'freeze',
    'Freeze',
    message<'FreezeRequest', Command<'freeze'>>({ dryRun, scope: required, reason: words }),
  ),
  unfreeze: command(
    'unfreeze',
    'Unfreeze',
    message<'UnfreezeRequest', Command<'unfreeze'>>({ dryRun, scope: required }),
  ),
  framework_teardown: command(
    'framework_teardown',
    'TeardownFramework',
    message<'TeardownFrameworkRequest', Command<'framework_teardown'>>(framework),
  ),
  peer_release: command(
    'peer_release',
    'ReleasePeer',
    message<'ReleasePeerRequest', Command<'peer_release'>>({ dryRun, peer: required }),
  ),
};

type Done = Required<Omit<Extract<OperatorReply, { ok: true }>, 'ok'>>;
const MANY = { max: Number.MAX_SAFE_INTEGER };

/** The answer of every command; the calls' answers differ in name only. */
export const commandResponse = message<'AdmitHostResponse', { readonly reply: Done }>({
  reply: message<'CommandReply', Done>({
    changes: list(plain, MANY),
    ids: list(plain, MANY),
    remarks: list(plain, MANY),
  }),
});
