import type {
  AcceptAction,
  CommandOutcome,
  DemandEntry,
  DemandStatus,
  FrameworkEvent,
  FrameworkMessage,
  Offer,
  Placement,
  Unavailability,
} from '../../../scheduler/index.js';
import type { ResyncPage } from '../../session/resync-pages.js';
import { empty, list, mapped, message, oneof, optional, verified, wrapped } from './codec.js';
import * as limits from './limits.js';
import { attributes, constraints, faultDomain, identity, quantities, resources, someResources } from './resources.js';
import { count, durationMs, enumeration, flag, integer, name, nameOrNull, text } from './scalars.js';
import {
  anyName,
  hostLease,
  observedHost,
  required,
  stepCancel,
  stepRenew,
  stepRequest,
  stepUpdate,
  taskAck,
  taskSpec,
  taskStatus,
  words,
} from './steps.js';
import { WireError } from './wire-error.js';

type Sent<K extends FrameworkMessage['kind']> = Omit<Extract<FrameworkMessage, { kind: K }>, 'kind'>;
type Received<K extends FrameworkEvent['kind']> = Omit<Extract<FrameworkEvent, { kind: K }>, 'kind'>;

const placement = message<'Placement', Placement>({
  kind: enumeration('PLACEMENT_KIND', ['spread', 'pack', 'distinct_hosts']),
  domain: enumeration('PLACEMENT_DOMAIN', ['rack', 'zone', 'region'], 'rack'),
});

const demandEntry = verified(
  message<'DemandEntry', DemandEntry>({
    demandId: name({ required: true, max: limits.OWN_ID_CHARS_MAX }),
    want: oneof<'DemandEntry', DemandEntry['want']>('want', {
      hosts: message<'WantedHosts', { readonly shape: string }>({ shape: required }),
      slices: message<'WantedSlices', Pick<Offer, 'resources'>>({ resources: someResources }),
    }),
    count: integer(0, limits.DEMAND_COUNT_MAX),
    minimum: integer(0, limits.DEMAND_COUNT_MAX),
    allOrNothing: flag,
    constraints,
    placement: list(placement, { max: limits.PLACEMENTS_MAX }),
    priority: integer(-limits.PRIORITY_MAX, limits.PRIORITY_MAX),
    deadlineMs: durationMs,
    ageMs: durationMs,
    evidence: text(limits.EVIDENCE_CHARS_MAX),
  }),
  ({ count: wanted, minimum }) => {
    if (minimum > wanted) throw new WireError(`is ${minimum}; it may not be above count (${wanted})`, 'minimum');
  },
);

const offerIds = list(required, {
  max: limits.IDS_MAX,
  atLeastOne: 'it must name at least one offer',
  uniqueBy: (offerId) => offerId,
});

const acceptAction = oneof<'Accept', AcceptAction>('action', {
  claim: empty<'Claim'>(),
  launch: message<'Launch', { readonly tasks: Extract<AcceptAction, { kind: 'launch' }>['tasks'] }>({
    tasks: list(taskSpec, {
      max: limits.TASKS_PER_LAUNCH_MAX,
      atLeastOne: 'it must name at least one task',
      uniqueBy: (task) => task.taskId,
    }),
  }),
  reserve: empty<'Reserve'>(),
  unreserve: empty<'Unreserve'>(),
});

/** What a framework says. A kind that is not known is refused. */
export const frameworkMessage = oneof<'FrameworkMessage', FrameworkMessage>('message', {
  demand: message<'Demand', Sent<'demand'>>({
    role: required,
    asOfSeq: count,
    entries: list(demandEntry, { max: limits.DEMAND_ENTRIES_MAX, uniqueBy: (entry) => entry.demandId }),
  }),
  accept: message<'Accept', Sent<'accept'>>({ commandId: required, offerIds, action: acceptAction }),
  decline: message<'Decline', Sent<'decline'>>({ offerIds, filterMs: durationMs, reason: words }),
  renew: message<'Renew', Sent<'renew'>>({ offerIds }),
  open_offers: message<'OpenOffers', Sent<'open_offers'>>({ role: required, enabled: flag, minimum: quantities }),
  kill_task: message<'KillTask', Sent<'kill_task'>>({ commandId: required, taskId: required, graceMs: durationMs }),
  task_ack: taskAck,
  reconcile: message<'Reconcile', Sent<'reconcile'>>({ taskIds: list(required, { max: limits.IDS_MAX }) }),
  step_update: wrapped('update', stepUpdate),
  return_host: message<'ReturnHost', Sent<'return_host'>>({
    commandId: required,
    leaseId: required,
    reason: words,
  }),
  observation: message<'Observation', Sent<'observation'>>({
    complete: flag,
    hosts: list(observedHost, { max: limits.OBSERVED_HOSTS_MAX }),
  }),
  teardown: message<'Teardown', Sent<'teardown'>>({ commandId: required }),
});

/** The master decides how many of its own things go into a message; the transport bounds their bytes. */
const MANY = { max: Number.MAX_SAFE_INTEGER };

export const errorCode = enumeration(
  'ERROR_CODE',
  [
    'INVALID_ARGUMENT',
    'NOT_FOUND',
    'ALREADY_EXISTS',
    'PERMISSION_DENIED',
    'FAILED_PRECONDITION',
    'ABORTED',
    'OFFER_LOST',
    'OVER_LIMIT',
    'RESOURCE_EXHAUSTED',
    'OUT_OF_RANGE',
    'UNAVAILABLE',
    'UNIMPLEMENTED',
  ],
  'FAILED_PRECONDITION',
);

export const waitReason = enumeration(
  'WAIT_REASON',
  [
    'NONE',
    'NO_CAPACITY',
    'ROLE_LIMIT',
    'FAIR_SHARE',
    'NO_MATCH',
    'GROUP_INCOMPLETE',
    'MIN_HOLD',
    'COOL_DOWN',
    'MOVE_BUDGET',
    'MOVING_IN',
    'OFFERED',
    'FROZEN',
    'AWAITING_APPROVAL',
    'BLOCKED_DRAIN',
    'RECOVERING',
    'DISCONNECTED',
    'NOT_CLEAN',
    'DEADLINE_PASSED',
    'HYSTERESIS',
    'PRIORITY',
    'SOFT_POLICY',
    'MASS_FAILURE',
  ],
  'NONE',
);

export const demandStatus = message<'DemandStatus', DemandStatus>({
  demandId: required,
  granted: count,
  offered: count,
  movingIn: count,
  pending: count,
  unmetReason: waitReason,
  message: words,
});

const unavailability = message<'Unavailability', Unavailability>({
  startsInMs: durationMs,
  lastsMs: durationMs,
  reason: words,
});

const offer = message<'Offer', Offer>({
  offerId: required,
  role: anyName,
  demandId: anyName,
  hostId: required,
  hostName: anyName,
  identity,
  shape: anyName,
  faultDomain,
  attributes,
  resources,
  wholeHost: flag,
  transitionId: nameOrNull(),
  groupId: nameOrNull(),
  reservationId: nameOrNull(),
  validForMs: durationMs,
  unavailability: optional(unavailability),
});

type NamedOutcome =
  | { readonly kind: 'done'; readonly ids: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly code: Extract<CommandOutcome, { ok: false }>['code'];
      readonly message: string;
    };

const namedOutcome = oneof<'CommandResult', NamedOutcome>('outcome', {
  done: message<'CommandDone', { readonly ids: readonly string[] }>({ ids: list(anyName, MANY) }),
  failed: message<'CommandFailed', Omit<Extract<NamedOutcome, { kind: 'failed' }>, 'kind'>>({
    code: errorCode,
    message: words,
  }),
});

const outcome = {
  ...mapped(
    namedOutcome,
    (value: CommandOutcome): NamedOutcome =>
      value.ok ? { kind: 'done', ids: value.ids } : { kind: 'failed', code: value.code, message: value.message },
    (inner): CommandOutcome =>
      inner.kind === 'done' ? { ok: true, ids: inner.ids } : { ok: false, code: inner.code, message: inner.message },
  ),
  inline: true,
} as const;

/** Events as they are on their way: a full state in pages. */
export type SentEvent = Exclude<FrameworkEvent, { kind: 'resync' }> | ResyncPage;

/** What the master says to a framework. What a newer master says beyond it is read as an error that can be shown. */
export const frameworkEvent = oneof<'FrameworkEvent', SentEvent>(
  'event',
  {
    resync: message<'Resync', Omit<ResyncPage, 'kind'>>({
      leases: list(hostLease, MANY),
      tasks: list(taskStatus, MANY),
      more: flag,
    }),
    offers: message<'Offers', Received<'offers'>>({ offers: list(offer, MANY) }),
    rescind: message<'Rescind', Received<'rescind'>>({ offerIds: list(required, MANY), reason: words }),
    result: message<'CommandResult', Received<'result'>>({ commandId: required, outcome }),
    demand_status: message<'DemandStatuses', Received<'demand_status'>>({
      role: anyName,
      statuses: list(demandStatus, MANY),
    }),
    lease: message<'LeaseChange', Received<'lease'>>({
      lease: hostLease,
      change: enumeration('LEASE_CHANGE_KIND', ['granted', 'changed', 'ended']),
      reason: words,
    }),
    task_status: wrapped('status', taskStatus),
    task_reclaim: message<'TaskReclaim', Received<'task_reclaim'>>({
      taskIds: list(required, MANY),
      killAfterMs: durationMs,
      reason: words,
    }),
    task_reclaim_cancelled: message<'TaskReclaimCancelled', Received<'task_reclaim_cancelled'>>({
      taskIds: list(required, MANY),
      reason: words,
    }),
    step_request: wrapped('request', stepRequest),
    step_renew: wrapped('renew', stepRenew),
    step_cancel: stepCancel,
    host_unavailable: message<'HostUnavailable', Received<'host_unavailable'>>({
      hostId: required,
      hostName: anyName,
      state: enumeration('HOST_UNAVAILABLE_STATE', ['announced', 'draining', 'over'], 'announced'),
      hard: flag,
      unavailability,
    }),
    error: message<'FrameworkError', Received<'error'>>({ code: errorCode, message: words }),
  },
  () => ({
    kind: 'error',
    code: 'UNIMPLEMENTED',
    message: 'the master sent an event of a kind that this client does not know; a newer client does',
  }),
);
