import { Prng } from '../../src/scenario/index.js';
import { CALM, type NetworkConditions } from '../../src/simulation/virtual-network.js';
import type { World } from '../../src/simulation/world.js';
import type { SimOptions } from './options.js';

const HOUR_MS = 3_600_000;
/** A service manager starts a dead process again within this. */
const RESTART_MAX_MS = 60_000;
const FAULT_MAX_MS = 300_000;

/** Makes things go wrong at random times until healed; everything it breaks it also mends. */
export class FaultInjector {
  readonly counts = new Map<string, number>();
  readonly #options: SimOptions;
  readonly #prng: Prng;
  /** Peers that the network swallows now. */
  readonly #partitioned = new Set<string>();
  readonly #handled = new Set<string>();
  #world: World | null = null;
  #healed = false;

  constructor(options: SimOptions) {
    this.#options = options;
    this.#prng = new Prng(options.seed, 'faults');
  }

  /** Hosts that somebody changed in a manager behind our back: what the manager has there is not ours to prove. */
  get handledHosts(): ReadonlySet<string> {
    return this.#handled;
  }

  conditionsOf(peer: string): NetworkConditions {
    if (this.#healed) return { ...CALM, delayMaxMs: this.#options.delayMaxMs };
    return {
      delayMinMs: 0,
      delayMaxMs: this.#options.delayMaxMs,
      breakMilli: this.#options.breakMilli / 10,
      partitioned: this.#partitioned.has(peer) || this.#partitioned.has('*'),
      lateCloseMilli: this.#options.lateCloseMilli,
      lateCloseMs: 20_000,
    };
  }

  /** Latency and fate of a commit. */
  onCommit(): { readonly delayMs: number; readonly fate: 'ok' | 'fail' | 'lost' } {
    const { commitDelayMaxMs, commitFailMilli, commitLostMilli } = this.#options;
    const delayMs = this.#prng.int(0, commitDelayMaxMs);
    if (this.#healed) return { delayMs, fate: 'ok' };
    if (this.#prng.chance(commitFailMilli / 10_000))
      return { delayMs, fate: this.#count('commit fails', 'fail' as const) };
    if (this.#prng.chance(commitLostMilli / 10_000))
      return { delayMs, fate: this.#count('commit outcome lost', 'lost' as const) };
    return { delayMs, fate: 'ok' };
  }

  start(world: World): void {
    this.#world = world;
    const options = this.#options;
    this.#repeat(options.partitionsPerHour, () => {
      this.#partition(world);
    });
    this.#repeat(options.masterKillsPerHour, () => {
      this.#count('master killed', null);
      world.killMaster();
      this.#later(RESTART_MAX_MS, () => {
        world.startMaster();
      });
    });
    this.#repeat(options.masterStopsPerHour, () => {
      this.#count('master stopped', null);
      world.pauseMaster(true);
      this.#later(FAULT_MAX_MS, () => {
        world.pauseMaster(false);
      });
    });
    this.#repeat(options.agentKillsPerHour, () => {
      const host = this.#prng.pick(world.hostNames);
      this.#count('agent killed', null);
      world.killAgent(host);
      this.#later(RESTART_MAX_MS, () => {
        world.startAgent(host);
      });
    });
    this.#repeat(options.agentStopsPerHour, () => {
      const host = this.#prng.pick(world.hostNames);
      this.#count('agent stopped', null);
      world.pauseAgent(host, true);
      this.#later(FAULT_MAX_MS, () => {
        world.pauseAgent(host, false);
      });
    });
    this.#repeat(options.powerLossesPerHour, () => {
      const host = this.#prng.pick(world.hostNames);
      this.#count('power lost', null);
      world.setPower(host, false);
      this.#later(FAULT_MAX_MS, () => {
        world.setPower(host, true);
      });
    });
    this.#repeat(options.frameworkKillsPerHour, () => {
      const name = this.#prng.pick(world.frameworkNames);
      this.#count('framework killed', null);
      world.killFramework(name);
      this.#later(RESTART_MAX_MS, () => {
        world.startFramework(name);
      });
    });
    this.#repeat(options.frameworkStopsPerHour, () => {
      const name = this.#prng.pick(world.frameworkNames);
      this.#count('framework stopped', null);
      world.pauseFramework(name, true);
      this.#later(FAULT_MAX_MS, () => {
        world.pauseFramework(name, false);
      });
    });
    this.#repeat(options.managerFaultsPerHour, () => {
      this.#managerFault(world);
    });
    this.#repeat(options.handsOnPerHour, () => {
      this.#handsOn(world);
    });
  }

  /** Stops all faults and mends what is broken: from now on everything has to come right. */
  heal(): void {
    const world = this.#world;
    if (world === null) return;
    this.#healed = true;
    this.#partitioned.clear();
    world.pauseMaster(false);
    world.startMaster();
    for (const host of world.hostNames) {
      world.pauseAgent(host, false);
      world.setPower(host, true);
    }
    for (const name of world.frameworkNames) {
      world.pauseFramework(name, false);
      world.startFramework(name);
      world.workload(name).manager.setFaults({
        down: false,
        hang: false,
        slowFactor: 1,
        liesAboutState: false,
        liesAboutMachines: 'no',
        partial: false,
      });
    }
  }

  #partition(world: World): void {
    const peers = [
      '*',
      ...world.hostNames.map((host) => `agent/${host}`),
      ...world.frameworkNames.map((name) => `framework/${name}`),
    ];
    const peer = this.#prng.pick(peers);
    this.#count('partition', null);
    this.#partitioned.add(peer);
    this.#later(FAULT_MAX_MS, () => {
      this.#partitioned.delete(peer);
    });
  }

  #managerFault(world: World): void {
    const { manager } = world.workload(this.#prng.pick(world.frameworkNames));
    const [name, fault, mend] = this.#prng.pick([
      ['manager down', { down: true }, { down: false }],
      ['manager slow', { slowFactor: 5 }, { slowFactor: 1 }],
      ['manager hangs', { hang: true }, { hang: false }],
      ['manager lies about states', { liesAboutState: true }, { liesAboutState: false }],
      ['manager omits machines', { liesAboutMachines: 'omits' as const }, { liesAboutMachines: 'no' as const }],
      ['manager repeats machines', { liesAboutMachines: 'repeats' as const }, { liesAboutMachines: 'no' as const }],
      ['manager answers in part', { partial: true }, { partial: false }],
    ] as const);
    this.#count(name, null);
    manager.setFaults(fault);
    this.#later(FAULT_MAX_MS, () => {
      manager.setFaults(mend);
    });
  }

  /** An admin works in the manager without telling us. */
  #handsOn(world: World): void {
    const { manager } = world.workload(this.#prng.pick(world.frameworkNames));
    const host = this.#prng.pick(world.hostNames);
    const state = manager.stateOf(host);
    if (state === 'draining' || state === 'drained') {
      this.#count('activated by hand', null);
      manager.activateByHand(host);
    } else if (state === 'up') {
      this.#count('drained by hand', null);
      manager.drainByHand(host);
      this.#handled.add(host);
      this.#later(FAULT_MAX_MS, () => {
        if (['draining', 'drained'].includes(manager.stateOf(host))) manager.activateByHand(host);
      });
    }
  }

  /** At random times, `perHour` on average; each next time is drawn when the last has come. */
  #repeat(perHour: number, happen: () => void): void {
    if (perHour === 0) return;
    const again = (): void => {
      const waitMs = Math.ceil(-Math.log(1 - this.#prng.next()) * (HOUR_MS / perHour));
      this.#world?.clock.setTimer(waitMs, () => {
        if (this.#healed) return;
        happen();
        again();
      });
    };
    again();
  }

  #later(withinMs: number, mend: () => void): void {
    this.#world?.clock.setTimer(this.#prng.int(1_000, withinMs), () => {
      if (!this.#healed) mend();
    });
  }

  #count<Value>(name: string, value: Value): Value {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    return value;
  }
}
