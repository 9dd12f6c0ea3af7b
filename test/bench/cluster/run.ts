import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admitFleet, shareFleet } from './admission.js';
import { Child } from './child.js';
import { sharedMs } from './clock.js';
import { DiskProbe } from './disk-probe.js';
import { percentile, rounded, type ClusterFigures } from './figures.js';
import { SLOTS_PER_HOST } from './fleet.js';
import type { ClusterFlags } from './flags.js';
import { metricsOf, quantileMs } from './master-metrics.js';
import { Master } from './master.js';
import type { FrameworkWindow, LaunchSample } from './messages.js';
import { cpuMs, rssMb } from './process-figures.js';
import { recordProfile } from './profile.js';

/** An emulator of so many agents keeps one core busy at most. */
const AGENTS_PER_PROCESS = 25_000;
/** The cluster counts as full when so much of it runs: at any moment some slots wait for their next task. */
const FULL_SHARE = 0.98;
const PHASE_TIMEOUT_MS = 600_000;
/** A master that is overloaded never gets there; then it is measured as it is, and `fullPercent` tells. */
const FILL_TIMEOUT_MS = 60_000;
/** Besides, for each slot. */
const FILL_TIMEOUT_PER_SLOT_MS = 3;
/**
 * Slots that are shared and wait for their first task: no more hosts are shared meanwhile. An offer is open for 30 s, and all
 * slots of a large fleet at once are more than one master launches in that time.
 */
const FILLING_SLOTS_MAX = 5_000;
const LOOK_EVERY_MS = 100;
/** What DESIGN grants a multiplexed stream, beside what the core and the store take. */
const STREAM_KB = 13;

/** One run: everything it starts it ends, by process id, and its folder goes with it. */
export class ClusterRun {
  readonly #flags: ClusterFlags;
  readonly #hosts: number;
  readonly #say: (text: string) => void;
  readonly #folder = mkdtempSync(join(tmpdir(), 'mosaic-bench-'));
  readonly #master: Master;
  #agents: Child[] = [];
  #frameworks: Child | null = null;

  /** @param say told of each phase */
  constructor(flags: ClusterFlags, hosts: number, say: (text: string) => void) {
    this.#flags = flags;
    this.#hosts = hosts;
    this.#say = say;
    this.#master = new Master(this.#folder, flags.profile !== '');
  }

  async run(): Promise<ClusterFigures> {
    const { frameworks, seconds, taskSeconds, warmupSeconds } = this.#flags;
    const hosts = this.#hosts;
    const slots = hosts * SLOTS_PER_HOST;
    const master = this.#master;
    await master.start();
    this.#say(`${hosts} agents connect`);
    let beganMs = sharedMs();
    for (let first = 0; first < hosts; first += AGENTS_PER_PROCESS) {
      const count = Math.min(AGENTS_PER_PROCESS, hosts - first);
      this.#agents.push(new Child({ kind: 'agents', address: master.address, first, count }));
    }
    await this.#until('all agents have reported', () => sum(this.#agents, 'reported') === hosts);
    const connectSeconds = (sharedMs() - beganMs) / 1_000;
    this.#say('hosts are admitted');
    await admitFleet(master.address, hosts, frameworks);

    this.#say(`hosts are shared, and ${frameworks} frameworks fill ${slots} slots`);
    const taskMeanMs = taskSeconds * 1_000;
    const side = new Child({ kind: 'frameworks', address: master.address, count: frameworks, slots, taskMeanMs });
    this.#frameworks = side;
    await this.#until('all frameworks are connected', () => side.state.connected === frameworks);
    beganMs = sharedMs();
    side.tell({ kind: 'demand' });
    const deadlineMs = beganMs + FILL_TIMEOUT_MS + slots * FILL_TIMEOUT_PER_SLOT_MS;
    let sharedSlots = 0;
    await shareFleet(master.address, hosts, async () => {
      sharedSlots += SLOTS_PER_HOST;
      while (sharedSlots - side.state.running > FILLING_SLOTS_MAX && sharedMs() < deadlineMs)
        await pause(LOOK_EVERY_MS);
    });
    while (side.state.running < slots * FULL_SHARE && sharedMs() < deadlineMs) await pause(LOOK_EVERY_MS);
    const fillSeconds = (sharedMs() - beganMs) / 1_000;
    this.#say(`warm-up, ${warmupSeconds} s`);
    await pause(warmupSeconds * 1_000);

    this.#say(`window, ${seconds} s`);
    const load = await this.#measure(side);
    const failover = await this.#failOver(side);
    return {
      bench: 'cluster',
      hosts,
      frameworks,
      seconds,
      taskSeconds,
      ...load,
      fullPercent: rounded(load.fullPercent),
      tasksLost: side.state.lost,
      connectSeconds: rounded(connectSeconds),
      fillSeconds: rounded(fillSeconds),
      ...failover,
    };
  }

  async close(): Promise<void> {
    for (const child of [...this.#agents, this.#frameworks]) await child?.end();
    await this.#master.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #measure(side: Child) {
    const { seconds, frameworks } = this.#flags;
    const slots = this.#hosts * SLOTS_PER_HOST;
    const before = await metricsOf(this.#master.httpAddress);
    const disk = new DiskProbe(this.#folder);
    const cpuBefore = this.#cpu(side);
    const beganMs = sharedMs();
    side.tell({ kind: 'window_begin' });
    const profiling = this.#profile('master', pause(seconds * 1_000));
    const full: number[] = [];
    for (let second = 1; second <= seconds; second += 1) {
      await pause(beganMs + second * 1_000 - sharedMs());
      full.push(side.state.running / slots);
    }
    side.tell({ kind: 'window_end' });
    const cpuAfter = this.#cpu(side);
    const lengthMs = sharedMs() - beganMs;
    const fsyncMs = await disk.stop();
    const masterRssMb = rssMb(this.#master.pid);
    const { window } = await side.next('window');
    await profiling;
    const after = await metricsOf(this.#master.httpAddress);
    const commits = after.commits - before.commits;
    const commitMs = 1_000 * (after.commitSeconds - before.commitSeconds);
    const masterOffer = (share: number): number => rounded(quantileMs(before.offerLatency, after.offerLatency, share));
    const percentOf = (name: keyof typeof cpuAfter): number =>
      rounded((100 * (cpuAfter[name] - cpuBefore[name])) / lengthMs);
    const streamsMb = ((this.#hosts + frameworks) * STREAM_KB) / 1_024;
    return {
      ...launchFigures(window),
      fullPercent: (100 * full.reduce((all, one) => all + one, 0)) / full.length,
      fsyncP50Ms: rounded(percentile(fsyncMs, 0.5)),
      fsyncP99Ms: rounded(percentile(fsyncMs, 0.99)),
      commitMeanMs: rounded(commitMs / Math.max(1, commits)),
      commitsPerSecond: rounded((1_000 * commits) / lengthMs),
      masterOfferP50Ms: masterOffer(0.5),
      masterOfferP99Ms: masterOffer(0.99),
      masterCpuPercent: percentOf('master'),
      agentsCpuPercent: percentOf('agents'),
      frameworksCpuPercent: percentOf('frameworks'),
      masterRssMb: rounded(masterRssMb),
      masterRssWithoutStreamsMb: rounded(masterRssMb - streamsMb),
    };
  }

  /** The master is killed and started again on the same store; times count from the kill. */
  async #failOver(side: Child) {
    this.#say('failover');
    const reported = this.#agents.map((child) => child.next('reported_again'));
    const offered = side.next('offered_again');
    for (const child of [...this.#agents, side]) child.tell({ kind: 'failover' });
    // The message must be there before the kill: what is told after it belongs to the new master.
    await pause(100);
    const killedMs = sharedMs();
    await this.#master.kill();
    await this.#master.start();
    const leadsMs = sharedMs();
    const profiling = this.#profile('failover', Promise.all(reported));
    const [{ atMs: offeredMs }, ...reports] = await this.#within('the fleet is back after the failover', [
      offered,
      ...reported,
    ]);
    await profiling;
    const all = reports.flatMap(({ atMs }) => atMs).sort((a, b) => a - b);
    return {
      failoverLeadMs: rounded(leadsMs - killedMs),
      failoverFirstOfferMs: rounded(offeredMs - killedMs),
      failover80PercentMs: rounded((all[Math.ceil(all.length * 0.8) - 1] ?? 0) - killedMs),
      failoverAllMs: rounded((all.at(-1) ?? 0) - killedMs),
    };
  }

  /** A profile of the master, where one was asked for. */
  async #profile(what: string, ended: Promise<unknown>): Promise<void> {
    const { profile } = this.#flags;
    if (profile !== '') await recordProfile(this.#master.debuggerUrl, profile, `${what}-${this.#hosts}`, ended);
  }

  #cpu(side: Child): { readonly master: number; readonly agents: number; readonly frameworks: number } {
    return {
      master: cpuMs(this.#master.pid),
      agents: this.#agents.reduce((all, { pid }) => all + cpuMs(pid), 0),
      frameworks: cpuMs(side.pid),
    };
  }

  async #until(what: string, holds: () => boolean): Promise<void> {
    const deadlineMs = sharedMs() + PHASE_TIMEOUT_MS;
    while (!holds()) {
      if (sharedMs() > deadlineMs) throw new Error(`waited ${PHASE_TIMEOUT_MS / 1_000} s for this in vain: ${what}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  async #within<T extends readonly unknown[]>(
    what: string,
    waits: { readonly [K in keyof T]: Promise<T[K]> },
  ): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`waited ${PHASE_TIMEOUT_MS / 1_000} s for this in vain: ${what}`));
      }, PHASE_TIMEOUT_MS);
    });
    try {
      return await Promise.race([Promise.all(waits), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function launchFigures(window: FrameworkWindow) {
  const { samples } = window;
  const perSecond = (count: number): number => rounded((1_000 * count) / window.lengthMs);
  const between = (from: number, to: number): readonly [number, number] => {
    const times = samples.map((sample: LaunchSample) => (sample[to] ?? 0) - (sample[from] ?? 0));
    return [rounded(percentile(times, 0.5)), rounded(percentile(times, 0.99))];
  };
  const [overheadP50Ms, overheadP99Ms] = between(0, 4);
  const [releaseToOfferP50Ms, releaseToOfferP99Ms] = between(0, 1);
  const [offerToAcceptP50Ms, offerToAcceptP99Ms] = between(1, 2);
  const [acceptToLaunchP50Ms, acceptToLaunchP99Ms] = between(2, 3);
  const [launchToRunningP50Ms, launchToRunningP99Ms] = between(3, 4);
  return {
    tasksPerSecond: perSecond(window.finished),
    offersPerSecond: perSecond(window.offers),
    launches: samples.length,
    launchesRefused: window.refused,
    overheadP50Ms,
    overheadP99Ms,
    releaseToOfferP50Ms,
    releaseToOfferP99Ms,
    offerToAcceptP50Ms,
    offerToAcceptP99Ms,
    acceptToLaunchP50Ms,
    acceptToLaunchP99Ms,
    launchToRunningP50Ms,
    launchToRunningP99Ms,
  };
}

function sum(children: readonly Child[], what: 'connected' | 'reported' | 'running'): number {
  return children.reduce((all, { state }) => all + state[what], 0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
