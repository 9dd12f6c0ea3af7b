import { Prng } from '../../src/scenario/index.js';
import { CALM, type NetworkConditions } from '../../src/simulation/virtual-network.js';
import type { World } from '../../src/simulation/world.js';
import { aimFaults } from './aimed-faults.js';
import { FaultClock } from './fault-clock.js';
import { Hands } from './hands.js';
import { startIntruder } from './intruder.js';
import { MachineFaults } from './machine-faults.js';
import type { MoveWatch } from './move-watch.js';
import type { SimOptions } from './options.js';
import {
  FAULT_MAX_MS,
  killAgent,
  killFramework,
  killMaster,
  managerFault,
  RESTART_MAX_MS,
  setAside,
  stopAgent,
  stopFramework,
} from './strikes.js';

/** Clocks leap by up to this much. */
const LEAP_MAX_MS = 600_000;

/** Makes things go wrong at random times until healed; everything it breaks it also mends. */
export class FaultInjector {
  readonly #options: SimOptions;
  readonly #disk: Prng;
  readonly #diskCounts = new Map<string, number>();
  /** Peers that the network swallows now. */
  readonly #partitioned = new Set<string>();
  #clock: FaultClock | null = null;
  #hands: Hands | null = null;
  #machines: MachineFaults | null = null;
  #healed = false;
  #masterLeaptMs = -Infinity;

  constructor(options: SimOptions) {
    this.#options = options;
    this.#disk = new Prng(options.seed, 'disk');
  }

  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.#diskCounts, ...(this.#clock?.counts ?? [])]);
  }

  /** Hosts that somebody changed in a manager behind our back: what the manager has there is not ours to prove. */
  get handledHosts(): ReadonlySet<string> {
    return this.#hands?.hosts ?? new Set();
  }

  /** World time at which the clock of the master last leapt. */
  get masterLeaptMs(): number {
    return this.#masterLeaptMs;
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
    const delayMs = this.#disk.int(0, commitDelayMaxMs);
    if (this.#healed) return { delayMs, fate: 'ok' };
    if (this.#disk.chance(commitFailMilli / 10_000)) return { delayMs, fate: this.#diskFault('commit fails', 'fail') };
    if (this.#disk.chance(commitLostMilli / 10_000))
      return { delayMs, fate: this.#diskFault('commit outcome lost', 'lost') };
    return { delayMs, fate: 'ok' };
  }

  start(world: World, watch: MoveWatch): void {
    const options = this.#options;
    const clock = new FaultClock(world, new Prng(options.seed, 'faults'));
    this.#clock = clock;
    this.#hands = new Hands(clock);
    this.#machines = new MachineFaults(clock);
    this.#processFaults(clock);
    const { prng } = clock;
    clock.repeat(options.partitionsPerHour, () => {
      const peers = [
        '*',
        ...world.hostNames.map((host) => `agent/${host}`),
        ...world.frameworkNames.map((name) => `framework/${name}`),
      ];
      this.partition(prng.pick(peers), prng.int(1_000, FAULT_MAX_MS));
    });
    clock.repeat(options.handsOnPerHour, () => {
      const host = prng.pick(world.hostNames);
      for (const name of world.frameworkNames) this.#hands?.meddle(name, host);
    });
    clock.repeat(options.machineFaultsPerHour, () => {
      this.#machines?.strike(prng.pick(world.hostNames));
    });
    startIntruder(clock, options.intrusionsPerHour);
    aimFaults(clock, watch, this.#hands, this, options);
  }

  /** The network swallows everything of a peer (`*`: of all) for a while. */
  partition(peer: string, forMs: number): void {
    this.#clock?.count('partition');
    this.#partitioned.add(peer);
    this.#clock?.later(
      forMs,
      () => {
        this.#partitioned.delete(peer);
      },
      forMs,
    );
  }

  /** Stops all faults and mends what is broken: from now on everything has to come right. */
  heal(): void {
    const clock = this.#clock;
    if (clock === null) return;
    const { world } = clock;
    this.#healed = true;
    clock.heal();
    this.#partitioned.clear();
    this.#machines?.heal();
    this.#hands?.heal();
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

  #processFaults(clock: FaultClock): void {
    const { world, prng } = clock;
    const options = this.#options;
    const host = (): string => prng.pick(world.hostNames);
    const framework = (): string => prng.pick(world.frameworkNames);
    clock.repeat(options.masterKillsPerHour, () => {
      killMaster(clock);
    });
    clock.repeat(options.masterStopsPerHour, () => {
      clock.count('master stopped');
      world.pauseMaster(true);
      clock.later(FAULT_MAX_MS, () => {
        world.pauseMaster(false);
      });
    });
    clock.repeat(options.agentKillsPerHour, () => {
      killAgent(clock, host());
    });
    clock.repeat(options.agentStopsPerHour, () => {
      stopAgent(clock, host(), FAULT_MAX_MS);
    });
    clock.repeat(options.powerLossesPerHour, () => {
      const name = host();
      clock.count('power lost');
      world.setPower(name, false);
      clock.later(FAULT_MAX_MS, () => {
        world.setPower(name, true);
      });
    });
    clock.repeat(options.frameworkKillsPerHour, () => {
      killFramework(clock, framework());
    });
    clock.repeat(options.frameworkStopsPerHour, () => {
      stopFramework(clock, framework(), FAULT_MAX_MS);
    });
    clock.repeat(options.doublesPerHour, () => {
      clock.count('framework started twice');
      world.doubleFramework(framework());
    });
    clock.repeat(options.managerFaultsPerHour, () => {
      managerFault(clock, framework());
    });
    clock.repeat(options.leapsPerHour, () => {
      this.#leap(clock);
    });
    clock.repeat(options.setAsidePerHour, () => {
      setAside(clock);
    });
  }

  #leap(clock: FaultClock): void {
    const { world, prng } = clock;
    const byMs = prng.int(1_000, LEAP_MAX_MS);
    prng.pick([
      () => {
        clock.count('clock of an agent leaps');
        world.leapAgent(prng.pick(world.hostNames), byMs);
      },
      () => {
        clock.count('clock of a framework leaps');
        world.leapFramework(prng.pick(world.frameworkNames), byMs);
      },
      () => {
        clock.count('clock of the master leaps');
        this.#masterLeaptMs = world.clock.nowMs();
        world.leapMaster(byMs);
      },
      () => {
        // While no master runs the wall clock may be set back, too.
        clock.count('clock set while the master is down');
        world.killMaster();
        world.leapMaster(prng.chance(0.5) ? byMs : -byMs);
        clock.later(RESTART_MAX_MS, () => {
          world.startMaster();
        });
      },
    ])();
  }

  #diskFault<Fate>(name: string, fate: Fate): Fate {
    this.#diskCounts.set(name, (this.#diskCounts.get(name) ?? 0) + 1);
    return fate;
  }
}
