import type {
  ConditionView,
  DemandView,
  DrainView,
  FrameworkView,
  FreezeView,
  HostMode,
  HostView,
  NeedView,
  OfferView,
  OverviewView,
  OwnerView,
  PlanView,
  ReservationView,
  RoleView,
  TaskView,
  TransitionView,
  WhyView,
  WindowView,
} from '../../../scheduler/index.js';
import { type Codec, list, mapped, message, nullable, optional } from './codec.js';
import { reclaimPolicy } from './commands.js';
import { demandStatus, waitReason } from './framework.js';
import { faultDomain, identity, shownConstraints, shownQuantities, shownResources } from './resources.js';
import { dictionary, enumeration, flag, plain, signed } from './scalars.js';
import { blocker, forecast, observedHost } from './steps.js';

/**
 * What the master shows. Its own words and numbers are not judged again: only their form is. An enum value that only a
 * newer master knows is read as the nearest harmless one.
 */
const many = <D, I, O>(codec: Codec<D, I, O>): Codec<readonly D[], I[], readonly O[]> =>
  list(codec, { max: Number.MAX_SAFE_INTEGER });

const words = many(plain);
const labels = dictionary(plain, plain, Number.MAX_SAFE_INTEGER);

/** Sets that grow with the master: a word that this client does not know is shown as it came. */
function openSet<D extends string>(): Codec<D, string, string> {
  return { encode: (value) => value, decode: (wire) => wire as D, check: () => undefined };
}

const waitWord = enumeration(
  'WAIT_WORD',
  ['working', 'waits for time', 'waits for you', 'blocked', 'gave up'],
  'working',
);

const transitionStep = enumeration(
  'TRANSITION_STEP',
  ['forecast', 'drain', 'cancel_drain', 'leave', 'wipe', 'verify_clean', 'prepare', 'join', 'verify', 'offer'],
  'prepare',
);

const HOST_MODES = ['unclaimed', 'free', 'leased', 'shared', 'quarantined'] as const satisfies readonly HostMode[];

export const conditionView = message<'Condition', ConditionView>({
  kind: enumeration(
    'CONDITION_KIND',
    [
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
    ],
    'DRIFT',
  ),
  subject: plain,
  sinceMs: signed,
  message: plain,
  remedy: plain,
});

export const freezeView = message<'FrozenScope', FreezeView>({
  scope: plain,
  reason: plain,
  by: plain,
  sinceMs: signed,
});

export const transitionView = message<'Transition', TransitionView>({
  transitionId: plain,
  hostId: plain,
  hostName: plain,
  from: plain,
  to: plain,
  toMode: plain,
  planId: plain,
  reason: plain,
  requestedBy: plain,
  direction: enumeration('TRANSITION_DIRECTION', ['forward', 'rollback'], 'forward'),
  step: transitionStep,
  attempt: signed,
  stepPhase: plain,
  word: waitWord,
  progressMilli: signed,
  message: plain,
  blockedBy: many(blocker),
  forecast: nullable(forecast),
  startedMs: signed,
  endedMs: signed,
  deadlineMs: signed,
  outcome: plain,
  history: many(
    message<'StepOutcome', TransitionView['history'][number]>({
      step: transitionStep,
      attempt: signed,
      state: enumeration('STEP_END', ['running', 'blocked', 'done', 'failed', 'refused', 'expired'], 'running'),
      startedMs: signed,
      endedMs: signed,
      message: plain,
    }),
  ),
});

export const reservationView = message<'Reservation', ReservationView>({
  reservationId: plain,
  hostName: plain,
  role: plain,
  resources: shownResources,
  idle: shownResources,
  tasks: signed,
  offers: signed,
  by: plain,
  reason: plain,
  sinceMs: signed,
});

export const hostView = message<'Host', HostView>({
  hostId: plain,
  name: plain,
  mode: enumeration('HOST_MODE', HOST_MODES, 'unclaimed'),
  modeSinceMs: signed,
  owner: plain,
  role: plain,
  leaseId: plain,
  leaseOrigin: plain,
  phase: plain,
  servingSinceMs: signed,
  shape: plain,
  faultDomain,
  identity,
  image: plain,
  attributes: labels,
  total: shownResources,
  free: shownResources,
  offers: signed,
  tasks: signed,
  connected: flag,
  reported: flag,
  lost: flag,
  lastSeenMs: signed,
  clean: flag,
  cordoned: flag,
  cordonReason: plain,
  quarantineReason: plain,
  transition: nullable(transitionView),
  conditions: many(conditionView),
  drain: nullable(
    message<'HostDrain', DrainView>({
      phase: openSet<DrainView['phase']>(),
      by: plain,
      reason: plain,
      hard: flag,
      sinceMs: signed,
      deadlineMs: signed,
      left: plain,
      waitsFor: plain,
    }),
  ),
  maintenance: plain,
  reservations: many(reservationView),
});

export const windowView = message<'MaintenanceWindow', WindowView>({
  name: plain,
  hosts: words,
  startsMs: signed,
  endsMs: signed,
  reason: plain,
  drain: flag,
  hard: flag,
  drainBeforeMs: mapped(
    optional(signed),
    (ms: number): number | undefined => ms,
    (ms) => ms ?? 0,
  ),
  keepCordoned: flag,
  by: plain,
  phase: openSet<WindowView['phase']>(),
  hostsDraining: signed,
  hostsDrained: signed,
});

export const demandView = message<'StandingDemand', DemandView>({
  frameworkId: plain,
  role: plain,
  demandId: plain,
  want: plain,
  count: signed,
  priority: signed,
  constraints: shownConstraints,
  evidence: plain,
  receivedMs: signed,
  status: demandStatus,
});

const ownerView = message<'Owner', OwnerView>({
  owner: plain,
  workload: plain,
  role: plain,
  connected: flag,
  hosts: signed,
  serving: signed,
  movingIn: signed,
  movingOut: signed,
  wanted: signed,
  entitled: signed,
  guaranteeHosts: signed,
  limitHosts: signed,
  why: plain,
  reason: waitReason,
});

const modeCounts = dictionary(plain, signed, Number.MAX_SAFE_INTEGER);

/** Every mode is there, with 0 where the wire has none; modes that only a newer master knows are left out. */
const hostsByMode: Codec<OverviewView['hostsByMode'], Record<string, number>, Readonly<Record<string, number>>> = {
  encode: (value) => modeCounts.encode(value),
  decode: (wire) => {
    const counts = modeCounts.decode(wire);
    return Object.fromEntries(HOST_MODES.map((mode) => [mode, counts[mode] ?? 0])) as Record<HostMode, number>;
  },
  check: () => undefined,
};

export const overviewView = message<'Overview', OverviewView>({
  term: signed,
  nowMs: signed,
  recovering: flag,
  planMode: plain,
  hostsTotal: signed,
  hostsConnected: signed,
  hostsByMode,
  hostsLost: signed,
  owners: many(ownerView),
  moving: many(transitionView),
  movesCompleted: signed,
  needsYou: many(message<'Need', NeedView>({ subject: plain, message: plain, remedy: plain })),
  freezes: many(freezeView),
  offersOpen: signed,
  tasksRunning: signed,
  unmet: many(demandView),
});

export const frameworkView = message<'Framework', FrameworkView>({
  frameworkId: plain,
  workload: plain,
  roles: words,
  connected: flag,
  sinceMs: signed,
  executesSteps: flag,
  tornDown: flag,
  observed: flag,
  hosts: signed,
  tasks: signed,
  offers: signed,
  withoutAgent: many(observedHost),
});

export const roleView = message<'Role', RoleView>({
  path: plain,
  weight: signed,
  priority: signed,
  guarantee: shownQuantities,
  effectiveGuarantee: shownQuantities,
  limit: shownQuantities,
  lendingLimit: shownQuantities,
  borrowingLimit: shownQuantities,
  reclaim: reclaimPolicy,
  used: shownQuantities,
  offered: shownQuantities,
  movingIn: shownQuantities,
  reserved: shownQuantities,
  demanded: shownQuantities,
  entitled: shownQuantities,
  shareMicro: signed,
  frameworks: words,
});

export const offerView = message<'OpenOffer', OfferView>({
  offerId: plain,
  hostName: plain,
  frameworkId: plain,
  role: plain,
  demandId: plain,
  wholeHost: flag,
  transitionId: plain,
  groupId: plain,
  reservationId: plain,
  resources: shownResources,
  madeMs: signed,
  expiresMs: signed,
});

const holder = message<'Holder', PlanView['moves'][number]['to']>({ frameworkId: plain, role: plain });

export const planView = message<'Plan', PlanView>({
  planId: plain,
  version: signed,
  mode: plain,
  status: plain,
  createdMs: signed,
  decidedBy: plain,
  moves: many(
    message<'PlannedMove', PlanView['moves'][number]>({
      hostId: plain,
      from: nullable(holder),
      to: holder,
      reason: plain,
      costMs: signed,
      reclaim: flag,
      hostName: plain,
    }),
  ),
  notMoved: words,
});

export const taskView = message<'Task', TaskView>({
  taskId: plain,
  frameworkId: plain,
  role: plain,
  hostName: plain,
  state: plain,
  resources: shownResources,
  message: plain,
  updatedMs: signed,
  reservationId: plain,
});

export const whyView = message<'Why', WhyView>({
  subject: plain,
  about: openSet<WhyView['about']>(),
  headline: plain,
  word: waitWord,
  reasons: many(
    message<'WhyReason', WhyView['reasons'][number]>({
      code: openSet<WhyView['reasons'][number]['code']>(),
      text: plain,
      sinceMs: signed,
    }),
  ),
  wouldChangeIt: words,
});
