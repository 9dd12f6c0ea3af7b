/** What frameworks, agents and the master tell each other. */
import fc from 'fast-check';
import type {
  AgentCommand,
  AgentMessage,
  Blocker,
  Constraint,
  DemandEntry,
  DemandStatus,
  ErrorCode,
  FaultDomain,
  FrameworkEvent,
  FrameworkMessage,
  HostIdentity,
  HostLease,
  LeaveForecast,
  ObservedHost,
  Offer,
  Placement,
  PortRange,
  Quantities,
  Resources,
  StepName,
  StepRequest,
  StepUpdate,
  TaskSpec,
  TaskStatus,
  Unavailability,
  WaitReason,
} from '../../../../scheduler/index.js';
import {
  type Table,
  anyName,
  attempt,
  count,
  dictionary,
  dimension,
  distinct,
  durationMs,
  flag,
  ids,
  int32,
  key,
  kindOf,
  many,
  ownId,
  printable,
  required,
  signed,
  words,
} from './words.js';

export const quantities: fc.Arbitrary<Quantities> = dictionary(
  fc.oneof(fc.constantFrom('cpusMilli', 'memoryBytes', 'hosts/standard'), dimension),
  count,
);
const ports: fc.Arbitrary<readonly PortRange[]> = fc
  .uniqueArray(fc.nat(600), { maxLength: 4 })
  .map((starts) => starts.sort((a, b) => a - b).map((start) => ({ first: start * 100 + 1, last: start * 100 + 50 })));
export const resources: fc.Arbitrary<Resources> = fc.record({ quantities, ports });
const someResources: fc.Arbitrary<Resources> = fc
  .record({ quantities, ports })
  .map((value) => ({ ...value, quantities: { ...value.quantities, cpusMilli: 1 } }));
export const signedResources: fc.Arbitrary<Resources> = fc.record({ quantities: dictionary(dimension, signed), ports });
export const identity: fc.Arbitrary<HostIdentity> = fc.record({ uuid: anyName, serial: anyName, macs: many(required) });
export const faultDomain: fc.Arbitrary<FaultDomain> = fc.record({ region: anyName, zone: anyName, rack: anyName });
const attributes = dictionary(key, anyName);
export const constraint: fc.Arbitrary<Constraint> = fc.oneof(
  fc.record({
    attribute: required,
    op: fc.constantFrom<Constraint['op']>('exists', 'not_exists'),
    values: fc.constant([]),
  }),
  fc.record({
    attribute: required,
    op: fc.constantFrom<Constraint['op']>('equals', 'not_equals', 'glob'),
    values: fc.tuple(anyName),
  }),
  fc.record({
    attribute: required,
    op: fc.constantFrom<Constraint['op']>('lt', 'le', 'gt', 'ge'),
    values: fc.tuple(fc.constantFrom('0', '-1', '3.14', '2097152')),
  }),
  fc.record({
    attribute: required,
    op: fc.constant('in' as const),
    values: fc.array(anyName, { minLength: 1, maxLength: 3 }),
  }),
);
const placement: fc.Arbitrary<Placement> = fc.record({
  kind: fc.constantFrom('spread', 'pack', 'distinct_hosts'),
  domain: fc.constantFrom('rack', 'zone', 'region'),
});

const demandEntry: fc.Arbitrary<DemandEntry> = fc
  .record({
    demandId: ownId,
    want: fc.oneof(
      fc.record({ kind: fc.constant('hosts' as const), shape: required }),
      fc.record({ kind: fc.constant('slices' as const), resources: someResources }),
    ),
    count: fc.nat(1_000_000),
    minimum: fc.nat(1_000_000),
    allOrNothing: flag,
    constraints: many(constraint),
    placement: many(placement),
    priority: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    deadlineMs: durationMs,
    ageMs: durationMs,
    evidence: fc
      .oneof(
        anyName.map((value) => value.slice(0, 200)),
        fc.constant('e'.repeat(200)),
      )
      .filter(printable),
  })
  .map((entry) => ({ ...entry, minimum: Math.min(entry.minimum, entry.count) }));

export const stepName = fc.constantFrom<StepName>(
  'forecast',
  'drain',
  'cancel_drain',
  'leave',
  'wipe',
  'verify_clean',
  'prepare',
  'join',
  'verify',
);
export const blocker: fc.Arbitrary<Blocker> = fc.record({
  object: words,
  reason: anyName,
  sinceMs: count,
  message: words,
});
export const forecast: fc.Arbitrary<LeaveForecast> = fc
  .record({
    durationLowMs: durationMs,
    durationHighMs: durationMs,
    units: count,
    wouldKill: many(words),
    blockers: many(blocker),
  })
  .map((value) => ({ ...value, durationHighMs: value.durationLowMs + value.durationHighMs }));
const stepId = { transitionId: required, step: stepName, attempt };
const stepUpdate: fc.Arbitrary<StepUpdate> = fc.record({
  ...stepId,
  updateNo: count,
  state: fc.constantFrom('running', 'blocked', 'done', 'failed', 'refused'),
  progressMilli: fc.nat(1_000),
  message: words,
  blockedBy: many(blocker),
  forecast: fc.option(forecast),
});
const stepRequest: fc.Arbitrary<StepRequest> = fc.record({
  ...stepId,
  validForMs: durationMs,
  hostId: required,
  hostName: anyName,
  identity,
  workload: anyName,
  policy: fc.record({ softDeadlineMs: durationMs, hard: flag }),
  reason: words,
});
const stepRenew = fc.record({
  kind: fc.constant('step_renew' as const),
  renew: fc.record({ ...stepId, updateNo: count, validForMs: durationMs }),
});
const stepCancel = fc.record({ kind: fc.constant('step_cancel' as const), ...stepId });

const taskSpec: fc.Arbitrary<TaskSpec> = fc.record({
  taskId: ownId,
  name: anyName,
  resources: someResources,
  image: anyName,
  command: many(words),
  env: dictionary(
    required.filter((name) => name !== '__proto__'),
    words,
  ),
  killGraceMs: durationMs,
  labels: attributes,
});
const taskStatus: fc.Arbitrary<TaskStatus> = fc.record({
  taskId: required,
  hostId: anyName,
  state: fc.constantFrom('staging', 'running', 'killing', 'finished', 'failed', 'killed', 'lost'),
  statusSeq: count,
  message: words,
  exitCode: fc.option(int32),
});
export const observedHost: fc.Arbitrary<ObservedHost> = fc.record({
  identity,
  name: anyName,
  managerState: anyName,
  serving: flag,
  units: count,
  leaveEstimateMs: durationMs,
  drift: words,
});
const lease: fc.Arbitrary<HostLease> = fc.record({
  leaseId: required,
  hostId: required,
  hostName: anyName,
  identity,
  role: anyName,
  origin: fc.constantFrom('adopted', 'claimed'),
  phase: fc.constantFrom('joining', 'serving', 'leaving'),
});

export const FRAMEWORK_MESSAGES: Table<FrameworkMessage> = {
  demand: fc.record({
    ...kindOf('demand'),
    role: required,
    asOfSeq: count,
    entries: distinct(demandEntry, ({ demandId }) => demandId),
  }),
  accept: fc.record({
    ...kindOf('accept'),
    commandId: required,
    offerIds: ids,
    action: fc.oneof(
      fc.record(kindOf('claim')),
      fc.record({ ...kindOf('launch'), tasks: distinct(taskSpec, ({ taskId }) => taskId, 1) }),
      fc.record(kindOf('reserve')),
      fc.record(kindOf('unreserve')),
    ),
  }),
  decline: fc.record({ ...kindOf('decline'), offerIds: ids, filterMs: durationMs, reason: words }),
  renew: fc.record({ ...kindOf('renew'), offerIds: ids }),
  open_offers: fc.record({ ...kindOf('open_offers'), role: required, enabled: flag, minimum: quantities }),
  kill_task: fc.record({ ...kindOf('kill_task'), commandId: required, taskId: required, graceMs: durationMs }),
  task_ack: fc.record({ ...kindOf('task_ack'), taskId: required, statusSeq: count }),
  reconcile: fc.record({ ...kindOf('reconcile'), taskIds: many(required) }),
  step_update: fc.record({ ...kindOf('step_update'), update: stepUpdate }),
  return_host: fc.record({ ...kindOf('return_host'), commandId: required, leaseId: required, reason: words }),
  observation: fc.record({ ...kindOf('observation'), complete: flag, hosts: many(observedHost) }),
  teardown: fc.record({ ...kindOf('teardown'), commandId: required }),
};

const errorCode = fc.constantFrom<ErrorCode>(
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
);
export const waitReason = fc.constantFrom<WaitReason>(
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
);
export const demandStatus: fc.Arbitrary<DemandStatus> = fc.record({
  demandId: required,
  granted: count,
  offered: count,
  movingIn: count,
  pending: count,
  unmetReason: waitReason,
  message: words,
});
const offer: fc.Arbitrary<Offer> = fc.record({
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
  transitionId: fc.option(required),
  groupId: fc.option(required),
  reservationId: fc.option(required),
  validForMs: durationMs,
});
const unavailability: fc.Arbitrary<Unavailability> = fc.record({
  startsInMs: durationMs,
  lastsMs: durationMs,
  reason: words,
});

export const FRAMEWORK_EVENTS: Table<FrameworkEvent> = {
  resync: fc.record({ ...kindOf('resync'), leases: many(lease), tasks: many(taskStatus), more: flag }),
  offers: fc.record({
    ...kindOf('offers'),
    offers: many(
      fc.oneof(
        offer,
        fc.tuple(offer, unavailability).map(([one, gone]) => ({ ...one, unavailability: gone })),
      ),
    ),
  }),
  rescind: fc.record({ ...kindOf('rescind'), offerIds: many(required), reason: words }),
  result: fc.record({
    ...kindOf('result'),
    commandId: required,
    outcome: fc.oneof(
      fc.record({ ok: fc.constant(true as const), ids: many(anyName) }),
      fc.record({ ok: fc.constant(false as const), code: errorCode, message: words }),
    ),
  }),
  demand_status: fc.record({ ...kindOf('demand_status'), role: anyName, statuses: many(demandStatus) }),
  lease: fc.record({
    ...kindOf('lease'),
    lease,
    change: fc.constantFrom('granted', 'changed', 'ended'),
    reason: words,
  }),
  task_status: fc.record({ ...kindOf('task_status'), status: taskStatus }),
  task_reclaim: fc.record({
    ...kindOf('task_reclaim'),
    taskIds: many(required),
    killAfterMs: durationMs,
    reason: words,
  }),
  task_reclaim_cancelled: fc.record({ ...kindOf('task_reclaim_cancelled'), taskIds: many(required), reason: words }),
  step_request: fc.record({ ...kindOf('step_request'), request: stepRequest }),
  step_renew: stepRenew,
  step_cancel: stepCancel,
  host_unavailable: fc.record({
    ...kindOf('host_unavailable'),
    hostId: required,
    hostName: anyName,
    state: fc.constantFrom('announced', 'draining', 'over'),
    hard: flag,
    unavailability,
  }),
  error: fc.record({ ...kindOf('error'), code: errorCode, message: words }),
};

export const AGENT_MESSAGES: Table<AgentMessage> = {
  report: fc.record({
    ...kindOf('report'),
    report: fc.record({
      resources,
      attributes,
      faultDomain,
      image: anyName,
      agentVersion: anyName,
      lastCommandSeq: count,
      tasks: many(taskStatus),
      profile: anyName,
      cleanliness: words,
    }),
  }),
  task_status: fc.record({ ...kindOf('task_status'), status: taskStatus }),
  step_update: fc.record({ ...kindOf('step_update'), update: stepUpdate }),
};

export const AGENT_COMMANDS: Table<AgentCommand> = {
  launch: fc.record({ ...kindOf('launch'), commandSeq: count, frameworkId: anyName, task: taskSpec }),
  kill: fc.record(
    { ...kindOf('kill'), commandSeq: count, taskId: required, graceMs: durationMs, reason: words },
    { requiredKeys: ['kind', 'commandSeq', 'taskId', 'graceMs'] },
  ),
  task_ack: fc.record({ ...kindOf('task_ack'), taskId: required, statusSeq: count }),
  step_request: fc.record({ ...kindOf('step_request'), request: stepRequest }),
  step_renew: stepRenew,
  step_cancel: stepCancel,
  report_request: fc.record(kindOf('report_request')),
};
