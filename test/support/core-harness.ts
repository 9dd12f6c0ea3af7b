// Drives a `Master` without any shell: connects peers, carries their messages, lets time pass by the core's own wake-ups,
// and keeps what a store would hold, so that a test can restart from it at any moment.
import { strict as assert } from 'node:assert';
import {
  DEFAULT_OPTIONS,
  Master,
  type AgentCommand,
  type AgentReport,
  type DemandEntry,
  type Effect,
  type Event,
  type FrameworkEvent,
  type FrameworkMessage,
  type MasterMessage,
  type Mutation,
  type OperatorCommand,
  type OperatorReply,
  type PeerMessage,
  type Query,
  type QueryResult,
  type Resources,
  type SchedulerOptions,
  type SessionHello,
  type StepName,
  type StepRequest,
  type StepUpdate,
  type TaskStatus,
  type WhyView,
} from '../../scheduler/index.js';

/** Messages answered in a row without time passing; a ping-pong longer than this is a bug. */
const MESSAGES_IN_A_ROW_MAX = 100_000;
const TICKS_PER_ADVANCE_MAX = 100_000;
/** When every test begins. */
export const START_MS = 1_000_000;

/** How a peer plays one step: its end at once, no answer at all, or whatever the function makes of the request. */
export type StepPlay =
  'done' | 'failed' | 'refused' | 'silent' | ((request: StepRequest) => Partial<StepUpdate> | null);

export const GIB = 1024 ** 3;

/** `cpus` whole CPUs, `memoryGib` GiB, and the task ports. */
export function resources(cpus = 16, memoryGib = 64): Resources {
  return {
    quantities: { cpusMilli: cpus * 1000, memoryBytes: memoryGib * GIB },
    ports: [{ first: 31_000, last: 31_999 }],
  };
}

export function hostsWanted(demandId: string, count: number, change: Partial<DemandEntry> = {}): DemandEntry {
  return {
    demandId,
    want: { kind: 'hosts', shape: 'standard' },
    count,
    minimum: 0,
    allOrNothing: false,
    constraints: [],
    placement: [],
    priority: 0,
    deadlineMs: 0,
    ageMs: 0,
    evidence: '',
    ...change,
  };
}

export function slicesWanted(
  demandId: string,
  count: number,
  each: Resources,
  change: Partial<DemandEntry> = {},
): DemandEntry {
  return { ...hostsWanted(demandId, count), want: { kind: 'slices', resources: each }, ...change };
}

/** What both kinds of peers share: one session with its sequences, and how steps are played. */
abstract class Peer {
  readonly harness: CoreHarness;
  readonly name: string;
  readonly steps = new Map<StepName, StepPlay>();
  /** Everything the master sent, newest last. */
  readonly received: MasterMessage[] = [];
  peerId = '';
  connected = false;
  incarnation = 1;
  #seq = 0;
  #appliedSeq = 0;
  #last: PeerMessage | null = null;
  /** Step requests that were played `silent`, to be answered by hand. */
  readonly unanswered: StepRequest[] = [];

  constructor(harness: CoreHarness, name: string) {
    this.harness = harness;
    this.name = name;
  }

  abstract who(): SessionHello['who'];
  abstract handle(message: MasterMessage): void;
  /** What the peer says first in each session. */
  abstract greet(): void;

  hello(): SessionHello {
    return {
      who: this.who(),
      incarnation: `${this.name}#${this.incarnation}`,
      secretHash: `secret of ${this.name}`,
      outboxFirstSeq: this.#seq + 1,
      appliedTerm: this.harness.term,
      appliedSeq: this.#appliedSeq,
      highestTerm: this.harness.term,
    };
  }

  /** Opens the session; the effects tell whether it was accepted. */
  connect(): this {
    const connectionId = `c-${this.name}`;
    const effects = this.harness.step({ kind: 'session_open', connectionId, hello: this.hello() });
    const accepted = effects.find((effect) => effect.kind === 'session_accepted');
    if (accepted === undefined) return this;
    this.peerId = accepted.peerId;
    this.connected = true;
    this.#seq = accepted.newIncarnation ? 0 : Math.max(this.#seq, accepted.resumeFromSeq);
    this.harness.step({ kind: 'peer_connected', peerId: this.peerId, resumed: false });
    this.greet();
    this.harness.settle();
    return this;
  }

  disconnect(reason = 'connection lost'): void {
    this.connected = false;
    this.harness.step({ kind: 'peer_disconnected', peerId: this.peerId, reason });
    this.harness.settle();
  }

  /** Starts anew without memory of the session before. */
  restart(): this {
    if (this.connected) this.disconnect('restart');
    this.incarnation += 1;
    this.#seq = 0;
    return this.connect();
  }

  send(message: PeerMessage): readonly Effect[] {
    assert(this.connected, `${this.name} is not connected`);
    this.#seq += 1;
    this.#last = message;
    return this.resend(this.#seq, message);
  }

  /** Sends with a sequence of the caller's choice, as a peer does that resumes. */
  resend(seq: number, message: PeerMessage): readonly Effect[] {
    this.harness.listener?.said(this.name, message);
    const kind = this.peerId.startsWith('agent/') ? 'agent_message' : 'framework_message';
    return this.harness.step({ kind, peerId: this.peerId, seq, message } as Event);
  }

  /** Sends the last message once more with its old sequence, as a peer does that resumes. */
  repeatLast(): readonly Effect[] {
    assert(this.#last !== null, `${this.name} has said nothing yet`);
    return this.resend(this.#seq, this.#last);
  }

  get seq(): number {
    return this.#seq;
  }

  receive(message: MasterMessage): void {
    this.#appliedSeq += 1;
    this.received.push(message);
    this.handle(message);
  }

  play(request: StepRequest): void {
    const play = this.steps.get(request.step) ?? 'done';
    if (play === 'silent') {
      this.unanswered.push(request);
      return;
    }
    const change = typeof play === 'function' ? play(request) : { state: play };
    if (change !== null) this.answer(request, change);
  }

  answer(request: StepRequest, change: Partial<StepUpdate>): readonly Effect[] {
    const { transitionId, step, attempt } = request;
    const rest = {
      updateNo: 1,
      state: 'done',
      progressMilli: 1000,
      message: '',
      blockedBy: [],
      forecast: null,
    } as const;
    const effects = this.send({ kind: 'step_update', update: { transitionId, step, attempt, ...rest, ...change } });
    return effects;
  }

  lastRequest(step: StepName): StepRequest {
    const found = this.received.findLast((message) => message.kind === 'step_request' && message.request.step === step);
    assert(found?.kind === 'step_request', `${this.name} was never asked to ${step}`);
    return found.request;
  }
}

export class AgentPeer extends Peer {
  report: AgentReport;
  uuid: string;
  /** What a launched task does: `running` at once, or nothing. */
  tasksPlay: 'running' | 'silent' = 'running';
  readonly #tasks = new Map<string, TaskStatus>();

  constructor(harness: CoreHarness, name: string, change: Partial<AgentReport> = {}) {
    super(harness, name);
    this.uuid = uuidOf(name);
    this.report = {
      resources: resources(),
      attributes: {},
      faultDomain: { region: 'r1', zone: 'z1', rack: 'k1' },
      image: 'ostree:1',
      agentVersion: '0.1.0',
      lastCommandSeq: 0,
      tasks: [],
      profile: '',
      cleanliness: 'clean',
      ...change,
    };
  }

  get hostId(): string {
    return this.peerId.slice('agent/'.length);
  }

  who(): SessionHello['who'] {
    return {
      kind: 'agent',
      name: this.name,
      identity: { uuid: this.uuid, serial: `S-${this.name}`, macs: [macOf(this.name)] },
    };
  }

  /** Its report is asked for in every session that is not resumed. */
  greet(): void {}

  sendReport(change: Partial<AgentReport> = {}): readonly Effect[] {
    this.report = { ...this.report, tasks: [...this.#tasks.values()], ...change };
    return this.send({ kind: 'report', report: this.report });
  }

  setTask(taskId: string, state: TaskStatus['state'], message = '', exitCode: number | null = null): readonly Effect[] {
    const statusSeq = (this.#tasks.get(taskId)?.statusSeq ?? 0) + 1;
    const status: TaskStatus = { taskId, hostId: this.hostId, state, statusSeq, message, exitCode };
    this.#tasks.set(taskId, status);
    return this.send({ kind: 'task_status', status });
  }

  /** Loses every task, but not which commands it has seen. */
  forgetTasks(): void {
    this.#tasks.clear();
  }

  handle(message: MasterMessage): void {
    const command = message as AgentCommand;
    switch (command.kind) {
      case 'step_request':
        this.play(command.request);
        return;
      case 'launch':
        this.report = { ...this.report, lastCommandSeq: command.commandSeq };
        if (this.tasksPlay === 'running') this.setTask(command.task.taskId, 'running');
        return;
      case 'kill':
        this.report = { ...this.report, lastCommandSeq: command.commandSeq };
        if (this.tasksPlay === 'running') this.setTask(command.taskId, 'killed');
        return;
      case 'task_ack':
        if (isEnded(this.#tasks.get(command.taskId))) this.#tasks.delete(command.taskId);
        return;
      case 'report_request':
        this.sendReport();
        return;
      default: // Renewals and cancels need no answer of a peer that answers at once.
    }
  }
}

export class FrameworkPeer extends Peer {
  readonly roles: readonly string[];
  readonly executesSteps: boolean;
  /** Claims every whole-host offer as it comes. */
  claims = true;
  /** Acknowledges every task status as it comes. */
  acknowledges = true;
  readonly #demands = new Map<string, readonly DemandEntry[]>();
  #commands = 0;

  constructor(harness: CoreHarness, name: string, roles: readonly string[], executesSteps: boolean) {
    super(harness, name);
    this.roles = roles;
    this.executesSteps = executesSteps;
  }

  who(): SessionHello['who'] {
    const [workload = '', name = ''] = this.name.split('/');
    return { kind: 'framework', workload, name, roles: this.roles, executesSteps: this.executesSteps };
  }

  greet(): void {
    for (const [role, entries] of this.#demands) this.#sendDemand(role, entries);
  }

  /** Replaces the demand in the role and lets everything settle. */
  wants(entries: readonly DemandEntry[], role = this.roles[0] ?? '/'): void {
    this.#demands.set(role, entries);
    this.#sendDemand(role, entries);
    this.harness.settle();
  }

  #sendDemand(role: string, entries: readonly DemandEntry[]): void {
    this.send({ kind: 'demand', role, asOfSeq: this.received.length, entries });
  }

  /** Tells what its manager uses; `drift` by host name. */
  observes(
    agents: readonly AgentPeer[],
    complete = true,
    drift: Readonly<Record<string, string>> = {},
  ): readonly Effect[] {
    const hosts = agents.map((agent) => ({
      identity: (agent.who() as Extract<SessionHello['who'], { kind: 'agent' }>).identity,
      name: agent.name,
      managerState: 'Up',
      serving: true,
      units: 3,
      leaveEstimateMs: 60_000,
      drift: drift[agent.name] ?? '',
    }));
    return this.send({ kind: 'observation', complete, hosts });
  }

  nextCommandId(): string {
    this.#commands += 1;
    return `${this.name}-${this.#commands}`;
  }

  say(message: FrameworkMessage): readonly Effect[] {
    const effects = this.send(message);
    this.harness.settle();
    return effects;
  }

  handle(message: MasterMessage): void {
    const event = message as FrameworkEvent;
    switch (event.kind) {
      case 'step_request':
        this.play(event.request);
        return;
      case 'offers': {
        const whole = event.offers.filter((offer) => offer.wholeHost).map((offer) => offer.offerId);
        if (this.claims && whole.length > 0)
          this.send({ kind: 'accept', commandId: this.nextCommandId(), offerIds: whole, action: { kind: 'claim' } });
        return;
      }
      case 'task_status':
        if (this.acknowledges)
          this.send({ kind: 'task_ack', taskId: event.status.taskId, statusSeq: event.status.statusSeq });
        return;
      default: // The rest is for the test to read in `received`.
    }
  }
}

/** Hears everything as it happens; golden scenarios write it down. */
export interface Listener {
  said(name: string, message: PeerMessage): void;
  effect(effect: Effect): void;
}

export class CoreHarness {
  listener: Listener | null = null;
  readonly options: SchedulerOptions;
  /** What a store would hold that received every mutation. */
  readonly stored = new Map<string, unknown>();
  /** Effects since the last `takeEffects`, in order. */
  #effects: Effect[] = [];
  readonly #inbox: { readonly peer: Peer; readonly message: MasterMessage }[] = [];
  readonly #peers = new Map<string, Peer>();
  #settling = false;
  #requests = 0;
  master: Master;
  /** Not 0, which stands for never in records. */
  nowMs = START_MS;
  term = 0;

  constructor(options: Partial<SchedulerOptions> = {}) {
    this.options = { ...DEFAULT_OPTIONS, ...options };
    this.master = new Master(this.options);
    this.start();
  }

  start(): void {
    this.term += 1;
    this.step({ kind: 'started', term: this.term });
    this.settle();
  }

  /** The master dies and another starts from the store; peers have to connect again. */
  restart(): void {
    for (const peer of this.#peers.values()) peer.connected = false;
    this.#inbox.length = 0;
    this.master = Master.restore(this.options, sorted(this.stored));
    this.start();
  }

  /** A machine whose agent does not run (yet). */
  machine(name: string): AgentPeer {
    const peer = new AgentPeer(this, name);
    this.#peers.set(name, peer);
    return peer;
  }

  agent(name: string, report: Partial<AgentReport> = {}): AgentPeer {
    const peer = new AgentPeer(this, name, report);
    this.#peers.set(name, peer);
    return peer.connect();
  }

  /** A peer of the test's own kind; it still has to connect. */
  enlist(peer: AgentPeer | FrameworkPeer): void {
    this.#peers.set(peer.name, peer);
  }

  framework(name: string, roles: readonly string[] = ['/'], executesSteps = true): FrameworkPeer {
    const peer = new FrameworkPeer(this, name, roles, executesSteps);
    this.#peers.set(name, peer);
    return peer.connect();
  }

  /** One step of the core; what it sends waits for `settle`. */
  step(event: Event): readonly Effect[] {
    const { mutations, effects } = this.master.step(this.nowMs, event);
    this.#store(mutations);
    for (const effect of effects) {
      this.#effects.push(effect);
      this.listener?.effect(effect);
      if (effect.kind !== 'send') continue;
      const peer = this.#peerOf(effect.peerId);
      if (peer?.connected === true) this.#inbox.push({ peer, message: effect.message });
    }
    return effects;
  }

  /** Delivers everything sent, and what the peers answer to it, until nobody has anything to say at this time. */
  settle(): void {
    if (this.#settling) return;
    this.#settling = true;
    try {
      for (let count = 0; ; count += 1) {
        assert(count < MESSAGES_IN_A_ROW_MAX, 'peers and master talk without end');
        const next = this.#inbox.shift();
        if (next !== undefined) {
          if (next.peer.connected) next.peer.receive(next.message);
          continue;
        }
        if (this.master.nextWakeMs() > this.nowMs) return;
        this.step({ kind: 'tick' });
      }
    } finally {
      this.#settling = false;
    }
  }

  /** Lets `ms` pass, waking the core exactly when it asked for it. */
  advance(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (let ticks = 0; ; ticks += 1) {
      assert(ticks < TICKS_PER_ADVANCE_MAX, 'the core wakes without end');
      this.settle();
      const wakeMs = this.master.nextWakeMs();
      if (wakeMs > untilMs) break;
      this.nowMs = Math.max(this.nowMs, wakeMs);
      this.step({ kind: 'tick' });
    }
    // The core knows the time of its last step only, and what is asked next should be answered as of now.
    this.nowMs = untilMs;
    this.step({ kind: 'tick' });
    this.settle();
  }

  peer(name: string): Peer {
    const peer = this.#peers.get(name);
    assert(peer !== undefined, `nobody is called ${name}`);
    return peer;
  }

  /** The name of a connected or former peer by its session's id. */
  nameOf(peerId: string): string {
    return this.#peerOf(peerId)?.name ?? peerId;
  }

  /** Runs an operator command and lets its consequences settle. */
  command(command: OperatorCommand, principal = 'ana'): OperatorReply {
    this.#requests += 1;
    const requestId = `r${this.#requests}`;
    const effects = this.step({ kind: 'operator_command', requestId, principal, command });
    const reply = effects.find((effect) => effect.kind === 'operator_reply' && effect.requestId === requestId);
    assert(reply?.kind === 'operator_reply', 'a command is always answered');
    this.settle();
    return reply.reply;
  }

  /** The same, and it must not be refused. */
  must(command: OperatorCommand): readonly string[] {
    const reply = this.command(command);
    assert(reply.ok, reply.ok ? '' : `${command.kind}: ${reply.message}`);
    return reply.changes;
  }

  query<K extends Query['kind']>(query: Extract<Query, { kind: K }>): Extract<QueryResult, { kind: K }> {
    const result = this.master.query(query);
    assert(result.kind === query.kind, `${query.kind}: ${'message' in result ? result.message : result.kind}`);
    return result as Extract<QueryResult, { kind: K }>;
  }

  why(thing: string): WhyView {
    return this.query({ kind: 'why', thing }).why;
  }

  takeEffects(): readonly Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** Fails when anything that must always be true is not, or when the store would not equal the live state. */
  assertSound(): void {
    assert.deepEqual(this.master.audit(), []);
    assert.deepEqual(this.master.dump(), sorted(this.stored));
  }

  #store(mutations: readonly Mutation[]): void {
    for (const { key, value } of mutations) {
      if (value === null) this.stored.delete(key);
      else this.stored.set(key, value);
    }
  }

  #peerOf(peerId: string): Peer | undefined {
    for (const peer of this.#peers.values()) if (peer.peerId === peerId) return peer;
    return undefined;
  }
}

function sorted(stored: ReadonlyMap<string, unknown>): readonly (readonly [string, unknown])[] {
  return [...stored].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
}

function isEnded(status: TaskStatus | undefined): boolean {
  return status !== undefined && status.state !== 'staging' && status.state !== 'running' && status.state !== 'killing';
}

/** Different names have different uuids and MACs, the same in every run. */
function uuidOf(name: string): string {
  const hex = ['a', 'b', 'c', 'd'].map((salt) => hash32(`${salt}${name}`)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function macOf(name: string): string {
  const hex = `02${hash32(`m${name}`)}${hash32(`n${name}`)}`.slice(0, 12);
  return hex.match(/../g)?.join(':') ?? '';
}

/** FNV-1a, eight hex digits. */
function hash32(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
