/** Random clusters for the reference allocator. Every draw is independent and then made to fit, so that they shrink. */
import fc from 'fast-check';
import type { Constraint, DemandEntry, Placement } from '../../../scheduler/protocol.js';
import type { Quantities } from '../../../scheduler/resources/index.js';
import type { ReferenceCluster, ReferenceDemand, ReferenceHost, ReferenceRole } from './cluster.js';
import { parentOf } from './quota.js';

const GIB = 2 ** 30;
const PATHS = ['/a', '/b', '/c', '/a/x', '/a/y', '/b/z', '/a/x/p', '/a/x/q', '/b/z/v', '/a/x/p/u'];
const RACKS = ['k1', 'k2', 'k3'];
const SHAPES = ['big', 'standard'];
const ROOT: ReferenceRole = {
  path: '/',
  weight: 1,
  priority: 0,
  guarantee: {},
  limit: {},
  lendingLimit: {},
  borrowingLimit: {},
};

const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 1, nil: null });
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

/** Amounts of up to so many hosts in some dimensions, in the units of each. */
function quantities(hostsMax: number, hostsMin = 0): fc.Arbitrary<Quantities> {
  const some = (max: number, unit: number): fc.Arbitrary<number | null> =>
    rarely(fc.integer({ min: Math.ceil((hostsMin * max) / hostsMax), max }).map((count) => count * unit));
  return fc
    .record({
      hosts: some(hostsMax, 1),
      'hosts/standard': some(hostsMax, 1),
      'hosts/big': some(3, 1),
      cpusMilli: some(hostsMax * 8, 997),
      // Odd on purpose: shares of it are never round.
      memoryBytes: some(hostsMax * 40, GIB - 4_096),
      gpus: some(8, 1),
    })
    .map(withoutNulls);
}

const role = (path: string): fc.Arbitrary<ReferenceRole> =>
  fc.record({
    path: fc.constant(path),
    weight: fc.constantFrom(1, 1, 2, 3, 7),
    priority: fc.integer({ min: 0, max: 2 }),
    guarantee: quantities(6),
    limit: quantities(10, 1),
    lendingLimit: rarely(quantities(2)).map((drawn) => drawn ?? {}),
    borrowingLimit: rarely(quantities(5)).map((drawn) => drawn ?? {}),
  });

const host: fc.Arbitrary<Omit<ReferenceHost, 'name'>> = fc
  .record({
    shared: fc.boolean(),
    shape: fc.nat({ max: 3 }).map((pick) => SHAPES[Math.min(pick, 1)]!),
    rack: fc.constantFrom(...RACKS),
    disk: fc.constantFrom('ssd', 'hdd'),
    cpus: fc.constantFrom(8, 8, 8, 12, 16),
    memory: fc.constantFrom(32, 32, 32, 64, 48),
    gpus: fc.constantFrom(0, 0, 0, 2),
    ports: fc.constantFrom(0, 3, 100),
    lost: fc.nat({ max: 11 }).map((pick) => pick === 11),
  })
  .map(({ disk, cpus, memory, gpus, ports, ...rest }) => ({
    ...rest,
    attributes: { disk },
    resources: {
      quantities: {
        cpusMilli: cpus * 1_000,
        memoryBytes: memory * GIB,
        ...(gpus > 0 ? { gpus } : {}),
      },
      ports: ports === 0 ? [] : [{ first: 1, last: ports }],
    },
  }));

const CONSTRAINTS: readonly Constraint[] = [
  { attribute: 'rack', op: 'equals', values: ['k1'] },
  { attribute: 'disk', op: 'equals', values: ['ssd'] },
  { attribute: 'rack', op: 'in', values: ['k2', 'k3'] },
  { attribute: 'host', op: 'not_equals', values: ['h3'] },
];
const PLACEMENTS: readonly (readonly Placement[])[] = [
  [],
  [],
  [{ kind: 'spread', domain: 'rack' }],
  [{ kind: 'pack', domain: 'rack' }],
  [{ kind: 'distinct_hosts', domain: 'rack' }],
  [
    { kind: 'distinct_hosts', domain: 'rack' },
    { kind: 'spread', domain: 'rack' },
  ],
];

const entry: fc.Arbitrary<Omit<DemandEntry, 'demandId'>> = fc
  .record({
    slices: fc.boolean(),
    shape: fc.constantFrom('standard', 'standard', 'big'),
    cpus: fc.integer({ min: 1, max: 5 }),
    memory: fc.integer({ min: 0, max: 20 }),
    gpus: fc.constantFrom(0, 0, 0, 1),
    ports: fc.constantFrom(0, 0, 1, 2),
    count: fc.integer({ min: 1, max: 9 }),
    minimum: rarely(fc.integer({ min: 0, max: 5 })),
    allOrNothing: fc.nat({ max: 4 }).map((pick) => pick === 4),
    constraints: rarely(fc.subarray([...CONSTRAINTS], { minLength: 1, maxLength: 2 })),
    placement: fc.constantFrom(...PLACEMENTS),
    priority: fc.constantFrom(0, 0, 0, 5),
    ageMs: fc.constantFrom(0, 0, 1_000),
  })
  .map((drawn) => {
    const { slices, shape, cpus, memory, gpus, ports, minimum, constraints, ...rest } = drawn;
    const each = withoutNulls({
      cpusMilli: cpus * 1_000,
      memoryBytes: memory === 0 ? null : memory * GIB,
      gpus: gpus === 0 ? null : gpus,
    });
    const wanted = { quantities: each, ports: ports === 0 ? [] : [{ first: 1, last: ports }] };
    return {
      ...rest,
      want: slices ? { kind: 'slices' as const, resources: wanted } : { kind: 'hosts' as const, shape },
      minimum: Math.min(minimum ?? 0, rest.count),
      constraints: constraints ?? [],
      deadlineMs: 0,
      evidence: '',
    };
  });

const pick = fc.nat({ max: 999 });

/** Up to 26 hosts of two shapes, ten roles of four levels, eight demands of up to three entries; some already hold things. */
export const randomCluster: fc.Arbitrary<ReferenceCluster> = fc
  .record({
    root: rarely(quantities(20, 4)),
    roles: fc.tuple(...PATHS.map(role)),
    chosen: fc.subarray(PATHS, { minLength: 1 }),
    oneShape: fc.boolean(),
    hosts: fc.array(host, { minLength: 3, maxLength: 26, size: 'max' }),
    demands: fc.array(
      fc.record({
        framework: pick,
        role: pick,
        entries: fc.array(entry, { minLength: 1, maxLength: 3 }),
        declines: seldom(pick),
      }),
      {
        maxLength: 8,
      },
    ),
    leases: fc.array(fc.record({ host: pick, framework: pick, role: pick }), { maxLength: 8 }),
    tasks: fc.array(fc.record({ host: pick, framework: pick, role: pick, cpus: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 5,
    }),
  })
  .map((drawn): ReferenceCluster => {
    const shapes = drawn.oneShape ? ['standard'] : SHAPES;
    const hosts = drawn.hosts.map((each, index) => ({
      ...each,
      name: `h${index + 1}`,
      shape: drawn.oneShape ? 'standard' : each.shape,
    }));
    const roles = [
      { ...ROOT, limit: drawn.root ?? {} },
      ...drawn.roles.filter(({ path }) => isChosen(path, drawn.chosen)).map((each) => valid(each, drawn.oneShape)),
    ];
    const paths = roles.map(({ path }) => path);
    const holder = (by: { framework: number; role: number }): { frameworkId: string; role: string } => ({
      frameworkId: `w/${by.framework % 4}`,
      role: paths[by.role % paths.length]!,
    });
    const demands = new Map<string, ReferenceDemand>();
    for (const { entries, declines, ...by } of drawn.demands) {
      const { frameworkId, role: path } = holder(by);
      const declined = declines === null ? [] : hosts.filter((_, index) => (index + declines) % 3 === 0);
      demands.set(`${frameworkId} ${path}`, {
        frameworkId,
        role: path,
        entries: entries.map((each, index) => ({ ...each, demandId: `d${index}` })),
        declined: declined.map(({ name }) => name),
      });
    }
    const leased = new Set<string>();
    const leases = drawn.leases.flatMap((lease) => {
      const { name, shared } = hosts[lease.host % Math.max(1, hosts.length)] ?? { name: '', shared: true };
      if (shared || leased.has(name)) return [];
      leased.add(name);
      return [{ host: name, ...holder(lease) }];
    });
    const busy = new Set<string>();
    const tasks = drawn.tasks.flatMap(({ cpus, ...task }) => {
      const { name, shared } = hosts[task.host % Math.max(1, hosts.length)] ?? { name: '', shared: false };
      if (!shared || busy.has(name)) return [];
      busy.add(name);
      return [{ host: name, ...holder(task), resources: { quantities: { cpusMilli: cpus * 1_000 }, ports: [] } }];
    });
    return { shapes, roles, hosts, leases, tasks, demands: [...demands.values()] };
  });

/** A role is there when it was chosen, and so is every role above it. */
function isChosen(path: string, chosen: readonly string[]): boolean {
  for (let each: string | null = path; each !== null && each !== '/'; each = parentOf(each))
    if (!chosen.includes(each)) return false;
  return true;
}

/** Guaranteed hosts name their shape as soon as there are two; there are none of a shape that does not exist. */
function valid(drawn: ReferenceRole, oneShape: boolean): ReferenceRole {
  const keep = (amounts: Quantities): Quantities =>
    Object.fromEntries(
      Object.entries(amounts).filter(([dimension]) => dimension !== (oneShape ? 'hosts/big' : 'hosts')),
    );
  return {
    ...drawn,
    guarantee: keep(drawn.guarantee),
    lendingLimit: keep(drawn.lendingLimit),
    borrowingLimit: keep(drawn.borrowingLimit),
  };
}

function withoutNulls(amounts: Readonly<Record<string, number | null>>): Quantities {
  return Object.fromEntries(Object.entries(amounts).filter((pair): pair is [string, number] => pair[1] !== null));
}
