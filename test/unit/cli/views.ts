/** Views as a master with 1,000 hosts would answer them. */
import type {
  ConditionView,
  DemandView,
  FrameworkView,
  HostView,
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
} from '../../../src/cli/operator-access.js';
import { NOW_MS } from './support.js';

const MINUTE = 60_000;

export function move(change: Partial<TransitionView> = {}): TransitionView {
  return {
    transitionId: 't-4-31',
    hostId: 'h-17',
    hostName: 'node17',
    from: 'ovirt/prod',
    to: 'kubernetes/east',
    toMode: 'leased',
    planId: 'p-4-88',
    reason: 'east is below its guarantee',
    requestedBy: 'planner',
    direction: 'forward',
    step: 'drain',
    attempt: 1,
    stepPhase: 'asked',
    word: 'working',
    progressMilli: 400,
    message: '6 VMs left',
    blockedBy: [],
    forecast: { durationLowMs: 4 * MINUTE, durationHighMs: 9 * MINUTE, units: 15, wouldKill: [], blockers: [] },
    startedMs: NOW_MS - 5 * MINUTE,
    endedMs: 0,
    deadlineMs: NOW_MS + 25 * MINUTE,
    outcome: 'running',
    history: [
      {
        step: 'forecast',
        attempt: 1,
        state: 'done',
        startedMs: NOW_MS - 5 * MINUTE,
        endedMs: NOW_MS - 5 * MINUTE + 2_000,
        message: '',
      },
    ],
    ...change,
  };
}

export function owner(change: Partial<OwnerView> = {}): OwnerView {
  return {
    owner: 'ovirt/prod',
    workload: 'ovirt',
    role: '/prod/vms',
    connected: true,
    hosts: 402,
    serving: 398,
    movingIn: 0,
    movingOut: 4,
    wanted: 402,
    entitled: 450,
    guaranteeHosts: 400,
    limitHosts: 500,
    why: 'has all it asks for',
    reason: 'NONE',
    ...change,
  };
}

export function demand(change: Partial<DemandView> = {}): DemandView {
  return {
    frameworkId: 'kubernetes/east',
    role: '/prod/pods',
    demandId: 'gpu-pool',
    want: 'hosts of shape gpu-a',
    count: 12,
    priority: 0,
    constraints: [],
    evidence: '214 pods waiting',
    receivedMs: NOW_MS - 14 * MINUTE,
    status: {
      demandId: 'gpu-pool',
      granted: 0,
      offered: 0,
      movingIn: 4,
      pending: 8,
      unmetReason: 'MIN_HOLD',
      message: '8 hosts lent, back by 10:40',
    },
    ...change,
  };
}

export function overview(change: Partial<OverviewView> = {}): OverviewView {
  return {
    term: 4,
    nowMs: NOW_MS,
    recovering: false,
    planMode: 'auto',
    hostsTotal: 1_000,
    hostsConnected: 998,
    hostsByMode: { unclaimed: 0, free: 41, leased: 943, shared: 9, quarantined: 7 },
    hostsLost: 2,
    owners: [
      owner(),
      owner({
        owner: 'kubernetes/east',
        workload: 'kubernetes',
        role: '/prod/pods',
        hosts: 361,
        serving: 352,
        movingIn: 4,
        movingOut: 0,
        wanted: 373,
        guaranteeHosts: 300,
        limitHosts: -1,
        why: 'waiting: 8 hosts lent, back by 10:40',
        reason: 'MIN_HOLD',
      }),
      owner({
        owner: 'hadoop/night',
        workload: 'hadoop',
        role: '/research/hadoop',
        connected: false,
        hosts: 180,
        serving: 180,
        movingOut: 0,
        wanted: 300,
        guaranteeHosts: 100,
        limitHosts: 400,
        why: 'its framework is away; what it holds stays its own',
        reason: 'DISCONNECTED',
      }),
      owner({
        owner: '',
        workload: '',
        role: '',
        hosts: 57,
        serving: 0,
        movingIn: 0,
        movingOut: 0,
        wanted: 0,
        guaranteeHosts: 0,
        limitHosts: -1,
        why: '41 free, 7 quarantined hosts',
      }),
    ],
    moving: [
      move(),
      move({
        transitionId: 't-4-32',
        hostName: 'node9',
        word: 'waits for you',
        step: 'drain',
        progressMilli: 0,
        message: '',
        blockedBy: [],
      }),
    ],
    movesCompleted: 212,
    needsYou: [{ subject: 'node9', message: 'vm-db2 is pinned to node9', remedy: 'mosaic why node9' }],
    freezes: [],
    offersOpen: 3,
    tasksRunning: 12,
    unmet: [demand()],
    ...change,
  };
}

export function host(change: Partial<HostView> = {}): HostView {
  return {
    hostId: 'h-17',
    name: 'node17',
    mode: 'leased',
    modeSinceMs: NOW_MS - 26 * 60 * MINUTE,
    owner: 'ovirt/prod',
    role: '/prod/vms',
    leaseId: 'l-4-9',
    leaseOrigin: 'adopted',
    phase: 'leaving',
    servingSinceMs: NOW_MS - 25 * 60 * MINUTE,
    shape: 'standard',
    faultDomain: { region: 'eu', zone: 'z1', rack: 'r7' },
    identity: { uuid: '4c4c4544-0042-3510-8052-b4c04f4d4732', serial: 'B5QRMG2', macs: ['52:54:00:12:34:56'] },
    image: 'quay.io/fleet/base@sha256:1f3a',
    attributes: { arch: 'x86_64', disk: 'nvme' },
    total: { quantities: { cpusMilli: 64_000, memoryBytes: 256 * 1024 ** 3 }, ports: [] },
    free: { quantities: {}, ports: [] },
    reservations: [],
    offers: 0,
    tasks: 0,
    connected: true,
    reported: true,
    lost: false,
    lastSeenMs: NOW_MS - 2_000,
    clean: false,
    cordoned: false,
    cordonReason: '',
    quarantineReason: '',
    transition: move(),
    conditions: [
      {
        kind: 'TRANSITION_BLOCKED',
        subject: 'node17',
        sinceMs: NOW_MS - MINUTE,
        message: 'drain is blocked by vm-db2',
        remedy: 'mosaic why node17',
      },
    ],
    drain: null,
    maintenance: '',
    ...change,
  };
}

export const why: WhyView = {
  subject: 'kubernetes/east/gpu-pool',
  about: 'demand',
  headline: 'kubernetes/east waits 14m for 12 hosts (shape gpu-a, all or nothing)',
  word: 'waits for time',
  reasons: [
    { code: 'MIN_HOLD', text: '6 hosts fit but are in minimum hold until 11:20', sinceMs: NOW_MS - 14 * MINUTE },
    {
      code: 'NO_MATCH',
      text: '41 free hosts: 30 lack a gpu, 11 stand in rack r7, which the demand excludes',
      sinceMs: 0,
    },
  ],
  wouldChangeIt: ['mosaic quota set /prod/pods --guarantee hosts=312', 'wait 1h12m until the hold ends'],
};

export const plan: PlanView = {
  planId: 'p-4-88',
  version: 3,
  mode: 'approve',
  status: 'proposed',
  createdMs: NOW_MS - MINUTE,
  decidedBy: '',
  moves: [
    {
      hostId: 'h-17',
      hostName: 'node17',
      from: { frameworkId: 'ovirt/prod', role: '/prod/vms' },
      to: { frameworkId: 'kubernetes/east', role: '/prod/pods' },
      reason: 'east is below its guarantee',
      costMs: 11 * MINUTE,
      reclaim: true,
    },
    {
      hostId: 'h-3',
      hostName: 'node3',
      from: null,
      to: { frameworkId: 'hadoop/night', role: '/research/hadoop' },
      reason: 'free and wanted',
      costMs: 4 * MINUTE,
      reclaim: false,
    },
  ],
  notMoved: ['6 hosts are in minimum hold until 11:20'],
};

export function role(change: Partial<RoleView> = {}): RoleView {
  return {
    path: '/research/hadoop',
    weight: 2,
    priority: 0,
    guarantee: { hosts: 10 },
    effectiveGuarantee: { hosts: 8 },
    limit: { hosts: 20, cpusMilli: 128_000 },
    lendingLimit: {},
    borrowingLimit: {},
    reclaim: { kind: 'soft', graceMs: 0, deadlineMs: 900_000, movesPerRound: 5, minHoldMs: -1 },
    used: { hosts: 12, cpusMilli: 96_000 },
    offered: {},
    movingIn: { hosts: 1 },
    reserved: {},
    demanded: { hosts: 18 },
    entitled: { hosts: 14 },
    shareMicro: 123_456,
    frameworks: ['hadoop/night'],
    ...change,
  };
}

export const framework: FrameworkView = {
  frameworkId: 'ovirt/prod',
  workload: 'ovirt',
  roles: ['/prod/vms'],
  connected: true,
  sinceMs: NOW_MS - 3 * 60 * MINUTE,
  executesSteps: true,
  tornDown: false,
  observed: true,
  hosts: 402,
  tasks: 0,
  offers: 1,
  withoutAgent: [
    {
      identity: { uuid: 'u', serial: '', macs: [] },
      name: 'old-box',
      managerState: 'up',
      serving: true,
      units: 3,
      leaveEstimateMs: 0,
      drift: '',
    },
  ],
};

export const offer: OfferView = {
  offerId: 'o-4-7',
  hostName: 'node3',
  frameworkId: 'hadoop/night',
  role: '/research/hadoop',
  demandId: 'd1',
  wholeHost: true,
  transitionId: '',
  groupId: '',
  reservationId: '',
  resources: { quantities: { cpusMilli: 32_000 }, ports: [] },
  madeMs: NOW_MS - 4_000,
  expiresMs: NOW_MS + 26_000,
};

export const task: TaskView = {
  taskId: 'job-1',
  frameworkId: 'batch/main',
  role: '/batch',
  hostName: 'node5',
  state: 'running',
  resources: { quantities: { cpusMilli: 500, memoryBytes: 2 * 1024 ** 3 }, ports: [] },
  message: '',
  updatedMs: NOW_MS - 61_000,
  reservationId: '',
};

export function reservation(change: Partial<ReservationView> = {}): ReservationView {
  return {
    reservationId: 'r-4-12',
    hostName: 'node5',
    role: '/batch',
    resources: { quantities: { cpusMilli: 4_000, memoryBytes: 8 * 1024 ** 3 }, ports: [{ first: 8_000, last: 8_009 }] },
    idle: { quantities: { cpusMilli: 3_500, memoryBytes: 6 * 1024 ** 3 }, ports: [{ first: 8_000, last: 8_009 }] },
    tasks: 1,
    offers: 0,
    by: 'operator:anna',
    reason: 'nightly reports',
    sinceMs: NOW_MS - 3 * 60 * MINUTE,
    ...change,
  };
}

export const condition: ConditionView = {
  kind: 'HOST_LOST',
  subject: 'node8',
  sinceMs: NOW_MS - 90_000,
  message: 'no contact for 90s',
  remedy: 'mosaic host confirm-off node8',
};

export function window(change: Partial<WindowView> = {}): WindowView {
  return {
    name: 'switch-r7',
    hosts: ['node17', 'node18'],
    startsMs: NOW_MS + 60 * MINUTE,
    endsMs: NOW_MS + 180 * MINUTE,
    reason: 'new switch',
    drain: true,
    hard: false,
    drainBeforeMs: 30 * MINUTE,
    keepCordoned: false,
    by: 'operator:ana',
    phase: 'announced',
    hostsDraining: 0,
    hostsDrained: 0,
    ...change,
  };
}
