import type { Clock, Random } from '../contract/ports.js';
import { AdapterError } from '../contract/types.js';
import type { Forecast, MachineIdentity, MachineRef } from '../contract/types.js';
import { NO_FAULTS } from './faults.js';
import type { FakeFaults } from './faults.js';
import { drainForecast } from './forecast.js';
import { isRenumbered, machineKey, viewOf } from './machine.js';
import type { FakeMachine, FakeMachineState, FakeMachineView, FakeUnit } from './machine.js';
import { OrderBook } from './order-book.js';
import type { ManagerCall, ManagerOrder, ScriptedOrder } from './order-book.js';
import { drawn, unitsAt, validateProfile } from './profile.js';
import type { FakeProfile, Range } from './profile.js';
import { machineSnapshot, restoredMachine } from './snapshot.js';
import type { FakeManagerSnapshot } from './snapshot.js';

export interface FakeManagerOptions {
  readonly profile: FakeProfile;
  /** The world's clock: a manager goes on while the process of its adapter is stopped. */
  readonly clock: Clock;
  readonly random: Pick<Random, 'next'>;
  /** Load of machines that have none of their own, in thousandths. @default 0 */
  readonly loadMilli?: number;
  /** Told whenever a machine begins or ends to take work. */
  readonly onServingChange?: (machine: string, serving: boolean, atMs: number) => void;
  /** Told after every change that a manager would write to its database, before the order is answered. */
  readonly onChange?: () => void;
  /** Takes the place of an earlier manager; its serving machines are told as if they began now. */
  readonly restored?: FakeManagerSnapshot;
}

const MACHINES_MAX = 100_000;

/**
 * A *fake manager*: machines, the units on them, and a state machine with the timings of a real one. It outlives its
 * adapter, as real managers do. The first half is its API as an adapter calls it (an order takes effect at once, the work
 * it starts takes its time); the second half is what people and accidents do to it.
 */
export class FakeManager {
  readonly profile: FakeProfile;
  readonly #clock: Clock;
  readonly #random: Pick<Random, 'next'>;
  readonly #onServingChange: (machine: string, serving: boolean, atMs: number) => void;
  readonly #onChange: () => void;
  /** By machine key, in the order they came. */
  readonly #machines = new Map<string, FakeMachine>();
  readonly #orders: OrderBook;
  #faults: FakeFaults = NO_FAULTS;
  #loadMilli: number;

  constructor(options: FakeManagerOptions) {
    const problems = validateProfile(options.profile);
    if (problems.length > 0) throw new Error(`fake manager profile: ${problems.join('; ')}`);
    this.profile = options.profile;
    this.#clock = options.clock;
    this.#orders = new OrderBook(options.clock);
    this.#random = options.random;
    this.#loadMilli = options.loadMilli ?? 0;
    this.#onServingChange = options.onServingChange ?? ((): void => undefined);
    this.#onChange = options.onChange ?? ((): void => undefined);
    if (options.restored !== undefined) this.#restore(options.restored);
  }

  // -------------------------------------------------------------------------------------------------------------------
  // The API

  get faults(): FakeFaults {
    return this.#faults;
  }

  /** Throws while the manager is down. */
  ping(): void {
    if (this.#faults.down)
      throw new AdapterError('unavailable', `the ${this.profile.workload} manager does not answer`);
  }

  list(): { readonly complete: boolean; readonly machines: readonly FakeMachineView[] } {
    this.ping();
    const all = [...this.#machines.values()].map((machine) => this.#shown(machine));
    if (this.#faults.partial) return { complete: false, machines: all.slice(0, Math.ceil(all.length / 2)) };
    if (this.#faults.liesAboutMachines === 'omits') return { complete: true, machines: all.slice(1) };
    if (this.#faults.liesAboutMachines === 'repeats') return { complete: true, machines: [...all, ...all.slice(0, 1)] };
    return { complete: true, machines: all };
  }

  get(identity: MachineIdentity): FakeMachineView | null {
    this.ping();
    const machine = this.#lookUp(identity);
    return machine === undefined ? null : this.#shown(machine);
  }

  /** What draining the machine would take, without doing it. */
  forecast(identity: MachineIdentity): Forecast {
    this.ping();
    return drainForecast(this.#known(identity), this.profile);
  }

  /** Takes a machine in; it is up after a while, or not. */
  join(ref: MachineRef, reason: string): FakeMachineView {
    return this.#order('join', ref.name, reason, () => {
      const earlier = this.#lookUp(ref.identity);
      if (earlier !== undefined && earlier.state !== 'join_failed')
        throw new AdapterError('failed', `machine ${ref.name} is in the manager already (${earlier.state})`);
      const machine = earlier ?? this.#add(ref, null);
      const fails = this.#fails('join', machine, this.profile.joinFailChanceMilli);
      machine.note = reason;
      machine.lastError = '';
      machine.state = 'joining';
      this.#after(machine, this.profile.joinMs, () => {
        machine.lastError = fails ?? '';
        this.#setState(machine, fails === null ? 'up' : 'join_failed');
      });
      return this.#answer(machine, 'up');
    });
  }

  /** Keeps new work away and moves the units off; the answer comes at once and the work goes on. */
  drain(identity: MachineIdentity, reason: string): FakeMachineView {
    const machine = this.#known(identity);
    return this.#order('drain', machine.name, reason, () => {
      if (machine.state !== 'up')
        throw new AdapterError('failed', `machine ${machine.name} cannot be drained: it is ${machine.state}`);
      if (this.#chance(this.profile.refuseChanceMilli))
        throw new AdapterError(
          'refused',
          `machine ${machine.name} may not be drained: it is needed as the last one of its kind`,
        );
      machine.note = reason;
      machine.lastError = '';
      const fails = this.#fails('drain', machine, this.profile.drainFailChanceMilli);
      if (fails === null) this.#beginDrain(machine);
      else this.#beginFailingDrain(machine, fails);
      return this.#answer(machine, 'drained');
    });
  }

  /** Lets the machine take work again, whether it is empty yet or not. */
  activate(identity: MachineIdentity, reason: string): FakeMachineView {
    const machine = this.#known(identity);
    return this.#order('activate', machine.name, reason, () => {
      if (machine.state !== 'draining' && machine.state !== 'drained')
        throw new AdapterError('failed', `machine ${machine.name} cannot be activated: it is ${machine.state}`);
      machine.note = '';
      machine.lastError = '';
      this.#setState(machine, 'up');
      return viewOf(machine);
    });
  }

  /** Forgets an empty machine. */
  remove(identity: MachineIdentity, reason: string): FakeMachineView {
    const machine = this.#known(identity);
    return this.#order('leave', machine.name, reason, () => {
      if (machine.state !== 'drained' && machine.state !== 'join_failed' && machine.state !== 'joining')
        throw new AdapterError('refused', `machine ${machine.name} cannot be removed: it is ${machine.state}`);
      const fails = this.#fails('leave', machine, this.profile.leaveFailChanceMilli);
      machine.lastError = '';
      this.#setState(machine, 'leaving');
      this.#after(machine, this.profile.leaveMs, () => {
        if (fails === null) this.#forget(machine);
        else {
          machine.lastError = fails;
          this.#setState(machine, 'drained');
        }
      });
      return viewOf(machine);
    });
  }

  /** Ends one unit without moving it. */
  killUnit(identity: MachineIdentity, unitName: string, reason: string): void {
    const machine = this.#known(identity);
    this.#order('kill_unit', machine.name, reason, () => {
      machine.units = machine.units.filter((unit) => unit.name !== unitName);
      if (machine.state === 'draining') this.#moveUnits(machine);
    });
  }

  // -------------------------------------------------------------------------------------------------------------------
  // The world around it

  /** Orders given so far, oldest first. */
  get calls(): readonly ManagerCall[] {
    return this.#orders.calls;
  }

  /** Puts a machine in as if it had always been there. */
  place(ref: MachineRef, loadMilli: number | null = null): void {
    const machine = this.#add(ref, loadMilli);
    this.#setState(machine, 'up');
  }

  /** Sets the load of one machine, or of all that have none of their own. Units come and go where machines take work. */
  setLoad(loadMilli: number, machineName?: string): void {
    if (machineName === undefined) this.#loadMilli = loadMilli;
    else this.#named(machineName).loadMilli = loadMilli;
    for (const machine of this.#machines.values()) this.#fill(machine);
  }

  setFaults(faults: Partial<FakeFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
  }

  /** An admin puts the machine back to work, whatever it was drained for. */
  activateByHand(machineName: string): void {
    this.#setState(this.#named(machineName), 'up');
  }

  /** An admin drains the machine without us. */
  drainByHand(machineName: string): void {
    const machine = this.#named(machineName);
    machine.note = 'by hand';
    this.#beginDrain(machine);
  }

  /** The machine is gone from the manager from one moment to the next. */
  vanish(machineName: string): void {
    const machine = this.#named(machineName);
    this.#stopWork(machine);
    if (machine.state === 'up') this.#onServingChange(machine.name, false, this.#clock.nowMs());
    this.#forget(machine);
  }

  /** The oldest unit of the machine, or the named one, does not move until `unpin`. Returns its name. */
  pin(machineName: string, unitName?: string): string {
    const machine = this.#named(machineName);
    const unit = machine.units.find((candidate) => unitName === undefined || candidate.name === unitName);
    if (unit === undefined) throw new Error(`machine ${machineName} has no unit ${unitName ?? 'at all'} to pin`);
    unit.pinned = true;
    return unit.name;
  }

  unpin(machineName: string): void {
    const machine = this.#named(machineName);
    for (const unit of machine.units) {
      if (unit.pinned) unit.blockedBy = null;
      unit.pinned = false;
    }
    if (machine.state === 'draining') this.#moveUnits(machine);
  }

  /** The next such order on the machine is refused, or is taken and comes to nothing. */
  script(call: ScriptedOrder, machineName: string, how: 'refuse' | 'fail', message: string): void {
    this.#orders.script(call, machineName, how, message);
  }

  /** The truth, whatever the API says. */
  stateOf(machineName: string): FakeMachineState | 'missing' {
    return this.#find(machineName)?.state ?? 'missing';
  }

  unitsOf(machineName: string): readonly string[] {
    return (this.#find(machineName)?.units ?? []).map((unit) => unit.name);
  }

  get servingCount(): number {
    return [...this.#machines.values()].filter((machine) => machine.state === 'up').length;
  }

  /** What another process needs to go on as this manager. */
  snapshot(): FakeManagerSnapshot {
    return { loadMilli: this.#loadMilli, machines: [...this.#machines.values()].map(machineSnapshot) };
  }

  /** Ends all work in progress: nothing is left on the clock. */
  close(): void {
    for (const machine of this.#machines.values()) this.#stopWork(machine);
  }

  // -------------------------------------------------------------------------------------------------------------------

  #order<T>(call: ManagerOrder, machine: string, reason: string, carryOut: () => T): T {
    this.ping();
    const answer = this.#orders.take(call, machine, reason, carryOut);
    this.#onChange();
    return answer;
  }

  #add(ref: MachineRef, loadMilli: number | null): FakeMachine {
    const key = machineKey(ref.identity);
    if (this.#machines.has(key)) throw new Error(`machine ${ref.name} is in the fake manager already`);
    if (this.#machines.size >= MACHINES_MAX)
      throw new AdapterError('failed', `the manager holds ${MACHINES_MAX} machines`);
    const machine: FakeMachine = {
      identity: ref.identity,
      name: ref.name,
      state: 'joining',
      note: '',
      units: [],
      unitsAtFull: drawn(this.profile.unitsAtFullLoad, this.#random.next()),
      loadMilli,
      unitsMade: 0,
      unitsAtDrainStart: 0,
      timers: new Set(),
      lastError: '',
    };
    this.#machines.set(key, machine);
    return machine;
  }

  #setState(machine: FakeMachine, state: FakeMachineState): void {
    this.#stopWork(machine);
    const served = machine.state === 'up';
    machine.state = state;
    if (served !== (state === 'up')) this.#onServingChange(machine.name, state === 'up', this.#clock.nowMs());
    this.#fill(machine);
    this.#onChange();
  }

  #forget(machine: FakeMachine): void {
    this.#machines.delete(machineKey(machine.identity));
    this.#onChange();
  }

  /** Work in progress begins again and takes as long as it would have from its start. */
  #restore(snapshot: FakeManagerSnapshot): void {
    this.#loadMilli = snapshot.loadMilli;
    for (const one of snapshot.machines) {
      const machine = restoredMachine(one);
      this.#machines.set(machineKey(machine.identity), machine);
      if (machine.state === 'up') this.#onServingChange(machine.name, true, this.#clock.nowMs());
      if (machine.state === 'joining') this.#after(machine, this.profile.joinMs, () => this.#setState(machine, 'up'));
      if (machine.state === 'leaving') this.#after(machine, this.profile.leaveMs, () => this.#forget(machine));
      if (machine.state !== 'draining') continue;
      for (const unit of machine.units) if (unit.blockedBy !== null && !unit.pinned) this.#unblockLater(machine, unit);
      this.#moveUnits(machine);
    }
  }

  #stopWork(machine: FakeMachine): void {
    for (const cancel of machine.timers) cancel();
    machine.timers.clear();
    for (const unit of machine.units) {
      unit.moving = false;
      unit.blockedBy = null;
    }
  }

  /** Brings the units of a machine that takes work to what its load says. */
  #fill(machine: FakeMachine): void {
    if (machine.state !== 'up') return;
    const wanted = unitsAt(machine.loadMilli ?? this.#loadMilli, machine.unitsAtFull);
    while (machine.units.length < wanted) {
      machine.unitsMade += 1;
      const name = `${this.profile.unitName}/${machine.name}-${machine.unitsMade}`;
      machine.units.push({ name, blockedBy: null, pinned: false, moving: false });
    }
    while (machine.units.length > wanted) {
      const index = machine.units.findLastIndex((unit) => !unit.pinned);
      if (index === -1) break;
      machine.units.splice(index, 1);
    }
  }

  #beginDrain(machine: FakeMachine): void {
    this.#setState(machine, 'draining');
    machine.unitsAtDrainStart = machine.units.length;
    const nowMs = this.#clock.nowMs();
    for (const unit of machine.units) {
      const blocked = this.#chance(this.profile.blockedChanceMilli);
      if (!blocked && !unit.pinned) continue;
      const message = `${unit.name} cannot move now`;
      unit.blockedBy = { object: unit.name, reason: this.profile.blockReason, sinceMs: nowMs, message };
      if (!unit.pinned) this.#unblockLater(machine, unit);
    }
    this.#moveUnits(machine);
  }

  #unblockLater(machine: FakeMachine, unit: FakeUnit): void {
    this.#after(machine, this.profile.blockedMs, () => {
      unit.blockedBy = null;
      this.#moveUnits(machine);
    });
  }

  /** The manager keeps new work away, cannot move what is there, and gives up. */
  #beginFailingDrain(machine: FakeMachine, message: string): void {
    this.#setState(machine, 'draining');
    machine.unitsAtDrainStart = machine.units.length;
    this.#after(machine, this.profile.drainUnitMs, () => {
      machine.lastError = message;
      this.#setState(machine, 'up');
    });
  }

  /** Starts as many moves as the lanes allow; the machine is drained when the last unit is gone. */
  #moveUnits(machine: FakeMachine): void {
    if (machine.state !== 'draining') return;
    if (machine.units.length === 0) {
      this.#setState(machine, 'drained');
      return;
    }
    const lanes = this.profile.drainParallel === 0 ? Number.POSITIVE_INFINITY : this.profile.drainParallel;
    let moving = machine.units.filter((unit) => unit.moving).length;
    for (const unit of machine.units) {
      if (moving >= lanes) return;
      if (unit.moving || unit.blockedBy !== null) continue;
      moving += 1;
      unit.moving = true;
      this.#after(machine, this.profile.drainUnitMs, () => {
        machine.units = machine.units.filter((other) => other !== unit);
        this.#moveUnits(machine);
      });
    }
  }

  /** Runs `work` once the drawn time has passed, unless the machine is told something else before. */
  #after(machine: FakeMachine, time: Range, work: () => void): void {
    const cancel = this.#clock.setTimer(drawn(time, this.#random.next()) * this.#faults.slowFactor, () => {
      machine.timers.delete(cancel);
      work();
    });
    machine.timers.add(cancel);
  }

  /** Why the order just taken will come to nothing, null when it will not. */
  #fails(call: ScriptedOrder, machine: FakeMachine, chanceMilli: number): string | null {
    const scripted = this.#orders.failure(call, machine.name);
    if (scripted !== null) return scripted;
    return this.#chance(chanceMilli) ? `the manager tried to ${call} machine ${machine.name} and failed` : null;
  }

  #chance(milli: number): boolean {
    return milli > 0 && this.#random.next() * 1000 < milli;
  }

  #shown(machine: FakeMachine): FakeMachineView {
    const view = viewOf(machine);
    return this.#faults.liesAboutState && view.state === 'draining' ? { ...view, state: 'drained' } : view;
  }

  #answer(machine: FakeMachine, done: FakeMachineState): FakeMachineView {
    return this.#faults.liesAboutState ? { ...viewOf(machine), state: done } : viewOf(machine);
  }

  #known(identity: MachineIdentity): FakeMachine {
    const machine = this.#lookUp(identity);
    if (machine === undefined)
      throw new AdapterError('not_found', `no machine with uuid ${identity.uuid} is in the manager`);
    return machine;
  }

  /** The machine with this uuid and serial, or the one that was taken in before its firmware told another uuid. */
  #lookUp(identity: MachineIdentity): FakeMachine | undefined {
    return (
      this.#machines.get(machineKey(identity)) ??
      [...this.#machines.values()].find((machine) => isRenumbered(machine.identity, identity))
    );
  }

  #find(machineName: string): FakeMachine | undefined {
    return [...this.#machines.values()].find((machine) => machine.name === machineName);
  }

  #named(machineName: string): FakeMachine {
    const machine = this.#find(machineName);
    if (machine === undefined) throw new Error(`the fake manager has no machine ${machineName}`);
    return machine;
  }
}
