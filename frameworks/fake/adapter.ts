import { sleep } from '../contract/ports.js';
import type { Clock, Random } from '../contract/ports.js';
import { AdapterError } from '../contract/types.js';
import type {
  AdapterCapabilities,
  Forecast,
  FrameworkAdapter,
  MachineIdentity,
  Observation,
  ObservedMachine,
  StepContext,
  WantedHosts,
} from '../contract/types.js';
import { leaveEstimateMs } from './forecast.js';
import { machineKey } from './machine.js';
import type { FakeMachineView } from './machine.js';
import type { FakeManager } from './manager.js';
import { drawn } from './profile.js';

/** Marks drains of ours in the manager, so that a restarted adapter tells them from an admin's. */
const DRAIN_NOTE = 'mosaic drain: ';
/** Marks joins of ours: as long as it stands, leaving may empty the machine first, because that undoes the join. */
const JOIN_NOTE = 'mosaic join: ';
/** A hard drain begins to kill when this share of the deadline is left, in thousandths. */
const KILL_MARGIN_MILLI = 100;
/** Machines remembered so that one that vanishes can be named. */
const SEEN_MAX = 20_000;

export interface FakeAdapterOptions {
  readonly manager: FakeManager;
  /** The clock of the adapter's process. */
  readonly clock: Clock;
  readonly random: Pick<Random, 'next'>;
  /** Whole hosts wanted in all, read at each `demand()`. */
  readonly demandSource: () => readonly WantedHosts[];
}

/**
 * Adapter of a fake manager, written as one for a real manager must be: it keeps nothing it cannot find again in the
 * manager, reads before it orders, fences each order, and believes no answer but what it reads afterwards.
 */
export class FakeAdapter implements FrameworkAdapter {
  readonly capabilities: AdapterCapabilities;
  readonly #manager: FakeManager;
  readonly #clock: Clock;
  readonly #random: Pick<Random, 'next'>;
  readonly #demandSource: () => readonly WantedHosts[];
  /** Seen in the last listing, or joined since. */
  readonly #seen = new Map<string, { readonly identity: MachineIdentity; readonly name: string }>();

  constructor(options: FakeAdapterOptions) {
    this.#manager = options.manager;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#demandSource = options.demandSource;
    this.capabilities = {
      workload: options.manager.profile.workload,
      supportsCancelDrain: true,
      supportsForecast: true,
      supportsHardDrain: true,
    };
  }

  async start(): Promise<void> {
    await this.#ask(() => this.#manager.ping());
  }

  async observe(): Promise<Observation> {
    const { complete, machines } = await this.#ask(() => this.#manager.list());
    const observed = machines.map((view) => this.#observed(view));
    if (!complete) return { complete, machines: observed };
    const listed = new Set(machines.map((view) => machineKey(view.identity)));
    for (const [key, { identity, name }] of [...this.#seen]) {
      if (listed.has(key)) continue;
      // A listing that leaves a machine out proves nothing while the machine itself still answers.
      if ((await this.#ask(() => this.#manager.get(identity))) !== null) return { complete: false, machines: observed };
      const missing = { managerState: 'missing', serving: false, units: 0, leaveEstimateMs: 0, drift: 'missing' };
      if (this.#seen.has(key)) observed.push({ identity, name, ...missing });
    }
    for (const view of machines) this.#remember(view.identity, view.name);
    return { complete, machines: observed };
  }

  async demand(): Promise<readonly WantedHosts[]> {
    return await this.#ask(() => {
      this.#manager.ping();
      return this.#demandSource();
    });
  }

  async forecastDrain(context: StepContext): Promise<Forecast> {
    await context.sleep(drawn(this.#manager.profile.forecastMs, this.#random.next()));
    return await this.#ask(() => this.#manager.forecast(context.machine.identity), context);
  }

  async join(context: StepContext): Promise<void> {
    let ordered = false;
    await this.#until(context, (view) => {
      switch (view?.state) {
        case undefined:
          if (ordered) throw new AdapterError('failed', `machine ${context.machine.name} vanished while joining`);
          ordered = true;
          return () => this.#manager.join(context.machine, JOIN_NOTE + context.reason);
        case 'join_failed':
          if (ordered) throw new AdapterError('failed', view.lastError);
          ordered = true;
          return () => this.#manager.join(context.machine, JOIN_NOTE + context.reason);
        case 'draining':
        case 'drained':
          // Left there by an earlier move that turned back half-way.
          return () => this.#manager.activate(context.machine.identity, context.reason);
        case 'joining':
          ordered = true;
          context.report({ progressMilli: 500, message: 'joining', blockedBy: [] });
          return 'wait';
        case 'leaving':
          return 'wait';
        case 'up':
          return 'done';
      }
    });
    this.#remember(context.machine.identity, context.machine.name);
  }

  async verify(context: StepContext): Promise<void> {
    const check = (view: FakeMachineView | null): void => {
      const { name } = context.machine;
      if (view === null) throw new AdapterError('not_found', `machine ${name} is not in the manager`);
      if (view.state !== 'up') throw new AdapterError('failed', `machine ${name} does not serve: it is ${view.state}`);
    };
    check(await this.#get(context));
    // Up once is luck: it must still be up after having been watched.
    await context.sleep(drawn(this.#manager.profile.verifyMs, this.#random.next()));
    check(await this.#get(context));
  }

  async drain(context: StepContext): Promise<void> {
    const { name, identity } = context.machine;
    const startedMs = context.nowMs();
    let ordered = false;
    await this.#until(context, (view) => {
      switch (view?.state) {
        case undefined:
          throw new AdapterError('not_found', `machine ${name} is not in the manager`);
        case 'up':
          if (!ordered) {
            ordered = true;
            return () => this.#manager.drain(identity, DRAIN_NOTE + context.reason);
          }
          // Its own failure is tried again by the master; an admin's decision is not fought.
          if (view.lastError !== '') throw new AdapterError('failed', view.lastError);
          throw new AdapterError('refused', `machine ${name} was activated by hand while it was drained`);
        case 'draining':
        case 'drained': {
          ordered = true;
          if (view.state === 'drained' && view.units === 0) return 'done';
          const total = Math.max(view.unitsAtDrainStart, view.units, 1);
          context.report({
            progressMilli: Math.round((1000 * (total - view.units)) / total),
            message: `${view.units} of ${total} left`,
            blockedBy: view.blockers,
          });
          const victim = view.blockers[0];
          if (victim === undefined || !this.#mayKill(context, startedMs)) return 'wait';
          return () => this.#manager.killUnit(identity, victim.object, context.reason);
        }
        case 'join_failed':
          // Nothing ever ran there.
          return 'done';
        case 'joining':
        case 'leaving':
          return 'wait';
      }
    });
  }

  async cancelDrain(context: StepContext): Promise<void> {
    const { name, identity } = context.machine;
    await this.#until(context, (view) => {
      switch (view?.state) {
        case undefined:
          throw new AdapterError('not_found', `machine ${name} is not in the manager`);
        case 'draining':
        case 'drained':
          return () => this.#manager.activate(identity, context.reason);
        case 'join_failed':
          throw new AdapterError('failed', view.lastError);
        case 'joining':
        case 'leaving':
          return 'wait';
        case 'up':
          return 'done';
      }
    });
  }

  async leave(context: StepContext): Promise<void> {
    const { name, identity } = context.machine;
    let ordered = false;
    let known = identity;
    await this.#until(context, (view) => {
      known = view?.identity ?? known;
      switch (view?.state) {
        case undefined:
          return 'done';
        case 'drained':
          if (view.units > 0) return 'wait';
          if (ordered) throw new AdapterError('failed', view.lastError || `machine ${name} was not removed`);
          ordered = true;
          return () => this.#manager.remove(identity, context.reason);
        case 'join_failed':
        case 'joining':
          ordered = true;
          return () => this.#manager.remove(identity, context.reason);
        case 'leaving':
          ordered = true;
          return 'wait';
        case 'draining':
          context.report({ progressMilli: 0, message: `${view.units} units left`, blockedBy: view.blockers });
          return 'wait';
        case 'up':
          if (view.note.startsWith(JOIN_NOTE)) return () => this.#manager.drain(identity, DRAIN_NOTE + context.reason);
          throw new AdapterError(
            'refused',
            `machine ${name} serves, and not because Mosaic has just joined it: drain it first`,
          );
      }
    });
    this.#seen.delete(machineKey(known));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * Reads the machine and acts on what is seen, until that is what was wanted. `next` returns an order to give, `wait`, or
   * `done`; the order's own answer is not believed, the machine is read again.
   */
  async #until(
    context: StepContext,
    next: (view: FakeMachineView | null) => 'done' | 'wait' | (() => unknown),
  ): Promise<void> {
    for (;;) {
      const action = next(await this.#get(context));
      if (action === 'done') return;
      if (action === 'wait') await context.sleep(this.#manager.profile.pollMs);
      else
        await this.#ask(() => {
          context.fence();
          action();
        }, context);
    }
  }

  #mayKill(context: StepContext, startedMs: number): boolean {
    if (!context.hard) return false;
    const marginMs = (context.deadlineMs * KILL_MARGIN_MILLI) / 1000;
    return context.nowMs() >= startedMs + context.deadlineMs - marginMs;
  }

  async #get(context: StepContext): Promise<FakeMachineView | null> {
    return await this.#ask(() => this.#manager.get(context.machine.identity), context);
  }

  /** One call over the network: it reaches the manager at once, its answer takes a while or never comes. */
  async #ask<T>(call: () => T, context?: StepContext): Promise<T> {
    const { faults, profile } = this.#manager;
    let answer: () => T;
    try {
      const value = call();
      answer = (): T => value;
    } catch (error) {
      if (error instanceof AdapterError && error.code === 'fenced') throw error;
      answer = (): T => {
        throw error;
      };
    }
    if (faults.hang) return await new Promise<never>(() => undefined);
    await sleep(this.#clock, drawn(profile.answerMs, this.#random.next()) * faults.slowFactor, context?.signal);
    return answer();
  }

  #remember(identity: MachineIdentity, name: string): void {
    if (this.#seen.size < SEEN_MAX) this.#seen.set(machineKey(identity), { identity, name });
  }

  #observed(view: FakeMachineView): ObservedMachine {
    return {
      identity: view.identity,
      name: view.name,
      managerState: view.state,
      serving: view.state === 'up',
      units: view.units,
      leaveEstimateMs: leaveEstimateMs(view.units, this.#manager.profile),
      drift: driftOf(view),
    };
  }
}

function driftOf(view: FakeMachineView): string {
  const ours = view.note.startsWith(DRAIN_NOTE);
  const away = view.state === 'draining' || view.state === 'drained';
  if (view.state === 'up' && ours && view.lastError === '') return 'activated by hand';
  return away && !ours ? 'drained by hand' : '';
}
