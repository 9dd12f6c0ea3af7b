/** One core for each test, with records put into it by hand: sound ones, which the test then breaks. */
import { DEFAULT_OPTIONS } from '../../../scheduler/config.js';
import { Core } from '../../../scheduler/core.js';
import { auditAll, violationText } from '../../../scheduler/invariants.js';
import { ensureDefaults } from '../../../scheduler/quota/index.js';
import type { Resources } from '../../../scheduler/resources/types.js';
import type {
  HostRecord,
  LeaseRecord,
  OfferRecord,
  TaskRecord,
  TransitionRecord,
} from '../../../scheduler/state/records.js';

export const TOTAL: Resources = {
  quantities: { cpusMilli: 8_000, memoryBytes: 1_000 },
  ports: [{ first: 100, last: 199 }],
};

/** Another one for each test. */
export let core: Core;

export function host(hostId: string, change: Partial<HostRecord> = {}): HostRecord {
  const record: HostRecord = {
    hostId,
    name: hostId,
    identity: { uuid: `uuid-${hostId}`, serial: '', macs: [] },
    resources: TOTAL,
    attributes: {},
    faultDomain: { region: '', zone: '', rack: '' },
    image: '',
    shape: 'standard',
    mode: 'free',
    modeSinceMs: 0,
    quarantineReason: '',
    leaseId: null,
    transitionId: null,
    clean: true,
    cordoned: false,
    cordonReason: '',
    commandSeq: 0,
    coolDownUntilMs: 0,
    ...change,
  };
  core.state.hosts.put(record);
  core.state.hostPresence.put({
    hostId,
    connected: true,
    reported: true,
    lastSeenMs: 0,
    lost: false,
    profile: '',
    cleanliness: 'clean',
  });
  return record;
}

export function framework(frameworkId: string, role = '/'): void {
  const [workload = '', name = ''] = frameworkId.split('/');
  core.state.frameworks.put({
    frameworkId,
    workload,
    name,
    roles: [role],
    executesSteps: true,
    registeredMs: 0,
    tornDown: false,
  });
}

export function lease(leaseId: string, hostId: string, change: Partial<LeaseRecord> = {}): LeaseRecord {
  const record: LeaseRecord = {
    leaseId,
    hostId,
    frameworkId: 'ovirt/prod',
    role: '/',
    origin: 'claimed',
    phase: 'serving',
    sinceMs: 0,
    servingSinceMs: 1,
    ...change,
  };
  core.state.leases.put(record);
  return record;
}

export function leased(hostId: string, change: Partial<LeaseRecord> = {}): void {
  host(hostId, { mode: 'leased', leaseId: `l-${hostId}`, clean: false });
  lease(`l-${hostId}`, hostId, change);
}

export function offer(offerId: string, hostId: string, change: Partial<OfferRecord> = {}): void {
  core.state.offers.put({
    offerId,
    hostId,
    frameworkId: 'ovirt/prod',
    role: '/',
    demandId: 'd',
    resources: TOTAL,
    wholeHost: true,
    transitionId: null,
    groupId: null,
    madeMs: 0,
    expiresMs: 30_000,
    ofHost: core.state.offersByHost.roll(hostId),
    ofFramework: core.state.offersByFramework.roll('ovirt/prod'),
    ...change,
  });
  core.offerEnds.add(offerId, 30_000);
  core.timers.set('offers/30000', 30_000);
}

export function task(taskId: string, hostId: string, resources: Resources, change: Partial<TaskRecord> = {}): void {
  core.state.tasks.put({
    taskKey: `ovirt/prod/${taskId}`,
    taskId,
    frameworkId: 'ovirt/prod',
    role: '/',
    hostId,
    spec: { taskId, name: taskId, resources, image: 'i', command: [], env: {}, killGraceMs: 0, labels: {} },
    state: 'running',
    statusSeq: 1,
    message: '',
    exitCode: null,
    launchSeq: 1,
    killSeq: 0,
    killGraceMs: 0,
    updatedMs: 0,
    ...change,
  });
}

export function transition(transitionId: string, hostId: string, change: Partial<TransitionRecord> = {}): void {
  core.state.transitions.put({
    transitionId,
    hostId,
    from: { frameworkId: 'ovirt/prod', role: '/' },
    to: null,
    toMode: 'free',
    leaseId: null,
    planId: null,
    demandId: '',
    reason: 'test',
    requestedBy: 'planner',
    direction: 'forward',
    step: 'drain',
    attempt: 1,
    stepPhase: 'asked',
    stepStartedMs: 0,
    leaseUntilMs: 70_000,
    deadlineMs: 0,
    notBeforeMs: 0,
    left: false,
    hard: false,
    reclaim: false,
    drainDeadlineMs: 0,
    tries: 0,
    history: [],
    startedMs: 0,
    endedMs: 0,
    outcome: 'running',
    word: 'working',
    cancelRequested: false,
    ...change,
  });
  core.timers.set(`transition/${transitionId}`, 70_000);
}

/** Messages of a full audit, as people read them. */
export function audit(): readonly string[] {
  return auditAll(core).map(violationText);
}

/** To be called before each test. */
export function startAnew(): void {
  core = new Core(DEFAULT_OPTIONS);
  core.term = 1;
  ensureDefaults(core);
  core.timers.set('plan', 60_000);
  framework('ovirt/prod');
  core.state.takeMutations();
}
