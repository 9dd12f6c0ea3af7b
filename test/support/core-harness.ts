// Drives a `Master` without any shell: connects peers, carries their messages, lets time pass by the core's own wake-ups,
// and keeps what a store would hold, so that a test can restart from it at any moment.
import { strict as assert } from 'node:assert';
import {
  DEFAULT_OPTIONS,
  Master,
  type AgentReport,
  type Effect,
  type Event,
  type MasterMessage,
  type Mutation,
  type OperatorCommand,
  type OperatorReply,
  type Query,
  type QueryResult,
  type SchedulerOptions,
  type WhyView,
} from '../../scheduler/index.js';
import { AgentPeer, FrameworkPeer, type CoreUnderTest, type Listener, type Peer } from './core-peers.js';

export { AgentPeer, FrameworkPeer, type StepPlay } from './core-peers.js';
export { GIB, hostsWanted, resources, slicesWanted } from './core-samples.js';

/** Messages answered in a row without time passing; a ping-pong longer than this is a bug. */
const MESSAGES_IN_A_ROW_MAX = 100_000;
const TICKS_PER_ADVANCE_MAX = 100_000;
/** When every test begins. */
export const START_MS = 1_000_000;

export class CoreHarness implements CoreUnderTest {
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
