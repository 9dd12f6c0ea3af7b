import { Prng } from '../../src/scenario/index.js';

/**
 * Everything about one seed's world, drawn from the seed before it begins: swarm testing, so that some seeds have a calm
 * network and a mad operator, others the reverse. Rates are per simulated hour, chances in thousandths.
 */
export interface SimOptions {
  readonly seed: number;
  /** Simulated length of the phase with faults. */
  readonly safetyMs: number;
  /** How long the healed world may take to settle. */
  readonly livenessMs: number;
  readonly hosts: number;
  /** Frames take up to this long. */
  readonly delayMaxMs: number;
  /** Chance that a connection breaks at a frame. */
  readonly breakMilli: number;
  readonly lateCloseMilli: number;
  readonly partitionsPerHour: number;
  readonly masterKillsPerHour: number;
  readonly masterStopsPerHour: number;
  readonly agentKillsPerHour: number;
  readonly agentStopsPerHour: number;
  readonly powerLossesPerHour: number;
  readonly frameworkKillsPerHour: number;
  readonly frameworkStopsPerHour: number;
  readonly managerFaultsPerHour: number;
  readonly handsOnPerHour: number;
  readonly operatorActionsPerHour: number;
  readonly taskActionsPerHour: number;
  readonly commitDelayMaxMs: number;
  readonly commitFailMilli: number;
  readonly commitLostMilli: number;
  /** Chances of failing attempts in managers and agents. */
  readonly stepFailMilli: number;
  readonly blockedMilli: number;
  /** Soft drain deadline. */
  readonly drainDeadlineMs: number;
  readonly stepLeaseMs: number;
  /** Buggify: limits so small that they are reached. */
  readonly smallOutboxes: boolean;
  /** Hosts that no manager uses at the start: they are admitted. */
  readonly ownerless: number;
  /** Chance that a wipe leaves something behind. */
  readonly dirtyMilli: number;
  /** A unit takes at least this long to move: with many units a drain is too long for its deadline. */
  readonly drainUnitMinSeconds: number;
  /** Chance, each time a move comes to a step, that the operator cancels it, retries it, or takes its host out of use. */
  readonly meddleMilli: number;
  /** Chance, each time a move comes to a step, that its executor is struck just then. */
  readonly aimMilli: number;
  readonly intrusionsPerHour: number;
  /** Clocks of agents, frameworks and the master leap by minutes. */
  readonly leapsPerHour: number;
  /** Machines that come back different, report nonsense, or run what nobody launched. */
  readonly machineFaultsPerHour: number;
  /** Peers set aside although they did nothing. */
  readonly setAsidePerHour: number;
  /** Second processes with one session. */
  readonly doublesPerHour: number;
  /** Chance that a framework says a step update twice, or an old one again. */
  readonly stutterMilli: number;
  readonly drainsPerHour: number;
  readonly windowsPerHour: number;
  /** Several hosts lose their network at once. */
  readonly outagesPerHour: number;
  /** A borrower fills the shared hosts, and who is guaranteed a part of them wants it now and then. */
  readonly crowd: boolean;
  /** Two frameworks want several whole hosts at once. */
  readonly gangs: boolean;
  /** A framework takes nothing but open offers. */
  readonly openTaker: boolean;
}

const MINUTE_MS = 60_000;

export function drawOptions(seed: number): SimOptions {
  const prng = new Prng(seed, 'options');
  // Half of all rates are zero in a seed: a fault that never stops hides what the others would show.
  const rate = (max: number): number => (prng.chance(0.5) ? 0 : prng.int(1, max));
  const milli = (max: number): number => (prng.chance(0.5) ? 0 : prng.int(1, max));
  return {
    seed,
    safetyMs: 120 * MINUTE_MS,
    livenessMs: 240 * MINUTE_MS,
    hosts: prng.int(12, 16),
    delayMaxMs: prng.int(1, 400),
    breakMilli: milli(20),
    lateCloseMilli: milli(500),
    partitionsPerHour: rate(6),
    masterKillsPerHour: rate(6),
    masterStopsPerHour: rate(4),
    agentKillsPerHour: rate(20),
    agentStopsPerHour: rate(10),
    powerLossesPerHour: rate(4),
    frameworkKillsPerHour: rate(8),
    frameworkStopsPerHour: rate(6),
    managerFaultsPerHour: rate(8),
    handsOnPerHour: rate(10),
    operatorActionsPerHour: rate(40),
    taskActionsPerHour: rate(120),
    commitDelayMaxMs: prng.int(0, 200),
    commitFailMilli: milli(4),
    commitLostMilli: milli(4),
    stepFailMilli: prng.chance(0.2) ? prng.int(400, 600) : milli(250),
    blockedMilli: milli(300),
    drainDeadlineMs: prng.pick([5, 10, 30]) * MINUTE_MS,
    stepLeaseMs: prng.pick([20_000, 60_000]),
    smallOutboxes: prng.chance(0.2),
    ownerless: prng.chance(0.5) ? 0 : prng.int(1, 5),
    dirtyMilli: prng.chance(0.2) ? prng.int(400, 700) : milli(150),
    drainUnitMinSeconds: prng.chance(0.7) ? 2 : prng.int(10, 120),
    meddleMilli: milli(200),
    aimMilli: milli(300),
    intrusionsPerHour: rate(40),
    leapsPerHour: rate(6),
    machineFaultsPerHour: rate(8),
    setAsidePerHour: rate(2),
    doublesPerHour: rate(4),
    stutterMilli: milli(100),
    drainsPerHour: rate(12),
    windowsPerHour: rate(8),
    outagesPerHour: rate(2),
    ...drawPeers(seed),
  };
}

/** From a stream of its own: worlds without them stay what they are. */
function drawPeers(seed: number): Pick<SimOptions, 'crowd' | 'gangs' | 'openTaker'> {
  const prng = new Prng(seed, 'peers');
  const crowd = prng.chance(0.2);
  return { crowd, gangs: prng.chance(0.2), openTaker: prng.chance(crowd ? 0.4 : 0.1) };
}
