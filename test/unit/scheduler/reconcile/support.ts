// A real core with peers that are driven by hand: each helper does what the session layer would have the core do.
import { rescindOffers } from '../../../../scheduler/allocate/rescind.js';
import { DEFAULT_OPTIONS, type SchedulerOptions } from '../../../../scheduler/config.js';
import { Core } from '../../../../scheduler/core.js';
import type { Effect } from '../../../../scheduler/effects.js';
import type {
  AgentCommand,
  AgentReport,
  FrameworkEvent,
  HostIdentity,
  ObservedHost,
  PeerId,
  SessionHello,
  TaskSpec,
  TaskStatus,
} from '../../../../scheduler/protocol.js';
import { ensureDefaults, newRole } from '../../../../scheduler/quota/index.js';
import { beginJoin, onLandingLost } from '../../../../scheduler/reassign/index.js';
import {
  launchTasks,
  onAgentReport,
  onObservation,
  openSession,
  peerConnected,
  recoverPeers,
} from '../../../../scheduler/reconcile/index.js';
import type { HostRecord, TaskRecord } from '../../../../scheduler/state/records.js';

export const GIB = 1024 ** 3;

export function makeCore(options: Partial<SchedulerOptions> = {}, term = 1): Core {
  const core = new Core({ ...DEFAULT_OPTIONS, ...options });
  core.term = term;
  core.nowMs = 1_000_000;
  core.startedMs = core.nowMs;
  core.upcalls = { beginJoin, onLandingLost, launchTasks: (...args) => void launchTasks(...args), rescindOffers };
  ensureDefaults(core);
  core.state.roles.put(newRole('/prod'));
  core.state.roles.put(newRole('/test'));
  recoverPeers(core);
  core.takeEffects();
  core.state.takeMutations();
  return core;
}

/** The same durable state in a new process. */
export function restart(core: Core): Core {
  const next = new Core(core.options);
  next.state.load(core.state.dump());
  next.term = core.term + 1;
  next.nowMs = core.nowMs;
  next.startedMs = core.nowMs;
  next.upcalls = core.upcalls;
  ensureDefaults(next);
  recoverPeers(next);
  next.takeEffects();
  return next;
}

export function identity(n: number, change: Partial<HostIdentity> = {}): HostIdentity {
  const hex = n.toString(16).padStart(4, '0');
  return {
    uuid: `4c4c4544-0042-4710-8057-b8c04f33${hex}`,
    serial: `sn${hex}`,
    macs: [`52:54:00:00:${hex.slice(0, 2)}:${hex.slice(2)}`],
    ...change,
  };
}

export function agentHello(name: string, who: HostIdentity, change: Partial<SessionHello> = {}): SessionHello {
  return hello({ kind: 'agent', name, identity: who }, name, change);
}

export function frameworkHello(
  id: string,
  roles: readonly string[] = ['/prod'],
  change: Partial<SessionHello> = {},
): SessionHello {
  const [workload = '', name = ''] = id.split('/');
  return hello({ kind: 'framework', workload, name, roles, executesSteps: true }, id, change);
}

function hello(who: SessionHello['who'], name: string, change: Partial<SessionHello>): SessionHello {
  return {
    who,
    incarnation: `${name}#1`,
    secretHash: `secret of ${name}`,
    outboxFirstSeq: 1,
    appliedTerm: 0,
    appliedSeq: 0,
    highestTerm: 0,
    ...change,
  };
}

export type Answer = Extract<Effect, { readonly kind: 'session_accepted' | 'session_refused' }>;

/** Says hello and returns the one answer; other effects of the step are dropped. */
export function open(core: Core, sent: SessionHello, appliedSeq = new Map<PeerId, number>()): Answer {
  openSession(core, { kind: 'session_open', connectionId: 'c1', hello: sent }, appliedSeq);
  const answers = core
    .takeEffects()
    .filter((effect): effect is Answer => effect.kind === 'session_accepted' || effect.kind === 'session_refused');
  const [answer] = answers;
  if (answer === undefined || answers.length > 1) throw new Error(`${answers.length} answers to one hello`);
  return answer;
}

/** Opens and connects an agent; returns its host's id. */
export function connectAgent(core: Core, name: string, who: HostIdentity, change: Partial<SessionHello> = {}): string {
  const answer = open(core, agentHello(name, who, change));
  if (answer.kind === 'session_refused') throw new Error(`refused: ${answer.message}`);
  peerConnected(core, answer.peerId, false);
  core.takeEffects();
  return answer.assignedId;
}

export function connectFramework(
  core: Core,
  id: string,
  roles: readonly string[] = ['/prod'],
  change: Partial<SessionHello> = {},
): void {
  const answer = open(core, frameworkHello(id, roles, change));
  if (answer.kind === 'session_refused') throw new Error(`refused: ${answer.message}`);
  peerConnected(core, answer.peerId, false);
  core.takeEffects();
}

export function report(change: Partial<AgentReport> = {}): AgentReport {
  return {
    resources: { quantities: { cpusMilli: 16_000, memoryBytes: 64 * GIB }, ports: [{ first: 31_000, last: 31_999 }] },
    attributes: { arch: 'x86_64' },
    faultDomain: { region: 'r1', zone: 'z1', rack: 'k1' },
    image: 'fcos-43',
    agentVersion: '0.1.0',
    lastCommandSeq: 0,
    tasks: [],
    profile: '',
    cleanliness: '',
    ...change,
  };
}

/** A connected agent that has reported; returns its host's id. */
export function joinAgent(core: Core, n: number, change: Partial<AgentReport> = {}): string {
  const hostId = connectAgent(core, `node${n}`, identity(n));
  onAgentReport(core, hostId, report(change));
  core.takeEffects();
  return hostId;
}

export function hostOf(core: Core, hostId: string): HostRecord {
  const host = core.state.hosts.get(hostId);
  if (host === undefined) throw new Error(`no host ${hostId}`);
  return host;
}

/** Puts a host where a test needs it, without the moves that lead there. */
export function setMode(core: Core, hostId: string, mode: 'free' | 'shared'): void {
  core.state.hosts.put({ ...hostOf(core, hostId), mode, modeSinceMs: core.nowMs, clean: mode === 'free' });
}

/** Leases a host to a framework that serves on it. */
export function lease(core: Core, hostId: string, frameworkId: string, role = '/prod'): string {
  const leaseId = core.nextId('l');
  core.state.leases.put({
    leaseId,
    hostId,
    frameworkId,
    role,
    origin: 'claimed',
    phase: 'serving',
    sinceMs: core.nowMs,
    servingSinceMs: core.nowMs,
  });
  core.state.hosts.put({ ...hostOf(core, hostId), mode: 'leased', leaseId, clean: false });
  return leaseId;
}

export function observed(n: number, change: Partial<ObservedHost> = {}): ObservedHost {
  return {
    identity: identity(n),
    name: `node${n}`,
    managerState: 'up',
    serving: true,
    units: 3,
    leaveEstimateMs: 60_000,
    drift: '',
    ...change,
  };
}

export function observe(core: Core, frameworkId: string, hosts: readonly ObservedHost[], complete = true): void {
  onObservation(core, frameworkId, { kind: 'observation', complete, hosts });
}

export function spec(taskId: string, cpusMilli = 1_000): TaskSpec {
  return {
    taskId,
    name: taskId,
    resources: { quantities: { cpusMilli, memoryBytes: GIB }, ports: [] },
    image: 'quay.io/example/app:1',
    command: ['run'],
    env: {},
    killGraceMs: 5_000,
    labels: {},
  };
}

export function status(taskId: string, hostId: string, change: Partial<TaskStatus> = {}): TaskStatus {
  return { taskId, hostId, state: 'running', statusSeq: 1, message: '', exitCode: null, ...change };
}

export function taskOf(core: Core, key: string): TaskRecord {
  const task = core.state.tasks.get(key);
  if (task === undefined) throw new Error(`no task ${key}`);
  return task;
}

/** Messages sent since the effects were last taken, by receiver. */
export function sent(core: Core): {
  readonly toAgents: readonly AgentCommand[];
  readonly toFrameworks: readonly FrameworkEvent[];
  readonly all: readonly Effect[];
} {
  const all = core.takeEffects();
  const toAgents: AgentCommand[] = [];
  const toFrameworks: FrameworkEvent[] = [];
  for (const effect of all) {
    if (effect.kind !== 'send') continue;
    if (effect.peerId.startsWith('agent/')) toAgents.push(effect.message as AgentCommand);
    else toFrameworks.push(effect.message as FrameworkEvent);
  }
  return { toAgents, toFrameworks, all };
}

export function condition(core: Core, kind: string, subject: string): string | undefined {
  return core.state.conditions.get(`${kind}|${subject}`)?.message;
}
