// The promise of the step lease under everything at once: processes that stop and continue, a wire that delays and loses,
// cancels, managers in trouble. Whatever happens, an order reaches the manager only while the master counts on its attempt.
import { describe, expect, it } from '@jest/globals';
import type { Log, Random } from '../../frameworks/contract/ports.js';
import type { FrameworkEvent, FrameworkMessage, StepName, StepRequest } from '../../frameworks/contract/protocol.js';
import type { MachineRef } from '../../frameworks/contract/types.js';
import { FakeAdapter, FakeManager, QUICK_PROFILE } from '../../frameworks/fake/index.js';
import { NO_FAULTS } from '../../frameworks/fake/faults.js';
import type { FakeFaults } from '../../frameworks/fake/faults.js';
import { DEFAULT_RUNNER_OPTIONS, Runner } from '../../frameworks/runner/index.js';
import { sfc32 } from '../support/seeded-random.js';
import { StoppableClock } from '../support/stoppable-clock.js';
import { VirtualClock } from '../support/virtual-clock.js';

const SEEDS = 15;
const RUN_MS = 3_600_000;
const LEASE_MS = 20_000;
const GRACE_MS = 3_000;
const MACHINES = ['m1', 'm2', 'm3'];
const PROCESSES = 2;
const STEPS: readonly StepName[] = ['join', 'drain', 'drain', 'cancel_drain', 'leave'];

const quiet = (): void => undefined;
const SILENT: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

const PROFILE = {
  ...QUICK_PROFILE,
  answerMs: { min: 5, max: 3_000 },
  joinMs: { min: 1_000, max: 60_000 },
  drainUnitMs: { min: 500, max: 15_000 },
  drainParallel: 2,
  blockedMs: { min: 1_000, max: 60_000 },
  blockedChanceMilli: 50,
  leaveMs: { min: 100, max: 20_000 },
  pollMs: 2_000,
  unitsAtFullLoad: { min: 1, max: 8 },
  joinFailChanceMilli: 100,
  drainFailChanceMilli: 50,
  leaveFailChanceMilli: 50,
};

/** One attempt as the master keeps it: from when it was asked until it ended, by answer or by lease. */
interface Attempt {
  readonly request: StepRequest;
  readonly process: number;
  readonly askedMs: number;
  leaseUntilMs: number;
  endedMs: number | null;
  updateNo: number;
  cancelled: boolean;
}

interface Tally {
  orders: number;
  done: number;
  lapsed: number;
  stops: number;
  lost: number;
}

/** A direction of a wire: messages arrive in order, late, or not at all. */
class Wire {
  readonly #clock: VirtualClock;
  readonly #random: Random;
  #lastMs = 0;
  #deadUntilMs = 0;
  lost = 0;

  constructor(clock: VirtualClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  carry(deliver: () => void): void {
    const nowMs = this.#clock.nowMs();
    if (this.#random.next() < 0.01) this.#deadUntilMs = nowMs + this.#random.next() * 3 * LEASE_MS;
    if (nowMs < this.#deadUntilMs) {
      this.lost += 1;
      return;
    }
    const delayMs = this.#random.next() < 0.05 ? this.#random.next() * 2 * LEASE_MS : 1 + this.#random.next() * 200;
    this.#lastMs = Math.max(this.#lastMs, nowMs + delayMs);
    this.#clock.setTimer(this.#lastMs - nowMs, deliver);
  }
}

/** The master's part of the bargain, as the core keeps it, and the chaos around it. */
class World {
  readonly clock = new VirtualClock(1_000_000);
  readonly manager: FakeManager;
  readonly attempts: Attempt[] = [];
  readonly tally: Tally = { orders: 0, done: 0, lapsed: 0, stops: 0, lost: 0 };
  readonly #random: Random;
  readonly #current = new Map<string, Attempt>();
  readonly #processes: { clock: StoppableClock; runner: Runner; down: Wire; up: Wire }[] = [];

  constructor(seed: number) {
    this.#random = sfc32(seed);
    const { clock } = this;
    this.manager = new FakeManager({ profile: PROFILE, clock, random: this.#random, loadMilli: 700 });
    for (let index = 0; index < PROCESSES; index += 1) this.#startProcess(index);
  }

  async run(): Promise<void> {
    const endMs = this.clock.nowMs() + RUN_MS;
    while (this.clock.nowMs() < endMs) {
      this.#disturb();
      for (const name of MACHINES) this.#turn(name);
      await this.clock.advance(Math.ceil(this.#random.next() * 2_000));
    }
    for (const { up, down } of this.#processes) this.tally.lost += up.lost + down.lost;
    this.tally.orders = this.manager.calls.length;
  }

  /** Orders that reached the manager while the master did not count on their attempt. */
  strays(): readonly string[] {
    return this.manager.calls.flatMap(({ atMs, call, machine, reason }) => {
      const attempt = this.attempts[Number(/attempt (\d+)$/.exec(reason)?.[1])];
      const endMs = attempt?.endedMs ?? Number.POSITIVE_INFINITY;
      const fits = attempt?.request.hostName === machine && atMs >= attempt.askedMs && atMs <= endMs;
      return fits ? [] : [`${call} ${machine} at ${atMs}, but ${reason} was over at ${endMs}`];
    });
  }

  #startProcess(index: number): void {
    const clock = new StoppableClock(this.clock);
    const { manager } = this;
    const random = this.#random;
    const down = new Wire(this.clock, random);
    const up = new Wire(this.clock, random);
    const session = {
      send: (message: FrameworkMessage): void => up.carry(() => this.#onMessage(index, message)),
    };
    const adapter = new FakeAdapter({ manager, clock, random, demandSource: () => [] });
    const options = { ...DEFAULT_RUNNER_OPTIONS, roles: ['/main'] };
    const runner = new Runner({ session, adapter, clock, random, log: SILENT, options });
    this.#processes[index] = { clock, runner, down, up };
    runner.start();
    runner.onConnected({ resumed: false });
  }

  #toRunner(index: number, event: FrameworkEvent): void {
    const { clock, runner, down } = this.#processes[index]!;
    down.carry(() => clock.deliver(() => runner.onEvent(event)));
  }

  #disturb(): void {
    for (const { clock } of this.#processes) {
      const draw = this.#random.next();
      if (clock.stopped ? draw < 0.05 : draw < 0.01) {
        if (clock.stopped) clock.continue();
        else {
          clock.stop();
          this.tally.stops += 1;
        }
      }
    }
    const faults: readonly Partial<FakeFaults>[] = [{ down: true }, { slowFactor: 5 }, { liesAboutState: true }];
    const draw = this.#random.next();
    if (draw < 0.02) this.manager.setFaults(faults[Math.floor(this.#random.next() * faults.length)]!);
    else if (draw < 0.12) this.manager.setFaults(NO_FAULTS);
  }

  /** Asks for the next step on a machine once the one before is over; sometimes cancels it instead. */
  #turn(name: string): void {
    const nowMs = this.clock.nowMs();
    const attempt = this.#current.get(name);
    if (attempt !== undefined && attempt.endedMs === null) {
      if (nowMs >= attempt.leaseUntilMs) {
        attempt.endedMs = attempt.leaseUntilMs;
        this.tally.lapsed += 1;
      } else {
        if (this.#random.next() < 0.01 && !attempt.cancelled) {
          attempt.cancelled = true;
          this.#toRunner(attempt.process, { kind: 'step_cancel', ...idOf(attempt.request) });
        }
        return;
      }
    }
    const process = Math.floor(this.#random.next() * PROCESSES);
    const request = this.#request(machine(name));
    const leaseUntilMs = nowMs + LEASE_MS + GRACE_MS;
    const next = { request, process, askedMs: nowMs, leaseUntilMs, endedMs: null, updateNo: 0, cancelled: false };
    this.attempts.push(next);
    this.#current.set(name, next);
    this.#toRunner(process, { kind: 'step_request', request });
  }

  #request({ hostId, name, identity }: MachineRef): StepRequest {
    const attempt = this.attempts.length;
    return {
      transitionId: `t-${name}`,
      step: STEPS[Math.floor(this.#random.next() * STEPS.length)]!,
      attempt,
      validForMs: LEASE_MS,
      hostId,
      hostName: name,
      identity,
      workload: 'fake',
      policy: { softDeadlineMs: this.#random.next() < 0.2 ? 30_000 : 0, hard: this.#random.next() < 0.2 },
      reason: `attempt ${attempt}`,
    };
  }

  #onMessage(process: number, message: FrameworkMessage): void {
    if (message.kind !== 'step_update') return;
    const { update } = message;
    const attempt = this.attempts[update.attempt];
    const nowMs = this.clock.nowMs();
    if (attempt?.process !== process || attempt.endedMs !== null || nowMs >= attempt.leaseUntilMs) return;
    if (update.state !== 'running' && update.state !== 'blocked') {
      attempt.endedMs = nowMs;
      if (update.state === 'done') this.tally.done += 1;
      return;
    }
    if (attempt.cancelled || update.updateNo <= attempt.updateNo) return;
    attempt.updateNo = update.updateNo;
    attempt.leaseUntilMs = nowMs + LEASE_MS + GRACE_MS;
    const renew = { ...idOf(attempt.request), updateNo: update.updateNo, validForMs: LEASE_MS };
    this.#toRunner(process, { kind: 'step_renew', renew });
  }
}

function idOf({ transitionId, step, attempt }: StepRequest): Pick<StepRequest, 'transitionId' | 'step' | 'attempt'> {
  return { transitionId, step, attempt };
}

function machine(name: string): MachineRef {
  return { hostId: `h-${name}`, name, identity: { uuid: `u-${name}`, serial: '', macs: [] } };
}

describe('the fence', () => {
  it(`holds in ${SEEDS} seeded hours of stops, losses, cancels and faults`, async () => {
    const total: Tally = { orders: 0, done: 0, lapsed: 0, stops: 0, lost: 0 };
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const world = new World(seed);
      await world.run();
      expect({ seed, strays: world.strays() }).toEqual({ seed, strays: [] });
      for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += world.tally[key];
    }
    // The chaos must be real, and work must get done in spite of it.
    expect(total.orders).toBeGreaterThan(20 * SEEDS);
    expect(total.done).toBeGreaterThan(20 * SEEDS);
    expect(total.lapsed).toBeGreaterThan(10 * SEEDS);
    expect(total.stops).toBeGreaterThan(5 * SEEDS);
    expect(total.lost).toBeGreaterThan(10 * SEEDS);
  });
});
