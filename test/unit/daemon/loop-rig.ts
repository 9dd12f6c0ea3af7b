// The production loop on a virtual clock, over a store whose commits take as long and end as the test says, and a session
// port that writes down what it is told. `journal` shows commits and what went out, in their true order.
import {
  DEFAULT_OPTIONS,
  type Decision,
  type Effect,
  type Event,
  type Mutation,
  type OperatorCommand,
  type OperatorReply,
  type PeerMessage,
  type SchedulerOptions,
  type SessionHello,
} from '../../../scheduler/index.js';
import { Loop, type LoopObserver, type SessionPort } from '../../../src/daemon/loop.js';
import type { Store, StoredEntries } from '../../../src/ports/index.js';
import { MemoryStore, newMemoryDisk, type MemoryDisk } from '../../../src/store/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

export type SessionEffect = Parameters<SessionPort['execute']>[0];
export type Fate = 'ok' | 'fail' | 'lost';

export const COMMIT_MS = 10;

/** Writes down when a commit was asked for and how it ended. */
class JournalStore implements Store {
  readonly #inner: MemoryStore;
  readonly #journal: string[];
  opened = 0;
  closed = 0;

  constructor(inner: MemoryStore, journal: string[]) {
    this.#inner = inner;
    this.#journal = journal;
  }

  async open(): Promise<{ readonly term: number; readonly entries: StoredEntries }> {
    this.opened += 1;
    return this.#inner.open();
  }

  async commit(term: number, mutations: readonly Mutation[]): Promise<void> {
    const roles = mutations.map(({ key }) => key).filter((key) => key.startsWith('role//t'));
    const named = roles.length === 0 ? '' : ` ${roles.join(' ')}`;
    this.#journal.push(`commit${named}`);
    try {
      await this.#inner.commit(term, mutations);
      this.#journal.push(`durable${named}`);
    } catch (error) {
      this.#journal.push(`failed${named}`);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed += 1;
    await this.#inner.close();
  }
}

export interface RigOptions {
  readonly disk?: MemoryDisk;
  readonly clock?: VirtualClock;
  readonly scheduler?: Partial<SchedulerOptions>;
  readonly effectsWaitingMax?: number;
}

export class LoopRig implements LoopObserver {
  readonly clock: VirtualClock;
  readonly disk: MemoryDisk;
  readonly journal: string[] = [];
  readonly sent: SessionEffect[] = [];
  readonly decisions: Decision[] = [];
  readonly reloads: string[] = [];
  readonly terms: number[] = [];
  readonly closings: string[] = [];
  readonly steps: { readonly kind: Event['kind']; readonly atMs: number }[] = [];
  readonly ends: (Error | null)[] = [];
  readonly stalls: number[] = [];
  readonly stallEnds: number[] = [];
  readonly store: JournalStore;
  readonly loop: Loop;
  /** Ends of the next commits; then all are `ok`. */
  readonly fates: Fate[] = [];
  commitMs = COMMIT_MS;
  onExecute: ((effect: SessionEffect) => void) | null = null;
  #connections = 0;

  constructor({
    disk = newMemoryDisk(),
    clock = new VirtualClock(1_000_000_000),
    scheduler = {},
    ...limits
  }: RigOptions = {}) {
    this.clock = clock;
    this.disk = disk;
    this.store = new JournalStore(
      new MemoryStore({
        disk,
        clock,
        faults: { onCommit: () => ({ delayMs: this.commitMs, fate: this.fates.shift() ?? 'ok' }) },
      }),
      this.journal,
    );
    this.loop = new Loop({
      // Plans and other housekeeping only where a test wants them: their commits would stand in the journal.
      scheduler: { ...DEFAULT_OPTIONS, planner: 'off', planPeriodMs: 100_000_000, ...scheduler },
      store: this.store,
      clock,
      sessions: {
        open: (term) => {
          this.journal.push(`open ${term}`);
        },
        execute: (effect) => {
          this.journal.push(effect.kind);
          this.sent.push(effect);
          this.onExecute?.(effect);
        },
        closeAll: (reason) => {
          this.journal.push('close all');
          this.closings.push(reason);
        },
      },
      observer: this,
      ...limits,
    });
  }

  onLeading(term: number): void {
    this.terms.push(term);
  }

  onCommitted(_atMs: number, decisions: readonly Decision[]): void {
    this.decisions.push(...decisions);
  }

  onReload(reason: string): void {
    this.reloads.push(reason);
  }

  onStep(kind: Event['kind'], nowMs: number): void {
    this.steps.push({ kind, atMs: nowMs });
  }

  onStall(ageMs: number): void {
    this.stalls.push(ageMs);
  }

  onStallEnded(durationMs: number): void {
    this.stallEnds.push(durationMs);
  }

  onEnded(error: Error | null): void {
    this.ends.push(error);
  }

  /** Starts and lets the first commits end; the journal begins empty. */
  async lead(): Promise<this> {
    await this.loop.start();
    await this.settle();
    this.journal.length = 0;
    this.steps.length = 0;
    return this;
  }

  /** Lets commits and batches end. */
  async settle(): Promise<void> {
    await this.clock.advance(20 * this.commitMs);
  }

  /** Sets a role `/t…`; the answer is in the journal too. */
  role(name: string, dryRun = false): Promise<OperatorReply> {
    return this.command({ kind: 'role_set', dryRun, role: `/${name}`, change: { weight: 2 } }, name);
  }

  async command(command: OperatorCommand, label: string = command.kind): Promise<OperatorReply> {
    const reply = await this.loop.command('tester', command);
    this.journal.push(`reply ${label} ${reply.ok ? 'ok' : reply.code}`);
    return reply;
  }

  async roles(): Promise<readonly string[]> {
    const result = await this.loop.query({ kind: 'roles' });
    if (result.kind !== 'roles') throw new Error(result.kind);
    return result.roles.map(({ path }) => path).filter((role) => role.startsWith('/t'));
  }

  durable(): StoredEntries {
    return MemoryStore.contentOf(this.disk);
  }

  /** A machine's agent opens a session; answers its peer id. */
  async agent(name: string, uuidEnd: number): Promise<string> {
    this.#connections += 1;
    const connectionId = `c${this.#connections}`;
    this.loop.submit({ kind: 'session_open', connectionId, hello: agentHello(name, uuidEnd) });
    await this.settle();
    const accepted = this.sent.find(
      (effect) => effect.kind === 'session_accepted' && effect.connectionId === connectionId,
    );
    if (accepted?.kind !== 'session_accepted') throw new Error(`${name} was not accepted`);
    this.loop.submit({ kind: 'peer_connected', peerId: accepted.peerId, resumed: false });
    await this.settle();
    return accepted.peerId;
  }

  /** What no converter lets through: the core has no case for it. */
  breakAssertion(peerId: string): void {
    const message = { kind: 'nonsense' } as unknown as PeerMessage & { readonly kind: 'report' };
    this.loop.submit({ kind: 'agent_message', peerId, seq: 1_000, message });
  }
}

export function agentHello(name: string, uuidEnd: number): SessionHello {
  const digits = String(uuidEnd).padStart(12, '0');
  return {
    who: {
      kind: 'agent',
      name,
      identity: { uuid: `6f9619ff-8b86-4011-b42d-${digits}`, serial: `SN-${digits}`, macs: [] },
    },
    incarnation: `${name}-1`,
    secretHash: `hash of ${name}`,
    outboxFirstSeq: 1,
    appliedTerm: 0,
    appliedSeq: 0,
    highestTerm: 0,
  };
}

export function kindsOf(effects: readonly Effect[]): readonly string[] {
  return effects.map(({ kind }) => kind);
}

/** A promise whose end can be looked at. */
export function watched<T>(promise: Promise<T>): { value: T | null } {
  const seen: { value: T | null } = { value: null };
  void promise.then((value) => (seen.value = value));
  return seen;
}
