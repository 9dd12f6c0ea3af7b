import type { FaultClock } from './fault-clock.js';

/** A service manager starts a dead process again within this. */
export const RESTART_MAX_MS = 60_000;
export const FAULT_MAX_MS = 300_000;

export function killMaster(clock: FaultClock): void {
  clock.count('master killed');
  clock.world.killMaster();
  clock.later(RESTART_MAX_MS, () => {
    clock.world.startMaster();
  });
}

export function killAgent(clock: FaultClock, host: string): void {
  clock.count('agent killed');
  clock.world.killAgent(host);
  clock.later(RESTART_MAX_MS, () => {
    clock.world.startAgent(host);
  });
}

export function stopAgent(clock: FaultClock, host: string, withinMs: number): void {
  clock.count('agent stopped');
  clock.world.pauseAgent(host, true);
  clock.later(withinMs, () => {
    clock.world.pauseAgent(host, false);
  });
}

export function killFramework(clock: FaultClock, name: string): void {
  clock.count('framework killed');
  clock.world.killFramework(name);
  clock.later(RESTART_MAX_MS, () => {
    clock.world.startFramework(name);
  });
}

export function stopFramework(clock: FaultClock, name: string, withinMs: number): void {
  clock.count('framework stopped');
  clock.world.pauseFramework(name, true);
  clock.later(withinMs, () => {
    clock.world.pauseFramework(name, false);
  });
}

export function managerFault(clock: FaultClock, framework: string): void {
  const { manager } = clock.world.workload(framework);
  const [name, fault, mend] = clock.prng.pick([
    ['manager down', { down: true }, { down: false }],
    ['manager slow', { slowFactor: 5 }, { slowFactor: 1 }],
    ['manager hangs', { hang: true }, { hang: false }],
    ['manager lies about states', { liesAboutState: true }, { liesAboutState: false }],
    ['manager omits machines', { liesAboutMachines: 'omits' as const }, { liesAboutMachines: 'no' as const }],
    ['manager repeats machines', { liesAboutMachines: 'repeats' as const }, { liesAboutMachines: 'no' as const }],
    ['manager answers in part', { partial: true }, { partial: false }],
  ] as const);
  clock.count(name);
  manager.setFaults(fault);
  clock.later(FAULT_MAX_MS, () => {
    manager.setFaults(mend);
  });
}

/** As if a peer had broken an assertion: the loop sets it aside until an operator lets it back. */
export function setAside(clock: FaultClock): void {
  const { world, prng } = clock;
  const loop = world.loop;
  if (loop?.leading !== true) return;
  const page = { limit: 1_000, pageToken: '' };
  const found = loop.master.query({ kind: 'hosts', owner: '', state: '', rack: '', name: '', page });
  const peers = world.frameworkNames.map((name) => `framework/${world.workload(name).frameworkId}`);
  if (found.kind === 'hosts')
    for (const host of found.hosts) if (world.hostNames.includes(host.name)) peers.push(`agent/${host.hostId}`);
  clock.count('peer set aside');
  world.submit({ kind: 'quarantine', peerId: prng.pick(peers), reason: 'it broke an assertion (simulated)' });
}
