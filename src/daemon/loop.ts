import {
  Master,
  assertNever,
  type Decision,
  type Effect,
  type Event,
  type Gauges,
  type Mutation,
  type OperatorCommand,
  type OperatorReply,
  type Probe,
  type Query,
  type SchedulerOptions,
} from '../../scheduler/index.js';
import { isEmpty, newBatch, type Batch } from './batch.js';
import { BarredCalls } from './barred-calls.js';
import { CommitPace } from './commit-pace.js';
import { NOT_LEADING, NOT_READABLE, NOT_TAKEN, STALLED, TOO_MANY_CALLS, notClosed } from './loop-answers.js';
import type { LoopObserver, SessionPort } from './loop-ports.js';
import { OperatorCalls } from './operator-calls.js';
import { endsWithin, StoreError, type CancelTimer, type Clock, type QueryAnswer, type Store } from '../ports/index.js';

/** The third lost memory within `RELOADS_WINDOW_MS` ends the process: something is wrong that a reload does not mend (I10). */
const RELOADS_MAX = 3;
const RELOADS_WINDOW_MS = 600_000;
/** Pause before the store is opened again after it failed. */
const REOPEN_DELAY_MS = 500;
/** A view this old is brought up to date before it is shown. */
const QUERY_STALE_MS = 500;

/**
 * Effects that wait for a commit; one more and the commit counts as failed. Half a minute of 667 tasks/s is 100,000, the
 * reconnect of 50,000 agents half a million.
 */
const EFFECTS_WAITING_MAX = 1_000_000;

/**
 * A commit in flight for longer: the store counts as not taking commits. Nothing is given up, because a disk that is busy, or
 * an array that fails over, answers after a second or three. A read waits for two commits at most, so twice this stays
 * below the 10 s after which an operator's tool gives up by itself.
 */
const COMMIT_STALLED_MS = 4_000;
/** The end waits this long for the store: a third of what service managers commonly grant (30 s). */
const CLOSE_GRACE_MS = 10_000;

export type { LoopObserver, SessionPort } from './loop-ports.js';

export interface LoopOptions {
  readonly scheduler: SchedulerOptions;
  readonly store: Store;
  readonly clock: Clock;
  /** What the wall clock shows, for maintenance windows. @default the core's time */
  readonly wallMs?: () => number;
  readonly sessions: SessionPort;
  readonly observer: LoopObserver;
  /** What measures the core. @default nobody */
  readonly probe?: Probe;
  /** Effects that may wait for a commit that does not end. @default 1000000 */
  readonly effectsWaitingMax?: number;
}

/**
 * The one loop: event → `step` → commit → effects. Group commit: while one commit is in flight, or the next waits for its
 * turn (`CommitPace`), the loop steps ahead, and all that happens meanwhile goes into the next. Persist, then send. After a
 * failed commit or a failed assertion nothing more is sent: memory is dropped, the store is opened again under a new term,
 * and everything owed is derived from what was durable.
 *
 * Modes: `idle` → `opening` (store) → `leading` → (`reloading` → `leading`)* → `ended`.
 */
export class Loop {
  readonly #options: LoopOptions;
  #mode: 'idle' | 'opening' | 'leading' | 'reloading' | 'ended' = 'idle';
  #master: Master;
  #term = 0;
  /** Added to the clock so that the core's time continues after what was persisted. */
  #offsetMs = 0;
  #stepping = false;
  readonly #queue: Event[] = [];
  #collecting: Batch = newBatch();
  #inFlight: Batch | null = null;
  #inFlightSinceMs = 0;
  /** The commit in flight has taken longer than `COMMIT_STALLED_MS`. */
  #stalled = false;
  #cancelStall: CancelTimer | null = null;
  readonly #pace = new CommitPace();
  /** Set while the next commit waits for its turn. */
  #cancelTurn: CancelTimer | null = null;
  #cancelWake: CancelTimer | null = null;
  #wakeAtMs = Infinity;
  readonly #calls = new OperatorCalls();
  /** The store is being opened: `close` waits for it, or the store would stay open. */
  #opening: Promise<unknown> = Promise.resolve();
  /** The end, however it came: settles when the store is closed. */
  #ending: Promise<void> = Promise.resolve();
  #reloads: number[] = [];
  readonly #barred = new BarredCalls();
  /** Raised with every lost memory, so that answers of an older store call are ignored. */
  #life = 0;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#master = new Master(options.scheduler, options.probe);
  }

  get leading(): boolean {
    return this.#mode === 'leading';
  }

  get term(): number {
    return this.#term;
  }

  /** The core's time. */
  nowMs(): number {
    return Math.max(this.#master.nowMs, this.#options.clock.nowMs() + this.#offsetMs);
  }

  /** Events that wait to be stepped. */
  get queueLength(): number {
    return this.#queue.length;
  }

  /** How long the commit in flight has taken so far; 0 when there is none. */
  get commitAgeMs(): number {
    return this.#inFlight === null ? 0 : this.#options.clock.nowMs() - this.#inFlightSinceMs;
  }

  /** Opens the store and begins to lead. Rejects when the store cannot be used; the loop has then ended. */
  async start(): Promise<void> {
    if (this.#mode !== 'idle') throw new Error('the loop was started already');
    this.#mode = 'opening';
    try {
      await this.#openStore();
    } catch (error) {
      this.#mode = 'ended';
      // It may be open by now, with content that cannot be used; its lock would be kept as long as the process lives.
      await this.#options.store.close().catch(() => undefined);
      throw error;
    }
  }

  /** Takes an event. Ignored unless leading: peers send again what was not acknowledged. */
  submit(event: Event): void {
    if (this.#mode !== 'leading') return;
    this.#queue.push(event);
    if (!this.#stepping) this.#pump();
  }

  /** Resolves when the command's outcome is durable. */
  command(principal: string, command: OperatorCommand): Promise<OperatorReply> {
    if (this.#mode !== 'leading') return Promise.resolve(NOT_LEADING);
    if (this.#stalled) return Promise.resolve(NOT_TAKEN);
    if (this.#calls.isFull) return Promise.resolve(TOO_MANY_CALLS);
    const { requestId, reply } = this.#calls.open();
    this.submit({ kind: 'operator_command', requestId, principal, command });
    return reply;
  }

  /** Linearizable: resolves with the state as of now once everything in it is durable; the wait is bounded. */
  query(query: Query): Promise<QueryAnswer> {
    // Views tell ages and deadlines: between two events the core's time stands still, so let it pass first.
    if (this.nowMs() - this.#master.nowMs >= QUERY_STALE_MS) this.submit({ kind: 'tick', ...this.#wallTime() });
    if (this.#mode !== 'leading') return Promise.resolve(NOT_READABLE);
    const result = this.#master.query(query);
    if (this.#inFlight === null && this.#collecting.mutations.size === 0) return Promise.resolve(result);
    if (this.#stalled) return Promise.resolve(STALLED);
    return new Promise((resolve) => {
      this.#collecting.waiters.push((fate) => {
        resolve(fate === 'durable' ? result : fate === 'lost' ? NOT_READABLE : STALLED);
      });
    });
  }

  /** Numbers for metrics, as of now; they may not be durable yet. */
  gauges(): Gauges {
    return this.#master.gauges();
  }

  /** The live core, for the simulator's checks only. */
  get master(): Master {
    return this.#master;
  }

  /** Whether everything stepped so far is durable. */
  get settled(): boolean {
    return this.#inFlight === null && this.#collecting.mutations.size === 0 && this.#queue.length === 0;
  }

  /**
   * Stops stepping, waits for the commit in flight, closes the store. Called again, it waits for the same end. Rejects when
   * the store fails to close, or does not within `CLOSE_GRACE_MS`: it may still be held then.
   */
  close(): Promise<void> {
    if (this.#mode !== 'ended') this.#ending = this.#closeNow();
    return this.#ending;
  }

  async #closeNow(): Promise<void> {
    const wasLeading = this.#mode === 'leading';
    this.#mode = 'ended';
    this.#cancelWake?.();
    const untilMs = this.#options.clock.nowMs() + CLOSE_GRACE_MS;
    const settled = await endsWithin(this.#options.clock, wasLeading ? this.#settle() : this.#opening, CLOSE_GRACE_MS);
    const ageMs = this.commitAgeMs;
    this.#abandon();
    this.#options.sessions.closeAll('the master stops', 1_000);
    this.#calls.answerAll(NOT_LEADING);
    let failure: Error | null = null;
    try {
      const closing = this.#options.store.close();
      // It waits for the commit that has not ended: no use in waiting once more.
      if (!settled) closing.catch(() => undefined);
      if (!settled || !(await endsWithin(this.#options.clock, closing, untilMs - this.#options.clock.nowMs())))
        failure = notClosed(ageMs, CLOSE_GRACE_MS);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#options.observer.onEnded(failure);
    if (failure !== null) throw failure;
  }

  async #settle(): Promise<void> {
    while (this.#inFlight !== null || this.#collecting.mutations.size > 0) {
      await new Promise<void>((resolve) => {
        this.#collecting.waiters.push((fate) => {
          if (fate !== 'stalled') resolve();
        });
        if (this.#inFlight === null) this.#commit();
      });
    }
  }

  async #openStore(): Promise<void> {
    const opened = this.#options.store.open();
    this.#opening = opened.catch(() => undefined);
    const { term, entries } = await opened;
    if (this.#mode === 'ended') return;
    this.#term = term;
    this.#master = Master.restore(this.#options.scheduler, entries, this.#options.probe);
    this.#offsetMs = Math.max(0, this.#master.nowMs - this.#options.clock.nowMs());
    this.#mode = 'leading';
    this.#options.sessions.open(term);
    this.submit({ kind: 'started', term, ...this.#wallTime() });
    if (this.leading) this.#options.observer.onLeading(term);
  }

  #wallTime(): { readonly wallMs?: number } {
    const { wallMs } = this.#options;
    return wallMs === undefined ? {} : { wallMs: wallMs() };
  }

  #pump(): void {
    this.#stepping = true;
    try {
      for (
        let event = this.#queue.shift();
        event !== undefined && this.#mode === 'leading';
        event = this.#queue.shift()
      )
        this.#stepOne(event);
    } finally {
      this.#stepping = false;
    }
    if (this.#mode !== 'leading') return;
    this.#commitIfIdle();
    this.#armWake();
  }

  #stepOne(event: Event): void {
    const nowMs = this.nowMs();
    const life = this.#life;
    let culprit: Event | null = event;
    try {
      const barred = this.#barred.answer(event, this.#options.clock.nowMs());
      const { mutations, effects } = barred ?? this.#master.step(nowMs, event);
      culprit = null; // What fails from here on is ours, not the event's.
      this.#options.observer.onStep?.(event.kind, nowMs);
      const batch = this.#collecting;
      batch.decidedMs = nowMs;
      for (const { key, value } of mutations) batch.mutations.set(key, value);
      // Effects may wait without a mutation: those of a step that was taken while the commit before was in flight.
      const nothingWaits = this.#inFlight === null && batch.mutations.size === 0 && batch.effects.length === 0;
      if (nothingWaits) this.#execute(effects, [], nowMs);
      else {
        for (const effect of effects) batch.effects.push(effect);
        const most = this.#options.effectsWaitingMax ?? EFFECTS_WAITING_MAX;
        if (batch.effects.length > most)
          this.#loseMemory(`commit: ${String(most)} effects came to wait for one that does not end`, null);
      }
    } catch (error) {
      if (life === this.#life) this.#loseMemory(`${event.kind}: ${message(error)}`, culprit);
    }
  }

  #commitIfIdle(): void {
    if (this.#inFlight !== null || this.#stepping || this.#cancelTurn !== null) return;
    const waitMs = this.#collecting.mutations.size === 0 ? 0 : this.#pace.waitMs(this.#options.clock.nowMs());
    if (waitMs === 0) this.#commit();
    else
      this.#cancelTurn = this.#options.clock.setTimer(waitMs, () => {
        this.#cancelTurn = null;
        this.#commitIfIdle();
      });
  }

  #commit(): void {
    this.#endTurn();
    const batch = this.#collecting;
    if (isEmpty(batch)) return;
    this.#collecting = newBatch();
    this.#inFlight = batch;
    const life = this.#life;
    const startedMs = this.#options.clock.nowMs();
    this.#inFlightSinceMs = startedMs;
    if (batch.mutations.size > 0) this.#pace.started(startedMs);
    this.#armStall(COMMIT_STALLED_MS);
    const mutations: Mutation[] = [];
    for (const [key, value] of batch.mutations) mutations.push({ key, value });
    this.#options.store.commit(this.#term, mutations).then(
      () => {
        if (life !== this.#life) return;
        const durationMs = this.#options.clock.nowMs() - startedMs;
        const wasStalled = this.#stalled;
        this.#endStall();
        this.#inFlight = null;
        this.#options.observer.onCommit?.(durationMs, mutations.length);
        if (wasStalled) this.#options.observer.onStallEnded?.(durationMs);
        this.#release(batch, mutations);
      },
      (error: unknown) => {
        if (life !== this.#life) return;
        if (this.#mode === 'ended')
          this.#abandon(); // While closing: nothing is left to wait for, and nothing is opened again.
        else if (error instanceof StoreError && error.code === 'stale_term') this.#endWith(error);
        else this.#loseMemory(`commit: ${message(error)}`, null);
      },
    );
  }

  #endTurn(): void {
    this.#cancelTurn?.();
    this.#cancelTurn = null;
  }

  /** After each doubling it is told again, so that the log of a long stall stays short. */
  #armStall(afterMs: number): void {
    this.#cancelStall = this.#options.clock.setTimer(afterMs, () => {
      const ageMs = this.commitAgeMs;
      this.#stalled = true;
      for (const batch of [this.#inFlight, this.#collecting])
        for (const waiter of batch?.waiters ?? []) waiter('stalled');
      this.#calls.answerAll(NOT_LEADING);
      this.#armStall(Math.max(ageMs, COMMIT_STALLED_MS));
      this.#options.observer.onStall?.(ageMs);
    });
  }

  #endStall(): void {
    this.#cancelStall?.();
    this.#cancelStall = null;
    this.#stalled = false;
  }

  /** The batch is durable. What its effects make the session layer say is stepped after all of them: nothing overtakes. */
  #release(batch: Batch, mutations: readonly Mutation[]): void {
    for (const waiter of batch.waiters) waiter('durable');
    this.#stepping = true;
    try {
      this.#execute(batch.effects, mutations, batch.decidedMs);
    } catch (error) {
      if (this.#mode === 'ended') this.#abandon();
      else this.#loseMemory(`effects: ${message(error)}`, null);
      return;
    } finally {
      this.#stepping = false;
    }
    if (this.#mode === 'leading') this.#pump();
    else this.#commitIfIdle();
  }

  #execute(effects: readonly Effect[], mutations: readonly Mutation[], atMs: number): void {
    const decisions: Decision[] = [];
    // First, so that they ride on what is sent: all of it is durable by now.
    for (const effect of effects) if (effect.kind === 'ack') this.#options.sessions.execute(effect);
    for (const effect of effects) {
      switch (effect.kind) {
        case 'ack':
          break;
        case 'send':
        case 'session_accepted':
        case 'session_refused':
        case 'disconnect':
          this.#options.sessions.execute(effect);
          break;
        case 'operator_reply':
          this.#calls.answer(effect.requestId, effect.reply);
          break;
        case 'decision':
          decisions.push(effect.decision);
          break;
        default:
          assertNever(effect);
      }
    }
    if (decisions.length > 0 || mutations.length > 0) this.#options.observer.onCommitted(atMs, decisions, mutations);
  }

  #armWake(): void {
    const atMs = this.#master.nextWakeMs();
    if (atMs === this.#wakeAtMs) return;
    this.#cancelWake?.();
    this.#cancelWake = null;
    this.#wakeAtMs = atMs;
    if (atMs === Infinity) return;
    this.#cancelWake = this.#options.clock.setTimer(Math.max(0, atMs - this.nowMs()), () => {
      this.#wakeAtMs = Infinity;
      this.submit({ kind: 'tick', ...this.#wallTime() });
    });
  }

  /** Drops everything not durable and starts again from the store; the peer or the call of the event that broke it is set aside. */
  #loseMemory(reason: string, culprit: Event | null): void {
    this.#mode = 'reloading';
    this.#queue.length = 0;
    this.#cancelWake?.();
    this.#wakeAtMs = Infinity;
    this.#abandon();
    this.#options.sessions.closeAll(reason, REOPEN_DELAY_MS);
    this.#calls.answerAll(NOT_LEADING);
    const nowMs = this.#options.clock.nowMs();
    if (culprit !== null) this.#barred.bar(culprit, nowMs);
    this.#reloads = [...this.#reloads.filter((atMs) => nowMs - atMs < RELOADS_WINDOW_MS), nowMs];
    this.#options.observer.onReload(reason);
    if (this.#reloads.length >= RELOADS_MAX) {
      this.#endWith(
        new Error(
          `memory was lost ${String(RELOADS_MAX)} times within ${String(RELOADS_WINDOW_MS / 60_000)} minutes, last by ${reason}`,
        ),
      );
      return;
    }
    void this.#reopen(culprit);
  }

  async #reopen(culprit: Event | null): Promise<void> {
    try {
      await this.#options.store.close(); // A commit that hangs keeps it open, and its lock: nothing but waiting helps.
      await new Promise<void>((resolve) => void this.#options.clock.setTimer(REOPEN_DELAY_MS, resolve));
      if (this.#mode !== 'reloading') return;
      await this.#openStore();
    } catch (error) {
      this.#endWith(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (culprit !== null && 'peerId' in culprit)
      this.submit({ kind: 'quarantine', peerId: culprit.peerId, reason: `its ${culprit.kind} broke an assertion` });
  }

  #endWith(error: Error): void {
    if (this.#mode === 'ended') return;
    this.#mode = 'ended';
    this.#cancelWake?.();
    this.#abandon();
    this.#options.sessions.closeAll(error.message, 1_000);
    this.#calls.answerAll(NOT_LEADING);
    // The reason of the end is what matters; a store that cannot even close adds nothing to it.
    this.#ending = endsWithin(this.#options.clock, this.#options.store.close(), CLOSE_GRACE_MS).then(
      () => undefined,
      () => undefined,
    );
    this.#options.observer.onEnded(error);
  }

  /** Forgets what is not durable; answers of the store to it are ignored from now on. */
  #abandon(): void {
    this.#life += 1;
    this.#endStall();
    this.#endTurn();
    const dropped = [...(this.#inFlight?.waiters ?? []), ...this.#collecting.waiters];
    this.#inFlight = null;
    this.#collecting = newBatch();
    for (const waiter of dropped) waiter('lost');
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
