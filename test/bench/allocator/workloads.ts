/**
 * The workloads of Mesos' own allocator benchmarks, with the same parameters and phases, so that figures stand side by
 * side. What Mesos calls an offer of an agent is here an open offer of the rest of a shared host.
 *
 * A pass is timed from the tick that finds dirty hosts to the last effect: every offer is a record, is charged, has an end
 * and stands in a message with its resources and ports.
 */
import { strict as assert } from 'node:assert';
import type { Offer, Quantities, Resources } from '../../../scheduler/index.js';
import { Phases, type PhaseResult } from './phases.js';
import { Rig, type FrameworkSpec, type RigSpec } from './rig.js';

export interface Cell {
  readonly workload: string;
  readonly hosts: number;
  readonly frameworks: number;
  readonly roles: number;
}

const MIB = 2 ** 20;
/** Mesos' filters of the declines "for ever" end after 365 days. */
const FOR_EVER_MS = 365 * 24 * 3_600_000;
const MESOS_PORTS = [{ first: 31_000, last: 32_000 }];
const ROUNDS = 5;

/** Runs the cell `repetitions` times after a warm-up and returns what each phase took. */
export function runCell(cell: Cell, repetitions: number): readonly PhaseResult[] {
  const run = WORKLOADS[cell.workload];
  if (run === undefined) throw new Error(`there is no workload "${cell.workload}"`);
  const phases = new Phases();
  // Enough for the code to be compiled before it counts; a large cell would make the run long for nothing.
  const warmUp = { ...cell, hosts: Math.min(cell.hosts, 2_000), frameworks: Math.min(cell.frameworks, 200) };
  for (let pass = 0; pass < 2; pass += 1) run(scaled(warmUp, cell), phases);
  phases.reset();
  for (let repetition = 0; repetition < repetitions; repetition += 1) run(cell, phases);
  return phases.results();
}

/** Workloads of one framework per role keep that relation when they are made smaller. */
function scaled(small: Cell, cell: Cell): Cell {
  return { ...small, roles: Math.min(cell.roles, small.frameworks) };
}

const WORKLOADS: Readonly<Record<string, (cell: Cell, phases: Phases) => void>> = {
  W1: declineOffers,
  W1saturated: filterSaturated,
  W2: suppressed,
  W3: nonQuota,
  W3quota: withQuota,
  W4: largeAndSmallQuota,
  W5: addAndUpdate,
  Dirty: dirtyPart,
  MultiFramework: multiFramework,
};

// W1 and W2: agents of 24 CPUs, 4096 MB, 4096 MB of disk and ports 31000-32000, of which framework i % F uses 16 CPUs,
// 2014 MB (sic; 1024 in W2), 1024 MB and 16 port ranges; free are 8 CPUs, 2082 MB, 3072 MB and 15 single ports.

function mesosFleet(cell: Cell, usedMemoryMb: number, options: RigSpec['options'] = {}): Rig {
  const frameworks = Array.from({ length: cell.frameworks }, (_, at): FrameworkSpec => ({
    frameworkId: `bench/f${at}`,
    role: '/all',
    isKnown: true,
  }));
  const usedPorts = Array.from({ length: 15 }, (_, at) => ({ first: 31_000 + 2 * at, last: 31_000 + 2 * at }));
  return new Rig({
    hosts: cell.hosts,
    hostResources: resources(24_000, 4096, 4096, MESOS_PORTS),
    used: {
      resources: resources(16_000, usedMemoryMb, 1024, [...usedPorts, { first: 31_030, last: 32_000 }]),
      framework: (host) => frameworks[host % frameworks.length] ?? { frameworkId: '', role: '' },
    },
    frameworks,
    roles: [{ path: '/' }, { path: '/all' }],
    options,
  });
}

function addAllFrameworks(rig: Rig): void {
  for (const framework of rig.spec.frameworks) {
    rig.addFramework(framework, [framework.role]);
    rig.openOffers(framework);
  }
  rig.advance(100);
}

function addAllAgents(rig: Rig): void {
  for (let host = 0; host < rig.spec.hosts; host += 1) rig.addAgent(host);
  rig.advance(1_000);
}

function declineOffers(cell: Cell, phases: Phases): void {
  const rig = mesosFleet(cell, 2014);
  phases.time('addFrameworks', () => addAllFrameworks(rig));
  phases.time('addAgents', () => addAllAgents(rig));
  expectOffers(rig, phases, 'addAgents', cell.hosts);
  for (let round = 0; round < ROUNDS; round += 1) {
    phases.time('decline', () => rig.declineAll(FOR_EVER_MS));
    phases.time('allocate', () => rig.advance(1_000));
    expectOffers(rig, phases, 'allocate', cell.hosts);
  }
  expectSound(rig);
}

function filterSaturated(cell: Cell, phases: Phases): void {
  const rig = mesosFleet(cell, 2014);
  addAllFrameworks(rig);
  addAllAgents(rig);
  let made = rig.takeOffers().length;
  while (made > 0) {
    rig.declineAll(FOR_EVER_MS);
    rig.advance(1_000);
    made = rig.takeOffers().length;
  }
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    rig.dirtyAllHosts();
    phases.time('allocate', () => rig.advance(1_000));
    expectOffers(rig, phases, 'allocate', 0);
    // Nothing is dirty and nothing is due: what a tick costs that finds nothing to do.
    phases.time('idleTick', () => rig.step({ kind: 'tick' }));
  }
}

function suppressed(cell: Cell, phases: Phases): void {
  // Mesos knows no back-off.
  const rig = mesosFleet(cell, 1024, { openOfferBackoffMaxMs: 0 });
  addAllFrameworks(rig);
  phases.time('addAgents', () => addAllAgents(rig));
  expectOffers(rig, phases, 'addAgents', cell.hosts);
  const { frameworks } = rig.spec;
  const quiet = Math.floor(0.95 * frameworks.length);
  phases.time('suppress', () => {
    for (const framework of frameworks.slice(0, quiet)) rig.openOffers(framework, false);
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    // Mesos recovers the offers without a filter; the shortest that a decline can ask for has ended before the pass.
    phases.time('decline', () => rig.declineAll(1));
    phases.time('allocate', () => rig.advance(1_000));
    const offers = rig.takeOffers();
    const active = new Set(frameworks.slice(quiet).map(({ frameworkId }) => frameworkId));
    assert.equal(offers.length, cell.hosts, `round ${round} made ${offers.length} offers`);
    for (const framework of frameworks.slice(0, quiet))
      assert(active.has(framework.frameworkId) || rig.openOf(framework.frameworkId).length === 0);
    phases.made('allocate', offers.length);
  }
}

/** How a pass grows with the part of the hosts that changed: only they are looked at. */
function dirtyPart(cell: Cell, phases: Phases): void {
  const rig = mesosFleet(cell, 2014, { openOfferBackoffMaxMs: 0 });
  addAllFrameworks(rig);
  addAllAgents(rig);
  rig.takeOffers();
  for (let round = 0; round < 2 * ROUNDS; round += 1)
    for (const perMille of [1, 10, 100, 1_000]) {
      const hosts = Math.max(1, Math.round((cell.hosts * perMille) / 1_000));
      // The shortest filter that can be asked for has ended before the pass.
      rig.declineHosts(hosts, 1);
      const phase = `dirty ${perMille / 10} %`;
      phases.time(phase, () => rig.advance(1_000));
      expectOffers(rig, phases, phase, hosts);
    }
}

// W3 and W4: agents of 2 CPUs, 2048 MB and 2048 MB of disk, nothing used; agents first, then frameworks, one role each or
// two to a role; guarantee = limit where there is a quota.

function quotaFleet(cell: Cell, roles: RigRoles, frameworks: readonly FrameworkSpec[]): Rig {
  return new Rig({
    hosts: cell.hosts,
    hostResources: resources(2_000, 2048, 2048, []),
    used: null,
    frameworks,
    roles: [{ path: '/' }, ...roles],
  });
}

type RigRoles = readonly { readonly path: string; readonly quota?: { guarantee: Quantities; limit: Quantities } }[];

function nonQuota(cell: Cell, phases: Phases): void {
  nonQuotaVsQuota(cell, phases, false);
}

function withQuota(cell: Cell, phases: Phases): void {
  nonQuotaVsQuota(cell, phases, true);
}

function nonQuotaVsQuota(cell: Cell, phases: Phases, isQuota: boolean): void {
  const perRole = cell.hosts / cell.roles;
  const amounts = resources(2_000 * perRole, 2048 * perRole, 2048 * perRole, []).quantities;
  const roles = Array.from({ length: cell.roles }, (_, at) => ({
    path: `/r${at}`,
    ...(isQuota ? { quota: { guarantee: amounts, limit: amounts } } : {}),
  }));
  const frameworks = Array.from({ length: cell.frameworks }, (_, at) => ({
    frameworkId: `bench/f${at}`,
    role: `/r${at % cell.roles}`,
  }));
  firstAndIdle(quotaFleet(cell, roles, frameworks), phases, cell.hosts);
}

function largeAndSmallQuota(cell: Cell, phases: Phases): void {
  // Five small roles for each large one, as many hosts as roles.
  const small = Math.round((cell.roles * 5) / 6);
  const half = resources(1_000, 1024, 1024, []).quantities;
  const two = resources(4_000, 4096, 4096, []).quantities;
  const roles = Array.from({ length: cell.roles }, (_, at) => {
    const amounts = at < small ? half : two;
    return { path: `/r${at}`, quota: { guarantee: amounts, limit: amounts } };
  });
  const frameworks = roles.map(({ path }, at) => ({ frameworkId: `bench/f${at}`, role: path }));
  firstAndIdle(quotaFleet(cell, roles, frameworks), phases, small + 2 * (cell.roles - small));
}

function firstAndIdle(rig: Rig, phases: Phases, offersAtLeast: number): void {
  phases.time('addAgents', () => addAllAgents(rig));
  const { frameworks } = rig.spec;
  // The allocator runs a few milliseconds after the first of them, when all are there: Mesos pauses its own here.
  phases.time('addFrameworks', () => {
    for (const framework of frameworks) {
      rig.addFramework(framework, [framework.role]);
      rig.openOffers(framework);
    }
  });
  phases.time('firstPass', () => rig.advance(1_000));
  const made = rig.takeOffers().length;
  assert(made >= offersAtLeast && made <= 1.05 * offersAtLeast + 5, `${made} offers, not about ${offersAtLeast}`);
  phases.made('firstPass', made);
  for (let round = 0; round < ROUNDS; round += 1) {
    rig.dirtyAllHosts();
    phases.time('idlePass', () => rig.advance(1_000));
    expectOffers(rig, phases, 'idlePass', 0);
  }
  expectSound(rig);
}

// W5: agents of 2 CPUs, 1024 MB, 4096 MB of disk and ports, half used; then each reports 10 CPUs more.

function addAndUpdate(cell: Cell, phases: Phases): void {
  const frameworks = Array.from({ length: cell.frameworks }, (_, at): FrameworkSpec => ({
    frameworkId: `bench/f${at}`,
    role: '/all',
    isKnown: true,
  }));
  const usedPorts = Array.from({ length: 4 }, (_, at) => ({ first: 31_000 + 10 * at, last: 31_004 + 10 * at }));
  const rig = new Rig({
    hosts: cell.hosts,
    hostResources: resources(2_000, 1024, 4096, MESOS_PORTS),
    used: {
      resources: resources(1_000, 128, 1024, usedPorts),
      framework: (host) => frameworks[host % frameworks.length] ?? { frameworkId: '', role: '' },
    },
    frameworks,
    roles: [{ path: '/' }, { path: '/all' }],
  });
  phases.time('addFrameworks', () => addAllFrameworks(rig));
  phases.time('addAgents', () => addAllAgents(rig));
  expectOffers(rig, phases, 'addAgents', cell.hosts);
  // The offers of a host that changed are rescinded and made anew: Mesos offers what was added beside them.
  phases.time('updateAgents', () => {
    for (let host = 0; host < cell.hosts; host += 1) rig.report(host, resources(12_000, 1024, 4096, MESOS_PORTS));
    rig.advance(1_000);
  });
  expectOffers(rig, phases, 'updateAgents', cell.hosts);
}

// MultiFramework: 80 hosts of 64 CPUs and 488,000 MB; 4 + 500 + 50 frameworks in 55 roles want 19,500 tasks; what they
// want is stated, nobody suppresses.

interface Kind {
  readonly name: string;
  readonly frameworks: number;
  readonly tasks: number;
  readonly each: Resources;
  /** One role for all of them, or one each. */
  readonly shared: boolean;
}

const KINDS: readonly Kind[] = [
  { name: 'marathon', frameworks: 4, tasks: 4_000, each: resources(70, 400, 0, []), shared: false },
  { name: 'jenkins', frameworks: 500, tasks: 5, each: resources(100, 4_000, 0, []), shared: true },
  { name: 'spark', frameworks: 50, tasks: 20, each: resources(1_000, 1_000, 0, []), shared: false },
];

function multiFramework(cell: Cell, phases: Phases): void {
  const wanted = new Map<string, Kind>();
  const frameworks: FrameworkSpec[] = [];
  for (const kind of KINDS)
    for (let at = 0; at < kind.frameworks; at += 1) {
      const frameworkId = `${kind.name}/f${at}`;
      frameworks.push({ frameworkId, role: kind.shared ? `/${kind.name}` : `/${kind.name}${at}` });
      wanted.set(frameworkId, kind);
    }
  const roles = [...new Set(frameworks.map(({ role }) => role))].map((path) => ({ path }));
  const rig = new Rig({
    hosts: 80,
    hostResources: resources(64_000, 488_000, 0, []),
    used: null,
    frameworks,
    roles: [{ path: '/' }, ...roles],
  });
  addAllAgents(rig);
  phases.time('addFrameworks', () => {
    for (const framework of frameworks) {
      rig.addFramework(framework, [framework.role]);
      const kind = wanted.get(framework.frameworkId);
      if (kind !== undefined) rig.say(framework.frameworkId, demandFor(framework.role, kind));
    }
  });
  let launched = 0;
  let rounds = 0;
  const all = KINDS.reduce((sum, { frameworks: count, tasks }) => sum + count * tasks, 0);
  while (launched < all) {
    rounds += 1;
    assert(rounds <= 10, `only ${launched} of ${all} tasks after ${rounds} rounds`);
    phases.time(`pass ${rounds}`, () => rig.advance(1_000));
    phases.made(`pass ${rounds}`, rig.takeOffers().length);
    phases.time(`launch ${rounds}`, () => {
      for (const { frameworkId } of frameworks) launched += launchAll(rig, frameworkId);
    });
  }
  assert(cell.hosts === 80, 'MultiFramework has 80 hosts');
  expectSound(rig);
}

function demandFor(role: string, kind: Kind) {
  const entry = {
    demandId: 'tasks',
    want: { kind: 'slices', resources: kind.each },
    count: kind.tasks,
    minimum: 0,
    allOrNothing: false,
    constraints: [],
    placement: [],
    priority: 0,
    deadlineMs: 0,
    ageMs: 0,
    evidence: '',
  } as const;
  return { kind: 'demand', role, asOfSeq: 0, entries: [entry] } as const;
}

/** Accepts every offer of the framework, all of one host at a time; returns how many tasks that started. */
function launchAll(rig: Rig, frameworkId: string): number {
  const byHost = new Map<string, Offer[]>();
  for (const offer of rig.openOf(frameworkId)) {
    const ofHost = byHost.get(offer.hostId);
    if (ofHost === undefined) byHost.set(offer.hostId, [offer]);
    else ofHost.push(offer);
  }
  let launched = 0;
  for (const [hostId, offers] of byHost) {
    const tasks = offers.map(({ offerId, resources: each }) => ({
      ...{
        taskId: offerId,
        name: offerId,
        resources: each,
        image: '',
        command: [],
        env: {},
        killGraceMs: 0,
        labels: {},
      },
    }));
    const offerIds = offers.map(({ offerId }) => offerId);
    rig.say(frameworkId, {
      kind: 'accept',
      commandId: `launch-${hostId}-${offerIds[0] ?? ''}`,
      offerIds,
      action: { kind: 'launch', tasks },
    });
    launched += tasks.length;
  }
  rig.forgetOffers(frameworkId);
  return launched;
}

function expectOffers(rig: Rig, phases: Phases, phase: string, count: number): void {
  const offers = rig.takeOffers();
  assert.equal(offers.length, count, `${phase}: ${offers.length} offers, not ${count}`);
  phases.made(phase, count);
}

/** What was measured has to be right: every invariant, and every offer, is checked after the timed part. */
function expectSound(rig: Rig): void {
  assert.deepEqual(rig.audit().slice(0, 3), []);
}

function resources(cpusMilli: number, memoryMb: number, diskMb: number, ports: Resources['ports']): Resources {
  const disk = diskMb === 0 ? {} : { diskBytes: diskMb * MIB };
  return { quantities: { cpusMilli, memoryBytes: memoryMb * MIB, ...disk }, ports };
}
