import { FakeAdapter, FakeManager, QUICK_PROFILE } from '../../frameworks/fake/index.js';
import type { FakeFaults, FakeProfile } from '../../frameworks/fake/index.js';
import type { MachineRef, WantedHosts } from '../../frameworks/contract/types.js';
import { NO_FAULTS } from '../../frameworks/fake/faults.js';
import { sfc32 } from '../support/seeded-random.js';
import { StoppableClock } from '../support/stoppable-clock.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { adapterConformance } from './adapter-conformance.js';
import type { AdapterWorld, TrueState, WorldFault } from './adapter-world.js';

const FAULTS: Readonly<Record<WorldFault, FakeFaults>> = {
  none: NO_FAULTS,
  down: { ...NO_FAULTS, down: true },
  slow: { ...NO_FAULTS, slowFactor: 20 },
  hang: { ...NO_FAULTS, hang: true },
  answers_early: { ...NO_FAULTS, liesAboutState: true },
  repeats: { ...NO_FAULTS, liesAboutMachines: 'repeats' },
  omits: { ...NO_FAULTS, liesAboutMachines: 'omits' },
  partial: { ...NO_FAULTS, partial: true },
};

const STATES: Readonly<Record<ReturnType<FakeManager['stateOf']>, TrueState>> = {
  missing: 'absent',
  joining: 'joining',
  join_failed: 'broken',
  up: 'serving',
  draining: 'emptying',
  drained: 'empty',
  leaving: 'leaving',
};

function fakeWorld(profile: FakeProfile, stepMsMax: number): AdapterWorld {
  const clock = new VirtualClock(1_000_000);
  const random = sfc32(7);
  const manager = new FakeManager({ profile, clock, random, loadMilli: 1000 });
  let wanted: readonly WantedHosts[] = [];
  const machine = (name: string): MachineRef => ({
    hostId: `h-${name}`,
    name,
    identity: { uuid: `0000-${name}`, serial: `serial-${name}`, macs: [`mac-${name}`] },
  });
  return {
    process: () => {
      const processClock = new StoppableClock(clock);
      const adapter = new FakeAdapter({ manager, clock: processClock, random, demandSource: () => wanted });
      return {
        adapter,
        clock: processClock,
        random,
        deliver: (work) => processClock.deliver(work),
        stop: () => processClock.stop(),
        continue: () => processClock.continue(),
      };
    },
    machine,
    place: (name) => manager.place(machine(name)),
    stateOf: (name) => STATES[manager.stateOf(name)],
    unitsOn: (name) => manager.unitsOf(name).length,
    orders: () => manager.calls.filter((call) => call.error === ''),
    wants: (next) => {
      wanted = next;
    },
    fault: (fault) => manager.setFaults(FAULTS[fault]),
    block: (name) => manager.pin(name),
    unblock: (name) => manager.unpin(name),
    failNextJoin: (name) => manager.script('join', name, 'fail', 'host-deploy failed'),
    activateByHand: (name) => manager.activateByHand(name),
    vanish: (name) => manager.vanish(name),
    nowMs: () => clock.nowMs(),
    advance: (ms) => clock.advance(ms),
    close: async () => manager.close(),
    stepMsMax,
  };
}

/** Times of an oVirt engine, divided so that a whole step fits into a few leases. */
const VMS: FakeProfile = {
  ...QUICK_PROFILE,
  workload: 'ovirt',
  unitName: 'vm',
  answerMs: { min: 20, max: 200 },
  forecastMs: { min: 100, max: 500 },
  joinMs: { min: 60_000, max: 120_000 },
  verifyMs: { min: 5_000, max: 10_000 },
  drainUnitMs: { min: 4_000, max: 12_000 },
  drainParallel: 2,
  leaveMs: { min: 3_000, max: 9_000 },
  pollMs: 3_000,
  unitsAtFullLoad: { min: 4, max: 8 },
};

adapterConformance('fake, instant', () => fakeWorld({ ...QUICK_PROFILE, unitsAtFullLoad: { min: 3, max: 3 } }, 20_000));
adapterConformance('fake, with the times of virtual machines', () => fakeWorld(VMS, 300_000));
