/** Agents and frameworks as the core sees them: what `CoreHarness` connects. */
import { strict as assert } from 'node:assert';
import {
  type AgentCommand,
  type AgentReport,
  type DemandEntry,
  type Effect,
  type Event,
  type FrameworkEvent,
  type FrameworkMessage,
  type MasterMessage,
  type PeerMessage,
  type SessionHello,
  type StepName,
  type StepRequest,
  type StepUpdate,
  type TaskStatus,
} from '../../scheduler/index.js';
import { resources } from './core-samples.js';

/** How a peer plays one step: its end at once, no answer at all, or whatever the function makes of the request. */
export type StepPlay =
  'done' | 'failed' | 'refused' | 'silent' | ((request: StepRequest) => Partial<StepUpdate> | null);

/** What a peer needs of the harness that it is connected to. */
export interface CoreUnderTest {
  /** Hears everything as it happens; golden scenarios write it down. */
  readonly listener: Listener | null;
  readonly term: number;
  step(event: Event): readonly Effect[];
  /** Carries messages until nobody has anything more to say. */
  settle(): void;
}

export interface Listener {
  said(name: string, message: PeerMessage): void;
  effect(effect: Effect): void;
}

/** What both kinds of peers share: one session with its sequences, and how steps are played. */
export abstract class Peer {
  readonly harness: CoreUnderTest;
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

  constructor(harness: CoreUnderTest, name: string) {
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

  constructor(harness: CoreUnderTest, name: string, change: Partial<AgentReport> = {}) {
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

  /** A session that starts over begins with the report. */
  greet(): void {
    this.sendReport();
  }

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

  constructor(harness: CoreUnderTest, name: string, roles: readonly string[], executesSteps: boolean) {
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
