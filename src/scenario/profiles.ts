import type { Prng } from './prng.js';

/** A duration drawn evenly between two bounds, in scenario seconds. */
export interface DurationRange {
  readonly minSeconds: number;
  readonly maxSeconds: number;
}

/**
 * The kinds of manager with a shipped profile. `instant` answers at once and never fails: for tests and for measuring
 * Mosaic itself.
 */
export const PROFILE_KINDS = ['ovirt', 'kubernetes', 'hadoop', 'openstack', 'instant'] as const;
export type ProfileKind = (typeof PROFILE_KINDS)[number];

/**
 * How long each step of a move takes with one kind of manager, and what goes wrong how often. `prepare`, `join`,
 * `verify` are paid by the workload that gets
 * the host; `forecast`, `drain`, `leave` and `wipe` by the one that gives it up.
 */
export interface ManagerProfile {
  /** Asking the manager what a drain would do. */
  readonly forecast: DurationRange;
  /** Moving or ending one unit. */
  readonly drainUnit: DurationRange;
  /** Units that move at the same time; 0 means all of them. */
  readonly drainParallelism: number;
  /** The manager forgets the host. */
  readonly leave: DurationRange;
  /** The agent removes the workload's data and checks that it is gone. */
  readonly wipe: DurationRange;
  /** The agent brings up the new workload's image, packages and credentials. */
  readonly prepare: DurationRange;
  /** The manager takes the host in. */
  readonly join: DurationRange;
  /** The manager runs something on the host and finds it healthy. */
  readonly verify: DurationRange;
  /** What the manager's load on a host is made of. */
  readonly unitName: string;
  /** Units on a host that is fully loaded. */
  readonly unitsAtFullLoad: { readonly min: number; readonly max: number };
  /** Chance (0 to 1) that a unit cannot move at first (a pinned VM, a disruption budget, a long task). */
  readonly blockedUnitChance: number;
  /** How long a blocked unit stays so. */
  readonly blockedUnit: DurationRange;
  /** Chance (0 to 1) that one attempt of a step fails and is tried again. */
  readonly failureChance: {
    readonly prepare: number;
    readonly join: number;
    readonly drain: number;
    readonly leave: number;
    readonly wipe: number;
  };
}

/** The fields of a profile that are durations, in the order in which a move meets them. */
export const PROFILE_DURATIONS = [
  'forecast',
  'drainUnit',
  'blockedUnit',
  'leave',
  'wipe',
  'prepare',
  'join',
  'verify',
] as const;
export type ProfileDuration = (typeof PROFILE_DURATIONS)[number];

const range = (minSeconds: number, maxSeconds: number): DurationRange => ({ minSeconds, maxSeconds });

/**
 * The shipped profiles. "ref." is the project's reference notes on each manager; figures marked *assumed* have no
 * source and are chosen so that whole moves
 * agree with the ones that have (3 to 30 minutes to add an oVirt host; a machine that changes its profile with a
 * reboot, P90 244 s).
 */
export const PROFILES: Readonly<Record<ProfileKind, ManagerProfile>> = {
  ovirt: {
    forecast: range(1, 5), // assumed: a handful of REST reads.
    drainUnit: range(12, 40), // ref. ovirt §2.5: VM memory / (0.8 × link) plus 5-10 s; 8 to 24 GiB over 10 Gbit/s.
    drainParallelism: 2, // ref. ovirt §2.5: concurrent migrations per host, default policy.
    leave: range(6, 30), // ref. ovirt §2.5: maintenance ≤ 3 s after the last VM, status poll 3 s, then DELETE?async and its poll.
    wipe: range(60, 180), // ref. quota and reassignment §1.1: a profile switch, P90 244 s when it reboots.
    prepare: range(90, 240), // the same source; the image with the oVirt packages is layered (ref. ovirt §2.5: host-deploy cannot install on rpm-ostree).
    join: range(180, 1_080), // ref. ovirt §2.5: 3-8 min with packages preinstalled, 10-20 min with a reboot; the project's CI waits 30 min.
    verify: range(30, 120), // ref. ovirt §2.5: maintenance → up.
    unitName: 'VM',
    unitsAtFullLoad: { min: 8, max: 24 }, // assumed: 1.3 to 4 cores a VM on 32 cores.
    blockedUnitChance: 0.01, // assumed; ref. ovirt §2.4 lists what blocks: pinned, host devices, user-migratable only.
    blockedUnit: range(300, 900), // ref. ovirt §2.5: the engine retries a stuck maintenance every 300 s.
    failureChance: { prepare: 0.01, join: 0.03, drain: 0.01, leave: 0.005, wipe: 0.005 }, // assumed.
  },
  kubernetes: {
    forecast: range(1, 4), // ref. kubernetes §1.2: evictions with dryRun=All.
    drainUnit: range(2, 60), // ref. kubernetes §1.2: 2 s measured; default grace period 30 s, and the replacement has to start first.
    drainParallelism: 0, // ref. kubernetes §1.2: pods of a node are evicted in parallel.
    leave: range(20, 41), // ref. kubernetes §1.2: pods bound to a deleted node are gone after up to 41 s.
    wipe: range(60, 180), // ref. quota and reassignment §1.1.
    prepare: range(90, 240), // the same.
    join: range(20, 120), // ref. kubernetes §1.1: TLS bootstrap and health waits of 4-5 min are the limits; an answer in seconds is usual.
    verify: range(10, 60), // ref. kubernetes §1.1: Ready, lease renewals (40 s), then the joining taint is removed.
    unitName: 'pod',
    unitsAtFullLoad: { min: 10, max: 40 }, // assumed: below the default limit of 110 pods a node.
    blockedUnitChance: 0.03, // assumed: a 429 from a disruption budget.
    blockedUnit: range(5, 180), // ref. kubernetes §1.2: kubectl tries again every 5 s; the budget opens when the replacement is ready.
    failureChance: { prepare: 0.01, join: 0.02, drain: 0.005, leave: 0.002, wipe: 0.005 }, // assumed.
  },
  hadoop: {
    forecast: range(1, 5), // assumed: node containers from the ResourceManager, block counts from the NameNode.
    drainUnit: range(10, 300), // ref. hadoop §2.3: YARN side 1 s (idle) to the graceful timeout; most tasks of the trace's time last minutes.
    drainParallelism: 0, // running containers end by themselves, side by side.
    leave: range(60, 120), // ref. hadoop §2.3: HDFS maintenance ≥ 30 s, and two readings ≥ 30 s apart that agree.
    wipe: range(60, 180), // ref. quota and reassignment §1.1.
    prepare: range(90, 240), // the same.
    join: range(10, 60), // ref. hadoop §5.4: NodeManager 5-8 s and DataNode ~8 s to start, then heartbeats.
    verify: range(10, 60), // assumed: a NodeManager RUNNING over three heartbeats and a block report.
    unitName: 'container',
    unitsAtFullLoad: { min: 8, max: 32 }, // one map task a core at most.
    blockedUnitChance: 0.02, // assumed: an application master or a long reduce.
    blockedUnit: range(60, 900), // ref. hadoop §2.3: up to the graceful timeout of 3,600 s; most long tasks end sooner.
    failureChance: { prepare: 0.01, join: 0.02, drain: 0.01, leave: 0.01, wipe: 0.005 }, // assumed.
  },
  openstack: {
    forecast: range(1, 5), // assumed.
    drainUnit: range(7, 40), // ref. openstack §3: 2 servers live-migrated in about 13 s.
    drainParallelism: 2, // assumed: as oVirt, bounded by the link.
    leave: range(20, 75), // ref. openstack §3: service down after service_down_time (20 s in the tests, 60 s by default), then the DELETE.
    wipe: range(60, 180), // ref. quota and reassignment §1.1.
    prepare: range(90, 240), // the same.
    join: range(8, 300), // ref. openstack §4: the service is back in 7.7 s; scheduling waits for the periodic discovery of hosts.
    verify: range(10, 60), // assumed.
    unitName: 'server',
    unitsAtFullLoad: { min: 8, max: 24 }, // assumed, as oVirt.
    blockedUnitChance: 0.01, // assumed.
    blockedUnit: range(60, 600), // assumed.
    failureChance: { prepare: 0.01, join: 0.02, drain: 0.01, leave: 0.005, wipe: 0.005 }, // assumed.
  },
  instant: {
    forecast: range(0, 0),
    drainUnit: range(0, 0),
    drainParallelism: 0,
    leave: range(0, 0),
    wipe: range(0, 0),
    prepare: range(0, 0),
    join: range(0, 0),
    verify: range(0, 0),
    unitName: 'unit',
    unitsAtFullLoad: { min: 1, max: 1 },
    blockedUnitChance: 0,
    blockedUnit: range(0, 0),
    failureChance: { prepare: 0, join: 0, drain: 0, leave: 0, wipe: 0 },
  },
};

/** A range in real milliseconds, after scaling. */
export interface RangeMs {
  readonly minMs: number;
  readonly maxMs: number;
}

/** Draws a whole number of milliseconds from a range. */
export function sampleMs(duration: RangeMs, prng: Prng): number {
  return prng.int(duration.minMs, duration.maxMs);
}

/** Units on a host at a load between 0 and 1; a host with any load carries at least one. */
export function unitsOnHost(profile: Pick<ManagerProfile, 'unitsAtFullLoad'>, load: number, prng: Prng): number {
  const full = prng.int(profile.unitsAtFullLoad.min, profile.unitsAtFullLoad.max);
  const bounded = Math.min(Math.max(load, 0), 1);
  return bounded === 0 ? 0 : Math.max(1, Math.round(full * bounded));
}

/**
 * One unit's way off a host: when its move begins and ends, counted from the start of the drain, and how much of that
 * it was blocked.
 */
export interface UnitDrain {
  readonly startMs: number;
  readonly endMs: number;
  readonly blockedMs: number;
}

/**
 * The timetable of a drain: `units` units in `parallelism` lanes (0: one lane each), each taking a sampled time, and
 * blocked first with `blockedUnitChance`.
 * The drain is over at the greatest `endMs`.
 */
export function drainTimetable(
  profile: {
    readonly drainUnit: RangeMs;
    readonly blockedUnit: RangeMs;
    readonly drainParallelism: number;
    readonly blockedUnitChance: number;
  },
  units: number,
  prng: Prng,
): readonly UnitDrain[] {
  const lanes = new Array<number>(
    profile.drainParallelism === 0 ? units : Math.min(profile.drainParallelism, units),
  ).fill(0);
  return Array.from({ length: units }, () => {
    let lane = 0;
    lanes.forEach((freeAt, index) => {
      if (freeAt < (lanes[lane] ?? 0)) lane = index;
    });
    const startMs = lanes[lane] ?? 0;
    const blockedMs = prng.chance(profile.blockedUnitChance) ? sampleMs(profile.blockedUnit, prng) : 0;
    const endMs = startMs + blockedMs + sampleMs(profile.drainUnit, prng);
    lanes[lane] = endMs;
    return { startMs, endMs, blockedMs };
  });
}

/**
 * Every step's time of one sampled move between two workloads, in milliseconds; steps that fail are not tried again
 * here.
 */
export function sampleMoveMs(from: ScaledTimings, to: ScaledTimings, load: number, prng: Prng): number {
  const units = unitsOnHost(from, load, prng);
  const drainMs = drainTimetable(from, units, prng).reduce((latest, unit) => Math.max(latest, unit.endMs), 0);
  const before = sampleMs(from.forecast, prng) + drainMs + sampleMs(from.leave, prng) + sampleMs(from.wipe, prng);
  return before + sampleMs(to.prepare, prng) + sampleMs(to.join, prng) + sampleMs(to.verify, prng);
}

/** A profile with its durations in real milliseconds. */
export type ScaledTimings = Omit<ManagerProfile, ProfileDuration> & Readonly<Record<ProfileDuration, RangeMs>>;
