// Arbitrary values of everything that travels, within the limits of the contract. Tables by kind: a new kind that has no
// arbitrary here does not compile.
import fc from 'fast-check';
import type {
  AgentCommand,
  AgentMessage,
  Blocker,
  ConditionKind,
  ConditionView,
  Constraint,
  DemandEntry,
  DemandStatus,
  DemandView,
  ErrorCode,
  FaultDomain,
  FrameworkEvent,
  FrameworkMessage,
  FreezeView,
  HostIdentity,
  HostLease,
  HostMode,
  HostView,
  LeaveForecast,
  ObservedHost,
  Offer,
  OperatorCommand,
  OverviewView,
  Placement,
  PortRange,
  Quantities,
  Query,
  QueryResult,
  ReservationView,
  RefusalCode,
  Resources,
  SessionHello,
  StepName,
  StepRequest,
  StepUpdate,
  TaskSpec,
  TaskStatus,
  TransitionView,
  Unavailability,
  WaitReason,
  WaitWord,
  WhyView,
} from '../../../scheduler/index.js';
import type { MasterFrame, PeerFrame } from '../../../src/session/frames.js';
import type { WatchItem, WatchRequest } from '../../../src/client/wire/watch.js';

type Table<U extends { kind: string }> = { readonly [K in U['kind']]: fc.Arbitrary<Extract<U, { kind: K }>> };

export function oneOfTable<U extends { kind: string }>(table: Table<U>): fc.Arbitrary<U> {
  const arbitraries: fc.Arbitrary<U>[] = Object.values(table);
  return fc.oneof(...arbitraries);
}

const DAY_MS = 86_400_000;
const printable = (value: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(value);
export const anyName = fc.oneof(
  fc.constantFrom('', 'node17', 'ovirt/prod', 'Ω', '名前', 'a'.repeat(253), 'quote\'"\\', '0', 'null'),
  fc.string({ maxLength: 20, unit: 'grapheme' }).filter(printable),
);
const required = anyName.filter((value) => value !== '');
const words = fc.oneof(anyName, fc.constantFrom('two\nlines\tand a tab', 'x'.repeat(4_096)));
const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/);
const dimension = fc.stringMatching(/^[a-z][A-Za-z0-9_.-]{0,9}(\/[a-z0-9][A-Za-z0-9_.-]{0,9})?$/);
/** A framework's own names for its demands and tasks. */
const ownId = fc.oneof(
  fc.constant('a'.repeat(200)),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter(printable),
);
const count = fc.oneof(fc.nat(100), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER));
const signed = fc.oneof(fc.integer(), fc.maxSafeInteger());
const durationMs = fc.nat(DAY_MS);
const int32 = fc.integer();
const attempt = fc.integer({ min: 1 });
const flag = fc.boolean();
const many = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(arbitrary, { maxLength: 3 });
const distinct = <T>(arbitrary: fc.Arbitrary<T>, selector: (value: T) => string, minLength = 0): fc.Arbitrary<T[]> =>
  fc.uniqueArray(arbitrary, { selector, minLength, maxLength: 3 });
const ids = distinct(required, (id) => id, 1);
/** The record is rebuilt, because fast-check's dictionaries have no prototype and decoded ones have. */
const dictionary = <V>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<V>): fc.Arbitrary<Record<string, V>> =>
  fc.dictionary(keys, values, { maxKeys: 3 }).map((record) => ({ ...record }));

const quantities: fc.Arbitrary<Quantities> = dictionary(
  fc.oneof(fc.constantFrom('cpusMilli', 'memoryBytes', 'hosts/standard'), dimension),
  count,
);
const ports: fc.Arbitrary<readonly PortRange[]> = fc
  .uniqueArray(fc.nat(600), { maxLength: 4 })
  .map((starts) => starts.sort((a, b) => a - b).map((start) => ({ first: start * 100 + 1, last: start * 100 + 50 })));
const resources: fc.Arbitrary<Resources> = fc.record({ quantities, ports });
const someResources: fc.Arbitrary<Resources> = fc
  .record({ quantities, ports })
  .map((value) => ({ ...value, quantities: { ...value.quantities, cpusMilli: 1 } }));
const signedResources: fc.Arbitrary<Resources> = fc.record({ quantities: dictionary(dimension, signed), ports });
const identity: fc.Arbitrary<HostIdentity> = fc.record({ uuid: anyName, serial: anyName, macs: many(required) });
const faultDomain: fc.Arbitrary<FaultDomain> = fc.record({ region: anyName, zone: anyName, rack: anyName });
const attributes = dictionary(key, anyName);
const constraint: fc.Arbitrary<Constraint> = fc.oneof(
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

const stepName = fc.constantFrom<StepName>(
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
const blocker: fc.Arbitrary<Blocker> = fc.record({ object: words, reason: anyName, sinceMs: count, message: words });
const forecast: fc.Arbitrary<LeaveForecast> = fc
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
const observedHost: fc.Arbitrary<ObservedHost> = fc.record({
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

const kindOf = <K extends string>(kind: K): { readonly kind: fc.Arbitrary<K> } => ({ kind: fc.constant(kind) });

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
const waitReason = fc.constantFrom<WaitReason>(
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
const demandStatus: fc.Arbitrary<DemandStatus> = fc.record({
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

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const helloOf = (who: fc.Arbitrary<SessionHello['who']>): fc.Arbitrary<Extract<PeerFrame, { kind: 'hello' }>> =>
  fc.record({
    ...kindOf('hello'),
    secret: fc.stringMatching(/^[0-9a-f]{16,40}$/),
    pagedResync: flag,
    hello: fc.record({
      who,
      incarnation: required,
      // Made by the master from the secret; it does not travel.
      secretHash: fc.constant(''),
      outboxFirstSeq: count,
      appliedTerm: count,
      appliedSeq: count,
      highestTerm: count,
    }),
  });
const frameworkHello = helloOf(
  fc.record({ ...kindOf('framework'), workload: label, name: label, roles: ids, executesSteps: flag }),
);
const agentHello = helloOf(fc.record({ ...kindOf('agent'), name: required, identity }));

const peerFrames = (
  hello: typeof frameworkHello,
  message: fc.Arbitrary<FrameworkMessage | AgentMessage>,
): Table<PeerFrame> => ({
  hello,
  peer_message: fc.record({ ...kindOf('peer_message'), seq: count, ack: count, message }),
  peer_ack: fc.record({ ...kindOf('peer_ack'), ack: count }),
  peer_heartbeat: fc.record({ ...kindOf('peer_heartbeat'), ack: count }),
});
export const frameworkPeerFrame = oneOfTable(peerFrames(frameworkHello, oneOfTable(FRAMEWORK_MESSAGES)));
export const agentPeerFrame = oneOfTable(peerFrames(agentHello, oneOfTable(AGENT_MESSAGES)));

const masterFrames = (message: fc.Arbitrary<FrameworkEvent | AgentCommand>): Table<MasterFrame> => ({
  welcome: fc.record({
    ...kindOf('welcome'),
    term: count,
    peerId: anyName,
    assignedId: anyName,
    resumeFromSeq: count,
    resumed: flag,
    heartbeatMs: durationMs,
  }),
  refused: fc.record({
    ...kindOf('refused'),
    code: fc.constantFrom<RefusalCode>(
      'INVALID_ARGUMENT',
      'PERMISSION_DENIED',
      'NOT_FOUND',
      'STALE_TERM',
      'NOT_LEADER',
      'RESOURCE_EXHAUSTED',
      'QUARANTINED',
    ),
    message: words,
    retryAfterMs: durationMs,
  }),
  master_message: fc.record({ ...kindOf('master_message'), seq: count, ack: count, message }),
  master_ack: fc.record({ ...kindOf('master_ack'), ack: count }),
  master_heartbeat: fc.record({ ...kindOf('master_heartbeat'), ack: count }),
  superseded: fc.record(kindOf('superseded')),
  going_away: fc.record({ ...kindOf('going_away'), reconnectAfterMs: durationMs }),
});
export const frameworkMasterFrame = oneOfTable(masterFrames(oneOfTable(FRAMEWORK_EVENTS)));
export const agentMasterFrame = oneOfTable(masterFrames(oneOfTable(AGENT_COMMANDS)));

// ---------------------------------------------------------------------------------------------------------------------
// Operators

const dryRun = { dryRun: flag };
const reclaim = fc.record({
  kind: fc.constantFrom('soft' as const, 'hard' as const),
  graceMs: durationMs,
  deadlineMs: durationMs,
  movesPerRound: count,
  minHoldMs: fc.integer({ min: -1, max: DAY_MS }),
});
const roleChange = fc.record(
  {
    guarantee: quantities,
    limit: quantities,
    lendingLimit: quantities,
    borrowingLimit: quantities,
    weight: fc.integer({ min: 1, max: 1_000_000 }),
    priority: fc.integer({ min: -1_000, max: 1_000 }),
    reclaim,
    force: fc.constant(true),
  },
  { requiredKeys: [] },
);
const onHost = <K extends string>(kind: K) => ({ ...kindOf(kind), ...dryRun, host: required });

export const COMMANDS: Table<OperatorCommand> = {
  host_admit: fc.record(onHost('host_admit')),
  host_cordon: fc.record({ ...onHost('host_cordon'), reason: words }),
  host_uncordon: fc.record(onHost('host_uncordon')),
  host_quarantine: fc.record({ ...onHost('host_quarantine'), reason: words }),
  host_release: fc.oneof(
    fc.record(onHost('host_release')),
    fc.record({ ...onHost('host_release'), wipe: fc.constant<true>(true) }),
  ),
  host_confirm_off: fc.record(onHost('host_confirm_off')),
  host_share: fc.record({ ...onHost('host_share'), shared: flag }),
  host_drain: fc.record(
    { ...onHost('host_drain'), reason: words, hard: flag, deadlineMs: durationMs, graceMs: durationMs },
    { requiredKeys: ['kind', 'dryRun', 'host', 'reason', 'hard'] },
  ),
  host_drain_cancel: fc.record(onHost('host_drain_cancel')),
  breaker_reset: fc.record({ ...kindOf('breaker_reset'), ...dryRun }),
  maintenance_set: fc.record({
    ...kindOf('maintenance_set'),
    ...dryRun,
    window: fc.record(
      {
        name: required,
        hosts: fc.array(required, { minLength: 1, maxLength: 3 }),
        startsMs: count,
        endsMs: count,
        reason: words,
        drain: flag,
        hard: flag,
        drainBeforeMs: durationMs,
        keepCordoned: flag,
      },
      { requiredKeys: ['name', 'hosts', 'startsMs', 'endsMs', 'reason', 'drain', 'hard', 'keepCordoned'] },
    ),
  }),
  maintenance_delete: fc.record({ ...kindOf('maintenance_delete'), ...dryRun, name: required }),
  host_forget: fc.record(onHost('host_forget')),
  adopt: fc.record({ ...kindOf('adopt'), ...dryRun, frameworkId: required }),
  role_set: fc.record({ ...kindOf('role_set'), ...dryRun, role: required, change: roleChange }),
  quota_apply: fc.record(
    {
      ...kindOf('quota_apply'),
      ...dryRun,
      roles: many(fc.record({ role: required, change: roleChange })),
      force: fc.constant<true>(true),
    },
    { requiredKeys: ['kind', 'dryRun', 'roles'] },
  ),
  role_delete: fc.record({ ...kindOf('role_delete'), ...dryRun, role: required }),
  shape_set: fc.record({
    ...kindOf('shape_set'),
    ...dryRun,
    shape: required,
    rank: signed,
    constraints: many(constraint),
    minimum: quantities,
  }),
  move: fc.record({ ...onHost('move'), to: required, role: anyName, hard: flag, reason: words }),
  move_cancel: fc.record({ ...kindOf('move_cancel'), ...dryRun, transition: required }),
  move_retry: fc.record({ ...kindOf('move_retry'), ...dryRun, transition: required }),
  plan_mode: fc.record({ ...kindOf('plan_mode'), ...dryRun, mode: fc.constantFrom('observe', 'approve', 'auto') }),
  plan_approve: fc.record({ ...kindOf('plan_approve'), ...dryRun, planId: required, version: count }),
  plan_reject: fc.record({ ...kindOf('plan_reject'), ...dryRun, planId: required, version: count }),
  reserve: fc.record({ ...onHost('reserve'), role: required, resources, reason: words }),
  unreserve: fc.record({ ...kindOf('unreserve'), ...dryRun, reservation: required, resources }),
  freeze: fc.record({ ...kindOf('freeze'), ...dryRun, scope: required, reason: words }),
  unfreeze: fc.record({ ...kindOf('unfreeze'), ...dryRun, scope: required }),
  framework_teardown: fc.record({ ...kindOf('framework_teardown'), ...dryRun, frameworkId: required }),
  peer_release: fc.record({ ...kindOf('peer_release'), ...dryRun, peer: required }),
};

const page = fc.record({ limit: fc.integer({ min: 1, max: 1_000 }), pageToken: anyName });

export const QUERIES: Table<Query> = {
  overview: fc.record(kindOf('overview')),
  hosts: fc.record({ ...kindOf('hosts'), owner: anyName, state: anyName, rack: anyName, name: anyName, page }),
  host: fc.record({ ...kindOf('host'), host: required }),
  frameworks: fc.record({ ...kindOf('frameworks'), workload: anyName }),
  roles: fc.record(kindOf('roles')),
  offers: fc.record({ ...kindOf('offers'), page }),
  demands: fc.record(kindOf('demands')),
  tasks: fc.record({ ...kindOf('tasks'), frameworkId: anyName, page }),
  reservations: fc.record({ ...kindOf('reservations'), host: anyName, role: anyName, idle: flag, page }),
  transitions: fc.record({ ...kindOf('transitions'), ended: flag, page }),
  transition: fc.record({ ...kindOf('transition'), transition: required }),
  plan: fc.record(kindOf('plan')),
  conditions: fc.record(kindOf('conditions')),
  freezes: fc.record(kindOf('freezes')),
  maintenance: fc.record(kindOf('maintenance')),
  why: fc.record({ ...kindOf('why'), thing: required }),
  audit: fc.record(kindOf('audit')),
};

const waitWord = fc.constantFrom<WaitWord>('working', 'waits for time', 'waits for you', 'blocked', 'gave up');
const conditionKind = fc.constantFrom<ConditionKind>(
  'OVERCOMMITTED',
  'OVER_LIMIT',
  'BELOW_GUARANTEE',
  'GUARANTEE_UNMET',
  'HOST_LOST',
  'HOST_DIRTY',
  'DUPLICATE_IDENTITY',
  'IDENTITY_CHANGED',
  'UNKNOWN_TASKS',
  'DRIFT',
  'ADOPTION_CONFLICT',
  'NO_AGENT',
  'TRANSITION_BLOCKED',
  'TRANSITION_GAVE_UP',
  'FROZEN',
  'PEER_QUARANTINED',
  'CAPACITY_SHORT',
  'RECOVERING',
  'FRAMEWORK_DISCONNECTED',
  'MASS_FAILURE',
  'DRAIN_OVERDUE',
);
const step = fc.oneof(stepName, fc.constant('offer' as const));
const condition: fc.Arbitrary<ConditionView> = fc.record({
  kind: conditionKind,
  subject: anyName,
  sinceMs: count,
  message: words,
  remedy: words,
});
const freeze: fc.Arbitrary<FreezeView> = fc.record({ scope: anyName, reason: words, by: anyName, sinceMs: count });
const transition: fc.Arbitrary<TransitionView> = fc.record({
  transitionId: anyName,
  hostId: anyName,
  hostName: anyName,
  from: anyName,
  to: anyName,
  toMode: anyName,
  planId: anyName,
  reason: words,
  requestedBy: anyName,
  direction: fc.constantFrom('forward', 'rollback'),
  step,
  attempt: int32,
  stepPhase: anyName,
  word: waitWord,
  progressMilli: fc.nat(1_000),
  message: words,
  blockedBy: many(blocker),
  forecast: fc.option(forecast),
  startedMs: count,
  endedMs: count,
  deadlineMs: count,
  outcome: anyName,
  history: many(
    fc.record({
      step,
      attempt: int32,
      state: fc.constantFrom('running', 'blocked', 'done', 'failed', 'refused', 'expired'),
      startedMs: count,
      endedMs: count,
      message: words,
    }),
  ),
});
const HOST_MODES: readonly HostMode[] = ['unclaimed', 'free', 'leased', 'shared', 'quarantined'];
const reservation: fc.Arbitrary<ReservationView> = fc.record({
  reservationId: anyName,
  hostName: anyName,
  role: anyName,
  resources,
  idle: resources,
  tasks: count,
  offers: count,
  by: anyName,
  reason: words,
  sinceMs: count,
});
const host: fc.Arbitrary<HostView> = fc.record({
  hostId: anyName,
  name: anyName,
  mode: fc.constantFrom(...HOST_MODES),
  modeSinceMs: count,
  owner: anyName,
  role: anyName,
  leaseId: anyName,
  leaseOrigin: anyName,
  phase: anyName,
  servingSinceMs: count,
  shape: anyName,
  faultDomain,
  identity,
  image: anyName,
  attributes: dictionary(
    required.filter((name) => name !== '__proto__'),
    words,
  ),
  total: resources,
  free: signedResources,
  reservations: many(reservation),
  offers: count,
  tasks: count,
  connected: flag,
  reported: flag,
  lost: flag,
  lastSeenMs: count,
  clean: flag,
  cordoned: flag,
  cordonReason: words,
  quarantineReason: words,
  transition: fc.option(transition),
  conditions: many(condition),
  drain: fc.option(
    fc.record({
      phase: fc.constantFrom('draining', 'drained', 'cordoned'),
      by: anyName,
      reason: words,
      hard: flag,
      sinceMs: count,
      deadlineMs: count,
      left: words,
      waitsFor: words,
    }),
  ),
  maintenance: anyName,
});
const demandView: fc.Arbitrary<DemandView> = fc.record({
  frameworkId: anyName,
  role: anyName,
  demandId: anyName,
  want: words,
  count,
  priority: signed,
  constraints: many(constraint),
  evidence: words,
  receivedMs: count,
  status: demandStatus,
});
const overview: fc.Arbitrary<OverviewView> = fc.record({
  term: count,
  nowMs: count,
  recovering: flag,
  planMode: anyName,
  hostsTotal: count,
  hostsConnected: count,
  hostsByMode: fc.record({ unclaimed: count, free: count, leased: count, shared: count, quarantined: count }),
  hostsLost: count,
  owners: many(
    fc.record({
      owner: anyName,
      workload: anyName,
      role: anyName,
      connected: flag,
      hosts: count,
      serving: count,
      movingIn: count,
      movingOut: count,
      wanted: count,
      entitled: count,
      guaranteeHosts: count,
      limitHosts: signed,
      why: words,
      reason: waitReason,
    }),
  ),
  moving: many(transition),
  movesCompleted: count,
  needsYou: many(fc.record({ subject: anyName, message: words, remedy: words })),
  freezes: many(freeze),
  offersOpen: count,
  tasksRunning: count,
  unmet: many(demandView),
});
const holder = fc.record({ frameworkId: anyName, role: anyName });
const paged = { total: count, nextPageToken: anyName };

export type Answer = Exclude<QueryResult, { kind: 'not_found' | 'invalid' }>;
export const ANSWERS: Table<Answer> = {
  overview: fc.record({ ...kindOf('overview'), overview }),
  hosts: fc.record({ ...kindOf('hosts'), hosts: many(host), ...paged }),
  host: fc.record({ ...kindOf('host'), host }),
  frameworks: fc.record({
    ...kindOf('frameworks'),
    frameworks: many(
      fc.record({
        frameworkId: anyName,
        workload: anyName,
        roles: many(anyName),
        connected: flag,
        sinceMs: count,
        executesSteps: flag,
        tornDown: flag,
        observed: flag,
        hosts: count,
        tasks: count,
        offers: count,
        withoutAgent: many(observedHost),
      }),
    ),
  }),
  roles: fc.record({
    ...kindOf('roles'),
    roles: many(
      fc.record({
        path: anyName,
        weight: count,
        priority: signed,
        guarantee: quantities,
        effectiveGuarantee: quantities,
        limit: quantities,
        lendingLimit: quantities,
        borrowingLimit: quantities,
        reclaim,
        used: quantities,
        offered: quantities,
        movingIn: quantities,
        reserved: quantities,
        demanded: quantities,
        entitled: quantities,
        shareMicro: count,
        frameworks: many(anyName),
      }),
    ),
  }),
  offers: fc.record({
    ...kindOf('offers'),
    offers: many(
      fc.record({
        offerId: anyName,
        hostName: anyName,
        frameworkId: anyName,
        role: anyName,
        demandId: anyName,
        wholeHost: flag,
        transitionId: anyName,
        groupId: anyName,
        reservationId: anyName,
        resources,
        madeMs: count,
        expiresMs: count,
      }),
    ),
    ...paged,
  }),
  maintenance: fc.record({
    ...kindOf('maintenance'),
    windows: many(
      fc.record({
        name: anyName,
        hosts: many(anyName),
        startsMs: count,
        endsMs: count,
        reason: words,
        drain: flag,
        hard: flag,
        drainBeforeMs: count,
        keepCordoned: flag,
        by: anyName,
        phase: fc.constantFrom('announced', 'draining', 'open', 'over'),
        hostsDraining: count,
        hostsDrained: count,
      }),
    ),
  }),
  demands: fc.record({ ...kindOf('demands'), demands: many(demandView) }),
  tasks: fc.record({
    ...kindOf('tasks'),
    tasks: many(
      fc.record({
        taskId: anyName,
        frameworkId: anyName,
        role: anyName,
        hostName: anyName,
        state: anyName,
        resources,
        message: words,
        updatedMs: count,
        reservationId: anyName,
      }),
    ),
    ...paged,
  }),
  reservations: fc.record({ ...kindOf('reservations'), reservations: many(reservation), ...paged }),
  transitions: fc.record({ ...kindOf('transitions'), transitions: many(transition), ...paged }),
  transition: fc.record({ ...kindOf('transition'), transition }),
  plan: fc.record({
    ...kindOf('plan'),
    plan: fc.option(
      fc.record({
        planId: anyName,
        version: count,
        mode: anyName,
        status: anyName,
        createdMs: count,
        decidedBy: anyName,
        moves: many(
          fc.record({
            hostId: anyName,
            from: fc.option(holder),
            to: holder,
            reason: words,
            costMs: count,
            reclaim: flag,
            hostName: anyName,
          }),
        ),
        notMoved: many(words),
      }),
    ),
  }),
  conditions: fc.record({ ...kindOf('conditions'), conditions: many(condition) }),
  freezes: fc.record({ ...kindOf('freezes'), freezes: many(freeze) }),
  why: fc.record({
    ...kindOf('why'),
    why: fc.record({
      subject: anyName,
      about: fc.constantFrom<WhyView['about']>('host', 'framework', 'role', 'move', 'demand', 'workload'),
      headline: words,
      word: waitWord,
      reasons: many(
        fc.record({
          code: fc.oneof(waitReason, conditionKind, fc.constantFrom('HOLDS' as const, 'PROGRESS' as const)),
          text: words,
          sinceMs: count,
        }),
      ),
      wouldChangeIt: many(words),
    }),
  }),
  audit: fc.record({ ...kindOf('audit'), violations: many(words) }),
};

const token = fc.record({ term: count, revision: count });
export const watchRequest: fc.Arbitrary<WatchRequest> = fc.record({
  after: fc.option(token),
  about: many(required),
  subject: anyName,
});
export const watchItem: fc.Arbitrary<WatchItem> = fc.oneof(
  fc.record({ ...kindOf('bookmark'), token }),
  fc.record({
    ...kindOf('decision'),
    token,
    atMs: count,
    decision: fc.record({
      about: anyName,
      subject: anyName,
      text: words,
      fields: dictionary(
        required.filter((name) => name !== '__proto__'),
        fc.oneof(
          words,
          flag,
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        ),
      ),
    }),
  }),
);
